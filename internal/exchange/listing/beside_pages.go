package listing

import (
	"net/http"
	"strings"

	"github.com/a-h/templ"

	"chonoi/internal/account"
	"chonoi/internal/exchange/likeness"
	"chonoi/internal/field"
	"chonoi/internal/lang"
	"chonoi/internal/record"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
)

// Beside is two listings side by side: the reader's own or the one under review on the left, and a
// likely copy of it.
type Beside struct {
	ID          string
	Share       string // how alike they are
	Tags        []parts.Tag
	Left, Right Pane
	Differ      []Pair // facts that differ
	Same        string // names of the facts that are told alike
	Decide      string // where officers decide on the two
	Decided     parts.Light
}

// Pane is one of the two.
type Pane struct {
	Number, Path, Title, Lang string
	State, Owner, Kept        string
}

// Pair is a fact that the two tell differently.
type Pair struct {
	Name                string
	Left, Right         []Piece
	LeftLang, RightLang string
}

// Beside sets two listings side by side, each as it is given: what its reader may not see must have
// been taken out. Whole tells those who see all also what only one of them tells, and what hangs on
// each.
func (s Side[T]) Beside(r *http.Request, a, b *T, l likeness.Likeness, whole bool) (Beside, error) {
	v := Beside{ID: "copy-" + s.Listing(b).ID, Share: web.T(r, "beside.share", "Share", l.Percent()), Tags: likenessTags(r, l, s.Listing(b).Owner != "")}
	var err error
	if v.Left, err = s.pane(r, a, whole); err != nil {
		return v, err
	}
	if v.Right, err = s.pane(r, b, whole); err != nil {
		return v, err
	}
	var same []string
	for _, f := range s.Kind.Fields {
		if f.Fixed || f.Empty(a) && f.Empty(b) || !whole && f.Empty(b) {
			continue
		}
		pairs, alike := s.pairs(r, f, a, b)
		v.Differ = append(v.Differ, pairs...)
		if alike {
			same = append(same, Label(r, s.Kind.Name, f.Name))
		}
	}
	if len(same) > 0 {
		v.Same = web.T(r, "beside.same", "Facts", strings.Join(same, "; "))
	}
	return v, nil
}

func likenessTags(r *http.Request, l likeness.Likeness, posterKnown bool) []parts.Tag {
	var tags []parts.Tag
	add := func(key string, args ...any) {
		tags = append(tags, parts.Tag{Text: web.T(r, key, args...), Kind: "soft"})
	}
	switch {
	case l.Own:
		add("beside.own_poster")
	case posterKnown:
		add("beside.other_poster")
	}
	if l.Across {
		add("beside.other_tongue")
	} else {
		add("beside.wording", "Share", int(l.Wording*100))
	}
	return append(tags, parts.Tag{Text: web.T(r, "beside.figures", "Share", int(l.Figures*100)), Kind: "soft"})
}

func (s Side[T]) pane(r *http.Request, rec *T, whole bool) (Pane, error) {
	tx, tag, l := web.Tx(r), web.Lang(r), s.Listing(rec)
	title, tongue := l.Title.Best(tag)
	v := Pane{Number: l.Number, Path: s.Path(l.ID), Title: title, State: web.T(r, "state."+l.State), Owner: web.T(r, "exchange.anonymous_owner")}
	if tongue != tag {
		v.Lang = string(tongue)
	}
	if l.Owner != "" {
		names, err := s.x.Names(tx, l.Owner)
		if err != nil {
			return v, err
		}
		v.Owner = names[l.Owner].In(tag)
	}
	if !whole {
		return v, nil
	}
	claims, err := record.Claims(tx, s.Kind.Name, l.ID)
	if err != nil {
		return v, err
	}
	papers, err := record.Attachments(tx, s.Kind.Name, l.ID)
	v.Kept = web.T(r, "beside.kept", "Claims", len(claims), "Papers", len(papers), "Day", lang.Date(tag, l.Created))
	return v, err
}

// pairs returns what differs of one fact: in each language that both use, or each in its own. Alike
// is true when the fact is told and nothing differs.
func (s Side[T]) pairs(r *http.Request, f field.Field[T], a, b *T) (all []Pair, alike bool) {
	name := Label(r, s.Kind.Name, f.Name)
	if f.Kind != field.KindBoth {
		own, other := f.Stored(a, f.Name), f.Stored(b, f.Name)
		if own == other {
			return nil, true
		}
		return []Pair{{Name: name, Left: []Piece{{Text: s.ShownText(r, f.Name, own)}}, Right: []Piece{{Text: s.ShownText(r, f.Name, other)}}}}, false
	}
	own, other := f.Text(a), f.Text(b)
	shared := false
	for _, tag := range lang.Tags {
		left, right := own.Only(tag), other.Only(tag)
		if left == "" || right == "" {
			continue
		}
		shared = true
		if left != right {
			p := Pair{Name: name, LeftLang: tagged(r, tag), RightLang: tagged(r, tag)}
			p.Left, p.Right = beside(left, right)
			all = append(all, p)
		}
	}
	if shared {
		return all, len(all) == 0
	}
	left, leftIn := own.Best(web.Lang(r))
	right, rightIn := other.Best(web.Lang(r))
	p := Pair{Name: name, Left: s.piece(r, left), Right: s.piece(r, right), LeftLang: tagged(r, leftIn), RightLang: tagged(r, rightIn)}
	return []Pair{p}, false
}

func (s Side[T]) piece(r *http.Request, text string) []Piece {
	if text == "" {
		text = web.T(r, "field.not_told")
	}
	return []Piece{{Text: text}}
}

// tagged is the lang attribute of a text, empty when it is in the reader's tongue.
func tagged(r *http.Request, tongue lang.Tag) string {
	if tongue == web.Lang(r) {
		return ""
	}
	return string(tongue)
}

// CopiesBeside draws the likely copies of an actor's own listing, as the actor may see them.
func (s Side[T]) CopiesBeside(r *http.Request, actor account.Actor, rec *T) ([]Beside, error) {
	copies, err := s.Shelf.CopiesFor(web.Tx(r), actor, rec)
	var all []Beside
	for _, c := range copies {
		v, err := s.Beside(r, rec, c.Other, c.Likeness, false)
		if err != nil {
			return nil, err
		}
		all = append(all, v)
	}
	return all, err
}

// tongued is the lang attribute of an element, when it has one.
func tongued(tongue string) templ.Attributes {
	if tongue == "" {
		return nil
	}
	return templ.Attributes{"lang": tongue}
}
