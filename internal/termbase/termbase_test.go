package termbase

import (
	"strings"
	"testing"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/db/dbtest"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/ledger"
	"chonoi/internal/lexicon"
	"chonoi/internal/when"
)

var schemas = []db.Schema{{Name: "ledger", Files: ledger.Schema}, {Name: "termbase", Files: Schema}}

// house is the terms over a database, with what they told others.
type house struct {
	*Termbase
	t       *testing.T
	d       *db.DB
	letters []string
	applied int
	pairs   []lexicon.Pair
}

func open(t *testing.T, d *db.DB) *house {
	t.Helper()
	h := &house{t: t, d: d}
	x, err := New(Config{
		Apply: func(*lexicon.Lexicon) { h.applied++ },
		Write: func(_ *db.Tx, to account.ID, letter string, _ ...any) error {
			h.letters = append(h.letters, string(to)+" "+letter)
			return nil
		},
		Pairs: func(*db.Tx) ([]lexicon.Pair, error) { return h.pairs, nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	h.Termbase = x
	return h
}

// do runs an act, and reads the terms anew as the house does.
func (h *house) do(act func(tx *db.Tx) error) error {
	h.t.Helper()
	h.letters = nil
	err := h.d.Update(h.t.Context(), func(tx *db.Tx) error {
		h.letters = nil
		return act(tx)
	})
	if err == nil {
		err = h.d.View(h.t.Context(), h.Reload)
	}
	return err
}

func (h *house) must(act func(tx *db.Tx) error) {
	h.t.Helper()
	if err := h.do(act); err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) says(text string) string {
	var all []string
	for _, c := range h.Lexicon().Concepts(text, lang.Vi) {
		for _, e := range c.Also {
			all = append(all, e.Text)
		}
	}
	return strings.Join(all, ", ")
}

func term(vi, en string, weight int) Term {
	return Term{Term: lexicon.Term{Vi: vi, En: en, Weight: weight}}
}

func TestATermCountsAtOnceUntilItIsRetired(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		var id string
		h.must(func(tx *db.Tx) (err error) {
			id, err = h.Add(tx, "clerk", term("xì phèn zz", "acid leaching", 9))
			return err
		})
		if got := h.says("xi phen zz"); got != "acid leaching" {
			t.Fatalf("added: %q", got)
		}
		if err := h.do(func(tx *db.Tx) error {
			_, err := h.Add(tx, "clerk", term("Xì phèn ZZ", "Acid leaching", 9))
			return err
		}); fault.KindOf(err) != fault.Conflict {
			t.Errorf("told twice: %v", err)
		}
		h.must(func(tx *db.Tx) error { return h.Retire(tx, "clerk", id) })
		if got := h.says("xì phèn zz"); got == "acid leaching" {
			t.Error("retired, and still said")
		}
		h.must(func(tx *db.Tx) error {
			old, err := h.Get(tx, id)
			if err != nil {
				return err
			}
			return h.Weigh(tx, "clerk", id, old.ChangedAt, 3, "rice", "")
		})
		if got := h.says("xì phèn zz"); got != "acid leaching" {
			t.Errorf("restored: %q", got)
		}
		if err := h.do(func(tx *db.Tx) error { return h.Weigh(tx, "clerk", id, 1, 3, "", "") }); fault.KindOf(err) != fault.Conflict {
			t.Errorf("weighed by who had not seen the last change: %v", err)
		}
		err := d.View(t.Context(), func(tx *db.Tx) error {
			entries, err := ledger.Of(tx, TermKind, id, 0, 10)
			var acts []string
			for _, e := range entries {
				acts = append(acts, e.Act)
			}
			if got := strings.Join(acts, " "); got != "term.restored term.retired term.added" {
				t.Errorf("the ledger says %s", got)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}, schemas...)
}

func TestAShippedTermIsRetiredAndWeighed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		id := IDOf("bơm nhiệt", "heat pump")
		h.must(func(tx *db.Tx) error { return h.Retire(tx, "clerk", id) })
		if got := h.says("bơm nhiệt"); strings.Contains(got, "heat pump") {
			t.Errorf("still %q", got)
		}
		if h.applied == 0 {
			t.Error("searches were not told")
		}
	}, schemas...)
}

func TestABadTermIsRefused(t *testing.T) {
	h := open(t, dbtest.Open(t, "sqlite", schemas...))
	for _, c := range []struct {
		term  Term
		field string
	}{
		{term("", "x", 5), "vi"}, {term("máy", "", 5), "en"}, {term("máy, lò", "x", 5), "vi"}, {term("máy", "x", 10), "weight"},
		{term("một hai ba bốn năm sáu bảy tám chín", "x", 5), "vi"}, {term("máy", strings.Repeat("x", 121), 5), "en"},
		{Term{Term: lexicon.Term{Vi: "máy", En: "x y z", Note: strings.Repeat("x", 201), Weight: 5}}, "note"},
	} {
		f, ok := fault.As(h.do(func(tx *db.Tx) error { _, err := h.Add(tx, "clerk", c.term); return err }))
		if !ok || len(f.Fields) != 1 || f.Fields[0].Field != c.field {
			t.Errorf("%+v: got %v", c.term, f)
		}
	}
}

func TestAProposalIsDecidedAndItsProposerTold(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		for _, en := range []string{"first word", "second word"} {
			h.must(func(tx *db.Tx) error { return h.Propose(tx, "lan", Proposal{Vi: "chạy mô tưa zz", En: en}) })
		}
		var waiting []Proposal
		h.must(func(tx *db.Tx) (err error) { waiting, err = OpenProposals(tx, 10); return err })
		if len(waiting) != 2 {
			t.Fatalf("%d wait", len(waiting))
		}
		if f, ok := fault.As(h.do(func(tx *db.Tx) error { return h.Refuse(tx, "clerk", waiting[1].ID, "") })); !ok || f.Fields[0].Field != "reason" {
			t.Error("refused without a reason")
		}
		h.must(func(tx *db.Tx) error { return h.Accept(tx, "clerk", waiting[0].ID) })
		if strings.Join(h.letters, "") != "lan term_accepted" || h.says("chạy mô tưa zz") != "first word" {
			t.Errorf("letters %v, says %q", h.letters, h.says("chạy mô tưa zz"))
		}
		h.must(func(tx *db.Tx) error { return h.Refuse(tx, "clerk", waiting[1].ID, "không ai nói vậy") })
		if strings.Join(h.letters, "") != "lan term_refused" {
			t.Errorf("letters %v", h.letters)
		}
		if err := h.do(func(tx *db.Tx) error { return h.Accept(tx, "clerk", waiting[1].ID) }); fault.KindOf(err) != fault.Conflict {
			t.Errorf("decided twice: %v", err)
		}
	}, schemas...)
}

