package sense

import (
	"fmt"
	"strconv"
	"strings"
)

func number(n int) string { return strconv.Itoa(n) }

// yearlyRule writes a day, month or quarter that comes back every year.
func yearlyRule(m moment) string {
	if m.unit == 'd' {
		return fmt.Sprintf("FREQ=YEARLY;BYMONTH=%d;BYMONTHDAY=%d", m.first.month, m.first.day)
	}
	rule := "FREQ=YEARLY;BYMONTH=" + number(m.first.month)
	for month := m.first.month + 1; month <= m.last.month; month++ {
		rule += "," + number(month)
	}
	return rule
}

// recurring reads the rhythms at word i, where they say when and do not only qualify a noun.
func (p *passage) recurring(i int, cell bool) ([]due, int) {
	all, n := p.rhythmsAt(i)
	if n == 0 || !cell && !all[0].certain && !p.adverbial(i, i+n) {
		return nil, i
	}
	var out []due
	for _, r := range all {
		d := due{wordSpan: r.wordSpan, pure: true}
		d.Kind, d.Recurrence = Recurring, r.rule
		out = append(out, d)
	}
	return out, i + n
}

// adverbial reports whether "hằng năm" from word i to before end stands for itself: at the head of a
// clause, behind a sign, behind a verb that wants a time, or between subject and verb. Behind a
// noun ("dự toán chi hằng năm") it only qualifies it.
func (p *passage) adverbial(i, end int) bool {
	if i == 0 {
		return !p.is(i, "môi4") || p.acts(end) // "Mỗi năm có 20 sáng kiến" tells a rate
	}
	before := p.words[i-1]
	if p.is(i, "môi4") {
		return false
	}
	if before.shape == sign {
		if p.is(i-1, "(") {
			return p.is(end, ")", ",", ";")
		}
		return p.is(i-1, ":", ".", ";") || p.is(i-1, ",", "-") && (end >= len(p.words) || p.acts(end) || p.is(end, ".", ";"))
	}
	if p.is(i-1, "bao1") || p.is(i-1, "cao1") && p.is(i-2, "bao1") || p.is(i-1, "cao") && p.is(i-2, "bao1") {
		return false
	}
	if p.opens(i) && !p.is(i-1, "la2") {
		return true
	}
	if all, to := p.row(0, false); len(all) > 0 && to == i {
		return true
	}
	return false
}

// continuous reads "thường xuyên" where it is a deadline: in a cell, or apart between signs.
func (p *passage) continuous(i int, cell bool) (due, int) {
	end := i
	switch {
	case p.is(i, "thương2") && p.is(i+1, "xuyên"):
		end = i + 2
	case cell && p.is(i, "liên") && p.is(i+1, "tuc5"):
		end = i + 2
	default:
		return due{}, i
	}
	for turn := 0; turn < 2; turn++ {
		next := end
		if p.is(next, ",", "va2") {
			next++
		}
		if p.is(next, "liên") && p.is(next+1, "tuc5") || p.is(next, "lâu") && p.is(next+1, "dai2") {
			end = next + 2
		}
	}
	closes := end >= len(p.words) || p.words[end].shape == sign
	opens := i == 0 || p.words[i-1].shape == sign && !p.is(i-1, "-")
	if !cell && !(closes && opens) {
		return due{}, i
	}
	d := due{wordSpan: wordSpan{i, end}}
	d.Kind, d.Recurrence = Continuous, "CONTINUOUS"
	return d, end
}

// relative reads a time counted from an event: "05 ngày làm việc kể từ ngày nhận", "giữa nhiệm kỳ",
// in a cell also "theo kế hoạch của Bộ", "sau khi ...".
func (p *passage) relative(i int, cell bool) (due, int) {
	d := due{Deadline: Deadline{Kind: Relative}}
	if p.is(i, "giưa4", "cuôi1", "đâu2") && p.is(i+1, "nhiêm5") && p.is(i+2, "ky2", "ki2") {
		d.wordSpan = wordSpan{i, i + 3}
		return d, i + 3
	}
	if k := p.lapse(i, cell); k > i {
		d.wordSpan = wordSpan{i, p.toSign(k)}
		return d, d.end
	}
	if cell && (p.is(i, "theo") || p.is(i, "sau", "ngay") && p.is(i+1, "khi", "sau") || p.is(i, "khi") && p.is(i+1, "co1") ||
		p.is(i, "đôt5", "hăng2") && p.is(i+1, "xuât1")) && (i == 0 || p.words[i-1].shape == sign || p.words[i].line) {
		d.wordSpan = wordSpan{i, p.toSign(i + 1)}
		return d, d.end
	}
	return d, i
}

