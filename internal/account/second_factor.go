package account

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base32"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
	"github.com/pquerna/otp/totp"

	"chonoi/internal/account/seal"
	"chonoi/internal/db"
	"chonoi/internal/fault"
)

const (
	stepSeconds   = 30 // RFC 6238
	codeDigits    = 6
	recoveryCodes = 10
)

var base32Plain = base32.StdEncoding.WithPadding(base32.NoPadding)

// SecondFactor says whether the account is asked for a code after password or link.
type SecondFactor struct {
	On       bool
	Since    time.Time
	Recovery int // unused recovery codes
}

// SecondFactor tells how it stands with the actor's second factor.
func (a *Accounts) SecondFactor(tx *db.Tx, actor Actor) (SecondFactor, error) {
	f, err := factorOf(tx, actor.ID)
	if err != nil || f.confirmed.IsZero() {
		return SecondFactor{}, err
	}
	n, err := countRecovery(tx, actor.ID)
	return SecondFactor{On: true, Since: f.confirmed, Recovery: n}, err
}

// PrepareSecondFactor makes a secret for the actor's authenticator app; it counts for nothing until
// TurnOnSecondFactor. It asks for a fresh session. The fault Conflict tells that one is on already,
// Unavailable that the installation has not its key.
func (a *Accounts) PrepareSecondFactor(tx *db.Tx, actor Actor) error {
	if err := a.Fresh(tx, actor); err != nil {
		return err
	}
	f, err := factorOf(tx, actor.ID)
	if err != nil {
		return err
	}
	if !f.confirmed.IsZero() {
		return fault.New(fault.Conflict, "account.second_factor_is_on")
	}
	raw := make([]byte, 20)
	_, _ = rand.Read(raw)
	sealed, err := a.Key.Seal(aboutFactor(actor.ID), base32Plain.EncodeToString(raw))
	if errors.Is(err, seal.ErrKey) {
		return errNoKey
	}
	if err != nil {
		return err
	}
	return putFactor(tx, actor.ID, sealed)
}

// PreparedSecondFactor returns the secret that waits to be turned on, and the address that an
// authenticator app reads from a QR code; the fault NotFound when none waits.
func (a *Accounts) PreparedSecondFactor(tx *db.Tx, actor Actor) (secret, address string, err error) {
	f, err := factorOf(tx, actor.ID)
	if err != nil {
		return "", "", err
	}
	if f.kept == "" || !f.confirmed.IsZero() {
		return "", "", fault.New(fault.NotFound, "account.second_factor_not_prepared")
	}
	if secret, err = a.factorSecret(actor.ID, f); err != nil {
		return "", "", err
	}
	return secret, otpAddress(a.Name(), actor.Email, secret), nil
}

// TurnOnSecondFactor turns the prepared second factor on when code is right, and returns the
// recovery codes, which are shown this once. Wrong codes are counted. Field: "code".
func (a *Accounts) TurnOnSecondFactor(ctx context.Context, d *db.DB, actor Actor, code string) (recovery []string, err error) {
	var wrong error
	err = d.Update(ctx, func(tx *db.Tx) error {
		wrong, recovery = nil, nil
		if err := try(tx, codeTries, "code", string(actor.ID)); err != nil {
			return err
		}
		f, err := factorOf(tx, actor.ID)
		if err != nil {
			return err
		}
		secret, err := a.factorSecret(actor.ID, f)
		if err != nil {
			return err
		}
		step, ok := f.step(tx.Now, secret, code)
		if !ok || !f.confirmed.IsZero() {
			wrong = fault.New(fault.Invalid, "account.check_fields").At("code", "account.code_wrong")
			return nil
		}
		if err := forgive(tx, "code", string(actor.ID)); err != nil {
			return err
		}
		if err := confirmFactor(tx, actor.ID, step); err != nil {
			return err
		}
		if recovery, err = newRecovery(tx, actor.ID); err != nil {
			return err
		}
		if err := a.Note(tx, actor.ID, "account.second_factor_on", "account", string(actor.ID)); err != nil {
			return err
		}
		return a.Send(tx, actor.Email, actor.Locale, "account_second_factor_on", "Name", actor.Name)
	})
	return recovery, orElse(err, wrong)
}

// TurnOffSecondFactor forgets the second factor and the recovery codes. It asks for a fresh session.
func (a *Accounts) TurnOffSecondFactor(tx *db.Tx, actor Actor) error {
	if err := a.Fresh(tx, actor); err != nil {
		return err
	}
	return a.dropSecondFactor(tx, actor.ID, &Account{ID: actor.ID, Email: actor.Email, Name: actor.Name, Locale: actor.Locale})
}

// ResetSecondFactor is TurnOffSecondFactor for somebody who lost the app and the recovery codes.
// Administrators may.
func (a *Accounts) ResetSecondFactor(tx *db.Tx, actor Actor, id ID) error {
	who, err := a.administered(tx, actor, id)
	if err != nil {
		return err
	}
	return a.dropSecondFactor(tx, actor.ID, who)
}

func (a *Accounts) dropSecondFactor(tx *db.Tx, by ID, who *Account) error {
	if err := deleteFactor(tx, who.ID); err != nil {
		return fmt.Errorf("turn the second factor off: %w", err)
	}
	if err := a.Note(tx, by, "account.second_factor_off", "account", string(who.ID)); err != nil {
		return err
	}
	return a.Send(tx, who.Email, who.Locale, "account_second_factor_off", "Name", who.Name)
}

