package deal

import (
	"slices"

	"chonoi/internal/fault"
)

// The states of an enquiry.
const (
	Screening  = "screening"  // an officer looks at it, for the holder is not named
	Delivered  = "delivered"  // the holder has it
	Questioned = "questioned" // the holder asked back
	Agreed     = "agreed"     // the holder wants to talk; who asks has yet to open its name
	Opened     = "opened"     // both agreed: names are open, and there is a deal
	Declined   = "declined"
	Refused    = "refused" // by an officer
	Withdrawn  = "withdrawn"
	Lapsed     = "lapsed"
)

// The states of a deal.
const (
	Begun       = "begun"
	Evaluating  = "evaluating"
	Negotiating = "negotiating"
	TermsAgreed = "terms_agreed" // an officer is to tell the legal route
	Blocked     = "blocked"      // the technology may not be transferred, or was not approved
	Approval    = "approval_pending"
	Drafting    = "drafting" // the contract is written and signed
	Licence     = "licence_pending"
	Due         = "registration_due"
	Filed       = "filed"
	Incomplete  = "incomplete"
	Effective   = "effective"
	Performing  = "performing" // the hand-over has begun
	Disputed    = "disputed"
	Completed   = "completed" // both say that everything is handed over; surveys follow
	Terminated  = "terminated"
	Stopped     = "stopped"
)

// The parts one can have in a move.
const (
	ByAsker    = "asker"    // the organisation that asks
	ByHolder   = "holder"   // the organisation whose listing it is
	BySide     = "side"     // either side of a deal
	ByOther    = "other"    // the side that did not make the version, or the proposal
	ByReceiver = "receiver" // who takes over
	BySupplier = "supplier" // who transfers
	ByOfficer  = "officer"  // an officer of the exchange
	BySystem   = "system"   // the clock
)

// Move is a step from one state to another: which act, from where, to where, by whom, what it needs
// and what it leaves behind. To is "" when the state stays.
type Move struct {
	Act    string
	From   []string
	To     string
	By     string
	Needs  string
	Leaves string
}

// enquiryMoves is the whole table of enquiries: what is not here cannot happen.
// Source: domain requirements of the exchange, states of an enquiry (EEN practice).
var enquiryMoves = []Move{
	{"pass", []string{Screening}, Delivered, ByOfficer, "", "clock"},
	{"refusal", []string{Screening}, Refused, ByOfficer, "words", ""},
	{"question", []string{Delivered}, Questioned, ByHolder, "words", "question"},
	{"reply", []string{Questioned}, Delivered, ByAsker, "words", "clock"},
	{"acceptance", []string{Delivered, Questioned}, Agreed, ByHolder, "", ""},
	{"opening", []string{Agreed}, Opened, ByAsker, "", "deal"},
	{"declination", []string{Delivered, Questioned}, Declined, ByHolder, "reason", ""},
	{"withdrawal", []string{Screening, Delivered, Questioned, Agreed}, Withdrawn, ByAsker, "", ""},
	{"lapse", []string{Delivered, Questioned, Agreed}, Lapsed, BySystem, "", ""},
}

// inForce are the states of a deal whose contract is in force, and owed are those in which money may be.
var (
	inForce = []string{Effective, Performing, Disputed}
	owed    = []string{Effective, Performing, Disputed, Completed, Terminated}
)

