package app_test

import (
	"testing"

	"chonoi/internal/alert"
	"chonoi/internal/app"
	"chonoi/internal/db"
	"chonoi/internal/exchange"
	"chonoi/internal/field"
	"chonoi/internal/lang"
)

// plantAlerts has the owner save searches that tell what they look for, one of which finds something
// and is told of in a letter.
func (f *flock) plantAlerts(t *testing.T, s *app.Server, v robbed) {
	t.Helper()
	w := watched(t, s)
	name, words := f.word("saved_search.name", field.OwnerOnly), f.word("saved_search.address", field.OwnerOnly)
	var ids []string
	w.update(func(tx *db.Tx) error {
		ids = nil
		for address, name := range map[string]string{"q=" + words: "x", "q=cá+linh+non": name} {
			one, err := s.Alerts.Save(tx, v.actor, address, name, alert.AtOnce, lang.Vi)
			if err != nil {
				return err
			}
			ids = append(ids, one.ID)
		}
		return nil
	})
	for _, id := range ids {
		f.id("alerts", id, field.OwnerOnly)
	}
	w.offer("quanly@song-hau.example", "Máy rửa cá linh non", func(o *exchange.Offer) { o.By = "system" })
	if letters := w.post(v.actor.Email, alert.AtOnce, future); len(letters) != 0 {
		t.Fatal("a letter came before anything was found")
	}
	w.follow()
	if letters := w.post(v.actor.Email, alert.AtOnce, future); len(letters) != 1 {
		t.Fatalf("%d letters about what was found", len(letters))
	}
}
