package record

import (
	"chonoi/internal/db"
	"chonoi/internal/when"
)

// Resource is a kind of record as the read API offers it: only what everybody may see.
type Resource struct {
	Name  string                    // in the singular: offer
	Facts map[string]map[string]any // JSON Schema of each fact
	// Columns are the stored columns of the facts that may be public, in their order, for exports.
	Columns []string
	Get     func(tx *db.Tx, id string) (map[string]any, error)
	List    func(tx *db.Tx, after string, limit int) ([]map[string]any, error) // by id, after one
}

// PublicClaims are claims with the level of proof that holds on a day, for the read API.
func PublicClaims(claims []Claim, today when.Day) []map[string]any {
	list := make([]map[string]any, 0, len(claims))
	for _, c := range claims {
		one := map[string]any{"claim": c.Claim, "level": c.LevelOn(today), "statement": map[string]string{"vi": c.Statement.Vi, "en": c.Statement.En}}
		if !c.Until.Zero() {
			one["valid_until"] = c.Until.String()
		}
		list = append(list, one)
	}
	return list
}
