package notify

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/cooperation"
	"entente/i18n/i18ntest"
	"entente/message"
)

func TestARunTellsThoseWhomItConcernsAndNobodyElse(t *testing.T) {
	for _, tc := range []struct {
		name     string
		pairings []cooperation.Pairing
		users    []*cooperation.User
		want     []string // "recipient/body reason count"
	}{
		{"nothing new, nobody told", nil, everybody(), nil},
		{
			"the body responsible, the secretariat, its mailbox and both sides",
			[]cooperation.Pairing{pairing("a", "MZ", "CH", 90_000_000)}, everybody(),
			[]string{
				"approver-mz/ proposals.posting 1",
				"committee:review/review proposals.responsible 1",
				"focal-mz/ proposals.posting 1",
				"member-de/review proposals.responsible 1",
				"member-pe/review proposals.responsible 1",
				"provider-ch/ proposals.posting 1",
				"secretary/review proposals.secretariat 1",
			},
		},
		{
			"a body informed, but its mailbox only where it has one",
			[]cooperation.Pairing{pairing("a", "MZ", "demining-fund", 90_000_000, "victims")},
			[]*cooperation.User{person("victims-kh", member("victims", "KH")), person("provider-org", acting(cooperation.ProviderRole, "demining-fund"))},
			[]string{
				"committee:review/review proposals.responsible 1",
				"provider-org/ proposals.posting 1",
				"victims-kh/victims proposals.informed 1",
			},
		},
		{
			"one message for all pairings of a person, whatever the parts",
			[]cooperation.Pairing{pairing("a", "MZ", "CH", 90_000_000), pairing("b", "KE", "MZ", 80_000_000), pairing("c", "KE", "CH", 70_000_000)},
			[]*cooperation.User{person("both", acting(cooperation.FocalPoint, "MZ"), acting(cooperation.ProviderRole, "MZ"))},
			[]string{"both/ proposals.posting 2", "committee:review/review proposals.responsible 3"},
		},
		{
			"a focal point is not told of what its State offers, nor a provider of what it needs",
			[]cooperation.Pairing{pairing("a", "MZ", "CH", 90_000_000)},
			[]*cooperation.User{person("focal-ch", acting(cooperation.FocalPoint, "CH")), person("provider-mz", acting(cooperation.ProviderRole, "MZ"))},
			[]string{"committee:review/review proposals.responsible 1"},
		},
		{
			"the message of a body spares its member that of a side",
			[]cooperation.Pairing{pairing("a", "MZ", "CH", 90_000_000)},
			[]*cooperation.User{person("double", member("review", "MZ"), acting(cooperation.FocalPoint, "MZ"))},
			[]string{"committee:review/review proposals.responsible 1", "double/review proposals.responsible 1"},
		},
		{
			"but only for what the body is told of",
			[]cooperation.Pairing{pairing("a", "MZ", "CH", 90_000_000, "victims"), pairing("b", "MZ", "CH", 80_000_000)},
			[]*cooperation.User{person("double", member("victims", "MZ"), acting(cooperation.FocalPoint, "MZ"))},
			[]string{
				"committee:review/review proposals.responsible 2",
				"double/ proposals.posting 1",
				"double/victims proposals.informed 1",
			},
		},
		{
			"a member who also works for the secretariat is told once",
			[]cooperation.Pairing{pairing("a", "MZ", "CH", 90_000_000)},
			[]*cooperation.User{person("double", member("review", "DE"), secretariat)},
			[]string{"committee:review/review proposals.responsible 1", "double/review proposals.responsible 1"},
		},
		{
			"nobody through a role in another convention, and nobody whose account is disabled",
			[]cooperation.Pairing{pairing("a", "MZ", "CH", 90_000_000)},
			func() []*cooperation.User {
				elsewhere, disabled := person("elsewhere", member("review", "DE"), secretariat), person("disabled", secretariat)
				for i := range elsewhere.Grants {
					elsewhere.Grants[i].Convention = "other"
				}
				disabled.Disabled = true
				return []*cooperation.User{elsewhere, disabled}
			}(),
			[]string{"committee:review/review proposals.responsible 1"},
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var got []string
			for at, n := range tell(t, aRun(tc.pairings...), tc.users...) {
				got = append(got, fmt.Sprintf("%s %s %s", at, n.Reason, count(t, n.Subject)))
			}
			slices.Sort(got)
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("told (-wanted +got):\n%s", diff)
			}
		})
	}
}

func count(t *testing.T, m message.Message) string {
	t.Helper()
	for _, a := range m.Args {
		if a.Name == "count" {
			return a.Value
		}
	}
	t.Errorf("%s has no count", m.Key)
	return ""
}

func TestTheChairIsToldFirst(t *testing.T) {
	told := NewTeller().Tell(aRun(pairing("a", "MZ", "CH", 1)), everybody(), noon)
	if len(told) == 0 || told[0].Recipient != "member-pe" {
		t.Errorf("the first message is not the presiding member's: %v", told)
	}
}

func TestTheOrderOfUsersChangesNothing(t *testing.T) {
	o := aRun(pairing("a", "MZ", "CH", 2, "victims"), pairing("b", "KE", "demining-fund", 1))
	users := everybody()
	want := NewTeller().Tell(o, users, noon)
	slices.Reverse(users)
	if diff := cmp.Diff(want, NewTeller().Tell(o, users, noon)); diff != "" {
		t.Errorf("another order of users tells otherwise:\n%s", diff)
	}
	if len(want) < 8 {
		t.Fatalf("only %d messages: the test looked at too little", len(want))
	}
}

