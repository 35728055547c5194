package prose_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"chonoi/internal/document/officetest"
	"chonoi/internal/document/prose"
)

const (
	asWord = "docx:MS Word 2007 XML"
	asText = "txt:Text (encoded):UTF8"
)

// displayed are the lines that LibreOffice shows of a document, cells of tables each on its own.
func displayed(t *testing.T, path string) []string {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, l := range strings.Split(strings.TrimPrefix(string(raw), "\ufeff"), "\n") {
		if l = strings.Join(strings.Fields(l), " "); l != "" {
			lines = append(lines, l)
		}
	}
	return lines
}

// said are the lines of a text, as LibreOffice writes them.
func said(text *prose.Text) []string {
	var lines []string
	add := func(p *prose.Paragraph) {
		if l := strings.Join(strings.Fields(line(p)), " "); l != "" {
			lines = append(lines, l)
		}
	}
	for _, b := range text.Blocks {
		if b.Paragraph != nil {
			add(b.Paragraph)
			continue
		}
		for _, row := range b.Table.Rows {
			for _, c := range row.Cells {
				for i := range c.Paragraphs {
					add(&c.Paragraphs[i])
				}
			}
		}
	}
	return lines
}

// alike lets all bullets be one: LibreOffice writes another for each level, whichever the paper has.
func alike(lines []string) []string {
	for i, l := range lines {
		for _, bullet := range []string{"◦ ", "▪ ", "+ ", "- "} {
			if rest, is := strings.CutPrefix(l, bullet); is {
				lines[i] = "• " + rest
			}
		}
	}
	return lines
}

func TestPapersOfLibreOfficeAreReadAsItDisplaysThem(t *testing.T) {
	flat := officetest.Convert(t, asWord, "", "testdata/ke-hoach-danh-so.fodt")
	web := officetest.Convert(t, asWord, "HTML (StarWriter)", "testdata/phu-luc-nhiem-vu.html")
	papers := append(flat, web...)
	texts := officetest.Convert(t, asText, "", papers...)
	for i, path := range papers {
		t.Run(filepath.Base(path), func(t *testing.T) {
			same(t, alike(said(readFile(t, path))), alike(displayed(t, texts[i]))...)
		})
	}
}

// without converts a flat file, from which what is not to be displayed is taken out, and returns what
// LibreOffice displays of it.
func without(t *testing.T, path, aside string) []string {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	plain := filepath.Join(t.TempDir(), "plain.fodt")
	if err := os.WriteFile(plain, regexp.MustCompile("(?s)"+aside).ReplaceAll(raw, nil), 0o600); err != nil {
		t.Fatal(err)
	}
	return displayed(t, officetest.Convert(t, asText, "", plain)[0])
}

func TestAPaperWithChangesIsReadAsLibreOfficeDisplaysItOnceTheyAreAccepted(t *testing.T) {
	// A flat file keeps deleted text beside the text: without it, and without the marks, the
	// changes are accepted.
	const path = "testdata/quyet-dinh-sua-doi.fodt"
	want := without(t, path, `<text:tracked-changes.*</text:tracked-changes>|<text:change[^>]*>|<office:annotation.*?</office:annotation>|<text:note .*?</text:note>`)
	text := readFile(t, officetest.Convert(t, asWord, "", path)[0])
	same(t, said(text), want...)
	last := text.Blocks[len(text.Blocks)-1].Paragraph
	if len(text.Notes) != 1 || text.Notes[0].Text != "Ngày ký do văn thư điền." || len(last.Notes) != 1 || last.Text[last.Notes[0].At:] != "." {
		t.Errorf("the footnote is %+v at %+v", text.Notes, last.Notes)
	}
	same(t, keys(text), "prose.tracked_changes")
}

func TestAPaperWithHeadingsIsReadAsLibreOfficeDisplaysIt(t *testing.T) {
	const path = "testdata/chuong-trinh-de-muc.fodt"
	want := without(t, path, `<text:span text:style-name="An">.*?</text:span>|<text:note .*?</text:note>|<text:p>- <text:page-number.*?</text:p>|<draw:frame.*?</draw:frame>`)
	text := readFile(t, officetest.Convert(t, asWord, "", path)[0])
	var got []string
	for _, b := range text.Blocks {
		for _, l := range strings.Split(line(b.Paragraph), "\n") {
			got = append(got, strings.Join(strings.Fields(l), " "))
		}
	}
	for i, l := range want { // LibreOffice writes what is set in capitals as it was typed
		if strings.HasPrefix(l, "Phần ") {
			want[i] = strings.ToUpper(l)
		}
	}
	same(t, got, want...)
	same(t, keys(text), "prose.hidden_left_out", "prose.text_box_left_out")
	if len(text.Notes) != 1 || !text.Notes[0].End || text.Notes[0].Text != "Chú thích cuối." {
		t.Errorf("the endnote is %+v", text.Notes)
	}
	if head := text.Blocks[2].Paragraph; head.Heading != 1 || !head.Bold || !head.Centred || !head.Caps {
		t.Errorf("the heading is %+v", head)
	}
}

func TestMergedCellsOfLibreOfficeAreMergedHere(t *testing.T) {
	path := officetest.Convert(t, asWord, "HTML (StarWriter)", "testdata/phu-luc-nhiem-vu.html")[0]
	for _, b := range readFile(t, path).Blocks {
		if b.Table == nil {
			continue
		}
		if got := b.Table.At(3, 2); got == nil || got.Paragraphs[0].Text != "Sở Khoa học và Công nghệ" || got.Down != 2 {
			t.Errorf("the second task is led by %+v", got)
		}
		if got := b.Table.At(1, 3); got == nil || got.Across != 4 || !got.Bold {
			t.Errorf("the heading row is %+v", got)
		}
		if !b.Table.Rows[0].Header {
			t.Error("the first row is no head")
		}
		return
	}
	t.Error("there is no table")
}

func readFile(t testing.TB, path string) *prose.Text {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return readBytes(t, path, raw)
}
