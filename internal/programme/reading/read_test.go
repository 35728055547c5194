package reading_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"chonoi/internal/document/prose"
	"chonoi/internal/lang"
	"chonoi/internal/programme/reading"
)

const shared = "../../../../shared/"

// read reads a file of that name and content.
func read(t testing.TB, name string, raw []byte) *reading.Plan {
	t.Helper()
	text, err := prose.Read(context.Background(), name, bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	plan, err := reading.Read(text, name)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return plan
}

// readText reads a text file.
func readText(t testing.TB, lines ...string) *reading.Plan {
	t.Helper()
	return read(t, "plan.txt", []byte(strings.Join(lines, "\n")+"\n"))
}

func readFile(t testing.TB, path string) *reading.Plan {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return read(t, filepath.Base(path), raw)
}

// seed is the plan that the platform exists for.
func seed(t testing.TB) *reading.Plan { return readFile(t, shared+"data/plan/ke-hoach-69-KL-TW.txt") }

func words(t testing.TB) *lang.Words {
	t.Helper()
	w, err := lang.Load(reading.Texts, prose.Texts)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// outline is the tree as lines of id, marker and text.
func outline(p *reading.Plan) string {
	var b strings.Builder
	for _, n := range p.Nodes {
		b.WriteString(n.ID + " | " + n.Level + " | " + n.Marker + " | " + n.Text + "\n")
	}
	return b.String()
}

// whole fails where the parts of a plan do not make up its text again.
func whole(t interface {
	Errorf(string, ...any)
	Helper()
}, p *reading.Plan) {
	t.Helper()
	ids, clauses := map[string]bool{}, map[string][]string{}
	for _, c := range p.Clauses {
		if c.Start < 0 || c.End > len(p.Text) || p.Text[c.Start:c.End] != c.Text {
			t.Errorf("clause %s does not stand at %d-%d of the text", c.ID, c.Start, c.End)
			return
		}
		if ids[c.ID] || c.Text == "" {
			t.Errorf("clause %q is empty or there twice", c.ID)
		}
		ids[c.ID] = true
		clauses[c.Node] = append(clauses[c.Node], c.Text)
	}
	last := 0
	for _, n := range p.Nodes {
		if n.Start < last || n.End > len(p.Text) || p.Text[n.Start:n.End] != n.Text {
			t.Errorf("node %s does not stand at %d-%d of the text", n.ID, n.Start, n.End)
			return
		}
		last = n.End
		line := n.Text
		if n.Marker != "" {
			line = strings.TrimSuffix(n.Marker+" "+n.Text, " ")
		}
		if from := n.End - len(line); from < 0 || p.Text[from:n.End] != line && n.Text != "" {
			t.Errorf("node %s: %q is not its line of the text", n.ID, line)
		}
		if ids[n.ID] {
			t.Errorf("node %s is there twice", n.ID)
		}
		if n.Parent != nil && !ids[*n.Parent] {
			t.Errorf("node %s stands below %s, which does not come before it", n.ID, *n.Parent)
		}
		ids[n.ID] = true
		if said := clauses[n.ID]; said != nil && strings.Join(said, " ") != n.Text {
			t.Errorf("the clauses of %s are %q, its text is %q", n.ID, said, n.Text)
		}
	}
	for _, c := range p.Clauses {
		if !ids[c.Node] {
			t.Errorf("clause %s is of no node", c.ID)
		}
	}
}
