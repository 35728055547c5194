package dump_test

import (
	"bytes"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"chonoi/internal/db"
	"chonoi/internal/db/dbtest"
	"chonoi/internal/db/dump"
)

var tree = db.Schema{Name: "tree", Files: fstest.MapFS{"schema/0001_tree.sql": {Data: []byte(`-- +goose Up
CREATE TABLE fruit (id TEXT PRIMARY KEY, branch TEXT NOT NULL, weight DOUBLE PRECISION, n BIGINT NOT NULL DEFAULT 7, note TEXT);
CREATE TABLE branch (id TEXT PRIMARY KEY, grows_from TEXT REFERENCES branch (id));
-- +goose Down
DROP TABLE branch; DROP TABLE fruit;
`)}}}

func table(t *testing.T, tx *db.Tx, name string) dump.Table {
	t.Helper()
	all, err := dump.Tables(tx)
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range all {
		if one.Name == name {
			return one
		}
	}
	t.Fatalf("no table %s among %v", name, all)
	return dump.Table{}
}

func TestATableIsReadBackAsItWasWritten(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		const lines = `{"table":"fruit","columns":["id","branch","weight","n","note"]}
["a","b1",3,9007199254740993,"xoài <ngọt> \"chín\"\n"]
["b","",0.1,-1,null]
["c","b2",1e-300,9223372036854775807,""]
`
		err := d.Update(t.Context(), func(tx *db.Tx) error {
			n, err := dump.Read(tx, table(t, tx, "fruit"), strings.NewReader(lines), nil)
			if n != 3 {
				t.Errorf("%d rows", n)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		var again bytes.Buffer
		err = d.View(t.Context(), func(tx *db.Tx) error {
			_, err := dump.Write(tx, table(t, tx, "fruit"), &again, nil)
			return err
		})
		if diff := cmp.Diff(lines, again.String()); diff != "" || err != nil {
			t.Errorf("%v\n%s", err, diff)
		}
	}, tree)
}

func TestRowsComeInAnyOrderButEachReferenceMustHold(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		fill := func(lines string) error {
			return d.Update(t.Context(), func(tx *db.Tx) error {
				return dump.Unordered(tx, func() error {
					if err := dump.Clear(tx, table(t, tx, "branch")); err != nil {
						return err
					}
					_, err := dump.Read(tx, table(t, tx, "branch"), strings.NewReader(`{"table":"branch","columns":["id","grows_from"]}`+"\n"+lines), nil)
					return err
				})
			})
		}
		if err := fill("[\"twig\",\"bough\"]\n[\"bough\",\"trunk\"]\n[\"trunk\",null]\n"); err != nil {
			t.Errorf("children before their parents: %v", err)
		}
		if err := fill("[\"twig\",\"bough\"]\n"); err == nil {
			t.Error("a twig grows from nothing")
		}
		err := d.Update(t.Context(), func(tx *db.Tx) error {
			_, err := tx.Exec("INSERT INTO branch (id, grows_from) VALUES ('x', 'nothing')")
			return err
		})
		if err == nil {
			t.Error("references are not watched any more")
		}
	}, tree)
}

func TestWhatIsNoDumpOfTheTableIsRefused(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		for name, lines := range map[string]string{
			"nothing":           "",
			"another table":     `{"table":"branch","columns":["id"]}`,
			"an unknown column": `{"table":"fruit","columns":["id","branch","colour"]}`,
			"a short row":       "{\"table\":\"fruit\",\"columns\":[\"id\",\"branch\"]}\n[\"a\"]\n",
			"half a row":        "{\"table\":\"fruit\",\"columns\":[\"id\",\"branch\"]}\n[\"a\",\"b",
		} {
			err := d.Update(t.Context(), func(tx *db.Tx) error {
				_, err := dump.Read(tx, table(t, tx, "fruit"), strings.NewReader(lines), nil)
				return err
			})
			if err == nil {
				t.Errorf("%s was read", name)
			}
		}
	}, tree)
}

func TestATextThatTheOtherEngineCannotHoldIsNotWritten(t *testing.T) {
	d := dbtest.Open(t, "sqlite", tree)
	for _, value := range []any{"a\x00b", "a\xffb", []byte("bytes")} {
		err := d.Update(t.Context(), func(tx *db.Tx) error {
			if _, err := tx.Exec("DELETE FROM fruit"); err != nil {
				return err
			}
			if _, err := tx.Exec("INSERT INTO fruit (id, branch, note) VALUES ('a', 'b', ?)", value); err != nil {
				return err
			}
			if _, err := dump.Write(tx, table(t, tx, "fruit"), &bytes.Buffer{}, nil); err == nil {
				t.Errorf("%q was written", value)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
