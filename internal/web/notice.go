package web

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"time"
)

// notice is a message for the next page that the reader opens.
type notice struct {
	Kind string `json:"k,omitempty"`
	Key  string `json:"t"`
	Args []any  `json:"a,omitempty"`
}

// Notice leaves word for the next page that it went well, such as "saved"; call it before Goto.
// Args are name, value pairs of strings and numbers.
func Notice(w http.ResponseWriter, r *http.Request, key string, args ...any) {
	leave(w, r, notice{"ok", key, args})
}

// Warning leaves word for the next page of something to mind.
func Warning(w http.ResponseWriter, r *http.Request, key string, args ...any) {
	leave(w, r, notice{"warn", key, args})
}

func leave(w http.ResponseWriter, r *http.Request, n notice) {
	for i, arg := range n.Args {
		switch arg.(type) {
		case string, int, int64:
		default:
			n.Args[i] = fmt.Sprint(arg)
		}
	}
	if text, err := json.Marshal(n); err == nil && len(text) < 2000 {
		setCookie(w, r, noticeCookie, base64.RawURLEncoding.EncodeToString(text), time.Minute)
	}
}

// takeNotice returns what was left for this page, and forgets it.
func takeNotice(w http.ResponseWriter, r *http.Request) (n notice, ok bool) {
	c, err := r.Cookie(noticeCookie)
	if err != nil || !safe(r) {
		return n, false
	}
	setCookie(w, r, noticeCookie, "", -time.Second)
	text, err := base64.RawURLEncoding.DecodeString(c.Value)
	if err != nil || json.Unmarshal(text, &n) != nil || !Words(r).Has(n.Key) {
		return n, false
	}
	for i, arg := range n.Args {
		if f, ok := arg.(float64); ok {
			n.Args[i] = int(f)
		}
	}
	if n.Kind != "warn" {
		n.Kind = "ok"
	}
	return n, true
}
