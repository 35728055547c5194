package main

import (
	"database/sql"
	"fmt"
	"iter"
	"path/filepath"
	"strings"
	"unicode"

	_ "modernc.org/sqlite" // the driver "sqlite"

	"chonoi/internal/lang"
)

// fts5 is the full-text table of SQLite, without the texts themselves.
type fts5 struct {
	db   *sql.DB
	file string
	ids  []string // by row
	best *sql.Stmt
}

// openFTS5 returns what opens a table with that tokenizer; English texts are stemmed too.
func openFTS5(tokenizer string) func(string, lang.Tag) (engine, error) {
	return func(dir string, tongue lang.Tag) (engine, error) {
		stemmer := ""
		if tongue == lang.En {
			stemmer = "porter "
		}
		x := &fts5{file: filepath.Join(dir, "fts5.db")}
		var err error
		if x.db, err = sql.Open("sqlite", x.file); err != nil {
			return nil, err
		}
		x.db.SetMaxOpenConns(1)
		for _, statement := range []string{
			`PRAGMA journal_mode = OFF`,
			`PRAGMA synchronous = OFF`,
			`PRAGMA cache_size = -1048576`,
			fmt.Sprintf(`CREATE VIRTUAL TABLE doc USING fts5(text, content='', tokenize='%s%s')`, stemmer, tokenizer),
		} {
			if _, err := x.db.Exec(statement); err != nil {
				return nil, fmt.Errorf("%s: %w", statement, err)
			}
		}
		return x, nil
	}
}

func (x *fts5) Load(docs iter.Seq[document]) error {
	tx, err := x.db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	put, err := tx.Prepare(`INSERT INTO doc (rowid, text) VALUES (?, ?)`)
	if err != nil {
		return err
	}
	for d := range docs {
		x.ids = append(x.ids, d.ID)
		if _, err := put.Exec(len(x.ids), d.whole()); err != nil {
			return err
		}
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	x.best, err = x.db.Prepare(`SELECT rowid FROM doc WHERE doc MATCH ? ORDER BY rank LIMIT ?`)
	return err
}

func (x *fts5) Put(d document) error {
	x.ids = append(x.ids, d.ID)
	_, err := x.db.Exec(`INSERT INTO doc (rowid, text) VALUES (?, ?)`, len(x.ids), d.whole())
	return err
}

func (x *fts5) Ask(q question, limit int) ([]string, error) {
	words := strings.FieldsFunc(q.Text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.Mn, r)
	})
	if len(words) == 0 {
		return nil, nil
	}
	rows, err := x.best.Query(`"`+strings.Join(words, `" OR "`)+`"`, limit)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var ids []string
	for rows.Next() {
		var row int
		if err := rows.Scan(&row); err != nil {
			return nil, err
		}
		ids = append(ids, x.ids[row-1])
	}
	return ids, rows.Err()
}

func (x *fts5) OnDisk() int64 { return sizeOf(x.file) }

func (x *fts5) Close() error { return x.db.Close() }
