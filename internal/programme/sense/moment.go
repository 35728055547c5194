package sense

// moment is a point or span of time as printed. Without a year only month and day are known.
type moment struct {
	first, last day  // bounds; a zero year is not printed
	open        bool // "và các năm tiếp theo": no end
	late        bool // "cuối năm": only the end is told
	ranged      bool // both ends are printed
	unit        byte // d day, m month, q quarter, h half-year, y year, p period, n day of a month without its month
}

func (m moment) yearless() bool { return m.last.year == 0 && m.unit != 'n' }

// withYear puts a year into a moment that has none.
func (m moment) withYear(year int) moment {
	if m.yearless() && year > 0 {
		m.first.year, m.last.year = year, year
		if m.unit != 'd' {
			m.last.day = lastDay(year, m.last.month)
		}
	}
	return m
}

// yearSuffix reads the year behind a month or a quarter: "/2026", " năm 2026", "-2026", " 2026".
func (p *passage) yearSuffix(k int) (year, n int) {
	at := k
	switch {
	case p.is(at, ",") && p.is(at+1, "năm"):
		at += 2
	case p.is(at, "cua3") && p.is(at+1, "năm"):
		at += 2
	case p.is(at, "/", "-", ".", "năm", ","):
		if at++; p.is(at, "năm") {
			at++
		}
	}
	if y, ok := p.year(at); ok && !(p.is(k, ",") && at == k+1) {
		return y, at + 1 - k
	}
	return 0, 0
}

// momentsAt reads what time begins at word i; several when days or months are listed. It returns
// after how many words they end.
func (p *passage) momentsAt(i int) ([]moment, int) {
	switch {
	case p.is(i, "ngay2"):
		if all, n := p.days(i + 1); n > 0 {
			return all, n + 1
		}
		if all, n := p.dayOfMonth(i + 1); n > 0 {
			return all, n + 1
		}
		return nil, 0
	case p.is(i, "thang1"):
		return p.spanOf(i, 'm')
	case p.is(i, "quy1", "qui1"):
		return p.spanOf(i, 'q')
	case p.is(i, "năm"):
		return p.years(i)
	case p.is(i, "giai") && p.is(i+1, "đoan5"), p.is(i, "nhiêm5") && p.is(i+1, "ky2", "ki2"), p.is(i, "thơi2") && p.is(i+1, "ky2", "ki2"):
		if all, n := p.years(i + 2); n > 1 {
			all[0].unit = 'p'
			return all, n + 2
		}
		return nil, 0
	case p.is(i, "đâu2", "giưa4", "cuôi1"):
		return p.edge(i)
	}
	if all, n := p.half(i); n > 0 {
		return all, n
	}
	if all, n := p.days(i); n > 0 {
		return all, n
	}
	if _, ok := p.year(i); ok && !p.glued(i) {
		return p.years(i)
	}
	if month, ok := p.number(i, 1, 12); ok && p.is(i+1, "/") && p.joined(i+1) && !(p.is(i+3, "/", "-") && p.joined(i+3)) && !(p.joined(i) && p.is(i-1, "/", "-", ".")) { // 12/2026
		if year, ok := p.year(i + 2); ok {
			m := moment{first: day{0, month, 1}, last: day{0, month, 0}, unit: 'm'}
			return []moment{m.withYear(year)}, 3
		}
	}
	return nil, 0
}

// glued reports whether the number at word i is part of a longer figure or symbol.
func (p *passage) glued(i int) bool {
	return p.joined(i) && p.is(i-1, "/", "-", ".", ",") && i > 1 && p.words[i-2].shape != sign || p.joined(i+1) && p.is(i+1, "/", ".", ",") && p.joined(i+2)
}

// days reads one day or a row of days, "15/6 và 15/12/2026".
func (p *passage) days(i int) ([]moment, int) {
	var all []moment
	end := i
	for k := i; k < len(p.words) && len(all) < 12; {
		d, n := p.dateAt(k)
		if n == 0 || k == i && n == 3 && p.joined(i) {
			break
		}
		all = append(all, moment{first: d, last: d, unit: 'd'})
		end = k + n
		k = end
		if p.is(k, ",") {
			k++
		}
		if p.is(k, "va2", "hoăc5") {
			k++
		}
		if k == end {
			break
		}
		if p.is(k, "ngay2") {
			k++
		}
	}
	for j := len(all) - 2; j >= 0; j-- {
		all[j] = all[j].withYear(all[j+1].last.year)
	}
	return all, end - i
}

// dayOfMonth reads "25 hằng tháng", "15 của tháng cuối quý", where no month is printed.
func (p *passage) dayOfMonth(i int) ([]moment, int) {
	if n, ok := p.number(i, 1, 31); ok && len(p.words[i].key) <= 2 && !p.is(i+1, "/") {
		d := day{day: n}
		return []moment{{first: d, last: d, unit: 'n'}}, 1
	}
	if p.is(i, "cuôi1") {
		n := 1
		if p.is(i+1, "cung2") {
			n = 2
		}
		d := day{day: -1}
		return []moment{{first: d, last: d, unit: 'n'}}, n
	}
	return nil, 0
}

