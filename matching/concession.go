package matching

// With returns the need as it would be after a change; the need itself stays as
// it is.
func (n *Need) With(c Change) Need { return n.with(c) }

// With returns the offer as it would be after a change; the offer itself stays
// as it is.
func (o *Offer) With(c Change) Offer { return o.with(c) }
