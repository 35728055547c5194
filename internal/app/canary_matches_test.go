package app_test

import (
	"slices"

	"chonoi/internal/app"
	"chonoi/internal/db"
	"chonoi/internal/exchange"
	"chonoi/internal/exchange/match"
	"chonoi/internal/field"
)

// plantMatches has the owner judge a match of their own and one of an anonymous need, and the desk
// propose an expert for both, each with words that only they and the officers may read.
func (f *flock) plantMatches(tx *db.Tx, s *app.Server, v robbed) error {
	secret := func(where string) string { return f.word(where, field.OwnerOnly) }
	open := slices.Index(exchange.States, exchange.Published)
	for _, need := range []string{f.ids["needs"][open], f.ids["needs"][len(exchange.States)]} {
		if err := s.Matches.Judge(tx, v.actor, need, "offer", f.ids["offers"][open], "other", secret("match_judgement.words")); err != nil {
			return err
		}
		p := match.Proposal{Need: need, Kind: match.AnExpert, Name: secret("match_proposal.name"), Link: "https://" + secret("match_proposal.link") + ".example", Words: secret("match_proposal.words")}
		if err := s.Matches.Propose(tx, v.desk, p); err != nil {
			return err
		}
		all, err := s.Matches.Proposals(tx, v.desk, need)
		if err != nil {
			return err
		}
		f.id("proposals", all[0].ID, field.OwnerOnly)
	}
	return nil
}
