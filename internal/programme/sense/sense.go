// Package sense tells what the words of a clause or a table cell of a Vietnamese administrative
// document say: which documents they cite, by when, how much, what is to be made and by whom.
// Its functions take a text and give findings with byte offsets; they hold no state, never change
// the text, and take time in proportion to its length. What is not printed is never guessed.
package sense

// Span is where a finding stands in its text, and the words as printed there.
type Span struct {
	From, To int // byte offsets, To exclusive
	Printed  string
}

// Relation is what a text does with a document that it cites.
type Relation string

const (
	Mentions   Relation = ""           // named only
	Implements Relation = "implements" // thực hiện, triển khai
	Continues  Relation = "continues"  // tiếp tục thực hiện
	Linked     Relation = "linked"     // gắn với
	Replaces   Relation = "replaces"   // thay thế, bãi bỏ
	Amends     Relation = "amends"     // sửa đổi, bổ sung
	Ambiguous  Relation = "ambiguous"  // may hang on the clause or on the document cited before
)

// Citation is the mention of another document (văn bản được viện dẫn).
type Citation struct {
	Span            // from the kind (or the number in a list) to the date
	Kind     string // as printed, "Nghị quyết"; of a list it is the kind before the first; may be empty
	Symbol   string // "02-NQ/TU": spaces out, dashes folded; empty for a document without a number
	Date     string // ISO day; empty when none is printed
	Issuer   string // as printed after "của"; may be empty
	Relation Relation
	On       int  // index of the citation that Relation starts from, -1 for the text itself
	Defined  bool // stands in a definition, "(viết tắt là Kết luận số 69-KL/TW)"
}

// Key is the form under which two printings of one symbol are the same.
func (c Citation) Key() string { return Key(c.Symbol) }

// Kinds of deadline.
const (
	Interval   = "interval"   // Start, End or both are set
	Recurring  = "recurring"  // Recurrence holds RRULE words
	Continuous = "continuous" // thường xuyên; Recurrence is CONTINUOUS
	Relative   = "relative"   // counted from an event or another plan: no dates
)

// Deadline is a time by which, or a rhythm in which, something is due (thời hạn).
type Deadline struct {
	Span
	Kind       string
	Start, End string // ISO days inclusive; "" open
	Exclusive  bool   // "trước ngày X": due before End, not on it
	Recurrence string // "FREQ=MONTHLY;INTERVAL=3", "CONTINUOUS", or ""
}

// Quantity is a number that something is to reach.
type Quantity struct {
	Span
	Op    string // ">=", ">", "<=", "=", "+" (growth), "range"
	Value string // decimal point, no thousands sign: "1.2"; a range "20-25"
	Unit  string // "doanh nghiệp", "%", "%/năm"; may be empty
}

// Deliverable is a thing that a clause asks to be made, issued or held (sản phẩm).
type Deliverable struct {
	Span
	Kind string // policy, plan, facility, system, event, review, task
}

// Role is what a body has to do in an assignment.
type Role string

const (
	Lead       Role = "lead"       // chủ trì
	Coordinate Role = "coordinate" // phối hợp
	Execute    Role = "execute"    // the one led: "A lãnh đạo B" has B execute
)

// Mention is a body or a class of bodies named in a text.
type Mention struct {
	Span
	Name  string // the whole name; more than Printed where several share a head ("các sở: Y tế, Nội vụ")
	Class bool   // "các sở, ban, ngành": stands for many, to be expanded as of a date
	Key   string // form in which two printings of one name are the same
}

// Assignment is a role given to a body by the words of a text (phân công).
type Assignment struct {
	Span
	Role      Role
	Body      string // as printed; with the head where several share it (Mention.Name)
	Key       string // form in which two printings of one name are the same
	Class     bool
	Parts     []Mention // of a class mention: its members as printed
	Genitive  bool      // the body is named as owner ("vai trò của X"), not as subject
	Inherited bool      // carried from an earlier clause or a heading; Span is empty
}

// Place tells where a text stands, since the same words mean another thing there.
type Place int

const (
	Sentence       Place = iota // a clause in running text
	Heading                     // a heading or lead-in: the body alone, or "Trách nhiệm của A:"
	LeadCell                    // a cell below "chủ trì"
	CoordinateCell              // a cell below "phối hợp"
	ExecuteCell                 // a cell below "thực hiện"
)

// Options tell Assignments where the text stands.
type Options struct {
	Place   Place
	Carried []Assignment // found in the clause before (same node) or in the heading above
}

// Abbreviation is a short form that a text defines.
type Abbreviation struct {
	Span         // the definition with its brackets
	Short string // "Nghị quyết số 20-NQ/TW"
	Long  string // the words that it stands for, as printed; "" when they cannot be told
}

// TimeWord is a word of urgency or rhythm that sets no date (khẩn trương, định kỳ).
type TimeWord struct {
	Span
	Kind string // urgency, recurrence
}

// Anomaly is a doubtful printing that a person should look at; it is never mended here.
type Anomaly struct {
	Span
	Kind  string // misprint, doubled, spelling, date
	Usual string // what is usually printed; "" when unknown
}

// span returns the Span of words i to before j.
func (p *passage) span(i, j int) Span {
	if i >= j {
		return Span{}
	}
	from, to := p.words[i].from, p.words[j-1].to
	return Span{from, to, p.text[from:to]}
}
