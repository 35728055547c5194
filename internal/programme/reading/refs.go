package reading

import (
	"regexp"
	"strconv"
	"strings"

	"chonoi/internal/lang"
)

// Implements tells which parts of the parent plan a clause carries out, by their paths there.
type Implements struct {
	At      string   `json:"at"`
	Targets []string `json:"targets"`
}

// InternalRef is a reference to a node of this document, or "external": to an article of another.
type InternalRef struct {
	At     string `json:"at"`
	Target string `json:"target"`
}

// mayRefer is a quick look: most texts refer to nothing.
var mayRefer = regexp.MustCompile(`(?:[ĐđMmPpKkNn](?:iểm|iều|ục|hần|hoản|hóm)|hương|dòng|iết) +(?:(?:thứ|số|này|các) *|[IVXLC\d]|[a-zđ]\b)|[IVX]\.\d`)

// references reads what clauses, headings and rows refer to within this document or in the plan
// that it carries out.
func (p *Plan) references() {
	r := resolver{plan: p, at: map[string]int{}, plans: p.isPlan(), derived: p.derived()}
	for i := range p.Nodes {
		r.at[p.Nodes[i].ID] = i
	}
	clause := 0
	for i := range p.Nodes {
		n := &p.Nodes[i]
		has := false
		for clause < len(p.Clauses) && p.Clauses[clause].Node == n.ID {
			r.read(p.Clauses[clause].ID, p.Clauses[clause].Text, i)
			clause, has = clause+1, true
		}
		if !has {
			r.read(n.ID, n.Text, i)
		}
	}
	for i := range p.Rows {
		r.read(p.Rows[i].ID, p.Rows[i].Task, -1)
	}
}

func (p *Plan) isPlan() bool {
	if p.Header.Kind == nil {
		return false
	}
	f := lang.Fold(*p.Header.Kind)
	return strings.HasPrefix(f, "ke hoach") || strings.HasPrefix(f, "chuong trinh")
}

// derived reports whether the document says that it carries out another plan or programme.
func (p *Plan) derived() bool {
	for _, c := range p.Citations {
		if f := lang.Fold(c.Says.Kind); (c.At == "header" || c.At == "preamble") && (strings.HasPrefix(f, "ke hoach") || strings.HasPrefix(f, "chuong trinh")) {
			return true
		}
	}
	return false
}

type resolver struct {
	plan    *Plan
	at      map[string]int
	plans   bool
	derived bool
}

// read reads the references of a text that stands at a place, below a node.
func (r *resolver) read(at, text string, node int) {
	if !mayRefer.MatchString(text) {
		return
	}
	tokens := token.FindAllString(text, -1)
	var targets []string
	var all []reference
	for i := 0; i < len(tokens); {
		if r.plans && planPath.MatchString(tokens[i]) {
			targets = append(targets, tokens[i])
			i++
			continue
		}
		ref, next := readReference(tokens, i)
		if next == i {
			i++
			continue
		}
		all = append(all, ref)
		i = next
	}
	for k := len(all) - 2; k >= 0; k-- {
		if all[k].joined {
			all[k].inherit(&all[k+1])
		}
	}
	for k := range all {
		targets = append(targets, r.resolve(at, &all[k], node)...)
	}
	if len(targets) > 0 {
		r.plan.Implements = append(r.plan.Implements, Implements{At: at, Targets: unique(targets)})
	}
}

// inherit takes the outer steps that a reference leaves to the one after it: "điểm a khoản 1 và
// điểm b khoản 2 Điều 5".
func (r *reference) inherit(from *reference) {
	outermost := unit(0)
	for u := range r.values {
		outermost = max(outermost, u)
	}
	for u, values := range from.values {
		if u > outermost {
			r.values[u] = values
		}
	}
	r.self, r.other = from.self, from.other
}

// resolve tells what a reference points at: it adds what lies in this document, and returns paths
// of the parent plan.
func (r *resolver) resolve(at string, ref *reference, node int) []string {
	if r.plans && !ref.self && (ref.other || r.derived) && ref.values[unitArticle] == nil && ref.values[unitClause] == nil {
		return planPaths(ref)
	}
	if ref.other || !ref.self && !r.here(ref) && r.amends(node) {
		r.plan.InternalRefs = append(r.plan.InternalRefs, InternalRef{at, "external"})
		return nil
	}
	for _, id := range r.ids(ref, node) {
		if _, ok := r.at[id]; ok {
			r.plan.InternalRefs = append(r.plan.InternalRefs, InternalRef{at, id})
		} else {
			r.plan.warn(at, "reading.reference_unresolved", "Path", id)
		}
	}
	return nil
}

