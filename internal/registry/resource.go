package registry

import (
	"time"

	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/field"
	"chonoi/internal/record"
)

// Resource returns the confirmed organisations for the read API, as everybody sees them.
func Resource() record.Resource {
	return record.Resource{
		Name: Organisations.Name, Facts: organisationFields.Schema(field.Public), Columns: organisationFields.ColumnsSeen(field.Public),
		Get: func(tx *db.Tx, id string) (map[string]any, error) {
			o, err := Organisations.Get(tx, id)
			if err != nil {
				return nil, err
			}
			if o.State != "confirmed" {
				return nil, fault.New(fault.NotFound, "record.not_found")
			}
			return public(o), nil
		},
		List: func(tx *db.Tx, after string, limit int) ([]map[string]any, error) {
			all, err := Confirmed(tx, after, limit)
			list := make([]map[string]any, 0, len(all))
			for _, o := range all {
				list = append(list, public(o))
			}
			return list, err
		},
	}
}

func public(o *Organisation) map[string]any {
	seen := See(o, field.Public)
	one := organisationFields.JSON(seen)
	one["id"], one["number"], one["version"] = seen.ID, seen.Number, seen.Version
	one["updated_at"] = seen.Updated.Format(time.RFC3339)
	return one
}
