package reception

import (
	"net/http"
	"time"

	"chonoi/internal/account"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
)

// afterwards is where people go when they did not say where they wanted to.
const afterwards = "/account"

// signInView is what the sign-in page is drawn from.
type signInView struct {
	email, next string
	provider    string // what the identity provider is called, "" for none
	help        Help
	faults      parts.Faults
}

func (x *Reception) signInView(r *http.Request) signInView {
	v := signInView{email: web.Form(r).Text("email"), next: web.Next(r, afterwards), help: x.help()}
	if x.provider != nil {
		v.provider = x.provider.Label.In(web.Lang(r))
	}
	return v
}

func (x *Reception) showSignIn(w http.ResponseWriter, r *http.Request) error {
	return x.drawSignIn(w, r, http.StatusOK, x.signInView(r))
}

func (x *Reception) drawSignIn(w http.ResponseWriter, r *http.Request, status int, v signInView) error {
	page := web.Page{Title: web.T(r, "reception.sign_in"), Scripts: []string{"js/passkey.js"}, Status: status, Amiss: v.faults.Any()}
	return web.Show(w, r, page, signInPage(v))
}

// signIn takes e-mail and password.
func (x *Reception) signIn(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return fault.New(fault.Invalid, "web.unreadable_form")
	}
	var entry account.Entry
	err := error(fault.New(fault.Invalid, "account.check_fields").At("password", "reception.password_needed"))
	if password := r.PostFormValue("password"); password != "" {
		entry, err = x.SignInByPassword(r.Context(), web.DB(r), web.Form(r).Text("email"), password, visit(r))
	}
	if err != nil {
		return x.amissSignIn(w, r, err)
	}
	return welcome(w, r, entry, web.Next(r, afterwards))
}

// amissSignIn shows the sign-in page again with what was typed and what is amiss.
func (x *Reception) amissSignIn(w http.ResponseWriter, r *http.Request, err error) error {
	v := x.signInView(r)
	status, rest := 0, error(nil)
	if v.faults, status, rest = amiss(r, err); rest != nil {
		return rest
	}
	return x.drawSignIn(w, r, status, v)
}

// amiss returns what to tell above a form for a refusal that waiting or another way may mend.
func amiss(r *http.Request, err error) (faults parts.Faults, status int, rest error) {
	f, ok := fault.As(err)
	if !ok {
		return faults, 0, err
	}
	switch f.Kind {
	case fault.TooMany, fault.Forbidden, fault.Unavailable:
		return parts.Faults{Title: web.T(r, f.Key, f.Args...)}, int(f.Kind), nil
	}
	faults, rest = web.Faults(r, err)
	return faults, int(f.Kind), rest
}

// visit tells account who is at the door.
func visit(r *http.Request) account.Visit {
	return account.Visit{Agent: lang.Clean(r.UserAgent()), Address: web.Address(r), Token: web.SessionToken(r)}
}

const secondCookie = "second" // holds the ticket between password and second factor

// welcome gives the browser its session and leads on, or asks for the second factor.
func welcome(w http.ResponseWriter, r *http.Request, entry account.Entry, next string) error {
	if entry.Next != "" {
		next = entry.Next
	}
	if entry.Second != "" {
		keep(w, r, secondCookie, entry.Second, 10*time.Minute)
		return web.GotoExactly(w, r, parts.InTongue(web.Lang(r), "/sign-in/code")+nextQuery(next))
	}
	web.SetSession(w, r, entry.Token, entry.Lasts)
	return web.GotoExactly(w, r, next)
}

// keep gives the browser a cookie for the next step of a sign-in; a negative life takes it back.
func keep(w http.ResponseWriter, r *http.Request, name, value string, life time.Duration) {
	http.SetCookie(w, &http.Cookie{
		Name: name, Value: value, Path: "/", MaxAge: int(life / time.Second),
		HttpOnly: true, Secure: web.Secure(r), SameSite: http.SameSiteLaxMode,
	})
}

