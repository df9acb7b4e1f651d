package platform

import (
	"entente/cooperation"
	"entente/message"
	"entente/reference"
)

// Names gives the names of what a convention defines, in a reader's language:
// its themes, bodies and regions, and the organisations that it admits.
type Names struct {
	room *room
	all  []*room // for what concerns no convention more than others
}

// Names are the names in a convention; those of an unknown one are empty. For
// what is said of accounts, without a convention, they are the names of the
// conventions and of the organisations of all.
func (p *Platform) Names(convention string) Names {
	n := Names{room: p.rooms[convention]}
	if convention == "" {
		for _, id := range p.order {
			n.all = append(n.all, p.rooms[id])
		}
	}
	return n
}

// Name implements i18n.Names.
func (n Names) Name(t message.Type, id, lang string) (string, bool) {
	if t == message.Convention || t == message.Party {
		for _, r := range n.all {
			if name, ok := (Names{room: r}).Name(t, id, lang); ok {
				return name, true
			}
		}
	}
	if n.room == nil {
		return "", false
	}
	c, in := n.room.convention(), reference.Language(lang)
	switch t {
	case message.Theme, message.Themes:
		if theme, ok := c.Theme(id); ok {
			return theme.Name.In(in), true
		}
	case message.Body:
		if body, ok := c.Committee(id); ok {
			return body.Name.In(in), true
		}
	case message.Region, message.Regions:
		if region, ok := c.Region(id); ok {
			return region.Name.In(in), true
		}
	case message.Convention:
		if id == c.ID {
			return c.ShortName.In(in), true
		}
	case message.Party:
		if o, ok := n.room.state.Organisation(id); ok {
			return o.In(in), true
		}
		return observer(c, id, in)
	}
	return "", false
}

// observer is the name of an organisation that the profile names as an
// observer to a body. The convention may know nothing else of it.
func observer(c *cooperation.Convention, id string, in reference.Language) (string, bool) {
	for i := range c.Committees {
		for _, o := range c.Committees[i].Observers {
			if string(o.ID) == id {
				return o.Name.In(in), true
			}
		}
	}
	return "", false
}
