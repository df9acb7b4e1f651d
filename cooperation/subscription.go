package cooperation

import (
	"slices"
	"strconv"
	"time"

	"entente/message"
	"entente/reference"
)

// SubscriptionsPerPerson is how many subscriptions a person may have in one
// convention.
const SubscriptionsPerPerson = 20

// SubscriptionContent says of which new postings a person wants to be told.
// Values of one field are alternatives, different fields must all hold, and a
// field that names nothing holds always.
type SubscriptionContent struct {
	Kinds     []string            `json:"kinds,omitempty" validate:"max=2,unique"`       // "need", "offer"
	Themes    []string            `json:"themes,omitempty" validate:"max=50,unique"`     // with what is below them
	Countries []reference.Country `json:"countries,omitempty" validate:"max=250,unique"` // a beneficiary, or the provider
	Regions   []string            `json:"regions,omitempty" validate:"max=50,unique"`    // M49 or of the convention
}

// Subscription is a person's wish to be told of new postings.
type Subscription struct {
	Meta
	SubscriptionContent
	Owner   string `json:"owner"`
	Removed bool   `json:"removed,omitempty"`
}

// NewSubscription makes a subscription of the actor's own. Whoever holds a
// role in the convention may have some.
func NewSubscription(id string, c *Convention, content SubscriptionContent, actor Actor, now time.Time) (*Subscription, error) {
	s := &Subscription{Meta: newMeta(id, c.ID, actor, now), SubscriptionContent: content, Owner: actor.ID}
	if err := authorise(MaySubscribe(actor, c.ID)); err != nil {
		return nil, err
	}
	return s, c.checkSubscription(&content)
}

// MaySubscribe decides who may have subscriptions in a convention.
func MaySubscribe(a Actor, convention string) bool {
	return !a.ReadOnly && !a.IsPublic() && !a.system && a.Within(convention)
}

// SeesSubscription decides who may know of a subscription: its owner.
func SeesSubscription(a Actor, s *Subscription) bool {
	return !s.Removed && a.ID != "" && a.ID == s.Owner
}

// Replace puts new content in place of the old.
func (s *Subscription) Replace(c *Convention, content SubscriptionContent, actor Actor, now time.Time) error {
	if err := authorise(MaySubscribe(actor, s.Convention) && SeesSubscription(actor, s)); err != nil {
		return err
	}
	if err := c.checkSubscription(&content); err != nil {
		return err
	}
	s.SubscriptionContent = content
	s.touch(now)
	return nil
}

// Remove deletes the subscription.
func (s *Subscription) Remove(actor Actor, now time.Time) error {
	if err := authorise(!actor.ReadOnly && SeesSubscription(actor, s)); err != nil {
		return err
	}
	s.Removed = true
	s.touch(now)
	return nil
}

func (c *Convention) checkSubscription(content *SubscriptionContent) error {
	m := checkShape(content)
	for i, k := range content.Kinds {
		if k != "need" && k != "offer" {
			m.add("kinds["+strconv.Itoa(i)+"]", "error.invalid.not_one_of", message.Of(message.Text, "allowed", "need, offer"))
		}
	}
	for i, t := range content.Themes {
		if _, ok := c.Theme(t); !ok {
			m.add("themes["+strconv.Itoa(i)+"]", "error.invalid.unknown_theme", value(t))
		}
	}
	for i, r := range content.Regions {
		if _, own := c.Region(r); own {
			continue
		}
		if _, ok := reference.ParseRegion(r); !ok {
			m.add("regions["+strconv.Itoa(i)+"]", "error.invalid.unknown_region", value(r))
		}
	}
	return m.err()
}

// WantsNeed reports whether the need is one of which the person wants to know.
func (s *Subscription) WantsNeed(c *Convention, n *Need) bool {
	return s.wants(c, "need", n.Themes, n.Beneficiaries)
}

// WantsOffer reports whether the offer is one of which the person wants to
// know. Its countries are those that provide it.
func (s *Subscription) WantsOffer(c *Convention, o *Offer) bool {
	var countries []reference.Country
	for _, p := range o.Providers() {
		if country, ok := p.State(); ok {
			countries = append(countries, country)
		}
	}
	return s.wants(c, "offer", o.Themes, countries)
}

func (s *Subscription) wants(c *Convention, kind string, themes []string, countries []reference.Country) bool {
	if s.Removed || len(s.Kinds) > 0 && !slices.Contains(s.Kinds, kind) {
		return false
	}
	if len(s.Themes) > 0 && !slices.ContainsFunc(themes, func(t string) bool {
		return slices.Contains(s.Themes, t) || slices.ContainsFunc(c.Ancestors(t), func(up string) bool { return slices.Contains(s.Themes, up) })
	}) {
		return false
	}
	if len(s.Countries) == 0 && len(s.Regions) == 0 {
		return true
	}
	return slices.ContainsFunc(countries, func(country reference.Country) bool {
		return slices.Contains(s.Countries, country) || slices.ContainsFunc(s.Regions, func(r string) bool { return c.holds(r, country) })
	})
}

// holds reports whether a region, of the convention or of M49, has the country.
func (c *Convention) holds(region string, country reference.Country) bool {
	if own, ok := c.Region(region); ok {
		return slices.Contains(own.Countries, country)
	}
	r, ok := reference.ParseRegion(region)
	return ok && country.In(r)
}
