package app

import (
	"errors"
	"io/fs"
	"net/http"

	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
)

// letterList is the page of letters of the demonstration.
type letterList struct {
	Table   parts.Table
	Nothing *parts.Empty
}

// letterPage is one letter of the demonstration.
type letterPage struct{ Subject, To, At, Text, Tongue string }

// showLetters lists the letters that were sent to the reader. Only the demonstration has this page.
func (h *House) showLetters(w http.ResponseWriter, r *http.Request) error {
	kept, err := h.Letters.List(500)
	if err != nil {
		return err
	}
	v := letterList{Table: parts.Table{Label: web.T(r, "letters.title"), Cards: true, Columns: []parts.Column{{Title: web.T(r, "letters.subject")}, {Title: web.T(r, "letters.at")}}}}
	for _, one := range kept {
		if one.To == web.Actor(r).Email {
			v.Table.Rows = append(v.Table.Rows, []parts.Cell{{Text: one.Subject, Path: "/mail/" + one.ID}, {Text: lang.DateTime(web.Lang(r), one.Sent)}})
		}
	}
	if len(v.Table.Rows) == 0 {
		v.Nothing = &parts.Empty{Title: web.T(r, "letters.nothing"), Text: web.T(r, "letters.nothing_help")}
	}
	return web.Show(w, r, web.Page{Title: web.T(r, "letters.title"), NoIndex: true, Crumbs: []parts.Crumb{{Text: web.T(r, "letters.title")}}}, lettersBody(v))
}

// showLetter shows one letter to the person it was sent to.
func (h *House) showLetter(w http.ResponseWriter, r *http.Request) error {
	one, err := h.Letters.Read(r.PathValue("id"))
	if errors.Is(err, fs.ErrNotExist) || (err == nil && one.To != web.Actor(r).Email) || fault.KindOf(err) == fault.NotFound {
		return fault.New(fault.NotFound, "record.not_found")
	}
	if err != nil {
		return err
	}
	v := letterPage{Subject: one.Subject, To: one.To, At: lang.DateTime(web.Lang(r), one.Sent), Text: one.Text, Tongue: string(one.Tag)}
	page := web.Page{Title: one.Subject, NoIndex: true, Crumbs: []parts.Crumb{{Path: "/mail", Text: web.T(r, "letters.title")}, {Text: one.Subject}}}
	return web.Show(w, r, page, letterBody(v))
}
