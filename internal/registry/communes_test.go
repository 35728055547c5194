package registry

import (
	"encoding/csv"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/document"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/when"
)

func TestNineDistrictsBecomeAHundredAndThreeCommunes(t *testing.T) {
	file, err := os.Open("../../../shared/data/cantho_communes_2025.csv")
	if err != nil {
		t.Skip("the list of communes is not beside the checkout")
	}
	rows, err := csv.NewReader(file).ReadAll()
	file.Close()
	if err != nil || len(rows) != 104 {
		t.Fatal(len(rows), err)
	}
	each(t, func(h *house) {
		var districts, communes []string
		for i := range 9 {
			districts = append(districts, fmt.Sprint("Quận ủy ", i+1))
		}
		for _, row := range rows[1:] {
			communes = append(communes, "Đảng ủy "+row[2]+" "+row[3])
		}
		districts, communes = h.bodies(districts...), h.bodies(communes...)
		h.do(func(tx *db.Tx) error {
			if err := AddClass(tx, "clerk", Class{Key: "cap_uy", Words: lang.Both{Vi: "Các quận ủy, huyện ủy", En: "Committees"}}); err != nil {
				return err
			}
			for _, id := range districts {
				if err := AddMember(tx, "clerk", "cap_uy", id, day("2004-01-01")); err != nil {
					return err
				}
			}
			return nil
		})
		count := func(on string, want int) {
			h.Helper()
			h.do(func(tx *db.Tx) error {
				members, err := Members(tx, "cap_uy", day(on))
				if len(members) != want {
					h.Errorf("%s: %d members, want %d", on, len(members), want)
				}
				return err
			})
		}
		count("2025-07-01", 9)
		h.do(func(tx *db.Tx) error {
			for _, id := range communes {
				if err := AddMember(tx, "clerk", "cap_uy", id, day("2025-07-01")); err != nil {
					return err
				}
			}
			return Succeed(tx, "clerk", Succession{From: districts, To: communes, Kind: "merge", On: day("2025-07-01"), Decision: "Nghị quyết 202/2025/QH15"})
		})
		count("2003-12-31", 0)
		count("2025-06-30", 9)
		count("2025-07-01", 103)
		h.do(func(tx *db.Tx) error {
			all, err := SuccessorsOf(tx, districts[0], day("2025-07-01"))
			if len(all) != 103 {
				h.Errorf("%d successors", len(all))
			}
			return err
		})
	})
}

func TestAListOfCommunesMakesTheirBodiesAndAWrongRowIsTold(t *testing.T) {
	words, err := lang.Load([]fs.FS{document.Texts, Texts}...)
	if err != nil {
		t.Fatal(err)
	}
	each(t, func(h *house) {
		h.do(func(tx *db.Tx) error {
			return AddClass(tx, "clerk", Class{Key: "cap_uy", Words: lang.Both{Vi: "Các đảng ủy xã, phường", En: "Commune committees"}})
		})
		city := h.bodies("Thành ủy Cần Thơ")[0]
		c := Communes{Actor: clerk, Body: "party_committee", Class: "cap_uy", Under: city, Place: "can_tho", From: day("2025-07-01"), Words: words}
		take := func(list string, isNew, same, bad int) {
			h.Helper()
			table, err := document.OpenTable("communes.csv", strings.NewReader(list), document.Options{})
			if err != nil {
				h.Fatal(err)
			}
			defer table.Close()
			taken, err := c.Import(h.Context(), h.d, table, lang.Vi, func(int64, int64) {})
			if err != nil || taken.New != isNew || taken.Same != same || len(taken.Bad) != bad {
				h.Errorf("%+v %v", taken, err)
			}
		}
		const head = "code,level,kind,name_vi,former_province\n"
		take(head+"1,commune,phuong,Cái Khế,Cần Thơ\n2,commune,thon,Sai,Cần Thơ\nx,commune,xa,Sai,Cần Thơ\n3,commune,xa,,Cần Thơ\n4,commune,xa,Phong Điền,Cần Thơ\n", 2, 0, 3)
		take(head+"1,commune,phuong,Cái Khế,Cần Thơ\n5,commune,xa,Nhơn Ái,Cần Thơ\n", 1, 1, 0)
		h.do(func(tx *db.Tx) error {
			members, err := Members(tx, "cap_uy", day("2025-07-01"))
			if err != nil || len(members) != 3 {
				h.Fatal(members, err)
			}
			for on, want := range map[string]string{"2025-06-30": "", "2025-07-01": members[0]} {
				found, err := FindBodies(tx, day(on), "ĐẢNG UỶ PHƯỜNG CÁI KHẾ")
				if err != nil || found["ĐẢNG UỶ PHƯỜNG CÁI KHẾ"].Body != want {
					h.Error(on, found, err)
				}
			}
			parents, err := ParentsOn(tx, when.DayOf(tx.Now), members...)
			if err != nil || parents[members[2]] != city {
				h.Error(parents, err)
			}
			return nil
		})
		c.Class = "nobody"
		table, err := document.OpenTable("communes.csv", strings.NewReader(head), document.Options{})
		if err == nil {
			_, err = c.Import(h.Context(), h.d, table, lang.Vi, func(int64, int64) {})
		}
		if fault.KindOf(err) != fault.NotFound {
			h.Error(err)
		}
	})
}

func TestOnlyTheHouseAddsABodyWithoutATaxCode(t *testing.T) {
	each(t, func(h *house) {
		o := func(kind string) *Organisation { return &Organisation{Name: vi("Thành ủy Cần Thơ"), Kind: kind} }
		office := account.Actor{ID: "office", Roles: []account.Role{account.ProgrammeOffice}}
		for _, who := range []account.Actor{clerk, office} {
			h.do(func(tx *db.Tx) error { return FoundBody(tx, who, o("party_committee"), when.Day{}) })
		}
		h.refused(fault.Forbidden, "", "", func(tx *db.Tx) error { return FoundBody(tx, lan, o("party_committee"), when.Day{}) })
		h.refused(fault.Invalid, "kind", "body.state_kinds_only", func(tx *db.Tx) error { return FoundBody(tx, clerk, o("firm"), when.Day{}) })
		h.refused(fault.Invalid, "tax_code", "organisation.tax_code_needed", func(tx *db.Tx) error {
			_, err := h.Found(tx, lan, told("kind", "party_committee", "tax_code", ""))
			return err
		})
		body := o("department")
		h.do(func(tx *db.Tx) error { return FoundBody(tx, clerk, body, day("2025-03-01")) })
		h.do(func(tx *db.Tx) error {
			_, err := h.Change(tx, speaking(body.ID), body.ID, body.Version, told("name_vi", "Sở Khoa học và Công nghệ", "kind", "department", "tax_code", ""))
			return err
		})
		for _, kind := range stateKinds {
			if !h.Codes.Has("organisation_kinds", kind) {
				h.Errorf("%s is in no list", kind)
			}
		}
	})
}
