package route

import (
	"chonoi/internal/lang"
	"chonoi/internal/when"
)

// Trust says how far a row of the rules is to be believed.
type Trust string

// The kinds of trust, the best first.
const (
	InText     Trust = "text"        // read in the official text
	SecondHand Trust = "second_hand" // told by others: law firms, newspapers
	General    Trust = "general"     // general knowledge that nobody has verified
	Doubtful   Trust = "doubtful"    // sources differ, or one alone says it: ask before relying on it
)

var trusts = []Trust{InText, SecondHand, General, Doubtful}

// Label is the key of the trust's name, and Help of the sentence that explains it.
func (t Trust) Label() string { return "route.trust." + string(t) }

// Help is the key of the sentence that explains the trust.
func (t Trust) Help() string { return "route.trust_help." + string(t) }

// weaker returns the worse of two trusts.
func weaker(a, b Trust) Trust {
	for _, t := range trusts {
		if t == a {
			return b
		}
		if t == b {
			return a
		}
	}
	return a
}

// Article is what a rule rests on, and from which day to which it holds (zero: open).
type Article struct {
	Number   string    // 31.1; empty when the source does not tell it
	Basis    lang.Both // the act and the article as they are cited
	Source   string    // where it was read
	Trust    Trust
	From, To when.Day
}

// ValidOn reports whether the rule holds on a day.
func (a Article) ValidOn(day when.Day) bool {
	return (a.From.Zero() || !a.From.After(day)) && (a.To.Zero() || !a.To.Before(day))
}
