package web

import (
	"maps"
	"net/http"
	"slices"
	"strings"

	"entente/catalogue"
	"entente/cooperation"
	"entente/message"
	"entente/platform"
)

// officeParties lists who takes part in a convention, and who acts for each.
type officeParties struct {
	Title   string
	Back    link
	Counts  []fact
	Choices []choice
	Rows    []partyRow
	Note    string
}

// partyRow is a State or organisation with those who act for it.
type partyRow struct {
	Link                              link
	Status                            string
	Nobody                            bool
	FocalPoints, Approvers, Providers []link
}

func (officeParties) template() string { return "office-parties" }

func (o officeParties) title() string { return o.Title }

// acting are those who act for a State or organisation, by role.
type acting map[cooperation.Role][]link

func (p *pages) officeParties(v *visit) error {
	people, err := p.actingFor(v)
	if err != nil {
		return err
	}
	today := cooperation.DateOf(p.Platform.Now())
	rows := map[cooperation.Participant]string{}
	for i := range v.conv.Parties {
		party := &v.conv.Parties[i]
		rows[cooperation.Participant(party.Country.Alpha2())] = v.partyStatus(party, today)
	}
	parties, unseen := len(v.conv.PartiesOn(today)), 0
	for who := range people {
		if _, listed := rows[who]; !listed {
			rows[who] = v.text("page.parties.organisation")
			if country, is := who.State(); is {
				rows[who] = v.text("page.parties." + string(v.conv.Category(country, today)))
			}
		}
	}
	out := officeParties{Title: v.text("page.office.parties.title"), Back: v.toOffice(), Note: v.day(v.conv.PartiesAsOf) + "; " + v.in(v.conv.PartiesSource)}
	only := v.Query("only")
	for who, status := range rows {
		of := people[who]
		row := partyRow{Link: link{Text: v.name(message.Party, string(who))}, Status: status, FocalPoints: of[cooperation.FocalPoint], Approvers: of[cooperation.Approver], Providers: of[cooperation.ProviderRole]}
		if country, is := who.State(); is {
			row.Link.Address = v.within("/countries/" + country.Alpha2())
			if v.conv.PartyOn(country, today) && len(row.FocalPoints) == 0 {
				unseen++
			}
		}
		row.Nobody = len(of) == 0
		if only == "none" && len(row.FocalPoints) > 0 || only == "some" && row.Nobody {
			continue
		}
		out.Rows = append(out.Rows, row)
	}
	slices.SortFunc(out.Rows, func(a, b partyRow) int { return strings.Compare(a.Link.Text, b.Link.Text) })
	out.Counts = add(v, out.Counts, "page.parties.parties", v.words.Integer(int64(parties)))
	out.Counts = add(v, out.Counts, "page.parties.without", v.words.Integer(int64(unseen)))
	out.Counts = add(v, out.Counts, "page.parties.acting", v.words.Integer(int64(len(slices.Collect(maps.Keys(people))))))
	for _, one := range []string{"", "some", "none"} {
		name := v.text("word.all")
		if one != "" {
			name = v.text("page.parties.only." + one)
		}
		out.Choices = append(out.Choices, choice{Tag: one, Name: name, Chosen: one == only})
	}
	v.secret = true
	p.show(v, http.StatusOK, out)
	return nil
}

// partyStatus is what an entry of the depositary's list is on a day.
func (v *visit) partyStatus(party *cooperation.Party, today cooperation.Date) string {
	switch {
	case !party.Until.IsZero() && !today.Before(party.Until):
		return v.say(message.New("page.parties.withdrawn", message.Of(message.Date, "day", party.Until.String())))
	case !party.On(today):
		return v.say(message.New("page.parties.from", message.Of(message.Date, "day", party.Since.String())))
	}
	return v.text("page.parties.party")
}

// actingFor finds those who may act for States and organisations, as the reader
// may see them.
func (p *pages) actingFor(v *visit) (map[cooperation.Participant]acting, error) {
	out := map[cooperation.Participant]acting{}
	for cursor, more := "", true; more; {
		page, err := p.Platform.People(v.actor(), platform.PeopleQuery{Convention: v.conv.ID, Cursor: cursor, Limit: catalogue.MaxLimit})
		if err != nil {
			return nil, err
		}
		for _, u := range page.Items {
			for _, g := range u.Grants {
				if g.Convention != v.conv.ID || g.Participant == "" || u.Disabled || g.Role == cooperation.CommitteeMember || g.Role == cooperation.ObserverRole {
					continue
				}
				if out[g.Participant] == nil {
					out[g.Participant] = acting{}
				}
				out[g.Participant][g.Role] = append(out[g.Participant][g.Role], link{v.within("/office/people/" + u.ID), u.Name})
			}
		}
		cursor, more = page.Next, page.Next != ""
	}
	return out, nil
}
