package registry

import (
	"fmt"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/when"
)

func day(text string) when.Day {
	d, err := when.ParseDay(text)
	if err != nil {
		panic(err)
	}
	return d
}

// body is a confirmed organisation without further facts.
func body(tx *db.Tx, name string) (string, error) {
	o := &Organisation{Name: lang.Both{Vi: name}, Kind: "foreign_firm"}
	err := Plant(tx, "seed", o)
	return o.ID, err
}

// bodies are planted organisations of those names.
func (h *house) bodies(names ...string) []string {
	h.Helper()
	var ids []string
	h.do(func(tx *db.Tx) error {
		ids = nil
		for _, name := range names {
			id, err := body(tx, name)
			if err != nil {
				return err
			}
			ids = append(ids, id)
		}
		return nil
	})
	return ids
}

func vi(name string) lang.Both { return lang.Both{Vi: name} }

func TestABodyIsCalledWhatItWasCalledOnTheDay(t *testing.T) {
	each(t, func(h *house) {
		id := h.bodies("Ban Tuyên giáo")[0]
		h.do(func(tx *db.Tx) error {
			return NameFrom(tx, "clerk", BodyName{Body: id, Name: vi("Ban Tuyên giáo và Dân vận"), Short: "BTGDV", From: day("2025-02-01")})
		})
		h.do(func(tx *db.Tx) error {
			for on, want := range map[string]string{"2020-01-01": "Ban Tuyên giáo", "2025-01-31": "Ban Tuyên giáo", "2025-02-01": "Ban Tuyên giáo và Dân vận", "2030-01-01": "Ban Tuyên giáo và Dân vận"} {
				names, err := NamesOn(tx, day(on), id, "nobody")
				if err != nil || len(names) != 1 || names[id].Vi != want {
					h.Errorf("%s: %v %v", on, names, err)
				}
			}
			o, err := Organisations.Get(tx, id)
			if err == nil && (o.Name.Vi != "Ban Tuyên giáo và Dân vận" || o.ShortName != "BTGDV") {
				h.Errorf("the register still says %v", o.Name)
			}
			return err
		})
		for _, on := range []string{"2025-02-01", "2024-12-01"} {
			h.refused(fault.Invalid, "from", "body.days_in_order", func(tx *db.Tx) error {
				return NameFrom(tx, "clerk", BodyName{Body: id, Name: vi("X"), From: day(on)})
			})
		}
		h.refused(fault.Invalid, "name_vi", "field.needed", func(tx *db.Tx) error { return NameFrom(tx, "clerk", BodyName{Body: id, From: day("2026-01-01")}) })
		h.refused(fault.NotFound, "", "", func(tx *db.Tx) error {
			return NameFrom(tx, "clerk", BodyName{Body: "nobody", Name: vi("X"), From: day("2026-01-01")})
		})
	})
}

func TestANameThatAManagerChangesStaysKnownForTheDaysBefore(t *testing.T) {
	each(t, func(h *house) {
		id := h.bodies("Viện Một")[0]
		var today when.Day
		for _, name := range []string{"Viện Hai", "Viện Ba"} {
			h.do(func(tx *db.Tx) error {
				today = when.DayOf(tx.Now)
				old, err := Organisations.Get(tx, id)
				if err != nil {
					return err
				}
				o := Organisations.Copy(old)
				o.Name.Vi, o.State, old.State = name, "confirmed", "confirmed"
				return Change(tx, "lan", old, o)
			})
		}
		h.do(func(tx *db.Tx) error {
			before, err := NamesOn(tx, today.AddDays(-1), id)
			now, err2 := NamesOn(tx, today, id)
			if err != nil || err2 != nil || before[id].Vi != "Viện Một" {
				h.Error(before, now, err, err2)
			}
			return nil
		})
	})
}

func TestNoBodyStandsAboveItselfOnAnyDay(t *testing.T) {
	each(t, func(h *house) {
		b := h.bodies("A", "B", "C")
		under := func(child, parent int, from string) func(*db.Tx) error {
			return func(tx *db.Tx) error { return PlaceUnder(tx, "clerk", b[child], b[parent], day(from)) }
		}
		h.do(under(1, 0, "2020-01-01"))
		h.do(under(2, 1, "2020-01-01"))
		h.refused(fault.Invalid, "parent", "body.circle", under(0, 2, "2024-01-01"))
		h.refused(fault.Invalid, "parent", "body.circle", under(0, 2, "2010-01-01"))
		h.refused(fault.Invalid, "parent", "body.circle", under(0, 0, "2024-01-01"))
		h.do(func(tx *db.Tx) error { return PlaceUnder(tx, "clerk", b[1], "", day("2025-07-01")) })
		h.refused(fault.Invalid, "parent", "body.circle", under(0, 2, "2025-06-30"))
		h.do(under(0, 2, "2025-07-01"))
		h.refused(fault.Invalid, "parent", "body.circle", under(1, 0, "2026-01-01"))
		h.refused(fault.Invalid, "from", "body.days_in_order", under(1, 2, "2025-06-30"))
		h.refused(fault.Invalid, "parent", "body.unknown", func(tx *db.Tx) error { return PlaceUnder(tx, "clerk", b[1], "nobody", day("2026-01-01")) })
	})
}

