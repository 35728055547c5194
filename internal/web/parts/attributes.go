package parts

import "github.com/a-h/templ"

// attributes gives the lang attribute of a run that is not in the reader's tongue.
func attributes(tongue string) templ.Attributes {
	if tongue == "" {
		return nil
	}
	return templ.Attributes{"lang": tongue}
}

func current(state, kind string) templ.Attributes {
	if state != "now" {
		return nil
	}
	return templ.Attributes{"aria-current": kind}
}

// mostCards is how many columns a table of cards has beside one another without sliding sideways.
const mostCards = 6

// slides reports whether the table scrolls sideways where it is wider than the page.
func (t Table) slides() bool { return !t.Cards || len(t.Columns) > mostCards }

// region makes a table that scrolls sideways reachable by keyboard.
func region(t Table) templ.Attributes {
	if !t.slides() {
		return nil
	}
	name := t.Label
	if name == "" {
		name = t.Caption
	}
	return templ.Attributes{"tabindex": "0", "role": "group", "aria-label": name}
}

func (t Table) num(i int) bool { return i < len(t.Columns) && t.Columns[i].Num }

func (t Table) title(i int) string {
	if i < len(t.Columns) {
		return t.Columns[i].Title
	}
	return ""
}
