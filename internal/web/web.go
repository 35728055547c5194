// Package web is the door of the house for people: routes, sessions, forms, faults as pages, the
// layout and its parts, and the assets. It knows no subject; the subjects hand it their routes.
package web

import (
	"embed"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/lang"
)

// Texts is the catalogue of this package.
//
//go:embed texts.toml
var Texts embed.FS

// Config is what the house hands to its door.
type Config struct {
	DB      *db.DB
	Words   *lang.Words
	Site    Site
	SiteNow func() Site // the site as it is now, when it may change while the house is open; may be nil
	Pages   []Route     // in both tongues: vi at the pattern, en at /en + pattern
	Plain   []Route     // one address for both tongues
	Special []Special   // routes that are served in another way

	// Session returns who holds the session of that token. A fault of kind SignIn says that
	// there is none any more.
	Session func(tx *db.Tx, token string) (account.Actor, error)
	// Opened is told, in a transaction of its own, of each page that an inspector opens and that
	// not everybody may open. When it fails the page is not shown. It may be nil.
	Opened func(tx *db.Tx, actor account.Actor, path string) error
	// Ready reports whether the rest of the house can serve. It may be nil.
	Ready func() error

	Menu   []MenuItem
	Staff  []StaffItem // menu entries for those who have the right
	Footer []FooterColumn
	Post   string // where the Post button leads; "" for none
	Robots string // more lines of robots.txt

	FormTargets []string // other sites that a form may lead to, as origins: where people sign in

	Demo        bool // a demonstration: the pages say so, and search engines stay out
	Secure      bool // served by https: cookies and HSTS follow
	BehindProxy bool // the last address of X-Forwarded-For is the caller's

	Logger *slog.Logger // slog.Default when nil

	// Seen is told of each request that was answered, and Metrics shows the figures at /metrics
	// to callers of the own network; package metrics has both. They may be nil.
	Seen    func(route string, status int, took time.Duration)
	Metrics http.Handler
}

// Site is how the deployment calls itself. BaseURL has no slash at its end.
type Site struct {
	Name, ShortName lang.Both
	Owner           lang.Both // whose site it is, on the strip above; Name when empty
	BaseURL         string
	Email, Phone    string // where help is found; "" for none
	Address         lang.Both
	Notice          lang.Both // shown on the home page; empty for none
}

// MenuItem is an entry of the menu or the foot: where it leads, and the key of its words.
type MenuItem struct{ Path, Key string }

// StaffItem is a menu entry that only those with the right see.
type StaffItem struct {
	Path, Key string
	Right     account.Right
}

// FooterColumn is one list of links in the foot.
type FooterColumn struct {
	Key   string
	Links []MenuItem
}

// Server serves the pages of the house.
type Server struct {
	Config
	routes  []Route
	assets  *assets
	log     *slog.Logger
	calls   *callers
	still   map[lang.Tag][]byte // the page of a defect, drawn at start
	handler http.Handler
}

// New makes a server. It fails on a route without handler or right, on two routes of one
// pattern, and on an asset that cannot be read.
func New(c Config) (*Server, error) {
	if c.DB == nil || c.Words == nil || c.Session == nil {
		return nil, errors.New("web: database, words and sessions are needed")
	}
	s := &Server{Config: c, log: c.Logger, calls: newCallers()}
	if s.log == nil {
		s.log = slog.Default()
	}
	if s.SiteNow == nil {
		s.SiteNow = func() Site { return c.Site }
	}
	var err error
	if s.assets, err = loadAssets(assetFiles); err != nil {
		return nil, fmt.Errorf("web: %w", err)
	}
	if err := s.drawStill(); err != nil {
		return nil, fmt.Errorf("web: draw the page of a defect: %w", err)
	}
	mux, err := s.register()
	if err != nil {
		return nil, fmt.Errorf("web: %w", err)
	}
	s.handler = s.outer(mux)
	return s, nil
}

// Handler returns all of the site.
func (s *Server) Handler() http.Handler { return s.handler }

// Routes lists every route with its right, in the order of registration, without the English twins.
func (s *Server) Routes() []Route { return s.routes }

// HTTP returns a server for that address with limits on how long and how much a caller may send.
func (s *Server) HTTP(address string) *http.Server {
	return &http.Server{
		Addr:              address,
		Handler:           s.handler,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       time.Minute,
		WriteTimeout:      2 * time.Minute,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    32 << 10,
		ErrorLog:          slog.NewLogLogger(s.log.Handler(), slog.LevelWarn),
	}
}
