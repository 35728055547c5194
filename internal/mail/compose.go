package mail

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"strings"

	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/text"

	"chonoi/internal/lang"
)

// Texts is what people read of this package.
//
//go:embed texts.toml
var Texts embed.FS

//go:embed frame.html
var frameSource string

var frame = template.Must(template.New("frame").Parse(frameSource))

// policy lets through what a letter's body needs, and nothing that runs or is fetched.
var policy = func() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "h2", "h3", "hr", "code")
	p.AllowAttrs("href").OnElements("a")
	p.AllowURLSchemes("https", "http", "mailto")
	p.RequireParseableURLs(true)
	return p
}()

// Compose writes the letter of that name in the tongue: its subject is the text letter.NAME.subject,
// its body letter.NAME.body, in Markdown. Args are name, value pairs for the placeholders; what they
// hold is shown as it is, and is never taken for Markdown or HTML. A link is written [words]({{.Link}}).
// The caller sets ID, To and ToName. It fails when the catalogue does not tell the letter.
func Compose(words *lang.Words, tag lang.Tag, name string, args ...any) (Letter, error) {
	subject, body := "letter."+name+".subject", "letter."+name+".body"
	for _, key := range []string{subject, body} {
		if !words.Has(key) {
			return Letter{}, fmt.Errorf("the text %s is not told", key)
		}
	}
	l := Letter{Tag: tag, Subject: oneLine(words.T(tag, subject, args...))}
	source := []byte(words.T(tag, body, escaped(tag, args)...))
	var html bytes.Buffer
	if err := goldmark.Convert(source, &html); err != nil {
		return Letter{}, fmt.Errorf("body of letter %s: %w", name, err)
	}
	footer := words.T(tag, "letter.footer")
	var whole bytes.Buffer
	err := frame.Execute(&whole, map[string]any{
		"Tag": tag, "Subject": l.Subject, "Footer": footer,
		"Body": template.HTML(policy.SanitizeBytes(html.Bytes())), //nolint:gosec // sanitised here
	})
	if err != nil {
		return Letter{}, fmt.Errorf("frame of letter %s: %w", name, err)
	}
	l.HTML = whole.String()
	l.Text = plain(goldmark.DefaultParser().Parse(text.NewReader(source)), source) + "\n\n-- \n" + footer + "\n"
	return l, nil
}

// Markdown is a piece of a letter that was written by Fragment, to stand in the body of one.
type Markdown string

// Fragment writes the text of that key as a piece of a letter. What args hold is shown as it is, but
// for pieces, which stay what they are.
func Fragment(words *lang.Words, tag lang.Tag, key string, args ...any) Markdown {
	return Markdown(strings.TrimSpace(words.T(tag, key, escaped(tag, args)...)))
}

// escaped returns args whose texts mean themselves in Markdown.
func escaped(tag lang.Tag, args []any) []any {
	safe := make([]any, len(args))
	copy(safe, args)
	for i := 1; i < len(safe); i += 2 {
		switch v := safe[i].(type) {
		case int, int64, Markdown:
		case lang.Both:
			safe[i] = literal(v.In(tag))
		default:
			safe[i] = literal(fmt.Sprint(v))
		}
	}
	return safe
}

// literal writes s so that Markdown shows it as it is. Its lines stay lines of one paragraph.
func literal(s string) string {
	var b strings.Builder
	for i, line := range strings.FieldsFunc(lang.Clean(s), func(r rune) bool { return r == '\n' }) {
		if i > 0 {
			b.WriteString("  \n")
		}
		for _, r := range strings.TrimSpace(line) {
			if r < 0x80 && strings.ContainsRune("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", r) {
				b.WriteByte('\\')
			}
			b.WriteRune(r)
		}
	}
	return b.String()
}
