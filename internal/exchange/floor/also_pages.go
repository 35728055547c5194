package floor

import (
	"strings"

	"chonoi/internal/search"
)

// alsoSought tells the words of the other tongue that were sought too, and how to have it otherwise.
type alsoSought struct {
	Words  string // empty when there are none
	Tongue string
	Switch string // address of the same search without translation, or with it
	Off    bool   // the search is not translated
}

// mostAlso is how many words of the other tongue are told.
const mostAlso = 12

// also tells what a search was translated to.
func (a asking) also(found search.Result) alsoSought {
	if found.Asked.Empty() {
		return alsoSought{}
	}
	v := alsoSought{Off: a.query.OneTongue, Tongue: string(found.Asked.Tongue.Other())}
	var words []string
	for _, one := range found.Asked.Also() {
		words = append(words, one.Said...)
	}
	v.Words = strings.Join(words[:min(len(words), mostAlso)], ", ")
	other := a
	other.query.OneTongue = !a.query.OneTongue
	other.query.After = ""
	if v.Words != "" || v.Off {
		v.Switch = other.address("", "", "")
	}
	return v
}
