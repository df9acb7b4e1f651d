package platform

import (
	"context"
	"sort"
	"strings"
	"time"

	"entente/catalogue"
	"entente/cooperation"
	"entente/store"
)

// AuditQuery says which commits of a log to list.
type AuditQuery struct {
	Actor    string    // who did it; "" is anybody
	Command  string    // "need.submit", or "need" for all that begins with "need."
	From, To time.Time // both included; zero is no bound
	Position uint64    // the position from which to go on, downwards; 0 is the last one
	Limit    int
}

// AuditEntry is one commit: who did what to which documents, and its place in
// the chain of hashes. It holds nothing of what the documents say.
type AuditEntry struct {
	Position       uint64
	Time           time.Time
	Command        string
	Actor          string
	Name           string // of the person
	Reason         string // in the actor's words: for the secretariat
	Documents      []AuditDocument
	Previous, Hash store.Hash
}

// AuditDocument names a version that a commit carries. The id is left out
// where the document does not exist for the reader.
type AuditDocument struct {
	Kind, ID string
	Version  uint64
	Erased   bool
}

// Audit is a part of a log, the latest commit first.
type Audit struct {
	Entries []AuditEntry
	Next    uint64 // the position from which to go on; 0 at the end
}

// What one page of an audit may cost: a filter that rarely holds makes pages
// short, or empty, and not slow.
const (
	auditCommits  = 500
	auditPatience = 3 * time.Second
)

// skew is by how much the clocks of replicas may disagree: the times of a
// log's commits ascend but for that.
const skew = time.Hour

// Audit lists the commits of a convention's log, for its secretariat and for
// administrators. A page may hold fewer than the limit and still be followed
// by another.
func (p *Platform) Audit(ctx context.Context, actor cooperation.Actor, convention string, q AuditQuery) (*Audit, error) {
	r, err := p.room(convention)
	if err != nil {
		return nil, err
	}
	if !cooperation.MayAudit(actor, convention) {
		return nil, cooperation.Refuse(cooperation.Forbidden, "error.forbidden.action")
	}
	facilitates := actor.IsSystem() || actor.Has(convention, cooperation.Secretariat)
	return p.audit(ctx, convention, r.state.Position(), q, func(c *store.Commit) AuditEntry {
		e := p.auditEntry(c, func(kind, id string) bool {
			if kind == catalogue.KindOrganisation {
				_, err := p.organisationSubject(actor, convention, id)
				return err == nil
			}
			_, err := p.subject(actor, kind, id)
			return err == nil
		})
		if !facilitates {
			e.Reason = ""
		}
		return e
	})
}

// AuditAccounts lists the commits of the log of accounts, for administrators.
func (p *Platform) AuditAccounts(ctx context.Context, actor cooperation.Actor, q AuditQuery) (*Audit, error) {
	if !cooperation.MayAuditAccounts(actor) {
		return nil, cooperation.Refuse(cooperation.Forbidden, "error.forbidden.action")
	}
	return p.audit(ctx, AccountsLog, p.accounts.Position(), q, func(c *store.Commit) AuditEntry {
		return p.auditEntry(c, func(kind, _ string) bool { return kind == catalogue.KindUser || kind == catalogue.KindToken })
	})
}

func (p *Platform) audit(ctx context.Context, log string, last uint64, q AuditQuery, entry func(*store.Commit) AuditEntry) (*Audit, error) {
	if q.Position > 0 {
		last = min(last, q.Position)
	} else if !q.To.IsZero() {
		var err error
		if last, err = p.before(ctx, log, last, q.To.Add(skew)); err != nil {
			return nil, err
		}
	}
	a := &Audit{}
	began := time.Now()
	for position := last; position > 0; position-- {
		if len(a.Entries) == q.Limit || last-position >= auditCommits || time.Since(began) > auditPatience {
			a.Next = position
			break
		}
		c, err := p.commitAt(ctx, log, position)
		if err != nil {
			return nil, err
		}
		if !q.From.IsZero() && c.Time.Before(q.From.Add(-skew)) {
			break
		}
		if q.holds(&c) {
			a.Entries = append(a.Entries, entry(&c))
		}
	}
	return a, nil
}

// before is the last position whose commit is not after the time, if the times
// of commits ascend.
func (p *Platform) before(ctx context.Context, log string, last uint64, t time.Time) (uint64, error) {
	var failed error
	n := sort.Search(int(last), func(i int) bool {
		c, err := p.commitAt(ctx, log, uint64(i)+1)
		if err != nil {
			failed = err
			return true
		}
		return c.Time.After(t)
	})
	return uint64(n), failed
}

// holds reports whether the commit is one that is asked for.
func (q *AuditQuery) holds(c *store.Commit) bool {
	return (q.Actor == "" || q.Actor == c.Actor) &&
		(q.Command == "" || q.Command == c.Command || strings.HasPrefix(c.Command, q.Command+".")) &&
		!c.Time.Before(q.From) && (q.To.IsZero() || !c.Time.After(q.To))
}

func (p *Platform) auditEntry(c *store.Commit, sees func(kind, id string) bool) AuditEntry {
	e := AuditEntry{Position: c.Number, Time: c.Time, Command: c.Command, Actor: c.Actor, Reason: c.Reason, Previous: c.Previous, Hash: c.Hash}
	if u, ok := p.accounts.User(c.Actor); ok {
		e.Name = u.Name
	}
	for i := range c.Versions {
		v := &c.Versions[i]
		d := AuditDocument{Kind: v.Kind, Version: v.Number, Erased: v.Erased()}
		if sees(v.Kind, v.ID) {
			d.ID = v.ID
		}
		e.Documents = append(e.Documents, d)
	}
	return e
}
