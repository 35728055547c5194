package match_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/db/dbtest"
	"chonoi/internal/exchange"
	"chonoi/internal/exchange/exchangetest"
	"chonoi/internal/exchange/match"
	"chonoi/internal/fault"
	"chonoi/internal/field"
	"chonoi/internal/search"
	"chonoi/internal/when"
)

func TestHardMissesAreShownButStandLower(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := open(t, d)
		need := f.need("song-hau", exchange.Published, dryerNeed, nil)
		dear, good, abroad := f.offer("tay-do", exchange.Published, dearDryer, nil), f.offer("tay-do", exchange.Published, dryer, nil), f.offer("tay-do", exchange.Published, foreign, nil)
		f.offer("tay-do", exchange.Published, books, nil)
		list := f.matches(account.Actor{}, "need", need)
		got := supplies(list)
		if len(got) < 3 || slices.Index(got, dear) < slices.Index(got, good) || !slices.Contains(got, abroad) {
			t.Fatalf("%v, want %s before %s, and %s", got, good, dear, abroad)
		}
		first := list[slices.Index(got, good)]
		if first.Grade != match.Close && first.Grade != match.Good {
			t.Errorf("the dryer is %s: %.2f %+v", first.Grade, first.Covered, first.Shared)
		}
		for _, m := range list {
			if m.Supply.ID == dear && m.Grade == match.Close {
				t.Error("what is far too dear and too early is a very close match")
			}
			if m.Supply.ID == abroad && (m.Grade == match.Slight || !slices.ContainsFunc(m.Shared, func(s match.Shared) bool { return s.How == match.ByLexicon })) {
				t.Errorf("the foreign dryer is %s by %+v", m.Grade, m.Shared)
			}
		}
		back := f.matches(account.Actor{}, "offer", good)
		if len(back) != 1 || back[0].Need.ID != need || back[0].Grade != first.Grade || back[0].Covered != first.Covered {
			t.Errorf("seen from the offer: %+v", back)
		}
	}, exchangetest.Schemas...)
}

func TestAllNeedsAtOnceAreMatchedAsOneByOne(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := open(t, d)
		for i := range 70 {
			title := map[string]string{"title_vi": strings.Repeat("Sấy xoài ", i%3+1) + "cho hợp tác xã", "summary_vi": "Cần máy sấy bơm nhiệt."}
			f.need("song-hau", exchange.Published, title, nil)
		}
		for range 3 {
			f.offer("tay-do", exchange.Published, dryer, nil)
			f.offer("tay-do", exchange.Published, dearDryer, nil)
		}
		seen := 0
		err := f.m.All(t.Context(), d, account.Actor{}, match.Asking{Tongue: "vi"}, nil, func(_ *db.Tx, need *match.Party, list []match.Match) error {
			seen++
			if seen%10 == 0 {
				if diff := cmp.Diff(supplies(f.matches(account.Actor{}, "need", need.ID)), supplies(list)); diff != "" {
					t.Error(diff)
				}
			}
			return nil
		})
		if err != nil || seen != 70 {
			t.Errorf("%d needs, %v", seen, err)
		}
		stopped, stop := context.WithCancel(t.Context())
		seen = 0
		err = f.m.All(stopped, d, account.Actor{}, match.Asking{}, func(int, int) { stop() }, func(*db.Tx, *match.Party, []match.Match) error { seen++; return nil })
		if err == nil || seen != 64 {
			t.Errorf("stopped after %d needs, %v", seen, err)
		}
	}, exchangetest.Schemas...)
}

