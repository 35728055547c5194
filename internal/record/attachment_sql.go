package record

import (
	"fmt"

	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/when"
)

const (
	selectAttachment = `SELECT id, kind, record, sha256, name, mime, size, level, title_vi, title_en, created_by, created_at FROM attachment `
	insertAttachment = `INSERT INTO attachment (id, kind, record, sha256, name, mime, size, level, title_vi, title_en, created_by, created_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
	updateAttachment = `UPDATE attachment SET level = ?, title_vi = ?, title_en = ? WHERE id = ?`
	deleteAttachment = `DELETE FROM attachment WHERE id = ?`
	countContent     = `SELECT count(*) FROM attachment WHERE sha256 = ?`
	unlinkClaims     = `UPDATE claim SET attachment = '' WHERE kind = ? AND record = ? AND attachment = ?`
)

func storeAttachment(tx *db.Tx, a *Attachment) error {
	_, err := tx.Exec(insertAttachment, a.ID, a.Kind, a.Record, a.SHA256, a.Name, a.MIME, a.Size, int(a.Level),
		a.Title.Vi, a.Title.En, string(a.By), when.Micro(a.Created))
	if err != nil {
		return fmt.Errorf("attach a file: %w", err)
	}
	return nil
}

func changeAttachment(tx *db.Tx, a *Attachment) error {
	if _, err := tx.Exec(updateAttachment, int(a.Level), a.Title.Vi, a.Title.En, a.ID); err != nil {
		return fmt.Errorf("change an attachment: %w", err)
	}
	return nil
}

func removeAttachment(tx *db.Tx, a *Attachment) (last bool, err error) {
	if _, err := tx.Exec(unlinkClaims, a.Kind, a.Record, a.ID); err != nil {
		return false, fmt.Errorf("detach a file: %w", err)
	}
	if _, err := tx.Exec(deleteAttachment, a.ID); err != nil {
		return false, fmt.Errorf("detach a file: %w", err)
	}
	var left int
	if err := tx.QueryRow(countContent, a.SHA256).Scan(&left); err != nil {
		return false, fmt.Errorf("count a file's records: %w", err)
	}
	return left == 0, nil
}

// AttachmentOf returns the attachment of that id, or a NotFound fault.
func AttachmentOf(tx *db.Tx, id string) (*Attachment, error) {
	all, err := attachments(tx, selectAttachment+`WHERE id = ?`, id)
	if err != nil {
		return nil, err
	}
	if len(all) == 0 {
		return nil, fault.New(fault.NotFound, "record.not_found")
	}
	return &all[0], nil
}

// Attachments returns the files of a record in the order in which they were attached.
func Attachments(tx *db.Tx, kind, id string) ([]Attachment, error) {
	return attachments(tx, selectAttachment+`WHERE kind = ? AND record = ? ORDER BY id`, kind, id)
}

func attachments(tx *db.Tx, query string, args ...any) ([]Attachment, error) {
	rows, err := tx.Query(query, args...)
	if err != nil {
		return nil, fmt.Errorf("read attachments: %w", err)
	}
	defer rows.Close()
	var all []Attachment
	for rows.Next() {
		var a Attachment
		if err := rows.Scan(&a.ID, &a.Kind, &a.Record, &a.SHA256, &a.Name, &a.MIME, &a.Size, &a.Level,
			&a.Title.Vi, &a.Title.En, &a.By, timeScan{&a.Created}); err != nil {
			return nil, fmt.Errorf("read attachments: %w", err)
		}
		all = append(all, a)
	}
	return all, rows.Err()
}
