package sense

// Deadlines returns the times by which a text says that something is due.
func Deadlines(text string) []Deadline { return nil }

// Quantities returns the numbers that a text sets as something to reach.
func Quantities(text string) []Quantity { return nil }

// Deliverables returns what a text asks to be made, issued or held.
func Deliverables(text string) []Deliverable { return nil }

// Assignments returns the roles that a text gives to bodies, in the order of the text.
func Assignments(text string, o Options) []Assignment { return nil }

// Bodies returns the bodies and classes of bodies that a text names.
func Bodies(text string) []Mention { return nil }

// Abbreviations returns the short forms that a text defines.
func Abbreviations(text string) []Abbreviation { return nil }

// TimeWords returns the words of urgency and rhythm that set no date.
func TimeWords(text string) []TimeWord { return nil }

// Anomalies returns the doubtful printings of a text; give it a whole document at once, since a
// spelling is odd only beside the others.
func Anomalies(text string) []Anomaly { return nil }

// Recipients returns the lines of "Nơi nhận" without bullets and final punctuation.
func Recipients(text string) []Mention { return nil }
