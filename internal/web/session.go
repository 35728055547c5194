package web

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	"chonoi/internal/web/parts"
)

const (
	sessionCookie = "chonoi"
	themeCookie   = "theme"
	noticeCookie  = "notice"
)

func sessionToken(r *http.Request) (string, bool) {
	c, err := r.Cookie(sessionCookie)
	if err != nil || c.Value == "" {
		return "", false
	}
	return c.Value, true
}

// SessionToken returns the token of the session that the request shows, "" when it shows none.
func SessionToken(r *http.Request) string {
	token, _ := sessionToken(r)
	return token
}

// SetSession gives the reader the cookie of a session. With maxAge 0 it ends with the browser.
func SetSession(w http.ResponseWriter, r *http.Request, token string, maxAge time.Duration) {
	setCookie(w, r, sessionCookie, token, maxAge)
}

// ClearSession takes the cookie of the session back, and with it the pages that the browser kept.
func ClearSession(w http.ResponseWriter, r *http.Request) {
	setCookie(w, r, sessionCookie, "", -time.Second)
	w.Header().Set("Clear-Site-Data", `"cache"`)
}

func setCookie(w http.ResponseWriter, r *http.Request, name, value string, maxAge time.Duration) {
	http.SetCookie(w, &http.Cookie{
		Name: name, Value: value, Path: "/", MaxAge: int(maxAge / time.Second),
		HttpOnly: true, Secure: Secure(r), SameSite: http.SameSiteLaxMode,
	})
}

// Goto sends the reader to a page of the site, in the tongue of the request.
func Goto(w http.ResponseWriter, r *http.Request, path string) error {
	http.Redirect(w, r, parts.InTongue(Lang(r), path), http.StatusSeeOther)
	return nil
}

// GotoExactly sends the reader to an address as it is: a language-free route or another site.
func GotoExactly(w http.ResponseWriter, r *http.Request, address string) error {
	http.Redirect(w, r, address, http.StatusSeeOther)
	return nil
}

// Next returns where the reader wanted to go, told by the value next of the request: a path of
// this site with its tongue, or instead when there is none that can be trusted. Use it with
// GotoExactly.
func Next(r *http.Request, instead string) string {
	next := r.FormValue("next")
	if next == "" || !local(next) {
		return parts.InTongue(Lang(r), instead)
	}
	return next
}

// local reports whether an address can only lead to this site.
func local(address string) bool {
	if !strings.HasPrefix(address, "/") || strings.HasPrefix(address, "//") || strings.ContainsAny(address, "\\\r\n\t") {
		return false
	}
	u, err := url.Parse(address)
	return err == nil && u.Host == "" && u.Scheme == ""
}

// signIn is the address of the sign-in page that leads back to the request afterwards.
func signIn(r *http.Request) string {
	path := parts.InTongue(Lang(r), "/sign-in")
	if !safe(r) {
		return path
	}
	return path + "?next=" + url.QueryEscape(r.URL.RequestURI())
}

// theme returns "auto", "light" or "dark".
func theme(r *http.Request) string {
	if c, err := r.Cookie(themeCookie); err == nil && (c.Value == "light" || c.Value == "dark") {
		return c.Value
	}
	return "auto"
}

// setTheme keeps the reader's choice of light or dark and goes back to the page.
func (s *Server) setTheme(w http.ResponseWriter, r *http.Request) error {
	r.Body = http.MaxBytesReader(w, r.Body, 4<<10)
	choice := r.FormValue("theme")
	switch choice {
	case "light", "dark":
		setCookie(w, r, themeCookie, choice, 365*24*time.Hour)
	default:
		setCookie(w, r, themeCookie, "", -time.Second)
	}
	back := r.FormValue("back")
	if back == "" || !local(back) {
		back = "/"
	}
	return GotoExactly(w, r, back)
}
