package platform

import (
	"context"

	"entente/cooperation"
)

// Observe is told when the platform begins a piece of work; what it returns is
// called when the work is over, with its error. The work goes on under the
// context that it returns. It is for measurements and traces: it decides
// nothing, and must be quick and safe for concurrent use.
type Observe func(ctx context.Context, w Work) (context.Context, func(error))

// Work is what is observed.
type Work struct {
	Name    string // "commit": a command from its call until its outcome is known; "run": one run of the matcher
	Log     string // the convention, or the log of accounts
	Command string // what is committed, or what triggered the run
}

// unobserved is the default.
func unobserved(ctx context.Context, _ Work) (context.Context, func(error)) {
	return ctx, func(error) {}
}

// Vital is how one log of this process is doing.
type Vital struct {
	Log      string
	Position uint64 // the last commit that is in the state
	Waiting  int    // commands that wait for their turn
	Pending  int    // messages that are due to be sent; of conventions only
	Trouble  error  // what hinders following or writing the log
}

// Vitals is how the logs of this process are doing, the accounts first. It
// asks nobody outside.
func (p *Platform) Vitals() []Vital {
	out := []Vital{{Log: AccountsLog, Position: p.accounts.Position(), Waiting: len(p.people.queue), Trouble: p.people.trouble()}}
	now := p.clock()
	for _, id := range p.order {
		r := p.rooms[id]
		out = append(out, Vital{Log: id, Position: r.state.Position(), Waiting: len(r.journal.queue),
			Pending: len(r.state.PendingNotifications(now)), Trouble: r.journal.trouble()})
	}
	return out
}

// Failed reports whether an outcome is a failure of the installation; what the
// domain refuses is none.
func Failed(err error) bool {
	code := cooperation.CodeOf(err)
	return err != nil && (code == "" || code == cooperation.Unavailable)
}
