package account

import (
	"errors"
	"fmt"
	"slices"

	"chonoi/internal/account/seal"
	"chonoi/internal/db"
	"chonoi/internal/fault"
)

// KeyState is how the key that an installation was started with stands to its database.
type KeyState string

// The states of the key.
const (
	KeyGood    KeyState = "good"
	KeyMissing KeyState = "missing" // the database knows a key, and none was told
	KeyForeign KeyState = "foreign" // the key told is none that the database knows
)

// KeyKnown reports whether the database has had a key, so that a new one must not be made.
func KeyKnown(tx *db.Tx) (bool, error) {
	ids, err := keyIDs(tx)
	return len(ids) > 0, err
}

// CheckKey returns how the ring stands to the database. The first key that a database ever sees
// becomes its own; a newer one is taken in when a key that it knows comes with it.
func CheckKey(tx *db.Tx, ring *seal.Ring) (KeyState, error) {
	known, err := keyIDs(tx)
	if err != nil {
		return "", err
	}
	told := ring.Fingerprints()
	switch {
	case len(told) == 0:
		return KeyMissing, nil
	case slices.Contains(known, told[0]):
		return KeyGood, nil
	case len(known) > 0 && !slices.ContainsFunc(told, func(id string) bool { return slices.Contains(known, id) }):
		return KeyForeign, nil
	}
	return KeyGood, AdoptKey(tx, ring)
}

// AdoptKey makes the ring's first key one of the installation's though the former is lost. What was
// sealed with the lost one stays closed until its owner sets it up again.
func AdoptKey(tx *db.Tx, ring *seal.Ring) error {
	if ring == nil {
		return errors.New("adopt a key: there is none")
	}
	return insertKey(tx, ring.Fingerprint())
}

// Sealing is what SealSecrets did: how many secrets are sealed now that were not, or were with a
// former key, and how many are sealed with a key that the ring has not.
type Sealing struct{ Sealed, Closed int }

// SealSecrets seals the secrets of second factors that lie in the clear, or under a former key,
// with the ring's first key. A second run changes nothing.
func SealSecrets(tx *db.Tx, ring *seal.Ring) (did Sealing, err error) {
	all, err := factorSecrets(tx)
	if err != nil {
		return did, err
	}
	for id, kept := range all {
		if ring.Current(kept) {
			continue
		}
		plain, err := openFactor(ring, id, kept)
		if errors.Is(err, seal.ErrKey) {
			did.Closed++
			continue
		}
		if err != nil {
			return did, err
		}
		sealed, err := ring.Seal(aboutFactor(id), plain)
		if err != nil {
			return did, fmt.Errorf("seal a second factor: %w", err)
		}
		if err := setFactorSecret(tx, id, sealed); err != nil {
			return did, err
		}
		did.Sealed++
	}
	return did, nil
}

func aboutFactor(id ID) string { return "totp:" + string(id) }

// openFactor returns the secret of a second factor as it was made. One in the clear is from before
// the installation had a key.
func openFactor(ring *seal.Ring, id ID, kept string) (string, error) {
	if !seal.Sealed(kept) {
		return kept, nil
	}
	plain, err := ring.Open(aboutFactor(id), kept)
	if err != nil {
		return "", fmt.Errorf("open the second factor of account %s: %w", id, err)
	}
	return plain, nil
}

// errNoKey is what a person is told who needs a secret that cannot be opened: the administrator
// can put the key back, and a recovery code leads in meanwhile.
var errNoKey = fault.New(fault.Unavailable, "account.key_missing")
