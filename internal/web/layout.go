package web

import (
	"slices"
	"strings"

	"github.com/a-h/templ"
)

// preloaded are the fonts that every page needs at once.
var preloaded = []string{
	"fonts/be-vietnam-pro-latin-400-normal.woff2",
	"fonts/be-vietnam-pro-vietnamese-400-normal.woff2",
}

// scripts lists the scripts of a page; no page needs one to work.
func scripts(more []string) []string {
	return slices.Concat([]string{"htmx.min.js", "js/app.js"}, more)
}

// dialled is a telephone number as a telephone takes it.
func dialled(number string) string {
	return strings.Map(func(r rune) rune {
		if r == '+' || (r >= '0' && r <= '9') {
			return r
		}
		return -1
	}, number)
}

func mark(current string) templ.Attributes {
	if current == "" {
		return nil
	}
	return templ.Attributes{"aria-current": current}
}
