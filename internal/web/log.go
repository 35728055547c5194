package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"runtime/debug"
	"strings"
	"time"

	"chonoi/internal/fault"
)

// tally counts what was sent.
type tally struct {
	http.ResponseWriter
	status, bytes int
}

// Unwrap lets http.ResponseController reach the connection.
func (t *tally) Unwrap() http.ResponseWriter { return t.ResponseWriter }

// WriteHeader notes the status and sends it.
func (t *tally) WriteHeader(status int) {
	if t.status == 0 && status >= 200 {
		t.status = status
	}
	t.ResponseWriter.WriteHeader(status)
}

// Write counts the bytes and sends them.
func (t *tally) Write(p []byte) (int, error) {
	if t.status == 0 {
		t.status = http.StatusOK
	}
	n, err := t.ResponseWriter.Write(p)
	t.bytes += n
	return n, err
}

// Flush sends what is held back.
func (t *tally) Flush() { _ = http.NewResponseController(t.ResponseWriter).Flush() }

// record writes the line of a request into the log and counts it. Neither the query, nor cookies,
// nor a path that holds a token are told.
func (s *Server) record(r *http.Request, v *visit, t *tally, took time.Duration) {
	route := v.pattern
	if route == "" {
		route = "none"
	}
	if s.Seen != nil {
		s.Seen(route, t.status, took)
	}
	level := slog.LevelInfo
	if strings.HasPrefix(v.pattern, "GET /assets/") || strings.HasSuffix(v.pattern, "z") {
		level = slog.LevelDebug
	}
	s.log.LogAttrs(r.Context(), level, "request", slog.String("code", v.code), slog.String("method", r.Method),
		slog.String("path", s.withoutToken(r.URL.Path)), slog.String("route", route), slog.Int("status", t.status),
		slog.Int("bytes", t.bytes), slog.Int64("ms", took.Milliseconds()))
}

// withoutToken is a path as the log may keep it: what stands where a route has a token is left out,
// also when the method is wrong or more follows, as behind a link that was copied badly.
func (s *Server) withoutToken(path string) string {
	for _, route := range s.routes {
		_, pattern, _ := strings.Cut(route.Pattern, " ")
		before, _, has := strings.Cut(pattern, "{token}")
		if at := strings.Index(path, before); has && at >= 0 {
			return path[:at] + before + "{token}"
		}
	}
	return path
}

func (s *Server) logDefect(r *http.Request, err error) {
	if errors.Is(err, context.Canceled) && r.Context().Err() != nil {
		return // the reader went away
	}
	v := visitOf(r)
	s.log.Error("a request failed", "code", v.code, "route", v.pattern, "error", err)
}

func (s *Server) logPanic(r *http.Request, p any) {
	v := visitOf(r)
	s.log.Error("a request panicked", "code", v.code, "route", v.pattern, "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
}

// showMetrics answers to callers of the own network only.
func (s *Server) showMetrics(w http.ResponseWriter, r *http.Request) error {
	forwarded := r.Header.Get("X-Forwarded-For") != "" || r.Header.Get("Forwarded") != ""
	address, err := netip.ParseAddr(s.address(r))
	if s.Metrics == nil || err != nil || (forwarded && !s.BehindProxy) || !(address.IsLoopback() || address.IsPrivate()) {
		return fault.New(fault.NotFound, "web.not_found")
	}
	s.Metrics.ServeHTTP(w, r)
	return nil
}
