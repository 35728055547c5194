package room

import (
	"net/http"
	"strconv"

	"chonoi/internal/exchange/deal"
	"chonoi/internal/fault"
	"chonoi/internal/web"
)

// done comes back to the room after an act, or shows it with what is amiss.
func (d doors) done(w http.ResponseWriter, r *http.Request, one *deal.Room, err error, notice string) error {
	faults, rest := web.Faults(r, err)
	if rest != nil {
		return rest
	}
	if faults.Any() {
		return d.draw(w, r, one, web.Form(r), faults)
	}
	web.Notice(w, r, notice)
	return web.Goto(w, r, "/deals/"+one.ID)
}

// enter returns the room of a request.
func (d doors) enter(r *http.Request) (*deal.Room, error) {
	return deal.Enter(web.Tx(r), web.Actor(r), r.PathValue("id"))
}

func (d doors) write(w http.ResponseWriter, r *http.Request) error {
	one, err := d.enter(r)
	if err != nil {
		return err
	}
	form := web.Form(r)
	e := deal.Entry{Kind: form.Text("kind"), Words: form.Long("words")}
	var ok bool
	if e.Held, ok = form.Day("held_on"); !ok {
		err = fault.New(fault.Invalid, "deal.invalid").At("held_on", "field.not_a_day")
	} else {
		err = d.Write(web.Tx(r), web.Actor(r), one, e, form.On("own"))
	}
	return d.done(w, r, one, err, "deal.kept")
}

func (d doors) propose(w http.ResponseWriter, r *http.Request) error {
	one, err := d.enter(r)
	if err != nil {
		return err
	}
	form := web.Form(r)
	until, ok := form.Day("until")
	if !ok {
		err = fault.New(fault.Invalid, "deal.invalid").At("until", "field.not_a_day")
	} else {
		err = d.Propose(web.Tx(r), web.Actor(r), one, form.Long("agreement"), until)
	}
	return d.done(w, r, one, err, "deal.kept")
}

func (d doors) sign(w http.ResponseWriter, r *http.Request) error {
	one, err := d.enter(r)
	if err != nil {
		return err
	}
	return d.done(w, r, one, d.Sign(web.Tx(r), web.Actor(r), one, web.Form(r).Text("digest")), "deal.kept")
}

func (d doors) declineNDA(w http.ResponseWriter, r *http.Request) error {
	one, err := d.enter(r)
	if err != nil {
		return err
	}
	return d.done(w, r, one, d.DeclineNDA(web.Tx(r), web.Actor(r), one, web.Form(r).Text("digest")), "deal.kept")
}

func (d doors) skip(w http.ResponseWriter, r *http.Request) error {
	one, err := d.enter(r)
	if err != nil {
		return err
	}
	return d.done(w, r, one, d.Skip(web.Tx(r), web.Actor(r), one), "deal.kept")
}

func (d doors) stop(w http.ResponseWriter, r *http.Request) error {
	one, err := d.enter(r)
	if err != nil {
		return err
	}
	form := web.Form(r)
	return d.done(w, r, one, d.Stop(web.Tx(r), web.Actor(r), one, form.Text("reason"), form.Long("note")), "deal.stopped")
}

// version returns the number of a version in an address; 0 for none.
func version(r *http.Request) int64 {
	n, err := strconv.ParseInt(r.PathValue("n"), 10, 64)
	if err != nil {
		return 0
	}
	return n
}

func (d doors) acceptAll(w http.ResponseWriter, r *http.Request) error {
	one, err := d.enter(r)
	if err != nil {
		return err
	}
	return d.done(w, r, one, d.AcceptTerms(web.Tx(r), web.Actor(r), one, version(r), web.Form(r).Text("digest")), "deal.agreed")
}

func (d doors) acceptClause(w http.ResponseWriter, r *http.Request) error {
	one, err := d.enter(r)
	if err != nil {
		return err
	}
	return d.done(w, r, one, d.AcceptClause(web.Tx(r), web.Actor(r), one, version(r), web.Form(r).Text("digest"), r.PathValue("clause")), "deal.kept")
}

func (d doors) withdraw(w http.ResponseWriter, r *http.Request) error {
	one, err := d.enter(r)
	if err != nil {
		return err
	}
	return d.done(w, r, one, d.WithdrawOffer(web.Tx(r), web.Actor(r), one, version(r), web.Form(r).Text("digest")), "deal.kept")
}
