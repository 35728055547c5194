// Package officetest has LibreOffice open and write tables, for tests that hold what people see who
// open our files with it.
package officetest

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// CSV is the form of conversion to CSV: commas, texts and only texts in quotes, cells as a person
// sees them, UTF-8.
// Source: https://help.libreoffice.org/latest/en-US/text/shared/guide/csv_params.html
const CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,true"

// XLSX is the form of conversion to a workbook.
const XLSX = "xlsx:Calc MS Excel 2007 XML"

// FromCSV is how LibreOffice is told to read a CSV file: commas, UTF-8, numbers and dates of the
// Vietnamese known as such.
const FromCSV = "Text - txt - csv (StarCalc):44,34,76,1,,1066,false,true"

// Convert has LibreOffice convert files and returns the paths of what it wrote, in their order. It
// fails where LibreOffice is not installed: `make tools` installs it.
func Convert(t testing.TB, form, infilter string, files ...string) []string {
	t.Helper()
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Fatal("LibreOffice is needed (make tools): ", err)
	}
	dir := t.TempDir()
	args := []string{"-env:UserInstallation=file://" + filepath.Join(dir, "profile"), "--headless", "--norestore", "--convert-to", form, "--outdir", dir}
	if infilter != "" {
		args = append(args, "--infilter="+infilter)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	command := exec.CommandContext(ctx, office, append(args, files...)...)
	command.Env = append(os.Environ(), "HOME="+dir)
	said, err := command.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	ending, _, _ := strings.Cut(form, ":")
	var written []string
	for _, path := range files {
		name := strings.TrimSuffix(filepath.Base(path), filepath.Ext(path)) + "." + ending
		if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
			t.Fatalf("%s was not opened:\n%s", path, said)
		}
		written = append(written, filepath.Join(dir, name))
	}
	return written
}

// Cell is a cell of a converted table; Text says that it was a text and not a number or a date.
type Cell struct {
	Shown string
	Text  bool
}

// Read reads a file that was converted to CSV.
func Read(t testing.TB, path string) (rows [][]Cell) {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	row, cell, quoted := []Cell{}, Cell{}, false
	for i := 0; i < len(raw); i++ {
		c := raw[i]
		switch {
		case quoted && c == '"' && i+1 < len(raw) && raw[i+1] == '"':
			cell.Shown += `"`
			i++
		case c == '"':
			quoted, cell.Text = !quoted, true
		case quoted:
			end := i
			for end < len(raw) && raw[end] != '"' {
				end++
			}
			cell.Shown += string(raw[i:end])
			i = end - 1
		case c == ',':
			row, cell = append(row, cell), Cell{}
		case c == '\n':
			rows, row, cell = append(rows, append(row, cell)), []Cell{}, Cell{}
		default:
			cell.Shown += string(c)
		}
	}
	return rows
}
