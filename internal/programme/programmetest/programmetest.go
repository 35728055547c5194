// Package programmetest gives tests a programme with a small plan, bodies that change in time, and
// people who plan and report.
package programmetest

import (
	"testing"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/lang"
	"chonoi/internal/ledger"
	"chonoi/internal/programme"
	"chonoi/internal/record"
	"chonoi/internal/when"
)

// Schemas are the tables that the programme stands on.
var Schemas = []db.Schema{{Name: "ledger", Files: ledger.Schema}, {Name: "record", Files: record.Schema}, {Name: "programme", Files: programme.Schema}}

// The people: the programme office, somebody of a department, of a ward, an inspector, an outsider.
var (
	Office     = account.Actor{ID: "office", Name: "Trương Văn Phòng", Roles: []account.Role{account.ProgrammeOffice}}
	Department = account.Actor{ID: "lan", Name: "Trần Thị Lan", Memberships: []account.Membership{{Organisation: "so-khcn", Manager: true}}}
	Ward       = account.Actor{ID: "minh", Name: "Lê Minh", Memberships: []account.Membership{{Organisation: "phuong-cai-khe", Manager: true}}}
	Inspector  = account.Actor{ID: "watch", Name: "Lý Xem", Roles: []account.Role{account.Inspector}}
	Outsider   = account.Actor{ID: "out", Name: "Người Ngoài", Memberships: []account.Membership{{Organisation: "song-hau"}}}
)

// Turn is the day from which the districts are no more.
var Turn = when.Day{Year: 2025, Month: 7, Date: 1}

// Bodies are bodies as told in tests: names, last days, classes and what took over.
func Bodies() programme.Bodies {
	names := map[string]string{"so-khcn": "Sở Khoa học và Công nghệ", "qu-ninh-kieu": "Quận ủy Ninh Kiều", "qu-cai-rang": "Quận ủy Cái Răng",
		"phuong-cai-khe": "Đảng ủy phường Cái Khế", "phuong-ninh-kieu": "Đảng ủy phường Ninh Kiều", "ubnd-tp": "Ủy ban nhân dân thành phố"}
	old, now := []string{"qu-cai-rang", "qu-ninh-kieu"}, []string{"phuong-cai-khe", "phuong-ninh-kieu"}
	return programme.Bodies{
		Names: func(_ *db.Tx, _ when.Day, ids ...string) (map[string]lang.Both, error) {
			all := map[string]lang.Both{}
			for _, id := range ids {
				all[id] = lang.Both{Vi: names[id]}
			}
			return all, nil
		},
		Ended: func(_ *db.Tx, day when.Day, ids ...string) (map[string]when.Day, error) {
			all := map[string]when.Day{}
			for _, id := range ids {
				if (id == "qu-ninh-kieu" || id == "qu-cai-rang") && !day.Before(Turn) {
					all[id] = Turn.AddDays(-1)
				}
			}
			return all, nil
		},
		Members: func(_ *db.Tx, class string, day when.Day) ([]string, error) {
			if class != "cac-quan-uy" {
				return nil, nil
			}
			if day.Before(Turn) {
				return old, nil
			}
			return now, nil
		},
		Find: func(_ *db.Tx, _ when.Day, printed ...string) (map[string]programme.Found, error) {
			all := map[string]programme.Found{}
			for _, p := range printed {
				for id, name := range names {
					if name == p {
						all[p] = programme.Found{Body: id}
					}
				}
				if p == "Các quận ủy" {
					all[p] = programme.Found{Class: "cac-quan-uy"}
				}
			}
			return all, nil
		},
		Assignable: func(_ *db.Tx, day when.Day) (map[string]lang.Both, error) {
			all := map[string]lang.Both{"class:cac-quan-uy": {Vi: "Các quận ủy"}}
			for id, name := range names {
				if day.Before(Turn) || id != "qu-ninh-kieu" && id != "qu-cai-rang" {
					all[id] = lang.Both{Vi: name}
				}
			}
			return all, nil
		},
		Successors: func(_ *db.Tx, body string, _ when.Day) ([]string, error) { return nil, nil },
	}
}

// Open returns a programme with those bodies.
func Open() *programme.Programme { return programme.New(programme.Config{Bodies: Bodies()}) }

// Draft returns a small plan as it was read: a section with two clauses, and one that names who leads.
func Draft() *programme.Draft {
	text := "I- VIỆC CẦN LÀM\n1. Hình thành sàn giao dịch; tổ chức sự kiện.\n2. Các quận ủy xây dựng kế hoạch."
	return &programme.Draft{
		Plan: programme.Plan{Kind: "KẾ HOẠCH", Symbol: "08-KH/TU", Issuer: "Ban Thường vụ Thành ủy", Issued: when.Day{Year: 2024, Month: 5, Date: 6}, Public: true},
		Text: text,
		Nodes: []programme.Node{{Path: "I", Level: "section", Marker: "I-", Text: "VIỆC CẦN LÀM"},
			{Path: "I.1", Parent: "I", Level: "item", Marker: "1.", Text: "Hình thành sàn giao dịch; tổ chức sự kiện."},
			{Path: "I.2", Parent: "I", Level: "item", Marker: "2.", Text: "Các quận ủy xây dựng kế hoạch."}},
		Clauses: []programme.Clause{{Path: "I.1#1", Node: "I.1", Text: "Hình thành sàn giao dịch;"}, {Path: "I.1#2", Node: "I.1", Text: "tổ chức sự kiện."},
			{Path: "I.2#1", Node: "I.2", Text: "Các quận ủy xây dựng kế hoạch."}},
		Facts: []programme.Fact{{Kind: programme.Assigned, Place: "I.2#1", Printed: "Các quận ủy", Value: "lead", Target: "Các quận ủy"},
			{Kind: programme.Warning, Place: "I.1#1", Printed: "sàn", Doubtful: true}},
	}
}

// InForce keeps the small plan and puts it in force.
func InForce(t testing.TB, tx *db.Tx) *programme.Plan {
	t.Helper()
	d := Draft()
	if err := programme.Keep(tx, Office, d); err != nil {
		t.Fatal(err)
	}
	return Force(t, tx, d.Plan.ID)
}

// Force looks at all that is doubtful in a plan and puts it in force.
func Force(t testing.TB, tx *db.Tx, id string) *programme.Plan {
	t.Helper()
	p, err := programme.Plans.Get(tx, id)
	if err == nil {
		err = programme.Look(tx, Office, p)
	}
	if err == nil {
		p, err = programme.Plans.Get(tx, id)
	}
	if err == nil {
		err = programme.PutInForce(tx, Office, p)
	}
	if err == nil {
		p, err = programme.Plans.Get(tx, id)
	}
	if err != nil {
		t.Fatal(err)
	}
	return p
}
