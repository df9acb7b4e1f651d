package cooperation

import (
	"errors"
	"time"
)

// NeedLacks lists what keeps a need with this content from being submitted
// today; none where nothing does. It is what Submit would refuse, without the
// clearance and without what merely makes it unspecific.
func (c *Convention) NeedLacks(n *NeedContent, now time.Time) []FieldError {
	return lacks(c.checkNeed(n, stageSubmit, now))
}

// OfferLacks is NeedLacks for offers.
func (c *Convention) OfferLacks(o *OfferContent, now time.Time) []FieldError {
	return lacks(c.checkOffer(o, stageSubmit, now))
}

func lacks(err error) []FieldError {
	var refusal *Error
	if errors.As(err, &refusal) {
		return refusal.Fields
	}
	return nil
}
