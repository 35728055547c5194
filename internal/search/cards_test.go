package search

import (
	"testing"

	"pgregory.net/rapid"

	"chonoi/internal/lang"
)

func TestACardIsReadBackAsItWasKept(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		id := rapid.OneOf(rapid.String(), rapid.StringMatching(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`),
			rapid.StringMatching(`[0-9a-fA-F]{8}-[0-9a-g]{4}-[0-9a-f]{4}.[0-9a-f]{4}-[0-9a-f]{12}`))
		words := rapid.StringMatching(`([a-c ]{0,3} ?){0,4}|.*`)
		var all []record
		for range rapid.IntRange(1, 20).Draw(t, "listings") {
			all = append(all, record{key: Key{rapid.SampledFrom([]string{"offer", "need", ""}).Draw(t, "kind"), id.Draw(t, "id")},
				title: lang.Both{Vi: words.Draw(t, "vi"), En: words.Draw(t, "en")},
				sorts: sorts{rapid.Int64().Draw(t, "published"), int64(rapid.Int32().Draw(t, "trl")), rapid.Int64().Draw(t, "price")}})
		}
		c := newCards(len(all))
		for i := range all {
			c.add(&all[i])
		}
		c.done()
		for i, r := range all {
			slot := uint32(i)
			if c.key(slot) != r.key || c.title(slot) != r.title || c.sorts(slot) != r.sorts {
				t.Fatalf("slot %d: %v %v %v, kept as %+v", slot, c.key(slot), c.title(slot), c.sorts(slot), r)
			}
			for j, other := range all {
				if c.holds(uint32(j), r.key) != (other.key == r.key) {
					t.Fatalf("slot %d holds %v: %v", j, r.key, c.holds(uint32(j), r.key))
				}
			}
		}
	})
}
