package exchange

import (
	"net/http"
	"slices"

	"chonoi/internal/field"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
)

// previewLevels are the readers as whom the owner may look at the own listing.
var previewLevels = []field.Level{field.Public, field.SignedIn, field.Enquiry, field.NDA}

func (s *Shelf[T]) previews(r *http.Request, id, now string) []parts.Link {
	var all []parts.Link
	for _, level := range previewLevels {
		link := parts.Link{Path: s.path(id) + "/preview?as=" + level.Code(), Text: s.x.Codes.Name("visibility_levels", level.Code()).In(web.Lang(r))}
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
func (s *Shelf[T]) showPreview(w http.ResponseWriter, r *http.Request) error {
	rec, err := s.Mine(web.Tx(r), web.Actor(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	level := field.LevelOf(web.Form(r).Text("as"))
	if !slices.Contains(previewLevels, level) {
		level = field.Public
	}
	seen := s.See(rec, level)
	v, err := sheetOf(s, r, seen, level)
	if err != nil {
		return err
	}
	s.x.fillSheet(r, seen, &v)
	v.Actions, v.History = nil, ""
	id := s.Listing(rec).ID
	who := s.x.Codes.Name("visibility_levels", level.Code())
	banner := previewing{Text: web.T(r, "preview.as", "Who", who), Others: s.previews(r, id, level.Code()), Back: s.path(id)}
	if editable(s.Listing(rec).State) {
		banner.Back = s.editPath(id, len(s.Steps()))
	}
	page := web.Page{Title: web.T(r, "preview.title", "Title", v.Title), Section: "/desk/mine", NoIndex: true,
		Crumbs: []parts.Crumb{{Path: "/desk/mine", Text: web.T(r, "mine.title")}, {Path: s.path(id), Text: s.Listing(rec).Number}, {Text: web.T(r, "preview.short")}}}
	return web.Show(w, r, page, previewPage(banner, v))
}

// fillSheet adds to a sheet what its kind of listing has of its own.
func (x *Exchange) fillSheet(r *http.Request, rec any, v *sheet) {
	switch one := rec.(type) {
	case *Offer:
		v.Key, v.KeyName, v.KeyNote = x.priceText(r, one), web.T(r, "offer.price"), one.Royalty.In(web.Lang(r))
		v.Facts = x.offerFacts(r, one)
	case *Need:
		v.KeyName, v.Key = web.T(r, "need.budget"), budgetText(r, one)
		v.Facts = x.needFacts(r, one)
	}
}

// ownActions are what the owner may do with a listing, on its page.
func (s *Shelf[T]) ownActions(r *http.Request, l *Listing) []parts.Action {
	if !web.Actor(r).In(l.Owner) {
		return nil
	}
	var list []parts.Action
	if editable(l.State) {
		list = append(list, parts.Action{Path: s.editPath(l.ID, 1), Text: web.T(r, "listing.edit"), Icon: "pencil"})
	}
	if _, err := Next(l.State, "renewal"); err == nil {
		kind := "line"
		if l.State == Expiring || l.State == Expired {
			kind = ""
		}
		list = append(list, parts.Action{Path: s.path(l.ID) + "/renewal", Text: web.T(r, "listing.renew"), Kind: kind, Icon: "refresh-cw"})
	}
	list = append(list, parts.Action{Path: s.path(l.ID) + "/preview?as=public", Text: web.T(r, "listing.preview"), Kind: "line", Icon: "eye"})
	if _, err := Next(l.State, "withdrawal"); err == nil {
		list = append(list, parts.Action{Path: s.path(l.ID) + "/withdrawal", Text: web.T(r, "listing.withdraw"), Kind: "line", Icon: "undo-2"})
	} else if _, err := Next(l.State, "reopening"); err == nil {
		list = append(list, parts.Action{Path: s.path(l.ID) + "/withdrawal", Text: web.T(r, "listing.reopen"), Icon: "undo-2"})
	}
	return list
}