// dealMoves is the whole table of deals. An act that may lead to several states has a row for each; the legal route tells which.
// Source: domain requirements of the exchange, states of a deal (EEN practice, QĐ 3628, Law 07/2017/QH14).
var dealMoves = []Move{
	{"nda_proposal", []string{Begun, Evaluating, Negotiating}, "", BySide, "words", "nda"},
	{"nda_signature", []string{Begun, Evaluating, Negotiating}, "", BySide, "nda", ""},
	{"nda_declination", []string{Begun, Evaluating, Negotiating}, "", BySide, "nda", ""},
	{"nda_skip", []string{Begun, Evaluating, Negotiating}, "", BySide, "", ""},
	{"evaluation", []string{Begun}, Evaluating, BySide, "", ""},
	{"offer", []string{Begun, Evaluating, Negotiating}, Negotiating, BySide, "terms", "version"},
	{"offer_withdrawal", []string{Negotiating}, "", BySide, "version", ""},
	{"clause_acceptance", []string{Negotiating}, "", ByOther, "version", ""},
	{"terms_acceptance", []string{Negotiating}, TermsAgreed, ByOther, "version", "sheet"},
	{"legal_check", []string{TermsAgreed}, Blocked, ByOfficer, "route", ""},
	{"legal_check", []string{TermsAgreed}, Approval, ByOfficer, "route", ""},
	{"legal_check", []string{TermsAgreed}, Drafting, ByOfficer, "route", ""},
	{"approval", []string{Approval}, Drafting, ByOfficer, "paper", ""},
	{"approval_refusal", []string{Approval}, Blocked, ByOfficer, "words", ""},
	{"contract_draft", []string{Drafting}, "", BySide, "clauses", "version"},
	{"signature", []string{Drafting}, "", BySide, "file", ""},
	{"contract_signed", []string{Drafting}, Licence, BySide, "signatures", "clock"},
	{"contract_signed", []string{Drafting}, Due, BySide, "signatures", "clock"},
	{"contract_signed", []string{Drafting}, Effective, BySide, "signatures", ""},
	{"filing", []string{Licence, Due, Incomplete}, Filed, BySide, "day", "clock"},
	{"file_incomplete", []string{Filed}, Incomplete, ByOfficer, "words", ""},
	{"registered", []string{Filed}, Effective, ByOfficer, "paper", ""},
	{"expert_evaluation", []string{Evaluating, Negotiating}, "", BySide, "findings", ""},
	{"valuation", []string{Begun, Evaluating, Negotiating, TermsAgreed}, "", BySide, "value", ""},
	{"milestone", []string{Effective, Performing}, Performing, BySide, "day", ""},
	{"completion", []string{Performing}, Completed, BySide, "milestones", "surveys"},
	{"dispute", []string{Effective, Performing, Completed}, Disputed, BySide, "words", "dispute"},
	{"settlement_proposal", []string{Disputed}, "", BySide, "words", ""},
	{"settlement", []string{Disputed}, Effective, ByOther, "proposal", ""},
	{"settlement", []string{Disputed}, Performing, ByOther, "proposal", ""},
	{"settlement", []string{Disputed}, Completed, ByOther, "proposal", ""},
	{"termination", inForce, Terminated, BySide, "reason", ""},
	{"royalty_report", owed, "", ByReceiver, "sales", ""},
	{"royalty_agreed", owed, "", BySupplier, "report", ""},
	{"payment", owed, "", ByReceiver, "paper", ""},
	{"receipt", owed, "", BySupplier, "payment", ""},
	{"survey", []string{Completed}, "", ByReceiver, "answers", ""},
	{"in_production", []string{Completed}, "", ByReceiver, "survey", ""},
	{"review", []string{Completed, Terminated}, "", BySide, "marks", ""},
	{"stop", []string{Begun, Evaluating, Negotiating, TermsAgreed, Blocked, Approval, Drafting}, Stopped, BySide, "reason", ""},
}

// EnquiryMoves and DealMoves return the tables of moves, for the pages and drawings that show them.
func EnquiryMoves() []Move { return slices.Clone(enquiryMoves) }

// DealMoves returns the table of moves of deals.
func DealMoves() []Move { return slices.Clone(dealMoves) }

// Next returns the move that an act is from a state, or a Conflict when it does not follow from it.
func Next(table []Move, state, act string) (Move, error) {
	for _, m := range table {
		if m.Act == act && slices.Contains(m.From, state) {
			if m.To == "" {
				m.To = state
			}
			return m, nil
		}
	}
	return Move{}, fault.New(fault.Conflict, "deal.move_not_possible")
}

// leads returns the move that an act is from a state to another.
func leads(state, act, to string) (Move, error) {
	for _, m := range dealMoves {
		if m.Act == act && m.To == to && slices.Contains(m.From, state) {
			return m, nil
		}
	}
	return Move{}, fault.New(fault.Conflict, "deal.move_not_possible")
}

// Possible reports whether an act follows from a state of a deal.
func Possible(state, act string) bool {
	_, err := Next(dealMoves, state, act)
	return err == nil
}

// EnquiryPossible reports whether an act follows from a state of an enquiry.
func EnquiryPossible(state, act string) bool {
	_, err := Next(enquiryMoves, state, act)
	return err == nil
}
