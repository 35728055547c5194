package db

import (
	"context"
	"database/sql"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Tx is one running transaction. Now is the same in all of it.
type Tx struct {
	Now  time.Time
	tx   *sql.Tx
	ctx  context.Context
	lite bool
	view bool
	seen map[string]*sql.Stmt // SQLite: statements used before in this transaction
	then []func()
}

// ReadOnly reports whether the unit only reads: everything it sees is committed.
func (tx *Tx) ReadOnly() bool { return tx.view }

// Context returns the context that the transaction was begun with.
func (tx *Tx) Context() context.Context { return tx.ctx }

// SQL returns the transaction itself, for a library that joins it.
func (tx *Tx) SQL() *sql.Tx { return tx.tx }

// SQLite reports whether the engine is SQLite.
func (tx *Tx) SQLite() bool { return tx.lite }

// After runs fn once the transaction has been committed; never when it was not.
func (tx *Tx) After(fn func()) { tx.then = append(tx.then, fn) }

// Exec runs a statement; its arguments are marked ? on both engines.
func (tx *Tx) Exec(query string, args ...any) (sql.Result, error) {
	if stmt := tx.prepared(query); stmt != nil {
		return stmt.ExecContext(tx.ctx, args...)
	}
	return tx.tx.ExecContext(tx.ctx, tx.dialect(query), args...)
}

// Query runs a query of many rows; its arguments are marked ? on both engines.
func (tx *Tx) Query(query string, args ...any) (*sql.Rows, error) {
	if stmt := tx.prepared(query); stmt != nil {
		return stmt.QueryContext(tx.ctx, args...)
	}
	return tx.tx.QueryContext(tx.ctx, tx.dialect(query), args...)
}

// QueryRow runs a query of one row; its arguments are marked ? on both engines.
func (tx *Tx) QueryRow(query string, args ...any) *sql.Row {
	if stmt := tx.prepared(query); stmt != nil {
		return stmt.QueryRowContext(tx.ctx, args...)
	}
	return tx.tx.QueryRowContext(tx.ctx, tx.dialect(query), args...)
}

// prepared returns a statement that is kept for the rest of the transaction when the query is
// asked for a second time: what a bulk import repeats is then parsed once.
func (tx *Tx) prepared(query string) *sql.Stmt {
	if !tx.lite {
		return nil // pgx keeps its own
	}
	stmt, again := tx.seen[query]
	if stmt != nil {
		return stmt
	}
	if !again {
		if tx.seen == nil {
			tx.seen = map[string]*sql.Stmt{}
		}
		tx.seen[query] = nil
		return nil
	}
	stmt, err := tx.tx.PrepareContext(tx.ctx, query)
	if err != nil {
		return nil // the plain way reports the error
	}
	tx.seen[query] = stmt
	return stmt
}

func (tx *Tx) forget() {
	for _, stmt := range tx.seen {
		if stmt != nil {
			_ = stmt.Close()
		}
	}
	tx.seen = nil
}

var numbered sync.Map // query with ? -> query with $1

// dialect writes the argument marks as the engine wants them.
func (tx *Tx) dialect(query string) string {
	if tx.lite {
		return query
	}
	if done, ok := numbered.Load(query); ok {
		return done.(string)
	}
	var b strings.Builder
	quoted, n := false, 0
	for _, r := range query {
		switch {
		case r == '\'':
			quoted = !quoted
			b.WriteRune(r)
		case r == '?' && !quoted:
			n++
			b.WriteString("$" + strconv.Itoa(n))
		default:
			b.WriteRune(r)
		}
	}
	numbered.Store(query, b.String())
	return b.String()
}

// Lock holds a named lock until the transaction ends, so that one thing is done by one
// transaction at a time on all nodes. SQLite has a single writer and needs none.
func (tx *Tx) Lock(name int64) error {
	if tx.lite {
		return nil
	}
	_, err := tx.tx.ExecContext(tx.ctx, "SELECT pg_advisory_xact_lock($1)", name)
	return err
}
