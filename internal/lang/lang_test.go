package lang

import (
	"testing"
	"testing/fstest"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestFoldingForgetsMarksAndCase(t *testing.T) {
	for text, want := range map[string]string{"Đường ĐI": "duong di", "sấy  xoài": "say xoai", "say xoài": "say xoai", "\u0111\u01b0\u01a1\u0300ng": "duong", "": ""} {
		if got := Fold(text); got != want {
			t.Errorf("%q folds to %q", text, got)
		}
	}
}

func TestCleaningTakesOutWhatHidesOrTurnsText(t *testing.T) {
	for text, want := range map[string]string{"a\u202eb": "ab", "x\x00y": "xy", "a\r\nb": "a\nb", "  á\u200b ": "á", "a\xffb": "a\uFFFDb", "tab\tkept": "tab\tkept"} {
		if got := Clean(text); got != want {
			t.Errorf("%q became %q", text, got)
		}
	}
}

func TestCleaningTwiceIsCleaningOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		once := Clean(text)
		if Clean(once) != once || !utf8.ValidString(once) {
			t.Fatalf("%q -> %q -> %q", text, once, Clean(once))
		}
	})
}

func TestFiguresAreWrittenAsEachTongueReadsThem(t *testing.T) {
	at := time.Date(2026, 11, 19, 18, 30, 0, 0, time.UTC) // already the 20th in the city
	for _, row := range []struct{ got, want string }{
		{Number(Vi, 1284), "1.284"}, {Number(En, -1284567), "−1,284,567"}, {Number(Vi, 7), "7"},
		{Decimal(Vi, "0.64"), "0,64"}, {Decimal(En, "1284.5"), "1,284.5"},
		{Money(Vi, 385_000_000), "385 triệu đồng"}, {Money(En, 385_000_000), "VND 385 million"}, {Money(Vi, 4_500_000_000), "4,5 tỷ đồng"},
		{Money(Vi, 300_000), "300.000 đồng"}, {Money(En, 1_234_567), "VND 1,234,567"}, {Money(Vi, 1_500_000), "1,5 triệu đồng"},
		{Date(Vi, at), "20/11/2026"}, {Date(En, at), "20 Nov 2026"}, {DateTime(Vi, at), "20/11/2026 01:30"},
	} {
		if row.got != row.want {
			t.Errorf("%q is not %q", row.got, row.want)
		}
	}
}

func TestTheDictionaryOrderIsVietnamese(t *testing.T) {
	words := []string{"an", "ăn", "ân", "dao", "đao", "em", "êm"}
	for i := 1; i < len(words); i++ {
		if SortKey(words[i-1]) >= SortKey(words[i]) {
			t.Errorf("%q does not stand before %q", words[i-1], words[i])
		}
	}
}

func catalogue(text string) (*Words, error) {
	return Load(fstest.MapFS{"texts.toml": {Data: []byte(text)}})
}

func TestACatalogueMustTellBothTonguesOnce(t *testing.T) {
	for _, bad := range []string{"[\"a.b\"]\nvi = \"x\"\n", "[\"a.b\"]\nvi = \"\"\nen = \"x\"\n"} {
		if _, err := catalogue(bad); err == nil {
			t.Errorf("%q was taken", bad)
		}
	}
	one := fstest.MapFS{"texts.toml": {Data: []byte("[\"a.b\"]\nvi = \"x\"\nen = \"y\"\n")}}
	if _, err := Load(one, one); err == nil {
		t.Error("a text told twice was taken")
	}
}

func TestPlaceholdersAndSingulars(t *testing.T) {
	w, err := catalogue("[\"n\"]\nvi = \"{{.N}} tin, {{.What}}\"\nen = \"{{.N}} listings, {{.What}}\"\nen_one = \"{{.N}} listing, {{.What}}\"\n")
	if err != nil {
		t.Fatal(err)
	}
	what := Both{Vi: "mới", En: "new"}
	for _, row := range []struct{ got, want string }{
		{w.T(Vi, "n", "N", 1284, "What", what), "1.284 tin, mới"}, {w.T(En, "n", "N", 1, "What", what), "1 listing, new"}, {w.T(En, "n", "N", 2, "What", what), "2 listings, new"}, {w.T(Vi, "none"), "none"},
	} {
		if row.got != row.want {
			t.Errorf("%q is not %q", row.got, row.want)
		}
	}
}

func FuzzClean(f *testing.F) {
	for _, seed := range []string{"a\u202eb\x00", "đường", "\xff\xfe", "\r\n\r", "e\u0301\u0300", "\U000e0041"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		once := Clean(text)
		if Clean(once) != once || !utf8.ValidString(once) || len(once) > 3*len(text)+3 {
			t.Errorf("%q -> %q", text, once)
		}
		if Fold(Fold(text)) != Fold(text) {
			t.Errorf("folding %q twice differs", text)
		}
	})
}
