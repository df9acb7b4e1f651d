package web

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"entente/cooperation"
	"entente/message"
	"entente/platform"
)

// OfficeAudits read the log of a convention.
type OfficeAudits interface {
	Audit(ctx context.Context, actor cooperation.Actor, convention string, q platform.AuditQuery) (*platform.Audit, error)
}

// officeAudit lists what was done in a convention.
type officeAudit struct {
	Title       string
	Back        link
	Command     string
	Chain       string // what the check of the chain came to
	Whole       bool
	Rows        []auditRow
	First, Next string
}

// auditRow is a commit.
type auditRow struct {
	Position, When, Command, Who, Reason, Hash string
	Documents                                  []string
}

func (officeAudit) template() string { return "office-audit" }

func (a officeAudit) title() string { return a.Title }

func (p *pages) officeAudit(v *visit) error {
	q := platform.AuditQuery{Command: strings.TrimSpace(clipped(v.Query("command"), 60)), Limit: 50}
	q.Position, _ = strconv.ParseUint(v.Query("cursor"), 10, 63) // what is no position begins at the end
	found, err := p.Platform.Audit(v.Request.Context(), v.actor(), v.conv.ID, q)
	if err != nil {
		return err
	}
	out := officeAudit{Title: v.text("page.office.audit.title"), Back: link{v.within("/office"), v.text("page.office.title")}, Command: q.Command}
	for _, e := range found.Entries {
		row := auditRow{Position: strconv.FormatUint(e.Position, 10), When: v.words.DateTime(e.Time), Command: e.Command, Who: e.Name, Reason: e.Reason, Hash: e.Hash.String()[:12]}
		if row.Who == "" {
			row.Who = e.Actor
		}
		for _, d := range e.Documents {
			row.Documents = append(row.Documents, d.Kind+" "+strconv.FormatUint(d.Version, 10))
		}
		if more := len(row.Documents) - 5; more > 0 {
			row.Documents = append(row.Documents[:5], "+"+v.words.Integer(int64(more)))
		}
		out.Rows = append(out.Rows, row)
	}
	if q.Command == "" { // of others, commits in between are left out
		out.Whole, out.Chain = chained(v, found.Entries)
	}
	next := ""
	if found.Next > 0 {
		next = strconv.FormatUint(found.Next, 10)
	}
	out.First, out.Next = v.pager(next)
	p.show(v, http.StatusOK, out)
	return nil
}

// chained says whether each commit names the hash of the one before it. That
// each is what its hash says, the platform holds when it reads them.
func chained(v *visit, entries []platform.AuditEntry) (whole bool, sentence string) {
	for i := 1; i < len(entries); i++ {
		if later := &entries[i-1]; later.Position == entries[i].Position+1 && later.Previous != entries[i].Hash {
			return false, v.say(message.New("page.office.audit.broken", message.Int("position", int64(later.Position)))) //nolint:gosec // positions are small
		}
	}
	return true, v.say(message.New("page.office.audit.whole", message.Int("number", len(entries))))
}
