package exchange

import (
	"slices"

	"chonoi/internal/fault"
)

// The states of a listing. Answered and NoAnswer are of needs only.
const (
	Draft        = "draft"
	Submitted    = "submitted"
	Checking     = "checking"
	Returned     = "returned"
	SecondReview = "second_review"
	Published    = "published"
	Expiring     = "expiring"
	Expired      = "expired"
	Renewed      = "renewed"
	Suspended    = "suspended"
	Withdrawn    = "withdrawn"
	Taken        = "taken"
	Blocked      = "blocked"
	Answered     = "answered"
	NoAnswer     = "no_answer"
)

// States lists all states in the order of a listing's life.
var States = []string{Draft, Submitted, Checking, Returned, SecondReview, Published, Expiring, Expired, Renewed,
	Suspended, Withdrawn, Taken, Blocked, Answered, NoAnswer}

// The parts one can have in a move.
const (
	ByOwner      = "owner"      // a member of the owning organisation
	ByOfficer    = "officer"    // an officer or supervisor
	BySupervisor = "supervisor" // a supervisor
	BySystem     = "system"     // the clock
)

// Move is a step from one state to another: which act, from where, to where, by whom.
type Move struct {
	Act  string
	From []string
	To   string
	By   string
}

// moves is the whole table: what is not here cannot happen, but for the undoing of a merger, which
// gives a listing the state back that it had.
// Source: domain requirements of the exchange, states of a listing (EEN practice, QĐ 3628, Law 07/2017/QH14).
var moves = []Move{
	{"submission", []string{Draft, Returned}, Submitted, ByOwner},
	{"taking_up", []string{Submitted}, Checking, ByOfficer},
	{"return", []string{Checking, SecondReview}, Returned, ByOfficer},
	{"referral", []string{Checking}, SecondReview, ByOfficer},
	{"publication", []string{Checking, SecondReview}, Published, ByOfficer},
	{"block", []string{SecondReview, Suspended}, Blocked, BySupervisor},
	{"expiry_notice", []string{Published, Renewed}, Expiring, BySystem},
	{"expiry", []string{Published, Renewed, Expiring}, Expired, BySystem},
	{"renewal", []string{Published, Renewed, Expiring, Expired}, Renewed, ByOwner},
	{"suspension", []string{Published, Renewed, Expiring}, Suspended, ByOfficer},
	{"release", []string{Suspended}, Published, ByOfficer},
	{"withdrawal", []string{Draft, Submitted, Returned, Published, Renewed, Expiring, Expired, Suspended}, Withdrawn, ByOwner},
	{"merger", []string{Submitted, Checking, Returned, SecondReview, Published, Renewed, Expiring, Expired, Suspended}, Withdrawn, ByOfficer},
	{"reopening", []string{Withdrawn}, Draft, ByOwner},
	{"taking", []string{Published, Renewed, Expiring}, Taken, ByOwner},
	{"answer", []string{Published, Renewed, Expiring, Expired}, Answered, ByOfficer},
	{"no_answer", []string{Published, Renewed, Expiring, Expired}, NoAnswer, ByOfficer},
}

// Moves returns the table of moves, for the page that shows it.
func Moves() []Move { return slices.Clone(moves) }

// Next returns the state after an act, or a Conflict when the act does not follow from that state.
func Next(state, act string) (Move, error) {
	for _, m := range moves {
		if m.Act == act {
			if slices.Contains(m.From, state) {
				return m, nil
			}
			return m, fault.New(fault.Conflict, "listing.move_not_possible")
		}
	}
	return Move{}, fault.New(fault.Conflict, "listing.move_not_possible")
}