func TestWhatAReaderMayNotSeeIsInNoMatchAndNoReason(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := open(t, d)
		need := f.need("song-hau", exchange.Published, dryerNeed, func(n *exchange.Need) {
			n.Shown = map[string]field.Level{"budget_max": field.OwnerOnly, "result": field.NDA, "symptoms": field.OwnerOnly}
			n.Result.Vi, n.Symptoms.Vi = "Dùng vi sóng chân không", "Zeolit bị bẩn"
			n.Anonymous = true
		})
		secret := f.offer("tay-do", exchange.Published, dryer, func(o *exchange.Offer) {
			o.Shown = map[string]field.Level{"price": field.Enquiry, "price_kind": field.Enquiry, "advantage": field.NDA}
			o.Advantage.Vi = "Vi sóng chân không, zeolit"
			o.Anonymous = true
		})
		own := f.offer("song-hau", exchange.Published, dearDryer, nil)
		for _, state := range []string{exchange.Draft, exchange.Suspended, exchange.Withdrawn, exchange.Expired} {
			f.offer("tay-do", state, dryer, nil)
		}
		for _, who := range []account.Actor{{}, exchangetest.Minh, exchangetest.Nobody} {
			list := f.matches(who, "need", need)
			got := supplies(list)
			slices.Sort(got)
			want := []string{secret, own} // whose the need is stays hidden, so its owner's own offer is among the others
			slices.Sort(want)
			if !slices.Equal(got, want) {
				t.Errorf("%q sees %v, want %v", who.ID, got, want)
			}
			for _, m := range list {
				if m.Need.Owner != "" || m.Need.Facts.BudgetMax != 0 || slices.ContainsFunc(m.Conditions, func(c match.Condition) bool { return c.What == "budget" }) {
					t.Errorf("%q is told of the budget or the owner: %+v", who.ID, m.Need)
				}
				for _, s := range m.Shared {
					if strings.Contains(strings.ToLower(s.Word), "sóng") || strings.Contains(strings.ToLower(s.Word), "zeolit") {
						t.Errorf("%q is told a closed word: %+v", who.ID, s)
					}
				}
			}
		}
		mine := f.matches(exchangetest.Lan, "need", need)
		if got := supplies(mine); !slices.Equal(got, []string{secret}) {
			t.Errorf("the owner sees %v", got)
		}
		if all := f.matches(exchangetest.An, "need", need); !slices.ContainsFunc(all[0].Shared, func(s match.Shared) bool { return strings.Contains(strings.ToLower(s.Word), "zeolit") }) {
			t.Errorf("the officer is not told what both say: %+v", all[0].Shared)
		}
		draft := f.need("song-hau", exchange.Draft, dryerNeed, nil)
		err := d.View(t.Context(), func(tx *db.Tx) error { _, err := f.m.One(tx, exchangetest.Minh, "need", draft); return err })
		if fault.KindOf(err) != fault.NotFound {
			t.Errorf("somebody else's draft: %v", err)
		}
		if len(f.matches(exchangetest.Lan, "need", draft)) == 0 {
			t.Error("the owner of a draft sees no matches")
		}
		if list := f.matches(exchangetest.Minh, "offer", secret); len(list) != 1 || list[0].Need.ID != need {
			t.Errorf("a draft is among the needs of an offer: %v", list)
		}
	}, exchangetest.Schemas...)
}

