package signature_test

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/asn1"
	"encoding/hex"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/smallstep/pkcs7"

	"chonoi/internal/document/signature"
	"chonoi/internal/document/signature/signaturetest"
)

var blank = []byte("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF")

func TestAnIntactSignatureIsToldWithItsSigner(t *testing.T) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	for name, o := range map[string]*signaturetest.Office{"rsa": signaturetest.RSA(t), "ecdsa": signaturetest.Issue(t, key, time.Now().AddDate(-1, 0, 0), time.Now().AddDate(1, 0, 0))} {
		signed := o.Sign(t, blank, pkcs7.OIDDigestAlgorithmSHA256)
		all := signature.Read(signed, o.Roots)
		if len(all) != 1 {
			t.Fatalf("%s: %d signatures", name, len(all))
		}
		s := all[0]
		if !s.Intact || !s.Whole || !s.Good() || s.Trust != signature.Trusted || s.Signer != "Trần Văn Cồn" || s.Organisation != "Viện Sông Hậu" || s.Issuer != "Gốc thử" || s.Serial != "4d" || time.Since(s.At) > time.Hour || len(s.Problems) > 0 {
			t.Errorf("%s: %+v", name, s)
		}
		if other := signature.Read(signed, signaturetest.RSA(t).Roots)[0]; other.Trust != signature.Untrusted || !other.Intact {
			t.Errorf("%s, of an unknown root: %+v", name, other)
		}
		if open := signature.Read(signed, nil)[0]; open.Trust != signature.NotChecked {
			t.Errorf("%s, without roots: %+v", name, open)
		}
	}
}

func TestWhatIsAmissIsTold(t *testing.T) {
	o := signaturetest.RSA(t)
	signed := o.Sign(t, blank, pkcs7.OIDDigestAlgorithmSHA256)
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	past := signaturetest.Issue(t, key, time.Now().AddDate(-3, 0, 0), time.Now().AddDate(-1, 0, 0))
	moved := bytes.Clone(signed)
	copy(moved[bytes.Index(moved, []byte("/ByteRange[0 ")):], "/ByteRange[1 ")
	wide := bytes.Replace(signed, []byte("/Contents<"), []byte("/Contents("), 1)
	changed := bytes.Clone(signed)
	changed[12] ^= 1
	broken := bytes.Clone(signed)
	at := bytes.Index(broken, []byte("/Contents<")) + len("/Contents<")
	copy(broken[at:], "ffff")
	for name, one := range map[string]struct {
		raw    []byte
		want   string
		intact bool
	}{
		"a changed byte":      {changed, signature.Changed, false},
		"bytes behind":        {append(bytes.Clone(signed), "\n1 0 obj<<>>endobj\n%%EOF"...), signature.LaterChanges, true},
		"a range from within": {moved, signature.BadRange, false},
		"no hexadecimal":      {wide, signature.BadRange, false},
		"no PKCS#7":           {broken, signature.Unreadable, false},
		"cut off":             {signed[:len(signed)-20], signature.BadRange, false},
		"a weak digest":       {o.Sign(t, blank, pkcs7.OIDDigestAlgorithmSHA1), signature.Weak, true},
		"expired":             {forced(t, past), signature.Expired, true},
	} {
		all := signature.Read(one.raw, o.Roots)
		if len(all) != 1 || !slices.Contains(all[0].Problems, one.want) || all[0].Intact != one.intact {
			t.Errorf("%s: %+v, want %s", name, all, one.want)
		}
		if len(all) == 1 && one.want != signature.LaterChanges && all[0].Good() {
			t.Errorf("%s is good", name)
		}
	}
	for name, raw := range map[string][]byte{"unsigned": blank, "no PDF": []byte("PK"), "empty": nil} {
		if all := signature.Read(raw, nil); len(all) != 0 {
			t.Errorf("%s: %+v", name, all)
		}
	}
}

// forced signs with a certificate that is over: the library asks nothing when it signs.
func forced(t testing.TB, o *signaturetest.Office) []byte {
	t.Helper()
	return o.Sign(t, blank, pkcs7.OIDDigestAlgorithmSHA256)
}

// Two sides sign one after the other: the first covers the file as it was, the second all of it.
func TestTwoSidesSignOneAfterTheOther(t *testing.T) {
	one, other := signaturetest.RSA(t), signaturetest.RSA(t)
	all := signature.Read(other.Sign(t, one.Sign(t, blank, pkcs7.OIDDigestAlgorithmSHA256), pkcs7.OIDDigestAlgorithmSHA512), one.Roots)
	if len(all) != 2 || !all[0].Intact || all[0].Whole || !all[0].Good() || !all[1].Intact || !all[1].Whole || all[1].Trust != signature.Untrusted {
		t.Errorf("%+v", all)
	}
}

