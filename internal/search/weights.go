package search

import "chonoi/internal/lang"

// All weights of the engine stand here, with what was measured beside them.

// weights are the constants of one tongue.
type weights struct {
	k1     float64 // how slowly repetitions in a listing stop to count
	b      float64 // how much a long listing counts less
	pairK1 float64 // k1 of pairs
	exact  float64 // what the very word counts,
	folded float64 // the word without marks,
	stem   float64 // its English stem,
	pair   float64 // and two words side by side, without marks
}

// Measured in November 2026 over the whole corpus of each set: XQuAD-vi and VILaw as typed / without
// marks, MRR@10; Cranfield and SBIR (whole needs), nDCG@10.
//
//	k1 .9, b .4, pairs alike    XQuAD .956 / .949   VILaw .640 / .637
//	k1 .9, b .6                 XQuAD .956 / .951   VILaw .642 / .641
//	k1 .9, b .7, pair k1 .5     XQuAD .955 / .950   VILaw .652 / .651   (chosen)
//	k1 .9, b .9                 XQuAD .957 / .951   VILaw .647 / .648
//	k1 1.2, b .75               XQuAD .956 / .951   VILaw .651 / .649
//	k1 2, b .75                 XQuAD .954 / .949   VILaw .629 / .633
//	XQuAD among the articles of VILaw, b .4 .6 .7 .75: .941 .942 .941 .941; with pair k1 .5, b .7: .943
//	pair .3 .5 .7 1 (b .4)      XQuAD .953 .956 .954 .951, without marks .942 .949 .950 .946
//	exact/folded .3/.7 .5/.5 .7/.3 (b .4)   XQuAD .955 .956 .955   VILaw .639 .640 .640
//	pairs over the ends of sentences: XQuAD .9553 for .9557, so they are not kept
//
//	English, words and stems .5/.5, pair .1, k1 .9, b .4    Cranfield .505   SBIR .605
//	k1 1.2, b .75                                           Cranfield .524   SBIR .637
//	k1 2, b .75, word .25, stem .75, pair .2                Cranfield .539   SBIR .676 (chosen)
//	the same with pair 0.1 / 0.3                            Cranfield .538 / .535   SBIR .674 / .680
//	the same with pair k1 1                                 Cranfield .535   SBIR .680
//	stems only, k1 1.2, b .75                               Cranfield .528
//	SBIR rows with k1 .9 and 1.2 counted a repeated word of the need at most 3 times.
var (
	vietnamese = weights{k1: 0.9, b: 0.7, pairK1: 0.5, exact: 0.5, folded: 0.5, pair: 0.5}
	unmarked   = weights{k1: 0.9, b: 0.7, pairK1: 0.5, folded: 1, pair: 0.5}
	english    = weights{k1: 2, b: 0.75, pairK1: 2, stem: 1, pair: 0.2}
)

// weights returns those for a query: by its tongue, and by whether it was typed with marks.
func (q *Asked) weights() weights {
	switch {
	case q.Tongue == lang.En:
		return english
	case q.marked:
		return vietnamese
	}
	return unmarked
}

// What a word in a field counts, in eighths of a word in the text. Cranfield nDCG@10 with titles at
// 8, 12, 16, 24: .494 .501 .505 .510; beyond 16 a listing could win by its title alone.
const (
	weightUnit     = 8
	titleWeight    = 16
	summaryWeight  = 12
	textWeight     = 8
	keywordsWeight = 12
)

var fieldWeight = [fieldCount]uint16{titleWeight, summaryWeight, textWeight, keywordsWeight}

// A listing that scores less than this part of the best one is no find, so that the count and the
// facets are not flooded by listings that share one common word with the query. R@100 of Cranfield at
// 0, .1, .15, .2, .3: .770 .770 .769 .765 .725; the Vietnamese sets and SBIR do not change up to .2.
const (
	leastNumerator   = 3
	leastDenominator = 20
)

// The first words of a text say what it is about: each counts twice.
const (
	leadWords  = 20
	leadWeight = 2 * textWeight
)

// Words in more listings than one in skippedShare are left out of a query that has enoughRare others.
// One in 6, 8, 12, 16, 24: SBIR nDCG@10 .689 .689 .693 .662 .660, Cranfield .540 .539 .539 .539 .539;
// VILaw MRR@10 .677 .677 .678 .677 .677, XQuAD .958 of each.
const (
	skippedShare = 12
	enoughRare   = 12
)

// In a query of carefulWords or more, half of them with marks, each word stands for itself; pairs still
// find what was typed without marks. XQuAD and VILaw MRR@10: .959 and .677; when a word may also stand for
// itself without marks .958 and .678; for any word written like it .959 and .673.
const carefulWords = 8

// The tongue of a query without marks: what part of its words look like Vietnamese syllables.
const (
	surelyVietnamese = 0.8
	surelyEnglish    = 0.4
)

// A word in more than this part of the listings is not marked on a page by itself.
const commonShare = 0.25

// A translation that no more listings than this have is told, however few listings there are.
const fewListings = 20

// What the other tongue counts. Each way to say a phrase counts by its likelihood, times the words of
// the phrase in the query, and is spread over its own words; pairs of them count beside.
// Measured in November 2026 with 27,554 shipped terms, nDCG@10, untranslated -> translated: LibreOffice
// help vi -> en .063 -> .571 (MRR@10 .056 -> .513). Among 12,825 English listings the 210 of the
// demonstration by their Vietnamese titles .307 -> .966, typed without marks .267 -> .936; among 10,157
// Vietnamese texts by their English titles .332 -> .978; by two keywords .120 -> .822 and .162 -> .880.
// XQuAD-vi stays at .967 and VILaw at .722; Cranfield .539 -> .538.
//
// The choice, by listings that were scored with real numbers and not yet by impacts:
//
//	help vi -> en | titles vi -> en | without marks | titles en -> vi | keywords vi -> en | en -> vi
//	weight .7, pair .25 each          .485  .934  .856  .965  .749  .833
//	weight 1, pair .5 each            .493  .952  .905  .968  .772  .835
//	weight 1, pair .25 each           .498  .961  .913  .972  .772  .849
//	weight 1, pair .5 of a word's     .498  .961  .914  .970  .771  .853   (chosen)
//	one rarity a phrase, df summed    .491  .949  .891  .960  .761  .825   (pair .5 each)
//	tf and df summed before k1        .507  .959  .927  .969  .762  .810   (pair .25 each; 2 to 3 times the time)
//	not weighted by use in the index  .464
//	Where both tongues stand in one index, weight .75 left the other too far below: .34, and 1 for each
//	word of the phrase .71; the listings in the query's own tongue stay first at each.
const (
	translatedWeight = 1
	translatedPair   = 0.5
	mostWays         = 5    // of a phrase that are sought
	leastWay         = 0.04 // likelihood of one that is sought
	toldWay          = 0.12 // likelihood of one that is told
	mostSaid         = 3    // of a phrase that are told
)

// Limits of what is read.
const (
	longestWord = 64     // runes of one word
	typedRunes  = 400    // of a query typed in the search box
	typedWords  = 64     //
	wholeRunes  = 20_000 // of a whole need
	wholeWords  = 2_000  //
	mostHits    = 1000   // of one page of results
)
