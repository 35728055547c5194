package desk

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"chonoi/internal/exchange"
	"chonoi/internal/lang"
	"chonoi/internal/registry"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

// deskSize is how many things a page of a queue shows.
const deskSize = 30

// deskView is what the desk is drawn from.
type deskView struct {
	Promise string
	Queues  []deskQueue
	Heading string
	Rows    []deskRow
	Pager   parts.Pager
	Nothing *parts.Empty
}

// deskQueue leads to a queue, and says how much waits in it.
type deskQueue struct {
	Path, Name, Count string
	Late              parts.Light // with words when something is late
	Now               bool
}

// deskRow is one thing that waits.
type deskRow struct {
	Path, Number, Title, Lang, Note string
	Light                           parts.Light
	Now                             bool
}

func (x *desk) showDesk(w http.ResponseWriter, r *http.Request) error {
	tx, q := web.Tx(r), r.URL.Query()
	loads, err := x.Loads(tx)
	if err != nil {
		return err
	}
	queue := q.Get("queue")
	if !slices.Contains(exchange.Queues, queue) {
		queue = firstBusy(loads)
	}
	due, key, _ := strings.Cut(q.Get("after"), "_")
	list, err := x.Queue(tx, queue, due, key, deskSize+1)
	if err != nil {
		return err
	}
	v := deskView{Heading: web.T(r, "desk.queue_"+queue), Queues: deskQueues(r, loads, queue)}
	pairs, err := exchange.CountPairs(tx, exchange.PairFilter{})
	if err != nil {
		return err
	}
	v.Queues = append(v.Queues, deskQueue{Path: "/duplicates", Name: web.T(r, "desk.queue_duplicates"), Count: lang.Number(web.Lang(r), int64(pairs))})
	for _, lane := range x.lanes {
		if !lane.shownTo(web.Actor(r)) {
			continue
		}
		n, err := lane.Count(tx)
		if err != nil {
			return err
		}
		v.Queues = append(v.Queues, deskQueue{Path: lane.Path, Name: web.T(r, lane.Name), Count: lang.Number(web.Lang(r), int64(n))})
	}
	if v.Promise, err = x.promiseText(r); err != nil {
		return err
	}
	if q.Get("after") != "" {
		v.Pager.First = "/desk?queue=" + queue
	}
	if len(list) > deskSize {
		list = list[:deskSize]
		v.Pager.Next = "/desk?queue=" + queue + "&after=" + afterOf(list[deskSize-1])
	}
	if v.Rows, err = x.deskRows(r, list, ""); err != nil {
		return err
	}
	if len(v.Rows) == 0 {
		v.Nothing = &parts.Empty{Title: web.T(r, "desk.nothing"), Text: web.T(r, "desk.nothing_help")}
	}
	page := web.Page{Title: web.T(r, "desk.title"), Section: "/desk", NoIndex: true, Crumbs: []parts.Crumb{{Text: web.T(r, "desk.title")}}}
	return web.Show(w, r, page, deskPage(v))
}

func afterOf(w exchange.Waiting) string { return url.QueryEscape(w.Due.String() + "_" + w.Key) }

// firstBusy is the first queue in which something waits.
func firstBusy(loads map[string]exchange.Load) string {
	for _, queue := range exchange.Queues {
		if loads[queue].All > 0 {
			return queue
		}
	}
	return exchange.Queues[0]
}

func deskQueues(r *http.Request, loads map[string]exchange.Load, now string) []deskQueue {
	var all []deskQueue
	for _, queue := range exchange.Queues {
		load := loads[queue]
		one := deskQueue{Path: "/desk?queue=" + queue, Name: web.T(r, "desk.queue_"+queue), Count: lang.Number(web.Lang(r), int64(load.All)), Now: queue == now}
		if load.Late > 0 {
			one.Late = parts.Light{Kind: "late", Text: web.T(r, "desk.late_count", "N", load.Late)}
		}
		all = append(all, one)
	}
	return all
}

// promiseDays is over how many days the promise is measured.
const promiseDays = 30

// promiseText tells the service promise and how far it was kept.
func (x *desk) promiseText(r *http.Request) (string, error) {
	tx := web.Tx(r)
	done, inTime, err := exchange.Promise(tx, when.Micro(tx.Now.AddDate(0, 0, -promiseDays)))
	if err != nil {
		return "", err
	}
	if done == 0 {
		return web.T(r, "desk.promise_unmeasured", "Days", exchange.ReviewDays), nil
	}
	return web.T(r, "desk.promise", "Days", exchange.ReviewDays, "Share", inTime*100/done, "InTime", inTime, "Done", done), nil
}

// deskRows draws what waits; now is the id of the one that is open.
func (x *desk) deskRows(r *http.Request, list []exchange.Waiting, now string) ([]deskRow, error) {
	tx, tag := web.Tx(r), web.Lang(r)
	var owners []string
	for _, w := range list {
		owners = append(owners, w.Owner)
	}
	names, err := x.Names(tx, owners...)
	if err != nil {
		return nil, err
	}
	var rows []deskRow
	for _, w := range list {
		title, tongue := w.Title.Best(tag)
		row := deskRow{Path: deskPath(w), Number: w.Number, Title: title, Now: w.ID == now, Light: clockLight(r, w)}
		if tongue != tag {
			row.Lang = string(tongue)
		}
		switch {
		case w.Queue == exchange.QueueOrganisations:
			row.Note = web.T(r, "desk.organisation")
		case w.Claim != "":
			row.Note = web.T(r, "desk.claim_of", "Claim", x.Codes.Name("claim_kinds", w.Claim), "Owner", names[w.Owner])
		case w.Kind == exchange.Needs.Name:
			row.Note = web.T(r, "desk.need_of", "Owner", names[w.Owner])
		default:
			row.Note = web.T(r, "desk.offer_of", "Owner", names[w.Owner])
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// deskPath is where a thing that waits is worked on.
func deskPath(w exchange.Waiting) string {
	switch {
	case w.Kind == registry.Organisations.Name:
		return "/organisations/" + w.ID
	case w.Queue == exchange.QueueNeeds:
		return "/desk/needs/" + w.ID
	}
	return "/desk/reviews/" + w.Kind + "/" + w.ID
}

// clockLight tells how long there is left, in words and colour.
func clockLight(r *http.Request, w exchange.Waiting) parts.Light {
	if w.Due.Zero() {
		return parts.Light{Kind: "idle", Text: web.T(r, "state.suspended")}
	}
	c := exchange.ClockOf(web.Tx(r).Now, w.Due)
	light := parts.Light{Kind: c.Light()}
	switch {
	case c.Late && w.Queue == exchange.QueueClaims:
		light.Text = web.T(r, "desk.ran_out_since", "N", c.Days)
	case c.Late:
		light.Text = web.T(r, "desk.late_by", "N", c.Days)
	case c.Hours > 0:
		light.Text = web.T(r, "desk.hours_left", "N", c.Hours)
	default:
		light.Text = web.T(r, "desk.days_left", "N", c.Days)
	}
	return light
}