func kept(r *http.Request, name string) string {
	c, err := r.Cookie(name)
	if err != nil {
		return ""
	}
	return c.Value
}

// sendLink sends a link by letter and says the same whether there is an account or not.
func (x *Reception) sendLink(w http.ResponseWriter, r *http.Request) error {
	err := x.SendSignIn(web.Tx(r), web.Form(r).Text("email"), web.Lang(r), web.Next(r, afterwards), visit(r))
	if err != nil {
		return x.amissSignIn(w, r, err)
	}
	return web.Goto(w, r, "/sign-in/link")
}

func (x *Reception) showLinkSent(w http.ResponseWriter, r *http.Request) error {
	page := web.Page{Title: web.T(r, "reception.link_sent"), NoIndex: true}
	return web.Show(w, r, page, sentPage(sent{page.Title, web.T(r, "reception.link_sent_text"), "/sign-in"}))
}

// showLink asks whoever opened the link to press a button: programs that look through letters
// open links too.
func (x *Reception) showLink(w http.ResponseWriter, r *http.Request) error {
	email, err := x.LinkTold(web.Tx(r), r.PathValue("token"))
	if err != nil {
		return spent(w, r, err, "/sign-in")
	}
	page := web.Page{Title: web.T(r, "reception.sign_in"), NoIndex: true, NoTwin: true}
	return web.Show(w, r, page, pressPage(press{
		title: page.Title, text: web.T(r, "reception.link_for", "Email", email), button: web.T(r, "reception.sign_in"),
		path: web.Path(r),
	}))
}

func (x *Reception) useLink(w http.ResponseWriter, r *http.Request) error {
	entry, err := x.SignInByLink(web.Tx(r), r.PathValue("token"), visit(r))
	if err != nil {
		return spent(w, r, err, "/sign-in")
	}
	return welcome(w, r, entry, parts.InTongue(web.Lang(r), afterwards))
}

// spent shows, for a link of a letter that works no more, where to ask for a new one; any other
// error is handed back.
func spent(w http.ResponseWriter, r *http.Request, err error, again string) error {
	f, ok := fault.As(err)
	if !ok || f.Kind != fault.Gone {
		return err
	}
	page := web.Page{Title: web.T(r, "reception.link_spent"), Status: http.StatusGone, NoIndex: true, NoTwin: true}
	return web.Show(w, r, page, spentPage(web.T(r, f.Key, f.Args...), again))
}

func (x *Reception) showCode(w http.ResponseWriter, r *http.Request) error {
	return x.drawCode(w, r, http.StatusOK, parts.Faults{})
}

func (x *Reception) drawCode(w http.ResponseWriter, r *http.Request, status int, faults parts.Faults) error {
	page := web.Page{Title: web.T(r, "reception.code_title"), Status: status, NoIndex: true, Amiss: faults.Any()}
	return web.Show(w, r, page, codePage(web.Next(r, afterwards), x.help(), faults))
}

func (x *Reception) signInByCode(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return fault.New(fault.Invalid, "web.unreadable_form")
	}
	entry, err := x.SignInByCode(r.Context(), web.DB(r), kept(r, secondCookie), web.Form(r).Text("code"), visit(r))
	if fault.KindOf(err) == fault.Gone {
		web.Warning(w, r, "reception.code_too_late")
		return web.GotoExactly(w, r, parts.InTongue(web.Lang(r), "/sign-in")+nextQuery(web.Next(r, afterwards)))
	}
	if err != nil {
		faults, status, rest := amiss(r, err)
		if rest != nil {
			return rest
		}
		return x.drawCode(w, r, status, faults)
	}
	keep(w, r, secondCookie, "", -time.Second)
	return welcome(w, r, entry, web.Next(r, afterwards))
}

func (x *Reception) signOut(w http.ResponseWriter, r *http.Request) error {
	if err := x.EndSession(web.Tx(r), web.SessionToken(r)); err != nil {
		return err
	}
	web.ClearSession(w, r)
	web.Notice(w, r, "reception.signed_out")
	return web.Goto(w, r, "/")
}
