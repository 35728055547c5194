package record

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chonoi/internal/db"
	"chonoi/internal/db/dbtest"
)

func TestNumbersThatPeopleCiteFollowEachOther(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		var all []string
		for _, n := range []int{1, 3, 1} {
			err := d.Update(t.Context(), func(tx *db.Tx) error {
				numbers, err := nextNumbers(tx, "CN", n)
				all = append(all, numbers...)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		var last []string
		for _, number := range all {
			last = append(last, number[strings.LastIndexByte(number, '-')+1:])
		}
		if diff := cmp.Diff([]string{"0001", "0002", "0003", "0004", "0005"}, last); diff != "" || !slices.IsSorted(all) {
			t.Error(all, diff)
		}
	}, db.Schema{Name: "record", Files: Schema})
}
