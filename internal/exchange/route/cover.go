package route

import (
	"slices"
	"strings"

	"chonoi/internal/when"
)

const mostDays = 60 // on which rules begin or end

// every lists all facts that there are, of a day.
func every(day when.Day) []Facts {
	var all []Facts
	either := []bool{false, true}
	for _, class := range Classes {
		for _, direction := range Directions {
			for _, money := range Moneys {
				for _, certificate := range either {
					for _, amendment := range either {
						for _, contribution := range either {
							all = append(all, Facts{class, direction, money, certificate, amendment, contribution, day})
						}
					}
				}
			}
		}
	}
	return all
}

// checkCover refuses an edition in which, on some day, some transfer has no route or two, a step has
// no duty-holder or two of anything that must be one, a route never takes effect, or a row names a
// question that is not told.
func (l *Law) checkCover(r *reader) {
	l.checkDoubts(r)
	days := l.turns()
	if len(days) > mostDays {
		r.at("rules.csv", 1, "route.turns_many", "Most", mostDays)
		return
	}
	for _, day := range days {
		for _, f := range every(day) {
			if len(r.amiss.Fields) > 0 {
				return // one example tells enough
			}
			l.checkFacts(r, f)
		}
	}
}

// turns are the days, from the first day of the edition, on which some row begins to hold or has
// just ended: between two of them nothing changes.
func (l *Law) turns() []when.Day {
	days := []when.Day{l.From}
	add := func(a Article) {
		if a.From.After(l.From) {
			days = append(days, a.From)
		}
		if !a.To.Zero() && !a.To.Before(l.From) {
			days = append(days, a.To.AddDays(1))
		}
	}
	for _, one := range l.rules {
		add(one.article)
	}
	for _, one := range l.steps {
		add(one.article)
	}
	for _, one := range l.duties {
		add(one.article)
	}
	for _, one := range l.authorities {
		add(one.Article)
	}
	for _, one := range l.effective {
		add(one.article)
	}
	slices.SortFunc(days, func(a, b when.Day) int { return strings.Compare(a.String(), b.String()) })
	return slices.Compact(days)
}

func (l *Law) checkFacts(r *reader, f Facts) {
	var hold []string
	var outcome Outcome
	line := 1
	for _, one := range l.rules {
		if one.article.ValidOn(f.Day) && one.fits(f) {
			hold = append(hold, one.code)
			outcome, line = one.outcome, one.line
		}
	}
	if len(hold) != 1 {
		r.at("rules.csv", line, "route.cover_rules", "Facts", f.text(), "Rules", listed(hold))
		return
	}
	acts := map[Act]string{}
	for _, s := range l.steps {
		if !has(s.outcomes, outcome) || !s.article.ValidOn(f.Day) || !s.fits(f) {
			continue
		}
		if other, twice := acts[s.act]; twice {
			r.at("steps.csv", s.line, "route.cover_steps", "Facts", f.text(), "Steps", listed([]string{other, s.code}))
			return
		}
		acts[s.act] = s.code
		l.checkStep(r, s, f)
	}
	takes := slices.ContainsFunc(l.effective, func(e effect) bool { return has(e.outcomes, outcome) && e.article.ValidOn(f.Day) })
	if takes == (outcome == Blocked) {
		r.at("effective.csv", 1, "route.cover_effective", "Facts", f.text(), "Route", string(outcome))
	}
}

// checkStep refuses a step without exactly one duty-holder, or with more than one authority.
func (l *Law) checkStep(r *reader, s stepRow, f Facts) {
	var holders, offices []string
	duties, office := 1, 1 // lines
	for _, d := range l.duties {
		if d.act == s.act && d.article.ValidOn(f.Day) && d.fits(f) {
			holders, duties = append(holders, d.code), d.line
		}
	}
	for _, a := range l.authorities {
		if a.act == s.act && a.Article.ValidOn(f.Day) && a.fits(f) {
			offices, office = append(offices, a.Code), a.line
		}
	}
	if len(holders) != 1 {
		r.at("duties.csv", duties, "route.cover_duties", "Facts", f.text(), "Act", string(s.act), "Rows", listed(holders))
	}
	if len(offices) > 1 {
		r.at("authorities.csv", office, "route.cover_authorities", "Facts", f.text(), "Act", string(s.act), "Rows", listed(offices))
	}
}

func (l *Law) checkDoubts(r *reader) {
	told := map[string]bool{"": true}
	for _, d := range l.doubts {
		told[d.Code] = true
	}
	ask := func(file string, line int, code, doubt string) {
		if !told[doubt] {
			r.at(file, line, "route.cover_doubt", "Code", code, "Doubt", short(doubt))
		}
	}
	for _, one := range l.rules {
		ask("rules.csv", one.line, one.code, one.doubt)
	}
	for _, one := range l.steps {
		ask("steps.csv", one.line, one.code, one.doubt)
	}
	for _, one := range l.duties {
		ask("duties.csv", one.line, one.code, one.doubt)
	}
	for _, one := range l.authorities {
		ask("authorities.csv", one.line, one.Code, one.doubt)
	}
	for _, one := range l.dossier {
		ask("dossier.csv", one.line, one.Code, one.doubt)
	}
	for _, one := range l.clocks {
		ask("clocks.csv", one.line, one.Code, one.doubt)
	}
}

// text writes the facts as the columns of the files name them.
func (f Facts) text() string {
	yes := func(is bool) string {
		if is {
			return "yes"
		}
		return "no"
	}
	return strings.Join([]string{f.Day.String(), "class=" + string(f.Class), "direction=" + string(f.Direction), "money=" + string(f.StateMoney),
		"certificate=" + yes(f.ResultCertificate), "amendment=" + yes(f.Amendment), "contribution=" + yes(f.StateCapitalContribution)}, " ")
}

func listed(codes []string) string {
	if len(codes) == 0 {
		return "–"
	}
	return strings.Join(codes, ", ")
}
