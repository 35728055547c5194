package plan

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"chonoi/internal/programme"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
)

// mostLines is how many clauses a page shows with their bodies: of a longer plan it shows one group.
const mostLines = 300

// group is a section or group heading with what stands below it.
type group struct {
	Number, Title string
	Open          bool
	Counts        []count
	Lines         []lineView
	Path          string // where its lines are shown, when this page has too many
	More          string // where its next lines are shown
}

// lineView is one clause with who has it and how it stands.
type lineView struct {
	Path, Number, Text, TextIn string
	Bodies                     []string
	Due, Evidence              string
	Lights                     []parts.Light
}

// fill puts the clauses that the filters leave under their headings: all of them, or, when they are
// many, those of the group that was asked for.
func (v *planView) fill(r *http.Request, b *programme.Board, query url.Values) {
	query = maps.Clone(query)
	body, standing := query.Get("body"), programme.Standing(query.Get("standing"))
	top := headings(b.Nodes)
	of, order, n := map[string][]programme.Line{}, []string(nil), 0
	under := map[string]string{} // heading of each leaf
	for _, l := range b.Lines {
		if !chosen(l, body, standing) {
			continue
		}
		at, known := under[l.Node]
		if !known {
			at = headingOf(l.Node, top)
			under[l.Node] = at
		}
		if of[at] == nil {
			order = append(order, at)
		}
		of[at] = append(of[at], l)
		n++
	}
	for _, at := range order {
		lines := of[at]
		g := group{Number: strings.TrimSuffix(top[at].Marker, "-"), Title: top[at].Text, Counts: counts(r, lines, b.On), Open: body != "" || standing != "" || hasTrouble(lines)}
		if n > mostLines {
			query.Set("group", at)
			query.Del("after")
			g.Open, g.Path = r.URL.Query().Get("group") == at, v.Path+"?"+query.Encode()
		}
		if g.Path == "" || g.Open {
			shown := pageOf(lines, r.URL.Query().Get("after"))
			for _, l := range shown {
				g.Lines = append(g.Lines, v.line(r, b, l))
			}
			if last := shown[len(shown)-1].Path; last != lines[len(lines)-1].Path {
				query.Set("after", last)
				g.More = v.Path + "?" + query.Encode()
			}
		}
		v.Groups = append(v.Groups, g)
	}
	if n == 0 {
		v.Nothing = &parts.Empty{Title: web.T(r, "plan.nothing_left"), Text: web.T(r, "plan.nothing_left_help"),
			Actions: []parts.Action{{Path: v.Path, Text: web.T(r, "plan.show_all"), Kind: "line"}}}
	}
}

// pageOf returns the lines that follow one, as many as a page shows.
func pageOf(lines []programme.Line, after string) []programme.Line {
	if i := slices.IndexFunc(lines, func(l programme.Line) bool { return l.Path == after }); i >= 0 && i+1 < len(lines) {
		lines = lines[i+1:]
	}
	return lines[:min(len(lines), mostLines)]
}

func chosen(l programme.Line, body string, standing programme.Standing) bool {
	if standing == "unassigned" {
		return l.Unassigned
	}
	if body == "" && standing == "" {
		return true
	}
	for _, t := range l.Tasks {
		if (body == "" || t.Owner == body) && (standing == "" || t.Standing == standing) {
			return true
		}
	}
	if standing != "" {
		return false
	}
	return slices.ContainsFunc(l.Assignments, func(a *programme.Assignment) bool { return a.Body == body })
}

func hasTrouble(lines []programme.Line) bool {
	for _, l := range lines {
		for _, t := range l.Tasks {
			if t.Standing == programme.Overdue || t.Standing == programme.Orphan {
				return true
			}
		}
	}
	return false
}

// headings are the nodes under which clauses are shown: groups, and sections without groups.
func headings(nodes []programme.Node) map[string]programme.Node {
	parent := map[string]bool{}
	for _, n := range nodes {
		parent[n.Parent] = true
	}
	top := map[string]programme.Node{}
	for _, n := range nodes {
		if parent[n.Path] || n.Parent == "" {
			top[n.Path] = n
		}
	}
	return top
}

// headingOf returns the nearest heading above a leaf.
func headingOf(leaf string, top map[string]programme.Node) string {
	best := ""
	for path := range top {
		if path == leaf || strings.HasPrefix(leaf, path) && len(leaf) > len(path) && strings.ContainsRune(".-", rune(leaf[len(path)])) {
			if len(path) > len(best) {
				best = path
			}
		}
	}
	return best
}
