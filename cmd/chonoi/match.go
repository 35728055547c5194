package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"

	"chonoi/internal/account"
	"chonoi/internal/app"
	"chonoi/internal/db"
	"chonoi/internal/exchange"
	"chonoi/internal/exchange/match"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
)

type matchCommand struct {
	ID         string `arg:"" optional:"" help:"Id or number of a need or an offer."`
	Text       string `help:"A file with a need in words, its title on the first line; - reads standard input." placeholder:"FILE"`
	All        bool   `help:"Match every need on the floor; prints one line of JSON a need with --json."`
	Judgements string `help:"Write what people said of matches to this folder, as evaluate reads a collection." type:"path" placeholder:"DIR"`
	Limit      int    `help:"How many of each, 1 to 60." default:"10"`
	JSON       bool   `help:"Print JSON."`
}

// longestText is the longest need that is read from a file, in bytes.
const longestText = 1 << 20

// matched is a party with what matches it, as the command prints them.
type matched struct {
	ID      string     `json:"id,omitempty"`
	Kind    string     `json:"kind"`
	Number  string     `json:"number,omitempty"`
	Title   string     `json:"title"`
	Matches []oneMatch `json:"matches"`
}

type oneMatch struct {
	Rank       int             `json:"rank"`
	ID         string          `json:"id"`
	Kind       string          `json:"kind"`
	Number     string          `json:"number"`
	Title      string          `json:"title"`
	Grade      string          `json:"grade"`
	Fit        float64         `json:"fit"`
	Score      float64         `json:"score"`
	Covered    float64         `json:"covered"`
	Shared     []sharedWords   `json:"shared"`
	Conditions []conditionTold `json:"conditions"`
}

type sharedWords struct {
	How     string `json:"how"`
	Word    string `json:"word"`
	Matched string `json:"matched"`
}

type conditionTold struct {
	What  string `json:"what"`
	State string `json:"state"`
	Text  string `json:"text"`
}

// Run matches a need, an offer, a text or all needs, as everybody may see them.
func (c *matchCommand) Run(p *program) error {
	if told := btoi(c.ID != "") + btoi(c.Text != "") + btoi(c.All) + btoi(c.Judgements != ""); told != 1 {
		return fault.New(fault.Invalid, "match.command_one_of")
	}
	h, err := p.open()
	if err != nil {
		return err
	}
	defer h.Close()
	if c.Judgements != "" {
		return c.judgements(p, h)
	}
	if err := h.Build(p.ctx, nil); err != nil {
		return err
	}
	c.Limit = min(max(c.Limit, 1), 60)
	t := match.Teller{Words: h.Words, Codes: h.Codes, Tongue: lang.Tag(p.Lang)}
	if c.All {
		return c.all(p, h, t)
	}
	var one matched
	err = h.DB.View(p.ctx, func(tx *db.Tx) error {
		party, err := c.party(tx, h, t.Tongue)
		if err != nil {
			return err
		}
		list, err := h.Matches.Of(tx, account.Actor{}, &party, match.Asking{Tongue: t.Tongue})
		one = printed(t, &party, list, c.Limit)
		return err
	})
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(p.out, one)
	}
	one.print(p.out)
	return nil
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// party is what the command line asks about: a listing by id or number, or a text.
func (c *matchCommand) party(tx *db.Tx, h *app.House, tongue lang.Tag) (match.Party, error) {
	if c.Text != "" {
		text, err := readText(c.Text)
		return match.Typed(text, lang.Tag(tongue)), err
	}
	kind, id, err := h.Exchange.Named(tx, strings.TrimSpace(c.ID))
	if err != nil {
		return match.Party{}, err
	}
	return h.Matches.One(tx, account.Actor{}, kind, id)
}

func readText(path string) (string, error) {
	in := io.Reader(os.Stdin)
	if path != "-" {
		file, err := os.Open(path)
		if err != nil {
			return "", err
		}
		defer file.Close()
		in = file
	}
	raw, err := io.ReadAll(io.LimitReader(in, longestText+1))
	if err != nil {
		return "", err
	}
	text := lang.Clean(string(bytes.TrimPrefix(raw, []byte("\ufeff"))))
	switch {
	case len(raw) > longestText:
		return "", fault.New(fault.TooLarge, "match.text_too_long")
	case text == "":
		return "", fault.New(fault.Invalid, "match.text_empty")
	}
	return text, nil
}

// all matches every need. When it is interrupted it says how far it came.
func (c *matchCommand) all(p *program, h *app.House, t match.Teller) error {
	bar := p.bar(-1, exchange.Needs.Name)
	finished, needs := 0, 0
	out := json.NewEncoder(p.out)
	out.SetEscapeHTML(false)
	err := h.Matches.All(p.ctx, h.DB, account.Actor{}, match.Asking{Tongue: t.Tongue, Reasons: c.Limit}, func(done, all int) {
		finished, needs = done, all
		bar.ChangeMax(all)
		_ = bar.Set(done)
	}, func(_ *db.Tx, need *match.Party, list []match.Match) error {
		one := printed(t, need, list, c.Limit)
		if c.JSON {
			return out.Encode(one)
		}
		one.print(p.out)
		return nil
	})
	_ = bar.Finish()
	if p.ctx.Err() != nil {
		return fault.New(fault.Unavailable, "match.interrupted", "Done", finished, "All", needs)
	}
	return err
}

func printed(t match.Teller, p *match.Party, list []match.Match, limit int) matched {
	title, _ := t.Title(p)
	all := matched{ID: p.ID, Kind: p.Kind, Number: p.Number, Title: title, Matches: []oneMatch{}}
	for i, m := range list[:min(len(list), limit)] {
		other := m.Supply
		if p.Kind != exchange.Needs.Name {
			other = m.Need
		}
		one := oneMatch{Rank: i + 1, ID: other.ID, Kind: other.Kind, Number: other.Number, Grade: string(m.Grade), Fit: m.Fit, Score: m.Score, Covered: m.Covered,
			Shared: []sharedWords{}, Conditions: []conditionTold{}}
		one.Title, _ = t.Title(other)
		for _, s := range m.Shared {
			one.Shared = append(one.Shared, sharedWords{string(s.How), s.Word, s.Matched})
		}
		for _, c := range m.Conditions {
			one.Conditions = append(one.Conditions, conditionTold{c.What, string(c.State), t.Condition(&m, c)})
		}
		all.Matches = append(all.Matches, one)
	}
	return all
}

// mostPrinted is how many shared words are printed of a match.
const mostPrinted = 8

func (m *matched) print(out io.Writer) {
	fmt.Fprintf(out, "%s  %s\n", m.Number, m.Title)
	for _, one := range m.Matches {
		var words []string
		for _, s := range one.Shared[:min(len(one.Shared), mostPrinted)] {
			if s.Word == s.Matched {
				words = append(words, s.Word)
			} else {
				words = append(words, s.Word+" = "+s.Matched)
			}
		}
		fmt.Fprintf(out, "%3d  %-7s  %.3f  %s  %s\n     %s\n", one.Rank, one.Grade, one.Fit, one.Number, one.Title, strings.Join(words, "; "))
		for _, c := range one.Conditions {
			fmt.Fprintf(out, "     %-6s  %s\n", c.State, c.Text)
		}
	}
	fmt.Fprintln(out)
}
