package api

import (
	"context"
	"strconv"
	"time"

	"entente/catalogue"
	"entente/cooperation"
	"entente/message"
	"entente/platform"
)

// audits reads the logs of commits; see platform for who may.
type audits interface {
	Audit(ctx context.Context, actor cooperation.Actor, convention string, q platform.AuditQuery) (*platform.Audit, error)
	AuditAccounts(ctx context.Context, actor cooperation.Actor, q platform.AuditQuery) (*platform.Audit, error)
}

// ListAudit lists the commits of a convention.
func (a *api) ListAudit(ctx context.Context, r ListAuditRequestObject) (ListAuditResponseObject, error) {
	c, ctx := callOf(ctx)
	conv, err := c.served(r.Params.Convention)
	if err != nil {
		return nil, err
	}
	q, err := auditQuery(r.Params.Actor, r.Params.Command, r.Params.From, r.Params.To, r.Params.Cursor, r.Params.Limit)
	if err != nil {
		return nil, err
	}
	found, err := a.platform.Audit(ctx, c.actor, conv.ID, q)
	if err != nil {
		return nil, err
	}
	return ListAudit200JSONResponse(auditView(found)), nil
}

// ListAccountsAudit lists the commits of the accounts.
func (a *api) ListAccountsAudit(ctx context.Context, r ListAccountsAuditRequestObject) (ListAccountsAuditResponseObject, error) {
	c, ctx := callOf(ctx)
	q, err := auditQuery(r.Params.Actor, r.Params.Command, r.Params.From, r.Params.To, r.Params.Cursor, r.Params.Limit)
	if err != nil {
		return nil, err
	}
	found, err := a.platform.AuditAccounts(ctx, c.actor, q)
	if err != nil {
		return nil, err
	}
	return ListAccountsAudit200JSONResponse(auditView(found)), nil
}

func auditQuery(actor, command string, from, to time.Time, cursor string, limit int) (platform.AuditQuery, error) {
	q := platform.AuditQuery{Actor: actor, Command: command, From: from, To: to, Limit: orElse(limit, catalogue.DefaultLimit)}
	if cursor == "" {
		return q, nil
	}
	var err error
	if q.Position, err = strconv.ParseUint(cursor, 10, 63); err != nil || q.Position == 0 {
		return q, badParameter("cursor", message.New("error.invalid.cursor"))
	}
	return q, nil
}

func auditView(found *platform.Audit) Audit {
	out := Audit{Items: make([]AuditEntry, 0, len(found.Entries))}
	for _, e := range found.Entries {
		v := AuditEntry{Position: int64(e.Position), Time: e.Time, Command: e.Command, Actor: e.Actor, ActorName: e.Name, Reason: e.Reason,
			Documents: make([]AuditDocument, 0, len(e.Documents)), Previous: e.Previous.String(), Hash: e.Hash.String()}
		for _, d := range e.Documents {
			v.Documents = append(v.Documents, AuditDocument{Kind: d.Kind, ID: d.ID, Version: d.Version, Erased: d.Erased})
		}
		out.Items = append(out.Items, v)
	}
	if found.Next > 0 {
		out.Next = strconv.FormatUint(found.Next, 10)
	}
	return out
}
