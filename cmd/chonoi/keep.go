package main

import (
	"errors"
	"fmt"
	"runtime/debug"

	"chonoi/internal/ledger"
)

type migrateCommand struct {
	JSON bool `help:"Print JSON."`
}

// Run brings the tables up to date; opening the house does that, and this says what is so.
func (c *migrateCommand) Run(p *program) error {
	h, err := p.open()
	if err != nil {
		return err
	}
	defer h.Close()
	if c.JSON {
		return printJSON(p.out, map[string]any{"engine": h.DB.Engine(), "applied": h.Applied})
	}
	fmt.Fprintf(p.out, "%s: %d\n", h.DB.Engine(), h.Applied)
	return nil
}

type verifyCommand struct {
	JSON bool `help:"Print JSON."`
}

// Run recomputes the ledger; a broken chain is a failure.
func (c *verifyCommand) Run(p *program) error {
	h, err := p.open()
	if err != nil {
		return err
	}
	defer h.Close()
	bar := p.bar(-1, "verify")
	report, err := ledger.Verify(p.ctx, h.DB, func(n int64) {
		if n%1000 == 0 {
			_ = bar.Set64(n)
		}
	})
	_ = bar.Finish()
	if err != nil {
		return err
	}
	if c.JSON {
		err = printJSON(p.out, report)
	} else {
		fmt.Fprintf(p.out, "%d entries, %d erased, head %s\n", report.Entries, report.Erased, report.Head)
	}
	if !report.Whole() {
		return errors.Join(err, fmt.Errorf("the ledger is broken at entry %d (%s)", report.Broken, report.Reason))
	}
	return err
}

type configCommand struct {
	JSON bool `help:"Print JSON (this is the default form)." default:"true" negatable:""`
}

// Run shows the configuration in force, without passwords.
func (c *configCommand) Run(p *program) error {
	config, err := p.config()
	if err != nil {
		return err
	}
	return printJSON(p.out, config.Shown())
}

type keyCommand struct {
	Adopt keyAdopt `cmd:"" help:"Take the key told now, or a new one, in place of one that is lost for good; second factors sealed with that one must be set up again."`
}

type keyAdopt struct{}

// Run makes the key told now the installation's own and prints its fingerprint.
func (c *keyAdopt) Run(p *program) error {
	h, err := p.open()
	if err != nil {
		return err
	}
	defer h.Close()
	told, err := h.AdoptKey(p.ctx)
	if err != nil {
		return err
	}
	return printJSON(p.out, told)
}

type versionCommand struct {
	JSON bool `help:"Print JSON."`
}

// Run says which version this is and what it was built with.
func (c *versionCommand) Run(p *program) error {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return errors.New("this binary does not say what it was built from")
	}
	version := map[string]string{"version": info.Main.Version, "go": info.GoVersion}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" || s.Key == "vcs.time" {
			version[s.Key] = s.Value
		}
	}
	if c.JSON {
		return printJSON(p.out, version)
	}
	fmt.Fprintf(p.out, "chonoi %s (%s)\n", version["version"], version["go"])
	return nil
}
