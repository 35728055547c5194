package match

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"chonoi/internal/lang"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

// unmatchedView is what the list of needs without a good match is drawn from.
type unmatchedView struct {
	Seen    string // when all were last matched
	Rows    []unmatchedRow
	Pager   parts.Pager
	Nothing *parts.Empty
}

// unmatchedRow is a need without a good match.
type unmatchedRow struct {
	Path, Number, Title, TitleIn, Owner string
	Light                               parts.Light
	Best                                string
	Causes                              []string
}

// listSize is how many rows a page of the desk shows.
const listSize = 20

func (m *Matcher) showUnmatched(w http.ResponseWriter, r *http.Request) error {
	tx, tag := web.Tx(r), web.Lang(r)
	var after *Unmatched
	if grade, id, ok := strings.Cut(r.URL.Query().Get("after"), "_"); ok {
		if n, err := strconv.Atoi(grade); err == nil {
			after = &Unmatched{Rank: n, Outlook: Outlook{Need: id}}
		}
	}
	list, at, err := UnmatchedNeeds(tx, after, listSize+1)
	if err != nil {
		return err
	}
	v := unmatchedView{}
	if at > 0 {
		v.Seen = web.T(r, "match.seen_at", "At", lang.DateTime(tag, when.Time(at)))
	}
	if after != nil {
		v.Pager.First = "/desk/unmatched"
	}
	if len(list) > listSize {
		list = list[:listSize]
		last := list[listSize-1]
		v.Pager.Next = "/desk/unmatched?after=" + url.QueryEscape(strconv.Itoa(last.Rank)+"_"+last.Need)
	}
	var owners []string
	for _, u := range list {
		owners = append(owners, u.Waiting.Owner)
	}
	names, err := m.Names(tx, owners...)
	if err != nil {
		return err
	}
	for _, u := range list {
		row := unmatchedRow{Path: "/desk/needs/" + u.Need + "/matches", Number: u.Waiting.Number, Owner: names[u.Waiting.Owner].In(tag), Best: web.T(r, "match.best_none")}
		title, tongue := u.Waiting.Title.Best(tag)
		if row.Title = title; tongue != tag {
			row.TitleIn = string(tongue)
		}
		if u.Grade != "" {
			row.Best = web.T(r, "match.best_is", "Grade", m.teller(r).Grade(u.Grade))
		}
		if !u.Waiting.Due.Zero() {
			row.Light = clock(r, u.Waiting.Due)
		}
		for _, c := range u.Causes {
			row.Causes = append(row.Causes, web.T(r, "match.cause_"+c.What, "Words", strings.Join(c.Words, ", "), "N", c.N))
		}
		v.Rows = append(v.Rows, row)
	}
	if len(v.Rows) == 0 {
		v.Nothing = &parts.Empty{Title: web.T(r, "match.all_matched"), Text: web.T(r, "match.all_matched_help")}
	}
	page := web.Page{Title: web.T(r, "match.unmatched"), Section: "/desk", NoIndex: true,
		Crumbs: []parts.Crumb{{Path: "/desk", Text: web.T(r, "desk.title")}, {Text: web.T(r, "match.unmatched")}}}
	return web.Show(w, r, page, unmatchedPage(v))
}

// judgementsView is what the list of all judgements is drawn from.
type judgementsView struct {
	Rows  []judgementRow
	Pager parts.Pager
}

func (m *Matcher) showJudgements(w http.ResponseWriter, r *http.Request) error {
	below := r.URL.Query().Get("after")
	var v judgementsView
	rows, err := m.judgementRows(r, func() ([]Judgement, error) {
		all, err := Judgements(web.Tx(r), below, listSize+1)
		if len(all) > listSize {
			all = all[:listSize]
			v.Pager.Next = "/desk/judgements?after=" + url.QueryEscape(all[listSize-1].ID)
		}
		return all, err
	}, true)
	if err != nil {
		return err
	}
	if v.Rows = rows; below != "" {
		v.Pager.First = "/desk/judgements"
	}
	page := web.Page{Title: web.T(r, "match.judgements"), Section: "/desk", NoIndex: true,
		Crumbs: []parts.Crumb{{Path: "/desk", Text: web.T(r, "desk.title")}, {Text: web.T(r, "match.judgements")}}}
	return web.Show(w, r, page, judgementsPage(v))
}

// sendTestSet sends what people said of matches as a collection by which a search can be measured.
func (m *Matcher) sendTestSet(w http.ResponseWriter, r *http.Request) error {
	set, err := m.TestSet(web.Tx(r))
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/zip")
	w.Header().Set("Content-Disposition", `attachment; filename="judgements.zip"`)
	return set.Zip(w)
}

// showGuide tells how matches are found.
func (m *Matcher) showGuide(w http.ResponseWriter, r *http.Request) error {
	t := m.teller(r)
	var grades []guideGrade
	for _, g := range Grades {
		grades = append(grades, guideGrade{gradeLight(t, g), web.T(r, "match.guide_"+string(g))})
	}
	page := web.Page{Title: web.T(r, "match.how"), Description: web.T(r, "match.guide_lede"), Section: "/search",
		Crumbs: []parts.Crumb{{Path: "/search", Text: web.T(r, "search.title")}, {Text: web.T(r, "match.how")}}}
	return web.Show(w, r, page, guidePage(grades))
}

// guideGrade explains a grade.
type guideGrade struct {
	Light parts.Light
	Text  string
}
