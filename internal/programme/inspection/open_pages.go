package inspection

import (
	"encoding/json"
	"net/http"

	"chonoi/internal/document"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/programme"
	"chonoi/internal/web"
	"chonoi/internal/when"
)

// atOnce is how many rounds or opinions are read at a time for a file.
const atOnce = 500

// openFinding is a finding as the files of figures tell it.
type openFinding struct {
	Round   string `json:"round"`
	Kind    string `json:"kind"`
	Holder  string `json:"holder"`
	Finding string `json:"finding"`
	Clause  string `json:"clause"`
	Words   string `json:"words"`
	Body    string `json:"body"`
	Due     string `json:"due"`
	State   string `json:"state"`
	Overdue bool   `json:"overdue"`
	Closed  string `json:"closed"`
}

// eachFinding goes through the findings of the rounds that the reader may see, newest round first.
func (d doors) eachFinding(r *http.Request, take func(openFinding) error) error {
	tx, actor, today := web.Tx(r), web.Actor(r), when.DayOf(web.Tx(r).Now)
	for after, more := "", true; more; {
		rounds, err := programme.RoundsOf(tx, r.URL.Query().Get("plan"), after, atOnce)
		if err != nil {
			return err
		}
		more = len(rounds) == atOnce
		for _, one := range rounds {
			after = one.ID
			if _, _, err := programme.RoundOf(tx, actor, one.ID); fault.KindOf(err) == fault.NotFound {
				continue
			} else if err != nil {
				return err
			}
			found, err := programme.FindingsOf(tx, one.ID)
			if err != nil {
				return err
			}
			names, err := d.names(r, found)
			if err != nil {
				return err
			}
			for _, f := range found {
				if err := take(openFinding{one.Number, one.Kind, one.Holder, f.Number, f.Clause, f.Words, names[f.Owner].In(web.Lang(r)), f.Due.String(), f.State, f.Overdue(today), f.Closed.String()}); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// names returns what the bodies that have to answer are called today.
func (d doors) names(r *http.Request, found []*programme.Finding) (map[string]lang.Both, error) {
	var ids []string
	for _, f := range found {
		ids = append(ids, f.Owner)
	}
	return d.Bodies.Names(web.Tx(r), when.DayOf(web.Tx(r).Now), ids...)
}

func (d doors) sendFindingsCSV(w http.ResponseWriter, r *http.Request) error {
	out, err := sheet(w, "findings.csv", "round", "kind", "holder", "finding", "clause", "words", "body", "due", "state", "overdue", "closed")
	if err != nil {
		return err
	}
	err = d.eachFinding(r, func(f openFinding) error {
		return out.Write(f.Round, f.Kind, f.Holder, f.Finding, f.Clause, f.Words, f.Body, f.Due, f.State, f.Overdue, f.Closed)
	})
	if err != nil {
		return err
	}
	return out.Close()
}

func (d doors) sendFindingsJSON(w http.ResponseWriter, r *http.Request) error {
	all := []openFinding{}
	if err := d.eachFinding(r, func(f openFinding) error { all = append(all, f); return nil }); err != nil {
		return err
	}
	return sendJSON(w, map[string]any{"as_of": when.DayOf(web.Tx(r).Now).String(), "findings": all})
}

// openOpinion is an opinion that is shown, as the files of figures tell it: of its author only the
// name that was given to be shown.
type openOpinion struct {
	Opinion  string `json:"opinion"`
	Plan     string `json:"plan"`
	Clause   string `json:"clause"`
	Said     string `json:"said_on"`
	Words    string `json:"words"`
	Name     string `json:"name"`
	State    string `json:"reply"`
	Days     int    `json:"days"`
	Body     string `json:"body"`
	AnswerVi string `json:"answer_vi"`
	AnswerEn string `json:"answer_en"`
	Answered string `json:"answered_on"`
}

// eachOpinion goes through the opinions that are shown on plans that everybody sees, newest first.
func (d doors) eachOpinion(r *http.Request, take func(openOpinion) error) error {
	tx, today := web.Tx(r), when.DayOf(web.Tx(r).Now)
	plans := map[string]string{}
	for before, more := "", true; more; {
		all, err := programme.ShownOpinions(tx, r.URL.Query().Get("plan"), before, atOnce)
		if err != nil {
			return err
		}
		more = len(all) == atOnce
		var bodies []string
		for _, o := range all {
			bodies = append(bodies, o.AnsweredBy)
		}
		names, err := d.Bodies.Names(tx, today, bodies...)
		if err != nil {
			return err
		}
		for _, o := range all {
			before = o.ID
			number, known := plans[o.Plan]
			if !known {
				p, err := programme.Plans.Get(tx, o.Plan)
				if err != nil {
					return err
				}
				if p.Public && p.State != "draft" {
					number = p.Number
				}
				plans[o.Plan] = number
			}
			if number == "" {
				continue
			}
			one := openOpinion{o.Number, number, o.Clause, when.DayOf(o.Created).String(), o.Words, o.Name, "waiting", o.Days(today), names[o.AnsweredBy].In(web.Lang(r)), o.Answer.Vi, o.Answer.En, o.Answered.String()}
			if !o.Answered.Zero() {
				one.State = "answered"
			}
			if err := take(one); err != nil {
				return err
			}
		}
	}
	return nil
}

func (d doors) sendOpinionsCSV(w http.ResponseWriter, r *http.Request) error {
	out, err := sheet(w, "opinions.csv", "opinion", "plan", "clause", "said_on", "words", "name", "reply", "days", "body", "answer_vi", "answer_en", "answered_on")
	if err != nil {
		return err
	}
	err = d.eachOpinion(r, func(o openOpinion) error {
		return out.Write(o.Opinion, o.Plan, o.Clause, o.Said, o.Words, o.Name, o.State, o.Days, o.Body, o.AnswerVi, o.AnswerEn, o.Answered)
	})
	if err != nil {
		return err
	}
	return out.Close()
}

func (d doors) sendOpinionsJSON(w http.ResponseWriter, r *http.Request) error {
	all := []openOpinion{}
	if err := d.eachOpinion(r, func(o openOpinion) error { all = append(all, o); return nil }); err != nil {
		return err
	}
	return sendJSON(w, map[string]any{"as_of": when.DayOf(web.Tx(r).Now).String(), "opinions": all})
}

// sheet begins a CSV file with its columns.
func sheet(w http.ResponseWriter, name string, columns ...string) (*document.Writer, error) {
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
	var all []document.Column
	for _, one := range columns {
		all = append(all, document.Column{Name: one})
	}
	return document.NewWriter(w, document.CSV, all, document.Layout{BOM: true})
}

func sendJSON(w http.ResponseWriter, v any) error {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	return json.NewEncoder(w).Encode(v)
}
