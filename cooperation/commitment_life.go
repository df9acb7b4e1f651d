package cooperation

import (
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"entente/message"
)

// place is the path of a place in a list.
func place(field string, i int) string { return field + "[" + strconv.Itoa(i) + "]" }

// EnterCommitment enters an action of an action plan.
func EnterCommitment(id string, conv *Convention, content CommitmentContent, actor Actor, now time.Time) (*Commitment, error) {
	c := &Commitment{Meta: newMeta(id, conv.ID, actor, now), CommitmentContent: content.tidy()}
	if err := authorise(MayCommitment(actor, Create, c)); err != nil {
		return nil, err
	}
	if err := c.check(conv, id, nil, now); err != nil {
		return nil, err
	}
	return c, nil
}

// EnteredBy reports whether the actor has entered the commitment just so, and
// nothing has changed since.
func (c *Commitment) EnteredBy(actor Actor, content CommitmentContent) bool {
	return c.Version == 1 && actor.ID != "" && c.CreatedBy == actor.ID && MayCommitment(actor, Create, c) && reflect.DeepEqual(c.tidy(), content.tidy())
}

// tidy writes the code as it is shown, and lists that are empty as such.
func (c CommitmentContent) tidy() CommitmentContent {
	c.Code = strings.Join(strings.Fields(c.Code), " ")
	c.Parties, c.Themes = slices.Concat(c.Parties), slices.Concat(c.Themes)
	return c
}

// Replace puts new content in place of the old. What was reported stays.
func (c *Commitment) Replace(conv *Convention, content CommitmentContent, actor Actor, now time.Time) error {
	if err := c.gate(actor, Replace); err != nil {
		return err
	}
	content = content.tidy()
	if err := content.check(conv, c.ID, c.Parties, now); err != nil {
		return err
	}
	c.CommitmentContent = content
	c.touch(now)
	return nil
}

// Retire says that the commitment no longer applies, with a reason in words.
// It stays to be read.
func (c *Commitment) Retire(text string, actor Actor, now time.Time) error {
	if err := c.gate(actor, Retire); err != nil {
		return err
	}
	r, err := remark("", text, true, actor, now)
	if err != nil {
		return err
	}
	c.Retired = r
	c.touch(now)
	return nil
}

// Report records how far a State has come. A second report of the same State
// for the same day takes the place of the first.
func (c *Commitment) Report(conv *Convention, p Progress, actor Actor, now time.Time) error {
	if err := authorise(MayReport(actor, c, p.Country)); err != nil {
		return err
	}
	if c.Retired != nil {
		return refused("commitment", string(Report), "retired")
	}
	p.Note = strings.TrimSpace(p.Note)
	m := checkShape(&p)
	today := DateOf(now)
	if p.Date.IsZero() || today.Before(p.Date) {
		m.add("date", "error.invalid.past_date")
	}
	if !c.Binds(conv, p.Country, today) {
		m.add("country", "error.invalid.not_bound", message.Of(message.Country, "country", p.Country.Alpha2()))
	}
	if err := m.err(); err != nil {
		return err
	}
	p.By, p.Time = actor.ID, stamp(now)
	c.Progress = slices.DeleteFunc(slices.Clone(c.Progress), func(e Progress) bool { return e.Country == p.Country && e.Date == p.Date })
	c.Progress = append(c.Progress, p)
	c.touch(now)
	return nil
}

func (c *Commitment) gate(actor Actor, action Action) error {
	if err := authorise(MayCommitment(actor, action, c)); err != nil {
		return err
	}
	if c.Retired != nil {
		return refused("commitment", string(action), "retired")
	}
	return nil
}
