package reception

import (
	"encoding/json"
	"net/http"

	"chonoi/internal/fault"
	"chonoi/internal/web"
)

// The doors of passkeys speak JSON with js/passkey.js.

// answered is what the script sends: the ticket of the challenge and what the authenticator made.
type answered struct {
	Ticket string          `json:"ticket"`
	Answer json.RawMessage `json:"answer"`
	Name   string          `json:"name"`
}

func read(r *http.Request) (a answered, err error) {
	if err := json.NewDecoder(r.Body).Decode(&a); err != nil {
		return a, fault.New(fault.Invalid, "account.passkey_refused")
	}
	return a, nil
}

func write(w http.ResponseWriter, told any) error {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	return json.NewEncoder(w).Encode(told)
}

func (x *Reception) askForPasskey(w http.ResponseWriter, r *http.Request) error {
	challenge, err := x.passkeys.AskToSignIn(web.Tx(r))
	if err != nil {
		return err
	}
	return write(w, challenge)
}

func (x *Reception) signInByPasskey(w http.ResponseWriter, r *http.Request) error {
	told, err := read(r)
	if err != nil {
		return err
	}
	entry, err := x.passkeys.SignIn(web.Tx(r), told.Ticket, told.Answer, visit(r))
	if err != nil {
		return err
	}
	web.SetSession(w, r, entry.Token, entry.Lasts)
	return write(w, map[string]string{"next": web.Next(r, afterwards)})
}

func (x *Reception) askToMakePasskey(w http.ResponseWriter, r *http.Request) error {
	challenge, err := x.passkeys.AskToMake(web.Tx(r), web.Actor(r))
	if err != nil {
		return err
	}
	return write(w, challenge)
}

func (x *Reception) makePasskey(w http.ResponseWriter, r *http.Request) error {
	told, err := read(r)
	if err != nil {
		return err
	}
	if told.Name == "" {
		told.Name = browserName(func(key string, args ...any) string { return web.T(r, key, args...) }, r.UserAgent())
	}
	if err := x.passkeys.Make(web.Tx(r), web.Actor(r), told.Ticket, told.Name, told.Answer); err != nil {
		return err
	}
	web.Notice(w, r, "reception.passkey_added")
	return write(w, map[string]string{"next": web.Next(r, afterwards)})
}

// renamePasskey shows my account again with what is amiss, beside the key's own name.
func (x *Reception) renamePasskey(w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("id")
	faults, err := web.Faults(r, x.RenamePasskey(web.Tx(r), web.Actor(r), id, web.Form(r).Text("name")))
	if err != nil {
		return err
	}
	if faults.Any() {
		for i := range faults.List {
			faults.List[i].Field = keyField(id)
		}
		return x.drawAccount(w, r, http.StatusUnprocessableEntity, faults)
	}
	return done(w, r, "reception.passkey_renamed")
}

// keyField is the id of the input in which a passkey is renamed.
func keyField(id string) string { return "passkey-" + id }

func (x *Reception) dropPasskey(w http.ResponseWriter, r *http.Request) error {
	if err := x.DropPasskey(web.Tx(r), web.Actor(r), r.PathValue("id")); err != nil {
		return err
	}
	return done(w, r, "reception.passkey_dropped")
}

// done says on my account that it went well.
func done(w http.ResponseWriter, r *http.Request, key string) error {
	web.Notice(w, r, key)
	return web.Goto(w, r, afterwards)
}
