package app

import (
	"net/http"
	"strconv"

	"chonoi/internal/account"
	"chonoi/internal/fault"
	"chonoi/internal/job"
	"chonoi/internal/lang"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
)

// jobList is what the page of work done later is drawn from.
type jobList struct {
	Counts   []parts.Fact
	Failed   []failedJob
	House    []parts.Fact
	KeyAmiss string // what is amiss with the key of the installation
	MayTry   bool   // the reader may do what the buttons do
}

// failedJob is one job that was given up, with what was amiss.
type failedJob struct{ Again, Name, Amiss, At string }

// showJobs shows the administrator the house at a glance: engine, ledger, what waits, what failed.
func (h *House) showJobs(w http.ResponseWriter, r *http.Request) error {
	tx, tag := web.Tx(r), web.Lang(r)
	counts, err := job.Counts(tx)
	if err != nil {
		return err
	}
	v := jobList{KeyAmiss: h.keyAmiss(r), MayTry: account.MayAdminister.Allows(web.Actor(r))}
	if v.House, err = h.stateFacts(r); err != nil {
		return err
	}
	for _, state := range job.States {
		v.Counts = append(v.Counts, parts.Fact{Name: web.T(r, "job.state."+string(state)), Value: lang.Number(tag, int64(counts[state]))})
	}
	failed, err := job.List(tx, job.Failed, 100)
	if err != nil {
		return err
	}
	for _, one := range failed {
		v.Failed = append(v.Failed, failedJob{Again: "/administration/jobs/" + strconv.FormatInt(one.ID, 10) + "/again", Name: failedText(r, one), Amiss: one.Amiss, At: lang.DateTime(tag, one.Ended)})
	}
	return web.Show(w, r, web.Page{Title: web.T(r, "house.title"), NoIndex: true, Crumbs: []parts.Crumb{{Text: web.T(r, "house.title")}}}, jobsBody(v))
}

// tryAgain has a failed job done once more.
func (h *House) tryAgain(w http.ResponseWriter, r *http.Request) error {
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil {
		return fault.New(fault.NotFound, "job.not_found")
	}
	if err := job.Again(web.Tx(r), id); err != nil {
		return err
	}
	web.Notice(w, r, "house.again_done")
	return web.Goto(w, r, "/administration")
}

// houseRoutes are the pages of the administrator about the house itself.
func (h *House) houseRoutes() []web.Route {
	return []web.Route{
		{"GET /administration", h.showJobs, account.MaySeePeople},
		{"GET /administration/settings", h.Settings.ShowSettings, account.MaySeePeople},
		{"POST /administration/settings", h.Settings.ChangeSettings, account.MayAdminister},
		{"POST /administration/jobs/{id}/again", h.tryAgain, account.MayAdminister},
	}
}
