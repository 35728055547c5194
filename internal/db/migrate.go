package db

import (
	"context"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/database"
)

// Schema is the tables of one package: files named NNNN_name.sql in the folder schema, or
// NNNN_name.sqlite.sql beside NNNN_name.postgres.sql where the engines need different words.
type Schema struct {
	Name  string
	Files fs.FS
}

// Migrate brings the tables of each schema to their newest form, in the order given: lower
// floors first. It returns how many files were applied; none when all is new already.
func Migrate(ctx context.Context, d *DB, schemas ...Schema) (int, error) {
	applied := 0
	for _, s := range d.with(schemas) {
		provider, err := d.provider(s)
		if err != nil {
			return applied, fmt.Errorf("schema of %s: %w", s.Name, err)
		}
		results, err := provider.Up(ctx)
		if err != nil {
			return applied, fmt.Errorf("migrate %s: %w", s.Name, err)
		}
		applied += len(results)
	}
	return applied, nil
}

// MigrateTo brings the tables of an empty database to the version that is told for each schema, up
// or down; a schema that is not told is brought to nothing.
func MigrateTo(ctx context.Context, d *DB, versions map[string]int64, schemas ...Schema) error {
	for _, s := range slices.Backward(schemas) {
		provider, err := d.provider(s)
		if err == nil {
			_, err = provider.DownTo(ctx, versions[s.Name])
		}
		if err != nil {
			return fmt.Errorf("migrate %s down to %d: %w", s.Name, versions[s.Name], err)
		}
	}
	for _, s := range d.with(schemas) {
		provider, err := d.provider(s)
		switch version, told := versions[s.Name]; {
		case err != nil:
		case s.Name == turn.Name:
			_, err = provider.Up(ctx)
		case told:
			_, err = provider.UpTo(ctx, version)
		}
		if err != nil {
			return fmt.Errorf("migrate %s to %d: %w", s.Name, versions[s.Name], err)
		}
	}
	return nil
}

// Newest returns the number of the schema's last file.
func (s Schema) Newest() (newest int64, err error) {
	files, err := fs.ReadDir(s.Files, "schema")
	for _, file := range files {
		if n, err := goose.NumericComponent(file.Name()); err == nil {
			newest = max(newest, n)
		}
	}
	return newest, err
}

// Pending counts the schema files that have not been applied yet.
func Pending(ctx context.Context, d *DB, schemas ...Schema) (int, error) {
	pending := 0
	for _, s := range d.with(schemas) {
		provider, err := d.provider(s)
		if err != nil {
			return 0, fmt.Errorf("schema of %s: %w", s.Name, err)
		}
		status, err := provider.Status(ctx)
		if err != nil {
			return 0, fmt.Errorf("status of %s: %w", s.Name, err)
		}
		for _, one := range status {
			if one.State == goose.StatePending {
				pending++
			}
		}
	}
	return pending, nil
}

// with puts the database's own tables before the others.
func (d *DB) with(schemas []Schema) []Schema {
	if d.lite {
		return schemas
	}
	return append([]Schema{turn}, schemas...)
}

func (d *DB) provider(s Schema) (*goose.Provider, error) {
	files, err := fs.Sub(s.Files, "schema")
	if err != nil {
		return nil, err
	}
	dialect, other := database.DialectSQLite3, ".postgres.sql"
	if !d.lite {
		dialect, other = database.DialectPostgres, ".sqlite.sql"
	}
	store, err := database.NewStore(dialect, "schema_"+s.Name)
	if err != nil {
		return nil, err
	}
	return goose.NewProvider("", d.write, oneEngine{files, other}, goose.WithStore(store))
}

// oneEngine hides the schema files of the other engine.
type oneEngine struct {
	fs.FS
	other string
}

func (e oneEngine) ReadDir(name string) ([]fs.DirEntry, error) {
	all, err := fs.ReadDir(e.FS, name)
	if err != nil {
		return nil, err
	}
	own := all[:0]
	for _, entry := range all {
		if !strings.HasSuffix(entry.Name(), e.other) {
			own = append(own, entry)
		}
	}
	return own, nil
}
