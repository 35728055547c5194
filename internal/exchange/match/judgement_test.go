package match_test

import (
	"slices"
	"strings"
	"testing"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/db/dbtest"
	"chonoi/internal/exchange"
	"chonoi/internal/exchange/exchangetest"
	"chonoi/internal/exchange/match"
	"chonoi/internal/fault"
	"chonoi/internal/when"
)

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
