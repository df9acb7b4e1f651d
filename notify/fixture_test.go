package notify

import (
	"fmt"
	"testing"
	"time"

	"entente/cooperation"
	"entente/message"
	"entente/reference"
)

// noon is the moment at which everything in these tests happens.
var noon = time.Date(2026, time.March, 10, 12, 0, 0, 0, time.UTC)

// pilot is a convention with a body that reviews pairings, one that is
// informed of those on victims, and a plenary without people.
func pilot() *cooperation.Convention {
	first, last := cooperation.DateOf(noon).AddMonths(-1), cooperation.DateOf(noon).AddMonths(10)
	return &cooperation.Convention{
		ID: "pilot", ShortName: cooperation.Names{"en": "Pilot Convention"}, ReviewBody: "review",
		Committees: []cooperation.Committee{
			{ID: "review", Contact: "review@mail.example", Chairs: []cooperation.Presidency{{Country: land("PE"), From: first, Until: last}}},
			{ID: "victims"},
			{ID: "plenary"},
		},
	}
}

func land(code string) reference.Country {
	c, ok := reference.ParseCountry(code)
	if !ok {
		panic("no country " + code)
	}
	return c
}

// person is an account with one role, of somebody who wants to be told of
// everything at once.
func person(id string, grants ...cooperation.Grant) *cooperation.User {
	for i := range grants {
		grants[i].Convention = "pilot"
	}
	return &cooperation.User{ID: id, Name: "Holder of " + id, Mail: id + "@mail.example", Language: "en", Grants: grants, Preferences: &cooperation.Preferences{Mail: cooperation.Immediate}}
}

func member(committee string, of cooperation.Participant) cooperation.Grant {
	return cooperation.Grant{Role: cooperation.CommitteeMember, Committee: committee, Participant: of}
}

func acting(role cooperation.Role, of cooperation.Participant) cooperation.Grant {
	return cooperation.Grant{Role: role, Participant: of}
}

var secretariat = cooperation.Grant{Role: cooperation.Secretariat}

// everybody is one person for each part in the pilot convention.
func everybody() []*cooperation.User {
	return []*cooperation.User{
		person("secretary", secretariat),
		person("member-de", member("review", "DE")),
		person("member-pe", member("review", "PE")), // its State presides
		person("victims-kh", member("victims", "KH")),
		person("focal-mz", acting(cooperation.FocalPoint, "MZ")),
		person("approver-mz", acting(cooperation.Approver, "MZ")),
		person("focal-ke", acting(cooperation.FocalPoint, "KE")),
		person("provider-ch", acting(cooperation.ProviderRole, "CH")),
		person("provider-org", acting(cooperation.ProviderRole, "demining-fund")),
		person("observer", acting(cooperation.ObserverRole, "")),
		person("administrator"),
	}
}

// pairing proposes a need of a State and an offer of a provider to the review
// body; informed bodies may follow.
func pairing(id string, beneficiary string, provider cooperation.Participant, score int64, informed ...string) cooperation.Pairing {
	return cooperation.Pairing{
		Proposal: &cooperation.Proposal{Meta: cooperation.Meta{ID: id}, Committee: "review", Informed: informed},
		Need: &cooperation.Need{Meta: cooperation.Meta{ID: "need-" + id, Convention: "pilot"},
			NeedContent: cooperation.NeedContent{Title: "Need " + id, Beneficiaries: []reference.Country{land(beneficiary)}}},
		Offer: &cooperation.Offer{Meta: cooperation.Meta{ID: "offer-" + id, Convention: "pilot"},
			OfferContent: cooperation.OfferContent{Title: "Offer " + id, Provider: provider}},
		Score:   score,
		Reasons: []message.Message{message.New("match.part.region.country", message.Of(message.Country, "country", beneficiary))},
	}
}

// aRun is the occasion of a run that proposed the pairings.
func aRun(pairings ...cooperation.Pairing) cooperation.Occasion {
	return cooperation.Occasion{Reason: "run", Convention: pilot(), Actor: cooperation.System("matcher"),
		Run: &cooperation.Run{Meta: cooperation.Meta{ID: "run-1"}}, Pairings: pairings}
}

// tell decides and indexes the messages by recipient and body.
func tell(t *testing.T, o cooperation.Occasion, users ...*cooperation.User) map[string]*cooperation.Notification {
	t.Helper()
	told := make(map[string]*cooperation.Notification)
	for _, n := range NewTeller().Tell(o, users, noon) {
		at := n.Recipient + "/" + n.Committee
		if told[at] != nil {
			t.Errorf("%s is told twice", at)
		}
		told[at] = n
	}
	return told
}

// words are the names in the pilot convention.
type words struct{}

func (words) Name(t message.Type, id, lang string) (string, bool) {
	switch {
	case t == message.Body && id == "review":
		return map[string]string{"ar": "لجنة الاستعراض", "en": "Review Committee", "es": "Comité de Examen", "fr": "Comité d’examen", "ru": "Комитет по обзору", "zh": "审议委员会"}[lang], true
	case t == message.Body && id == "victims":
		return "Victims Committee", true
	case t == message.Convention:
		return "Pilot Convention", true
	case t == message.Party && id == "demining-fund":
		return "Demining Fund", true
	}
	return "", false
}

func many(n int) []cooperation.Pairing {
	var all []cooperation.Pairing
	for i := range n {
		all = append(all, pairing(fmt.Sprintf("p%02d", i), "MZ", "CH", int64(90-i)*1_000_000))
	}
	return all
}
