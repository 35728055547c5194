package document

import (
	"archive/zip"
	"bufio"
	"encoding/xml"
	"io"
	"path"
	"strings"

	"chonoi/internal/fault"
)

// We stream sheets with encoding/xml and not with excelize, with which we write: its row reader
// takes a damaged sheet for one that ends there (tried: 1,004 of 2,001 rows and no error), gives a
// date as its format shows it (11-20-26) or as a bare number, without the style that tells which,
// and holds whole rows and shared strings without a bound of ours.

// What the parts of a workbook beside its sheets may hold.
const (
	mostDirectory   = 8 << 20   // bytes of the zip directory
	mostPart        = 32 << 20  // bytes of the list of sheets, of the styles
	mostToken       = 1 << 20   // bytes of one tag or one piece of text
	mostSharedBytes = 256 << 20 // of all shared strings
	mostShared      = 8 << 20   // shared strings
)

// workbook is an opened XLSX file.
type workbook struct {
	files    map[string]*zip.File // by lower-case name
	left     int64                // bytes that may still be unpacked
	limits   Limits
	sheets   []sheetEntry
	styles   string // the part that holds them, as the workbook tells it
	strings  string
	date1904 bool
	dates    []bool // by style: shown as a date or a time
	shared   *sharedTexts
}

type sheetEntry struct {
	name   string
	part   string
	hidden bool
}

func (t *Table) openWorkbook(r io.Reader, start int64, head *bufio.Reader, name string) error {
	at, size, err := t.atRandom(r, start, head)
	if err != nil {
		return readFault(err)
	}
	b := &workbook{left: t.limits.Unpacked, limits: t.limits}
	if err := b.readDirectory(at, size); err != nil {
		return err
	}
	if err := b.readSheets(); err != nil {
		return err
	}
	for _, s := range b.sheets {
		if !s.hidden {
			t.Sheets = append(t.Sheets, s.name)
		}
	}
	chosen, err := b.choose(name)
	if err != nil {
		return err
	}
	t.Format, t.Sheet = XLSX, chosen.name
	if err := b.readStyles(); err != nil {
		return err
	}
	if b.shared, err = b.readShared(); err != nil {
		return err
	}
	s, err := b.openSheet(chosen)
	if err != nil {
		return err
	}
	t.source = s
	t.closes = append(t.closes, s.part.close)
	unpacked := int64(max(s.part.size, 1))
	t.done = func() int64 { return int64(float64(size) * (float64(s.part.read.Load()) / float64(unpacked))) }
	return s.readHeader()
}

// bounded stops reading a zip directory that is larger than that of any workbook.
type bounded struct {
	at   io.ReaderAt
	left int64
}

func (b *bounded) ReadAt(p []byte, off int64) (int, error) {
	if b.left -= int64(len(p)); b.left < 0 {
		return 0, fault.New(fault.TooLarge, "document.part_too_large")
	}
	return b.at.ReadAt(p, off)
}

func (b *workbook) readDirectory(at io.ReaderAt, size int64) error {
	door := &bounded{at: at, left: mostDirectory}
	archive, err := zip.NewReader(door, size)
	if _, refused := fault.As(err); refused {
		return err
	}
	if err != nil {
		return broken()
	}
	door.left = 1 << 62
	b.files = make(map[string]*zip.File, len(archive.File))
	for _, f := range archive.File {
		b.files[strings.ToLower(strings.ReplaceAll(f.Name, `\`, "/"))] = f
	}
	return nil
}

// readSheets finds the workbook part, its sheets, and where they and the date system are told.
func (b *workbook) readSheets() error {
	main := ""
	err := b.walk("_rels/.rels", func(e xml.StartElement) {
		if path.Base(attribute(e, "Type")) == "officeDocument" {
			main = strings.TrimPrefix(attribute(e, "Target"), "/")
		}
	})
	if err != nil {
		return err
	}
	if main == "" || b.file(main) == nil {
		return unsupported("document.not_a_table")
	}
	folder := path.Dir(main)
	targets := map[string]string{}
	err = b.walk(path.Join(folder, "_rels", path.Base(main)+".rels"), func(e xml.StartElement) {
		target := attribute(e, "Target")
		if !strings.HasPrefix(target, "/") {
			target = path.Join(folder, target)
		}
		target = strings.TrimPrefix(target, "/")
		switch path.Base(attribute(e, "Type")) {
		case "worksheet":
			targets[attribute(e, "Id")] = target
		case "styles":
			b.styles = target
		case "sharedStrings":
			b.strings = target
		}
	})
	if err != nil {
		return err
	}
	return b.walk(main, func(e xml.StartElement) {
		switch e.Name.Local {
		case "workbookPr":
			on := attribute(e, "date1904")
			b.date1904 = on == "1" || on == "true"
		case "sheet":
			if part := targets[attribute(e, "id")]; part != "" {
				b.sheets = append(b.sheets, sheetEntry{attribute(e, "name"), part, strings.Contains(strings.ToLower(attribute(e, "state")), "hidden")})
			}
		}
	})
}

// choose picks the sheet of that name, or the first that is not hidden.
func (b *workbook) choose(name string) (sheetEntry, error) {
	for _, s := range b.sheets {
		if name != "" && s.name == name || name == "" && !s.hidden {
			return s, nil
		}
	}
	if name != "" {
		return sheetEntry{}, fault.New(fault.NotFound, "document.no_such_sheet", "Name", shorten(name))
	}
	return sheetEntry{}, unsupported("document.not_a_table")
}

func (b *workbook) readStyles() error {
	formats, section := map[string]bool{}, ""
	return b.walk(b.styles, func(e xml.StartElement) {
		switch e.Name.Local {
		case "numFmts", "cellXfs", "cellStyleXfs", "cellStyles", "dxfs", "fonts", "fills", "borders":
			section = e.Name.Local
		case "numFmt":
			if section == "numFmts" {
				formats[attribute(e, "numFmtId")] = tellsDate(attribute(e, "formatCode"))
			}
		case "xf":
			if section == "cellXfs" {
				id := attribute(e, "numFmtId")
				date, own := formats[id]
				b.dates = append(b.dates, own && date || !own && builtInDate(id))
			}
		}
	})
}

func (b *workbook) file(name string) *zip.File { return b.files[strings.ToLower(name)] }

// walk shows visit the opening tags of a small part; a part that is not there has none.
func (b *workbook) walk(name string, visit func(xml.StartElement)) error {
	f := b.file(name)
	if f == nil {
		return nil
	}
	if f.UncompressedSize64 > mostPart {
		return fault.New(fault.TooLarge, "document.part_too_large")
	}
	p, err := b.openPart(f)
	if err != nil {
		return err
	}
	for {
		token, err := p.token()
		if err == io.EOF {
			return p.close()
		}
		if err != nil {
			_ = p.close()
			return err
		}
		if e, ok := token.(xml.StartElement); ok {
			visit(e)
		}
	}
}

func attribute(e xml.StartElement, local string) string {
	for _, a := range e.Attr {
		if a.Name.Local == local {
			return a.Value
		}
	}
	return ""
}
