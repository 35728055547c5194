package exchange

import (
	"slices"
	"testing"

	"chonoi/internal/fault"
)

// life is what can happen, written out a second time: for each state the acts that follow from it
// and where they lead. What is not here must be refused.
var life = map[string]map[string]string{
	Draft:        {"submission": Submitted, "withdrawal": Withdrawn},
	Submitted:    {"merger": Withdrawn, "taking_up": Checking, "withdrawal": Withdrawn},
	Checking:     {"merger": Withdrawn, "return": Returned, "referral": SecondReview, "publication": Published},
	Returned:     {"merger": Withdrawn, "submission": Submitted, "withdrawal": Withdrawn},
	SecondReview: {"merger": Withdrawn, "return": Returned, "publication": Published, "block": Blocked},
	Published: {"merger": Withdrawn, "expiry_notice": Expiring, "expiry": Expired, "renewal": Renewed, "suspension": Suspended, "withdrawal": Withdrawn,
		"taking": Taken, "answer": Answered, "no_answer": NoAnswer},
	Renewed: {"merger": Withdrawn, "expiry_notice": Expiring, "expiry": Expired, "renewal": Renewed, "suspension": Suspended, "withdrawal": Withdrawn,
		"taking": Taken, "answer": Answered, "no_answer": NoAnswer},
	Expiring: {"merger": Withdrawn, "expiry": Expired, "renewal": Renewed, "suspension": Suspended, "withdrawal": Withdrawn,
		"taking": Taken, "answer": Answered, "no_answer": NoAnswer},
	Expired:   {"merger": Withdrawn, "renewal": Renewed, "withdrawal": Withdrawn, "answer": Answered, "no_answer": NoAnswer},
	Suspended: {"merger": Withdrawn, "release": Published, "withdrawal": Withdrawn, "block": Blocked},
	Withdrawn: {"reopening": Draft},
	Taken:     {},
	Blocked:   {},
	Answered:  {},
	NoAnswer:  {},
}

func TestEveryActFollowsOnlyFromTheStatesOfTheTable(t *testing.T) {
	for _, state := range States {
		follows, known := life[state]
		if !known {
			t.Errorf("state %s is not in the table", state)
		}
		for _, m := range Moves() {
			got, err := Next(state, m.Act)
			to, may := follows[m.Act]
			switch {
			case may && (err != nil || got.To != to):
				t.Errorf("%s of a %s listing leads to %q (%v), want %s", m.Act, state, got.To, err, to)
			case !may && fault.KindOf(err) != fault.Conflict:
				t.Errorf("%s of a %s listing is not refused", m.Act, state)
			}
		}
	}
}

func TestAnUnknownActIsRefused(t *testing.T) {
	if _, err := Next(Draft, "deletion"); fault.KindOf(err) != fault.Conflict {
		t.Errorf("got %v", err)
	}
}

func TestEachMoveLeadsToAStateAndSaysByWhom(t *testing.T) {
	for _, m := range Moves() {
		if !slices.Contains(States, m.To) || !slices.Contains([]string{ByOwner, ByOfficer, BySupervisor, BySystem}, m.By) {
			t.Errorf("%s leads to %s by %s", m.Act, m.To, m.By)
		}
	}
}

func TestWhatIsOnTheFloorCanBeCited(t *testing.T) {
	for _, state := range States {
		if OnFloor(state) && !Citable(state) {
			t.Errorf("%s is on the floor but not citable", state)
		}
		if Editable(state) && Citable(state) {
			t.Errorf("%s can be edited while everybody reads it", state)
		}
	}
}
