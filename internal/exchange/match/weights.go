package match

// All weights of matching stand here, with their reasons and what was measured.

// placeWeights are what a concept counts by the field of the need in which it stands; others count 1.
var placeWeights = map[string]float64{"title": 3, "keywords": 3, "summary": 2, "result": 1.5, "symptoms": 1.5,
	"conditions": 0.5, "tried": 0.5, "timing": 0.2, "territory": 0.2, "delivery": 0.2, "support": 0.3, "reference_list": 0.3}

const (
	repeated        = 0.15 // what saying a concept once more adds, of what saying it once counts
	mostConcepts    = 24   // of a need that count: more, and what is beside the point decides
	fewShare        = 400  // what stands in fewer than one text in that many is no rarer for that
	fewTexts        = 40   // of a smaller collection one cannot tell what is common
	commonRarity    = 1.2  // what stands in more than about a third of all texts tells nothing
	foldedPart      = 0.9
	lexiconPart     = 0.85
	phrasePart      = 0.6
	leastEquivalent = 0.04 // likelihood of a word of the lexicon that is looked for,
	sureEquivalent  = 0.35 // and where both texts can be read in one tongue
)

// Both sides of what a match is ordered by: how the search scores it, against the best one found, and
// what part of the need's concepts it covers. Measured in November 2026 on the 173 needs of SBIR among
// 12,615 offers, 60 candidates each, nDCG@10, by the part that the concepts count:
//
//	0 .684   .1 .682   .2 .681   .3 .681   .4 .689   .5 .691   .6 .688   .7 .687   .8 .678   .9 .659   1 .618
//	by grade first and then so: .665, therefore a grade is told and does not order
//	with the engine and the terms of the end of that month: .678 as searched, .688 at .5
const coverPart = 0.5

// depth is how many candidates of the search are looked at. On SBIR nDCG@10 is .688 with 25, 30, 40 and
// 60, and all 82 close matches of 60 candidates are among the first 25.
const depth = 30

// The least part of the need's concepts, after what its conditions take off, for each grade but the
// last. Of the pairs judged right in SBIR a quarter covers .37 and more, half .25, three quarters .16;
// of what stands sixtieth in the search a tenth covers more than .16, half .08. So of 60 candidates each
// were judged right: close 47 of 82, good 50 of 389, partial 58 of 2,197, slight 30 of 7,712 (SBIR's
// judgements are incomplete, so these are least shares).
const (
	closeCover   = 0.36
	goodCover    = 0.24
	partialCover = 0.14
)

// What a condition leaves of a match where it is partly met or missed; one that is met or not told
// takes nothing off, so that who told little is not behind for that. SBIR tells no conditions, and its
// order stays as it is; the seed city's needs keep their own offers first with these.
var conditionParts = map[string]struct{ partly, missed float64 }{
	"trl":      {0.92, 0.70}, // too early is why most readers pass
	"budget":   {0.92, 0.65}, // too dear is the other reason
	"right":    {0.97, 0.80}, // can be talked about
	"time":     {0.95, 0.80},
	"place":    {0.98, 0.98}, // technology travels; help after the sale comes faster from near
	"language": {0.97, 0.97},
	"subjects": {0.92, 0.92}, // the fields are told by hand and often too narrow
}

// hard are the conditions of which a missed one keeps a match from the best grade.
var hard = map[string]bool{"trl": true, "budget": true, "right": true, "time": true}

const (
	overBudget = 25 // a price so many percent over the budget is partly within: it is talked about
	nearlyTRL  = 1  // levels of readiness short of what is wanted that can be made up
	nearlyDays = 45 // days late that can be talked about
)
