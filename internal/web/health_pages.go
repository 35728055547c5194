package web

import (
	"context"
	"io"
	"net/http"
	"time"

	"chonoi/internal/fault"
)

// showHealth says that the process runs.
func (s *Server) showHealth(w http.ResponseWriter, _ *http.Request) error {
	return plainText(w, "ok\n")
}

// showReadiness says whether the database answers and the rest of the house can serve.
func (s *Server) showReadiness(w http.ResponseWriter, r *http.Request) error {
	ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
	defer cancel()
	err := s.DB.Ping(ctx)
	if err == nil && s.Ready != nil {
		err = s.Ready()
	}
	if err != nil {
		s.log.Warn("not ready", "error", err)
		return fault.New(fault.Unavailable, "web.not_ready")
	}
	return plainText(w, "ready\n")
}

func (s *Server) showRobots(w http.ResponseWriter, r *http.Request) error {
	if s.Demo {
		return plainText(w, "User-agent: *\nDisallow: /\n")
	}
	text := "User-agent: *\nDisallow: /sign-in\nDisallow: /en/sign-in\nDisallow: /account\nDisallow: /en/account\nDisallow: /desk\nDisallow: /en/desk\n"
	if s.Robots != "" {
		text += s.Robots + "\n"
	}
	return plainText(w, text+"\nSitemap: "+BaseURL(r)+"/sitemap.xml\n")
}

func plainText(w http.ResponseWriter, text string) error {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-cache")
	_, err := io.WriteString(w, text)
	return err
}
