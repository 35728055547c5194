package account

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"runtime"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"

	"chonoi/internal/fault"
)

// cost is what one hash takes: argon2id with this many passes over this many KiB.
// Source: OWASP Password Storage Cheat Sheet, argon2id, m=46 MiB t=1 p=1 as the least.
type cost struct {
	passes, kib uint32
	lanes       uint8
}

var costNow = cost{passes: 2, kib: 48 << 10, lanes: 1}

const (
	saltBytes  = 16
	hashBytes  = 32
	leastRunes = 12
	mostBytes  = 256
	queueFor   = 5 * time.Second // for a free place to hash
)

// hashers is how many hashes run at once; each takes a processor and 48 MiB.
func hashers() int { return max(1, min(runtime.NumCPU(), 4)) }

// CheckPassword returns the fault Invalid, at the field "password", for a password that is shorter
// than 12 characters, holds the person's own e-mail or name, or is one character over and over.
func CheckPassword(password, email, name string) error {
	amiss := func(key string) error {
		return fault.New(fault.Invalid, "account.check_fields").At("password", key)
	}
	plain := strings.ToLower(password)
	local, _, _ := strings.Cut(strings.ToLower(email), "@")
	switch {
	case utf8.RuneCountInString(password) < leastRunes:
		return amiss("account.password_short")
	case len(password) > mostBytes:
		return amiss("account.password_long")
	case email != "" && strings.Contains(plain, strings.ToLower(email)),
		plain == local, name != "" && plain == strings.ToLower(name):
		return amiss("account.password_is_name")
	case kinds(password) < 5:
		return amiss("account.password_plain")
	}
	return nil
}

// kinds counts the different characters.
func kinds(s string) int {
	seen := map[rune]bool{}
	for _, r := range s {
		seen[r] = true
	}
	return len(seen)
}

// hash returns the password hashed, in the PHC form. It waits for a free place, at most queueFor.
func (a *Accounts) hash(ctx context.Context, password string) (string, error) {
	salt := make([]byte, saltBytes)
	_, _ = rand.Read(salt)
	sum, err := a.derive(ctx, password, salt, costNow)
	if err != nil {
		return "", err
	}
	c, b64 := costNow, base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, c.kib, c.passes, c.lanes, b64.EncodeToString(salt), b64.EncodeToString(sum)), nil
}

// matches reports whether the password is the one of hash, in a time that does not tell why not:
// with no hash at all it works as long. Weak tells that the hash should be made anew.
func (a *Accounts) matches(ctx context.Context, hash, password string) (ok, weak bool, err error) {
	c, salt, want := parseHash(hash)
	known := want != nil
	if !known {
		c, salt, want = costNow, make([]byte, saltBytes), make([]byte, hashBytes)
	}
	got, err := a.derive(ctx, password, salt, c)
	if err != nil {
		return false, false, err
	}
	same := subtle.ConstantTimeCompare(got, want) == 1
	return same && known, c != costNow, nil
}

func (a *Accounts) derive(ctx context.Context, password string, salt []byte, c cost) ([]byte, error) {
	if len(password) > mostBytes {
		password = password[:mostBytes]
	}
	timer := time.NewTimer(queueFor)
	defer timer.Stop()
	select {
	case a.hashing <- struct{}{}:
		defer func() { <-a.hashing }()
	case <-timer.C:
		return nil, fault.New(fault.Unavailable, "account.busy")
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	return argon2.IDKey([]byte(norm.NFC.String(password)), salt, c.passes, c.kib, c.lanes, hashBytes), nil
}

func parseHash(hash string) (c cost, salt, sum []byte) {
	parts := strings.Split(hash, "$")
	if len(parts) != 6 || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return cost{}, nil, nil
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &c.kib, &c.passes, &c.lanes); err != nil {
		return cost{}, nil, nil
	}
	salt, err := base64.RawStdEncoding.DecodeString(parts[4])
	if err != nil {
		return cost{}, nil, nil
	}
	if sum, err = base64.RawStdEncoding.DecodeString(parts[5]); err != nil || len(sum) != hashBytes {
		return cost{}, nil, nil
	}
	return c, salt, sum
}
