package sense

var (
	bounds     = list("bounds")
	timeFill   = list("timefill")
	beforeTime = list("before_time")
)

// Deadlines returns the times by which a text says that something is due, in the order of the text.
// Dates of cited documents and times inside titles are none; a text that holds nothing but times,
// as a table cell does, is read as DeadlineCell reads it.
func Deadlines(text string) []Deadline {
	return cut(text).times()
}

// times reads the deadlines of a text that may be a cell or a sentence.
func (p *passage) times() []Deadline {
	if all := p.deadlines(true); p.onlyTimes(all) {
		return all
	}
	return p.deadlines(false)
}

// DeadlineCell returns the times in a table cell below "thời gian" or "thời hạn", where a bare year
// or "thường xuyên" is a deadline too.
func DeadlineCell(text string) []Deadline { return cut(text).deadlines(true) }

// due is a deadline while it is read.
type due struct {
	Deadline
	wordSpan
	yearless *moment // a day or month that still wants a year or a rhythm
	pure     bool    // a rhythm without a day
}

func (p *passage) deadlines(cell bool) []Deadline {
	held := p.titles()
	var all []due
	labelled := false
	for i := 0; i < len(p.words); {
		labelled = p.label(i, labelled)
		if held[i] == cited || !p.mayBeTime(i) {
			i++
			continue
		}
		found, end := p.dueAt(i, cell || labelled, held[i] == titled)
		if end == i {
			i++
			continue
		}
		all = append(all, found...)
		i = end
	}
	return p.settled(all)
}

// timeStarts are the first words of times that are not bounds.
var timeStarts = map[string]bool{
	"ngay2": true, "thang1": true, "quy1": true, "qui1": true, "năm": true, "giai": true, "nhiêm5": true, "thơi2": true,
	"đâu2": true, "giưa4": true, "cuôi1": true, "nưa3": true, "hăng2": true, "hang2": true, "môi4": true, "đinh5": true,
	"thương2": true, "liên": true, "theo": true, "sau": true, "khi": true, "đôt5": true, "vong2": true,
}

// mayBeTime reports whether a time can begin at word i; it spares the longer look at all others.
func (p *passage) mayBeTime(i int) bool {
	w := p.words[i]
	switch w.shape {
	case sign:
		return false
	case digits:
		return len(w.key) <= 4
	}
	if timeStarts[w.key] || bounds.next[w.key] != nil {
		return true
	}
	_, counted := units[w.key]
	return counted || w.key == "mươi2" || p.mong(i)
}

// label reports whether word i stands behind "Thời gian hoàn thành:" in the same clause.
func (p *passage) label(i int, before bool) bool {
	if p.is(i-1, ";", ".") {
		before = false
	}
	if p.is(i-1, ":") {
		for k := i - 2; k >= 0 && k >= i-7; k-- {
			if p.is(k, "thơi2") && p.is(k+1, "gian", "han5") || p.is(k, "tiên1") && p.is(k+1, "đô5") {
				return true
			}
		}
	}
	return before
}

// dueAt reads the deadlines that begin at word i and the word after them.
func (p *passage) dueAt(i int, cell, title bool) ([]due, int) {
	if one, end := p.relative(i, cell); end > i {
		return []due{one}, end
	}
	if !title {
		if one, end := p.continuous(i, cell); end > i {
			return []due{one}, end
		}
		if all, end := p.recurring(i, cell); end > i {
			return all, end
		}
	}
	n, bound := bounds.at(p, i)
	k := i + n
	timed := p.hour(k)
	all, m := p.momentsAt(k + timed)
	if m == 0 {
		return nil, i
	}
	end := k + timed + m
	if bound == "asof" {
		return nil, end
	}
	if bound == "before" && timed > 0 {
		bound = "till"
	}
	found, end := p.moments(i, end, all, bound)
	if bound == "from" || bound == "" || bound == "in" {
		if second, after, ok := p.until(end, all); ok && found[0].yearless == nil || ok && second.last.year > 0 {
			return p.stretch(i, after, all[0], second, cell, title)
		}
	}
	if !cell && !p.counts(i, n, bound, all[0], title) {
		return nil, end
	}
	return found, end
}

// moments makes deadlines of the moments read behind a bound.
func (p *passage) moments(i, end int, all []moment, bound string) ([]due, int) {
	rule, n := "", 0
	last := all[len(all)-1]
	switch {
	case last.unit == 'n':
		if rule, n = p.monthly(end); rule == "" {
			return []due{{Deadline: Deadline{Kind: Relative}, wordSpan: wordSpan{i, end}}}, end
		}
	case last.yearless():
		n = p.yearly(end)
	}
	end += n
	var out []due
	for j := range all {
		m := all[j]
		d := due{wordSpan: wordSpan{i, end}}
		d.Exclusive = bound == "before"
		switch {
		case m.unit == 'n':
			d.Kind, d.Recurrence = Recurring, rule+";BYMONTHDAY="+number(m.first.day)
		case m.yearless() && n > 0:
			d.Kind, d.Recurrence = Recurring, yearlyRule(m)
		default:
			d.bound(m, bound)
			if m.yearless() {
				d.yearless = &all[j]
			}
		}
		out = append(out, d)
	}
	return out, end
}

