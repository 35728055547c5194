package paper_test

import (
	"strings"
	"testing"
	"time"

	"chonoi/internal/document/paper"
	"chonoi/internal/lang"
	"chonoi/internal/when"
)

func TestEveryRuleIsToldInBothTongues(t *testing.T) {
	layouts, err := paper.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	said := words(t)
	for _, l := range layouts.All(when.DayOf(time.Now())) {
		for _, r := range l.Rules() {
			for _, tag := range []lang.Tag{lang.Vi, lang.En} {
				for what, text := range map[string]string{"label": r.Label(said, tag), "value": r.Value(said, tag), "ground": r.Grounds(said, tag)} {
					if text == "" || strings.Contains(text, "paper.") || strings.Contains(text, "<no value>") {
						t.Errorf("%s, %s: the %s of %s is %q", l.Name, tag, what, r.Name, text)
					}
				}
			}
		}
	}
}
