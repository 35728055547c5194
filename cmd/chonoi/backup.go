package main

import (
	"fmt"

	"chonoi/internal/app"
	"chonoi/internal/lang"
)

type backupCommand struct {
	File        string `arg:"" help:"Archive to write (ZIP); it must not be there yet."`
	Files       bool   `help:"Take in the files of the data folder." default:"true" negatable:""`
	BucketFiles bool   `help:"Take in files that lie in an S3 bucket, which mostly has a backup of its own."`
	JSON        bool   `help:"Print JSON."`
}

// Run writes an archive of one consistent state, while the server may run.
func (c *backupCommand) Run(p *program) error {
	config, err := p.config()
	if err != nil {
		return err
	}
	m, err := app.Backup(p.ctx, config, c.File, app.BackupOptions{NoFiles: !c.Files, BucketFiles: c.BucketFiles}, p.steps("backup"))
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(p.out, short(m))
	}
	p.print("backup.done", "Rows", rows(m), "Files", m.Files, "Jobs", m.Jobs, "File", c.File)
	if n := len(m.Missing); n > 0 {
		p.print("backup.missing", "N", n)
	}
	if m.Ledger.Broken > 0 {
		p.print("backup.ledger_broken", "N", int(m.Ledger.Broken))
	}
	return nil
}

type restoreCommand struct {
	File string `arg:"" help:"Archive to read." type:"path"`
	JSON bool   `help:"Print JSON."`
}

// Run puts an archive into an empty deployment.
func (c *restoreCommand) Run(p *program) error {
	config, err := p.config()
	if err != nil {
		return err
	}
	m, err := app.Restore(p.ctx, config, c.File, p.steps("restore"))
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(p.out, short(m))
	}
	p.print("backup.restored", "Rows", rows(m), "Files", m.Files, "Jobs", m.Jobs, "Entries", m.Ledger.Entries, "Head", m.Ledger.Head)
	return nil
}

// steps moves a progress bar, which knows its length once all is told.
func (p *program) steps(what string) func(done, all int64) {
	bar := p.bar(-1, what)
	return func(done, all int64) {
		if all > 0 && bar.GetMax64() != all {
			bar.ChangeMax64(all)
		}
		_ = bar.Set64(done)
		if done == all {
			_ = bar.Finish()
		}
	}
}

// print says a text in the reader's tongue.
func (p *program) print(key string, args ...any) {
	words, err := app.Words()
	if err != nil {
		fmt.Fprintln(p.err, err)
		return
	}
	fmt.Fprintln(p.out, words.T(lang.Tag(p.Lang), key, args...))
}

// short is a manifest without the list of its parts.
func short(m app.Manifest) app.Manifest {
	m.Parts = nil
	return m
}

func rows(m app.Manifest) (n int64) {
	for _, table := range m.Rows {
		n += table
	}
	return n
}
