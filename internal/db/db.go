// Package db is one database on two engines: embedded SQLite, the default, and PostgreSQL for
// many nodes. All that differs between them is told here; the rest of the house writes one SQL.
package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgconn"
	_ "github.com/jackc/pgx/v5/stdlib" // the "pgx" driver
	"modernc.org/sqlite"
)

// DB is an open database. It is safe for use by many goroutines.
type DB struct {
	write *sql.DB // SQLite: one connection; PostgreSQL: the pool
	read  *sql.DB // SQLite: read-only connections; PostgreSQL: the same pool
	lite  bool
	url   string
}

// Open opens the database of that URL: sqlite:/path/to/file.db, whose folder is made when it is
// missing, or postgres://… .
func Open(ctx context.Context, address string) (*DB, error) {
	if path, ok := strings.CutPrefix(address, "sqlite:"); ok {
		return openSQLite(ctx, path, address)
	}
	if strings.HasPrefix(address, "postgres://") || strings.HasPrefix(address, "postgresql://") {
		pool, err := sql.Open("pgx", address)
		if err != nil {
			return nil, fmt.Errorf("open PostgreSQL: %w", err)
		}
		pool.SetMaxOpenConns(8 + 4*runtime.NumCPU())
		pool.SetMaxIdleConns(8)
		if err := pool.PingContext(ctx); err != nil {
			pool.Close()
			return nil, fmt.Errorf("reach PostgreSQL: %w", err)
		}
		return &DB{write: pool, read: pool, url: address}, nil
	}
	return nil, fmt.Errorf("a database is sqlite:PATH or postgres://…, not %q", redacted(address))
}

func openSQLite(ctx context.Context, path, address string) (*DB, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return nil, fmt.Errorf("make the folder of the database: %w", err)
	}
	pragmas := "_pragma=busy_timeout(15000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=foreign_keys(1)&_pragma=cache_size(-65536)&_pragma=temp_store(2)"
	file := "file:" + (&url.URL{Path: path}).EscapedPath()
	write, err := sql.Open("sqlite", file+"?_txlock=immediate&"+pragmas)
	if err != nil {
		return nil, fmt.Errorf("open SQLite: %w", err)
	}
	write.SetMaxOpenConns(1)
	if err := write.PingContext(ctx); err != nil {
		write.Close()
		return nil, fmt.Errorf("open SQLite file %s: %w", path, err)
	}
	read, err := sql.Open("sqlite", file+"?_pragma=query_only(1)&"+pragmas)
	if err != nil {
		write.Close()
		return nil, fmt.Errorf("open SQLite: %w", err)
	}
	read.SetMaxOpenConns(4 * runtime.NumCPU())
	read.SetMaxIdleConns(4 * runtime.NumCPU())
	return &DB{write: write, read: read, lite: true, url: address}, nil
}

func redacted(address string) string {
	if u, err := url.Parse(address); err == nil {
		return u.Redacted()
	}
	return "an unreadable address"
}

// Close closes all connections.
func (d *DB) Close() error {
	if d.read != d.write {
		return errors.Join(d.read.Close(), d.write.Close())
	}
	return d.write.Close()
}

// SQLite reports whether the engine is SQLite: for packages that hand a connection to a library.
func (d *DB) SQLite() bool { return d.lite }

// Pool returns the writing pool for a library that manages its own transactions, such as the job
// queue. On SQLite it has one connection.
func (d *DB) Pool() *sql.DB { return d.write }

// Engine names the engine for people: "SQLite" or "PostgreSQL".
func (d *DB) Engine() string {
	if d.lite {
		return "SQLite"
	}
	return "PostgreSQL"
}

// Ping reports whether the database answers.
func (d *DB) Ping(ctx context.Context) error { return d.read.PingContext(ctx) }

const tries = 24

// Update runs fn as one serialisable unit: all of it is kept, or nothing. It is run again when
// the engine asks for it, so fn must change nothing outside the transaction.
func (d *DB) Update(ctx context.Context, fn func(*Tx) error) error {
	options := &sql.TxOptions{}
	if !d.lite {
		options.Isolation = sql.LevelSerializable
	}
	for try := 1; ; try++ {
		err := d.run(ctx, d.write, options, try, fn)
		if err == nil || try == tries || !again(err) {
			return err
		}
		pause := time.Duration(rand.Int64N(int64(5*time.Millisecond) << min(try, 6)))
		select {
		case <-ctx.Done():
			return errors.Join(ctx.Err(), err)
		case <-time.After(pause):
		}
	}
}

// View runs fn on one unchanging state of the database; a write in it is refused.
func (d *DB) View(ctx context.Context, fn func(*Tx) error) error {
	options := &sql.TxOptions{ReadOnly: true}
	if !d.lite {
		options.Isolation = sql.LevelRepeatableRead
	}
	return d.run(ctx, d.read, options, 0, fn)
}

// run runs fn once: try counts the runs of a unit that writes, and is 0 for a view.
func (d *DB) run(ctx context.Context, pool *sql.DB, options *sql.TxOptions, try int, fn func(*Tx) error) (err error) {
	inner, err := pool.BeginTx(ctx, options)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	defer func() {
		if err != nil {
			_ = inner.Rollback()
		}
	}()
	if try > 0 {
		if err := d.takeTurn(ctx, inner, try); err != nil {
			return err
		}
	}
	tx := &Tx{Now: time.Now().UTC().Truncate(time.Microsecond), tx: inner, ctx: ctx, lite: d.lite, view: try == 0}
	defer func() {
		if p := recover(); p != nil {
			_ = inner.Rollback()
			panic(p)
		}
	}()
	if err := fn(tx); err != nil {
		return whole(ctx, err)
	}
	tx.forget()
	if err := inner.Commit(); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	for _, then := range tx.then {
		then()
	}
	return nil
}

// whole is the error of a unit with the reason that ctx gave for breaking it off, if it did: what
// the engine says then, such as that a statement is closed, depends on the instant.
func whole(ctx context.Context, err error) error {
	if ended := ctx.Err(); ended != nil && !errors.Is(err, ended) {
		return fmt.Errorf("%w: %w", ended, err)
	}
	return err
}

// again reports whether the engine refused a unit only because another was faster.
func again(err error) bool {
	if errors.Is(err, errAgain) {
		return true
	}
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.Code == "40001" || pg.Code == "40P01"
	}
	var lite *sqlite.Error
	if errors.As(err, &lite) {
		code := lite.Code() & 0xff
		return code == 5 || code == 6 // SQLITE_BUSY, SQLITE_LOCKED
	}
	return false
}

var errAgain = errors.New("another was faster")

// Again marks err as a loss of a race, after which Update runs the unit once more.
func Again(err error) error { return errors.Join(errAgain, err) }

// Taken reports whether err says that a unique value exists already.
func Taken(err error) bool {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.Code == "23505"
	}
	var lite *sqlite.Error
	return errors.As(err, &lite) && (lite.Code() == 2067 || lite.Code() == 1555)
}

// NewID returns an id that sorts by time (UUIDv7).
func NewID(time.Time) string { return uuid.Must(uuid.NewV7()).String() }
