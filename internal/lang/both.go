// Package lang holds words in Vietnamese and English: bilingual texts, the catalogue of
// messages, folding for comparison, sorting, and numbers, money and dates as people read them.
package lang

// Tag is one of the two tongues of the product.
type Tag string

// The two tongues. Vietnamese is the first; English is a real translation.
const (
	Vi Tag = "vi"
	En Tag = "en"
)

// Tags lists the tongues, Vietnamese first.
var Tags = []Tag{Vi, En}

// Other returns the other tongue.
func (t Tag) Other() Tag {
	if t == En {
		return Vi
	}
	return En
}

// Both is one text in both tongues. Either may be empty.
type Both struct{ Vi, En string }

// In returns the text in tongue t, or in the other one when t is empty.
func (b Both) In(t Tag) string {
	text, _ := b.Best(t)
	return text
}

// Best returns the text nearest to tongue t and the tongue it is really in, for the lang attribute.
func (b Both) Best(t Tag) (string, Tag) {
	own, other := b.Vi, b.En
	if t == En {
		own, other = b.En, b.Vi
	}
	if own == "" && other != "" {
		return other, t.Other()
	}
	return own, t
}

// Only returns the text in tongue t, empty when it was not told in that tongue.
func (b Both) Only(t Tag) string {
	if t == En {
		return b.En
	}
	return b.Vi
}

// Set replaces the text of tongue t.
func (b *Both) Set(t Tag, text string) {
	if t == En {
		b.En = text
	} else {
		b.Vi = text
	}
}

// Empty reports whether neither tongue holds a text.
func (b Both) Empty() bool { return b.Vi == "" && b.En == "" }
