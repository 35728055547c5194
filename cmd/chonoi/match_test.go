package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestNeedsAreMatchedOnTheCommandLine(t *testing.T) {
	dir := t.TempDir()
	data, text := filepath.Join(dir, "data"), filepath.Join(dir, "need.txt")
	if code, _, errs := said(t, "demo", "--seed-only", "--data", data); code != done {
		t.Fatal(errs)
	}
	if err := os.WriteFile(text, []byte("Sấy dẻo xoài bằng bơm nhiệt\nCần máy sấy xoài ít tốn điện, mẻ 500 kg."), 0o600); err != nil {
		t.Fatal(err)
	}
	empty := filepath.Join(dir, "empty.txt")
	if err := os.WriteFile(empty, []byte(" \n"), 0o600); err != nil {
		t.Fatal(err)
	}
	var one matched
	code, out, errs := said(t, "match", "NC-2026-0001", "--json", "--limit", "3", "--data", data)
	if err := json.Unmarshal([]byte(out), &one); code != done || err != nil || len(one.Matches) != 3 || one.Kind != "need" {
		t.Fatalf("%d %s %s", code, out, errs)
	}
	first := one.Matches[0]
	if first.Grade == "" || len(first.Shared) == 0 || len(first.Conditions) == 0 || first.Conditions[0].Text == "" {
		t.Errorf("%+v", first)
	}
	code, all, _ := said(t, "match", "--all", "--json", "--limit", "3", "--data", data)
	line, _, _ := strings.Cut(all, "\n")
	var same matched
	if err := json.Unmarshal([]byte(line), &same); code != done || err != nil || strings.Count(all, "\n") < 40 {
		t.Fatalf("%d %.300s %v", code, all, err)
	}
	if same.ID != one.ID || len(same.Matches) != 3 || same.Matches[0].ID != first.ID || same.Matches[2].ID != one.Matches[2].ID {
		t.Errorf("one by one %+v, all at once %+v", one.Matches, same.Matches)
	}
	for _, c := range []struct {
		line []string
		code int
		says string
	}{
		{[]string{"match", first.ID, "--data", data}, done, "NC-"},
		{[]string{"match", "--text", text, "--limit", "1", "--data", data}, done, "Máy sấy xoài"},
		{[]string{"match", "--text", empty, "--lang", "en", "--data", data}, refused, "no words"},
		{[]string{"match", "--text", filepath.Join(dir, "none"), "--data", data}, refused, "none"},
		{[]string{"match", "NC-1999-0001", "--data", data}, refused, ""},
		{[]string{"match", "--lang", "en", "--data", data}, refused, "exactly one"},
		{[]string{"match", "--all", first.ID, "--lang", "en", "--data", data}, refused, "exactly one"},
		{[]string{"match", "--judgements", filepath.Join(dir, "set"), "--json", "--data", data}, done, `"judged": 0`},
	} {
		if code, out, errs := said(t, c.line...); code != c.code || !strings.Contains(out+errs, c.says) {
			t.Errorf("%s: %d, %s%s", c.line, code, out, errs)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "set", "corpus.jsonl")); err != nil {
		t.Error(err)
	}
}
