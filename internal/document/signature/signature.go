// Package signature reads who signed a PDF, when, and whether it is intact: PKCS#7 and PAdES signatures
// as they stand in the file. It trusts no certificate by itself: whom to trust, its caller says.
package signature

import (
	"bytes"
	"crypto"
	"crypto/x509"
	"embed"
	"encoding/asn1"
	"encoding/hex"
	"regexp"
	"strconv"
	"time"

	"github.com/smallstep/pkcs7"
)

// Texts is what this package says.
//
//go:embed texts.toml
var Texts embed.FS

// How far a signer's certificate is trusted.
const (
	Trusted    = "trusted"   // it leads to a root that the caller trusts
	Untrusted  = "untrusted" // it does not
	NotChecked = "not_checked"
)

// Problems that a signature may have.
const (
	Unreadable   = "unreadable"    // its bytes are no PKCS#7
	BadRange     = "bad_range"     // what it covers is not told as it must be
	Changed      = "changed"       // what it covers is not what was signed
	Weak         = "weak"          // it rests on a digest that can be forged
	Expired      = "expired"       // the certificate was not valid when it says that it was signed
	LaterChanges = "later_changes" // the file went on after it; a later signature may cover that
	BadStamp     = "bad_stamp"     // the time stamp is not of this signature
	NoTime       = "no_time"       // it does not say when it was signed
)

// Signature is one signature of a file.
type Signature struct {
	Signer       string    `json:"signer,omitzero"` // common name of the certificate
	Organisation string    `json:"organisation,omitzero"`
	Issuer       string    `json:"issuer,omitzero"`
	Serial       string    `json:"serial,omitzero"`
	At           time.Time `json:"at,omitzero"`      // as the signer says
	Stamped      time.Time `json:"stamped,omitzero"` // as a time stamp says
	From         time.Time `json:"from,omitzero"`    // from when the certificate is valid
	Until        time.Time `json:"until,omitzero"`
	Intact       bool      `json:"intact"` // what it covers is what was signed
	Whole        bool      `json:"whole"`  // it covers the whole file
	Trust        string    `json:"trust"`
	Problems     []string  `json:"problems,omitempty"`
}

// Good reports whether a signature is intact, of a strong digest and a certificate valid then.
func (s *Signature) Good() bool {
	for _, one := range s.Problems {
		if one != LaterChanges && one != NoTime {
			return false
		}
	}
	return s.Intact
}

const (
	mostBytes      = 64 << 20
	mostSignatures = 20
	mostContents   = 1 << 20 // bytes of a signature itself
)

// ranges finds what signatures cover: the numbers of a /ByteRange.
var ranges = regexp.MustCompile(`/ByteRange\s*\[\s*(\d{1,12})\s+(\d{1,12})\s+(\d{1,12})\s+(\d{1,12})\s*\]`)

// Read returns the signatures of a PDF in the order in which they stand in it, none for another file or
// one beyond the limits. Roots are whom the caller trusts; nil checks no certificate.
func Read(raw []byte, roots *x509.CertPool) (all []Signature) {
	if len(raw) > mostBytes || !bytes.HasPrefix(raw, []byte("%PDF-")) {
		return nil
	}
	for _, m := range ranges.FindAllSubmatch(raw, mostSignatures) {
		var n [4]int
		for i := range n {
			n[i], _ = strconv.Atoi(string(m[i+1])) // at most twelve digits
		}
		all = append(all, one(raw, n, roots))
	}
	return all
}

// one reads the signature of a range: the file from its start to the signature's own bytes, and from
// behind them on. Only those bytes may be left out.
func one(raw []byte, n [4]int, roots *x509.CertPool) Signature {
	s := Signature{Trust: NotChecked}
	end := n[2] + n[3]
	if n[0] != 0 || n[1] < 1 || n[2] <= n[1] || end > len(raw) || n[2]-n[1] > 2*mostContents+2 {
		s.Problems = []string{BadRange}
		return s
	}
	gap := raw[n[1]:n[2]]
	if gap[0] != '<' || gap[len(gap)-1] != '>' {
		s.Problems = []string{BadRange}
		return s
	}
	der := make([]byte, hex.DecodedLen(len(gap)-2))
	if _, err := hex.Decode(der, gap[1:len(gap)-1]); err != nil {
		s.Problems = []string{BadRange}
		return s
	}
	s.Whole = len(bytes.TrimSpace(raw[end:])) == 0
	if !s.Whole {
		s.Problems = append(s.Problems, LaterChanges)
	}
	covered := append(append(make([]byte, 0, n[1]+n[3]), raw[:n[1]]...), raw[n[2]:end]...)
	s.read(der, covered, roots)
	return s
}

// weak are the digests that can be forged.
var weak = []asn1.ObjectIdentifier{{1, 3, 14, 3, 2, 26}, {1, 2, 840, 113549, 2, 5}}

