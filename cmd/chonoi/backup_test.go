package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"chonoi/internal/app"
	"chonoi/internal/db/dbtest"
)

// said runs a command line and returns its exit code and what it printed.
func said(t *testing.T, line ...string) (code int, out, errs string) {
	t.Helper()
	var o, e bytes.Buffer
	code = run(t.Context(), line, &o, &e)
	return code, o.String(), e.String()
}

func TestTheChapterOfBackupsDoesWhatItSays(t *testing.T) {
	raw, err := os.ReadFile("../../docs/operate.md")
	if err != nil {
		t.Fatal(err)
	}
	_, chapter, _ := strings.Cut(string(raw), "\n## Backup and restore\n")
	chapter, _, _ = strings.Cut(chapter, "\n## ")
	dir := t.TempDir()
	place := strings.NewReplacer("/backup/", dir+"/", "/var/lib/", dir+"/", "postgres://chonoi@db.internal/chonoi", dbtest.Address(t, "postgres"))
	data := filepath.Join(dir, "chonoi")
	if code, _, errs := said(t, "demo", "--seed-only", "--data", data); code != done {
		t.Fatal(errs)
	}
	commands, fenced := 0, false
	for line := range strings.Lines(chapter) {
		switch line = strings.TrimSpace(line); {
		case strings.HasPrefix(line, "```"):
			fenced = !fenced
		case fenced:
			words := strings.Fields(place.Replace(line))
			if words[0] != "chonoi" {
				t.Fatalf("%q is not run", line)
			}
			if code, out, errs := said(t, words[1:]...); code != done || out == "" {
				t.Errorf("%s: %d, %s%s", line, code, out, errs)
			}
			commands++
		}
	}
	if commands != 4 {
		t.Errorf("the chapter has %d commands", commands)
	}
	_, before, _ := said(t, "verify", "--json", "--data", data)
	_, after, _ := said(t, "verify", "--json", "--data", filepath.Join(dir, "chonoi-new"))
	if before == "" || before != after {
		t.Errorf("the ledger was %s and is %s", before, after)
	}
	if info, err := os.Stat(filepath.Join(dir, "chonoi.zip")); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("who may read the archive: %v, %v", info, err)
	}
}

func TestBackupAndRestoreAnswerAsCommandsDo(t *testing.T) {
	dir := t.TempDir()
	data, archive := filepath.Join(dir, "data"), filepath.Join(dir, "a.zip")
	if code, _, errs := said(t, "demo", "--seed-only", "--data", data); code != done {
		t.Fatal(errs)
	}
	for _, c := range []struct {
		line []string
		code int
		says string
	}{
		{[]string{"backup", "--help"}, done, "bucket"},
		{[]string{"restore", "--help"}, done, "empty"},
		{[]string{"backup"}, misused, ""},
		{[]string{"backup", archive, "--data", filepath.Join(dir, "none"), "--lang", "en"}, refused, "no database"},
		{[]string{"backup", archive, "--data", data, "--json"}, done, `"ledger"`},
		{[]string{"backup", archive, "--data", data, "--lang", "en"}, refused, "writes over nothing"},
		{[]string{"restore", archive, "--data", data, "--lang", "en"}, refused, "only where nothing is"},
		{[]string{"restore", filepath.Join(dir, "b.zip"), "--data", filepath.Join(dir, "new"), "--lang", "en"}, refused, "no file"},
		{[]string{"restore", archive, "--data", filepath.Join(dir, "new"), "--json"}, done, `"rows"`},
	} {
		code, out, errs := said(t, c.line...)
		if code != c.code || !strings.Contains(out+errs, c.says) {
			t.Errorf("%s: %d, %s%s", c.line, code, out, errs)
		}
		if code == done && c.line[len(c.line)-1] == "--json" {
			var m app.Manifest
			if err := json.Unmarshal([]byte(out), &m); err != nil || m.Rows["offer"] == 0 {
				t.Errorf("%s: %v", c.line, err)
			}
		}
	}
}
