package route

import (
	"slices"

	"chonoi/internal/fault"
	"chonoi/internal/when"
)

// Class is the legal class of a technology, a code of the list technology_classes.
type Class string

// The classes. Source: Law 07/2017/QH14, Art. 9, 10, 11.
const (
	Free       Class = "free"
	Encouraged Class = "encouraged"
	Restricted Class = "restricted"
	Banned     Class = "banned"
)

// Classes lists the classes.
var Classes = []Class{Free, Encouraged, Restricted, Banned}

// Direction tells whether a transfer crosses the border.
type Direction string

// The directions.
const (
	Inward   Direction = "inward"   // from abroad into Vietnam
	Outward  Direction = "outward"  // out of Vietnam
	Domestic Direction = "domestic" // inside Vietnam
)

// Directions lists the directions.
var Directions = []Direction{Inward, Outward, Domestic}

// Label is the key of the direction's name.
func (d Direction) Label() string { return "route.direction." + string(d) }

// Money tells whether state money is in the transfer, a code of the list state_money.
type Money string

// What may be known of state money.
const (
	AllState     Money = "yes"
	PartlyState  Money = "partly"
	NoState      Money = "no"
	UnknownMoney Money = "unknown"
)

// Moneys lists what may be known of state money.
var Moneys = []Money{AllState, PartlyState, NoState, UnknownMoney}

// Facts is what the route of a transfer depends on.
type Facts struct {
	Class                    Class
	Direction                Direction
	StateMoney               Money
	ResultCertificate        bool // a certificate of registered task results exists
	Amendment                bool // an extension or amendment of a contract that was made before
	StateCapitalContribution bool // technology is contributed as capital, with state capital
	Day                      when.Day
}

// check refuses facts with an unknown word or without a day.
func (f Facts) check() error {
	amiss := fault.New(fault.Invalid, "route.facts_amiss")
	if !slices.Contains(Classes, f.Class) {
		amiss.At("class", "route.class_needed")
	}
	if !slices.Contains(Directions, f.Direction) {
		amiss.At("direction", "route.direction_needed")
	}
	if !slices.Contains(Moneys, f.StateMoney) {
		amiss.At("state_money", "route.money_needed")
	}
	if f.Day.Zero() {
		amiss.At("day", "route.day_needed")
	}
	return amiss.OrNil()
}

// condition says of which facts a row speaks. An empty set is any.
type condition struct {
	classes                           []Class
	directions                        []Direction
	moneys                            []Money
	certificate, amendment, contribut []bool
	line                              int // of the row in its file
}

func (c condition) fits(f Facts) bool {
	return has(c.classes, f.Class) && has(c.directions, f.Direction) && has(c.moneys, f.StateMoney) &&
		has(c.certificate, f.ResultCertificate) && has(c.amendment, f.Amendment) && has(c.contribut, f.StateCapitalContribution)
}

// has reports whether a set holds one; the empty set holds all.
func has[T comparable](set []T, one T) bool { return len(set) == 0 || slices.Contains(set, one) }
