package floor

import (
	"net/http"

	"chonoi/internal/exchange"
	"chonoi/internal/fault"
	"chonoi/internal/field"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
)

// orLead answers for a listing that cannot be opened: one that was public and was merged into another
// one leads to the one that stays, when the reader may see that one. Else the fault stands.
func (s side[T]) orLead(w http.ResponseWriter, r *http.Request, why error) error {
	if fault.KindOf(why) != fault.Gone {
		return why
	}
	id := r.PathValue("id")
	stays, err := s.staysFor(r, id)
	if err != nil {
		return err
	}
	if stays == nil {
		return why
	}
	gone, err := s.Kind.Get(web.Tx(r), id)
	if err != nil {
		return err
	}
	web.Notice(w, r, "floor.merged", "Number", s.Listing(gone).Number)
	return web.Goto(w, r, s.Path(s.Listing(stays).ID))
}

// staysFor returns the listing that stands for one that a merger withdrew; nil when there is none, or
// none that the reader may see.
func (s side[T]) staysFor(r *http.Request, id string) (*T, error) {
	into, err := exchange.MergedInto(web.Tx(r), s.Kind.Name, id)
	if err != nil || into == "" {
		return nil, err
	}
	stays, err := s.Kind.Get(web.Tx(r), into)
	if err != nil {
		return nil, err
	}
	l := s.Listing(stays)
	if exchange.Citable(l.State) {
		return stays, nil
	}
	level, err := s.x.LevelOf(web.Tx(r), web.Actor(r), s.Kind.Name, l)
	if err != nil || level < field.OwnerOnly {
		return nil, err
	}
	return stays, nil
}

// mergedAction leads the owner's people and the house from a merged listing to the one that stays.
func (s side[T]) mergedAction(r *http.Request, l *exchange.Listing) ([]parts.Action, error) {
	if l.State != exchange.Withdrawn {
		return nil, nil
	}
	stays, err := s.staysFor(r, l.ID)
	if err != nil || stays == nil {
		return nil, err
	}
	to := s.Listing(stays)
	return []parts.Action{{Path: s.Path(to.ID), Text: web.T(r, "floor.merged_into", "Number", to.Number), Icon: "arrow-right"}}, nil
}
