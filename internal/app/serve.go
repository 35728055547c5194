package app

import (
	"chonoi/internal/programme/assign"
	"chonoi/internal/programme/derive"
	"chonoi/internal/programme/inspection"
	"chonoi/internal/programme/layout"
	"chonoi/internal/programme/overview"
	"chonoi/internal/programme/plan"
	"chonoi/internal/programme/register"
	"chonoi/internal/programme/review"
	"chonoi/internal/programme/tracker"
	"chonoi/internal/programme/work"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"slices"
	"time"

	"chonoi/internal/account"
	"chonoi/internal/account/passkey"
	"chonoi/internal/account/provider"
	"chonoi/internal/db"
	"chonoi/internal/exchange/broker"
	"chonoi/internal/exchange/deal"
	"chonoi/internal/exchange/desk"
	"chonoi/internal/exchange/dossier"
	"chonoi/internal/exchange/duplicate"
	"chonoi/internal/exchange/enquire"
	"chonoi/internal/exchange/floor"
	"chonoi/internal/exchange/intake"
	"chonoi/internal/exchange/match"
	"chonoi/internal/exchange/post"
	"chonoi/internal/exchange/room"
	"chonoi/internal/job"
	"chonoi/internal/lang"
	"chonoi/internal/ledger"
	"chonoi/internal/reception"
	"chonoi/internal/registry"
	"chonoi/internal/registry/body"
	"chonoi/internal/web"
	"chonoi/internal/web/metrics"
)

// lanes are the lists that the desk leads to.
var lanes = []desk.Lane{{Path: "/desk/unmatched", Name: "match.unmatched", Count: match.CountUnmatched}, {Path: "/desk/judgements", Name: "match.judgements", Count: match.CountJudgements},
	{Path: "/enquiries?box=waiting", Name: "enquiry.waiting", Count: deal.CountSilent}, {Path: "/deals?box=waiting", Name: "deal.waiting", Count: deal.CountWaiting}, {Path: "/brokers?box=applied", Name: "broker.waiting", Count: broker.CountWaiting}, {Path: "/desk/imports", Name: "menu.imports", Count: intake.CountOpen, Right: account.MayImport}}

// Server is the house open to people: pages, jobs, and the index following the ledger.
type Server struct {
	*House
	Web  *web.Server
	jobs *job.Client
}

