package account

// Right is what a route asks of the one who calls it; it stands in the column of the route table.
type Right struct {
	Name   string
	Allows func(Actor) bool
}

// Rights that only read. An inspector has each of them.
var (
	// Anyone lets everybody in.
	Anyone = Right{"anyone", func(Actor) bool { return true }}
	// MaySignIn lets visitors in, and those who sign in once more as somebody else.
	MaySignIn = Right{"may_sign_in", func(Actor) bool { return true }}
	// MaySeeOwn lets people see what is theirs.
	MaySeeOwn = Right{"may_see_own", Actor.SignedIn}
	// MaySeeDesk lets the desk be seen: what waits for review.
	MaySeeDesk = Right{"may_see_desk", one(Officer, Supervisor, Inspector)}
	// MaySeeStaff lets pages be seen that are for the house alone.
	MaySeeStaff = Right{"may_see_staff", func(a Actor) bool { return a.Staff() || a.Is(Inspector) }}
	// MayInspect lets the ledger and what was done be read.
	MayInspect = Right{"may_inspect", one(Inspector, Supervisor, Administrator)}
	// MaySeeProgramme lets the inner pages of the programme be seen.
	MaySeeProgramme = Right{"may_see_programme", one(ProgrammeOffice, Supervisor, Statistician, Administrator, Inspector)}
	// MaySeeStatistics lets figures be seen before their release.
	MaySeeStatistics = Right{"may_see_statistics", one(Statistician, Supervisor, Administrator, Inspector)}
	// MaySeePeople lets the list of accounts be seen.
	MaySeePeople = Right{"may_see_people", one(Administrator, Inspector)}
)

// Rights that change something. None of them follows from being an inspector, and who is an
// inspector has none of them, whatever else was granted: but for one's own account.
var (
	// SignedIn lets people act for themselves: their account, their sessions, their mail.
	SignedIn = Right{"signed_in", Actor.SignedIn}
	// MayPost lets members act on the exchange and in the network.
	MayPost = Right{"may_post", changing(Member)}
	// MayReview lets the desk decide on what waits for it.
	MayReview = Right{"may_review", changing(Officer, Supervisor)}
	// MaySupervise lets what only a supervisor may decide be decided.
	MaySupervise = Right{"may_supervise", changing(Supervisor)}
	// MayBroker lets brokers act between the sides.
	MayBroker = Right{"may_broker", changing(Broker, Officer, Supervisor)}
	// MayAdminister lets the house be run: people, roles, settings.
	MayAdminister = Right{"may_administer", changing(Administrator)}
	// MayImport lets records be brought in by the hundred.
	MayImport = Right{"may_import", changing(Officer, Administrator)}
	// MayStatistics lets figures be entered, checked and released.
	MayStatistics = Right{"may_statistics", changing(Statistician)}
	// MayProgramme lets plans be written and followed up.
	MayProgramme = Right{"may_programme", changing(ProgrammeOffice)}
	// MayReport lets people report on what their organisation was assigned; which task it is, the
	// subject checks itself.
	MayReport = Right{"may_report", changing(Member)}
	// MaySpeak lets everybody say what they think of what is public, visitors after a letter that
	// confirms their address; who inspects says it in a finding.
	MaySpeak = Right{"may_speak", func(a Actor) bool { return !a.Is(Inspector) }}
	// MayHoldRounds lets rounds of supervision, inspection and criticism be held: what an inspector
	// finds is all that he writes, and it changes nothing of what he looks at.
	MayHoldRounds = Right{"may_hold_rounds", one(Supervisor, ProgrammeOffice, Inspector)}
)

func one(roles ...Role) func(Actor) bool {
	return func(a Actor) bool { return a.Any(roles...) }
}

func changing(roles ...Role) func(Actor) bool {
	return func(a Actor) bool { return a.Any(roles...) && !a.Is(Inspector) }
}
