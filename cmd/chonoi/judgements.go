package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"chonoi/internal/app"
	"chonoi/internal/db"
)

// judgements writes what people said of matches as a collection by which a search can be measured.
func (c *matchCommand) judgements(p *program, h *app.House) error {
	if err := os.MkdirAll(c.Judgements, 0o750); err != nil {
		return err
	}
	var files []*os.File
	judged := 0
	err := h.DB.View(p.ctx, func(tx *db.Tx) error {
		set, err := h.Matches.TestSet(tx)
		if err != nil {
			return err
		}
		judged = set.Judged()
		return set.Write(func(name string) (io.Writer, error) {
			file, err := os.Create(filepath.Join(c.Judgements, name))
			if err == nil {
				files = append(files, file)
			}
			return file, err
		})
	})
	for _, file := range files {
		if closed := file.Close(); err == nil {
			err = closed
		}
	}
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(p.out, map[string]any{"dir": c.Judgements, "judged": judged})
	}
	fmt.Fprintf(p.out, "%s: %d\n", c.Judgements, judged)
	return nil
}
