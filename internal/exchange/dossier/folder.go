package dossier

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"fmt"
	"io"
	"path"
	"strings"
	"time"

	"chonoi/internal/document/paper"
	"chonoi/internal/exchange/deal"
	"chonoi/internal/exchange/route"
	"chonoi/internal/lang"
)

// Open opens the content of a stored file.
type Open func(ctx context.Context, sha256 string) (io.ReadCloser, error)

// Application is the data that an application for registration or licence asks for, and which of the
// papers of the rules are in the folder. It is no official form: where the authority has one, the data
// are copied into it.
func (w *Writer) Application(f *Facts, act route.Act) *paper.Paper {
	p := w.blank(f, "dossier.application_kind", f.Deal.Title.Vi)
	p.Body = []paper.Block{paper.Text(w.t("dossier.application_note")), w.parties(f), w.contract(f), w.clauses(f)}
	if step, ok := f.Conclusion.Step(act); ok {
		if step.Authority != nil {
			p.To = []string{step.Authority.Name.Vi}
		}
		t := &paper.Table{Caption: w.t("dossier.papers"), Columns: []paper.Column{{Width: 60}, {Width: 20}, {Width: 20}}, Header: []paper.Row{row(w.t("dossier.paper_name"), w.t("dossier.needed"), w.t("dossier.in_folder"))}}
		for _, item := range step.Dossier {
			name := item.Name.Vi
			if item.Form {
				name += "\n" + w.t("dossier.on_form", "Number", or(item.Number))
			}
			t.Rows = append(t.Rows, row(name, w.t(map[bool]string{true: "dossier.yes", false: "dossier.if_any"}[item.Needed]), "…………"))
		}
		p.Body = append(p.Body, paper.Block{Table: t})
	}
	return p
}

// part is a file of a folder.
type part struct {
	name   string
	role   string
	write  func(io.Writer) error
	source *deal.Document
}

// Registration writes the folder for the registration or the licence of a signed contract as a ZIP:
// data for the application, term sheet, the signed contract, the other documents that both sides may
// open, and a list with the SHA-256 of each file.
func (w *Writer) Registration(ctx context.Context, out io.Writer, f *Facts, act route.Act, open Open) error {
	parts := []part{
		{name: "01-du-lieu-ho-so.docx", role: "application", write: w.Application(f, act).WriteDOCX},
		{name: "02-ban-dieu-khoan.docx", role: "sheet", write: w.TermSheet(f).WriteDOCX},
	}
	return w.fold(ctx, out, f, parts, open)
}

// Encouraged writes the folder for the certificate of encouraged transfer as a ZIP: the report on the
// performance that all sides are to confirm, the signed contract and the other documents.
func (w *Writer) Encouraged(ctx context.Context, out io.Writer, f *Facts, open Open) error {
	return w.fold(ctx, out, f, []part{{name: "01-bao-cao-thuc-hien.docx", role: "report", write: w.Report(f).WriteDOCX}}, open)
}

// fold adds the documents of the deal to a folder and writes it with its list.
func (w *Writer) fold(ctx context.Context, out io.Writer, f *Facts, parts []part, open Open) error {
	for i, one := range f.Enclosed() {
		if contract := f.Contract(); contract != nil && one.SHA256 == contract.SHA256 {
			parts = append(parts, part{name: "hop-dong/" + safe(one), role: "contract", source: one})
			continue
		}
		parts = append(parts, part{name: fmt.Sprintf("kem-theo/%02d-%s", i+1, safe(one)), role: "document", source: one})
	}
	z := zip.NewWriter(out)
	list := [][]string{{"file", "role", "bytes", "sha256"}}
	for _, one := range parts {
		digest, size, err := w.put(ctx, z, f, one, open)
		if err != nil {
			return err
		}
		list = append(list, []string{one.name, w.t("dossier.role_" + one.role), fmt.Sprint(size), digest})
	}
	head, err := create(z, "danh-muc.csv", f)
	if err != nil {
		return err
	}
	if _, err := io.WriteString(head, "\ufeff"); err != nil {
		return err
	}
	table := csv.NewWriter(head)
	if err := table.WriteAll(list); err != nil {
		return err
	}
	return z.Close()
}

// put writes a file into a folder and tells its digest.
func (w *Writer) put(ctx context.Context, z *zip.Writer, f *Facts, one part, open Open) (digest string, size int64, err error) {
	file, err := create(z, one.name, f)
	if err != nil {
		return "", 0, err
	}
	sum := sha256.New()
	count := &counter{to: io.MultiWriter(file, sum)}
	if one.write != nil {
		err = one.write(count)
	} else {
		var content io.ReadCloser
		if content, err = open(ctx, one.source.SHA256); err == nil {
			_, err = io.Copy(count, content)
			content.Close()
		}
	}
	return hex.EncodeToString(sum.Sum(nil)), count.n, err
}

func create(z *zip.Writer, name string, f *Facts) (io.Writer, error) {
	return z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: f.Today.Start().In(time.UTC)})
}

type counter struct {
	to io.Writer
	n  int64
}

func (c *counter) Write(b []byte) (int, error) {
	n, err := c.to.Write(b)
	c.n += int64(n)
	return n, err
}

// safe is the name of a document without what a folder cannot hold.
func safe(one *deal.Document) string {
	name := path.Base(strings.ReplaceAll(one.Name, "\\", "/"))
	name = strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r == '.', r == '-':
			return r
		}
		return '-'
	}, lang.Fold(name))
	return strings.TrimLeft(name, ".-")
}
