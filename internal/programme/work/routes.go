package work

import (
	"chonoi/internal/account"
	"chonoi/internal/file"
	"chonoi/internal/programme"
	"chonoi/internal/web"
)

// Routes are the pages of tasks with the right that each needs. Which task it is, each door checks
// itself: people of its body report on it, whoever leads its plan decides.
func Routes(x *programme.Programme, files *file.Store) []web.Route {
	d := doors{x, files}
	return []web.Route{
		{"GET /desk/tasks", d.showDesk, account.MaySeeOwn},
		{"GET /tasks/{id}", d.showTask, account.Anyone},
		{"POST /tasks/{id}/reports", d.report, account.MayReport},
		{"POST /tasks/{id}/reports/{report}/acceptance", d.accept, account.MayReport},
		{"POST /tasks/{id}/reports/{report}/return", d.giveBack, account.MayReport},
		{"POST /tasks/{id}/due", d.moveDue, account.MayReport},
		{"POST /tasks/{id}/evidence/{item}/check", d.check, account.MayReport},
		{"POST /tasks/{id}/evidence/{item}/removal", d.remove, account.MayReport},
	}
}

// Streams are the doors that take and give files.
func Streams(x *programme.Programme, files *file.Store) []web.Special {
	d := doors{x, files}
	return []web.Special{
		{Route: web.Route{"POST /tasks/{id}/evidence", d.bring, account.MayReport}, Stream: true, Body: mostPaper + 1<<20, PerMinute: 20},
		{Route: web.Route{"GET /evidence/{id}", d.download, account.Anyone}, Plain: true, Stream: true},
	}
}

// mostPaper is how many bytes a file of evidence may have.
const mostPaper = 50 << 20
