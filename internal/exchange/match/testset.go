package match

import (
	"archive/zip"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/lang"
)

// pairKey names a need and what may answer it.
type pairKey struct{ need, kind, supply string }

// Grades of judged pairs in a test set of the search. What fails by a condition alone is of the right
// subject, so it is worth finding; what is of another field is not.
var judgedGrades = map[string]float64{"other_field": 0, "other": 0, "too_dear": 1, "too_early": 1, "other_scale": 1, "known": 2}

// proposedGrade is the grade of what an officer proposed.
const proposedGrade = 3

// TestSet is what people said of matches, as a collection by which a search can be measured: texts as
// everybody sees them, needs as queries, and for each judged pair the mean of its grades. Who judged,
// and in which words, is not in it.
type TestSet struct {
	corpus, queries []setRow
	qrels           []string
}

// setRow is a line of the corpus or of the queries.
type setRow struct {
	ID    string   `json:"id"`
	Lang  lang.Tag `json:"lang"`
	Title string   `json:"title,omitempty"`
	Text  string   `json:"text"`
}

// Judged returns how many pairs the set judges.
func (s *TestSet) Judged() int { return len(s.qrels) }

// TestSet gathers the test set of the exchange. Only needs and supplies that everybody may find now
// are in it; all supplies of the judged kinds are, for what was not judged must be told apart.
func (m *Matcher) TestSet(tx *db.Tx) (*TestSet, error) {
	grades, err := m.grades(tx)
	if err != nil {
		return nil, err
	}
	set := &TestSet{}
	supplies := map[string]bool{}
	for _, s := range m.supplies {
		err := m.each(tx, s, func(p *Party) {
			supplies[s.Kind+" "+p.ID] = true
			set.corpus = append(set.corpus, rowOf(p, true))
		})
		if err != nil {
			return nil, err
		}
	}
	err = m.each(tx, m.needs, func(n *Party) {
		asked := false
		for pair, all := range grades {
			if pair.need != n.ID || !supplies[pair.kind+" "+pair.supply] {
				continue
			}
			sum := 0.0
			for _, g := range all {
				sum += g
			}
			asked = true
			set.qrels = append(set.qrels, n.ID+"\t"+pair.supply+"\t"+strconv.FormatFloat(sum/float64(len(all)), 'f', 2, 64))
		}
		if asked {
			set.queries = append(set.queries, rowOf(n, false))
		}
	})
	slices.Sort(set.qrels)
	for _, rows := range [][]setRow{set.corpus, set.queries} {
		slices.SortFunc(rows, func(a, b setRow) int { return cmp.Compare(a.ID, b.ID) })
	}
	return set, err
}

// grades are what was said of each pair.
func (m *Matcher) grades(tx *db.Tx) (map[pairKey][]float64, error) {
	grades := map[pairKey][]float64{}
	all, err := judgements(tx, "1 = 1 ORDER BY id")
	if err != nil {
		return nil, err
	}
	for _, j := range all {
		pair := pairKey{j.Need, j.Kind, j.Supply}
		grades[pair] = append(grades[pair], judgedGrades[j.Reason])
	}
	pairs, err := proposed(tx)
	for _, pair := range pairs {
		grades[pair] = append(grades[pair], proposedGrade)
	}
	return grades, err
}

// each calls do with all of a kind that everybody finds, as everybody sees them.
func (m *Matcher) each(tx *db.Tx, s Supply, do func(p *Party)) error {
	ids, err := s.IDs(tx)
	if err != nil {
		return err
	}
	for some := range slices.Chunk(ids, loadedAtOnce) {
		parties, err := s.Some(tx, account.Actor{}, some)
		if err != nil {
			return err
		}
		for i := range parties {
			do(&parties[i])
		}
	}
	return nil
}

// rowOf is a party as a line of the set, in the tongue of its title. A query has its title in its text.
func rowOf(p *Party, titled bool) setRow {
	title, tongue := p.Title.Best(lang.Vi)
	r := setRow{ID: p.ID, Lang: tongue}
	var text []string
	for _, one := range p.Passages {
		if !titled || one.Field != "title" {
			text = append(text, one.Text.In(tongue))
		}
	}
	if titled {
		r.Title = title
	}
	r.Text = strings.Join(text, "\n")
	return r
}

// setFiles are the files of a test set, as they are called where a search is measured.
var setFiles = []string{"corpus.jsonl", "queries.jsonl", "qrels.tsv"}

// Write writes the files of the set, each into what create returns for its name.
func (s *TestSet) Write(create func(name string) (io.Writer, error)) error {
	for i, name := range setFiles {
		out, err := create(name)
		if err != nil {
			return err
		}
		if i == 2 {
			for _, line := range s.qrels {
				if _, err := fmt.Fprintln(out, line); err != nil {
					return err
				}
			}
			continue
		}
		lines := json.NewEncoder(out)
		lines.SetEscapeHTML(false)
		for _, row := range [][]setRow{s.corpus, s.queries}[i] {
			if err := lines.Encode(row); err != nil {
				return err
			}
		}
	}
	return nil
}

// Zip writes the set as one archive.
func (s *TestSet) Zip(w io.Writer) error {
	archive := zip.NewWriter(w)
	if err := s.Write(archive.Create); err != nil {
		return err
	}
	return archive.Close()
}