// read reads a PKCS#7 signature over some bytes.
func (s *Signature) read(der, covered []byte, roots *x509.CertPool) {
	var whole asn1.RawValue
	if _, err := asn1.Unmarshal(der, &whole); err == nil {
		der = whole.FullBytes // the place in the file is larger than what stands in it
	}
	p, err := pkcs7.Parse(der)
	if err != nil || len(p.Signers) != 1 || len(p.Certificates) == 0 {
		s.Problems = append(s.Problems, Unreadable)
		return
	}
	signer := p.GetOnlySigner()
	if signer == nil {
		s.Problems = append(s.Problems, Unreadable)
		return
	}
	s.Signer, s.Issuer, s.Serial, s.From, s.Until = signer.Subject.CommonName, signer.Issuer.CommonName, signer.SerialNumber.Text(16), signer.NotBefore.UTC(), signer.NotAfter.UTC()
	if len(signer.Subject.Organization) > 0 {
		s.Organisation = signer.Subject.Organization[0]
	}
	var at time.Time
	if p.UnmarshalSignedAttribute(pkcs7.OIDAttributeSigningTime, &at) == nil {
		s.At = at.UTC()
	}
	for _, id := range weak {
		if p.Signers[0].DigestAlgorithm.Algorithm.Equal(id) {
			s.Problems = append(s.Problems, Weak)
		}
	}
	s.Intact = intact(p, signer, covered)
	if !s.Intact {
		s.Problems = append(s.Problems, Changed)
	}
	s.stamp(p)
	s.trust(p, signer, roots)
}

// intact checks digest and signature by themselves: whether the certificate was valid then is another
// question, so it is asked with one that is valid for ever.
func intact(p *pkcs7.PKCS7, signer *x509.Certificate, covered []byte) bool {
	p.Content = covered
	certificates := p.Certificates
	defer func() { p.Certificates = certificates }()
	lasting := *signer
	lasting.NotBefore, lasting.NotAfter = time.Time{}, time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)
	p.Certificates = []*x509.Certificate{&lasting}
	return p.Verify() == nil
}

// trust says how far the certificate is trusted, and whether it was valid when it was signed.
func (s *Signature) trust(p *pkcs7.PKCS7, signer *x509.Certificate, roots *x509.CertPool) {
	at := s.Stamped
	if at.IsZero() {
		at = s.At
	}
	if at.IsZero() {
		s.Problems = append(s.Problems, NoTime)
		at = time.Now()
	} else if at.Before(signer.NotBefore) || at.After(signer.NotAfter) {
		s.Problems = append(s.Problems, Expired)
	}
	if roots == nil {
		return
	}
	others := x509.NewCertPool()
	for _, one := range p.Certificates {
		others.AddCert(one)
	}
	s.Trust = Untrusted
	if _, err := signer.Verify(x509.VerifyOptions{Roots: roots, Intermediates: others, CurrentTime: at, KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageAny}}); err == nil {
		s.Trust = Trusted
	}
}

// stampToken is the unsigned attribute that holds a time stamp (RFC 3161).
var stampToken = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 14}

// stampInfo is what a time stamp tells (RFC 3161, TSTInfo).
type stampInfo struct {
	Version int
	Policy  asn1.ObjectIdentifier
	Imprint struct {
		Algorithm struct {
			Algorithm  asn1.ObjectIdentifier
			Parameters asn1.RawValue `asn1:"optional"`
		}
		Digest []byte
	}
	Serial asn1.RawValue
	Time   time.Time
}

// hashes of imprints that are read.
var hashes = map[string]crypto.Hash{"2.16.840.1.101.3.4.2.1": crypto.SHA256, "2.16.840.1.101.3.4.2.2": crypto.SHA384, "2.16.840.1.101.3.4.2.3": crypto.SHA512}

// stamp reads the time stamp: its imprint must be of this signature.
func (s *Signature) stamp(p *pkcs7.PKCS7) {
	for _, one := range p.Signers[0].UnauthenticatedAttributes {
		if !one.Type.Equal(stampToken) {
			continue
		}
		at, ok := stamped(one.Value.Bytes, p.Signers[0].EncryptedDigest)
		if !ok {
			s.Problems = append(s.Problems, BadStamp)
			return
		}
		s.Stamped = at
	}
}

func stamped(token, signature []byte) (at time.Time, ok bool) {
	t, err := pkcs7.Parse(token)
	if err != nil || t.Verify() != nil {
		return at, false
	}
	var info stampInfo
	if !unmarshal(t.Content, &info) {
		return at, false
	}
	hash, known := hashes[info.Imprint.Algorithm.Algorithm.String()]
	if !known {
		return at, false
	}
	h := hash.New()
	h.Write(signature)
	return info.Time.UTC(), bytes.Equal(h.Sum(nil), info.Imprint.Digest)
}

// unmarshal reads the beginning of a time stamp's info: what follows the time is of no matter here.
func unmarshal(raw []byte, info *stampInfo) bool {
	var outer asn1.RawValue
	if _, err := asn1.Unmarshal(raw, &outer); err != nil || !outer.IsCompound {
		return false
	}
	rest := outer.Bytes
	for _, into := range []any{&info.Version, &info.Policy, &info.Imprint, &info.Serial} {
		var err error
		if rest, err = asn1.Unmarshal(rest, into); err != nil {
			return false
		}
	}
	_, err := asn1.UnmarshalWithParams(rest, &info.Time, "generalized")
	return err == nil
}
