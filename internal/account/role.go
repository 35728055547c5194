package account

import (
	"fmt"
	"slices"
	"strings"

	"chonoi/internal/db"
	"chonoi/internal/fault"
)

// SetRoles makes roles all that is granted to an account. Administrators may; the last
// administrator stays one, and an inspector has no other role.
func (a *Accounts) SetRoles(tx *db.Tx, actor Actor, id ID, roles []Role) error {
	who, err := a.administered(tx, actor, id)
	if err != nil {
		return err
	}
	return a.setRoles(tx, actor.ID, who, roles)
}

func (a *Accounts) setRoles(tx *db.Tx, by ID, who *Account, roles []Role) error {
	roles, err := checkRoles(roles)
	if err != nil {
		return err
	}
	if slices.Equal(roles, who.Roles) {
		return nil
	}
	if !slices.Contains(roles, Administrator) {
		if err := a.keepAnAdministrator(tx, who.ID); err != nil {
			return err
		}
	}
	if err := replaceRoles(tx, by, who.ID, roles); err != nil {
		return fmt.Errorf("set the roles of account %s: %w", who.ID, err)
	}
	return a.Note(tx, by, "account.roles_set", "account", string(who.ID), Changed{"roles", joinRoles(who.Roles), joinRoles(roles)})
}

// checkRoles returns the roles in the order of Granted, each once.
func checkRoles(roles []Role) ([]Role, error) {
	for _, role := range roles {
		if !slices.Contains(Granted, role) {
			return nil, fault.New(fault.Invalid, "account.check_fields").At("roles", "account.role_unknown", "Role", string(role))
		}
	}
	var ordered []Role
	for _, role := range Granted {
		if slices.Contains(roles, role) {
			ordered = append(ordered, role)
		}
	}
	if len(ordered) > 1 && slices.Contains(ordered, Inspector) {
		return nil, fault.New(fault.Invalid, "account.check_fields").At("roles", "account.inspector_alone")
	}
	return ordered, nil
}

// keepAnAdministrator refuses what would leave the house without an administrator who can sign in.
func (a *Accounts) keepAnAdministrator(tx *db.Tx, leaving ID) error {
	others, isOne, err := administrators(tx, leaving)
	if err != nil {
		return fmt.Errorf("count administrators: %w", err)
	}
	if isOne && others == 0 {
		return fault.New(fault.Conflict, "account.last_administrator")
	}
	return nil
}

func joinRoles(roles []Role) string {
	words := make([]string, len(roles))
	for i, role := range roles {
		words[i] = string(role)
	}
	return strings.Join(words, " ")
}
