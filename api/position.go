package api

import (
	"errors"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"entente/cooperation"
	"entente/message"
)

// positionHeader names a position of a convention's log: "fctc:42".
const positionHeader = "X-Entente-Position"

// await makes a replica that lags behind wait until it knows the position that
// an earlier answer showed, so that one reads what one wrote.
func (a *api) await(g *gin.Context) {
	c, ctx := callOf(g)
	defer func() {
		c.positions = map[string]uint64{}
		for _, conv := range a.platform.Conventions() {
			c.positions[conv.ID] = a.platform.Position(conv.ID)
		}
	}()
	asked := g.GetHeader(positionHeader)
	if asked == "" {
		return
	}
	convention, number, _ := strings.Cut(asked, ":")
	position, err := strconv.ParseUint(number, 10, 63)
	if _, served := a.platform.Convention(convention); err != nil || !served {
		a.fail(g, badParameter(positionHeader, message.New("error.invalid.position")))
		return
	}
	if err := a.platform.Await(ctx, convention, position); err != nil {
		var refusal *cooperation.Error
		if errors.As(err, &refusal) && refusal.Code == cooperation.Unavailable {
			c.header.Set("Retry-After", "1")
			err = cooperation.Refuse(cooperation.Unavailable, "error.unavailable.position", message.Of(message.Text, "position", asked))
		}
		a.fail(g, err)
	}
}
