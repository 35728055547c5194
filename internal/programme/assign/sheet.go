package assign

import (
	"strings"
	"time"

	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/programme"
	"chonoi/internal/when"
)

// The bounds of what is pasted.
const (
	mostPasted = 1 << 20 // bytes
	mostRows   = 5000
)

// sheetRow is one row that was pasted from a sheet: path, role, body, due, basis, product.
type sheetRow struct {
	Line                             int
	Clause, Role, Body, Basis, Thing string
	Due                              when.Day
	Amiss                            *fault.FieldFault
}

// readSheet reads rows of tab-separated columns: path, role, body, due, basis, product. A heading row
// is left out; a row that cannot be read says why and the others stay.
func readSheet(text string) ([]sheetRow, error) {
	if len(text) > mostPasted {
		return nil, fault.New(fault.TooLarge, "assign.paste_too_long", "N", mostRows)
	}
	var all []sheetRow
	line := 0
	for raw := range strings.Lines(text) {
		line++
		cells := strings.Split(strings.TrimRight(raw, "\r\n"), "\t")
		for i := range cells {
			cells[i] = strings.Trim(lang.Clean(cells[i]), `" `)
		}
		if strings.Join(cells, "") == "" || line == 1 && roleOf(cell(cells, 1)) == "" && !strings.Contains(cell(cells, 0), "#") {
			continue
		}
		if len(all) == mostRows {
			return nil, fault.New(fault.TooLarge, "assign.paste_too_long", "N", mostRows)
		}
		row := sheetRow{Line: line, Clause: cell(cells, 0), Role: string(roleOf(cell(cells, 1))), Body: cell(cells, 2), Basis: cell(cells, 4), Thing: cell(cells, 5)}
		due, ok := dayOf(cell(cells, 3))
		switch row.Due = due; {
		case row.Clause == "":
			row.Amiss = &fault.FieldFault{Field: "clause", Key: "field.needed"}
		case row.Role == "":
			row.Amiss = &fault.FieldFault{Field: "role", Key: "assignment.needs_role"}
		case row.Body == "":
			row.Amiss = &fault.FieldFault{Field: "body", Key: "assignment.needs_body"}
		case !ok:
			row.Amiss = &fault.FieldFault{Field: "due", Key: "assign.bad_day", Args: []any{"Day", cell(cells, 3)}}
		}
		all = append(all, row)
	}
	return all, nil
}

func cell(cells []string, i int) string {
	if i < len(cells) {
		return cells[i]
	}
	return ""
}

// roleWords are the words by which sheets name roles, without marks.
var roleWords = map[string]programme.Role{"chu tri": programme.Lead, "lead": programme.Lead, "thuc hien": programme.Execute, "execute": programme.Execute, "executes": programme.Execute,
	"phoi hop": programme.Coordinate, "coordinate": programme.Coordinate, "coordinates": programme.Coordinate, "nhan thong bao": programme.Inform, "de biet": programme.Inform, "inform": programme.Inform, "is informed": programme.Inform}

func roleOf(text string) programme.Role { return roleWords[strings.ToLower(lang.Fold(text))] }

// dayOf reads a day as sheets write it: 30/6/2026, 30-6-2026, 2026-06-30; an empty cell is no day.
func dayOf(text string) (when.Day, bool) {
	if text == "" {
		return when.Day{}, true
	}
	for _, layout := range []string{"2006-01-02", "2/1/2006", "2-1-2006", "2.1.2006"} {
		if at, err := time.ParseInLocation(layout, text, when.Zone); err == nil {
			return when.DayOf(at), true
		}
	}
	return when.Day{}, false
}
