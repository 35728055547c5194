package follow

import (
	"strconv"
	"strings"

	"chonoi/internal/db"
	"chonoi/internal/document/paper"
	"chonoi/internal/lang"
	"chonoi/internal/programme"
	"chonoi/internal/when"
)

// Usual gives a letter that urges some tasks the words, issuer and recipients that such letters usually
// have. They are Vietnamese, for official letters are.
func (x *Follower) Usual(tx *db.Tx, u *programme.Urging, tasks int) error {
	today := when.DayOf(tx.Now)
	names, err := x.Bodies.Names(tx, today, u.Body, u.Owner)
	if err != nil {
		return err
	}
	body := names[u.Body].In(lang.Vi)
	t := func(key string, args ...any) string { return strings.TrimSpace(x.Words.T(lang.Vi, key, args...)) }
	u.Addressee, u.Issuer, u.Issued = body, names[u.Owner].In(lang.Vi), today
	u.Abstract = t("urging.usual_abstract")
	u.Opening = t("urging.usual_opening", "Body", body, "N", tasks, "Date", lang.Date(lang.Vi, today.Start()))
	u.Closing = t("urging.usual_closing", "Body", body, "Blank", programme.Blank)
	u.SentTo = t("urging.usual_sent_to")
	return nil
}

// asPaper makes the official paper of a letter that urges. Papers are in Vietnamese, whoever reads them.
func asPaper(words *lang.Words, layout *paper.Layout, u *programme.Urging, rows []programme.Urged) *paper.Paper {
	number := u.Symbol[:len(u.Symbol)-len(strings.TrimLeft(u.Symbol, "0123456789"))]
	p := &paper.Paper{Layout: layout, Abstract: u.Abstract, To: lines(u.Addressee),
		Heads:      paper.Heads{Superior: u.Superior, Issuer: u.Issuer, Number: number, Symbol: strings.TrimLeft(u.Symbol[len(number):], "/- "), Place: u.Place, Date: u.Issued},
		Signatures: []paper.Signature{{Authority: lines(u.Authority), Title: u.SignerAs, Name: u.Signer, Signed: u.State == "issued"}},
		Recipients: lines(u.SentTo), About: paper.About{Title: u.Abstract, Author: u.Issuer, Made: u.Published}}
	p.Body = append(p.Body, blocks(u.Opening)...)
	p.Body = append(p.Body, paper.Block{Table: taskTable(words, u, rows)})
	p.Body = append(p.Body, blocks(u.Closing)...)
	return p
}

// taskTable lists the tasks as they stood when the list was drawn up.
func taskTable(words *lang.Words, u *programme.Urging, rows []programme.Urged) *paper.Table {
	t := func(key string) string { return words.T(lang.Vi, key) }
	table := &paper.Table{Columns: []paper.Column{{Width: 7, Align: paper.Centre}, {Width: 45}, {Width: 22}, {Width: 14, Align: paper.Centre}, {Width: 12, Align: paper.Right}},
		Header: []paper.Row{cells(t("urging.column_n"), t("urging.column_task"), t("urging.column_basis"), t("urging.column_due"), t("urging.column_late"))}}
	for i, one := range rows {
		title, _ := one.Title.Best(lang.Vi)
		node, _, _ := strings.Cut(one.Clause, "#")
		node, _, _ = strings.Cut(node, "_") // words under a heading stand in its section
		basis := words.T(lang.Vi, "urging.basis", "Plan", one.Plan, "Node", node)
		table.Rows = append(table.Rows, cells(strconv.Itoa(i+1), bare(title), basis, lang.Date(lang.Vi, one.Due.Start()), strconv.Itoa(one.Due.DaysUntil(u.AsOf))))
	}
	return table
}

// bare is a task's title without the mark that ends its clause in the document.
func bare(title string) string { return strings.TrimRight(title, " .;,:") }

func cells(texts ...string) paper.Row {
	var row paper.Row
	for _, text := range texts {
		row.Cells = append(row.Cells, paper.Cell{Runs: paper.Plain(text)})
	}
	return row
}

func lines(text string) (all []string) {
	for _, line := range strings.Split(text, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			all = append(all, line)
		}
	}
	return all
}

// blocks are the paragraphs and lists of some words; a line that begins with a dash is an item.
func blocks(words string) (all []paper.Block) {
	for _, line := range lines(words) {
		item, isItem := strings.CutPrefix(line, "- ")
		if !isItem {
			all = append(all, paper.Text(line))
			continue
		}
		if n := len(all); n > 0 && all[n-1].List != nil {
			all[n-1].List.Items = append(all[n-1].List.Items, paper.Plain(item))
			continue
		}
		all = append(all, paper.Block{List: &paper.List{Marks: paper.Dashes, Items: [][]paper.Run{paper.Plain(item)}}})
	}
	return all
}
