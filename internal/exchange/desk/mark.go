package desk

import "github.com/a-h/templ"

// deskCurrent marks the entry of a list that is the open page.
func deskCurrent(now bool) templ.Attributes {
	if !now {
		return nil
	}
	return templ.Attributes{"aria-current": "page"}
}

// deskTongue marks a run that is not in the reader's tongue.
func deskTongue(tongue string) templ.Attributes {
	if tongue == "" {
		return nil
	}
	return templ.Attributes{"lang": tongue}
}