func TestDecidingTwiceIsTheSameNotificationAndAnotherRunIsNot(t *testing.T) {
	o := aRun(pairing("a", "MZ", "CH", 1))
	ids := func(o cooperation.Occasion) map[string]bool {
		all := map[string]bool{}
		for _, n := range NewTeller().Tell(o, everybody(), noon) {
			all[n.ID] = true
		}
		return all
	}
	first := ids(o)
	if again := ids(o); !maps.Equal(first, again) || len(first) != 7 {
		t.Errorf("the second decision has other ids: %v and %v", first, again)
	}
	o.Run = &cooperation.Run{Meta: cooperation.Meta{ID: "run-2"}}
	for id := range ids(o) {
		if first[id] {
			t.Errorf("another run has the same notification %s", id)
		}
		if !cooperation.ValidID(id) {
			t.Errorf("%q is not the id of a document", id)
		}
	}
}

func TestAMessageShowsTheBestFiveAndSaysHowManyMoreThereAre(t *testing.T) {
	n := tell(t, aRun(many(60)...), person("member-de", member("review", "DE")))["member-de/review"]
	if len(n.Items) != 5 || len(n.Documents) != 50 || n.Documents[0] != "proposal/p00" {
		t.Fatalf("%d pairings shown and %d named", len(n.Items), len(n.Documents))
	}
	want := message.New("notify.pairing",
		message.Of(message.Text, "need", "Need p00"), message.Of(message.Countries, "beneficiaries", "MZ"),
		message.Of(message.Text, "offer", "Offer p00"), message.Of(message.Party, "provider", "CH"),
		message.Of(message.Millionths, "score", "90000000"))
	if diff := cmp.Diff(want, n.Items[0].Heading); diff != "" || n.Items[0].Document != "proposal/p00" || len(n.Items[0].Reasons) != 1 {
		t.Errorf("the first pairing (-wanted +got):\n%s", diff)
	}
	if more := n.Lines[len(n.Lines)-1]; more.Key != "notify.proposals.more" || count(t, more) != "55" {
		t.Errorf("the message does not say how many more there are: %v", more)
	}
}

func TestAMessageIsPendingWhereThereIsAnAddress(t *testing.T) {
	silent := person("member-de", member("review", "DE"))
	silent.Mail = ""
	told := tell(t, aRun(pairing("a", "MZ", "CH", 1)), silent, person("focal-mz", acting(cooperation.FocalPoint, "MZ")))
	for at, want := range map[string]cooperation.NotificationStatus{
		"member-de/review": cooperation.InApp, "focal-mz/": cooperation.Pending, "committee:review/review": cooperation.Pending,
	} {
		n := told[at]
		if n.Status != want || n.Version != 1 || n.Schema != cooperation.Schema || n.Convention != "pilot" || !n.Created.Equal(noon) || n.Run != "run-1" {
			t.Errorf("%s: %+v", at, n)
		}
	}
}

func TestASideIsToldOfItsOwnPostingsOnly(t *testing.T) {
	n := tell(t, aRun(pairing("secret", "KE", "CH", 99_000_000), pairing("own", "MZ", "CH", 10_000_000)),
		person("focal-mz", acting(cooperation.FocalPoint, "MZ")))["focal-mz/"]
	if text := fmt.Sprint(n); strings.Contains(text, "secret") || !strings.Contains(text, "own") {
		t.Errorf("a side is told of others' postings: %s", text)
	}
}

func TestATitleIsQuotedInTheReadersLanguageAndShortened(t *testing.T) {
	p := pairing("a", "MZ", "CH", 1)
	p.Need.Title = strings.Repeat("é", 500)
	p.Offer.Translations = map[string]cooperation.Translation{"fr": {Title: "Formation de démineurs"}}
	reader := person("member-de", member("review", "DE"))
	reader.Language = "fr"
	n := tell(t, aRun(p), reader)["member-de/review"]
	if need := n.Items[0].Heading.Args[0].Value; len([]rune(need)) != longestTitle || !strings.HasSuffix(need, "é…") {
		t.Errorf("the title of the need is quoted as %q", need)
	}
	if offer := n.Items[0].Heading.Args[2].Value; offer != "Formation de démineurs" {
		t.Errorf("the title of the offer is quoted as %q", offer)
	}
}

func TestEverythingThatIsToldOfARunHasItsText(t *testing.T) {
	told := NewTeller().Tell(aRun(append(many(7), pairing("v", "KE", "demining-fund", 1, "victims"))...), everybody(), noon)
	both := aRun(pairing("a", "MZ", "CH", 1), pairing("b", "MZ", "CH", 1))
	both.Pairings[1].Proposal.Committee, both.Pairings[1].Proposal.Informed = "victims", []string{"review"}
	told = append(told, NewTeller().Tell(both, everybody(), noon)...)
	seen := map[string]bool{}
	var said []message.Message
	for _, n := range told {
		said = append(said, n.Subject, Why(n))
		said = append(said, n.Lines...)
		for _, i := range n.Items {
			said = append(append(said, i.Heading), i.Reasons...)
		}
		seen[n.Reason] = true
		for _, l := range n.Lines {
			seen[l.Key] = true
		}
	}
	i18ntest.Renders(t, words{}, said...)
	for _, want := range []string{ReasonResponsible, ReasonInformed, ReasonSecretariat, ReasonPosting, "notify.proposals.more", "notify.proposals.also_informed"} {
		if !seen[want] {
			t.Errorf("nothing was told with %s: the test looked at too little", want)
		}
	}
}
