package search

import (
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"testing"

	"chonoi/internal/lang"
)

// TestMemoryDoesNotGrowOverUpdates puts listings again and again, each with words that were never seen
// before. With CHONOI_TEST_SLOW set it puts a million.
func TestMemoryDoesNotGrowOverUpdates(t *testing.T) {
	updates, listings := 40_000, 1000
	if os.Getenv("CHONOI_TEST_SLOW") != "" {
		updates, listings = 1_000_000, 10_000
	}
	x, r := New(), rand.New(rand.NewPCG(9, 9))
	var before, most uint64
	for i := range updates {
		d := listing("offer", fmt.Sprint(r.IntN(listings)), fmt.Sprint("máy sấy số ", i), "", "agri", "Ô Môn", 3, 1)
		d.Fields[Text] = lang.Both{Vi: fmt.Sprintf("công suất %d kg, mã a%d b%d", r.IntN(500), r.Uint32(), r.Uint32())}
		if r.IntN(20) == 0 {
			x.Delete(d.Kind, d.ID)
		} else {
			x.Put(d)
		}
		if i%(updates/10) != updates/10-1 {
			continue
		}
		x.merger.Wait()
		x.cutter.runs, x.cutter.lexemes = runs{}, map[string]*lexeme{} // they have a bound of their own
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		if before == 0 {
			before = m.HeapAlloc
		}
		most = max(most, m.HeapAlloc)
		if v := x.now.Load(); v.slots() > 3*listings+4*mostHead || len(v.parts) > 4*tierWidth {
			t.Fatalf("after %d updates %d slots in %d segments for %d listings", i+1, v.slots(), len(v.parts), v.count())
		}
	}
	t.Logf("%d MB at first, %d MB at most", before>>20, most>>20)
	if most > before*3/2+8<<20 {
		t.Errorf("memory grew from %d to %d bytes", before, most)
	}
}
