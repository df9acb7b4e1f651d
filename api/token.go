package api

import (
	"context"
	"strconv"
	"strings"
	"time"

	"entente/cooperation"
	"entente/message"
)

// tokens are the bearer tokens of people and programs.
type tokens interface {
	Tokens(actor cooperation.Actor, user string) ([]*cooperation.Token, error)
	MakeToken(ctx context.Context, actor cooperation.Actor, user, name string, scopes []string, life time.Duration, key string) (secret string, t *cooperation.Token, err error)
	RevokeToken(ctx context.Context, actor cooperation.Actor, user, id string) error
}

// ListTokens lists the reader's own tokens.
func (a *api) ListTokens(ctx context.Context, _ ListTokensRequestObject) (ListTokensResponseObject, error) {
	c, _ := callOf(ctx)
	list, err := a.platform.Tokens(c.actor, c.actor.ID)
	if err != nil {
		return nil, err
	}
	return ListTokens200JSONResponse{TokensJSONResponse{Items: tokenViews(list)}}, nil
}

// ListTokensOf lists the tokens of somebody.
func (a *api) ListTokensOf(ctx context.Context, r ListTokensOfRequestObject) (ListTokensOfResponseObject, error) {
	c, _ := callOf(ctx)
	list, err := a.platform.Tokens(c.actor, r.ID)
	if err != nil {
		return nil, err
	}
	return ListTokensOf200JSONResponse{TokensJSONResponse{Items: tokenViews(list)}}, nil
}

// CreateToken makes a token for the reader.
func (a *api) CreateToken(ctx context.Context, r CreateTokenRequestObject) (CreateTokenResponseObject, error) {
	c, ctx := callOf(ctx)
	made, err := c.makeToken(ctx, c.actor.ID, "/api/v1/tokens/", r.Body, r.Params.IdempotencyKey)
	return CreateToken201JSONResponse{TokenCreatedJSONResponse(made)}, err
}

// CreateTokenOf makes a token for somebody.
func (a *api) CreateTokenOf(ctx context.Context, r CreateTokenOfRequestObject) (CreateTokenOfResponseObject, error) {
	c, ctx := callOf(ctx)
	made, err := c.makeToken(ctx, r.ID, "/api/v1/people/"+r.ID+"/tokens/", r.Body, r.Params.IdempotencyKey)
	return CreateTokenOf201JSONResponse{TokenCreatedJSONResponse(made)}, err
}

// RevokeToken revokes a token of the reader's own.
func (a *api) RevokeToken(ctx context.Context, r RevokeTokenRequestObject) (RevokeTokenResponseObject, error) {
	c, ctx := callOf(ctx)
	return RevokeToken204Response{}, a.platform.RevokeToken(ctx, c.actor, c.actor.ID, r.Token)
}

// RevokeTokenOf revokes a token of somebody.
func (a *api) RevokeTokenOf(ctx context.Context, r RevokeTokenOfRequestObject) (RevokeTokenOfResponseObject, error) {
	c, ctx := callOf(ctx)
	return RevokeTokenOf204Response{}, a.platform.RevokeToken(ctx, c.actor, r.ID, r.Token)
}

func (c *call) makeToken(ctx context.Context, user, at string, body *NewToken, key string) (TokenMade, error) {
	if err := c.api.document.checkScopes(body.Scopes); err != nil {
		return TokenMade{}, err
	}
	secret, t, err := c.api.platform.MakeToken(ctx, c.actor, user, body.Name, body.Scopes, time.Duration(body.Days)*24*time.Hour, key)
	if err != nil {
		return TokenMade{}, err
	}
	c.header.Set("Location", at+t.ID)
	return TokenMade{Token: tokenView(t), Secret: secret}, nil
}

// checkScopes refuses scopes for parts that the interface does not have: a
// token with a slip in its scope would reach nothing.
func (d *document) checkScopes(scopes []string) error {
	var fields []cooperation.FieldError
	for i, s := range scopes {
		if part, _, limited := strings.Cut(s, ":"); limited && !d.parts[part] {
			fields = append(fields, cooperation.FieldError{Field: "scopes[" + strconv.Itoa(i) + "]",
				Message: message.New("error.invalid.scope", message.Of(message.Text, "value", clip(s)))})
		}
	}
	if len(fields) == 0 {
		return nil
	}
	e := cooperation.Refuse(cooperation.Invalid, "error.invalid.fields", message.Count(len(fields)))
	e.Fields = fields
	return e
}

func tokenViews(list []*cooperation.Token) []Token {
	out := []Token{}
	for _, t := range list {
		out = append(out, tokenView(t))
	}
	return out
}

func tokenView(t *cooperation.Token) Token {
	return Token{ID: t.ID, Name: t.Name, Scopes: t.Allows(), Created: t.Created, Expires: t.Expires, Revoked: t.Revoked}
}
