package match

import (
	"chonoi/internal/account"
	"chonoi/internal/web"
)

// Routes are the pages of matches with the right that each needs.
func (m *Matcher) Routes() []web.Route {
	return []web.Route{
		{"GET /matching", m.showGuide, account.Anyone},
		{"GET /needs/{id}/matches", m.showMatches("need"), account.Anyone},
		{"GET /offers/{id}/matches", m.showMatches("offer"), account.Anyone},
		{"GET /offers/{id}/matches/best", m.showBeside, account.Anyone},
		{"GET /needs/{id}/matches/{kind}/{other}", m.showPair, account.Anyone},
		{"POST /needs/{id}/matches/{kind}/{other}/judgement", m.judge, account.MayPost},
		{"POST /needs/{id}/matches/{kind}/{other}/judgement/undoing", m.unjudge, account.MayPost},
		{"GET /desk/unmatched", m.showUnmatched, account.MaySeeDesk},
		{"GET /desk/judgements", m.showJudgements, account.MaySeeDesk},
		{"GET /desk/judgements.zip", m.sendTestSet, account.MaySeeDesk},
		{"GET /desk/needs/{id}/matches", m.showDeskNeed, account.MaySeeDesk},
		{"POST /desk/needs/{id}/proposals", m.propose, account.MayReview},
		{"POST /desk/needs/{id}/proposals/{proposal}/withdrawal", m.withdraw, account.MayReview},
	}
}
