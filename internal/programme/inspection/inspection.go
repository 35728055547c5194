// Package inspection is where plans are looked at from outside: rounds of supervision, inspection and
// social criticism with what they found, and what people say of a clause.
package inspection

import (
	"embed"

	"chonoi/internal/account"
	"chonoi/internal/file"
	"chonoi/internal/programme"
	"chonoi/internal/web"
)

// Texts is what this package says.
//
//go:embed texts.toml
var Texts embed.FS

type doors struct {
	*programme.Programme
	accounts *account.Accounts // send letters
	files    *file.Store       // nil where no files are kept
}

// Routes are the pages of rounds, findings and opinions with the right that each needs. Which of them
// it is, each door checks itself.
func Routes(x *programme.Programme, accounts *account.Accounts, files *file.Store) []web.Route {
	d := doors{x, accounts, files}
	return []web.Route{
		{"GET /rounds", d.showRounds, account.Anyone},
		{"GET /rounds/new", d.showNew, account.MayHoldRounds},
		{"POST /rounds", d.hold, account.MayHoldRounds},
		{"GET /rounds/{id}", d.showRound, account.Anyone},
		{"POST /rounds/{id}/findings", d.find, account.MayHoldRounds},
		{"POST /rounds/{id}/closure", d.close, account.MayHoldRounds},
		{"GET /findings/{id}", d.showFinding, account.Anyone},
		{"POST /findings/{id}/answers", d.answer, account.MayReport},
		{"POST /findings/{id}/decision", d.decide, account.MayHoldRounds},
		{"GET /findings.csv", d.sendFindingsCSV, account.Anyone},
		{"GET /findings.json", d.sendFindingsJSON, account.Anyone},
		{"GET /opinions", d.showOpinions, account.MaySeeProgramme},
		{"POST /opinions/{id}/moderation", d.moderate, account.MayProgramme},
		{"POST /opinions/{id}/answer", d.reply, account.MayReport},
		{"GET /opinions.csv", d.sendOpinionsCSV, account.Anyone},
		{"GET /opinions.json", d.sendOpinionsJSON, account.Anyone},
		{"GET /opinion-links/{token}", d.showLink, account.Anyone},
		{"POST /opinion-links/{token}", d.confirm, account.MaySpeak},
		{"GET /plans/{id}/trail", d.trailOfPlan, account.MayInspect},
		{"GET /plans/{id}/clauses/{clause}/trail", d.trailOfClause, account.MayInspect},
		{"GET /tasks/{id}/trail", d.trailOfTask, account.MayInspect},
		{"GET /reviews/{id}/trail", d.trailOfReview, account.MayInspect},
		{"GET /rounds/{id}/trail", d.trailOfRound, account.MayInspect},
		{"GET /findings/{id}/trail", d.trailOfFinding, account.MayInspect},
		{"GET /opinions/{id}/trail", d.trailOfOpinion, account.MayInspect},
	}
}

// Specials are the doors that take and give files, and that of opinions, which is held to some in a
// minute.
func Specials(x *programme.Programme, accounts *account.Accounts, files *file.Store) []web.Special {
	d := doors{x, accounts, files}
	return []web.Special{
		{Route: web.Route{"POST /plans/{id}/clauses/{clause}/opinions", d.say, account.MaySpeak}, PerMinute: 20},
		{Route: web.Route{"POST /rounds/{id}/files", d.bringMinutes, account.MayHoldRounds}, Stream: true, Body: mostPaper + 1<<20, PerMinute: 20},
		{Route: web.Route{"POST /findings/{id}/files", d.bringAnswer, account.MayReport}, Stream: true, Body: mostPaper + 1<<20, PerMinute: 20},
		{Route: web.Route{"GET /round-files/{id}", d.download, account.Anyone}, Plain: true, Stream: true},
	}
}

// mostPaper is how many bytes a file of a round may have.
const mostPaper = 50 << 20