// lapse reads "trong vòng 15 ngày", "chậm nhất sau 05 ngày làm việc", "10 ngày kể từ".
func (p *passage) lapse(i int, cell bool) int {
	k, told := i, false
	if n, bound := bounds.at(p, k); n > 0 && bound != "asof" && bound != "from" {
		k, told = k+n, bound == "till" || p.is(i, "trong") && cell
	}
	if p.is(k, "vong2") || p.is(k, "thơi2") && p.is(k+1, "han5", "gian") {
		if told = true; p.is(k, "thơi2") {
			k++
		}
		if k++; p.is(k, "không") && p.is(k+1, "qua1") {
			k += 2
		}
		if p.is(k, "tôi1") && p.is(k+1, "đa") {
			k += 2
		}
	}
	if p.is(k, "sau") {
		k, told = k+1, told || k > i
	}
	n, m := p.count(k, 1000)
	if n == 0 || !p.is(k+m, "ngay2", "thang1", "năm", "giơ2", "tuân2") || p.is(k, "năm") && m == 1 {
		return i
	}
	if p.is(k+m, "ngay2") && p.dayLike(k+m+1) {
		return i
	}
	k += m + 1
	if p.is(k, "đâu2", "cuôi1") && p.is(k+1, "năm") {
		return i
	}
	work := p.is(k, "lam2") && p.is(k+1, "viêc5")
	if work {
		k += 2
	}
	since := p.is(k, "kê3") || p.is(k, "tinh1") && p.is(k+1, "tư2") || p.is(k, "tư2") && p.is(k+1, "ngay2", "khi") || p.is(k, "sau") && p.is(k+1, "khi", "ngay2") ||
		p.is(k, ",") && p.is(k+1, "kê3", "tinh1")
	if !told && !since || told && !since && !work && !p.is(i, "trong", "châm5", "sau") {
		return i
	}
	return k
}

// toSign returns the word at which the words of a relative time end: the next comma, semicolon,
// bracket or full stop, or the verb that follows.
func (p *passage) toSign(k int) int {
	begin := k
	for k < len(p.words) && k < begin+30 {
		if p.is(k, ";", ",", "(", ")", ".", ":") && !(p.is(k, ",") && k == begin) || k > begin && p.words[k].line {
			return k
		}
		k++
	}
	return k
}

// settled makes yearless days come back every year where the clause has a rhythm, and swallows the rhythms that only stand
// before such a day, "Định kỳ 6 tháng (trước ngày 15/6)".
func (p *passage) settled(all []due) []Deadline {
	rhythmic, yearless := false, 0
	for _, d := range all {
		rhythmic = rhythmic || d.Kind == Recurring
		if d.yearless != nil {
			yearless++
		}
	}
	rhythmic = rhythmic || yearless > 1 // "trước ngày 10/6 và trước ngày 10/12"
	var out []Deadline
	for i := range all {
		d := &all[i]
		if d.yearless != nil {
			if d.Kind = Relative; rhythmic {
				d.Kind, d.Recurrence = Recurring, yearlyRule(*d.yearless)
			}
		}
		if d.pure && i+1 < len(all) && !all[i+1].pure && all[i+1].isDay() && p.adjacent(d.end, all[i+1].at) || d.pure && yearless > 0 && d.Recurrence == "FREQ=YEARLY" {
			continue
		}
		d.Span = p.span(d.at, d.end)
		out = append(out, d.Deadline)
	}
	return out
}

// isDay reports whether a deadline is a day that comes back.
func (d *due) isDay() bool { return d.yearless != nil || strings.Contains(d.Recurrence, "BYMONTHDAY") }

// adjacent reports whether only signs stand between two words.
func (p *passage) adjacent(i, j int) bool {
	for k := i; k < j; k++ {
		if p.words[k].shape != sign {
			return false
		}
	}
	return true
}

// What a word of a sentence is to times.
const (
	free   byte = iota
	cited       // part of a citation: its date is no deadline
	titled      // in the title behind a citation: its years are no deadline
)

// titles marks the words of citations and of the titles behind them.
func (p *passage) titles() []byte {
	held := make([]byte, len(p.words))
	all, spans := p.citations()
	for i, s := range spans {
		for k := s.at; k < s.end && k < len(held); k++ {
			held[k] = cited
		}
		if !p.is(s.end, "vê2", "thưc5", "tiêp1", "ban", "quy", "hương1", "phê") && all[i].Symbol != "" {
			continue
		}
		for k := s.end; k < len(held) && !(i+1 < len(spans) && k >= spans[i+1].at); k++ {
			if p.is(k, ";", "(", ".") || p.is(k, "hoan2") && p.is(k+1, "thanh2") || p.is(k, "thơi2") && p.is(k+1, "gian", "han5") {
				break
			}
			held[k] = titled
		}
	}
	return held
}
