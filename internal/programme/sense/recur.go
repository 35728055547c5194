package sense

import "fmt"

// rhythm is a recurrence read at a word, in RRULE words.
type rhythm struct {
	rule string
	wordSpan
	certain bool // "định kỳ", "một lần": no noun that it could qualify
}

func everyMonths(n int) string {
	switch {
	case n == 1:
		return "FREQ=MONTHLY"
	case n%12 == 0 && n > 12:
		return fmt.Sprintf("FREQ=YEARLY;INTERVAL=%d", n/12)
	case n == 12:
		return "FREQ=YEARLY"
	}
	return fmt.Sprintf("FREQ=MONTHLY;INTERVAL=%d", n)
}

// rhythmsAt reads the recurrences at word i: "hằng quý", "định kỳ 6 tháng, hằng năm", "2 năm một lần".
func (p *passage) rhythmsAt(i int) ([]rhythm, int) {
	k, regular := i, false
	if p.is(k, "đinh5") && p.is(k+1, "ky2", "ki2") {
		k, regular = k+2, true
		if p.is(k, "theo", "(") {
			k++
		}
	}
	var all []rhythm
	each := false
	for len(all) < 6 {
		begin := k
		one, said, n := p.period(k, regular || each)
		if n == 0 {
			break
		}
		each = each || said
		k += n
		once := p.once(k)
		k += once
		one.wordSpan = wordSpan{begin, k}
		one.certain = regular || once > 0
		if !said && !regular && once == 0 && !p.beforeEach(k) && len(all) == 0 {
			return nil, 0
		}
		all = append(all, one)
		next := k
		if p.is(next, ",", "/") {
			next++
		}
		if p.is(next, "va2", "hoăc5") {
			next++
		}
		if next == k {
			break
		}
		if _, _, n := p.period(next, regular || each); n == 0 {
			break
		}
		k = next
	}
	if len(all) == 0 {
		return nil, 0
	}
	if regular {
		all[0].at = i
	}
	return all, all[len(all)-1].end - i
}

// beforeEach reports whether "và hằng năm" follows, so that "6 tháng" before it is a rhythm too.
func (p *passage) beforeEach(k int) bool {
	next := k
	if p.is(next, ",") {
		next++
	}
	if p.is(next, "va2") {
		next++
	}
	return next > k && p.is(next, "hăng2", "hang2", "môi4") && p.is(next+1, "năm", "quy1", "thang1")
}

// once reads "một lần", "1 lần", "/lần" behind a period.
func (p *passage) once(k int) int {
	if p.is(k, "/") {
		k++
		if p.is(k, "lân2") {
			return 2
		}
		if p.is(k, "1", "01") && p.is(k+1, "lân2") {
			return 3
		}
		return 0
	}
	if p.is(k, "môt5", "1", "01") && p.is(k+1, "lân2") {
		return 2
	}
	return 0
}

// period reads one period. said tells that "hằng", "hàng" or "mỗi" stands before it; inRow that a
// bare "quý", "năm" is one too.
func (p *passage) period(k int, inRow bool) (r rhythm, said bool, n int) {
	begin := k
	if p.is(k, "hăng2", "hang2", "môi4") {
		k, said = k+1, true
	}
	times := 1
	if m, n := p.count(k, 60); n > 0 && p.is(k+n, "thang1", "năm", "tuân2", "quy1", "ngay2") && !p.is(k, "năm") {
		times, k = m, k+n
	} else if !said && !inRow {
		return r, said, 0
	}
	switch {
	case p.is(k, "năm"):
		if _, ok := p.year(k + 1); ok || p.is(k+1, "hoc5") {
			return r, said, 0
		}
		r.rule = everyMonths(12 * times)
	case p.is(k, "quy1", "qui1"):
		if !said && p.quarterAt(k+1) > 0 {
			return r, said, 0
		}
		r.rule = everyMonths(3 * times)
	case p.is(k, "thang1"):
		if _, ok := p.number(k+1, 1, 12); ok && times == 1 || p.is(k+1, "đâu2", "cuôi1") {
			return r, said, 0
		}
		r.rule = everyMonths(times)
	case p.is(k, "tuân2"):
		r.rule = every("WEEKLY", times)
	case p.is(k, "ngay2") && said:
		r.rule = every("DAILY", times)
	default:
		return r, said, 0
	}
	if !said && p.is(k+1, "đâu2", "cuôi1", "kê3", "sau", "trươc1", "lam2", "gân2", "qua", "tơi1") {
		return r, said, 0
	}
	return r, said, k + 1 - begin
}

func every(frequency string, times int) string {
	if times > 1 {
		return fmt.Sprintf("FREQ=%s;INTERVAL=%d", frequency, times)
	}
	return "FREQ=" + frequency
}

// yearly reads "hằng năm", "của năm" and the like behind a day without year.
func (p *passage) yearly(k int) int {
	switch {
	case p.is(k, "hăng2", "hang2", "môi4") && p.is(k+1, "năm"):
		return 2
	case p.is(k, "cua3") && (p.is(k+1, "hăng2", "hang2", "môi4") && p.is(k+2, "năm")):
		return 3
	case p.is(k, ",") && p.is(k+1, "hăng2", "hang2") && p.is(k+2, "năm"):
		return 3
	}
	return 0
}

// monthly reads what stands behind a day without month: "hằng tháng", "của tháng cuối quý".
func (p *passage) monthly(k int) (rule string, n int) {
	at := k
	if p.is(at, "cua3") {
		at++
	}
	if p.is(at, "hăng2", "hang2", "môi4", "cac1") && p.is(at+1, "thang1") {
		return "FREQ=MONTHLY", at + 2 - k
	}
	if p.is(at, "thang1") && p.is(at+1, "đâu2", "cuôi1", "đâu2") {
		end := at + 2
		if p.is(end, "cua3", "môi4", "hăng2") {
			end++
		}
		if p.is(end, "quy1", "qui1") {
			if end++; p.is(end, "sau", "tiêp1") {
				if end++; p.is(end, "theo") {
					end++
				}
			}
			return "FREQ=MONTHLY;INTERVAL=3", end - k
		}
	}
	if p.is(at, "thang1") && p.is(at+1, "sau", "tiêp1", "kê1") {
		end := at + 2
		if p.is(end, "theo", "tiêp1") {
			end++
		}
		return "FREQ=MONTHLY", end - k
	}
	if p.is(at, "hăng2", "hang2", "môi4") && p.is(at+1, "quy1", "qui1") {
		return "FREQ=MONTHLY;INTERVAL=3", at + 2 - k
	}
	return "", 0
}
