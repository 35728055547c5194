package app

import (
	"context"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"

	"chonoi/internal/account"
	"chonoi/internal/account/seal"
	"chonoi/internal/alert"
	"chonoi/internal/db"
	"chonoi/internal/document"
	"chonoi/internal/document/paper"
	"chonoi/internal/document/prose"
	"chonoi/internal/document/signature"
	"chonoi/internal/document/watermark"
	"chonoi/internal/exchange"
	"chonoi/internal/exchange/broker"
	"chonoi/internal/exchange/contract"
	"chonoi/internal/exchange/deal"
	"chonoi/internal/exchange/desk"
	"chonoi/internal/exchange/dossier"
	"chonoi/internal/exchange/duplicate"
	"chonoi/internal/exchange/enquire"
	"chonoi/internal/exchange/floor"
	"chonoi/internal/exchange/funnel"
	"chonoi/internal/exchange/intake"
	"chonoi/internal/exchange/licence"
	"chonoi/internal/exchange/likeness"
	"chonoi/internal/exchange/listing"
	"chonoi/internal/exchange/match"
	"chonoi/internal/exchange/post"
	"chonoi/internal/exchange/room"
	"chonoi/internal/exchange/route"
	"chonoi/internal/exchange/sale"
	"chonoi/internal/exchange/terms"
	"chonoi/internal/field"
	"chonoi/internal/file"
	"chonoi/internal/job"
	"chonoi/internal/lang"
	"chonoi/internal/ledger"
	"chonoi/internal/lexicon"
	"chonoi/internal/mail"
	"chonoi/internal/observatory"
	"chonoi/internal/programme"
	"chonoi/internal/programme/assign"
	"chonoi/internal/programme/derive"
	"chonoi/internal/programme/follow"
	"chonoi/internal/programme/inspection"
	"chonoi/internal/programme/layout"
	"chonoi/internal/programme/overview"
	"chonoi/internal/programme/plan"
	"chonoi/internal/programme/reading"
	"chonoi/internal/programme/register"
	"chonoi/internal/programme/review"
	"chonoi/internal/programme/shown"
	"chonoi/internal/programme/tracker"
	"chonoi/internal/programme/work"
	"chonoi/internal/reception"
	"chonoi/internal/record"
	"chonoi/internal/registry"
	"chonoi/internal/registry/body"
	"chonoi/internal/search"
	"chonoi/internal/termbase"
	"chonoi/internal/web"
	"chonoi/lists"
)

// House is the product with its floors open.
type House struct {
	Config    Config
	DB        *db.DB
	Words     *lang.Words
	Codes     *record.Codes
	Accounts  *account.Accounts
	Settings  *record.Settings
	Exchange  *exchange.Exchange
	Deals     *deal.Deals
	Programme *programme.Programme
	FollowUp  *follow.Follower
	Funnel    *funnel.Page
	Brokers   *broker.Broking
	Clauses   *contract.Library
	Licences  *licence.Office
	Sales     *sale.House
	Measures  *observatory.Book
	Layouts   *paper.Layouts
	Matches   *match.Matcher
	Intake    *intake.Gate
	Alerts    *alert.Alerts
	Sender    mail.Sender
	Letters   *mail.Folder // where letters lie when no server is told; else nil
	Files     *file.Store
	Terms     *termbase.Termbase
	Index     atomic.Pointer[search.Index]
	Aside     *search.Index // what is not on the floor, for finding copies
	Log       *slog.Logger
	Applied   int // schema files that were applied when the house was opened
	KeyState  account.KeyState
	KeyTold   KeyTold
	key       *seal.Ring // nil without the right key
	follower  *follower
}

// Schemas are the tables of all floors, lower ones first.
var Schemas = []db.Schema{
	{Name: "account", Files: account.Schema},
	{Name: "ledger", Files: ledger.Schema},
	{Name: "record", Files: record.Schema},
	{Name: "registry", Files: registry.Schema},
	{Name: "termbase", Files: termbase.Schema},
	{Name: "exchange", Files: exchange.Schema},
	{Name: "deal", Files: deal.Schema}, {Name: "broker", Files: broker.Schema}, {Name: "licence", Files: licence.Schema}, {Name: "sale", Files: sale.Schema},
	{Name: "observatory", Files: observatory.Schema},
	{Name: "programme", Files: programme.Schema},
	{Name: "alert", Files: alert.Schema},
}

