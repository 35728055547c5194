package match

import "github.com/a-h/templ"

// foreign marks a run that is not in the reader's tongue.
func foreign(tongue string) templ.Attributes {
	if tongue == "" {
		return nil
	}
	return templ.Attributes{"lang": tongue}
}
