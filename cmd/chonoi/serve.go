package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"chonoi/internal/app"
	"chonoi/internal/lang"
)

type serveCommand struct {
	Addr string `help:"Address to listen at." default:"" placeholder:"HOST:PORT"`
}

// Run serves until it is told to stop.
func (c *serveCommand) Run(p *program) error {
	config, err := p.config()
	if err != nil {
		return err
	}
	if c.Addr != "" {
		config.Addr = c.Addr
	}
	return p.serve(config, nil)
}

type demoCommand struct {
	Addr     string `help:"Address to listen at." default:"" placeholder:"HOST:PORT"`
	Reset    bool   `help:"Start the seed city anew: what was in the folder's demonstration is deleted."`
	SeedOnly bool   `help:"Fill the data folder with the seed city and exit."`
}

// Run serves the seed city; it prints the address and a sign-in for each role.
func (c *demoCommand) Run(p *program) error {
	config, err := p.config()
	if err != nil {
		return err
	}
	if c.Addr != "" {
		config.Addr = c.Addr
	}
	config.Demo = true
	if p.Data == "" {
		config.Data = filepath.Join(config.Data, "demo") // never among real data
	}
	if c.Reset {
		if err := reset(config); err != nil {
			return err
		}
	}
	if c.SeedOnly {
		h, err := app.Open(p.ctx, config, p.log())
		if err != nil {
			return err
		}
		return errors.Join(h.Seed(p.ctx), h.Close())
	}
	return p.serve(config, func(h *app.House) error { return h.Seed(p.ctx) })
}

// reset deletes what a demonstration left in its folder. It touches nothing that is not a
// demonstration's.
func reset(c app.Config) error {
	if c.Database != "" {
		return errors.New("--reset deletes the embedded database only; empty the PostgreSQL database yourself")
	}
	if _, err := os.Stat(filepath.Join(c.Data, app.DemoMark)); errors.Is(err, fs.ErrNotExist) {
		if _, err := os.Stat(filepath.Join(c.Data, "chonoi.db")); err == nil {
			return fmt.Errorf("%s holds no demonstration: nothing was deleted", c.Data)
		}
		return nil
	}
	for _, name := range []string{"chonoi.db", "chonoi.db-wal", "chonoi.db-shm", "files", "letters", app.DemoMark} {
		if err := os.RemoveAll(filepath.Join(c.Data, name)); err != nil {
			return err
		}
	}
	return nil
}

// serve opens the house and its doors; prepare may fill it first.
func (p *program) serve(c app.Config, prepare func(*app.House) error) error {
	h, err := app.Open(p.ctx, c, p.log())
	if err != nil {
		return err
	}
	defer h.Close()
	if prepare != nil {
		if err := prepare(h); err != nil {
			return err
		}
	}
	bar := p.bar(-1, "index")
	doors, err := h.OpenDoors(p.ctx, func(n int) { _ = bar.Set(n) })
	_ = bar.Finish()
	if err != nil {
		return err
	}
	return doors.Run(p.ctx, func(string) {
		fmt.Fprintln(p.out, h.Base())
		if c.Demo {
			p.introduce(h)
		}
	})
}

// introduce prints who may sign in to the demonstration.
func (p *program) introduce(h *app.House) {
	fmt.Fprintln(p.out, h.Words.T(lang.Tag(p.Lang), "demo.sign_ins", "Password", app.DemoPassword))
	for _, one := range app.DemoPeople() {
		fmt.Fprintf(p.out, "  %-34s %s\n", one.Email, h.Words.T(lang.Tag(p.Lang), one.Part))
	}
}
