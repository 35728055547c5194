package parts

// Crumb is one step of the way to a page; the last has no Path.
type Crumb struct{ Path, Text string }

// Link is a text with the address that it leads to.
type Link struct{ Path, Text string }

// Tag is a short label. Kind is "offer", "need", "soft" or "".
type Tag struct{ Text, Kind, Icon string }

// Mark is one hull on the pole: an icon or a few letters.
type Mark struct{ Icon, Text string }

// Reason explains why something was found. State is "yes", "part" or "no".
type Reason struct {
	State, Text string
	Icon        string // other than the usual one of the state
}

// Listing is one card in a list of offers, needs or equipment.
type Listing struct {
	Path    string // in the reader's tongue by Href
	Title   Marked
	Need    bool // wanted: dashed mango marks; otherwise filled river ones
	Kind    string
	Tags    []Tag
	Marks   []Mark // the pole: subject, TRL, kind of right
	Summary Marked
	Meta    []string
	Score   string // how well it matches, shown only with Why
	Why     []Reason
	Open    bool // the reasons are shown at once
	Level   int  // of the heading: 2 or 3; 0 is 3
	Lang    string
}

// Marked is a text of which some runs are what the reader looked for.
type Marked []Run

// Run is a part of a Marked text.
type Run struct {
	Text string
	Hit  bool
}

// Plain is a text without marked runs.
func Plain(text string) Marked { return Marked{{Text: text}} }

// Fact is a name with its value. TRL, 1 to 9, draws the scale beside it.
type Fact struct {
	Name, Value, Note string
	TRL               int
	Path              string // the value leads there
	Lang              string // the tongue of the value when it is not the reader's
}

// Facet is a group of filters with the number of records that each would leave.
type Facet struct {
	Name, Title string
	Options     []Option
}

// Option is one value that can be chosen.
type Option struct {
	Value, Text, Hint string
	On, Off           bool // chosen; cannot be chosen
	Count             string
}

// Chip is a filter in force, or a way into a list.
type Chip struct {
	Path, Text, Icon, Count string
	Remove                  bool // following the link takes the filter away
}

// Pager leads to the pages before and after in a long list; either may be "".
type Pager struct{ Previous, Next, First string }

// Step is one part of a long form or of a thing's way. State is "done", "now" or "".
type Step struct {
	Path, Text, Note string
	State            string
	Bad              bool
}

// Moment is one entry of a history or a programme. State is "done", "now" or "".
type Moment struct {
	At, Text, Note, Who string
	Path, Icon, State   string
}

// Paper is one document in a list.
type Paper struct {
	Path, Name, Note string
	Locked           string // why it is not open, instead of a link
	Lang             string
}

// Light is the state of a thing. Kind is "ok", "run", "risk", "late" or "idle".
type Light struct{ Kind, Text string }

// Empty says what is missing and the next steps. Locked draws the shut chest.
type Empty struct {
	Title, Text string
	Locked      bool
	Actions     []Action
	ID          string
}

// Action is a button that leads somewhere. Kind is "" (primary), "line", "go", "stop".
type Action struct{ Path, Text, Kind, Icon string }

// Column is the head of a table's column; Num sets figures under one another.
type Column struct {
	Title string
	Num   bool
}

// Cell is one value of a table.
type Cell struct {
	Text, Path, Note string
	Kind             string // "better", "worse" or ""
	Light            string // with Text: a status light of that kind
}

// Table is a table of records. Cards makes each row a card on a narrow screen; otherwise the
// table scrolls sideways and keeps its columns.
type Table struct {
	Caption, Label string
	Columns        []Column
	Rows           [][]Cell
	Cards          bool
	Tight          bool
}

// Seeker is the search form.
type Seeker struct {
	Path, Label, Value, Placeholder string
	Kinds                           []Option // of record; empty for no choice
	Hidden                          []Option // what is kept: name in Value, value in Text
}

// Share is one piece of a bar; Of counts to the whole. Kind is "ok", "run", "risk", "late", "idle".
type Share struct {
	Kind string
	Of   int
}

// Day is a date drawn as a sheet of a calendar.
type Day struct{ Number, Month string }