func TestWhatSomebodyJudgedIsNotShownToThemAgain(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := open(t, d)
		need, offer := f.need("song-hau", exchange.Published, dryerNeed, nil), f.offer("tay-do", exchange.Published, dryer, nil)
		judge := func(who account.Actor, reason, words string) func(*db.Tx) error {
			return func(tx *db.Tx) error { return f.m.Judge(tx, who, need, "offer", offer, reason, words) }
		}
		hidden := func(who account.Actor, kind, id string) (n int) {
			t.Helper()
			list := f.matches(who, kind, id)
			err := d.View(t.Context(), func(tx *db.Tx) error {
				p, err := f.m.One(tx, who, kind, id)
				if err != nil {
					return err
				}
				judged, err := f.m.Judged(tx, who, &p)
				_, away := match.Parted(&p, list, judged)
				n = len(away)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		for amiss, field := range map[[2]string]string{{"", ""}: "reason", {"nonsense", ""}: "reason", {"other", " "}: "words", {"too_dear", strings.Repeat("x", 1001)}: "words"} {
			if got := exchangetest.Refused(t, d, fault.Invalid, judge(exchangetest.Lan, amiss[0], amiss[1])); got.Fields[0].Field != field {
				t.Errorf("%q: %+v", amiss, got.Fields)
			}
		}
		exchangetest.Update(t, d, judge(exchangetest.Lan, "too_dear", ""))
		exchangetest.Update(t, d, judge(exchangetest.Lan, "other_scale", "Cần mẻ 2 tấn"))
		colleague := account.Actor{ID: "hue", Memberships: []account.Membership{{Organisation: "song-hau"}}}
		for _, c := range []struct {
			who  account.Actor
			want int
		}{{exchangetest.Lan, 1}, {colleague, 1}, {exchangetest.Minh, 0}, {exchangetest.Nobody, 0}, {account.Actor{}, 0}} {
			if n := hidden(c.who, "need", need); n != c.want {
				t.Errorf("%q: %d hidden, want %d", c.who.ID, n, c.want)
			}
		}
		exchangetest.Update(t, d, judge(exchangetest.Nobody, "known", ""))
		if hidden(exchangetest.Nobody, "offer", offer) != 1 || hidden(exchangetest.Minh, "offer", offer) != 0 {
			t.Error("what one judged is hidden from another")
		}
		exchangetest.Update(t, d, func(tx *db.Tx) error { return f.m.Unjudge(tx, colleague, need, "offer", offer) })
		if hidden(exchangetest.Lan, "need", need) != 0 || hidden(exchangetest.Nobody, "need", need) != 1 {
			t.Error("a colleague takes back what the organisation said, and nothing of others")
		}
		closed := f.offer("tay-do", exchange.Draft, dryer, nil)
		exchangetest.Refused(t, d, fault.NotFound, func(tx *db.Tx) error {
			return f.m.Judge(tx, exchangetest.Lan, need, "offer", closed, "known", "")
		})
	}, exchangetest.Schemas...)
}

func TestAProposalIsToldToTheOwnerAndTheClockRunsOn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := open(t, d)
		due := when.DayOf(when.Time(0)).AddDays(30_000)
		need := f.need("song-hau", exchange.Published, dryerNeed, func(n *exchange.Need) { n.ReplyDue, n.Officer = due, "an" })
		offer, draft := f.offer("tay-do", exchange.Published, dryer, nil), f.offer("tay-do", exchange.Draft, dryer, nil)
		propose := func(who account.Actor, p match.Proposal) func(*db.Tx) error {
			p.Need = need
			return func(tx *db.Tx) error { return f.m.Propose(tx, who, p) }
		}
		whole := match.Proposal{Kind: "offer", Supply: offer, Words: "Cùng loại xoài, đã chạy hai mùa."}
		for field, p := range map[string]match.Proposal{
			"words":  {Kind: "offer", Supply: offer},
			"kind":   {Kind: "boat", Supply: offer, Words: "x"},
			"supply": {Kind: "offer", Supply: draft, Words: "x"},
			"name":   {Kind: match.AnExpert, Link: "https://vien-lua.example", Words: "x"},
			"link":   {Kind: match.AnExchange, Name: "Sàn", Link: "javascript:alert(1)", Words: "x"},
		} {
			if got := exchangetest.Refused(t, d, fault.Invalid, propose(exchangetest.An, p)); got.Fields[0].Field != field {
				t.Errorf("%s: %+v", field, got.Fields)
			}
		}
		exchangetest.Refused(t, d, fault.Forbidden, propose(exchangetest.Hoa, whole))
		exchangetest.Update(t, d, propose(exchangetest.An, whole))
		exchangetest.Update(t, d, propose(exchangetest.Binh, match.Proposal{Kind: match.AnExpert, Name: "TS. Lúa", Link: "https://vien-lua.example/ts", Words: "Người làm nghề này."}))
		exchangetest.Refused(t, d, fault.Invalid, propose(exchangetest.Binh, whole))
		if want := []string{"song-hau need_proposed", "song-hau need_proposed"}; !slices.Equal(*f.letters, want) {
			t.Errorf("letters: %v", *f.letters)
		}
		seen := func(who account.Actor) (all []match.Proposal) {
			err := d.View(t.Context(), func(tx *db.Tx) (err error) { all, err = f.m.Proposals(tx, who, need); return err })
			if err != nil {
				t.Fatal(err)
			}
			return all
		}
		for _, c := range []struct {
			who  account.Actor
			want int
		}{{exchangetest.Lan, 2}, {exchangetest.An, 2}, {exchangetest.Inspector, 2}, {exchangetest.Minh, 0}, {account.Actor{}, 0}} {
			if got := seen(c.who); len(got) != c.want {
				t.Errorf("%q sees %+v", c.who.ID, got)
			}
		}
		var n *exchange.Need
		exchangetest.Update(t, d, func(tx *db.Tx) (err error) { n, err = exchange.Needs.Get(tx, need); return err })
		if n.ReplyDue != due || !n.AnsweredOn.Zero() || n.State != exchange.Published {
			t.Errorf("the need is owed an answer by %s, it is %s", n.ReplyDue, n.State)
		}
		exchangetest.Update(t, d, func(tx *db.Tx) error { return f.m.Withdraw(tx, exchangetest.An, need, seen(exchangetest.An)[0].ID) })
		if len(seen(exchangetest.Lan)) != 1 {
			t.Error("a proposal that was taken back is still there")
		}
		closed := f.need("song-hau", exchange.Answered, dryerNeed, nil)
		exchangetest.Refused(t, d, fault.Conflict, func(tx *db.Tx) error {
			p := whole
			p.Need = closed
			return f.m.Propose(tx, exchangetest.An, p)
		})
	}, exchangetest.Schemas...)
}

