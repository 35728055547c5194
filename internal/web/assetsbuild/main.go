// Command assetsbuild copies what the pages use of the npm packages into internal/web/assets/dist:
// fonts, one sprite of icons, htmx, and their licences. Run it at the root of the module, after npm ci.
package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"

	"chonoi/internal/web/parts"
)

const (
	from = "node_modules"
	to   = "internal/web/assets/dist"
)

// copies lists the files that are taken as they are.
var copies = [][2]string{
	{"@fontsource/be-vietnam-pro/files/be-vietnam-pro-latin-400-normal.woff2", "fonts/be-vietnam-pro-latin-400-normal.woff2"},
	{"@fontsource/be-vietnam-pro/files/be-vietnam-pro-latin-600-normal.woff2", "fonts/be-vietnam-pro-latin-600-normal.woff2"},
	{"@fontsource/be-vietnam-pro/files/be-vietnam-pro-latin-700-normal.woff2", "fonts/be-vietnam-pro-latin-700-normal.woff2"},
	{"@fontsource/be-vietnam-pro/files/be-vietnam-pro-vietnamese-400-normal.woff2", "fonts/be-vietnam-pro-vietnamese-400-normal.woff2"},
	{"@fontsource/be-vietnam-pro/files/be-vietnam-pro-vietnamese-600-normal.woff2", "fonts/be-vietnam-pro-vietnamese-600-normal.woff2"},
	{"@fontsource/be-vietnam-pro/files/be-vietnam-pro-vietnamese-700-normal.woff2", "fonts/be-vietnam-pro-vietnamese-700-normal.woff2"},
	{"@fontsource/ibm-plex-sans/files/ibm-plex-sans-latin-400-normal.woff2", "fonts/ibm-plex-sans-latin-400-normal.woff2"},
	{"@fontsource/ibm-plex-sans/files/ibm-plex-sans-latin-600-normal.woff2", "fonts/ibm-plex-sans-latin-600-normal.woff2"},
	{"@fontsource/be-vietnam-pro/LICENSE", "licences/be-vietnam-pro.txt"},
	{"@fontsource/ibm-plex-sans/LICENSE", "licences/ibm-plex-sans.txt"},
	{"htmx.org/dist/htmx.min.js", "htmx.min.js"},
	{"htmx.org/LICENSE", "licences/htmx.txt"},
	{"lucide-static/LICENSE", "licences/lucide.txt"},
}

func main() {
	if err := build(); err != nil {
		fmt.Fprintln(os.Stderr, "assetsbuild:", err)
		os.Exit(1)
	}
}

func build() error {
	for _, c := range copies {
		body, err := os.ReadFile(filepath.Join(from, c[0]))
		if err != nil {
			return fmt.Errorf("%w (run npm ci first)", err)
		}
		if err := write(c[1], body); err != nil {
			return err
		}
	}
	sprite, err := sprite(parts.Icons)
	if err != nil {
		return err
	}
	return write("icons.svg", sprite)
}

var drawing = regexp.MustCompile(`(?s)<svg\b[^>]*>(.*)</svg>`)
var space = regexp.MustCompile(`\s*\n\s*`)

// sprite puts the drawings of the icons into one file, each as a symbol of its name.
func sprite(names []string) ([]byte, error) {
	var out bytes.Buffer
	out.WriteString(`<svg xmlns="http://www.w3.org/2000/svg">`)
	for _, name := range names {
		body, err := os.ReadFile(filepath.Join(from, "lucide-static/icons", name+".svg"))
		if err != nil {
			return nil, fmt.Errorf("icon: %w", err)
		}
		inner := drawing.FindSubmatch(body)
		if inner == nil {
			return nil, fmt.Errorf("icon %s is no drawing", name)
		}
		fmt.Fprintf(&out, `<symbol id="%s" viewBox="0 0 24 24">%s</symbol>`, name, space.ReplaceAll(inner[1], nil))
	}
	out.WriteString("</svg>\n")
	return out.Bytes(), nil
}

func write(name string, body []byte) error {
	file := filepath.Join(to, name)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	return os.WriteFile(file, body, 0o644)
}