// spanOf reads months or quarters behind their word: "tháng 9/2026", "quý III - IV năm 2026". Those
// listed one after another are one span; "tháng 6, 12/2026" is two.
func (p *passage) spanOf(i int, unit byte) ([]moment, int) {
	type run struct {
		first, last int
		ranged      bool
	}
	var runs []run
	k, to := i+1, false
	for len(runs) < 12 {
		n, m := p.ordinal(k, unit)
		if m == 0 {
			break
		}
		if last := len(runs) - 1; last >= 0 && (to || n == runs[last].last+1) {
			if n <= runs[last].last {
				return nil, 0
			}
			runs[last].last, runs[last].ranged = n, true
		} else {
			runs = append(runs, run{n, n, false})
		}
		k += m
		next := k
		if to = p.is(next, "-", "đên1"); to || p.is(next, ",") {
			next++
		}
		if p.is(next, "va2") {
			next++
		}
		if p.is(next, p.words[i].key) && next > k {
			next++
		}
		if _, m := p.ordinal(next, unit); next == k || m == 0 || p.is(next+m, "/") && unit == 'm' && p.dayLike(next) {
			break
		}
		k = next
	}
	if len(runs) == 0 {
		return nil, 0
	}
	year, n := p.yearSuffix(k)
	var all []moment
	for _, r := range runs {
		if unit == 'q' {
			r.first, r.last = r.first*3-2, r.last*3
		}
		m := moment{first: day{0, r.first, 1}, last: day{0, r.last, 0}, unit: unit, ranged: r.ranged}
		all = append(all, m.withYear(year))
	}
	return all, k + n - i
}

// dayLike reports whether word k begins "15/6", a day and no month.
func (p *passage) dayLike(k int) bool {
	_, n := p.datesOfDigits(k)
	return n > 0
}

func (p *passage) ordinal(k int, unit byte) (int, int) {
	if k >= len(p.words) {
		return 0, 0
	}
	if unit == 'q' {
		if n := p.quarterAt(k); n > 0 {
			return n, 1
		}
		return 0, 0
	}
	if p.is(k, "năm") && !p.is(k+1, "năm") { // "tháng năm 2026" says nothing of May
		return 0, 0
	}
	return p.monthAt(k)
}

// years reads "năm 2026", "2026 - 2030", "năm 2026 và các năm tiếp theo". Years listed one after
// another are one span, others are each their own.
func (p *passage) years(i int) ([]moment, int) {
	k := i
	if p.is(k, "năm") {
		k++
	}
	first, ok := p.year(k)
	if !ok {
		return nil, 0
	}
	k++
	all := []moment{{first: day{first, 1, 1}, last: day{first, 12, 31}, unit: 'y'}}
	for len(all) < 12 {
		next, m := k, &all[len(all)-1]
		to := p.is(next, "-", "đên1")
		if to || p.is(next, ",") {
			next++
		}
		if p.is(next, "va2") {
			next++
		}
		if p.is(next, "năm") && next > k {
			next++
		}
		year, ok := p.year(next)
		if next == k || !ok || year <= m.last.year || p.is(next+1, "/") {
			break
		}
		k = next + 1
		switch {
		case to:
			m.last.year, m.unit = year, 'p'
		case year == m.last.year+1:
			m.last.year = year
		default:
			all = append(all, moment{first: day{year, 1, 1}, last: day{year, 12, 31}, unit: 'y'})
		}
	}
	if n := p.following(k); n > 0 {
		all[len(all)-1].open, k = true, k+n
	}
	return all, k - i
}

// following reads "và các năm tiếp theo", "và những năm sau", "trở đi".
func (p *passage) following(k int) int {
	if p.is(k, "trơ3") && p.is(k+1, "đi", "vê2") {
		return 2
	}
	at := k
	if p.is(at, ",") {
		at++
	}
	if p.is(at, "va2") {
		at++
	}
	if at == k || !p.is(at, "cac1", "nhưng4") || !p.is(at+1, "năm") {
		return 0
	}
	switch {
	case p.is(at+2, "tiêp1") && p.is(at+3, "theo", "sau"), p.is(at+2, "kê1") && p.is(at+3, "tiêp1"):
		return at + 4 - k
	case p.is(at+2, "sau"):
		return at + 3 - k
	}
	return 0
}

// half reads "6 tháng đầu năm 2026", "nửa cuối năm 2026".
func (p *passage) half(i int) ([]moment, int) {
	k, months := i, 6
	if p.is(k, "nưa3") {
		k++
	} else {
		n, m := p.count(k, 11)
		if m == 0 || !p.is(k+m, "thang1") {
			return nil, 0
		}
		k, months = k+m+1, n
	}
	if !p.is(k, "đâu2", "cuôi1") || !p.is(k+1, "năm") {
		return nil, 0
	}
	m := moment{unit: 'h', first: day{month: 1, day: 1}, last: day{month: months}}
	if p.is(k, "cuôi1") {
		m.first.month, m.last.month = 13-months, 12
	}
	k += 2
	if year, ok := p.year(k); ok {
		m, k = m.withYear(year), k+1
	}
	return []moment{m}, k - i
}

// edge reads "cuối năm 2026", "đầu quý III/2026", "giữa tháng 9/2026".
func (p *passage) edge(i int) ([]moment, int) {
	if !p.is(i+1, "năm", "thang1", "quy1", "qui1") {
		return nil, 0
	}
	all, n := p.momentsAt(i + 1)
	if n == 0 {
		return nil, 0
	}
	all[0].late = p.is(i, "cuôi1")
	return all, n + 1
}
