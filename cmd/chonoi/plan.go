package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"chonoi/internal/app"
	"chonoi/internal/document/prose"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/programme/reading"
)

type planCommand struct {
	Read   planReadCommand   `cmd:"" help:"Read a plan and print what was understood; nothing is stored."`
	Import planImportCommand `cmd:"" help:"Read a plan and keep it as a draft for an officer to look at."`
}

type planReadCommand struct {
	File string `arg:"" help:"A plan or another paper: .txt, .md or .docx." type:"existingfile"`
	JSON bool   `help:"Print JSON." xor:"form"`
	AKN  bool   `name:"akn" help:"Print Akoma Ntoso 1.0 XML." xor:"form"`
}

// Run reads a plan and prints it: as an outline, as JSON or as Akoma Ntoso.
func (c *planReadCommand) Run(p *program) error {
	words, err := app.Words()
	if err != nil {
		return err
	}
	plan, err := readPlan(p, c.File)
	if err != nil {
		return err
	}
	plan.Say(func(key string, args ...any) string { return words.T(lang.Tag(p.Lang), key, args...) })
	switch {
	case c.JSON:
		return printJSON(p.out, plan)
	case c.AKN:
		return plan.AkomaNtoso(p.out)
	}
	return outline(p.out, words, lang.Tag(p.Lang), plan)
}

// readPlan reads the plan in a file.
func readPlan(p *program, path string) (*reading.Plan, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	text, err := prose.Read(p.ctx, filepath.Base(path), file, info.Size())
	if err != nil {
		return nil, err
	}
	plan, err := reading.Read(text, filepath.Base(path))
	if f := (*fault.Fault)(nil); errors.As(err, &f) {
		return nil, f
	}
	return plan, err
}

// outline prints header, counts, tree and what is unsure.
func outline(out io.Writer, words *lang.Words, tag lang.Tag, plan *reading.Plan) error {
	say := func(key string, args ...any) string { return words.T(tag, key, args...) }
	var b strings.Builder
	h := plan.Header
	for _, f := range []struct {
		key   string
		value *string
	}{{"reading.header_superior", h.Superior}, {"reading.header_issuer", h.Issuer}, {"reading.header_symbol", h.Symbol}, {"reading.header_place", h.Place}, {"reading.header_date", h.Date},
		{"reading.header_kind", h.Kind}, {"reading.header_abstract", h.Abstract}, {"reading.header_authority", h.Signer.Authority}, {"reading.header_by", h.Signer.By},
		{"reading.header_title", h.Signer.Title}, {"reading.header_name", h.Signer.Name}} {
		value := say("reading.not_printed")
		if f.value != nil {
			value = *f.value
		}
		fmt.Fprintf(&b, "%s: %s\n", say(f.key), value)
	}
	fmt.Fprintf(&b, "\n%s\n\n", say("reading.counts", "Nodes", len(plan.Nodes), "Clauses", len(plan.Clauses), "Rows", len(plan.Rows), "Targets", len(plan.Targets),
		"Citations", len(plan.Citations), "Recipients", len(plan.Recipients)))
	below := map[string]int{}
	for i := range plan.Clauses {
		below[plan.Clauses[i].Node]++
	}
	depth := map[string]int{}
	for i := range plan.Nodes {
		n := &plan.Nodes[i]
		if n.Parent != nil {
			depth[n.ID] = depth[*n.Parent] + 1
		}
		fmt.Fprintf(&b, "%s%s  %s %s", strings.Repeat("  ", depth[n.ID]), n.ID, n.Marker, shortened(n.Text))
		if k := below[n.ID]; k > 0 {
			fmt.Fprintf(&b, "  %s", say("reading.clauses", "N", k))
		}
		b.WriteByte('\n')
	}
	for i := range plan.Rows {
		r := &plan.Rows[i]
		fmt.Fprintf(&b, "%s  %s  %s\n", r.ID, r.No, shortened(r.Task))
	}
	for _, r := range plan.Recipients {
		fmt.Fprintf(&b, "→ %s\n", r.Text)
	}
	if len(plan.Warnings) > 0 {
		fmt.Fprintf(&b, "\n%s\n", say("reading.unsure", "N", len(plan.Warnings)))
	}
	for _, w := range plan.Warnings {
		fmt.Fprintf(&b, "  %s: %s\n", w.At, w.Text)
	}
	_, err := io.WriteString(out, b.String())
	return err
}

// shortened is a text as one line of an outline has room for it.
func shortened(s string) string {
	runes := []rune(s)
	if len(runes) <= 90 {
		return s
	}
	return strings.TrimSpace(string(runes[:89])) + "…"
}
