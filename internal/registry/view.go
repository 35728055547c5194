package registry

import "github.com/a-h/templ"

// tongueAttribute marks a run that is not in the reader's tongue.
func tongueAttribute(tongue string) templ.Attributes {
	if tongue == "" {
		return nil
	}
	return templ.Attributes{"lang": tongue}
}