// bound sets the dates of a deadline from a moment and the word before it.
func (d *due) bound(m moment, bound string) {
	d.Kind = Interval
	if m.yearless() {
		return
	}
	start, end := m.first.iso(), m.last.iso()
	switch {
	case bound == "before" && m.unit != 'd':
		if !m.late {
			end = start
		}
		start = ""
	case bound == "before", bound == "till", m.late:
		start = ""
	case bound == "from":
		if m.unit == 'p' || m.ranged {
			break
		}
		end = ""
	}
	if m.open {
		end = ""
	}
	d.Start, d.End = start, end
}

// until reads "đến tháng 12/2026", "- quý II/2027" behind a first moment.
func (p *passage) until(k int, all []moment) (moment, int, bool) {
	if all[len(all)-1].unit == 'n' || !p.is(k, "-", "đên1", "tơi1") {
		return moment{}, k, false
	}
	if k++; p.is(k, "hêt1") {
		k++
	}
	second, n := p.momentsAt(k)
	if n == 0 || second[0].unit == 'n' {
		return moment{}, k, false
	}
	return second[0], k + n, true
}

// stretch makes one deadline of two moments.
func (p *passage) stretch(i, end int, first, second moment, cell, title bool) ([]due, int) {
	first = first.withYear(second.last.year)
	if title && first.unit == 'y' && !cell {
		return nil, end
	}
	d := due{wordSpan: wordSpan{i, end}}
	d.Kind, d.Start, d.End = Interval, first.first.iso(), second.last.iso()
	if d.Start > d.End {
		return nil, end
	}
	return []due{d}, end
}

// counts reports whether in a sentence a moment is a deadline. Days and quarters behind a bound are;
// a year or a period is so only where a deadline stands, not inside a name.
func (p *passage) counts(i, n int, bound string, m moment, title bool) bool {
	strong := bound == "before" || bound == "till"
	switch m.unit {
	case 'd', 'n':
		return strong || bound == "in" && p.is(i, "vao2", "trong")
	case 'q', 'm':
		return !title && (strong || bound == "in" || m.unit == 'q' && bound == "" || p.opens(i)) || strong && !p.inName(i)
	case 'h':
		return strong || bound == "in" || p.opens(i)
	}
	if title || p.inName(i) {
		return bound == "before" || bound == "till" && n > 1 && !title
	}
	if p.is(i+n, "nhiêm5", "thơi2") {
		return false
	}
	if m.unit == 'p' && bound == "" {
		return p.opens(i)
	}
	return strong || bound == "in" || m.late && p.opens(i) || p.opens(i) && (bound == "" || bound == "from")
}

// opens reports whether a time may stand at word i of a sentence: at its head, behind a sign, or
// behind a word that wants a time.
func (p *passage) opens(i int) bool {
	if i == 0 || p.words[i-1].shape == sign && !p.is(i-1, "-", "/", `"`) {
		return true
	}
	for k := i - 1; k >= 0 && k >= i-4; k-- {
		if n, _ := beforeTime.at(p, k); k+n == i {
			return true
		}
	}
	return false
}

// inName reports whether words back to the last sign begin the name of a programme or a plan.
func (p *passage) inName(i int) bool {
	for k := i - 1; k >= 0 && k >= i-24; k-- {
		if p.words[k].shape == sign && !p.is(k, "-") {
			return p.is(k, `"`)
		}
		if p.words[k].capital && k > 0 && (kinds.has(p, k) || p.is(k, "chiên1", "quy", "đê2")) && !p.is(k+1, "nay2") && !p.is(k+2, "nay2") {
			return true
		}
	}
	return false
}

// hour steps over "17 giờ", "17h00", "16 giờ 30 phút" before a day.
func (p *passage) hour(k int) int {
	if _, ok := p.number(k, 0, 24); !ok || !p.is(k+1, "h", "giơ2", "g") {
		return 0
	}
	n := 2
	if _, ok := p.number(k+n, 0, 59); ok {
		if n++; p.is(k+n, "phut1") {
			n++
		}
	}
	if p.is(k+n, ",") {
		n++
	}
	return n
}

// onlyTimes reports whether a text holds times and filling words only.
func (p *passage) onlyTimes(all []Deadline) bool {
	if len(all) == 0 {
		return false
	}
	next := 0
	for i := 0; i < len(p.words); {
		for next < len(all) && all[next].To <= p.words[i].from {
			next++
		}
		if next < len(all) && p.words[i].from >= all[next].From {
			i++
			continue
		}
		if n, _ := timeFill.at(p, i); n > 0 {
			i += n
		} else if p.words[i].shape == sign {
			i++
		} else {
			return false
		}
	}
	return true
}
