package app

import (
	"bufio"
	"bytes"
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"time"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/exchange"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/record"
	"chonoi/internal/registry"
	"chonoi/internal/when"
)

// seedFiles is the seed city: invented organisations, offers and needs of the Mekong delta.
//
//go:embed seed/*.jsonl
var seedFiles embed.FS

// seedRow is one line of a seed file by its keys.
type seedRow map[string]any

// given answers what a row tells for a column.
func (r seedRow) given(column string) ([]string, bool) {
	v, there := r[column]
	if !there {
		return nil, false
	}
	switch v := v.(type) {
	case string:
		return []string{v}, true
	case bool:
		return []string{strconv.FormatBool(v)}, true
	case json.Number:
		return []string{v.String()}, true
	case []any:
		texts := []string{}
		for _, one := range v {
			texts = append(texts, fmt.Sprint(one))
		}
		return texts, true
	}
	return nil, false
}

func (r seedRow) text(key string) string {
	text, _ := r[key].(string)
	return text
}

// seedNames are the keys of the seed files that the columns are called otherwise.
var seedNames = map[string]string{"right": "transfer_right", "references_vi": "reference_list_vi", "references_en": "reference_list_en"}

func readSeed(pattern string) ([]seedRow, error) {
	names, err := fs.Glob(seedFiles, "seed/"+pattern)
	if err != nil {
		return nil, err
	}
	sort.Strings(names)
	var rows []seedRow
	for _, name := range names {
		raw, err := seedFiles.ReadFile(name)
		if err != nil {
			return nil, err
		}
		lines := bufio.NewScanner(bytes.NewReader(raw))
		lines.Buffer(nil, 1<<20)
		for lines.Scan() {
			row := seedRow{}
			decoder := json.NewDecoder(bytes.NewReader(lines.Bytes()))
			decoder.UseNumber()
			if err := decoder.Decode(&row); err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
			for from, to := range seedNames {
				if v, there := row[from]; there {
					row[to] = v
				}
			}
			rows = append(rows, row)
		}
		if err := lines.Err(); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	return rows, nil
}

// DemoMark is the file by which a data folder is known to hold a demonstration.
const DemoMark = "demonstration"

// Seed fills an empty database with the seed city in one unit: all of it, or nothing. It refuses,
// with a Conflict, a database that holds anything else: the demonstration's people have a known
// password and must never come among real ones. The data folder is marked as a demonstration's.
func (h *House) Seed(ctx context.Context) error {
	planted := false
	err := h.DB.View(ctx, func(tx *db.Tx) (err error) {
		planted, err = h.seedable(tx)
		return err
	})
	if err != nil || planted {
		return err
	}
	if err := os.MkdirAll(h.Config.Data, 0o750); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(h.Config.Data, DemoMark), nil, 0o640); err != nil {
		return err
	}
	return h.DB.Update(ctx, func(tx *db.Tx) error {
		organisations, err := h.seedOrganisations(tx)
		if err != nil {
			return err
		}
		if err := h.seedPeople(tx, organisations); err != nil {
			return err
		}
		if err := h.seedOffers(tx, organisations); err != nil {
			return err
		}
		if err := h.seedNeeds(tx, organisations); err != nil {
			return err
		}
		if err := h.seedDeals(tx, organisations); err != nil {
			return err
		}
		if err := h.seedBrokers(tx, organisations); err != nil {
			return err
		}
		if err := h.seedLicences(tx, organisations); err != nil {
			return err
		}
		if err := h.seedSales(tx, organisations); err != nil {
			return err
		}
		return h.seedProgramme(tx, organisations)
	})
}

// seedable reports whether the seed city stands already, and refuses a database of something else.
func (h *House) seedable(tx *db.Tx) (planted bool, err error) {
	seeded, err := registry.Organisations.Find(tx, "WHERE source = 'seed' LIMIT 1")
	if err != nil || len(seeded) > 0 {
		return true, err
	}
	others, err := registry.Organisations.Find(tx, "LIMIT 1")
	if err != nil {
		return false, err
	}
	people, _, err := h.Accounts.People(tx, account.Query{Limit: 1})
	if err != nil {
		return false, err
	}
	if len(others) > 0 || len(people) > 0 {
		return false, fault.New(fault.Conflict, "demo.not_empty")
	}
	return false, nil
}