// texts are the catalogues of all floors.
var texts = []fs.FS{
	field.Texts, mail.Texts, file.Texts, document.Texts, paper.Texts, prose.Texts, watermark.Texts, job.Texts, lexicon.Texts,
	search.Texts, account.Texts, web.Texts, reception.Texts,
	record.Texts,
	registry.Texts, body.Texts, termbase.Texts, alert.Texts,
	exchange.Texts, deal.Texts, terms.Texts, route.Texts, enquire.Texts, room.Texts, funnel.Texts, dossier.Texts, broker.Texts, contract.Texts, licence.Texts, sale.Texts, signature.Texts,
	programme.Texts, shown.Texts, plan.Texts, work.Texts, assign.Texts, review.Texts, inspection.Texts, follow.Texts, derive.Texts, tracker.Texts, overview.Texts, register.Texts, layout.Texts,
	observatory.Texts,
	listing.Texts, floor.Texts, post.Texts, desk.Texts, intake.Texts, duplicate.Texts, match.Texts, reading.Texts,
	Texts,
}

// Words is the catalogue of all that the product says.
func Words() (*lang.Words, error) {
	words, err := lang.Load(texts...)
	if err != nil {
		return nil, fmt.Errorf("load the words: %w", err)
	}
	return words, nil
}

// Open opens the house: database, tables brought to their newest form, words, code lists. The
// search index is empty until Follow.
func Open(ctx context.Context, c Config, log *slog.Logger) (*House, error) {
	words, err := Words()
	if err != nil {
		return nil, err
	}
	d, err := db.Open(ctx, c.Address())
	if err != nil {
		return nil, err
	}
	h := &House{Config: c, DB: d, Words: words, Codes: &record.Codes{}, Settings: record.NewSettings(settings(c)...), Log: log}
	h.Settings.People = h.peopleNames
	h.Index.Store(search.New())
	h.Aside = search.New()
	if err := h.furnish(ctx); err != nil {
		d.Close()
		return nil, err
	}
	return h, nil
}

