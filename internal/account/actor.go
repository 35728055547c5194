// Package account is people: how they sign up and sign in, their sessions, their roles, the
// organisations they speak for, and the rights that the routes of the house ask for.
package account

import (
	"slices"

	"chonoi/internal/lang"
)

// ID names an account (UUIDv7); "" is a visitor.
type ID string

// Role is what an account may do in the house beyond what every member may (vai trò).
type Role string

// The roles. A Member is anybody with an account, a Manager speaks for an organisation by a
// membership; neither is granted. The others are granted by an administrator.
const (
	Member          Role = "member"
	Manager         Role = "manager"
	Broker          Role = "broker"        // người môi giới
	Officer         Role = "officer"       // cán bộ sàn
	Supervisor      Role = "supervisor"    // lãnh đạo sàn
	Statistician    Role = "statistician"  // cán bộ thống kê
	ProgrammeOffice Role = "programme"     // cơ quan theo dõi chương trình
	Inspector       Role = "inspector"     // thanh tra, kiểm tra: reads all, changes nothing
	Administrator   Role = "administrator" // quản trị hệ thống
)

// Granted lists the roles that an administrator grants, in the order in which people read them.
var Granted = []Role{Broker, Officer, Supervisor, Statistician, ProgrammeOffice, Inspector, Administrator}

// Membership says that an account acts for an organisation; a manager also speaks for it and
// takes others in.
type Membership struct {
	Organisation string
	Manager      bool
}

// Actor is who asks: an account in one session, or a visitor, which is the zero value.
type Actor struct {
	ID          ID
	Name, Email string
	Roles       []Role // granted ones only
	Memberships []Membership
	Session     string // id of the session, not its token
	Locale      lang.Tag
}

// SignedIn reports whether the actor is no visitor.
func (a Actor) SignedIn() bool { return a.ID != "" }

// Is reports whether the actor has the role: Member when signed in, Manager when managing any
// organisation, the others when granted.
func (a Actor) Is(role Role) bool {
	switch role {
	case Member:
		return a.SignedIn()
	case Manager:
		return a.SignedIn() && slices.ContainsFunc(a.Memberships, func(m Membership) bool { return m.Manager })
	}
	return a.SignedIn() && slices.Contains(a.Roles, role)
}

// Any reports whether the actor has at least one of the roles.
func (a Actor) Any(roles ...Role) bool { return slices.ContainsFunc(roles, a.Is) }

// In reports whether the actor acts for that organisation.
func (a Actor) In(organisation string) bool {
	return organisation != "" && slices.ContainsFunc(a.Memberships, func(m Membership) bool { return m.Organisation == organisation })
}

// Manages reports whether the actor speaks for that organisation.
func (a Actor) Manages(organisation string) bool {
	return organisation != "" && slices.Contains(a.Memberships, Membership{organisation, true})
}

// Staff reports whether the actor works for the house: an officer, a supervisor, a statistician,
// the programme office or an administrator. An inspector looks on and is no staff.
func (a Actor) Staff() bool {
	return a.Any(Officer, Supervisor, Statistician, ProgrammeOffice, Administrator)
}

// SeesAll reports whether the actor may read what records tell of to nobody but their owner and the
// officers: officers, supervisors, administrators and inspectors. Who counts or plans need not.
func (a Actor) SeesAll() bool { return a.Any(Officer, Supervisor, Administrator, Inspector) }
