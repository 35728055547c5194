// Chonoi is the platform on which a city carries out its plan for science, technology and
// innovation: one program that serves the pages, keeps the data and answers on the command line.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"chonoi/internal/app"
	"chonoi/internal/fault"
	"chonoi/internal/lang"

	"github.com/alecthomas/kong"
)

// The exit codes of every command.
const (
	done    = 0
	refused = 1 // refused or failed
	misused = 2 // wrong usage
)

// program is all that can be said on the command line.
type program struct {
	Data     string `help:"Folder of database, files and letters (default: a folder under the user's data directory)." env:"CHONOI_DATA" placeholder:"DIR"`
	Database string `help:"postgres://… instead of the embedded SQLite." env:"CHONOI_DATABASE" placeholder:"URL"`
	Lang     string `help:"Tongue of messages: vi or en." enum:"vi,en" default:"${tongue}"`

	Serve    serveCommand    `cmd:"" help:"Serve the exchange."`
	Demo     demoCommand     `cmd:"" help:"Serve the seed city, a demonstration with invented organisations."`
	Migrate  migrateCommand  `cmd:"" help:"Bring the database's tables to their newest form."`
	Import   importCommand   `cmd:"" help:"Import listings; a second import of the same file changes nothing."`
	Export   exportCommand   `cmd:"" help:"Export what everybody may see of a kind of record."`
	Search   searchCommand   `cmd:"" help:"Find listings."`
	Evaluate evaluateCommand `cmd:"" help:"Measure search on a collection with judged queries."`
	Match    matchCommand    `cmd:"" help:"Match needs with what may answer them, and say why."`
	Funnel   funnelCommand   `cmd:"" help:"Tell how many listings become enquiries, deals and contracts, recomputed from the ledger."`
	Seal     sealCommand     `cmd:"" help:"Seal a bid of a sale by sealed bids, on one's own computer: prints the digest to hand in."`
	Plan     planCommand     `cmd:"" help:"Read plans."`
	Reindex  reindexCommand  `cmd:"" help:"Build the search index from the database and say how long it took."`
	Verify   verifyCommand   `cmd:"" help:"Recompute the ledger's chain of hashes."`
	Backup   backupCommand   `cmd:"" help:"Write an archive of database and files, also while the server runs."`
	Restore  restoreCommand  `cmd:"" help:"Put an archive into an empty deployment, on either database engine."`
	Account  accountCommand  `cmd:"" help:"Administer accounts."`
	Config   configCommand   `cmd:"" help:"Show the configuration in force, without its secrets."`
	Key      keyCommand      `cmd:"" help:"The key that seals the secrets of this installation."`
	Version  versionCommand  `cmd:"" help:"Say which version this is."`

	out, err io.Writer
	ctx      context.Context
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// run parses and runs one command line and returns its exit code.
func run(ctx context.Context, args []string, out, errs io.Writer) int {
	p := program{out: out, err: errs, ctx: ctx}
	code := -1
	parser, err := kong.New(&p, kong.Name("chonoi"), kong.Description("Chợ Nổi: a city's technology exchange, registry and plan in one program."),
		kong.Writers(out, errs), kong.Exit(func(c int) { code = c }), kong.UsageOnError(), kong.Vars{"tongue": tongue()})
	if err != nil {
		fmt.Fprintln(errs, err)
		return refused
	}
	command, err := parser.Parse(args)
	if code >= 0 { // --help and the like have answered
		return code
	}
	if err != nil {
		fmt.Fprintf(errs, "chonoi: %v\n", err)
		fmt.Fprintln(errs, "chonoi --help")
		return misused
	}
	if err := command.Run(&p); err != nil {
		fmt.Fprintln(errs, "chonoi: "+p.say(err))
		return refused
	}
	return done
}

// tongue is the tongue of messages: Vietnamese, unless the environment asks for English.
func tongue() string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if value := os.Getenv(name); value != "" {
			if strings.HasPrefix(value, "en") {
				return "en"
			}
			return "vi"
		}
	}
	return "vi"
}

// say puts an error into words: a refusal in the reader's tongue, a failure as it is.
func (p *program) say(err error) string {
	f, ok := fault.As(err)
	if !ok {
		return err.Error()
	}
	words, werr := app.Words()
	if werr != nil {
		return errors.Join(err, werr).Error()
	}
	text := words.T(lang.Tag(p.Lang), f.Key, f.Args...)
	for _, one := range f.Fields {
		text += "\n  " + one.Field + ": " + words.T(lang.Tag(p.Lang), one.Key, one.Args...)
	}
	return text
}

// config reads the configuration and puts over it what the command line tells.
func (p *program) config() (app.Config, error) {
	c, err := app.ReadConfig(p.Data)
	if p.Database != "" {
		c.Database = p.Database
	}
	return c, err
}

// open opens the house for a command.
func (p *program) open() (*app.House, error) {
	c, err := p.config()
	if err != nil {
		return nil, err
	}
	return app.Open(p.ctx, c, p.log())
}

func (p *program) log() *slog.Logger { return slog.New(slog.NewTextHandler(p.err, nil)) }
