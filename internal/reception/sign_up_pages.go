package reception

import (
	"net/http"

	"chonoi/internal/web"
	"chonoi/internal/web/parts"
)

// signUpView is what the sign-up page is drawn from.
type signUpView struct {
	email, name, next string
	faults            parts.Faults
}

func (x *Reception) showSignUp(w http.ResponseWriter, r *http.Request) error {
	return drawSignUp(w, r, http.StatusOK, parts.Faults{})
}

func drawSignUp(w http.ResponseWriter, r *http.Request, status int, faults parts.Faults) error {
	f := web.Form(r)
	page := web.Page{Title: web.T(r, "reception.sign_up"), Status: status, Amiss: faults.Any()}
	return web.Show(w, r, page, signUpPage(signUpView{f.Text("email"), f.Text("name"), web.Next(r, afterwards), faults}))
}

// signUp sends a letter to confirm the address, and says the same whether it has an account or not.
func (x *Reception) signUp(w http.ResponseWriter, r *http.Request) error {
	f := web.Form(r)
	err := x.SignUp(web.Tx(r), f.Text("email"), f.Text("name"), web.Lang(r), web.Next(r, afterwards), visit(r))
	if err != nil {
		faults, status, rest := amiss(r, err)
		if rest != nil {
			return rest
		}
		return drawSignUp(w, r, status, faults)
	}
	return web.Goto(w, r, "/sign-up/sent")
}

func (x *Reception) showSignUpSent(w http.ResponseWriter, r *http.Request) error {
	page := web.Page{Title: web.T(r, "reception.sign_up_sent"), NoIndex: true}
	return web.Show(w, r, page, sentPage(sent{page.Title, web.T(r, "reception.sign_up_sent_text"), "/sign-up"}))
}

func (x *Reception) showConfirm(w http.ResponseWriter, r *http.Request) error {
	email, name, err := x.SignUpTold(web.Tx(r), r.PathValue("token"))
	if err != nil {
		return spent(w, r, err, "/sign-up")
	}
	page := web.Page{Title: web.T(r, "reception.confirm_title"), NoIndex: true, NoTwin: true}
	return web.Show(w, r, page, pressPage(press{
		title: page.Title, text: web.T(r, "reception.confirm_text", "Name", name, "Email", email),
		button: web.T(r, "reception.confirm_button"), path: web.Path(r),
	}))
}

func (x *Reception) confirm(w http.ResponseWriter, r *http.Request) error {
	entry, err := x.Confirm(web.Tx(r), r.PathValue("token"), visit(r))
	if err != nil {
		return spent(w, r, err, "/sign-up")
	}
	if !entry.Returned {
		web.Notice(w, r, "reception.welcome")
	}
	return welcome(w, r, entry, parts.InTongue(web.Lang(r), afterwards))
}
