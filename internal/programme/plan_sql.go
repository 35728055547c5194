package programme

import (
	"chonoi/internal/account"
	"chonoi/internal/db"
)

// PlansSeen returns the plans that a reader may see, newest first, below an id.
func PlansSeen(tx *db.Tx, a account.Actor, below string, limit int) ([]*Plan, error) {
	where, args := `WHERE (id < ? OR ? = '')`, []any{below, below}
	if !account.MaySeeProgramme.Allows(a) {
		own := ""
		for _, m := range a.Memberships {
			own += `, ?`
			args = append(args, m.Organisation)
		}
		where += ` AND (is_public = 1 AND state <> 'draft' OR owner IN (''` + own + `) AND owner <> '')`
	}
	return Plans.Find(tx, where+` ORDER BY id DESC LIMIT ?`, append(args, limit)...)
}

// PlansBelow returns the plans that carry out a plan, oldest first.
func PlansBelow(tx *db.Tx, parent string) ([]*Plan, error) {
	return Plans.Find(tx, `WHERE parent = ? ORDER BY id`, parent)
}

// PlanWith returns the newest plan whose symbol is that, spaces and case aside, if there is one.
func PlanWith(tx *db.Tx, symbol string) ([]*Plan, error) {
	return Plans.Find(tx, `WHERE symbol = ? ORDER BY id DESC LIMIT 1`, symbol)
}

// PlansOwnedBy returns the plans of a body, newest first.
func PlansOwnedBy(tx *db.Tx, body string) ([]*Plan, error) {
	return Plans.Find(tx, `WHERE owner = ? AND owner <> '' ORDER BY id DESC LIMIT 200`, body)
}
