// Package dbtest runs a test on both engines: a SQLite file in a temporary folder, and a schema
// of its own in a temporary PostgreSQL cluster that lives as long as the test binary.
package dbtest

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"path/filepath"
	"sync/atomic"
	"testing"

	"chonoi/internal/db"
)

// Each runs body once on SQLite and once on PostgreSQL, each with the tables of schemas.
func Each(t *testing.T, body func(*testing.T, *db.DB), schemas ...db.Schema) {
	t.Helper()
	for _, engine := range []string{"sqlite", "postgres"} {
		t.Run(engine, func(t *testing.T) {
			d := Open(t, engine, schemas...)
			body(t, d)
		})
	}
}

// Open opens an empty database of that engine, "sqlite" or "postgres", with the tables of schemas.
// It is gone when the test ends.
func Open(t testing.TB, engine string, schemas ...db.Schema) *db.DB {
	t.Helper()
	d, err := db.Open(t.Context(), Address(t, engine))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	if _, err := db.Migrate(t.Context(), d, schemas...); err != nil {
		t.Fatal(err)
	}
	return d
}

// Address returns the address of an empty database of that engine, for a program under test.
func Address(t testing.TB, engine string) string {
	t.Helper()
	if engine == "sqlite" {
		return "sqlite:" + filepath.Join(t.TempDir(), "chonoi.db")
	}
	return newSchema(t)
}

var schemaNumber atomic.Int64

func newSchema(t testing.TB) string {
	t.Helper()
	base, err := cluster()
	if err != nil {
		t.Fatalf("PostgreSQL for tests: %v (install it: apt-get install postgresql)", err)
	}
	admin, err := sql.Open("pgx", base)
	if err != nil {
		t.Fatal(err)
	}
	defer admin.Close()
	name := fmt.Sprintf("test_%d", schemaNumber.Add(1))
	if _, err := admin.ExecContext(t.Context(), "CREATE SCHEMA "+name); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		admin, err := sql.Open("pgx", base)
		if err != nil {
			return
		}
		defer admin.Close()
		_, _ = admin.ExecContext(context.Background(), "DROP SCHEMA "+name+" CASCADE")
	})
	u, err := url.Parse(base)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	q.Set("search_path", name)
	u.RawQuery = q.Encode()
	return u.String()
}
