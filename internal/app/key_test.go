package app_test

import (
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"chonoi/internal/account"
	"chonoi/internal/account/seal"
	"chonoi/internal/app"
	"chonoi/internal/db"
	"chonoi/internal/job"
	"chonoi/internal/lang"
)

// opened opens a house and closes it when the test is over.
func opened(t *testing.T, c app.Config) *app.House {
	t.Helper()
	h, err := app.Open(t.Context(), c, slog.New(slog.DiscardHandler))
	must(t, err)
	t.Cleanup(func() { h.Close() })
	return h
}

func eachEngine(t *testing.T, body func(t *testing.T, engine string)) {
	t.Helper()
	for _, engine := range []string{"sqlite", "postgres"} {
		t.Run(engine, func(t *testing.T) { body(t, engine) })
	}
}

func TestTheKeyIsMadeAtTheFirstStartAndNeverAgain(t *testing.T) {
	eachEngine(t, func(t *testing.T, engine string) {
		c := empty(t, engine)
		if c.Shown().Key.Source != "none" {
			t.Errorf("%+v", c.Shown().Key)
		}
		first := opened(t, c)
		path := filepath.Join(c.Data, "key")
		info, err := os.Stat(path)
		must(t, err)
		raw, err := os.ReadFile(path)
		must(t, err)
		key := strings.TrimSpace(string(raw))
		if info.Mode().Perm() != 0o600 || first.KeyState != account.KeyGood || first.KeyTold.Source != "file" {
			t.Errorf("mode %o, %s, %+v", info.Mode().Perm(), first.KeyState, first.KeyTold)
		}
		if again := opened(t, c); again.KeyTold != first.KeyTold || again.KeyState != account.KeyGood {
			t.Errorf("%+v, then %+v", first.KeyTold, again.KeyTold)
		}

		// Another node of the same database must be told the same key.
		node := c
		must(t, os.Remove(path))
		if h := opened(t, node); h.KeyState != account.KeyMissing {
			t.Errorf("a node without the key: %s", h.KeyState)
		}
		if _, err := os.Stat(path); err == nil {
			t.Error("a second key was made")
		}
		node.Key = seal.NewKey()
		if h := opened(t, node); h.KeyState != account.KeyForeign {
			t.Errorf("a node with another key: %s", h.KeyState)
		}
		node.Key = key
		if h := opened(t, node); h.KeyState != account.KeyGood || h.KeyTold.Source != "environment" || h.KeyTold.Fingerprint != first.KeyTold.Fingerprint {
			t.Errorf("a node with the key: %s %+v", h.KeyState, h.KeyTold)
		}
		node.Key = "no key"
		if _, err := app.Open(t.Context(), node, slog.New(slog.DiscardHandler)); err == nil || strings.Contains(err.Error(), "no key\"") {
			t.Errorf("what is no key: %v", err)
		}

		// The key is lost for good: a new one is taken in when an administrator says so.
		node.Key = ""
		told, err := opened(t, node).AdoptKey(t.Context())
		must(t, err)
		if h := opened(t, node); h.KeyState != account.KeyGood || h.KeyTold.Fingerprint != told.Fingerprint || told.Fingerprint == first.KeyTold.Fingerprint {
			t.Errorf("after a key was adopted: %s %+v", h.KeyState, h.KeyTold)
		}
	})
}

func TestSecretsInTheClearAreSealedWhenTheHouseOpensAndLettersWaitSealed(t *testing.T) {
	eachEngine(t, func(t *testing.T, engine string) {
		c := empty(t, engine)
		h := opened(t, c)
		const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
		var id account.ID
		must(t, h.DB.Update(t.Context(), func(tx *db.Tx) error {
			who, err := h.Accounts.CreateWithRoles(tx, "test", "lan@truong.edu.vn", "Trần Thị Lan", lang.Vi, nil)
			if err != nil {
				return err
			}
			id = who.ID
			if err := h.Accounts.SendSignIn(tx, "lan@truong.edu.vn", lang.Vi, "", account.Visit{}); err != nil {
				return err
			}
			_, err = tx.Exec(`INSERT INTO second_factor (account, secret, created, confirmed, step) VALUES (?, ?, 1, 1, 0)`, string(id), secret)
			return err
		}))
		for range 2 { // the second start changes nothing
			opened(t, c)
		}
		must(t, h.DB.View(t.Context(), func(tx *db.Tx) error {
			var kept string
			if err := tx.QueryRow(`SELECT secret FROM second_factor WHERE account = ?`, string(id)).Scan(&kept); err != nil {
				return err
			}
			if !seal.Sealed(kept) || strings.Contains(kept, secret) {
				t.Errorf("kept as %q", kept)
			}
			letters := 0
			err := job.EachLeft(tx, func(left job.Left) error {
				letters++
				if strings.Contains(string(left.Arg), "/sign-in/link/") || !strings.Contains(string(left.Arg), "sealed.") {
					t.Errorf("a letter waits as %s", left.Arg)
				}
				return nil
			})
			if letters != 1 {
				t.Errorf("%d letters wait", letters)
			}
			return err
		}))
	})
}