// furnish brings the tables up to date and opens what stands on them.
func (h *House) furnish(ctx context.Context) error {
	var err error
	if h.Applied, err = h.Migrate(ctx); err != nil {
		return err
	}
	err = h.DB.Update(ctx, func(tx *db.Tx) error {
		if err := record.LoadShipped(tx, lists.Files); err != nil {
			return err
		}
		if err := h.Settings.Reload(tx); err != nil {
			return err
		}
		return h.Codes.Reload(tx)
	})
	if err != nil {
		return fmt.Errorf("load the code lists and settings: %w", err)
	}
	if err := h.unlock(ctx); err != nil {
		return err
	}
	if h.Sender, err = h.sender(); err != nil {
		return fmt.Errorf("letters: %w", err)
	}
	if h.Files, err = h.Config.files(); err != nil {
		return fmt.Errorf("files: %w", err)
	}
	h.Accounts, err = account.New(account.Config{Name: func() string { return h.Settings.Both("site.name").In(lang.Vi) }, BaseURL: h.Base(), Key: h.key, Unreached: h.Letters != nil && !h.Config.Demo,
		Note: note, Send: h.Post, OrganisationName: organisationName, Forget: alert.Forget})
	if err != nil {
		return err
	}
	if err := h.openTerms(ctx); err != nil {
		return err
	}
	h.Exchange = exchange.New(exchange.Config{
		Dictionary: likeness.By(h.Terms.Lexicon),
		Codes:      h.Codes,
		Settings:   h.Settings,
		Names:      registry.Names,
		Identity:   registry.Identity,
		Units:      h.units,
		Index:      h.Index.Load,
		Aside:      func() *search.Index { return h.Aside },
		Indexed:    h.indexed,
		Tell:       h.tell,
		Files:      h.Files,
		People:     h.peopleNames,
		Missed:     h.Terms.Miss,
	})
	law, off, err := h.law()
	if err != nil {
		return fmt.Errorf("the rules of transfers: %w", err)
	}
	h.Deals = deal.New(deal.Config{Members: h.members, Law: law, Off: off, Exchange: h.Exchange, Codes: h.Codes, Settings: h.Settings, Names: registry.Names, Confirmed: confirmed, People: h.peopleNames, Tell: h.tell, Registered: broker.OnRegister})
	if h.Clauses, err = contract.Shipped(); err != nil {
		return fmt.Errorf("the clauses of contracts: %w", err)
	}
	h.Licences = &licence.Office{Deals: h.Deals, Tell: h.tell}
	h.Sales = &sale.House{Deals: h.Deals, Codes: h.Codes, Settings: h.Settings, Tell: h.tell}
	h.Brokers = &broker.Broking{Deals: h.Deals, Codes: h.Codes, Tell: h.tell}
	h.Exchange.Admitted = h.Deals.Admitted
	h.Matches = match.New(h.Exchange, h.Terms.Lexicon)
	h.Intake = intake.New(h.Exchange, h.Files.Aside(importsAside))
	h.Alerts = h.alerts()
	h.Programme = h.programme()
	if h.Measures, err = measures(); err != nil {
		return err
	}
	if h.Layouts, err = paper.WithOwn(filepath.Join(h.Config.Data, "layouts")); err != nil {
		return err
	}
	h.Sales.Layouts = h.Layouts
	h.Funnel = funnel.NewPage(h.Codes)
	h.FollowUp, err = h.followUp()
	return err
}

// law loads the rules of transfers and the days off that come with the program, and those of the data
// folder.
func (h *House) law() (*route.Editions, *route.Holidays, error) {
	shipped, err := fs.Sub(lists.Law, "law")
	if err != nil {
		return nil, nil, err
	}
	own := os.DirFS(filepath.Join(h.Config.Data, "law"))
	law, err := route.LoadEditions(shipped, own)
	if err != nil {
		return nil, nil, err
	}
	days, err := fs.Sub(lists.Law, "law/holidays")
	if err != nil {
		return nil, nil, err
	}
	ownDays, err := fs.Sub(own, "holidays")
	if err != nil {
		return nil, nil, err
	}
	off, err := route.LoadHolidays(days, ownDays)
	return law, off, err
}

// note writes an act of the accounts into the ledger.
func note(tx *db.Tx, actor account.ID, act, kind, id string, change ...account.Changed) error {
	n := ledger.Note{Actor: string(actor), Act: act, Kind: kind, ID: id}
	for _, c := range change {
		n.Change = append(n.Change, ledger.Change(c))
	}
	_, err := ledger.Append(tx, n)
	return err
}

// files opens the place where files lie: a bucket, or a folder beside the database.
func (c Config) files() (*file.Store, error) {
	store, err := file.InFolder(filepath.Join(c.Data, "files"))
	if c.S3.Endpoint != "" {
		store, err = file.InBucket(file.Bucket{Endpoint: c.S3.Endpoint, Name: c.S3.Bucket, Key: c.S3.Key, Secret: c.S3.Secret, Unencrypted: !c.S3.Secure})
	}
	if err != nil || c.Clamd == "" {
		return store, err
	}
	return store.Scanned(file.NewScanner(strings.TrimPrefix(c.Clamd, "tcp:"), 30*time.Second)), nil
}

// Migrate brings all tables to their newest form and returns how many files were applied.
func (h *House) Migrate(ctx context.Context) (int, error) {
	n, err := db.Migrate(ctx, h.DB, Schemas...)
	if err != nil {
		return n, err
	}
	return n, job.Migrate(ctx, h.DB)
}

// Close stops following and closes the database.
func (h *House) Close() error {
	if h.follower != nil {
		h.follower.stop()
	}
	return h.DB.Close()
}
