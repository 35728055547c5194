package broker

import (
	"net/http"

	"chonoi/internal/exchange/deal"
	"chonoi/internal/lang"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

// boardView is the board of a broker: his deals by stage, and what is to be done.
type boardView struct {
	Lanes   []laneView
	Errands []errandView
	Nothing *parts.Empty
}

type laneView struct {
	Name  string
	Cards []mandateRow
}

// stages are the lanes of the board with the states of deals in each.
var stages = []struct {
	name   string
	states []string
}{
	{"talk", []string{deal.Begun, deal.Evaluating}},
	{"offer", []string{deal.Negotiating}},
	{"legal", []string{deal.TermsAgreed, deal.Approval, deal.Blocked, deal.Drafting}},
	{"register", []string{deal.Licence, deal.Due, deal.Filed, deal.Incomplete}},
	{"perform", []string{deal.Effective, deal.Performing, deal.Disputed}},
	{"over", []string{deal.Completed, deal.Terminated, deal.Stopped}},
}

const boardSize = 200 // mandates, and deals of each, that a board shows

func (x *Broking) showBoard(w http.ResponseWriter, r *http.Request) error {
	tx, tag, v := web.Tx(r), web.Lang(r), boardView{}
	lanes, today, seen := map[string][]mandateRow{}, when.DayOf(tx.Now), map[string]bool{}
	for _, organisation := range managed(web.Actor(r)) {
		mandates, err := deal.MandatesOf(tx, organisation, "", boardSize)
		if err != nil {
			return err
		}
		for _, m := range mandates {
			if m.Broker != organisation {
				continue
			}
			if err := x.boardOf(r, m, lanes, seen); err != nil {
				return err
			}
			errands, err := deal.Errands(tx, m.ID, 20)
			if err != nil {
				return err
			}
			for _, e := range errands {
				if e.DoneAt > 0 {
					continue
				}
				line := errandView{What: e.What, Note: m.Number, Done: "/mandates/" + m.ID, Light: parts.Light{Kind: "idle", Text: web.T(r, "mandate.no_day")}}
				if !e.Due.Zero() {
					line.Light = parts.Light{Kind: map[bool]string{true: "late", false: "run"}[e.Due.Before(today)], Text: web.T(r, "mandate.due", "Date", lang.Day(tag, e.Due))}
				}
				v.Errands = append(v.Errands, line)
			}
		}
	}
	for _, stage := range stages {
		lane := laneView{Name: web.T(r, "broker.stage_"+stage.name)}
		for _, state := range stage.states {
			lane.Cards = append(lane.Cards, lanes[state]...)
		}
		v.Lanes = append(v.Lanes, lane)
	}
	if len(seen) == 0 {
		v.Nothing = &parts.Empty{Title: web.T(r, "broker.no_deals"), Text: web.T(r, "broker.no_deals_help"), Actions: []parts.Action{{Path: "/mandates", Text: web.T(r, "mandate.list"), Kind: "line"}}}
	}
	page := web.Page{Title: web.T(r, "broker.board"), Section: "/deals", NoIndex: true, Crumbs: []parts.Crumb{{Path: "/mandates", Text: web.T(r, "mandate.list")}, {Text: web.T(r, "broker.board")}}}
	return web.Show(w, r, page, boardPage(v))
}

// boardOf puts the deals of a mandate into their lanes.
func (x *Broking) boardOf(r *http.Request, m *deal.Mandate, lanes map[string][]mandateRow, seen map[string]bool) error {
	deals, err := deal.Under(web.Tx(r), m.ID, boardSize)
	if err != nil {
		return err
	}
	for _, one := range deals {
		if seen[one.ID] {
			continue
		}
		seen[one.ID] = true
		text, _ := best(one.Title, web.Lang(r))
		path := "/mandates/" + m.ID
		if m.Holds(when.DayOf(web.Tx(r).Now)) {
			path = "/deals/" + one.ID
		}
		lanes[one.State] = append(lanes[one.State], mandateRow{Path: path, Number: one.Number, Text: text, Light: parts.Light{Kind: "idle", Text: web.T(r, "deal.state_"+one.State)}})
	}
	return nil
}
