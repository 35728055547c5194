package review

import (
	"strings"

	"chonoi/internal/document/paper"
	"chonoi/internal/lang"
	"chonoi/internal/programme"
)

// asPaper makes the official paper of a review. Papers are in Vietnamese, whoever reads them. The
// appendices are left out where the page has no room for them.
func asPaper(words *lang.Words, layout *paper.Layout, v *programme.Review, f *programme.Figures, parts []programme.Words, appendices bool) *paper.Paper {
	t := func(key string, args ...any) string { return words.T(lang.Vi, key, args...) }
	number, symbol := numberOf(v.Symbol)
	p := &paper.Paper{Layout: layout, Kind: t("review.paper_kind"), Abstract: v.Title.Vi,
		Heads:      paper.Heads{Superior: v.Superior, Issuer: v.Issuer, Number: number, Symbol: symbol, Place: v.Place, Date: v.Issued},
		Signatures: []paper.Signature{{Authority: lines(v.Authority), Title: v.SignerAs, Name: v.Signer, Signed: v.State == "issued"}},
		Recipients: lines(v.SentTo), About: paper.About{Title: v.Title.Vi, Author: v.Issuer, Made: v.Published}}
	for i, one := range parts {
		p.Body = append(p.Body, paper.Head(paper.Section, paper.Roman(i+1)+".", t("review.part_"+one.Part)))
		p.Body = append(p.Body, blocks(f, one.Text.Vi)...)
		if one.Part == "results" && len(f.Groups) > 0 {
			p.Body = append(p.Body, paper.Block{Table: groupTable(t, f)})
		}
	}
	if v.Corrects != "" {
		p.Body = append([]paper.Block{paper.Text(t("review.corrects_in_words", "Reason", v.Reason))}, p.Body...)
	}
	if appendices {
		figures := []paper.Block{{Table: figureTable(words, f)}}
		for _, text := range breaks(words, lang.Vi, f) {
			figures = append(figures, paper.Text(text))
		}
		p.Appendices = []paper.Appendix{{Title: t("review.appendix_clauses"), Body: []paper.Block{{Table: clauseTable(words, f)}}, Landscape: true},
			{Title: t("review.appendix_figures"), Body: figures}}
		if len(f.Unplanned) > 0 {
			p.Appendices = append(p.Appendices, paper.Appendix{Title: t("review.appendix_unplanned"), Body: []paper.Block{{Table: unplannedTable(words, f)}}, Landscape: true})
		}
	}
	return p
}

// numberOf takes a number and symbol apart: 15/BC-SKHCN of the State, 15-BC/TU of the Party.
func numberOf(printed string) (number, symbol string) {
	number = printed[:len(printed)-len(strings.TrimLeft(printed, "0123456789"))]
	return number, strings.TrimLeft(printed[len(number):], "/- ")
}

func lines(text string) (all []string) {
	for _, line := range strings.Split(text, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			all = append(all, line)
		}
	}
	return all
}

// blocks are the paragraphs and lists of some words with their figures.
func blocks(f *programme.Figures, words string) (all []paper.Block) {
	for _, line := range lines(words) {
		item, isItem := strings.CutPrefix(line, "- ")
		runs := runsOf(f, item)
		if !isItem {
			all = append(all, paper.Block{Paragraph: &paper.Paragraph{Runs: runsOf(f, line)}})
			continue
		}
		if n := len(all); n > 0 && all[n-1].List != nil {
			all[n-1].List.Items = append(all[n-1].List.Items, runs)
			continue
		}
		all = append(all, paper.Block{List: &paper.List{Marks: paper.Dashes, Items: [][]paper.Run{runs}}})
	}
	return all
}

func runsOf(f *programme.Figures, words string) (runs []paper.Run) {
	for _, piece := range programme.Pieces(words) {
		if c, ok := f.Figure(piece.Figure); ok {
			runs = append(runs, paper.Run{Text: c.Write(lang.Vi), Figure: piece.Figure})
			continue
		}
		runs = append(runs, paper.Run{Text: piece.Text})
	}
	return runs
}

func cell(text string) paper.Cell { return paper.Cell{Runs: paper.Plain(text)} }

func cells(texts ...string) paper.Row {
	var row paper.Row
	for _, text := range texts {
		row.Cells = append(row.Cells, cell(text))
	}
	return row
}

