package match_test

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chonoi/internal/db"
	"chonoi/internal/db/dbtest"
	"chonoi/internal/exchange"
	"chonoi/internal/exchange/exchangetest"
	"chonoi/internal/exchange/match"
	"chonoi/internal/field"
	"chonoi/internal/search"
)

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