// RenewRecovery makes new recovery codes in place of the old ones. It asks for a fresh session.
func (a *Accounts) RenewRecovery(tx *db.Tx, actor Actor) ([]string, error) {
	if err := a.Fresh(tx, actor); err != nil {
		return nil, err
	}
	if on, err := hasSecondFactor(tx, actor.ID); err != nil || !on {
		return nil, orElse(err, fault.New(fault.Conflict, "account.second_factor_is_off"))
	}
	codes, err := newRecovery(tx, actor.ID)
	if err != nil {
		return nil, err
	}
	return codes, a.Note(tx, actor.ID, "account.recovery_renewed", "account", string(actor.ID))
}

// SignInByCode finishes a sign-in that asked for a second factor: code is one of the app, or a
// recovery code, each good once. After five wrong codes on one account the fault TooMany tells how
// long to wait. While the installation has not its key, only recovery codes lead in and one of the
// app gets the fault Unavailable. Field: "code".
func (a *Accounts) SignInByCode(ctx context.Context, d *db.DB, token, code string, v Visit) (entry Entry, err error) {
	var wrong error
	err = d.Update(ctx, func(tx *db.Tx) error {
		wrong = nil
		var way string
		id, err := Look(tx, token, forSecond, &way)
		if err != nil {
			return err
		}
		if err := try(tx, codeTries, "code", string(id)); err != nil {
			return err
		}
		ok, err := a.useCode(tx, id, code)
		if err != nil {
			return err
		}
		if !ok {
			wrong = fault.New(fault.Invalid, "account.check_fields").At("code", "account.code_wrong")
			return nil
		}
		if err := forgive(tx, "code", string(id)); err != nil {
			return err
		}
		if _, err := Redeem(tx, token, forSecond, &way); err != nil {
			return err
		}
		who, err := a.Get(tx, id)
		if err != nil {
			return err
		}
		if !who.Suspended.IsZero() || !who.Closed.IsZero() {
			return fault.New(fault.Forbidden, "account.is_suspended")
		}
		entry, err = a.beginSession(tx, who, way, v)
		return err
	})
	return entry, orElse(err, wrong)
}

// useCode reports whether the code is right, and uses it up.
func (a *Accounts) useCode(tx *db.Tx, id ID, code string) (bool, error) {
	f, err := factorOf(tx, id)
	if err != nil || f.confirmed.IsZero() {
		return false, err
	}
	if code = plainCode(code); len(code) != codeDigits {
		return deleteRecovery(tx, id, digest(code))
	}
	secret, err := a.factorSecret(id, f)
	if err != nil {
		return false, err
	}
	step, ok := f.step(tx.Now, secret, code)
	if !ok {
		return false, nil
	}
	return true, confirmStep(tx, id, step)
}

// factor is the row of a second factor; the zero value when there is none.
type factor struct {
	kept      string // the secret, sealed
	confirmed time.Time
	last      int64 // step whose code was used last
}

// factorSecret opens the secret of a row; "" when there is none.
func (a *Accounts) factorSecret(id ID, f factor) (string, error) {
	secret, err := openFactor(a.Key, id, f.kept)
	if errors.Is(err, seal.ErrKey) {
		return "", errNoKey
	}
	return secret, err
}

// step returns the time step that the code belongs to: now, the one before or the one after, but
// none that was used before.
func (f factor) step(now time.Time, secret, code string) (int64, bool) {
	code = plainCode(code)
	if secret == "" || len(code) != codeDigits {
		return 0, false
	}
	at := now.Unix() / stepSeconds
	for _, step := range []int64{at, at - 1, at + 1} {
		want, err := hotp.GenerateCodeCustom(secret, uint64(step), hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
		if err == nil && subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 {
			return step, step > f.last
		}
	}
	return 0, false
}

// newRecovery replaces the recovery codes. Each holds 80 random bits, so that the digests kept of
// them cannot be tried through.
func newRecovery(tx *db.Tx, id ID) ([]string, error) {
	codes := make([]string, recoveryCodes)
	digests := make([]string, recoveryCodes)
	for i := range codes {
		var raw [10]byte
		_, _ = rand.Read(raw[:])
		text := base32Plain.EncodeToString(raw[:])
		codes[i], digests[i] = strings.Join([]string{text[:4], text[4:8], text[8:12], text[12:]}, "-"), digest(text)
	}
	return codes, replaceRecovery(tx, id, digests)
}

// plainCode returns a code as it is compared: without the spaces and dashes people type.
func plainCode(code string) string {
	return strings.ToUpper(strings.NewReplacer(" ", "", "-", "").Replace(strings.TrimSpace(code)))
}

// otpAddress is what the QR code of an authenticator app holds.
func otpAddress(site, email, secret string) string {
	raw, err := base32Plain.DecodeString(secret)
	if err != nil {
		return ""
	}
	key, err := totp.Generate(totp.GenerateOpts{Issuer: site, AccountName: email, Period: stepSeconds, Secret: raw})
	if err != nil {
		return ""
	}
	return key.URL()
}
