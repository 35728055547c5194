package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"chonoi/internal/programme/reading"
)

const seedPlan = "../../../shared/data/plan/ke-hoach-69-KL-TW.txt"

func TestAPlanIsReadOnTheCommandLine(t *testing.T) {
	code, out, errs := said(t, "plan", "read", seedPlan, "--json")
	var p reading.Plan
	if err := json.Unmarshal([]byte(out), &p); code != done || err != nil {
		t.Fatalf("%d %v %s", code, err, errs)
	}
	if len(p.Clauses) != 63 || len(p.Citations) != 20 || len(p.Recipients) != 9 || p.Header.Number != nil {
		t.Errorf("%d clauses, %d citations, %d recipients", len(p.Clauses), len(p.Citations), len(p.Recipients))
	}
	for _, w := range p.Warnings {
		if w.Text == "" || strings.HasPrefix(w.Text, "reading.") {
			t.Errorf("a warning without words at %s", w.At)
		}
	}
	code, out, _ = said(t, "plan", "read", seedPlan, "--lang", "en")
	if code != done || !strings.Contains(out, "63 clauses") || !strings.Contains(out, "Issuing body: not printed") || !strings.Contains(out, "II.5-1  - ") {
		t.Errorf("%d %.600s", code, out)
	}
	if code, out, _ = said(t, "plan", "read", seedPlan, "--akn"); code != done || !strings.Contains(out, `eId="sec_II__para_5__indent_1"`) {
		t.Errorf("%d %.300s", code, out)
	}
}

func TestWhatTheReaderOfTheFileIsUnsureOfIsTold(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ke-hoach.txt")
	// Windows-1258: "KẾ HOẠCH" and a task
	if err := os.WriteFile(path, []byte("K\xca\xec HOA\xf2CH\n\nI- NHI\xca\xf2M VU\xf2\n\n1. K\xea\xect n\xf4\xeci cung c\xe2\xccu.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	code, out, errs := said(t, "plan", "read", path, "--json")
	var p reading.Plan
	if err := json.Unmarshal([]byte(out), &p); code != done || err != nil {
		t.Fatalf("%d %v %s", code, err, errs)
	}
	if last := p.Warnings[len(p.Warnings)-1]; last.At != "header" || !strings.Contains(last.Text, "Windows-1258") || len(p.Clauses) != 1 {
		t.Errorf("%+v, %d clauses", p.Warnings, len(p.Clauses))
	}
}

func TestAPlanThatCannotBeReadIsRefusedInWords(t *testing.T) {
	path := filepath.Join(t.TempDir(), "empty.txt")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	code, out, errs := said(t, "plan", "read", path)
	if code != refused || out != "" || !strings.HasPrefix(errs, "chonoi: ") || strings.Contains(errs, "prose.") {
		t.Errorf("%d %s %s", code, out, errs)
	}
}
