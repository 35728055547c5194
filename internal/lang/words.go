package lang

import (
	"fmt"
	"io/fs"
	"slices"
	"sort"
	"strings"

	"github.com/BurntSushi/toml"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// Words is the catalogue of all that the product says, in both tongues.
type Words struct {
	plain     map[Tag]map[string]string // texts without a placeholder, ready to show
	localizer map[Tag]*i18n.Localizer
	keys      []string
}

// entry is one key of a texts.toml: both tongues, and the English singular where it differs.
type entry struct {
	Vi    string `toml:"vi"`
	En    string `toml:"en"`
	EnOne string `toml:"en_one"`
}

// Load reads the texts.toml at the root of each file system. It fails on a key that is told twice
// or in one tongue only, so that no page can be half translated.
func Load(sources ...fs.FS) (*Words, error) {
	bundle := i18n.NewBundle(language.Vietnamese)
	w := &Words{plain: map[Tag]map[string]string{Vi: {}, En: {}}, localizer: map[Tag]*i18n.Localizer{}}
	for _, source := range sources {
		var texts map[string]entry
		if _, err := toml.DecodeFS(source, "texts.toml", &texts); err != nil {
			return nil, fmt.Errorf("read texts.toml: %w", err)
		}
		for key, e := range texts {
			if err := w.add(bundle, key, e); err != nil {
				return nil, err
			}
		}
	}
	sort.Strings(w.keys)
	for _, tag := range Tags {
		w.localizer[tag] = i18n.NewLocalizer(bundle, string(tag))
	}
	return w, nil
}

func (w *Words) add(bundle *i18n.Bundle, key string, e entry) error {
	if e.Vi == "" || e.En == "" {
		return fmt.Errorf("text %q is not told in both tongues", key)
	}
	if _, twice := w.plain[Vi][key]; twice || slices.Contains(w.keys, key) {
		return fmt.Errorf("text %q is told twice", key)
	}
	w.keys = append(w.keys, key)
	if !strings.Contains(e.Vi+e.En+e.EnOne, "{{") && e.EnOne == "" {
		w.plain[Vi][key], w.plain[En][key] = e.Vi, e.En
		return nil
	}
	one := e.EnOne
	if one == "" {
		one = e.En
	}
	if err := bundle.AddMessages(language.Vietnamese, &i18n.Message{ID: key, Other: e.Vi}); err != nil {
		return fmt.Errorf("text %q: %w", key, err)
	}
	if err := bundle.AddMessages(language.English, &i18n.Message{ID: key, One: one, Other: e.En}); err != nil {
		return fmt.Errorf("text %q: %w", key, err)
	}
	return nil
}

// T returns the text of key in tongue tag. Args are name, value pairs for its placeholders; the
// value named N, when it is an int, also picks the English singular. An unknown key is shown as
// itself, which the catalogue's test finds.
func (w *Words) T(tag Tag, key string, args ...any) string {
	if text, ok := w.plain[tag][key]; ok {
		return text
	}
	data := map[string]any{}
	var plural any
	for i := 0; i+1 < len(args); i += 2 {
		name, _ := args[i].(string)
		value := args[i+1]
		if n, ok := count(value); ok {
			if name == "N" {
				plural = n
			}
			value = Number(tag, int64(n))
		}
		if b, ok := value.(Both); ok {
			value = b.In(tag)
		}
		data[name] = value
	}
	text, err := w.localizer[tag].Localize(&i18n.LocalizeConfig{MessageID: key, TemplateData: data, PluralCount: plural})
	if err != nil && text == "" {
		return key
	}
	return text
}

func count(v any) (int, bool) {
	switch n := v.(type) {
	case int:
		return n, true
	case int64:
		return int(n), true
	}
	return 0, false
}

// Has reports whether the catalogue tells key.
func (w *Words) Has(key string) bool {
	_, ok := slices.BinarySearch(w.keys, key)
	return ok
}

// Keys lists all keys in order.
func (w *Words) Keys() []string { return w.keys }
