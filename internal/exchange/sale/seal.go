package sale

import (
	"crypto/rand"
	"encoding/hex"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"chonoi/internal/fault"
)

// Seal is a bid before it is opened. Its text is what the bidder keeps; the digest of the text, SHA-256 of
// its bytes, is all that the exchange holds until the deadline. The secret keeps others from trying all
// prices.
type Seal struct {
	Sale, Bidder string // number of the sale, number of the bidder
	Price        int64  // whole đồng
	Secret       string // 64 hexadecimal digits
	Words        string
}

const (
	sealHead  = "cho-noi-bid-1"
	mostWords = 8000
	// MostSeal is the longest text of a sealed bid, in bytes.
	MostSeal = 40_000
)

// NewSecret returns a secret that nobody guesses.
func NewSecret() string {
	raw := make([]byte, 32)
	rand.Read(raw) // never fails
	return hex.EncodeToString(raw)
}

// Text is the sealed bid as bytes: one line each for head, sale, bidder, price and secret, then the words,
// in NFC with "\n" for the ends of lines.
func (s Seal) Text() string {
	words := norm.NFC.String(strings.TrimSpace(strings.ReplaceAll(s.Words, "\r\n", "\n")))
	return strings.Join([]string{sealHead, "sale: " + s.Sale, "bidder: " + s.Bidder, "price: " + strconv.FormatInt(s.Price, 10), "secret: " + s.Secret, words, ""}, "\n")
}

// Digest is what is handed in before the deadline.
func (s Seal) Digest() string { return digest([]byte(s.Text())) }

// Opens reports whether a text is the one whose digest was handed in. Editors and browsers change the ends
// of lines: the text may come with others than it had, and with more or fewer at its end.
func Opens(text, commitment string) bool {
	plain := strings.ReplaceAll(strings.TrimPrefix(text, "\ufeff"), "\r\n", "\n")
	bare := strings.TrimRight(plain, "\n")
	for _, one := range []string{text, plain, bare, bare + "\n"} {
		if digest([]byte(one)) == commitment {
			return true
		}
	}
	return false
}

// ReadSeal reads the text of a sealed bid.
func ReadSeal(text string) (Seal, error) {
	bad := fault.New(fault.Invalid, "sale.invalid").At("opening", "sale.bad_seal")
	if len(text) > MostSeal || !utf8.ValidString(text) {
		return Seal{}, bad
	}
	text = strings.ReplaceAll(strings.TrimPrefix(text, "\ufeff"), "\r\n", "\n")
	lines := strings.SplitN(text, "\n", 6)
	if len(lines) < 5 || lines[0] != sealHead {
		return Seal{}, bad
	}
	var s Seal
	price := ""
	for i, one := range []struct {
		name string
		at   *string
	}{{"sale: ", &s.Sale}, {"bidder: ", &s.Bidder}, {"price: ", &price}, {"secret: ", &s.Secret}} {
		value, ok := strings.CutPrefix(lines[i+1], one.name)
		if !ok || value == "" {
			return Seal{}, bad
		}
		*one.at = value
	}
	n, err := strconv.ParseInt(price, 10, 64)
	if err != nil || n < 1 || n > mostSum || strconv.FormatInt(n, 10) != price || !IsDigest(s.Secret) {
		return Seal{}, bad
	}
	s.Price = n
	if len(lines) == 6 {
		s.Words = norm.NFC.String(strings.TrimSpace(lines[5]))
	}
	if utf8.RuneCountInString(s.Words) > mostWords {
		return Seal{}, bad
	}
	return s, nil
}

// IsDigest reports whether a text is 64 hexadecimal digits as SHA-256 is written.
func IsDigest(text string) bool {
	if len(text) != 64 {
		return false
	}
	for _, r := range text {
		if (r < '0' || r > '9') && (r < 'a' || r > 'f') {
			return false
		}
	}
	return true
}
