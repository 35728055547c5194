package app

import (
	"context"
	"net/http"
	"time"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/lang"
	"chonoi/internal/ledger"
	"chonoi/internal/mail"
	"chonoi/internal/web"
)

// trialTime is how long the administrator waits for the mail server's answer.
const trialTime = 30 * time.Second

// sendTrial sends the administrator a letter at once, past the queue, and says what the mail server
// answered.
func (h *House) sendTrial(w http.ResponseWriter, r *http.Request) error {
	actor := web.Actor(r)
	letter, err := mail.Compose(h.Words, web.Lang(r), "house_trial", "Name", actor.Name, "Site", h.Settings.Both("site.name"), "Link", h.link("/administration"))
	if err != nil {
		return err
	}
	letter.ID, letter.To, letter.ToName = db.NewID(time.Now()), actor.Email, actor.Name
	ctx, cancel := context.WithTimeout(r.Context(), trialTime)
	defer cancel()
	if err := h.Sender.Send(ctx, letter); err != nil {
		web.Warning(w, r, "house.trial_failed", "Answer", lang.Clean(firstRunes(err.Error(), 300)))
		return web.Goto(w, r, "/administration")
	}
	err = web.DB(r).Update(r.Context(), func(tx *db.Tx) error {
		_, err := ledger.Append(tx, ledger.Note{Actor: string(actor.ID), Act: "mail.tried", Kind: "mail", ID: letter.ID})
		return err
	})
	if err != nil {
		return err
	}
	web.Notice(w, r, "house.trial_sent", "Email", actor.Email)
	return web.Goto(w, r, "/administration")
}

// firstRunes cuts a text: what a cookie carries to the next page must be short.
func firstRunes(text string, n int) string {
	if runes := []rune(text); len(runes) > n {
		return string(runes[:n]) + "…"
	}
	return text
}

// trialRoutes is the door of the test letter: it waits for the mail server, and so begins its
// transaction itself.
func (h *House) trialRoutes() []web.Special {
	return []web.Special{{Route: web.Route{Pattern: "POST /administration/test-letter", Handler: h.sendTrial, Right: account.MayAdminister}, Stream: true, Body: 4 << 10, PerMinute: 6}}
}
