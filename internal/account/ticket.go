package account

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"chonoi/internal/db"
	"chonoi/internal/fault"
)

// A ticket is a secret that is handed out once and taken back once: the link in a letter, the
// challenge of a passkey, the step between password and second factor, the way to an identity
// provider and back. Only its digest is stored.

// Purposes of tickets.
const (
	forSignUp   = "sign_up"
	forSignIn   = "sign_in"
	forSecond   = "second_factor"
	forEmail    = "email"
	ForPasskey  = "passkey"     // a passkey signs in
	ForCreation = "new_passkey" // a passkey is made
	ForProvider = "provider"    // an identity provider is asked
)

// secret returns 256 random bits as text.
func secret() string {
	var raw [32]byte
	_, _ = rand.Read(raw[:]) // never fails
	return base64.RawURLEncoding.EncodeToString(raw[:])
}

func digest(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// Issue hands out a ticket for that purpose, with data to be found again, and returns its token.
// The account is "" while it is nobody's.
func Issue(tx *db.Tx, purpose string, id ID, data any, life time.Duration) (token string, err error) {
	raw, err := json.Marshal(data)
	if err != nil {
		return "", fmt.Errorf("issue a ticket: %w", err)
	}
	token = secret()
	return token, insertTicket(tx, digest(token), purpose, id, string(raw), tx.Now.Add(life))
}

// Look reads the data of a ticket without taking it back. A token that is unknown, used, expired
// or of another purpose is refused with the fault Gone.
func Look(tx *db.Tx, token, purpose string, data any) (ID, error) {
	id, raw, err := ticket(tx, digest(token), purpose)
	if err != nil {
		return "", err
	}
	if err := json.Unmarshal([]byte(raw), data); err != nil {
		return "", fmt.Errorf("read a ticket: %w", err)
	}
	return id, nil
}

// Redeem reads the data of a ticket and takes it back: a second Redeem is refused like Look.
func Redeem(tx *db.Tx, token, purpose string, data any) (ID, error) {
	id, err := Look(tx, token, purpose, data)
	if err != nil {
		return "", err
	}
	return id, deleteTicket(tx, digest(token))
}

var errSpent = fault.New(fault.Gone, "account.link_spent")

// spent reports whether err says that a ticket is none any more.
func spent(err error) bool { return errors.Is(err, errSpent) }
