// Package seal keeps secrets that must be read back from whoever reads only the database: they are
// sealed with the installation's key, which never lies there.
package seal

import (
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/crypto/chacha20poly1305"
)

// KeyBytes is how long a key is.
const KeyBytes = chacha20poly1305.KeySize

// ErrKey says that a text was sealed with a key that is not on the ring.
var ErrKey = errors.New("sealed with another key")

// Ring is the keys of an installation. The first one seals; all of them open, so that a key can be
// replaced while texts of the former one remain. A nil ring neither seals nor opens.
type Ring struct{ keys []key }

type key struct {
	id   string
	aead cipher.AEAD
}

// NewKey returns a new key as it is written in a file or an environment variable: base64 of 32
// random bytes.
func NewKey() string {
	raw := make([]byte, KeyBytes)
	_, _ = rand.Read(raw) // never fails
	return base64.StdEncoding.EncodeToString(raw)
}

// Parse reads one key or more, the newest first, parted by commas, spaces or line ends. The error
// never holds what was read.
func Parse(text string) (*Ring, error) {
	ring := &Ring{}
	parts := strings.FieldsFunc(text, func(c rune) bool { return strings.ContainsRune(", \t\r\n", c) })
	for i, part := range parts {
		raw, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(part, "="))
		if err != nil || len(raw) != KeyBytes {
			return nil, fmt.Errorf("key %d is not base64 of %d bytes (make one with: openssl rand -base64 %d)", i+1, KeyBytes, KeyBytes)
		}
		aead, err := chacha20poly1305.NewX(raw)
		if err != nil {
			return nil, err
		}
		sum := sha256.Sum256(append([]byte("chonoi key\x00"), raw...))
		ring.keys = append(ring.keys, key{hex.EncodeToString(sum[:8]), aead})
	}
	if len(ring.keys) == 0 {
		return nil, errors.New("there is no key in it")
	}
	return ring, nil
}

// Fingerprint tells the first key from every other without telling the key; "" of a nil ring.
func (r *Ring) Fingerprint() string {
	if r == nil {
		return ""
	}
	return r.keys[0].id
}

// Fingerprints lists those of all keys, the newest first.
func (r *Ring) Fingerprints() []string {
	if r == nil {
		return nil
	}
	ids := make([]string, len(r.keys))
	for i, k := range r.keys {
		ids[i] = k.id
	}
	return ids
}

// mark begins every sealed text; what stands there in the clear never does.
const mark = "sealed."

// Sealed reports whether the text was sealed, by whatever key.
func Sealed(text string) bool { return strings.HasPrefix(text, mark) }

// Current reports whether the text was sealed with the ring's first key.
func (r *Ring) Current(text string) bool {
	return r != nil && strings.HasPrefix(text, mark+r.keys[0].id+".")
}

// Seal seals a secret. About says what and whose it is: only who tells the same opens it, so that
// a sealed text moved to another row is none there. The error is ErrKey on a nil ring.
func (r *Ring) Seal(about, secret string) (string, error) {
	if r == nil {
		return "", ErrKey
	}
	k := r.keys[0]
	nonce := make([]byte, k.aead.NonceSize(), k.aead.NonceSize()+len(secret)+k.aead.Overhead())
	_, _ = rand.Read(nonce)
	sealed := k.aead.Seal(nonce, nonce, []byte(secret), []byte(about))
	return mark + k.id + "." + base64.RawURLEncoding.EncodeToString(sealed), nil
}

// Open returns what was sealed about the same. The error is ErrKey when the ring has not the key,
// and another one when the text was changed or is about something else.
func (r *Ring) Open(about, text string) (string, error) {
	id, body, whole := strings.Cut(strings.TrimPrefix(text, mark), ".")
	if !Sealed(text) || !whole {
		return "", errors.New("it was never sealed")
	}
	if r == nil {
		return "", ErrKey
	}
	i := slices.IndexFunc(r.keys, func(k key) bool { return k.id == id })
	if i < 0 {
		return "", ErrKey
	}
	raw, err := base64.RawURLEncoding.DecodeString(body)
	aead := r.keys[i].aead
	if err != nil || len(raw) < aead.NonceSize() {
		return "", errors.New("the sealed text is damaged")
	}
	secret, err := aead.Open(nil, raw[:aead.NonceSize()], raw[aead.NonceSize():], []byte(about))
	if err != nil {
		return "", errors.New("the sealed text is damaged or about something else")
	}
	return string(secret), nil
}
