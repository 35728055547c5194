// Package inspection is where plans are looked at from outside: rounds of supervision, inspection and
// social criticism with what they found, and what people say of a clause.
package inspection

import (
	"embed"

	"chonoi/internal/account"
	"chonoi/internal/programme"
	"chonoi/internal/web"
)

// Texts is what this package says.
//
//go:embed texts.toml
var Texts embed.FS

type doors struct{ *programme.Programme }

// Routes are the pages of rounds, findings and opinions with the right that each needs. Which of them
// it is, each door checks itself.
func Routes(x *programme.Programme) []web.Route {
	d := doors{x}
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
		{"POST /plans/{id}/clauses/{clause}/opinions", d.say, account.MayReport},
		{"GET /opinions", d.showOpinions, account.MaySeeProgramme},
		{"POST /opinions/{id}/moderation", d.moderate, account.MayProgramme},
		{"POST /opinions/{id}/answer", d.reply, account.MayReport},
		{"GET /findings.csv", d.sendFindings, account.Anyone},
	}
}
