package sale

import (
	"strings"
	"testing"
)

func TestASealedBidIsReadAsItWasWritten(t *testing.T) {
	s := Seal{Sale: "MB-2026-0001", Bidder: "NM-2026-0007", Price: 1_250_000_000, Secret: NewSecret(), Words: "  Giá trọn gói,\r\nbảo hành 24 tháng\n"}
	text := s.Text()
	if want := "cho-noi-bid-1\nsale: MB-2026-0001\nbidder: NM-2026-0007\nprice: 1250000000\nsecret: " + s.Secret + "\nGiá trọn gói,\nbảo hành 24 tháng\n"; text != want {
		t.Errorf("%q", text)
	}
	got, err := ReadSeal(text)
	if err != nil || got.Digest() != s.Digest() || got.Price != s.Price || got.Words != "Giá trọn gói,\nbảo hành 24 tháng" {
		t.Errorf("%+v, %v", got, err)
	}
	for _, changed := range []string{text, strings.ReplaceAll(text, "\n", "\r\n"), "\ufeff" + text, strings.TrimSuffix(text, "\n"), text + "\n\n"} {
		if _, err := ReadSeal(changed); err != nil || !Opens(changed, s.Digest()) {
			t.Errorf("%q is not taken for the same: %v", changed, err)
		}
	}
	for _, bad := range []string{"", "cho-noi-bid-1", strings.Replace(text, "1250000000", "01250000000", 1), strings.Replace(text, "1250000000", "-5", 1),
		strings.Replace(text, "1250000000", "1250000000000000000000", 1), strings.Replace(text, "secret: ", "secret: x", 1), strings.Replace(text, "cho-noi-bid-1", "cho-noi-bid-2", 1), text + "\xff", strings.Repeat("a", MostSeal+1)} {
		if _, err := ReadSeal(bad); err == nil {
			t.Errorf("%.80q is read", bad)
		}
	}
	if NewSecret() == NewSecret() {
		t.Error("two secrets are the same")
	}
}

// Whatever is sent in, what is read is written and read the same.
func FuzzReadSeal(f *testing.F) {
	f.Add(Seal{Sale: "MB-2026-0001", Bidder: "NM-2026-0007", Price: 5, Secret: strings.Repeat("a", 64), Words: "Có"}.Text())
	f.Add("cho-noi-bid-1\nsale: x\nbidder: y\nprice: 1\nsecret: " + strings.Repeat("0", 64))
	f.Add("\ufeffcho-noi-bid-1\r\nsale: \r\n")
	f.Fuzz(func(t *testing.T, text string) {
		s, err := ReadSeal(text)
		if err != nil {
			return
		}
		again, err := ReadSeal(s.Text())
		if err != nil || again != s {
			t.Fatalf("%+v, then %+v, %v", s, again, err)
		}
	})
}
