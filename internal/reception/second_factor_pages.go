package reception

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"strings"
	"time"

	qrcode "github.com/skip2/go-qrcode"

	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
)

// factorView is what the page that turns the second factor on is drawn from.
type factorView struct {
	qr     string // the QR code as a data address
	secret string // in groups of four, for typing
	faults parts.Faults
}

func (x *Reception) prepareSecondFactor(w http.ResponseWriter, r *http.Request) error {
	if err := x.PrepareSecondFactor(web.Tx(r), web.Actor(r)); err != nil {
		return err
	}
	return web.Goto(w, r, "/account/second-factor")
}

func (x *Reception) showSecondFactor(w http.ResponseWriter, r *http.Request) error {
	return x.drawSecondFactor(w, r, web.Tx(r), http.StatusOK, parts.Faults{})
}

func (x *Reception) drawSecondFactor(w http.ResponseWriter, r *http.Request, tx *db.Tx, status int, faults parts.Faults) error {
	secret, address, err := x.PreparedSecondFactor(tx, web.Actor(r))
	if err != nil {
		return err
	}
	picture, err := qrcode.Encode(address, qrcode.Medium, 264)
	if err != nil {
		return fmt.Errorf("draw a QR code: %w", err)
	}
	v := factorView{"data:image/png;base64," + base64.StdEncoding.EncodeToString(picture), groups(secret), faults}
	w.Header().Set("Cache-Control", "no-store")
	page := web.Page{Title: web.T(r, "reception.factor_title"), Status: status, NoIndex: true, Amiss: faults.Any()}
	return web.Show(w, r, page, factorPage(v))
}

// groups writes a secret as people type it.
func groups(secret string) string {
	var b strings.Builder
	for i, c := range secret {
		if i > 0 && i%4 == 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(c)
	}
	return b.String()
}

func (x *Reception) turnOnSecondFactor(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return fault.New(fault.Invalid, "web.unreadable_form")
	}
	codes, err := x.TurnOnSecondFactor(r.Context(), web.DB(r), web.Actor(r), web.Form(r).Text("code"))
	if err != nil {
		faults, status, rest := amiss(r, err)
		if rest != nil {
			return rest
		}
		return web.DB(r).View(r.Context(), func(tx *db.Tx) error { return x.drawSecondFactor(w, r, tx, status, faults) })
	}
	return x.drawRecovery(w, r, codes)
}

// recoveryView is what the page of recovery codes is drawn from.
type recoveryView struct {
	codes            []string
	site, email, day string
}

func (x *Reception) drawRecovery(w http.ResponseWriter, r *http.Request, codes []string) error {
	w.Header().Set("Cache-Control", "no-store")
	v := recoveryView{codes, x.Name(), web.Actor(r).Email, lang.Date(web.Lang(r), time.Now())}
	return web.Show(w, r, web.Page{Title: web.T(r, "reception.recovery_title"), NoIndex: true, NoTwin: true}, recoveryPage(v))
}

func (x *Reception) renewRecovery(w http.ResponseWriter, r *http.Request) error {
	codes, err := x.RenewRecovery(web.Tx(r), web.Actor(r))
	if err != nil {
		return err
	}
	return x.drawRecovery(w, r, codes)
}

func (x *Reception) turnOffSecondFactor(w http.ResponseWriter, r *http.Request) error {
	if err := x.TurnOffSecondFactor(web.Tx(r), web.Actor(r)); err != nil {
		return err
	}
	return done(w, r, "reception.factor_off_done")
}
