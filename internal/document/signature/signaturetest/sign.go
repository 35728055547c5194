// Package signaturetest signs PDFs for tests, by a certificate authority of its own.
package signaturetest

import (
	"bytes"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/hex"
	"fmt"
	"math/big"
	"testing"
	"time"

	"github.com/smallstep/pkcs7"
)

// Office is a certificate authority of a test with one who signs.
type Office struct {
	Roots *x509.CertPool
	root  *x509.Certificate
	leaf  *x509.Certificate
	key   crypto.Signer
}

// Issue returns an office whose signer has a key and a certificate valid from one instant until another.
func Issue(t testing.TB, key crypto.Signer, from, until time.Time) *Office {
	t.Helper()
	rootKey, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	o := &Office{key: key}
	made := func(template, parent *x509.Certificate, public crypto.PublicKey, by crypto.Signer) *x509.Certificate {
		raw, err := x509.CreateCertificate(rand.Reader, template, parent, public, by)
		if err != nil {
			t.Fatal(err)
		}
		one, err := x509.ParseCertificate(raw)
		if err != nil {
			t.Fatal(err)
		}
		return one
	}
	top := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Gốc thử"}, NotBefore: from.AddDate(-1, 0, 0), NotAfter: until.AddDate(20, 0, 0), IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign}
	o.root = made(top, top, rootKey.Public(), rootKey)
	o.leaf = made(&x509.Certificate{SerialNumber: big.NewInt(77), Subject: pkix.Name{CommonName: "Trần Văn Cồn", Organization: []string{"Viện Sông Hậu"}}, NotBefore: from, NotAfter: until, KeyUsage: x509.KeyUsageDigitalSignature}, o.root, key.Public(), rootKey)
	o.Roots = x509.NewCertPool()
	o.Roots.AddCert(o.root)
	return o
}

// RSA returns an office whose signer has an RSA key and a certificate that is valid now.
func RSA(t testing.TB) *Office {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	return Issue(t, key, time.Now().AddDate(-1, 0, 0), time.Now().AddDate(1, 0, 0))
}

// Place is how many hexadecimal digits are kept for a signature.
const Place = 12000

// Sign appends a signature to a PDF as an incremental update.
func (o *Office) Sign(t testing.TB, pdf []byte, digest asn1.ObjectIdentifier) []byte {
	t.Helper()
	return o.SignStamped(t, pdf, digest, nil)
}

// SignStamped does the same, with what a time-stamping authority makes of the signature.
func (o *Office) SignStamped(t testing.TB, pdf []byte, digest asn1.ObjectIdentifier, stamp func(signature []byte) []byte) []byte {
	t.Helper()
	head := append(bytes.Clone(pdf), "\n9 0 obj<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/adbe.pkcs7.detached/ByteRange[0 "...)
	const numbers = 40
	at := len(head)
	head = append(head, bytes.Repeat([]byte(" "), numbers)...)
	head = append(head, "]/Contents"...)
	start := len(head)
	tail := []byte(">>endobj\ntrailer<</Root 1 0 R/Size 10/Prev 9>>\nstartxref\n9\n%%EOF\n")
	end := start + Place + 2
	copy(head[at:], fmt.Sprintf("%d %d %d", start, end, len(tail)))
	covered := append(bytes.Clone(head), tail...)
	sd, err := pkcs7.NewSignedData(covered)
	if err != nil {
		t.Fatal(err)
	}
	sd.SetDigestAlgorithm(digest)
	if err := sd.AddSigner(o.leaf, o.key, pkcs7.SignerInfoConfig{}); err != nil {
		t.Fatal(err)
	}
	if stamp != nil {
		signer := &sd.GetSignedData().SignerInfos[0]
		token := asn1.RawValue{FullBytes: stamp(signer.EncryptedDigest)}
		if err := signer.SetUnauthenticatedAttributes([]pkcs7.Attribute{{Type: asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 14}, Value: token}}); err != nil {
			t.Fatal(err)
		}
	}
	sd.Detach()
	der, err := sd.Finish()
	if err != nil {
		t.Fatal(err)
	}
	text := []byte(hex.EncodeToString(der))
	contents := append(append([]byte("<"), text...), bytes.Repeat([]byte("0"), Place-len(text))...)
	return append(append(append(head, contents...), '>'), tail...)
}
