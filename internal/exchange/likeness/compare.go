package likeness

import (
	"math"

	"chonoi/internal/lang"
)

// Likeness is how alike two listings are, and in what.
type Likeness struct {
	Score   float64 // 0 to 1: how likely one is a copy of the other
	Wording float64 // share of the runs of words that both have, of the shorter one; 0 across languages
	Title   float64 // share of what the titles have in common
	Figures float64 // share of the figures in common, of the one with fewer
	Across  bool    // they have no language in common
	Own     bool    // both are of one poster
}

// Copy reports whether the two are told to people as likely copies.
func (l Likeness) Copy() bool { return l.Score >= Threshold }

// Percent is the score as people read it; nothing is wholly the same.
func (l Likeness) Percent() int { return int(l.Score * 100) }

// Compare tells how alike two listings are. It is the same in both directions.
func (a *Print) Compare(b *Print) Likeness {
	best := Likeness{}
	alike := false
	for _, tag := range lang.Tags {
		one, other := a.said[tag], b.said[tag]
		if one == nil || other == nil {
			continue
		}
		if l := withinTongue(one(), other()); l.Score >= best.Score {
			best = l
		}
		alike = true
	}
	if !alike {
		for _, tag := range lang.Tags {
			if one, other := a.said[tag], b.said[tag.Other()]; one != nil && other != nil {
				best = across(one(), a.senses[tag](), other(), b.senses[tag.Other()]())
			}
		}
	}
	best.Own = a.poster != "" && a.poster == b.poster
	return best
}

func withinTongue(a, b *said) Likeness {
	f := alikeFeatures(a, b)
	return Likeness{Score: logistic(f[:], sameTongue[:]), Wording: share(common(a.runs, b.runs), min(len(a.runs), len(b.runs))), Title: f[3], Figures: share(common(a.figures, b.figures), min(len(a.figures), len(b.figures)))}
}

// alikeFeatures are what is weighed of two texts in one language, in the order of sameTongue.
func alikeFeatures(a, b *said) [6]float64 {
	return [6]float64{
		within(a.runs, b.runs),
		overlap(a.runs, b.runs),
		within(a.words, b.words),
		overlap(a.title, b.title),
		overlap(a.figures, b.figures),
		within(a.head, b.head),
	}
}

func across(a *said, meantA []sense, b *said, meantB []sense) Likeness {
	f := acrossFeatures(a, meantA, b, meantB)
	return Likeness{Score: logistic(f[:], otherTongue[:]), Title: (f[0] + f[1]) / 2, Figures: f[2], Across: true}
}

// acrossFeatures are what is weighed of two texts in two languages, in the order of otherTongue.
func acrossFeatures(a *said, meantA []sense, b *said, meantB []sense) [5]float64 {
	figures := common(a.figures, b.figures)
	own, other := a.across(), b.across()
	return [5]float64{
		(found(meantA, other.titled) + found(meantB, own.titled)) / 2,
		(found(meantA, other.stems) + found(meantB, own.stems)) / 2,
		share(figures, min(len(a.figures), len(b.figures))),
		math.Min(float64(figures), 6) / 6,
		overlap(own.names, other.names),
	}
}

// logistic weighs features; the last weight stands alone.
func logistic(features, weights []float64) float64 {
	sum := weights[len(features)]
	for i, f := range features {
		sum += f * weights[i]
	}
	return 1 / (1 + math.Exp(-sum))
}
