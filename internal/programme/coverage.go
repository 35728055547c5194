package programme

import (
	"maps"
	"math"
	"slices"
	"strings"

	"chonoi/internal/db"
	"chonoi/internal/lang"
	"chonoi/internal/when"
)

// Coverage says which bodies carry out which clauses of a plan by plans of their own (độ phủ), and
// where the holes are, as of a day.
type Coverage struct {
	Clauses []Clause
	Bodies  []Covering
	Groups  []Group // in the order of their names; bodies that were named themselves come first
}

// Group is the bodies that were given something by the name of one class, or each by its own.
type Group struct {
	Class                         string
	Name                          lang.Both
	Bodies, Filed, Given, Covered int // of the bodies: how many, with a plan of their own; of what they were given: all, carried out
}

// Covering is what one body has to do of a plan and what its own plans carry out.
type Covering struct {
	Body   string
	Class  string // class by whose name it was given something; "" when it was named itself
	Name   lang.Both
	Ended  bool
	Plans  []*Plan         // its own, in force, that are linked
	Must   map[string]bool // clauses that it leads or executes
	Covers map[string]bool // clauses that its plans carry out
}

// Holes is how many clauses the body has to do that no plan of its own carries out.
func (c *Covering) Holes() int {
	n := 0
	for path := range c.Must {
		if !c.Covers[path] {
			n++
		}
	}
	return n
}

// Covered returns the coverage of a plan at the end of a day: bodies with holes first, then by name.
func (x *Programme) Covered(tx *db.Tx, p *Plan, on when.Day) (*Coverage, error) {
	b, err := x.Board(tx, p, on)
	if err != nil {
		return nil, err
	}
	of := map[string]*Covering{}
	at := func(body string) *Covering {
		if of[body] == nil {
			of[body] = &Covering{Body: body, Must: map[string]bool{}, Covers: map[string]bool{}}
		}
		return of[body]
	}
	c := &Coverage{}
	members := map[string][]string{}
	var plans []string
	for _, l := range b.Lines {
		c.Clauses = append(c.Clauses, l.Clause)
		for _, a := range l.Assignments {
			if a.State == "proposed" || a.Role != Lead && a.Role != Execute {
				continue
			}
			bodies := []string{a.Body}
			if a.Class != "" {
				if members[a.Class] == nil {
					if members[a.Class], err = x.Bodies.Members(tx, a.Class, on); err != nil {
						return nil, err
					}
				}
				bodies = members[a.Class]
			}
			for _, body := range bodies {
				one := at(body)
				one.Must[l.Path] = true
				if one.Class == "" {
					one.Class = a.Class
				}
			}
		}
		for _, link := range l.Carried {
			plans = append(plans, link.Plan)
		}
	}
	if err := c.carried(tx, b, plans, at); err != nil {
		return nil, err
	}
	return c, x.named(tx, c, of, on)
}

// carried tells which clauses the plans of bodies carry out.
func (c *Coverage) carried(tx *db.Tx, b *Board, ids []string, at func(string) *Covering) error {
	slices.Sort(ids)
	plans, err := plansNamed(tx, slices.Compact(ids)...)
	if err != nil {
		return err
	}
	for _, l := range b.Lines {
		for _, link := range l.Carried {
			own := plans[link.Plan]
			if own == nil || own.State == "draft" || own.Owner == "" {
				continue
			}
			one := at(own.Owner)
			one.Covers[l.Path] = true
			if !slices.Contains(one.Plans, own) {
				one.Plans = append(one.Plans, own)
			}
		}
	}
	return nil
}

func (x *Programme) named(tx *db.Tx, c *Coverage, of map[string]*Covering, on when.Day) error {
	var ids []string
	for id := range of {
		if id != "" {
			ids = append(ids, id)
		}
	}
	names, err := x.Bodies.Names(tx, on, ids...)
	if err != nil {
		return err
	}
	ended, err := x.Bodies.Ended(tx, on, ids...)
	if err != nil {
		return err
	}
	lang.Sort(ids, func(id string) string { return names[id].Vi })
	for _, id := range ids {
		one := of[id]
		one.Name = names[id]
		_, one.Ended = ended[id]
		c.Bodies = append(c.Bodies, *one)
	}
	slices.SortStableFunc(c.Bodies, func(a, b Covering) int { return b.Holes() - a.Holes() })
	return x.group(tx, c, on)
}

// group counts the bodies class by class.
func (x *Programme) group(tx *db.Tx, c *Coverage, on when.Day) error {
	at := map[string]*Group{}
	for i := range c.Bodies {
		one := &c.Bodies[i]
		g := at[one.Class]
		if g == nil {
			g = &Group{Class: one.Class}
			at[one.Class] = g
		}
		g.Bodies++
		if len(one.Plans) > 0 {
			g.Filed++
		}
		g.Given += len(one.Must)
		g.Covered += len(one.Must) - one.Holes()
	}
	var names map[string]lang.Both
	if len(at) > 1 || at[""] == nil {
		var err error
		if names, err = x.Bodies.Assignable(tx, on); err != nil {
			return err
		}
	}
	for _, key := range slices.Sorted(maps.Keys(at)) {
		if at[key].Name = names["class:"+key]; key != "" && at[key].Name.Empty() {
			at[key].Name.Vi = key
		}
		c.Groups = append(c.Groups, *at[key])
	}
	slices.SortStableFunc(c.Groups, func(a, b Group) int { return strings.Compare(lang.SortKey(a.Name.Vi), lang.SortKey(b.Name.Vi)) })
	return nil
}

// Likely returns for each clause of a plan the clause above whose words it shares most, where it
// shares enough of them to be worth a person's look. Words that many clauses have count little.
func Likely(own, above []Clause) map[string]string {
	weight := rarity(above)
	vectors := make([]map[string]float64, len(above))
	for i, c := range above {
		vectors[i] = vector(c.Text, weight)
	}
	best := map[string]string{}
	for _, c := range own {
		v, top := vector(c.Text, weight), 0.3
		for i := range above {
			if s := cosine(v, vectors[i]); s > top {
				top, best[c.Path] = s, above[i].Path
			}
		}
	}
	return best
}

// rarity tells how much each word weighs: the rarer among the clauses, the more.
func rarity(clauses []Clause) map[string]float64 {
	in := map[string]int{}
	for _, c := range clauses {
		words := terms(c.Text)
		slices.Sort(words)
		for _, w := range slices.Compact(words) {
			in[w]++
		}
	}
	weight := map[string]float64{}
	for w, n := range in {
		weight[w] = math.Log(1 + float64(len(clauses))/float64(n))
	}
	return weight
}

// terms are the pairs of neighbouring words: single syllables of Vietnamese say little.
func terms(text string) []string {
	words := strings.FieldsFunc(lang.Fold(text), func(r rune) bool { return !('a' <= r && r <= 'z' || '0' <= r && r <= '9') })
	var all []string
	for i := range words {
		if i > 0 {
			all = append(all, words[i-1]+" "+words[i])
		}
	}
	return all
}

func vector(text string, weight map[string]float64) map[string]float64 {
	v := map[string]float64{}
	for _, t := range terms(text) {
		if w, ok := weight[t]; ok {
			v[t] += w
		} else {
			v[t] += 1
		}
	}
	return v
}

func cosine(a, b map[string]float64) float64 {
	dot, na, nb := 0.0, 0.0, 0.0
	for t, x := range a {
		dot += x * b[t]
		na += x * x
	}
	for _, x := range b {
		nb += x * x
	}
	if na == 0 || nb == 0 {
		return 0
	}
	return dot / math.Sqrt(na*nb)
}
