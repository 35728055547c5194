package review

import "testing"

func TestANumberAndSymbolIsTakenApartAsStateAndPartyPrintIt(t *testing.T) {
	for printed, want := range map[string][2]string{"15/BC-SKHCN": {"15", "BC-SKHCN"}, "15-BC/TU": {"15", "BC/TU"}, "": {"", ""}, "BC-SKHCN": {"", "BC-SKHCN"}, "07 /BC-UBND": {"07", "BC-UBND"}} {
		if number, symbol := numberOf(printed); number != want[0] || symbol != want[1] {
			t.Errorf("%q is taken apart as %q and %q", printed, number, symbol)
		}
	}
}
