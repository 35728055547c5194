package web

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/web/parts"
)

// refuse shows why a request was not fulfilled, as a page or as JSON, in the reader's tongue.
func (s *Server) refuse(w http.ResponseWriter, r *http.Request, err error) {
	kind := fault.KindOf(err)
	if kind == fault.Internal {
		s.logDefect(r, err)
		s.defect(w, r)
		return
	}
	refusal, _ := fault.As(err)
	s.refuseAs(w, r, int(kind), refusal)
}

// refuseAs shows a refusal with that status. It needs no database.
func (s *Server) refuseAs(w http.ResponseWriter, r *http.Request, status int, f *fault.Fault) {
	v := visitOf(r)
	v.settle(r)
	a := newAnswer()
	a.Header().Set("Cache-Control", "no-store")
	if v.expired {
		ClearSession(a, r)
	}
	switch {
	case wantsJSON(r):
		s.problem(a, r, status, f)
	case f.Kind == fault.SignIn && safe(r) && !Swapping(r):
		_ = GotoExactly(a, r, signIn(r))
	default:
		if f.Kind == fault.SignIn && Swapping(r) && safe(r) {
			a.Header().Set("HX-Redirect", signIn(r))
		}
		if err := s.showFault(a, r, status, f); err != nil {
			s.logDefect(r, err)
			s.defect(w, r)
			return
		}
	}
	a.send(w, r)
}

// settle gives a request that reached no route its tongue.
func (v *visit) settle(r *http.Request) {
	if v.pattern == "" && v.lang == lang.Vi && wantsJSON(r) {
		v.plain(r)
	}
}

func (s *Server) showFault(w http.ResponseWriter, r *http.Request, status int, f *fault.Fault) error {
	v := visitOf(r)
	told := refusal{
		title: T(r, titleOf(status)), text: T(r, f.Key, f.Args...), status: status, code: v.code,
		signedIn: v.actor.SignedIn(), signIn: signIn(r),
	}
	for _, one := range f.Fields {
		told.amiss.List = append(told.amiss.List, parts.Amiss{Text: T(r, one.Key, one.Args...)})
	}
	if f.Kind == fault.SignIn && !safe(r) {
		told.kept, told.action = typed(r), r.URL.RequestURI()
		told.files = r.MultipartForm != nil && len(r.MultipartForm.File) > 0
	}
	page := Page{Title: told.title, Status: status, NoIndex: true, Amiss: f.Kind == fault.Invalid}
	return Show(w, r, page, faultPage(told))
}

// refusal is what the page of a fault is drawn from.
type refusal struct {
	title, text, code string
	status            int
	amiss             parts.Faults
	signedIn          bool
	signIn            string
	kept              []field // what was typed before the session ended
	action            string
	files             bool
}

func titleOf(status int) string {
	switch status {
	case 401:
		return "web.title_sign_in"
	case 403:
		return "web.title_forbidden"
	case 404, 405:
		return "web.title_not_found"
	case 409:
		return "web.title_conflict"
	case 410:
		return "web.title_gone"
	case 413, 415:
		return "web.title_too_large"
	case 422:
		return "web.title_invalid"
	case 429:
		return "web.title_too_many"
	}
	return "web.title_unavailable"
}

// defect shows that something broke here: a page drawn at start, with the code that is in the log.
func (s *Server) defect(w http.ResponseWriter, r *http.Request) {
	v := visitOf(r)
	a := newAnswer()
	a.Header().Set("Cache-Control", "no-store")
	if wantsJSON(r) {
		s.problem(a, r, http.StatusInternalServerError, fault.New(fault.Internal, "web.defect", "Code", v.code))
	} else {
		body := bytes.ReplaceAll(s.still[v.lang], []byte(stillCode), []byte(v.code))
		_ = writeHTML(a, http.StatusInternalServerError, body)
	}
	a.send(w, r)
}

const stillCode = "0000000"

// drawStill draws the page of a defect once, so that showing it needs nothing that could break.
func (s *Server) drawStill() error {
	s.still = map[lang.Tag][]byte{}
	for _, t := range lang.Tags {
		var out bytes.Buffer
		ctx := parts.With(context.Background(), parts.Scene{Lang: t, Words: s.Words, Asset: s.assets.address})
		told := refusal{title: s.Words.T(t, "web.title_defect"), text: s.Words.T(t, "web.defect", "Code", stillCode), status: 500}
		l := view{Page: Page{Title: told.title, NoIndex: true, Bare: true}, lang: t, theme: "auto", site: s.site()}
		if err := layout(l, faultPage(told)).Render(ctx, &out); err != nil {
			return err
		}
		s.still[t] = out.Bytes()
	}
	return nil
}

func wantsJSON(r *http.Request) bool {
	if r.URL.Path == "/api" || strings.HasPrefix(r.URL.Path, "/api/") {
		return true
	}
	accept := r.Header.Get("Accept")
	json, html := strings.Index(accept, "json"), strings.Index(accept, "text/html")
	return json >= 0 && (html < 0 || json < html)
}

// problem writes a refusal as application/problem+json. Source: RFC 9457.
func (s *Server) problem(w http.ResponseWriter, r *http.Request, status int, f *fault.Fault) {
	type amiss struct {
		Field  string `json:"field"`
		Key    string `json:"key"`
		Detail string `json:"detail"`
	}
	body := struct {
		Title  string  `json:"title"`
		Status int     `json:"status"`
		Detail string  `json:"detail"`
		Key    string  `json:"key"`
		Code   string  `json:"code"`
		Errors []amiss `json:"errors,omitempty"`
	}{http.StatusText(status), status, T(r, f.Key, f.Args...), f.Key, Code(r), nil}
	for _, one := range f.Fields {
		body.Errors = append(body.Errors, amiss{one.Field, one.Key, T(r, one.Key, one.Args...)})
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}

// field is one thing that was typed.
type field struct{ name, value string }

// secret are names whose values are not shown again.
var secret = []string{"password", "secret", "token", "otp"}

// typed lists what a form sent, in the order of its names, without what must not be seen again.
func typed(r *http.Request) (list []field) {
	for name, values := range r.PostForm {
		if slices.ContainsFunc(secret, func(s string) bool { return strings.Contains(strings.ToLower(name), s) }) {
			continue
		}
		for _, value := range values {
			list = append(list, field{name, value})
		}
	}
	slices.SortStableFunc(list, func(a, b field) int { return strings.Compare(a.name, b.name) })
	return list
}
