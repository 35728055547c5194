package db

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
)

//go:embed schema/*.sql
var turnFiles embed.FS

// turn is the table by which writers of PostgreSQL take turns. SQLite has one writer and needs none.
var turn = Schema{Name: "db", Files: turnFiles}

// patience is how often a unit is run beside others before it asks for a turn of its own. A long
// unit, such as a batch of an import, would else lose every race against short ones.
const patience = 2

// takeTurn lets a unit write beside others, or alone once it has lost its races. LOCK TABLE is the
// one lock that fixes no snapshot: after the wait the unit sees what the others have done.
func (d *DB) takeTurn(ctx context.Context, tx *sql.Tx, try int) error {
	if d.lite {
		return nil
	}
	lock := "LOCK TABLE turn IN ROW SHARE MODE"
	if try > patience {
		lock = "LOCK TABLE turn IN EXCLUSIVE MODE"
	}
	if _, err := tx.ExecContext(ctx, lock); err != nil {
		return fmt.Errorf("take a turn: %w", err)
	}
	return nil
}