// here reports whether a step of a reference is "này".
func (r *resolver) here(ref *reference) bool {
	for _, values := range ref.values {
		if values[0] == "này" {
			return true
		}
	}
	return false
}

var amending = regexp.MustCompile(`^(?:Sửa đổi|Bổ sung|Bãi bỏ|Thay thế|Hủy bỏ)\s`)

// amends reports whether a node changes another document: articles named there are of that one.
func (r *resolver) amends(node int) bool {
	for ; node >= 0; node = r.plan.Nodes[node].up {
		if amending.MatchString(r.plan.Nodes[node].Text) {
			return true
		}
	}
	return false
}

// planPaths are the paths of a plan: mục II, điểm 5, gạch đầu dòng thứ nhất are II.5-1.
func planPaths(ref *reference) []string {
	paths := []string{""}
	for _, u := range []unit{unitBig, unitChapter, unitPart, unitPoint} {
		paths = times(paths, ref.values[u], ".")
	}
	paths = times(paths, ref.values[unitDash], "-")
	if len(paths) == 1 && paths[0] == "" {
		return nil
	}
	return paths
}

func times(paths, values []string, sign string) []string {
	if len(values) == 0 {
		return paths
	}
	var out []string
	for _, p := range paths {
		for _, v := range values {
			if p != "" {
				v = p + sign + v
			}
			if len(out) < 50 {
				out = append(out, v)
			}
		}
	}
	return out
}

var annexID = regexp.MustCompile(`^(?:K|PL)\d+\.?`)

// ids are the ids that a reference names within this document; steps that it leaves out are those
// in which it stands.
func (r *resolver) ids(ref *reference, node int) []string {
	prefix, here := "", map[kind]string{}
	for n := node; n >= 0; n = r.plan.Nodes[n].up {
		one := &r.plan.Nodes[n]
		if _, ok := here[one.family.kind]; !ok {
			here[one.family.kind] = one.ID
		}
		prefix = annexID.FindString(one.ID)
	}
	if prefix != "" && !strings.HasSuffix(prefix, ".") {
		prefix += "."
	}
	bases := []string{}
	switch {
	case ref.values[unitArticle] != nil:
		bases = numberedIDs(ref.values[unitArticle], prefix+"D", here[article])
	case ref.values[unitBig] != nil || ref.values[unitChapter] != nil || ref.values[unitPart] != nil:
		bases = r.partIDs(ref, prefix, here)
	case ref.values[unitClause] != nil:
		bases = []string{here[article]} // none in a directive, where 1. stands at the top
	case ref.values[unitPoint] != nil && here[decimal] != "":
		bases = []string{here[decimal]}
	}
	if len(ref.values[unitClause]) == 1 && ref.values[unitClause][0] == "này" {
		bases = []string{here[decimal]}
	} else {
		bases = times(bases, ref.values[unitClause], ".")
	}
	bases = times(bases, ref.values[unitPoint], ".")
	return times(bases, ref.values[unitDash], "-")
}

func (r *resolver) partIDs(ref *reference, prefix string, here map[kind]string) []string {
	if prefix != "" {
		prefix = strings.TrimSuffix(prefix, ".") + "."
	}
	bases := []string{}
	if v := ref.values[unitBig]; v != nil {
		bases = numberedIDs(v, prefix+"P", here[part])
	}
	if v := ref.values[unitChapter]; v != nil {
		bases = numberedIDs(v, prefix+"C", here[chapter])
	}
	v := ref.values[unitPart]
	if v == nil {
		return bases
	}
	if len(bases) == 0 {
		for _, one := range v {
			id := prefix + one
			if _, ok := r.at[id]; !ok && here[chapter] != "" {
				id = here[chapter] + ".M" + one
			}
			bases = append(bases, id)
		}
		return bases
	}
	return times(bases, v, ".M")
}

// numberedIDs are ids of values with a letter before them, Roman numbers told as Arabic ones; "này" is
// where the reference stands.
func numberedIDs(values []string, letter, here string) []string {
	var out []string
	for _, v := range values {
		if v == "này" {
			out = append(out, here)
			continue
		}
		if n := countOf(v); n > 0 {
			v = strconv.Itoa(n)
		}
		out = append(out, letter+v)
	}
	return out
}

func unique(all []string) []string {
	seen := map[string]bool{}
	kept := all[:0]
	for _, s := range all {
		if !seen[s] {
			seen[s] = true
			kept = append(kept, s)
		}
	}
	return kept
}