func TestTheDeskIsToldWhyANeedHasNoGoodMatch(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := open(t, d)
		f.offer("tay-do", exchange.Published, dearDryer, nil)
		f.offer("tay-do", exchange.Published, books, nil)
		expired := map[string]string{"title_vi": "Lò nung gạch không khói", "summary_vi": "Nung gạch bằng trấu, không khói, cho làng nghề.", "keywords_vi": "nung gạch, trấu"}
		f.offer("tay-do", exchange.Expired, expired, nil)
		dear := f.need("song-hau", exchange.Published, dryerNeed, nil)
		brick := f.need("song-hau", exchange.Published, map[string]string{"title_vi": "Nung gạch không khói bằng trấu", "summary_vi": "Làng nghề cần lò nung gạch không khói.", "keywords_vi": "nung gạch, trấu", "subjects": "materials"}, nil)
		odd := f.need("song-hau", exchange.Published, map[string]string{"title_vi": "Xyzzqua plombrex", "subjects": "medicine_pharmacy"}, nil)
		judged := f.need("song-hau", exchange.Published, map[string]string{"title_vi": "Phần mềm kế toán kho", "summary_vi": "Quản lý phiếu nhập và phiếu xuất.", "subjects": "software"}, nil)
		books := f.matches(exchangetest.Lan, "need", judged)[0].Supply.ID
		exchangetest.Update(t, d, func(tx *db.Tx) error { return f.m.Judge(tx, exchangetest.Lan, judged, "offer", books, "known", "") })
		if err := f.m.Survey(t.Context(), d); err != nil {
			t.Fatal(err)
		}
		causes := map[string][]string{}
		err := d.View(t.Context(), func(tx *db.Tx) error {
			var after *match.Unmatched
			for {
				list, _, err := match.UnmatchedNeeds(tx, after, 1)
				if err != nil || len(list) == 0 {
					return err
				}
				after = &list[0]
				for _, c := range list[0].Causes {
					causes[list[0].Need] = append(causes[list[0].Need], c.What)
				}
			}
		})
		if err != nil {
			t.Fatal(err)
		}
		for need, want := range map[string]string{dear: match.TooDear, brick: match.OnlyExpired, odd: match.Unknown, judged: match.Judged} {
			if !slices.Contains(causes[need], want) {
				t.Errorf("%v, want %s", causes[need], want)
			}
		}
		if !slices.Contains(causes[dear], match.TooEarly) || !slices.Contains(causes[odd], match.NoField) {
			t.Errorf("%v", causes)
		}
		var n int
		exchangetest.Update(t, d, func(tx *db.Tx) (err error) { n, err = match.CountUnmatched(tx); return err })
		if n != 4 {
			t.Errorf("%d needs without a match", n)
		}
	}, exchangetest.Schemas...)
}

func TestWhatPeopleSaidIsATestSetOfTheSearch(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := open(t, d)
		need, offer, other := f.need("song-hau", exchange.Published, dryerNeed, nil), f.offer("tay-do", exchange.Published, dryer, nil), f.offer("tay-do", exchange.Published, books, func(o *exchange.Offer) {
			o.Shown = map[string]field.Level{"advantage": field.OwnerOnly}
			o.Advantage.Vi = "Bí mật tuyệt đối"
		})
		exchangetest.Update(t, d, func(tx *db.Tx) error {
			if err := f.m.Judge(tx, exchangetest.Lan, need, "offer", other, "other_field", "Lời riêng của tôi"); err != nil {
				return err
			}
			if err := f.m.Judge(tx, exchangetest.Minh, need, "offer", offer, "too_dear", ""); err != nil {
				return err
			}
			return f.m.Propose(tx, exchangetest.An, match.Proposal{Need: need, Kind: "offer", Supply: offer, Words: "Lời riêng của cán bộ"})
		})
		dir := t.TempDir()
		var all bytes.Buffer
		err := d.View(t.Context(), func(tx *db.Tx) error {
			set, err := f.m.TestSet(tx)
			if err != nil {
				return err
			}
			return set.Write(func(name string) (io.Writer, error) {
				file, err := os.Create(filepath.Join(dir, name))
				t.Cleanup(func() { file.Close() })
				return io.MultiWriter(file, &all), err
			})
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, private := range []string{"Lời riêng", "Bí mật", `"lan"`, "minh", "too_dear"} {
			if strings.Contains(all.String(), private) {
				t.Errorf("the set holds %q", private)
			}
		}
		qrels, _ := os.ReadFile(filepath.Join(dir, "qrels.tsv"))
		want := []string{need + "\t" + other + "\t0.00", need + "\t" + offer + "\t2.00"}
		slices.Sort(want)
		if diff := cmp.Diff(strings.Join(want, "\n")+"\n", string(qrels)); diff != "" {
			t.Error(diff)
		}
		report, err := search.Evaluate(dir, search.EvaluateOptions{})
		if err != nil || report.Queries != 1 || report.NDCG10 != 1 {
			raw, _ := json.Marshal(report)
			t.Errorf("%s, %v", raw, err)
		}
	}, exchangetest.Schemas...)
}
