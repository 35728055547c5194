package main

import (
	"fmt"
	"io"
	"os"

	"chonoi/internal/app"
	"chonoi/internal/document"
)

type exportCommand struct {
	Kind   string `arg:"" help:"offers, needs or organisations." enum:"offers,needs,organisations"`
	Format string `help:"jsonl, csv or xlsx." enum:"jsonl,csv,xlsx" default:"jsonl"`
	Out    string `short:"o" help:"File to write; standard output when not told." placeholder:"FILE"`
}

// Run writes what everybody may see of a kind of record.
func (c *exportCommand) Run(p *program) error {
	h, err := p.open()
	if err != nil {
		return err
	}
	defer h.Close()
	out := io.Writer(p.out)
	var file *os.File
	if c.Out != "" {
		if file, err = os.Create(c.Out); err != nil {
			return err
		}
		out = file
	}
	bar := p.bar(-1, c.Kind)
	n, err := h.Export(p.ctx, out, app.ExportKind(c.Kind), document.Format(c.Format), func(n int) { _ = bar.Set(n) })
	_ = bar.Finish()
	if file != nil {
		if closed := file.Close(); err == nil {
			err = closed
		}
		if err == nil {
			fmt.Fprintf(p.err, "%s: %d\n", c.Out, n)
		}
	}
	return err
}
