package floor

import (
	"encoding/json"
	"fmt"
	"net/http"

	"chonoi/internal/lang"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
)

const mostSuggested = 8

// suggest answers how a search that was begun could go on, for js/suggest.js.
func (x floor) suggest(w http.ResponseWriter, r *http.Request) error {
	said := x.Index().Suggest(lang.Clean(r.URL.Query().Get("q")), mostSuggested)
	if said == nil {
		said = []string{}
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "private, max-age=60")
	if err := json.NewEncoder(w).Encode(map[string][]string{"suggestions": said}); err != nil {
		return fmt.Errorf("write the suggestions: %w", err)
	}
	return nil
}

// meant is a search as it was probably meant, nil when it is well as it is.
func (x floor) meant(r *http.Request, a asking) *parts.Link {
	if a.query.After != "" {
		return nil
	}
	text := x.Index().Meant(a.query.Text, web.Lang(r))
	if text == "" {
		return nil
	}
	a.query.Text = text
	return &parts.Link{Path: a.address("", "", ""), Text: text}
}
