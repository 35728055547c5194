package sale

import (
	"bytes"
	"net/http"

	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/web"
	"chonoi/internal/when"
)

// sendMinutes gives the minutes of a sale that is ranked or ended: to the seller and those of the exchange
// with all names, to who bid with places. To others there are none.
func (x *House) sendMinutes(out http.ResponseWriter, r *http.Request) error {
	var m *Minutes
	w := &Writer{Words: web.Words(r), Codes: x.Codes}
	err := web.DB(r).View(r.Context(), func(tx *db.Tx) error {
		a := web.Actor(r)
		s, err := Of(tx, a, r.PathValue("id"))
		if err != nil {
			return err
		}
		mine, err := BiddersFor(tx, s, a)
		if err != nil {
			return err
		}
		inside, own := a.In(s.Owner) || a.SeesAll(), ""
		if len(mine) > 0 {
			own = mine[0].Owner
		}
		ended := s.State == Awarded || s.State == Void
		switch {
		case !inside && own == "":
			return found()
		case !ended && (s.State != Settling || !inside):
			return fault.New(fault.Conflict, "sale.no_minutes")
		}
		if m, err = gather(tx, x.Deals, s, inside, own); err != nil {
			return err
		}
		w.Layout, err = x.Layouts.In("state", when.DayOf(tx.Now))
		return err
	})
	if err != nil {
		return err
	}
	var whole bytes.Buffer
	if err := w.Write(m).WriteDOCX(&whole); err != nil {
		return err
	}
	out.Header().Set("Content-Type", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
	out.Header().Set("Content-Disposition", `attachment; filename="`+m.Sale.Number+`.docx"`)
	out.Header().Set("Cache-Control", "no-store")
	_, err = whole.WriteTo(out)
	return err
}