// OpenDoors opens the doors. It builds the index, so it may take some seconds; progress is called with
// the number of listings indexed.
func (h *House) OpenDoors(ctx context.Context, progress func(int)) (*Server, error) {
	if err := h.Build(ctx, progress); err != nil {
		return nil, err
	}
	if err := h.tellFunnel(ctx, time.Time{}); err != nil {
		return nil, err
	}
	jobs, err := job.New(h.DB, h.kinds(), h.clocks(), h.Log)
	if err != nil {
		return nil, err
	}
	s := &Server{House: h, jobs: jobs}
	figures, err := metrics.New()
	if err != nil {
		return nil, err
	}
	roots, err := h.trusted()
	if err != nil {
		return nil, err
	}
	front, err := h.reception()
	if err != nil {
		return nil, err
	}
	c := web.Config{
		DB: h.DB, Words: h.Words, Site: h.site(), SiteNow: h.site, Session: h.Accounts.Session, Opened: opened,
		Menu: menu, Staff: staffMenu, Footer: footer, Post: "/offers/new",
		Demo: h.Config.Demo, Secure: h.Config.Secure, BehindProxy: h.Config.Proxy, Logger: h.Log, Seen: figures.Seen, Metrics: figures.Handler(),
	}
	c.Pages = slices.Concat(c.Pages,
		floor.Routes(h.Exchange, enquire.Beside(h.Deals), h.Licences.Beside, h.Sales.Beside, h.Matches.Beside),
		enquire.Routes(h.Deals),
		room.Routes(h.Deals),
		h.Funnel.Routes(),
		h.Brokers.Routes(),
		h.Licences.Routes(),
		h.Sales.Routes(),
		dossier.Routes(h.Deals, h.Layouts, h.Clauses),
		post.Routes(h.Exchange),
		desk.Routes(h.Exchange, lanes...),
		duplicate.Routes(h.Exchange),
		h.Matches.Routes(),
		h.Intake.Routes(),
		h.Alerts.Routes(),
		plan.Routes(h.Programme, h.Measures, inspection.OnClause(h.Programme)),
		work.Routes(h.Programme, h.Files),
		assign.Routes(h.Programme),
		review.Routes(h.Programme, h.Measures, h.Layouts),
		inspection.Routes(h.Programme, h.Accounts, h.Files),
		h.FollowUp.Routes(),
		derive.Routes(h.Programme),
		tracker.Routes(h.Programme),
		overview.Routes(h.Programme, h.Measures),
		register.Routes(h.Programme),
		layout.Routes(h.Layouts),
	)
	organisations := registry.New(registry.Config{Codes: h.Codes, Stall: floor.Stall(h.Exchange, enquire.Badge(h.Deals), room.Standing), Past: body.Past, Appoint: h.Accounts.Appoint, Asked: h.Accounts.Asked, Tell: h.tell})
	c.Pages = append(c.Pages, organisations.Routes()...)
	c.Pages = append(c.Pages, body.Routes(organisations)...)
	c.Pages = append(c.Pages, h.Codes.Routes()...)
	c.Pages = append(c.Pages, h.Terms.Routes()...)
	c.Special = append(c.Special, h.Terms.Special()...)
	c.Special = append(c.Special, h.Codes.Uploads()...)
	c.Pages = append(c.Pages, front.Routes()...)
	c.Pages = append(c.Pages, h.Routes()...)
	c.Special = append(c.Special, front.Special()...)
	c.Special = slices.Concat(c.Special, floor.Streams(h.Exchange), post.Streams(h.Exchange), h.Intake.Streams(), plan.Streams(h.Programme), work.Streams(h.Programme, h.Files), assign.Uploads(h.Programme), inspection.Specials(h.Programme, h.Accounts, h.Files), h.FollowUp.Special(), layout.Uploads(h.Layouts), room.Streams(h.Deals, h.Files, roots), dossier.Streams(h.Deals, h.Layouts, h.Files), h.Sales.Streams())
	c.Special = append(c.Special, h.apiRoutes()...)
	c.Special = append(c.Special, h.exportRoutes()...)
	c.Special = append(c.Special, h.sitemapRoutes()...)
	c.Special = append(c.Special, h.trialRoutes()...)
	if h.Config.Demo {
		c.Staff = append(c.Staff[:len(c.Staff):len(c.Staff)], web.StaffItem{Path: "/mail", Key: "menu.letters", Right: account.MaySeeOwn})
	}
	s.Web, err = web.New(c)
	return s, err
}

// reception opens the doors of accounts: passkeys always, an identity provider where one is told.
func (h *House) reception() (*reception.Reception, error) {
	keys, err := passkey.New(h.Accounts)
	if err != nil {
		return nil, err
	}
	c := reception.Config{Accounts: h.Accounts, Passkeys: keys, MayJoin: registry.MayJoin,
		Help: func() reception.Help {
			return reception.Help{Email: h.Settings.Text("contact.email"), Phone: h.Settings.Text("contact.phone")}
		}}
	if o := h.Config.OIDC; o.Issuer != "" {
		c.Provider = provider.New(provider.Config{Issuer: o.Issuer, ClientID: o.ClientID, Secret: o.Secret, Label: lang.Both{Vi: o.Name, En: o.Name}}, h.Base()+reception.Back)
	}
	return reception.New(c)
}

// opened notes each page that an inspector opens.
func opened(tx *db.Tx, actor account.Actor, path string) error {
	_, err := ledger.Append(tx, ledger.Note{Actor: string(actor.ID), Act: "page.opened", Kind: "page", ID: path})
	return err
}

// Run serves at the configured address until ctx ends, then lets what runs come to its end. Ready
// is called once people can come in.
func (s *Server) Run(ctx context.Context, ready func(address string)) error {
	listener, err := net.Listen("tcp", s.Config.Addr)
	if err != nil {
		return fmt.Errorf("listen at %s (tell another address with --addr): %w", s.Config.Addr, err)
	}
	s.Follow()
	if err := s.jobs.Start(ctx); err != nil {
		listener.Close()
		return err
	}
	go s.Accounts.Keep(ctx, s.DB)
	go s.Terms.Keep(ctx, s.DB)
	server := s.Web.HTTP(s.Config.Addr)
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	if ready != nil {
		ready(listener.Addr().String())
	}
	select {
	case err = <-failed:
	case <-ctx.Done():
	}
	rest, cancel := context.WithTimeout(context.WithoutCancel(ctx), 20*time.Second)
	defer cancel()
	if stopped := server.Shutdown(rest); stopped != nil {
		err = errors.Join(err, stopped)
	}
	if errors.Is(err, http.ErrServerClosed) {
		err = nil
	}
	return errors.Join(err, s.jobs.Stop(rest))
}