func (h *House) seedOrganisations(tx *db.Tx) (map[string]string, error) {
	rows, err := readSeed("organisations.jsonl")
	if err != nil {
		return nil, err
	}
	ids := map[string]string{}
	for _, row := range rows {
		o := &registry.Organisation{}
		if amiss := registry.Organisations.Fields.Read(o, row.given, h.Codes); len(amiss) > 0 {
			return nil, fmt.Errorf("organisation %s: %v", row.text("id"), amiss)
		}
		if o.Website != "" {
			o.Website = "https://" + o.Website
		}
		o.Source, o.External = "seed", row.text("id")
		if err := registry.Plant(tx, "system", o); err != nil {
			return nil, fmt.Errorf("organisation %s: %w", row.text("id"), err)
		}
		ids[row.text("id")] = o.ID
	}
	return ids, nil
}

// lot is a number that belongs to a seed row for good, for spreading dates and states.
func lot(id string) int {
	h := fnv.New32a()
	h.Write([]byte(id))
	return int(h.Sum32() % 997)
}

// seedHead is where a seed listing stands in its life: most are on the floor since some weeks, a
// few are expiring, expired, drafts, or wait for review, so that every desk has something to show.
func seedHead(tx *db.Tx, row seedRow, owner string, n int) record.Head {
	today := when.DayOf(tx.Now)
	age := lot(row.text("id")) % 140
	head := record.Head{State: exchange.Published, Owner: owner, By: "system", External: row.text("id"),
		Published: tx.Now.Add(-time.Duration(age) * 24 * time.Hour), Expires: today.AddDays(180 - age)}
	switch {
	case n%25 == 11:
		head.State, head.Published, head.Expires = exchange.Submitted, time.Time{}, when.Day{}
	case n%37 == 20:
		head.State, head.Published, head.Expires = exchange.Draft, time.Time{}, when.Day{}
	case n%41 == 17:
		head.State, head.Expires = exchange.Expired, today.AddDays(-5)
	case n%31 == 13:
		head.State, head.Expires = exchange.Expiring, today.AddDays(6)
	}
	return head
}

func (h *House) seedOffers(tx *db.Tx, organisations map[string]string) error {
	rows, err := readSeed("offers_*.jsonl")
	if err != nil {
		return err
	}
	for n, row := range rows {
		owner := organisations[row.text("organisation")]
		if owner == "" {
			return fmt.Errorf("offer %s: no organisation %q", row.text("id"), row.text("organisation"))
		}
		head := seedHead(tx, row, owner, n)
		o, err := h.Exchange.Offers.Plant(tx, "system", head, row.given, func(o *exchange.Offer) { o.Confirmed = when.DayOf(head.Published).String() })
		if err != nil {
			return err
		}
		if err := seedClaims(tx, o.ID, row); err != nil {
			return fmt.Errorf("offer %s: %w", row.text("id"), err)
		}
	}
	return nil
}

// seedClaims plants an offer's claims. The seed has no files behind them, so a level that needs a
// file is told as stated.
func seedClaims(tx *db.Tx, offer string, row seedRow) error {
	told, _ := row["claims"].([]any)
	for _, one := range told {
		c := seedRow(one.(map[string]any))
		claim := &record.Claim{Kind: exchange.Offers.Name, Record: offer, Claim: c.text("claim"), Proof: c.text("level"),
			Statement: lang.Both{Vi: c.text("statement_vi"), En: c.text("statement_en")}}
		switch claim.Proof {
		case "document":
			claim.Proof = "stated"
		case "third_party":
			claim.ThirdParty = "Trung tâm Kỹ thuật đo lường thử nghiệm Ninh Hòa Giang"
		}
		if claim.Proof != "stated" {
			claim.CheckedBy, claim.Checked, claim.Until = "system", tx.Now, when.DayOf(tx.Now).AddDays(365)
		}
		if err := record.CopyClaim(tx, "system", claim); err != nil {
			return err
		}
	}
	return nil
}

func (h *House) seedNeeds(tx *db.Tx, organisations map[string]string) error {
	rows, err := readSeed("needs_*.jsonl")
	if err != nil {
		return err
	}
	for n, row := range rows {
		owner := organisations[row.text("organisation")]
		if owner == "" {
			return fmt.Errorf("need %s: no organisation %q", row.text("id"), row.text("organisation"))
		}
		days, _ := strconv.Atoi(fmt.Sprint(row["reply_days"]))
		_, err := h.Exchange.Needs.Plant(tx, "system", seedHead(tx, row, owner, n), row.given, func(need *exchange.Need) {
			if need.Floor() {
				need.ReplyDue = when.WorkingDays(when.DayOf(tx.Now), max(days, 5), nil)
			}
		})
		if err != nil {
			return err
		}
	}
	return nil
}
