package post

import (
	"net/http"
	"slices"

	"chonoi/internal/exchange"
	"chonoi/internal/field"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
)

// previewLevels are the readers as whom the owner may look at the own listing.
var previewLevels = []field.Level{field.Public, field.SignedIn, field.Enquiry, field.NDA}

func (s side[T]) previews(r *http.Request, id, now string) []parts.Link {
	var all []parts.Link
	for _, level := range previewLevels {
		link := parts.Link{Path: s.Path(id) + "/preview?as=" + level.Code(), Text: s.x.Codes.Name("visibility_levels", level.Code()).In(web.Lang(r))}
		if level.Code() == now {
			link.Path = ""
		}
		all = append(all, link)
	}
	return all
}

// previewing is the banner above a preview.
type previewing struct {
	Text   string
	Others []parts.Link
	Back   string
}

// showPreview shows the page of a listing as somebody of another level sees it.
func (s side[T]) showPreview(w http.ResponseWriter, r *http.Request) error {
	rec, err := s.Mine(web.Tx(r), web.Actor(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	level := field.LevelOf(web.Form(r).Text("as"))
	if !slices.Contains(previewLevels, level) {
		level = field.Public
	}
	seen := s.See(rec, level)
	v, err := s.Sheet(r, seen, level)
	if err != nil {
		return err
	}
	v.Actions, v.History = nil, ""
	id := s.Listing(rec).ID
	who := s.x.Codes.Name("visibility_levels", level.Code())
	banner := previewing{Text: web.T(r, "preview.as", "Who", who), Others: s.previews(r, id, level.Code()), Back: s.Path(id)}
	if exchange.Editable(s.Listing(rec).State) {
		banner.Back = s.EditPath(id, len(s.Steps()))
	}
	page := web.Page{Title: web.T(r, "preview.title", "Title", v.Title), Section: "/desk/mine", NoIndex: true,
		Crumbs: []parts.Crumb{{Path: "/desk/mine", Text: web.T(r, "mine.title")}, {Path: s.Path(id), Text: s.Listing(rec).Number}, {Text: web.T(r, "preview.short")}}}
	return web.Show(w, r, page, previewPage(banner, v))
}
