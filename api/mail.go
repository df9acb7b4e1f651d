package api

import (
	"context"

	"entente/cooperation"
	"entente/notify"
)

// mail is the sending of mails, and the addresses that refuse them.
type mail interface {
	MailState(actor cooperation.Actor) (state cooperation.MailSwitch, waiting int, err error)
	TurnMail(ctx context.Context, actor cooperation.Actor, paused bool) error
	Bounced(ctx context.Context, actor cooperation.Actor, address, status string) (bool, error)
	Bounces(actor cooperation.Actor) []*cooperation.User
	ConfirmMail(ctx context.Context, actor cooperation.Actor, user string) (*cooperation.User, error)
	Unsubscription(secret string) (*cooperation.User, cooperation.Group, bool)
	Unsubscribe(ctx context.Context, secret string) (*cooperation.User, cooperation.Group, error)
}

// GetMail says whether mails are sent.
func (a *api) GetMail(ctx context.Context, _ GetMailRequestObject) (GetMailResponseObject, error) {
	c, _ := callOf(ctx)
	v, err := c.mailView()
	if err != nil {
		return nil, err
	}
	return GetMail200JSONResponse{v}, nil
}

// PauseMail stops the sending of mails.
func (a *api) PauseMail(ctx context.Context, _ PauseMailRequestObject) (PauseMailResponseObject, error) {
	c, ctx := callOf(ctx)
	if err := a.platform.TurnMail(ctx, c.actor, true); err != nil {
		return nil, err
	}
	v, err := c.mailView()
	if err != nil {
		return nil, err
	}
	return PauseMail200JSONResponse{v}, nil
}

// ResumeMail starts the sending of mails again.
func (a *api) ResumeMail(ctx context.Context, _ ResumeMailRequestObject) (ResumeMailResponseObject, error) {
	c, ctx := callOf(ctx)
	if err := a.platform.TurnMail(ctx, c.actor, false); err != nil {
		return nil, err
	}
	v, err := c.mailView()
	if err != nil {
		return nil, err
	}
	return ResumeMail200JSONResponse{v}, nil
}

func (c *call) mailView() (MailStateDocumentJSONResponse, error) {
	state, waiting, err := c.api.platform.MailState(c.actor)
	return MailStateDocumentJSONResponse{Paused: state.Paused, Since: state.Since, Waiting: waiting}, err
}

// ListBounces lists the people to whom mails come back.
func (a *api) ListBounces(ctx context.Context, _ ListBouncesRequestObject) (ListBouncesResponseObject, error) {
	c, _ := callOf(ctx)
	all := a.platform.Bounces(c.actor)
	out := ListBounces200JSONResponse{Items: make([]BouncedPerson, 0, len(all)), Total: len(all)}
	for _, u := range all {
		out.Items = append(out.Items, BouncedPerson{User: u.ID, Name: u.Name, Status: u.Bounce.Status, Since: u.Bounce.Since})
	}
	return out, nil
}

// ReportBounce notes a mail that came back. What does not say for good that
// the address takes no mail is taken and not noted.
func (a *api) ReportBounce(ctx context.Context, r ReportBounceRequestObject) (ReportBounceResponseObject, error) {
	c, ctx := callOf(ctx)
	if !cooperation.MayHandInBounces(c.actor) {
		return nil, cooperation.Refuse(cooperation.Forbidden, "error.forbidden.action")
	}
	if !notify.AddressFault(r.Body.Status) {
		return ReportBounce200JSONResponse{}, nil
	}
	noted, err := a.platform.Bounced(ctx, c.actor, r.Body.Address, r.Body.Status)
	if err != nil {
		return nil, err
	}
	return ReportBounce200JSONResponse{Noted: noted}, nil
}

// ConfirmMail says that an address takes mails again.
func (a *api) ConfirmMail(ctx context.Context, r ConfirmMailRequestObject) (ConfirmMailResponseObject, error) {
	c, ctx := callOf(ctx)
	if _, err := a.platform.ConfirmMail(ctx, c.actor, r.ID); err != nil {
		return nil, err
	}
	return ConfirmMail204Response{}, nil
}
