package main

import (
	"fmt"
	"os"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/document"
	"chonoi/internal/lang"
	"chonoi/internal/registry"
	"chonoi/internal/when"
)

type importBodies struct {
	File    string `arg:"" help:"List of communes with the columns code, kind (phuong or xa), name_vi." type:"existingfile"`
	Class   string `help:"Key of the class that the bodies join."`
	WordsVi string `help:"Words of the class in Vietnamese; adds the class when there is none."`
	WordsEn string `help:"Words of the class in English."`
	From    string `help:"First day on which the bodies exist and belong to the class (yyyy-mm-dd)."`
	Body    string `help:"What each commune gets: party_committee, peoples_committee or ward_commune." enum:"party_committee,peoples_committee,ward_commune" default:"party_committee"`
	Under   string `help:"Id of the body that they stand under."`
	Place   string `help:"Code of the province or city in the list of places." default:"can_tho"`
	JSON    bool   `help:"Print JSON."`
}

// Run makes the bodies of a list of communes.
func (c *importBodies) Run(p *program) error {
	from, err := when.ParseDay(c.From)
	if err != nil {
		return err
	}
	h, err := p.open()
	if err != nil {
		return err
	}
	defer h.Close()
	if !h.Codes.Has("places", c.Place) {
		return fmt.Errorf("%s is not in the list of places", c.Place)
	}
	file, err := os.Open(c.File)
	if err != nil {
		return err
	}
	defer file.Close()
	table, err := document.OpenTable(c.File, file, document.Options{})
	if err != nil {
		return err
	}
	defer table.Close()
	actor := account.Actor{ID: "import", Roles: []account.Role{account.Officer}}
	if err := c.addClass(p, h.DB, actor); err != nil {
		return err
	}
	bar := p.bar(-1, c.File)
	taken, err := registry.Communes{Actor: actor, Body: c.Body, Class: c.Class, Under: c.Under, Place: c.Place, From: from, Words: h.Words}.
		Import(p.ctx, h.DB, table, lang.Tag(p.Lang), func(done, total int64) {
			if total > 0 && bar.GetMax64() != total {
				bar.ChangeMax64(total)
			}
			_ = bar.Set64(done)
		})
	_ = bar.Finish()
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(p.out, taken)
	}
	for _, one := range taken.Bad {
		p.print("body.row_told", "Row", one.Row, "What", one.What)
	}
	p.print("body.imported", "File", c.File, "New", taken.New, "Same", taken.Same, "Bad", len(taken.Bad))
	return nil
}

// addClass adds the class when its words were told and there is none of that key.
func (c *importBodies) addClass(p *program, d *db.DB, actor account.Actor) error {
	if c.Class == "" || c.WordsVi == "" {
		return nil
	}
	return d.Update(p.ctx, func(tx *db.Tx) error {
		have, err := registry.Classes(tx, c.Class)
		if err != nil || len(have) > 0 {
			return err
		}
		return registry.AddClass(tx, actor.ID, registry.Class{Key: c.Class, Words: lang.Both{Vi: c.WordsVi, En: c.WordsEn}})
	})
}
