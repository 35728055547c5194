package deal

import (
	"database/sql"
	"errors"
	"fmt"

	"chonoi/internal/db"
	"chonoi/internal/when"
)

func flag(on bool) int {
	if on {
		return 1
	}
	return 0
}

func keepLegal(tx *db.Tx, deal string, l *Legal) error {
	f := l.Facts
	_, err := tx.Exec(`INSERT INTO deal_legal (deal, edition, class, direction, state_money, certificate, amendment, contribution, day, outcome, note, told_at, told_by,
			approval_number, approval_on, agreed_on, signed_on, due_on, filed_on, paper_number, paper_on, effective_on)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (deal) DO UPDATE SET approval_number = excluded.approval_number, approval_on = excluded.approval_on, agreed_on = excluded.agreed_on, signed_on = excluded.signed_on,
			due_on = excluded.due_on, filed_on = excluded.filed_on, paper_number = excluded.paper_number, paper_on = excluded.paper_on, effective_on = excluded.effective_on`,
		deal, l.Edition, string(f.Class), string(f.Direction), string(f.StateMoney), flag(f.ResultCertificate), flag(f.Amendment), flag(f.StateCapitalContribution), f.Day.String(),
		string(l.Outcome), l.Note, l.ToldAt, string(l.ToldBy), l.ApprovalNumber, l.ApprovalOn.String(), l.Agreed.String(), l.Signed.String(), l.Due.String(), l.Filed.String(),
		l.PaperNumber, l.PaperOn.String(), l.Effective.String())
	if err != nil {
		return fmt.Errorf("keep the legal route of a deal: %w", err)
	}
	return nil
}

// LegalOf returns the legal route of a deal; nil before an officer told it.
func LegalOf(tx *db.Tx, deal string) (*Legal, error) {
	l := &Legal{}
	f := &l.Facts
	days := make([]string, 8)
	err := tx.QueryRow(`SELECT edition, class, direction, state_money, certificate, amendment, contribution, outcome, note, told_at, told_by, approval_number, paper_number,
			day, approval_on, agreed_on, signed_on, due_on, filed_on, paper_on, effective_on FROM deal_legal WHERE deal = ?`, deal).
		Scan(&l.Edition, &f.Class, &f.Direction, &f.StateMoney, &f.ResultCertificate, &f.Amendment, &f.StateCapitalContribution, &l.Outcome, &l.Note, &l.ToldAt, &l.ToldBy,
			&l.ApprovalNumber, &l.PaperNumber, &days[0], &days[1], &days[2], &days[3], &days[4], &days[5], &days[6], &days[7])
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the legal route of a deal: %w", err)
	}
	for i, day := range []*when.Day{&f.Day, &l.ApprovalOn, &l.Agreed, &l.Signed, &l.Due, &l.Filed, &l.PaperOn, &l.Effective} {
		if *day, err = when.ParseDay(days[i]); err != nil {
			return nil, err
		}
	}
	return l, nil
}

// keepSigned keeps the contract that a side signed; another file of it takes the place of the first.
func keepSigned(tx *db.Tx, deal string, s Signed) error {
	_, err := tx.Exec(`INSERT INTO deal_signature (deal, side, attachment, digest, signed_on, at, by_account) VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (deal, side) DO UPDATE SET attachment = excluded.attachment, digest = excluded.digest, signed_on = excluded.signed_on, at = excluded.at, by_account = excluded.by_account`,
		deal, string(s.Side), s.Attachment, s.Digest, s.On.String(), s.At, string(s.By))
	return err
}

// SignedOf returns the contracts that the sides signed.
func SignedOf(tx *db.Tx, deal string) (all []Signed, err error) {
	rows, err := tx.Query(`SELECT side, attachment, digest, signed_on, at, by_account FROM deal_signature WHERE deal = ? ORDER BY side`, deal)
	if err != nil {
		return nil, fmt.Errorf("read the signatures of a deal: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var s Signed
		var on string
		if err := rows.Scan(&s.Side, &s.Attachment, &s.Digest, &on, &s.At, &s.By); err != nil {
			return nil, err
		}
		if s.On, err = when.ParseDay(on); err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	return all, rows.Err()
}
