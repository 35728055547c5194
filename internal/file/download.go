package file

import (
	"net/url"
	"path"
	"slices"
	"strings"

	"chonoi/internal/lang"
)

// DownloadHeaders returns the HTTP headers under which a stored file is handed out by the name that
// its owner gave it. Pictures and PDF may be shown in the page, all else is saved; nothing in it
// may run or reach out.
func DownloadHeaders(s Stored, name string) map[string]string {
	way, policy := "attachment", "default-src 'none'; sandbox"
	switch {
	case slices.Contains(Images, s.Ext):
		way = "inline"
	case s.Ext == "pdf":
		way, policy = "inline", "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'" // readers of PDF do not start in a sandbox
	}
	mime := s.MIME
	if strings.HasPrefix(mime, "text/") {
		mime += "; charset=utf-8"
	}
	return map[string]string{
		"Content-Type":            mime,
		"Content-Disposition":     disposition(way, safeName(name, s.Ext)),
		"Content-Security-Policy": policy,
		"X-Content-Type-Options":  "nosniff",
		"Cache-Control":           "private, max-age=0, must-revalidate",
		"ETag":                    `"` + s.SHA256 + `"`,
	}
}

// disposition tells the name twice: folded to ASCII for old readers, and as it is.
// Source: RFC 6266, 4.3; RFC 8187, 3.2.
func disposition(way, name string) string {
	plain := strings.Map(func(r rune) rune {
		if r >= 0x80 || r < ' ' || strings.ContainsRune(`"\%;`, r) {
			return '_'
		}
		return r
	}, lang.Fold(name))
	return way + `; filename="` + plain + `"; filename*=UTF-8''` + strings.ReplaceAll(url.QueryEscape(name), "+", "%20")
}

const longestName = 120 // letters

// safeName returns the name without folders and control characters, and with the ending of what
// the file really is.
func safeName(name, ext string) string {
	name = path.Base("/" + strings.ReplaceAll(lang.Clean(name), `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune("/:*?\"<>|\n\t", r) {
			return '-'
		}
		return r
	}, name)
	name = strings.Trim(name, " .-")
	stem := name
	for _, own := range []string{ext, "jpg"} {
		if cut, ok := cutEnding(name, "."+own); ok && (own == ext || ext == "jpeg") {
			stem = cut
		}
	}
	if letters := []rune(stem); len(letters) > longestName {
		stem = strings.TrimRight(string(letters[:longestName]), " .")
	}
	if stem == "" {
		stem = "file"
	}
	return stem + "." + ext
}

func cutEnding(name, ending string) (string, bool) {
	if len(name) >= len(ending) && strings.EqualFold(name[len(name)-len(ending):], ending) {
		return name[:len(name)-len(ending)], true
	}
	return name, false
}
