package deal

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/record"
	"chonoi/internal/when"
)

func addDocument(tx *db.Tx, deal string, one *Document) error {
	seals := ""
	if len(one.Seals) > 0 {
		raw, err := json.Marshal(one.Seals)
		if err != nil {
			return err
		}
		seals = string(raw)
	}
	_, err := tx.Exec(`INSERT INTO deal_document (attachment, deal, side, audience, seals) VALUES (?, ?, ?, ?, ?)`, one.ID, deal, string(one.Side), one.Audience, seals)
	return err
}

// documentsOf returns all documents of a deal, the first first.
func documentsOf(tx *db.Tx, deal string) (all []*Document, err error) {
	files, err := record.Attachments(tx, Records.Name, deal)
	if err != nil || len(files) == 0 {
		return nil, err
	}
	rows, err := tx.Query(`SELECT d.attachment, d.side, d.audience, d.seals, (SELECT count(*) FROM deal_opening o WHERE o.attachment = d.attachment AND o.side <> d.side)
		FROM deal_document d WHERE d.deal = ?`, deal)
	if err != nil {
		return nil, fmt.Errorf("read the documents of a deal: %w", err)
	}
	defer rows.Close()
	told := map[string]*Document{}
	for rows.Next() {
		one, seals := &Document{}, ""
		if err := rows.Scan(&one.ID, &one.Side, &one.Audience, &seals, &one.Openings); err != nil {
			return nil, err
		}
		if seals != "" {
			if err := json.Unmarshal([]byte(seals), &one.Seals); err != nil {
				return nil, fmt.Errorf("read the signatures of a document: %w", err)
			}
		}
		told[one.ID] = one
	}
	for _, f := range files {
		if one := told[f.ID]; one != nil {
			one.Attachment = f
			all = append(all, one)
		}
	}
	return all, rows.Err()
}

// documentOf returns a document and the id of its deal.
func documentOf(tx *db.Tx, id string) (one *Document, deal string, err error) {
	one = &Document{}
	err = tx.QueryRow(`SELECT deal, side, audience FROM deal_document WHERE attachment = ?`, id).Scan(&deal, &one.Side, &one.Audience)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, "", found()
	}
	if err != nil {
		return nil, "", fmt.Errorf("read a document of a deal: %w", err)
	}
	a, err := record.AttachmentOf(tx, id)
	if err != nil {
		return nil, "", err
	}
	one.Attachment = *a
	return one, deal, nil
}

func addOpening(tx *db.Tx, attachment string, who account.ID, side Side) error {
	_, err := tx.Exec(`INSERT INTO deal_opening (id, attachment, at, account, side) VALUES (?, ?, ?, ?, ?)`, db.NewID(tx.Now), attachment, when.Micro(tx.Now), string(who), string(side))
	return err
}

// Openings returns who opened a document, the last first.
func Openings(tx *db.Tx, attachment string, limit int) (all []Opening, err error) {
	rows, err := tx.Query(`SELECT at, account, side FROM deal_opening WHERE attachment = ? ORDER BY id DESC LIMIT ?`, attachment, limit)
	if err != nil {
		return nil, fmt.Errorf("read openings: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var o Opening
		if err := rows.Scan(&o.At, &o.Account, &o.Side); err != nil {
			return nil, err
		}
		all = append(all, o)
	}
	return all, rows.Err()
}
