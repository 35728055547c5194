package paper_test

import (
	"bytes"
	"os"
	"testing"

	"chonoi/internal/document/paper"
)

// TestLook leaves the samples where PAPER_OUT tells, for whoever wants to see them.
func TestLook(t *testing.T) {
	dir := os.Getenv("PAPER_OUT")
	if dir == "" {
		t.Skip()
	}
	for name, p := range map[string]*paper.Paper{"state": stateReport(layout(t, "state-2020")), "letter": letter(layout(t, "state-2020")), "party26": partyReport(layout(t, "party-2026"))} {
		var b bytes.Buffer
		b.WriteString(`<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="tokens.css"><link rel="stylesheet" href="components.css"><body>`)
		if err := p.WriteHTML(&b, paper.Page{}); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(dir+"/"+name+".html", b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for name, content := range map[string][]byte{
		"state": docx(t, stateReport(layout(t, "state-2020"))), "party18": docx(t, partyReport(layout(t, "party-2018"))), "party26": docx(t, partyReport(layout(t, "party-2026"))),
		"contract": docx(t, contract(layout(t, "state-2020"))), "letter": docx(t, letter(layout(t, "state-2020"))), "long": docx(t, longAppendix(layout(t, "state-2020"), 60)),
	} {
		if err := os.WriteFile(dir+"/"+name+".docx", content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
