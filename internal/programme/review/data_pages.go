package review

import (
	"encoding/json"
	"net/http"
	"strconv"

	"chonoi/internal/document"
	"chonoi/internal/lang"
	"chonoi/internal/programme"
	"chonoi/internal/web"
)

// sent is a figure as data: what it counts, of how many, and how, in the reader's tongue.
type sent struct {
	Key     string `json:"figure"`
	Group   string `json:"group"`
	Title   string `json:"title"`
	Value   int64  `json:"value"`
	Of      *int64 `json:"of"` // null where it is no part of a whole
	Formula string `json:"formula"`
	Rows    string `json:"rows"` // page that opens them
}

// figures returns a review that the reader may see, and its figures as data.
func (d doors) figures(r *http.Request) (*programme.Review, *programme.Figures, []sent, error) {
	one, _, err := programme.ReviewOf(web.Tx(r), web.Actor(r), r.PathValue("id"))
	if err != nil {
		return nil, nil, nil, err
	}
	f, err := d.FiguresOf(web.Tx(r), one.ID)
	if err != nil {
		return nil, nil, nil, err
	}
	all, words, tag := make([]sent, 0, len(f.Counts)), web.Words(r), web.Lang(r)
	for _, c := range f.Counts {
		row := sent{Key: c.Key, Group: c.Group, Title: title(words, tag, c), Value: c.N, Formula: formula(words, tag, c), Rows: figurePath(one.ID, c.Key)}
		if c.Of >= 0 {
			row.Of = &c.Of
		}
		all = append(all, row)
	}
	return one, f, all, nil
}

// sendCSV sends all figures with how each is counted.
func (d doors) sendCSV(w http.ResponseWriter, r *http.Request) error {
	one, f, all, err := d.figures(r)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="`+one.Number+`.csv"`)
	var columns []document.Column
	for _, name := range []string{"as_of", "figure", "group", "title", "value", "of", "formula"} {
		columns = append(columns, document.Column{Name: name})
	}
	out, err := document.NewWriter(w, document.CSV, columns, document.Layout{BOM: true})
	if err != nil {
		return err
	}
	for _, c := range all {
		of := ""
		if c.Of != nil {
			of = strconv.FormatInt(*c.Of, 10)
		}
		if err := out.Write(f.AsOf.String(), c.Key, c.Group, c.Title, c.Value, of, c.Formula); err != nil {
			return err
		}
	}
	return out.Close()
}

// sendJSON sends the same as JSON, with the days on which bodies ended within the period.
func (d doors) sendJSON(w http.ResponseWriter, r *http.Request) error {
	one, f, all, err := d.figures(r)
	if err != nil {
		return err
	}
	breaks := make([]string, 0, len(f.Breaks))
	for _, day := range f.Breaks {
		breaks = append(breaks, day.String())
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	return json.NewEncoder(w).Encode(map[string]any{"review": one.Number, "symbol": one.Symbol, "state": one.State, "as_of": f.AsOf.String(),
		"period": []string{one.From.String(), one.To.String()}, "not_comparable_before": breaks, "figures": all})
}

// breaks says of each day on which bodies ended within the period that figures before and after it
// cannot be compared.
func breaks(words *lang.Words, tag lang.Tag, f *programme.Figures) (all []string) {
	for _, day := range f.Breaks {
		all = append(all, words.T(tag, "review.break", "Date", lang.Date(tag, day.Start())))
	}
	return all
}