func TestADictionaryIsUsedAndRemoved(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		lines := "vi\ten\nkhô mực zz\tdried squid zz\nkhông có tab\n"
		for range 3000 {
			lines += "máy sấy zz\tdryer zz\n"
		}
		reading, err := lexicon.Read(t.Context(), []lexicon.File{{Name: "x.tsv", Data: []byte(lines)}}, lang.Vi)
		if err != nil {
			t.Fatal(err)
		}
		for range 2500 {
			reading.Terms = append(reading.Terms, lexicon.Term{Vi: "z" + db.NewID(when.Time(0)), En: "z", Weight: 5})
		}
		var id string
		h.must(func(tx *db.Tx) (err error) {
			id, err = h.Draft(tx, "clerk", "Thử", "CC0", "example.org", reading)
			return err
		})
		if got := h.says("khô mực zz"); strings.Contains(got, "zz") {
			t.Errorf("a draft is used: %q", got)
		}
		h.must(func(tx *db.Tx) error { return h.Use(tx, "clerk", id) })
		if got := h.says("khô mực zz"); got != "dried squid zz" {
			t.Errorf("in use: %q", got)
		}
		if n := h.Lexicon().Len() - h.shippedLen(); n != 2502 {
			t.Errorf("%d terms of the dictionary", n)
		}
		var out strings.Builder
		if err := h.Export(&out); err != nil || strings.Contains(out.String(), "dried squid zz") || !strings.Contains(out.String(), "bơm nhiệt\theat pump\t") {
			t.Errorf("the export: %v", err)
		}
		if err := h.do(func(tx *db.Tx) error { _, err := h.Draft(tx, "clerk", "Thử", "CC0", "x", reading); return err }); fault.KindOf(err) != fault.Conflict {
			t.Errorf("a name twice: %v", err)
		}
		h.must(func(tx *db.Tx) error { return h.Remove(tx, "clerk", id) })
		if h.Lexicon().Len() != h.shippedLen() {
			t.Error("removed, and still there")
		}
	}, schemas...)
}

