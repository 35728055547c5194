package main

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"chonoi/internal/lang"
)

// set is a collection with judged questions, as `chonoi evaluate` reads them.
type set struct {
	name      string // of its folder, and what is done to it
	corpus    string // files below the folder of data, plain or packed as .gz
	questions string
	grades    string
	tongue    lang.Tag
	stripped  bool // questions typed without marks
	mrr       bool // judged by MRR@10 and not by nDCG@10
}

var sets = []set{
	judged("xquad-vi", lang.Vi, set{}),
	judged("xquad-vi", lang.Vi, set{stripped: true}),
	judged("vilaw-heading", lang.Vi, set{mrr: true}),
	judged("vilaw-heading", lang.Vi, set{mrr: true, stripped: true}),
	judged("cranfield", lang.En, set{}),
	{name: "sbir", tongue: lang.En,
		corpus: "listings/sbir-offers.jsonl", questions: "listings/sbir-needs.jsonl", grades: "listings/sbir-pairs.tsv"},
}

// judged names the files of a collection with the usual names.
func judged(name string, tongue lang.Tag, s set) set {
	dir := "search/" + name + "/"
	s.name, s.tongue, s.corpus, s.questions, s.grades = name, tongue, dir+"corpus.jsonl", dir+"queries.jsonl", dir+"qrels.tsv"
	if s.stripped {
		s.name += ", no marks"
	}
	return s
}

func (s *set) measure() string {
	if s.mrr {
		return "MRR@10"
	}
	return "nDCG@10"
}

// row is a line of a corpus, of questions, or of listings, whose text is called description.
type row struct {
	ID, Title, Text, Description string
}

func (r *row) text() string {
	if r.Text == "" {
		return lang.Clean(r.Description)
	}
	return lang.Clean(r.Text)
}

// documents reads the corpus.
func (s *set) documents(data string) ([]document, error) {
	var docs []document
	err := eachRow(filepath.Join(data, s.corpus), func(r row) {
		docs = append(docs, document{ID: r.ID, Title: lang.Clean(r.Title), Text: r.text()})
	})
	return docs, err
}

// asked reads the questions that have a judged document, in an order that a run that is broken off
// does not favour the first of the file.
func (s *set) asked(data string) ([]question, map[string]map[string]float64, error) {
	grades, err := gradesOf(filepath.Join(data, s.grades))
	if err != nil {
		return nil, nil, err
	}
	var questions []question
	err = eachRow(filepath.Join(data, s.questions), func(r row) {
		q := question{ID: r.ID, Text: r.text(), Whole: true}
		if s.stripped {
			q.Text = lang.Fold(q.Text)
		}
		if len(idealOf(grades[q.ID])) > 0 {
			questions = append(questions, q)
		}
	})
	rand.New(rand.NewPCG(1, 1)).Shuffle(len(questions), func(i, j int) {
		questions[i], questions[j] = questions[j], questions[i]
	})
	return questions, grades, err
}

func gradesOf(path string) (map[string]map[string]float64, error) {
	grades := map[string]map[string]float64{}
	err := eachLine(path, func(line []byte) error {
		columns := strings.Split(strings.TrimSpace(string(line)), "\t")
		if len(columns) != 3 {
			return errors.New("not three columns")
		}
		grade, err := strconv.ParseFloat(columns[2], 64)
		if grades[columns[0]] == nil {
			grades[columns[0]] = map[string]float64{}
		}
		grades[columns[0]][columns[1]] = grade
		return err
	})
	return grades, err
}

func eachRow(path string, do func(row)) error {
	return eachLine(path, func(line []byte) error {
		var r row
		err := json.Unmarshal(line, &r)
		do(r)
		return err
	})
}

const longestLine = 8 << 20

// eachLine calls do with each line of path, or of path.gz when there is no path.
func eachLine(path string, do func([]byte) error) error {
	file, err := os.Open(path)
	packed := errors.Is(err, os.ErrNotExist)
	if packed {
		file, err = os.Open(path + ".gz")
	}
	if err != nil {
		return err
	}
	defer file.Close()
	var in io.Reader = bufio.NewReader(file)
	if packed {
		if in, err = gzip.NewReader(in); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
	}
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, longestLine)
	for n := 1; lines.Scan(); n++ {
		if err := do(lines.Bytes()); err != nil {
			return fmt.Errorf("%s, line %d: %w", path, n, err)
		}
	}
	return lines.Err()
}

// whole returns title and text as one text, for engines that are given one field.
func (d document) whole() string {
	if d.Title == "" {
		return d.Text
	}
	return d.Title + "\n" + d.Text
}

func (d document) fold() document {
	d.Title, d.Text = lang.Fold(d.Title), lang.Fold(d.Text)
	return d
}
