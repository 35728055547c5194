package main

import (
	"fmt"
	"os"

	"chonoi/internal/app"
	"chonoi/internal/document"
	"chonoi/internal/exchange"
	"chonoi/internal/exchange/intake"
	"chonoi/internal/lang"
)

type importCommand struct {
	Offers importOffers `cmd:"" help:"Import offers from JSONL, JSONL.gz, CSV or XLSX files."`
	Needs  importNeeds  `cmd:"" help:"Import needs from JSONL, JSONL.gz, CSV or XLSX files."`
	Bodies importBodies `cmd:"" help:"Make the bodies of a list of communes (CSV or XLSX), and put them into a class."`
}

// importFlags are what both imports may be told.
type importFlags struct {
	Files        []string `arg:"" name:"file" help:"Files to read." type:"existingfile"`
	Source       string   `help:"Name of the source; a row is known again by source and id." default:"import"`
	Organisation string   `help:"Id of the organisation on this exchange that the listings belong to; none for a foreign catalogue."`
	Mapping      string   `help:"A file that says which column fills which field, as --save-mapping writes it." type:"existingfile" placeholder:"FILE"`
	SaveMapping  string   `help:"Write the mapping that is used to this file (TOML)." placeholder:"FILE"`
	Tongue       string   `name:"text-lang" help:"Tongue of texts whose row does not say: vi or en; guessed when not told." enum:"vi,en," default:""`
	DryRun       bool     `help:"Say what would happen and change nothing."`
	JSON         bool     `help:"Print JSON."`
}

type importOffers struct{ importFlags }
type importNeeds struct{ importFlags }

// Run imports offers.
func (c *importOffers) Run(p *program) error {
	return runImport(p, c.importFlags, func(h *app.House) *exchange.Shelf[exchange.Offer] { return h.Exchange.Offers })
}

// Run imports needs.
func (c *importNeeds) Run(p *program) error {
	return runImport(p, c.importFlags, func(h *app.House) *exchange.Shelf[exchange.Need] { return h.Exchange.Needs })
}

// imported is what one file came to.
type imported struct {
	File    string            `json:"file"`
	Mapping map[string]string `json:"mapping"`
	Unused  []string          `json:"unused"`
	exchange.Counts
	Errors string `json:"errors,omitempty"` // the file of bad rows
}

func runImport[T any](p *program, flags importFlags, shelf func(*app.House) *exchange.Shelf[T]) error {
	h, err := p.open()
	if err != nil {
		return err
	}
	defer h.Close()
	var all []imported
	for _, path := range flags.Files {
		one, err := importFile(p, h, shelf(h), flags, path)
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		all = append(all, one)
		if !flags.JSON {
			fmt.Fprintln(p.out, h.Words.T(lang.Tag(p.Lang), "import.done", "File", path, "New", one.New, "Changed", one.Changed, "Same", one.Same, "Bad", one.Bad))
			if one.Errors != "" {
				fmt.Fprintln(p.out, h.Words.T(lang.Tag(p.Lang), "import.errors_at", "File", one.Errors))
			}
		}
	}
	if flags.JSON {
		return printJSON(p.out, all)
	}
	return nil
}

func importFile[T any](p *program, h *app.House, s *exchange.Shelf[T], flags importFlags, path string) (imported, error) {
	result := imported{File: path}
	file, err := os.Open(path)
	if err != nil {
		return result, err
	}
	defer file.Close()
	table, err := document.OpenTable(path, file, document.Options{})
	if err != nil {
		return result, err
	}
	defer table.Close()
	mapping, err := mappingOf(table, intake.Targets(s, h.Words), flags)
	if err != nil {
		return result, err
	}
	result.Mapping, result.Unused = mapping.Columns, mapping.Unused
	if !flags.JSON {
		if err := mapping.Print(p.out, h.Words, lang.Tag(p.Lang)); err != nil {
			return result, err
		}
	}
	errorsPath := path + ".errors.xlsx"
	bar := p.bar(-1, path)
	var out *os.File
	result.Counts, err = intake.TakeIn(p.ctx, h.DB, s, intake.File{
		Batch: exchange.Batch{Actor: "import", Source: flags.Source, Owner: flags.Organisation, Dry: flags.DryRun},
		Table: table, Mapping: mapping, Tongue: lang.Tag(flags.Tongue),
		Bad: func() (*document.Errors, error) {
			if out, err = os.Create(errorsPath); err != nil {
				return nil, err
			}
			result.Errors = errorsPath
			return document.NewErrors(out, h.Words, table.Columns())
		},
		Progress: func(done, total int64) {
			if total > 0 && bar.GetMax64() != total {
				bar.ChangeMax64(total)
			}
			_ = bar.Set64(done)
		},
	})
	_ = bar.Finish()
	if out != nil {
		if closed := out.Close(); err == nil {
			err = closed
		}
	}
	return result, err
}

// mappingOf reads the told mapping, or guesses one, and saves it where that is asked.
func mappingOf(table *document.Table, targets []document.Target, flags importFlags) (document.Mapping, error) {
	mapping := document.GuessMapping(table.Columns(), targets)
	if flags.Mapping != "" {
		file, err := os.Open(flags.Mapping)
		if err != nil {
			return mapping, err
		}
		defer file.Close()
		told, err := document.ReadMapping(file)
		if err != nil {
			return mapping, err
		}
		mapping = told.For(table.Columns(), targets)
	}
	if flags.SaveMapping == "" {
		return mapping, nil
	}
	file, err := os.Create(flags.SaveMapping)
	if err != nil {
		return mapping, err
	}
	if err := mapping.WriteTOML(file); err != nil {
		file.Close()
		return mapping, err
	}
	return mapping, file.Close()
}
