package web

import (
	"bytes"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"strings"
	"time"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/fault"
)

// serve answers the requests of one route: who asks, whether they may, then the handler in one
// transaction. Nothing reaches the reader before the transaction is committed.
func (s *Server) serve(route Special) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v := visitOf(r)
		v.pattern = route.Pattern
		if route.Plain {
			v.plain(r)
		}
		if route.PerMinute > 0 && !s.calls.allow(route.Pattern+" "+s.address(r), route.PerMinute) {
			w.Header().Set("Retry-After", "60")
			s.refuse(w, r, fault.New(fault.TooMany, "web.too_many"))
			return
		}
		if route.Stream {
			s.serveStream(w, r, route)
			return
		}
		again, err := takeBody(w, r, route.limit())
		if err != nil {
			s.refuse(w, r, err)
			return
		}
		defer dropFiles(r)
		answer, err := s.run(r, route, again)
		if err != nil {
			s.refuse(w, r, err)
			return
		}
		answer.send(w, r)
	})
}

// run runs the handler in its transaction and returns what is to be sent.
func (s *Server) run(r *http.Request, route Special, again func()) (*answer, error) {
	v := visitOf(r)
	var a *answer
	work := func(tx *db.Tx) error {
		a = newAnswer()
		v.tx = tx
		again()
		if err := s.identify(tx, r); err != nil {
			return err
		}
		if err := may(route, v.actor); err != nil {
			return err
		}
		return route.Handler(a, r)
	}
	var err error
	if safe(r) {
		err = s.DB.View(r.Context(), work)
	} else {
		err = s.DB.Update(r.Context(), work)
	}
	v.tx = nil
	if err == nil {
		err = s.witness(r, route)
	}
	return a, err
}

// streamTime is how long a stream may take; a page has the shorter time of Server.HTTP.
const streamTime = time.Hour

// serveStream checks who asks in a short transaction of its own and leaves the rest to the handler.
func (s *Server) serveStream(w http.ResponseWriter, r *http.Request, route Special) {
	v := visitOf(r)
	if _, shown := sessionToken(r); shown {
		if err := s.DB.View(r.Context(), func(tx *db.Tx) error { return s.identify(tx, r) }); err != nil {
			s.refuse(w, r, err)
			return
		}
	}
	err := may(route, v.actor)
	if err == nil {
		err = s.witness(r, route)
	}
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	if route.Body > 0 {
		r.Body = http.MaxBytesReader(w, r.Body, route.Body)
	}
	patience := http.NewResponseController(w)
	_ = patience.SetReadDeadline(time.Now().Add(streamTime))
	_ = patience.SetWriteDeadline(time.Now().Add(streamTime))
	defer dropFiles(r) // net/http only drops those of the request that it made itself
	out := &stream{ResponseWriter: w}
	if err := route.Handler(out, r); err != nil && out.begun {
		s.log.Error("a stream broke off", "code", v.code, "route", v.pattern, "error", err)
	} else if err != nil {
		s.refuse(w, r, err)
	}
}

// identify finds who asks. A session that is none any more leaves a visitor.
func (s *Server) identify(tx *db.Tx, r *http.Request) error {
	v := visitOf(r)
	v.actor, v.expired = account.Actor{}, false
	token, shown := sessionToken(r)
	if !shown {
		return nil
	}
	actor, err := s.Session(tx, token)
	switch fault.KindOf(err) {
	case 0:
		v.actor = actor
		return nil
	case fault.SignIn, fault.NotFound, fault.Gone:
		v.expired = true
		return nil
	}
	return err
}

func may(route Special, actor account.Actor) error {
	switch {
	case route.Right.Allows(actor):
		return nil
	case actor.SignedIn():
		return fault.New(fault.Forbidden, "web.forbidden")
	}
	return fault.New(fault.SignIn, "web.sign_in_first")
}

// witness tells of a page that an inspector opens and that not everybody may open.
func (s *Server) witness(r *http.Request, route Special) error {
	v := visitOf(r)
	if s.Opened == nil || !safe(r) || route.Right.Name == account.Anyone.Name || !v.actor.Is(account.Inspector) {
		return nil
	}
	return s.DB.Update(r.Context(), func(tx *db.Tx) error { return s.Opened(tx, v.actor, v.path) })
}

func safe(r *http.Request) bool { return r.Method == http.MethodGet || r.Method == http.MethodHead }

func (r Special) limit() int64 {
	if r.Body > 0 {
		return r.Body
	}
	return BodyLimit
}

const mostValues = 2000

// takeBody reads the request whole, so that the handler may run twice, and parses a form. The
// function that it returns sets the body back to its beginning.
func takeBody(w http.ResponseWriter, r *http.Request, limit int64) (again func(), err error) {
	if safe(r) {
		return func() {}, nil
	}
	r.Body = http.MaxBytesReader(w, r.Body, limit)
	if strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/form-data") {
		if err := r.ParseMultipartForm(BodyLimit); err != nil {
			return nil, bodyFault(err)
		}
		return func() {}, checkForm(r)
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, bodyFault(err)
	}
	again = func() { r.Body = io.NopCloser(bytes.NewReader(body)) }
	again()
	if err := r.ParseForm(); err != nil {
		return nil, fault.New(fault.Invalid, "web.unreadable_form")
	}
	return again, checkForm(r)
}

func bodyFault(err error) error {
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return fault.New(fault.TooLarge, "web.too_large", "Megabytes", max(int(large.Limit>>20), 1))
	}
	if errors.Is(err, multipart.ErrMessageTooLarge) { // too many parts or lines of header
		return fault.New(fault.TooLarge, "web.too_many_values", "N", mostValues)
	}
	return fault.New(fault.Invalid, "web.unreadable_form")
}

func checkForm(r *http.Request) error {
	n := 0
	for _, values := range r.PostForm {
		n += len(values)
	}
	if n > mostValues {
		return fault.New(fault.TooLarge, "web.too_many_values", "N", mostValues)
	}
	return nil
}

func dropFiles(r *http.Request) {
	if r.MultipartForm != nil {
		_ = r.MultipartForm.RemoveAll()
	}
}