func (h *house) shippedLen() int {
	l, err := lexicon.Shipped()
	if err != nil {
		h.t.Fatal(err)
	}
	return l.Len()
}

func TestWordsSoughtInVainAreCountedWithoutWhoTypedThem(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		for range 3 {
			h.Miss("Máy cạo MỦ", "0903123456", "lan@example.org")
		}
		h.Miss("mot lan thoi")
		for range 2 { // the second writes nothing more
			if err := h.WriteMissed(t.Context(), d); err != nil {
				t.Fatal(err)
			}
		}
		h.must(func(tx *db.Tx) error {
			list, err := MostMissed(tx, 10)
			if len(list) != 1 || list[0].Word != "may cao mu" || list[0].Times != 3 {
				t.Errorf("got %+v", list)
			}
			if err != nil {
				return err
			}
			return addMissed(tx, "xua", when.DayOf(tx.Now).AddDays(-missedKept-1), 9)
		})
		h.must(h.Sweep)
		h.must(func(tx *db.Tx) error {
			n := 0
			err := tx.QueryRow(`SELECT COUNT(*) FROM missed_word`).Scan(&n)
			if n != 2 {
				t.Errorf("%d rows are kept", n)
			}
			return err
		})
	}, schemas...)
}

func TestWhatTheListingsTeachIsUsedWhenThereAreEnough(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		for i := range lexicon.LeastPairs {
			vi, en := "qqa qqb", "wwa wwb"
			if i%2 == 0 {
				vi, en = "qqa qqc", "wwa wwc"
			}
			h.pairs = append(h.pairs, lexicon.Pair{Vi: vi, En: en})
		}
		all := h.pairs
		h.pairs = all[1:]
		if err := h.Learn(t.Context(), d); err != nil {
			t.Fatal(err)
		}
		h.must(func(*db.Tx) error { return nil })
		if got := h.says("qqb"); got != "" {
			t.Errorf("of too few texts: %q", got)
		}
		h.pairs = all
		if err := h.Learn(t.Context(), d); err != nil {
			t.Fatal(err)
		}
		h.must(func(*db.Tx) error { return nil })
		if got := h.says("qqb"); got != "wwb" {
			t.Errorf("learnt: %q", got)
		}
	}, schemas...)
}

func TestTermsAreFoundByEitherSide(t *testing.T) {
	h := open(t, dbtest.Open(t, "sqlite", schemas...))
	for _, q := range []string{"bơm nhiệt", "bom nhiet", "heat pump", "Heat Pump"} {
		found := h.shelf().find(sought{text: q})
		if len(found) == 0 || found[0].Vi != "bơm nhiệt" {
			t.Errorf("%s: %d found", q, len(found))
		}
	}
	if n := len(h.shelf().find(sought{field: "rice"})); n < 100 {
		t.Errorf("%d terms of rice", n)
	}
}
