package sense

// Quantities returns the numbers that a text sets as something to reach.
func Quantities(text string) []Quantity { return nil }

// Deliverables returns what a text asks to be made, issued or held.
func Deliverables(text string) []Deliverable { return nil }

// Abbreviations returns the short forms that a text defines.
func Abbreviations(text string) []Abbreviation { return nil }

// TimeWords returns the words of urgency and rhythm that set no date.
func TimeWords(text string) []TimeWord { return nil }

// Anomalies returns the doubtful printings of a text; give it a whole document at once, since a
// spelling is odd only beside the others.
func Anomalies(text string) []Anomaly { return nil }

// Recipients returns the lines of "Nơi nhận" without bullets and final punctuation.
func Recipients(text string) []Mention { return nil }
