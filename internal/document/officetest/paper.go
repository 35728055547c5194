package officetest

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// PDF is the form of conversion to pages as they are printed.
const PDF = "pdf"

// Pages returns the text of each page of a PDF, laid out as it is printed.
func Pages(t testing.TB, pdf string) []string {
	t.Helper()
	text := poppler(t, "pdftotext", "-layout", "-enc", "UTF-8", pdf, "-")
	return strings.Split(strings.TrimSuffix(text, "\f"), "\f")
}

// Pictures draws each page of a PDF and returns the paths of the PNG files.
func Pictures(t testing.TB, pdf string) []string {
	t.Helper()
	stem := filepath.Join(t.TempDir(), "page")
	poppler(t, "pdftoppm", "-png", "-r", "60", pdf, stem)
	all, err := filepath.Glob(stem + "*.png")
	if err != nil || len(all) == 0 {
		t.Fatal("no page was drawn: ", err)
	}
	return all
}

func poppler(t testing.TB, program string, args ...string) string {
	t.Helper()
	path, err := exec.LookPath(program)
	if err != nil {
		t.Fatal("poppler is needed (make tools): ", err)
	}
	out, err := exec.CommandContext(t.Context(), path, args...).Output()
	if err != nil {
		t.Fatalf("%s: %v", program, err)
	}
	return string(out)
}
