package web

import (
	"slices"

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

func mark(current string) templ.Attributes {
	if current == "" {
		return nil
	}
	return templ.Attributes{"aria-current": current}
}
