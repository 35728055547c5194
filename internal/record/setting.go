package record

import (
	"encoding/json"
	"net/mail"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/when"
)

// SettingKind says what a setting holds.
type SettingKind string

// The kinds of settings.
const (
	NumberSetting SettingKind = ""      // a whole number from Least to Most
	BothSetting   SettingKind = "both"  // one line in each tongue, of at most Most characters
	LongSetting   SettingKind = "long"  // lines in each tongue, of at most Most characters
	EmailSetting  SettingKind = "email" // an e-mail address, or nothing
	PhoneSetting  SettingKind = "phone" // a telephone number, or nothing
	DaySetting    SettingKind = "day"   // a day, or none
)

// Setting is one thing that an administrator may change while the house is open: its name is the
// text key of its words, its kind and bounds keep it sensible.
type Setting struct {
	Name  string
	Group string // the settings it stands among on the page
	Kind  SettingKind
	// Usual is what a number is until it is changed; First is that of all others.
	Usual, Least, Most int64
	First              lang.Both
	Needed             bool   // a text must not be empty, in either tongue
	NotBefore          string // the day setting that this day must not come before
}

// value is what a setting holds: a number, or a text; one without tongue stands in Vi.
type value struct {
	number int64
	text   lang.Both
}

func (k Setting) usual() value { return value{k.Usual, k.First} }

// paired reports whether the setting is asked for in both tongues.
func (k Setting) paired() bool { return k.Kind == BothSetting || k.Kind == LongSetting }

// stored is a text as it lies in the database.
func (k Setting) stored(v value) string {
	if !k.paired() {
		return v.text.Vi
	}
	raw, _ := json.Marshal(v.text)
	return string(raw)
}

// read returns a value as it lies in the database. What cannot be read is what is usual.
func (k Setting) read(number int64, text string) value {
	v := value{number: number}
	if !k.paired() {
		v.text.Vi = text
		return v
	}
	if err := json.Unmarshal([]byte(text), &v.text); err != nil {
		return k.usual()
	}
	return v
}

// check cleans a value and adds to f what is amiss with it.
func (k Setting) check(v value, f *fault.Fault) value {
	v.text.Vi, v.text.En = lang.Clean(v.text.Vi), lang.Clean(v.text.En)
	switch k.Kind {
	case NumberSetting:
		if v.number < k.Least || v.number > k.Most {
			f.At(k.Name, "field.out_of_range", "Least", k.Least, "Most", k.Most)
		}
	case BothSetting, LongSetting:
		v.text.Vi = k.checkText(v.text.Vi, k.Name+".vi", f)
		v.text.En = k.checkText(v.text.En, k.Name+".en", f)
	case EmailSetting:
		if parsed, err := mail.ParseAddress(v.text.Vi); v.text.Vi != "" && (err != nil || parsed.Address != v.text.Vi) {
			f.At(k.Name, "settings.email_amiss")
		}
	case PhoneSetting:
		if digits := strings.Map(figure, v.text.Vi); v.text.Vi != "" && (len(digits) < 3 || len(v.text.Vi) > 30 || strings.Trim(v.text.Vi, "0123456789 +.()-") != "") {
			f.At(k.Name, "settings.phone_amiss")
		}
	case DaySetting:
		day, err := when.ParseDay(v.text.Vi)
		if err != nil {
			f.At(k.Name, "settings.day_amiss")
			return v
		}
		v.text.Vi = day.String()
		if day.Zero() {
			v.text.Vi = ""
		}
	}
	return v
}

func (k Setting) checkText(text, at string, f *fault.Fault) string {
	if k.Kind == BothSetting {
		text = strings.Join(strings.Fields(text), " ")
	}
	switch {
	case text == "" && k.Needed:
		f.At(at, "settings.text_needed")
	case int64(utf8.RuneCountInString(text)) > k.Most:
		f.At(at, "settings.text_long", "Most", k.Most)
	}
	return text
}

func figure(r rune) rune {
	if r >= '0' && r <= '9' {
		return r
	}
	return -1
}

// between adds to f when a day comes before the one that it must not.
func between(known []Setting, all map[string]value, f *fault.Fault) {
	for _, k := range known {
		if k.NotBefore == "" || all[k.Name].text.Vi == "" || slices.ContainsFunc(f.Fields, func(one fault.FieldFault) bool { return one.Field == k.Name }) {
			continue
		}
		if all[k.Name].text.Vi < all[k.NotBefore].text.Vi {
			f.At(k.Name, "settings.ends_before_it_begins")
		}
	}
}

// parts returns a value as the ledger keeps it: by field.
func (k Setting) parts(v value) map[string]string {
	switch {
	case k.Kind == NumberSetting:
		return map[string]string{k.Name: strconv.FormatInt(v.number, 10)}
	case k.paired():
		return map[string]string{k.Name + ".vi": v.text.Vi, k.Name + ".en": v.text.En}
	}
	return map[string]string{k.Name: v.text.Vi}
}
