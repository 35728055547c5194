// Package contract makes a transfer contract from what the sides agreed on: the contents that the law
// asks for as articles, clauses of a library in Vietnamese and English side by side, what is missing,
// and how two versions differ. It knows no database.
package contract

import (
	"bytes"
	"embed"
	"encoding/csv"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"chonoi/internal/lang"
	"chonoi/lists"
)

// Texts is what this package says.
//
//go:embed texts.toml
var Texts embed.FS

// Content is one of the contents that a contract must have. Source: Law 07/2017/QH14, Art. 23.
type Content struct {
	N     int // from 1
	Name  lang.Both
	Basis lang.Both // the article
}

// Model is a clause of the library.
type Model struct {
	ID      string
	Content int
	Usual   bool // put in where it fits; others are offered
	Words   lang.Both
	when    map[string][]string
}

// Library is the contents with their model clauses.
type Library struct {
	Contents []Content
	Models   []Model
}

// Shipped returns the library that the program brings.
func Shipped() (*Library, error) { return Load(lists.Contract) }

// Load reads a library from contract/contents.csv and contract/clauses.csv of a folder. It refuses a
// content without a clause that always fits or alternatives, and a clause of no content.
func Load(files fs.FS) (*Library, error) {
	l := &Library{}
	err := read(files, "contract/contents.csv", func(row map[string]string) error {
		n, err := strconv.Atoi(row["content"])
		if err != nil || n != len(l.Contents)+1 {
			return fmt.Errorf("content %q is not the next", row["content"])
		}
		vi, en, _ := strings.Cut(row["legal_basis"], " / ")
		l.Contents = append(l.Contents, Content{N: n, Name: lang.Both{Vi: row["vi"], En: row["en"]}, Basis: lang.Both{Vi: vi, En: en}})
		return nil
	})
	if err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	err = read(files, "contract/clauses.csv", func(row map[string]string) error {
		m := Model{ID: row["id"], Usual: row["usual"] != "no", Words: lang.Both{Vi: row["vi"], En: row["en"]}, when: map[string][]string{}}
		var err error
		if m.Content, err = strconv.Atoi(row["content"]); err != nil || m.Content < 1 || m.Content > len(l.Contents) {
			return fmt.Errorf("clause %s is of no content", m.ID)
		}
		if m.ID == "" || seen[m.ID] || m.Words.Vi == "" || m.Words.En == "" {
			return fmt.Errorf("clause %q is told twice or not in both tongues", m.ID)
		}
		seen[m.ID] = true
		for _, one := range strings.FieldsFunc(row["when"], func(r rune) bool { return r == ';' }) {
			key, values, ok := strings.Cut(one, "=")
			if !ok || !slices.Contains(keys, key) {
				return fmt.Errorf("clause %s: %q is no condition", m.ID, one)
			}
			m.when[key] = strings.Split(values, "|")
		}
		l.Models = append(l.Models, m)
		return nil
	})
	return l, err
}

// keys are what the conditions of clauses may ask.
var keys = []string{"mode", "right", "onward", "methods", "improvements", "dispute", "base", "direction", "state", "route", "has"}

// fits reports whether a clause fits what was agreed on.
func (m *Model) fits(told map[string][]string) bool {
	for key, values := range m.when {
		if !slices.ContainsFunc(values, func(one string) bool { return slices.Contains(told[key], one) }) {
			return false
		}
	}
	return true
}

// read reads a table whose first row names its columns.
func read(files fs.FS, name string, each func(map[string]string) error) error {
	raw, err := fs.ReadFile(files, name)
	if err != nil {
		return err
	}
	rows, err := csv.NewReader(bytes.NewReader(raw)).ReadAll()
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	for i, row := range rows {
		if i == 0 {
			continue
		}
		told := map[string]string{}
		for j, column := range rows[0] {
			told[column] = row[j]
		}
		if err := each(told); err != nil {
			return fmt.Errorf("%s, row %d: %w", name, i+1, err)
		}
	}
	return nil
}
