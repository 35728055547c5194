package inspection

import (
	"net/http"

	"chonoi/internal/account"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/programme"
	"chonoi/internal/programme/shown"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

// forOpinion is the purpose of the tickets with which an address is confirmed.
const forOpinion = "opinion"

// unsaid is an opinion whose author has not confirmed the address yet.
type unsaid struct {
	Plan, Clause, Words, Name, Email string
	Locale                           lang.Tag
}

func (u *unsaid) opinion() *programme.Opinion {
	return &programme.Opinion{Plan: u.Plan, Clause: u.Clause, Words: u.Words, Name: u.Name}
}

// askToConfirm sends a visitor a letter whose link sends the opinion: until then nothing is kept of it
// but the letter's ticket.
func (d doors) askToConfirm(r *http.Request, o *programme.Opinion, email string) error {
	err := programme.CheckOpinion(web.Tx(r), account.Actor{}, o)
	f, isFault := fault.As(err)
	if err != nil && (!isFault || f.Kind != fault.Invalid) {
		return err
	}
	if _, amiss := account.EmailKey(email); amiss != nil {
		if f == nil {
			f = fault.New(fault.Invalid, "opinion.invalid")
		}
		f.At("email", "opinion.email_invalid")
	}
	if f != nil {
		return f
	}
	v := account.Visit{Address: web.Address(r)}
	told := unsaid{Plan: o.Plan, Clause: o.Clause, Words: o.Words, Name: o.Name, Email: lang.Clean(email), Locale: web.Lang(r)}
	return d.accounts.AskToConfirm(web.Tx(r), email, web.Lang(r), "opinion_confirm", "/opinion-links/", forOpinion, told, v)
}

// linkView is what the page behind the link of a letter is drawn from.
type linkView struct{ Path, Words, Name, Clause string }

func (d doors) showLink(w http.ResponseWriter, r *http.Request) error {
	var u unsaid
	if _, err := account.Look(web.Tx(r), r.PathValue("token"), forOpinion, &u); err != nil {
		return err
	}
	v := linkView{Path: web.Path(r), Words: u.Words, Name: u.Name, Clause: u.Clause}
	if v.Name == "" {
		v.Name = web.T(r, "opinion.nameless")
	}
	return web.Show(w, r, web.Page{Title: web.T(r, "opinion.confirm_title"), NoIndex: true, NoTwin: true}, linkPage(v))
}

// confirm takes the ticket of a letter back and keeps the opinion; it is looked at before it is shown.
func (d doors) confirm(w http.ResponseWriter, r *http.Request) error {
	var u unsaid
	if _, err := account.Redeem(web.Tx(r), r.PathValue("token"), forOpinion, &u); err != nil {
		return err
	}
	if err := programme.SayByLetter(web.Tx(r), u.opinion(), u.Email, u.Locale); err != nil {
		return err
	}
	web.Notice(w, r, "opinion.said")
	return web.Goto(w, r, shown.ClauseAddress(u.Plan, u.Clause))
}

// authorOf returns where the author of an opinion is told what became of it; "" when nobody is to be
// told any more.
func (d doors) authorOf(r *http.Request, o *programme.Opinion) (email string, tag lang.Tag, err error) {
	if o.By == programme.ByLetter {
		return programme.TakeAuthor(web.Tx(r), o.ID)
	}
	who, err := d.accounts.Get(web.Tx(r), o.By)
	if fault.KindOf(err) == fault.NotFound {
		return "", "", nil
	}
	if err != nil || !who.Suspended.IsZero() || !who.Closed.IsZero() {
		return "", "", err
	}
	return who.Email, who.Locale, nil
}

func (d doors) tellRefused(r *http.Request, o *programme.Opinion, refusal string) error {
	email, tag, err := d.authorOf(r, o)
	if err != nil || email == "" {
		return err
	}
	words := web.Words(r)
	reason := lang.Both{Vi: words.T(lang.Vi, "refusal."+refusal), En: words.T(lang.En, "refusal."+refusal)}
	return d.accounts.Send(web.Tx(r), email, tag, "opinion_refused", "Number", o.Number, "Clause", o.Clause, "Reason", reason, "Words", o.Words)
}

func (d doors) tellAnswered(r *http.Request, o *programme.Opinion, body string) error {
	email, tag, err := d.authorOf(r, o)
	if err != nil || email == "" {
		return err
	}
	names, err := d.Bodies.Names(web.Tx(r), when.DayOf(web.Tx(r).Now), body)
	if err != nil {
		return err
	}
	link := web.BaseURL(r) + parts.InTongue(tag, shown.ClauseAddress(o.Plan, o.Clause))
	return d.accounts.Send(web.Tx(r), email, tag, "opinion_answered", "Number", o.Number, "Clause", o.Clause, "Body", names[body], "Link", link)
}
