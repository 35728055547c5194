package seal_test

import (
	"errors"
	"strings"
	"testing"

	"chonoi/internal/account/seal"
)

func ring(t *testing.T, text string) *seal.Ring {
	t.Helper()
	r, err := seal.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestASealedSecretIsOpenedOnlyWithItsKeyAndForWhatItIsAbout(t *testing.T) {
	own, other := seal.NewKey(), seal.NewKey()
	r := ring(t, own)
	text, err := r.Seal("totp:lan", "GEZDGNBVGY3TQOJQ")
	if err != nil || !seal.Sealed(text) || strings.Contains(text, "GEZD") || seal.Sealed("GEZDGNBVGY3TQOJQ") {
		t.Fatalf("%q %v", text, err)
	}
	if again, _ := r.Seal("totp:lan", "GEZDGNBVGY3TQOJQ"); again == text {
		t.Error("the same secret is sealed alike twice")
	}
	if got, err := r.Open("totp:lan", text); err != nil || got != "GEZDGNBVGY3TQOJQ" {
		t.Errorf("%q %v", got, err)
	}
	changed := text[:len(text)-2] + map[bool]string{true: "AA", false: "BB"}[!strings.HasSuffix(text, "AA")]
	for name, act := range map[string]func() (string, error){
		"in another's row": func() (string, error) { return r.Open("totp:minh", text) },
		"changed":          func() (string, error) { return r.Open("totp:lan", changed) },
		"cut off":          func() (string, error) { return r.Open("totp:lan", text[:30]) },
		"never sealed":     func() (string, error) { return r.Open("totp:lan", "GEZDGNBVGY3TQOJQ") },
	} {
		if got, err := act(); err == nil || errors.Is(err, seal.ErrKey) || got != "" {
			t.Errorf("%s: %q %v", name, got, err)
		}
	}
	for name, r := range map[string]*seal.Ring{"another key": ring(t, other), "no key": nil} {
		if got, err := r.Open("totp:lan", text); !errors.Is(err, seal.ErrKey) || got != "" {
			t.Errorf("%s: %q %v", name, got, err)
		}
	}
}

func TestAKeyIsReplacedWhileTheFormerOneStillOpens(t *testing.T) {
	old, fresh := seal.NewKey(), seal.NewKey()
	before, _ := ring(t, old).Seal("a", "x")
	both := ring(t, fresh+"\n"+old+"\n")
	if got, err := both.Open("a", before); err != nil || got != "x" || both.Current(before) {
		t.Errorf("%q %v", got, err)
	}
	after, _ := both.Seal("a", "x")
	if !both.Current(after) || both.Fingerprint() != ring(t, fresh).Fingerprint() || len(both.Fingerprints()) != 2 {
		t.Errorf("%s %v", after, both.Fingerprints())
	}
}

func TestWhatIsNoKeyIsRefusedWithoutBeingTold(t *testing.T) {
	for _, text := range []string{"", " \n", "secret-passphrase", strings.Repeat("A", 42), seal.NewKey() + ",short"} {
		if _, err := seal.Parse(text); err == nil || (len(text) > 4 && strings.Contains(err.Error(), text)) {
			t.Errorf("%q: %v", text, err)
		}
	}
}