// groupTable tells the figures of each group of the plan.
func groupTable(t func(string, ...any) string, f *programme.Figures) *paper.Table {
	names := []string{"tasks", "done", "on_time", "overdue", "running", "unassigned"}
	table := &paper.Table{Caption: t("review.table_groups"), Columns: []paper.Column{{Width: 34}}}
	head := []string{t("review.group")}
	for _, name := range names {
		table.Columns = append(table.Columns, paper.Column{Width: 11, Align: paper.Right})
		head = append(head, t("figure."+name))
	}
	table.Header = []paper.Row{cells(head...)}
	row := func(title, prefix string, bold bool) {
		r := paper.Row{Cells: []paper.Cell{{Runs: paper.Plain(title), Bold: bold}}}
		for _, name := range names {
			c, _ := f.Figure(prefix + name)
			r.Cells = append(r.Cells, paper.Cell{Runs: []paper.Run{{Text: c.Write(lang.Vi), Figure: c.Key}}, Bold: bold})
		}
		table.Rows = append(table.Rows, r)
	}
	for _, g := range f.Groups {
		row(strings.TrimSpace(g.Marker+" "+g.Title), g.Path+"-", false)
	}
	row(t("review.all_groups"), "", true)
	return table
}

// clauseTable tells each clause with who has it and how it stood.
func clauseTable(words *lang.Words, f *programme.Figures) *paper.Table {
	t := func(key string, args ...any) string { return words.T(lang.Vi, key, args...) }
	table := &paper.Table{Columns: []paper.Column{{Width: 9}, {Width: 41}, {Width: 22}, {Width: 12}, {Width: 16}},
		Header: []paper.Row{cells(t("review.clause"), t("review.content"), t("review.bodies"), t("review.due"), t("review.state"))}}
	of := map[int][]programme.FrozenTask{}
	for _, task := range f.Tasks {
		of[task.Line] = append(of[task.Line], task)
	}
	for i, l := range f.Lines {
		first := []string{l.Path, l.Text}
		if len(of[i]) == 0 {
			table.Rows = append(table.Rows, cells(append(first, bodies(words, lang.Vi, l), "", t("standing.unassigned"))...))
			continue
		}
		for _, task := range of[i] {
			body, due := task.Body.Vi, t("write.no_day")
			if !task.Due.Zero() {
				due = lang.Date(lang.Vi, task.Due.Start())
			}
			table.Rows = append(table.Rows, cells(append(first, body, due, t("standing."+string(task.Standing)))...))
			first = []string{"", ""}
		}
	}
	return table
}

// bodies names who had a clause, each with its role.
func bodies(words *lang.Words, tag lang.Tag, l programme.FrozenLine) string {
	var all []string
	for _, b := range l.Bodies {
		all = append(all, words.T(tag, "role."+string(b.Role), "Body", b.Name.In(tag)))
	}
	return strings.Join(all, "; ")
}

// figureTable tells each figure of the whole with how it is counted.
func figureTable(words *lang.Words, f *programme.Figures) *paper.Table {
	t := func(key string, args ...any) string { return words.T(lang.Vi, key, args...) }
	table := &paper.Table{Columns: []paper.Column{{Width: 30}, {Width: 12, Align: paper.Right}, {Width: 44}, {Width: 14}},
		Header: []paper.Row{cells(t("review.figure"), t("review.value"), t("review.formula"), t("review.as_of_short"))}}
	for _, c := range f.Counts {
		if c.Group == "" {
			row := cells(title(words, lang.Vi, c), "", formula(words, lang.Vi, c), lang.Date(lang.Vi, f.AsOf.Start()))
			row.Cells[1] = paper.Cell{Runs: []paper.Run{{Text: c.Write(lang.Vi), Figure: c.Key}}}
			table.Rows = append(table.Rows, row)
		}
	}
	return table
}

// unplannedTable tells what came up beyond the plans.
func unplannedTable(words *lang.Words, f *programme.Figures) *paper.Table {
	t := func(key string) string { return words.T(lang.Vi, key) }
	table := &paper.Table{Columns: []paper.Column{{Width: 14}, {Width: 30}, {Width: 18}, {Width: 16}, {Width: 11}, {Width: 11}},
		Header: []paper.Row{cells(t("review.number"), t("review.content"), t("review.bodies"), t("review.source"), t("review.due"), t("review.state"))}}
	for _, u := range f.Unplanned {
		var texts []string
		for _, one := range unplannedRow(words, lang.Vi, u) {
			texts = append(texts, one.Text)
		}
		table.Rows = append(table.Rows, cells(texts...))
	}
	return table
}

// title says what a figure counts.
func title(words *lang.Words, tag lang.Tag, c programme.Figure) string {
	if c.Measure != "" {
		return words.T(tag, "measure."+c.Measure)
	}
	return words.T(tag, "figure."+c.Name())
}

// formula says how a figure is counted, with its whole.
func formula(words *lang.Words, tag lang.Tag, c programme.Figure) string {
	if c.Measure != "" {
		return words.T(tag, "formula.measure")
	}
	text := words.T(tag, "formula."+c.Name())
	if c.Of >= 0 {
		text += " " + words.T(tag, "formula.of", "Of", lang.Number(tag, c.Of))
	}
	return text
}
