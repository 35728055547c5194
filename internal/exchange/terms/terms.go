// Package terms is what the sides of a deal agree on, clause by clause: a version of an offer or a
// counter-offer, how two versions differ, and what a royalty formula yields. It knows no database.
package terms

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"

	"chonoi/internal/when"
)

// Texts is what this package says.
//
//go:embed texts.toml
var Texts embed.FS

// Terms is one version of what a side offers. It is kept as it was made and never changes.
type Terms struct {
	Object       string      `json:"object,omitzero"` // what is transferred, and the product made with it
	Right        string      `json:"right,omitzero"`  // of the list rights
	Onward       bool        `json:"onward,omitzero"` // the receiver may transfer on
	Territory    string      `json:"territory,omitzero"`
	Months       int64       `json:"months,omitzero"` // term; 0 is without end
	Payment      Payment     `json:"payment,omitzero"`
	Methods      []string    `json:"methods,omitempty"` // of the list transfer_methods
	Milestones   []Milestone `json:"milestones,omitempty"`
	TrainingDays int64       `json:"training_days,omitzero"`
	Trainees     int64       `json:"trainees,omitzero"`
	Training     string      `json:"training,omitzero"`
	Support      string      `json:"support,omitzero"`
	Warranty     int64       `json:"warranty,omitzero"`     // months
	Improvements string      `json:"improvements,omitzero"` // of the list improvement_rights
	Penalty      string      `json:"penalty,omitzero"`
	Dispute      string      `json:"dispute,omitzero"` // of the list dispute_bodies
	Other        string      `json:"other,omitzero"`
}

// Payment is the price and how it is paid, in whole đồng without taxes.
type Payment struct {
	Mode        string       `json:"mode,omitzero"`         // of the list payment_modes
	Sum         int64        `json:"sum,omitzero"`          // paid in all events; the value of the share in capital_contribution
	Instalments []Instalment `json:"instalments,omitempty"` // of Sum
	Rate        string       `json:"rate,omitzero"`         // per cent of the base, a decimal point and at most 4 digits after it
	Base        string       `json:"base,omitzero"`         // net_price, net_revenue, pre_tax_profit; of a combination
	PerUnit     int64        `json:"per_unit,omitzero"`     // for each unit made
	LeastYear   int64        `json:"least_year,omitzero"`   // at least, a year
	MostYear    int64        `json:"most_year,omitzero"`    // at most, a year; 0 is no limit
	Years       int64        `json:"years,omitzero"`        // in which the rate is paid; 0 as long as the contract
}

// Instalment is a part of the sum.
type Instalment struct {
	Share int64  `json:"share"` // in hundredths of a per cent
	When  string `json:"when"`  // the event that makes it due
}

// Milestone is a step of the hand-over that both sides confirm.
type Milestone struct {
	Method string   `json:"method"` // of the list transfer_methods
	What   string   `json:"what"`
	Due    when.Day `json:"due,omitzero"`
}

// The clauses of a version in their order: each is agreed on, or differs, as a whole.
const (
	Object       = "object"
	Right        = "right"
	Territory    = "territory"
	Period       = "period"
	PaymentPart  = "payment"
	HandOver     = "hand_over"
	TrainingPart = "training"
	Support      = "support"
	Warranty     = "warranty"
	Improvements = "improvements"
	Penalty      = "penalty"
	Dispute      = "dispute"
	Other        = "other"
)

// Clauses lists the clauses in their order.
var Clauses = []string{Object, Right, Territory, Period, PaymentPart, HandOver, TrainingPart, Support, Warranty, Improvements, Penalty, Dispute, Other}

// part returns what of the terms a clause holds.
func (t *Terms) part(clause string) any {
	switch clause {
	case Object:
		return t.Object
	case Right:
		return []any{t.Right, t.Onward}
	case Territory:
		return t.Territory
	case Period:
		return t.Months
	case PaymentPart:
		return t.Payment
	case HandOver:
		return struct {
			Methods    []string    `json:",omitempty"` // none is none, whether an empty list or no list
			Milestones []Milestone `json:",omitempty"`
		}{t.Methods, t.Milestones}
	case TrainingPart:
		return []any{t.TrainingDays, t.Trainees, t.Training}
	case Support:
		return t.Support
	case Warranty:
		return t.Warranty
	case Improvements:
		return t.Improvements
	case Penalty:
		return t.Penalty
	case Dispute:
		return t.Dispute
	case Other:
		return t.Other
	}
	panic("no such clause: " + clause)
}

// Take takes a clause over from another version.
func (t *Terms) Take(from *Terms, clause string) {
	switch clause {
	case Object:
		t.Object = from.Object
	case Right:
		t.Right, t.Onward = from.Right, from.Onward
	case Territory:
		t.Territory = from.Territory
	case Period:
		t.Months = from.Months
	case PaymentPart:
		t.Payment = from.Payment
		t.Payment.Instalments = slices.Clone(from.Payment.Instalments)
	case HandOver:
		t.Methods, t.Milestones = slices.Clone(from.Methods), slices.Clone(from.Milestones)
	case TrainingPart:
		t.TrainingDays, t.Trainees, t.Training = from.TrainingDays, from.Trainees, from.Training
	case Support:
		t.Support = from.Support
	case Warranty:
		t.Warranty = from.Warranty
	case Improvements:
		t.Improvements = from.Improvements
	case Penalty:
		t.Penalty = from.Penalty
	case Dispute:
		t.Dispute = from.Dispute
	case Other:
		t.Other = from.Other
	default:
		panic("no such clause: " + clause)
	}
}

// Same reports whether two versions say the same in a clause.
func Same(a, b *Terms, clause string) bool {
	return bytes.Equal(mustWrite(a.part(clause)), mustWrite(b.part(clause)))
}

// Differ returns the clauses in which two versions differ.
func Differ(a, b *Terms) (all []string) {
	for _, clause := range Clauses {
		if !Same(a, b, clause) {
			all = append(all, clause)
		}
	}
	return all
}

// Write returns the terms in the one form in which they are kept, and the digest of it.
func (t *Terms) Write() (text, digest string) {
	raw := mustWrite(t)
	sum := sha256.Sum256(raw)
	return string(raw), hex.EncodeToString(sum[:])
}

// Read reads terms that Write wrote.
func Read(text string) (*Terms, error) {
	d := json.NewDecoder(bytes.NewReader([]byte(text)))
	d.DisallowUnknownFields()
	var t Terms
	if err := d.Decode(&t); err != nil {
		return nil, fmt.Errorf("read terms: %w", err)
	}
	return &t, nil
}

// mustWrite writes what is made of texts and numbers alone, so that it cannot fail.
func mustWrite(v any) []byte {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return raw
}