func TestSuccessorsAreThoseThatExistOnTheDay(t *testing.T) {
	each(t, func(h *house) {
		b := h.bodies("Quận ủy A", "Quận ủy B", "Đảng ủy C", "Đảng ủy D", "Đảng ủy E")
		h.do(func(tx *db.Tx) error {
			if err := Succeed(tx, "clerk", Succession{From: b[:2], To: b[2:4], Kind: "merge", On: day("2025-07-01"), Decision: "Nghị quyết 1668"}); err != nil {
				return err
			}
			return Succeed(tx, "clerk", Succession{From: b[2:3], To: b[4:], Kind: "rename", On: day("2026-01-01"), Decision: "Quyết định 1"})
		})
		h.do(func(tx *db.Tx) error {
			for on, want := range map[string][]string{"2025-06-30": nil, "2025-07-01": {b[2], b[3]}, "2025-12-31": {b[2], b[3]}, "2026-01-01": {b[3], b[4]}} {
				slices.Sort(want)
				if got, err := SuccessorsOf(tx, b[0], day(on)); err != nil || !slices.Equal(got, want) {
					h.Errorf("%s: %v, want %v (%v)", on, got, want, err)
				}
			}
			for on, want := range map[string]int{"2025-06-30": 0, "2025-07-01": 2, "2026-01-01": 3} {
				if ended, err := EndedBy(tx, day(on), b...); err != nil || len(ended) != want {
					h.Errorf("%s: %v %v", on, ended, err)
				}
			}
			return nil
		})
		h.refused(fault.Invalid, "last_day", "body.ended_already", func(tx *db.Tx) error { return EndBody(tx, "clerk", b[0], day("2025-01-01"), "x") })
		h.refused(fault.Invalid, "decision", "body.decision_needed", func(tx *db.Tx) error { return EndBody(tx, "clerk", b[3], day("2025-01-01"), " ") })
		for _, one := range []struct {
			field, key string
			Succession
		}{
			{"to", "body.count_to", Succession{From: b[3:4], Kind: "split", To: b[4:]}},
			{"to", "body.count_to", Succession{From: b[3:4], Kind: "end", To: b[4:]}},
			{"to", "body.successor_ended", Succession{From: b[3:4], Kind: "merge", To: b[:1]}},
			{"from", "body.ended_already", Succession{From: b[:1], Kind: "merge", To: b[3:4]}},
			{"from", "body.count_from", Succession{From: b[3:], Kind: "rename", To: b[3:4]}},
			{"kind", "field.needed", Succession{From: b[3:4], Kind: "x", To: b[4:]}},
		} {
			one.On, one.Decision = day("2026-05-01"), "d"
			h.refused(fault.Invalid, one.field, one.key, func(tx *db.Tx) error { return Succeed(tx, "clerk", one.Succession) })
		}
	})
}

func TestPrintedWordsAreFoundOnlyWhenTheyAreCertain(t *testing.T) {
	each(t, func(h *house) {
		b := h.bodies("Ủy ban nhân dân thành phố Cần Thơ", "Sở Khoa học và Công nghệ", "Đảng ủy phường Tân An", "Đảng ủy xã Tân An", "Hội Làm vườn", "Hội làm vườn")
		h.do(func(tx *db.Tx) error {
			if err := AddClass(tx, "clerk", Class{Key: "quan_uy", Words: lang.Both{Vi: "Các quận ủy, huyện ủy", En: "District committees"}, Aliases: []string{"các quận, huyện ủy"}}); err != nil {
				return err
			}
			return EndBody(tx, "clerk", b[1], day("2025-02-28"), "Nghị quyết")
		})
		for printed, want := range map[string]BodyFound{
			"Ủy ban nhân dân thành phố Cần Thơ": {Body: b[0]}, "UỶ BAN NHÂN DÂN THÀNH PHỐ CẦN THƠ": {Body: b[0]}, "UBND TP. Cần Thơ": {Body: b[0]},
			"Các quận uỷ, huyện uỷ": {Class: "quan_uy"}, "Các quận, huyện ủy": {Class: "quan_uy"}, "Đảng ủy phường Tân An": {Body: b[2]}, "Hội Làm vườn": {Body: b[4]},
			"HỘI LÀM VƯỜN": {}, "Tân An": {}, "": {}, "Sở Khoa học và Công nghệ": {Body: b[1]},
		} {
			h.do(func(tx *db.Tx) error {
				found, err := FindBodies(tx, day("2025-02-28"), printed)
				if found[printed] != want {
					h.Errorf("%q: %v, want %v", printed, found, want)
				}
				return err
			})
		}
		h.do(func(tx *db.Tx) error {
			found, err := FindBodies(tx, day("2025-03-01"), "Sở Khoa học và Công nghệ")
			if len(found) > 0 {
				h.Error("a body that exists no more was found", found)
			}
			return err
		})
	})
}

