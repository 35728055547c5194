package likeness

import (
	"chonoi/internal/lang"
	"chonoi/internal/lexicon"
)

// By returns the dictionary of the lexicon that holds at the time of asking.
func By(now func() *lexicon.Lexicon) Dictionary {
	return func(text string, from lang.Tag) []Sense {
		var all []Sense
		for _, c := range now().Concepts(text, from) {
			one := Sense{Words: c.Source}
			for _, also := range c.Also {
				one.Also = append(one.Also, also.Text)
			}
			all = append(all, one)
		}
		return all
	}
}
