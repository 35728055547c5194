package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"chonoi/internal/account"
	"chonoi/internal/account/seal"
	"chonoi/internal/db"
)

// keyName is the file of the data folder in which the installation's key lies when the environment
// does not tell it.
const keyName = "key"

// KeyTold says where the key of the installation comes from; never the key.
type KeyTold struct {
	Source      string `json:"source"` // environment, file, none
	File        string `json:"file,omitempty"`
	Fingerprint string `json:"fingerprint,omitempty"`
	Open        bool   `json:"readable_by_others,omitempty"` // the file's mode lets others read it
	Amiss       string `json:"amiss,omitempty"`              // why it cannot be used
}

// readKey returns the keys told by CHONOI_KEY, or by the file key of the data folder; a nil ring
// when neither is there. The error never holds the key.
func (c Config) readKey() (*seal.Ring, KeyTold, error) {
	if c.Key != "" {
		ring, err := seal.Parse(c.Key)
		if err != nil {
			return nil, KeyTold{Source: "environment"}, fmt.Errorf("CHONOI_KEY: %w", err)
		}
		return ring, KeyTold{Source: "environment", Fingerprint: ring.Fingerprint()}, nil
	}
	path := filepath.Join(c.Data, keyName)
	raw, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, KeyTold{Source: "none"}, nil
	}
	told := KeyTold{Source: "file", File: path}
	if err != nil {
		return nil, told, fmt.Errorf("read the key: %w", err)
	}
	ring, err := seal.Parse(string(raw))
	if err != nil {
		return nil, told, fmt.Errorf("%s: %w", path, err)
	}
	told.Fingerprint = ring.Fingerprint()
	if info, err := os.Stat(path); err == nil {
		told.Open = info.Mode().Perm()&0o077 != 0
	}
	return ring, told, nil
}

// makeKey makes the file key, which only its owner reads. Of two that make it at once, one wins.
func (c Config) makeKey() error {
	if err := os.MkdirAll(c.Data, 0o750); err != nil {
		return err
	}
	file, err := os.CreateTemp(c.Data, "."+keyName) // CreateTemp makes it with mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(file.Name())
	_, err = file.WriteString(seal.NewKey() + "\n")
	if err = errors.Join(err, file.Sync(), file.Close()); err != nil {
		return err
	}
	err = os.Link(file.Name(), filepath.Join(c.Data, keyName))
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	return err
}

// unlock reads the installation's key, makes one for a database that never had any, and seals what
// lies there in the clear. Without the right key the house opens all the same: what is sealed stays
// closed, and those who need it are told.
func (h *House) unlock(ctx context.Context) error {
	ring, told, err := h.Config.readKey()
	if err != nil {
		return err
	}
	if ring == nil {
		known := false
		err := h.DB.View(ctx, func(tx *db.Tx) (err error) { known, err = account.KeyKnown(tx); return err })
		if err != nil {
			return err
		}
		if !known {
			if err := h.Config.makeKey(); err != nil {
				return fmt.Errorf("make the key of the installation: %w", err)
			}
			if ring, told, err = h.Config.readKey(); err != nil {
				return err
			}
		}
	}
	var did account.Sealing
	err = h.DB.Update(ctx, func(tx *db.Tx) (err error) {
		did = account.Sealing{}
		if h.KeyState, err = account.CheckKey(tx, ring); err != nil || h.KeyState != account.KeyGood {
			return err
		}
		did, err = account.SealSecrets(tx, ring)
		return err
	})
	if err != nil {
		return fmt.Errorf("seal what lies in the clear: %w", err)
	}
	h.tellKey(told, did)
	if h.KeyTold = told; h.KeyState == account.KeyGood {
		h.key = ring
	}
	return nil
}

func (h *House) tellKey(told KeyTold, did account.Sealing) {
	if h.Log == nil {
		return
	}
	if h.KeyState != account.KeyGood {
		h.Log.Error("the key of the installation is not the one this database knows: codes from apps cannot be checked", "state", h.KeyState, "source", told.Source, "fingerprint", told.Fingerprint)
	}
	if told.Open {
		h.Log.Warn("others on this machine can read the key; its mode shall be 0600", "file", told.File)
	}
	if did.Sealed > 0 || did.Closed > 0 {
		h.Log.Info("second factors", "sealed", did.Sealed, "sealed_with_a_lost_key", did.Closed)
	}
}

// AdoptKey makes the key told now one of the installation's own, for when the former is lost for
// good. Second factors sealed with the lost one must be set up again.
func (h *House) AdoptKey(ctx context.Context) (KeyTold, error) {
	ring, told, err := h.Config.readKey()
	if err != nil {
		return told, err
	}
	if ring == nil {
		if err := h.Config.makeKey(); err != nil {
			return told, fmt.Errorf("make the key of the installation: %w", err)
		}
		if ring, told, err = h.Config.readKey(); err != nil {
			return told, err
		}
	}
	return told, h.DB.Update(ctx, func(tx *db.Tx) error { return account.AdoptKey(tx, ring) })
}