// answers is everything that can be asked of a day.
func answers(tx *db.Tx, on when.Day, ids []string) (string, error) {
	names, err := NamesOn(tx, on, ids...)
	if err != nil {
		return "", err
	}
	ended, err := EndedBy(tx, on, ids...)
	if err != nil {
		return "", err
	}
	members, err := Members(tx, "k", on)
	if err != nil {
		return "", err
	}
	parents, err := ParentsOn(tx, on, ids...)
	if err != nil {
		return "", err
	}
	text := fmt.Sprint(names, ended, members, parents)
	for _, id := range ids {
		successors, err := SuccessorsOf(tx, id, on)
		if err != nil {
			return "", err
		}
		text += fmt.Sprint(successors)
	}
	return text, nil
}

func TestLaterFactsNeverChangeWhatIsAnsweredForAPastDay(t *testing.T) {
	each(t, func(h *house) {
		h.do(func(tx *db.Tx) error {
			return AddClass(tx, "clerk", Class{Key: "k", Words: lang.Both{Vi: "Các đơn vị", En: "Units"}})
		})
		start := day("2025-01-01")
		rapid.Check(h.T, func(r *rapid.T) {
			err := h.d.Update(h.Context(), func(tx *db.Tx) error {
				var ids []string
				for i := range 5 {
					id, err := body(tx, fmt.Sprint("Đơn vị ", i))
					if err != nil {
						return err
					}
					ids = append(ids, id)
				}
				for range 2 { // facts before the day, then facts after it
					for range rapid.IntRange(1, 8).Draw(r, "facts") {
						if err := someFact(r, tx, ids, start.AddDays(rapid.IntRange(0, 20).Draw(r, "day"))); err != nil {
							return err
						}
					}
					asked := start.AddDays(rapid.IntRange(0, 25).Draw(r, "asked"))
					before, err := answers(tx, asked, ids)
					if err != nil {
						return err
					}
					for range rapid.IntRange(1, 8).Draw(r, "later") {
						if err := someFact(r, tx, ids, asked.AddDays(rapid.IntRange(1, 10).Draw(r, "after"))); err != nil {
							return err
						}
					}
					after, err := answers(tx, asked, ids)
					if err != nil {
						return err
					}
					if !reflect.DeepEqual(before, after) {
						r.Fatalf("on %s: %s, afterwards %s", asked, before, after)
					}
				}
				return nil
			})
			if err != nil {
				r.Fatal(err)
			}
		})
	})
}

// someFact tells any fact that holds from a day on; one that does not fit is refused, which is well.
func someFact(r *rapid.T, tx *db.Tx, ids []string, from when.Day) error {
	one := rapid.SampledFrom(ids)
	some := rapid.SliceOfN(one, 0, 3)
	var err error
	switch rapid.IntRange(0, 5).Draw(r, "act") {
	case 0:
		err = NameFrom(tx, "clerk", BodyName{Body: one.Draw(r, "body"), Name: vi("Tên " + from.String()), From: from})
	case 1:
		err = PlaceUnder(tx, "clerk", one.Draw(r, "body"), one.Draw(r, "parent"), from)
	case 2:
		err = EndBody(tx, "clerk", one.Draw(r, "body"), from.AddDays(-1), "quyết định")
	case 3:
		err = Succeed(tx, "clerk", Succession{From: some.Draw(r, "from"), To: some.Draw(r, "to"), On: from, Decision: "quyết định", Kind: rapid.SampledFrom(SuccessionKinds).Draw(r, "kind")})
	case 4:
		err = AddMember(tx, "clerk", "k", one.Draw(r, "body"), from)
	case 5:
		err = EndMember(tx, "clerk", "k", one.Draw(r, "body"), from.AddDays(-1))
	}
	if _, refused := fault.As(err); refused {
		return nil
	}
	return err
}