// OpenSSL says of the same signatures what we say.
func TestOpenSSLAgrees(t *testing.T) {
	program, err := exec.LookPath("openssl")
	if err != nil {
		t.Fatal("OpenSSL is needed: ", err)
	}
	o := signaturetest.RSA(t)
	signed := o.Sign(t, blank, pkcs7.OIDDigestAlgorithmSHA256)
	start := bytes.Index(signed, []byte("/Contents<")) + len("/Contents")
	end := start + signaturetest.Place + 2
	der, err := hex.DecodeString(string(signed[start+1 : end-1]))
	if err != nil {
		t.Fatal(err)
	}
	var whole asn1.RawValue
	if _, err := asn1.Unmarshal(der, &whole); err != nil {
		t.Fatal(err)
	}
	for _, intact := range []bool{true, false} {
		covered := append(bytes.Clone(signed[:start]), signed[end:]...)
		if !intact {
			covered[20] ^= 1
		}
		dir := t.TempDir()
		for name, raw := range map[string][]byte{"cms": whole.FullBytes, "content": covered} {
			if err := os.WriteFile(filepath.Join(dir, name), raw, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		said, err := exec.Command(program, "cms", "-verify", "-noverify", "-binary", "-inform", "DER", "-in", filepath.Join(dir, "cms"), "-content", filepath.Join(dir, "content"), "-out", os.DevNull).CombinedOutput()
		if (err == nil) != intact {
			t.Errorf("OpenSSL says %v of intact %v: %s", err, intact, said)
		}
	}
}

// authority is a time-stamping authority of OpenSSL (RFC 3161) in a folder. It stamps what it is given.
func authority(t *testing.T, moved func([]byte) []byte) func([]byte) []byte {
	t.Helper()
	dir := t.TempDir()
	run := func(args ...string) {
		t.Helper()
		command := exec.Command("openssl", args...)
		command.Dir = dir
		if said, err := command.CombinedOutput(); err != nil {
			t.Fatalf("openssl %v: %v %s", args, err, said)
		}
	}
	config := "[tsa]\ndefault_tsa=one\n[one]\nserial=serial\nsigner_digest=sha256\ndefault_policy=1.2.3.4.1\ndigests=sha256,sha512\ness_cert_id_alg=sha256\n"
	if err := os.WriteFile(filepath.Join(dir, "config"), []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	run("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=Đóng dấu thời gian", "-utf8", "-addext", "extendedKeyUsage=critical,timeStamping", "-keyout", "key", "-out", "certificate")
	return func(signature []byte) []byte {
		sum := sha256.Sum256(moved(signature))
		run("ts", "-query", "-digest", hex.EncodeToString(sum[:]), "-sha256", "-cert", "-out", "query")
		run("ts", "-reply", "-config", "config", "-queryfile", "query", "-signer", "certificate", "-inkey", "key", "-token_out", "-out", "token")
		token, err := os.ReadFile(filepath.Join(dir, "token"))
		if err != nil {
			t.Fatal(err)
		}
		return token
	}
}

// A time stamp tells when it was signed; one of another signature, or one that was changed, is amiss.
func TestATimeStampIsOfThisSignature(t *testing.T) {
	o := signaturetest.RSA(t)
	same := func(raw []byte) []byte { return raw }
	read := func(stamp func([]byte) []byte) signature.Signature {
		return signature.Read(o.SignStamped(t, blank, pkcs7.OIDDigestAlgorithmSHA256, stamp), o.Roots)[0]
	}
	good := authority(t, same)
	if s := read(good); !s.Good() || len(s.Problems) > 0 || time.Since(s.Stamped).Abs() > time.Hour || s.Trust != signature.Trusted {
		t.Errorf("stamped: %+v", s)
	}
	for name, stamp := range map[string]func([]byte) []byte{
		"of another signature": authority(t, func(raw []byte) []byte { return append(bytes.Clone(raw), 1) }),
		"changed":              func(raw []byte) []byte { token := good(raw); token[len(token)-9] ^= 1; return token },
	} {
		if s := read(stamp); s.Good() || !s.Intact || !slices.Contains(s.Problems, signature.BadStamp) || !s.Stamped.IsZero() {
			t.Errorf("%s: %+v", name, s)
		}
	}
}

func FuzzRead(f *testing.F) {
	o := signaturetest.RSA(f)
	f.Add(o.Sign(f, blank, pkcs7.OIDDigestAlgorithmSHA256))
	f.Add([]byte("%PDF-1.4 /ByteRange[0 9 12 4]<30"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		for _, s := range signature.Read(raw, o.Roots) {
			if s.Good() && !s.Intact {
				t.Fatal("good and not intact")
			}
		}
	})
}
