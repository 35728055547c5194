package exchange

import (
	"slices"

	"chonoi/internal/fault"
	"chonoi/internal/field"
	"chonoi/internal/lang"
	"chonoi/internal/record"
)

// Offer is a technology put up for sale, licence or transfer (công nghệ chào bán).
type Offer struct {
	Listing
	TRL             int64     // technology readiness, 1 to 9; 0 when not told
	TRLEvidence     lang.Both // what shows that level
	Problem         lang.Both // what it solves
	PresentSolution lang.Both // how that is done today
	Advantage       lang.Both // how much better, in numbers
	Economics       lang.Both // comparison with the leading competitor
	Conditions      lang.Both // what is needed to use it well
	IPKinds         []string
	IPStatus        string
	IPNumbers       string
	Objects         []string // of transfer. Source: Law 07/2017/QH14, Art. 4
	Forms           []string // of transfer. Source: the same, Art. 5
	Methods         []string // of hand-over. Source: the same, Art. 6
	Right           string   // transferred
	Territory       lang.Both
	PriceKind       string
	Price           int64 // whole đồng, taxes not included
	Royalty         lang.Both
	StateMoney      string // was it made with state money
	Green           bool
	Support         lang.Both // after sale
	References      lang.Both
	Cooperation     []string
	Delivery        lang.Both
	Partner         lang.Both // sought
}

var offerFields = append(listingFields(func(o *Offer) *Listing { return &o.Listing }), field.Set[Offer]{
	field.Long("problem", func(o *Offer) *lang.Both { return &o.Problem }).Needed().In("value"),
	field.Long("present_solution", func(o *Offer) *lang.Both { return &o.PresentSolution }).In("value"),
	field.Long("advantage", func(o *Offer) *lang.Both { return &o.Advantage }).Needed().In("value"),
	field.Long("economics", func(o *Offer) *lang.Both { return &o.Economics }).In("value"),
	field.Long("conditions", func(o *Offer) *lang.Both { return &o.Conditions }).Needed().In("value"),
	field.Int("trl", 1, 9, func(o *Offer) *int64 { return &o.TRL }).Needed().In("readiness").Volatile(),
	field.Long("trl_evidence", func(o *Offer) *lang.Both { return &o.TRLEvidence }).In("readiness"),
	field.Long("reference_list", func(o *Offer) *lang.Both { return &o.References }).In("readiness").Revealing(),
	field.Codes("ip_kinds", "ip_kinds", func(o *Offer) *[]string { return &o.IPKinds }).In("rights").Facet(),
	field.Code("ip_status", "ip_statuses", func(o *Offer) *string { return &o.IPStatus }).Needed().In("rights").Facet().Volatile(),
	field.Text("ip_numbers", func(o *Offer) *string { return &o.IPNumbers }).In("rights").Revealing().Find(field.InKeywords),
	field.Code("state_money", "state_money", func(o *Offer) *string { return &o.StateMoney }).Needed().In("rights"),
	field.Codes("objects", "transfer_objects", func(o *Offer) *[]string { return &o.Objects }).Needed().In("transfer"),
	field.Codes("forms", "transfer_forms", func(o *Offer) *[]string { return &o.Forms }).In("transfer"),
	field.Codes("methods", "transfer_methods", func(o *Offer) *[]string { return &o.Methods }).In("transfer"),
	field.Code("transfer_right", "rights", func(o *Offer) *string { return &o.Right }).Needed().In("transfer").Facet(),
	field.Both("territory", func(o *Offer) *lang.Both { return &o.Territory }).In("transfer"),
	field.Codes("cooperation", "cooperation", func(o *Offer) *[]string { return &o.Cooperation }).In("transfer").Facet(),
	field.Long("partner", func(o *Offer) *lang.Both { return &o.Partner }).In("transfer").UpTo(1000),
	field.Code("price_kind", "price_kinds", func(o *Offer) *string { return &o.PriceKind }).Needed().In("price").Volatile(),
	field.Money("price", func(o *Offer) *int64 { return &o.Price }).In("price").Volatile(),
	field.Long("royalty", func(o *Offer) *lang.Both { return &o.Royalty }).In("price").UpTo(600).Volatile(),
	field.Both("delivery", func(o *Offer) *lang.Both { return &o.Delivery }).In("price").Volatile(),
	field.Long("support", func(o *Offer) *lang.Both { return &o.Support }).In("price"),
	field.Flag("green", func(o *Offer) *bool { return &o.Green }).In("value").Facet(),
}...)

// Offers is the kind of record that Offer is.
var Offers = record.Kind[Offer]{Name: "offer", Prefix: "CN", Fields: columned(offerFields), Head: func(o *Offer) *record.Head { return &o.Head }}.Prepare()

// columned is the set with names that are words of SQL put out of its way; it refuses a set that
// tells a name twice.
func columned[T any](s field.Set[T]) field.Set[T] {
	seen := map[string]bool{}
	for _, f := range s {
		if seen[f.Name] {
			panic("field told twice: " + f.Name)
		}
		seen[f.Name] = true
	}
	return s
}

// SecondLook reports whether the offer needs a second reviewer from another unit before it is
// published: restricted or unknown technology, and claims of TRL 7 and more.
func (o *Offer) SecondLook() bool {
	return o.TRL >= 7 || slices.Contains([]string{"restricted", "banned", "unknown"}, o.Class)
}

// check reports what the facts contradict in each other.
func (o *Offer) check(f *fault.Fault) {
	if o.PriceKind == "fixed" && o.Price == 0 {
		f.At("price", "offer.price_needed")
	}
	if o.PriceKind == "royalty" && o.Royalty.Empty() {
		f.At("royalty_vi", "offer.royalty_needed")
	}
	if o.PriceKind == "free" && o.Price > 0 {
		f.At("price", "offer.free_has_no_price")
	}
	if o.TRL >= 7 && o.TRLEvidence.Empty() {
		f.At("trl_evidence_vi", "offer.trl_evidence_needed")
	}
	if o.IPStatus == "granted" && len(o.IPKinds) == 0 {
		f.At("ip_kinds", "offer.ip_kind_needed")
	}
}
