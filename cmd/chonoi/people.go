package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"strings"

	"chonoi/internal/account"
	"chonoi/internal/app"
	"chonoi/internal/db"
	"chonoi/internal/lang"
)

type accountCommand struct {
	Add      accountAdd      `cmd:"" help:"Add an account; the first administrator is made so."`
	List     accountList     `cmd:"" help:"List accounts with their roles."`
	Role     accountRole     `cmd:"" help:"Set the roles of an account."`
	Password accountPassword `cmd:"" help:"Set the password of an account; it is read from standard input."`
}

// onAccounts opens the house and runs work in one unit.
func (p *program) onAccounts(work func(h *app.House, tx *db.Tx) error) error {
	h, err := p.open()
	if err != nil {
		return err
	}
	defer h.Close()
	return h.DB.Update(p.ctx, func(tx *db.Tx) error { return work(h, tx) })
}

const byCommand = account.ID("command-line")

func rolesOf(names []string) []account.Role {
	roles := make([]account.Role, len(names))
	for i, name := range names {
		roles[i] = account.Role(name)
	}
	return roles
}

type accountAdd struct {
	Email string   `arg:"" help:"E-mail, by which the person signs in."`
	Name  string   `arg:"" help:"Name of the person."`
	Roles []string `name:"role" help:"Roles: broker, officer, supervisor, statistician, programme_office, inspector, administrator." sep:","`
}

// Run adds an account whose e-mail counts as confirmed.
func (c *accountAdd) Run(p *program) error {
	return p.onAccounts(func(h *app.House, tx *db.Tx) error {
		who, err := h.Accounts.CreateWithRoles(tx, byCommand, c.Email, c.Name, lang.Tag(p.Lang), rolesOf(c.Roles))
		if err != nil {
			return err
		}
		fmt.Fprintln(p.out, who.ID)
		return nil
	})
}

type accountRole struct {
	Email string   `arg:"" help:"E-mail of the account."`
	Roles []string `arg:"" optional:"" help:"All roles it shall have; none to take them away."`
}

// Run sets the roles of an account.
func (c *accountRole) Run(p *program) error {
	return p.onAccounts(func(h *app.House, tx *db.Tx) error {
		who, err := h.Accounts.ByEmail(tx, c.Email)
		if err != nil {
			return err
		}
		return h.Accounts.GrantRoles(tx, byCommand, who.ID, rolesOf(c.Roles))
	})
}

type accountPassword struct {
	Email string `arg:"" help:"E-mail of the account."`
}

// Run sets a password read from standard input, so that it stands in no list of processes.
func (c *accountPassword) Run(p *program) error {
	h, err := p.open()
	if err != nil {
		return err
	}
	defer h.Close()
	lines := bufio.NewScanner(os.Stdin)
	if !lines.Scan() || strings.TrimSpace(lines.Text()) == "" {
		return errors.New("no password on standard input")
	}
	var id account.ID
	err = h.DB.View(p.ctx, func(tx *db.Tx) error {
		who, err := h.Accounts.ByEmail(tx, c.Email)
		if err == nil {
			id = who.ID
		}
		return err
	})
	if err != nil {
		return err
	}
	return h.Accounts.ResetPassword(p.ctx, h.DB, byCommand, id, lines.Text())
}

type accountList struct {
	JSON bool `help:"Print JSON."`
}

// person is an account as it is listed.
type person struct {
	ID    string   `json:"id"`
	Email string   `json:"email"`
	Name  string   `json:"name"`
	Roles []string `json:"roles"`
}

// Run lists all accounts.
func (c *accountList) Run(p *program) error {
	list := []person{}
	err := p.onAccounts(func(h *app.House, tx *db.Tx) error {
		list = list[:0]
		for after := account.ID(""); ; {
			people, next, err := h.Accounts.People(tx, account.Query{After: after, Limit: 200})
			if err != nil {
				return err
			}
			for _, one := range people {
				roles := make([]string, len(one.Roles))
				for i, role := range one.Roles {
					roles[i] = string(role)
				}
				list = append(list, person{string(one.ID), one.Email, one.Name, roles})
			}
			if next == "" {
				return nil
			}
			after = next
		}
	})
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(p.out, list)
	}
	for _, one := range list {
		fmt.Fprintf(p.out, "%-36s  %-34s  %-24s  %s\n", one.ID, one.Email, one.Name, strings.Join(one.Roles, ","))
	}
	return nil
}
