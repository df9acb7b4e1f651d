package api

import (
	"net/http"

	"entente/cooperation"
	"entente/message"
)

// within refuses a token whose scopes do not reach the operation, before
// anything is looked up: what exists is not told by it. The probes of those
// who run the installation need no scope.
func (o *operation) within(c *call) error {
	write := c.method != http.MethodGet && c.method != http.MethodHead
	if o.part == "service" || c.actor.MayUse(o.part, write) {
		return nil
	}
	scope := o.part + ":" + cooperation.ScopeRead
	if write {
		scope = o.part + ":" + cooperation.ScopeWrite
	}
	return cooperation.Refuse(cooperation.Forbidden, "error.forbidden.scope", message.Of(message.Text, "scope", scope))
}
