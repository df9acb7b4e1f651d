package cooperation_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/cooperation"
)

// The readers, from those who see least. "own" stands for the posting's own
// side, the secretariat and the platform.
var readers = []string{"public", "parties", "committee", "own"}

// needFields says from which reader on each field of a need is shown when the
// requester says nothing, taken from product.md: who may see what.
var needFields = map[string]string{
	"beneficiaries": "public", "authority": "public", "article": "public", "commitment": "public", "title": "public", "problem": "public",
	"themes": "public", "kinds": "public", "languages": "public", "interpretation": "public", "places": "public", "urgency": "public",
	"deadline": "public", "start": "public", "end": "public", "costs": "public", "analysis": "public", "coordination": "public",
	"reached": "public", "content_language": "public", "translations": "public", "valid_until": "public", "programme_activity": "public",
	"focal_point": "parties", "barrier": "parties", "existing_help": "parties", "past_help": "parties", "own_contribution": "parties",
	"asked_elsewhere": "committee", "attachments": "committee",
	"preferred": "own", "excluded": "own", "visibility": "own",
}

var offerFields = map[string]string{
	"provider": "public", "co_providers": "public", "type": "public", "title": "public", "description": "public", "themes": "public",
	"kinds": "public", "languages": "public", "interpretation": "public", "countries": "public", "regions": "public", "eligibility": "public",
	"terms": "public", "start": "public", "end": "public", "valid_until": "public", "lead_days": "public", "firmness": "public",
	"tied": "public", "evidence": "public", "declarations": "public", "content_language": "public", "translations": "public",
	"focal_point": "parties", "ceiling": "parties", "capacity": "parties", "host_contribution": "parties",
	"attachments":        "committee",
	"excluded_countries": "own", "excluded_regions": "own", "excluded": "own", "visibility": "own",
}

// unnamed are the fields of which not even the existence is told.
var unnamed = []string{"preferred", "excluded", "excluded_countries", "excluded_regions", "visibility"}

var needReaders = map[string][]cooperation.Actor{
	"public":    {public, observer, administrator, otherSecretariat},
	"parties":   {franceFocal, franceProvider, kenyaProvider},
	"committee": {member},
	"own":       {kenyaFocal, kenyaApprover, mozFocal, secretariat, clock, readOnly(kenyaFocal)},
}

var offerReaders = map[string][]cooperation.Actor{
	"public":    {public, observer, administrator, otherSecretariat},
	"parties":   {franceFocal, kenyaFocal, kenyaProvider},
	"committee": {member},
	"own":       {franceProvider, franceApprover, trustProvider, secretariat, clock, readOnly(franceProvider)},
}

// document is the JSON object of a document, field by field.
func document(t *testing.T, v any) map[string]string {
	t.Helper()
	text, err := json.Marshal(v)
	ok(t, err)
	var raw map[string]json.RawMessage
	ok(t, json.Unmarshal(text, &raw))
	out := map[string]string{}
	for name, value := range raw {
		out[name] = string(value)
	}
	return out
}

// checkShown compares, field by field, what a reader is shown with the table.
func checkShown(t *testing.T, table map[string]string, reader string, whole, shown map[string]string, withheld []string) {
	t.Helper()
	var named []string
	for field, from := range table {
		if whole[field] == "" {
			t.Fatalf("the whole document has no %s: the test shows nothing", field)
		}
		may := slices.Index(readers, reader) >= slices.Index(readers, from)
		switch got := shown[field]; {
		case may && field == "translations":
			// checked apart: what is withheld is withheld in every language
		case may && got != whole[field]:
			t.Errorf("%s is not shown as it is: %s", field, got)
		case !may && got != "" && got != "null":
			t.Errorf("%s is shown: %s", field, got)
		}
		if !may && !slices.Contains(unnamed, field) {
			named = append(named, field)
		}
	}
	slices.Sort(named)
	if diff := cmp.Diff(named, slices.Sorted(slices.Values(withheld))); diff != "" {
		t.Errorf("the fields said to be withheld (-want +got):\n%s", diff)
	}
}

func TestANeedIsShownFieldByField(t *testing.T) {
	for reader, actors := range needReaders {
		for _, actor := range actors {
			t.Run(reader+"/"+actor.ID, func(t *testing.T) {
				n := needIn("open")
				n.Visibility = map[string]cooperation.Audience{}
				n.Visibility["authority"] = cooperation.ToPublic // says nothing new, and is there
				shown, withheld := n.Shown(actor)
				checkShown(t, needFields, reader, document(t, n), document(t, shown), withheld)
			})
		}
	}
}

func TestAnOfferIsShownFieldByField(t *testing.T) {
	for reader, actors := range offerReaders {
		for _, actor := range actors {
			t.Run(reader+"/"+actor.ID, func(t *testing.T) {
				o := offerIn("open", cooperation.Indication)
				o.Visibility = map[string]cooperation.Audience{"description": cooperation.ToPublic}
				shown, withheld := o.Shown(actor)
				checkShown(t, offerFields, reader, document(t, o), document(t, shown), withheld)
			})
		}
	}
}

func TestTheTablesOfVisibilityNameEveryField(t *testing.T) {
	for name, c := range map[string]struct {
		content any
		table   map[string]string
		of      func(string) cooperation.Audience
	}{
		"need":  {fullNeed(), needFields, cooperation.NeedVisibility},
		"offer": {fullOffer(), offerFields, cooperation.OfferVisibility},
	} {
		for field := range document(t, c.content) {
			if c.table[field] == "" {
				t.Errorf("nothing is said of %s.%s", name, field)
			} else if field != "visibility" && string(c.of(field)) != c.table[field] {
				t.Errorf("%s.%s is for %s by default, want %s", name, field, c.of(field), c.table[field])
			}
		}
	}
}

func TestARequesterNarrowsAndWidensFieldsButNotTheConfidentialOnes(t *testing.T) {
	for _, c := range []struct {
		field    string
		audience cooperation.Audience
		from     string
	}{
		{"problem", cooperation.ToParties, "parties"},
		{"problem", cooperation.ToCommittee, "committee"},
		{"problem", cooperation.ToOwn, "own"},
		{"problem", "nonsense", "own"},
		{"focal_point", cooperation.ToPublic, "public"},
		{"attachments", cooperation.ToPublic, "public"},
		{"asked_elsewhere", cooperation.ToPublic, "committee"},
		{"asked_elsewhere", cooperation.ToOwn, "own"},
		{"excluded", cooperation.ToPublic, "own"},
		{"preferred", cooperation.ToPublic, "own"},
		{"beneficiaries", cooperation.ToOwn, "public"},
		{"themes", cooperation.ToOwn, "public"},
		{"title", cooperation.ToOwn, "public"},
	} {
		for reader, actors := range needReaders {
			n := needIn("open")
			n.Visibility = map[string]cooperation.Audience{c.field: c.audience}
			shown, withheld := n.Shown(actors[0])
			got := document(t, shown)[c.field]
			may := slices.Index(readers, reader) >= slices.Index(readers, c.from)
			if may != (got != "" && got != "null") {
				t.Errorf("%s for %s, read by %s: %q", c.field, c.audience, reader, got)
			}
			if slices.Contains(withheld, c.field) == may && !slices.Contains(unnamed, c.field) {
				t.Errorf("%s for %s, read by %s: withheld are %v", c.field, c.audience, reader, withheld)
			}
		}
	}
}

func TestExclusionsLeaveNoTraceForAnybodyElse(t *testing.T) {
	withN, withoutN := needIn("open"), needIn("open")
	withoutN.Preferred, withoutN.Excluded, withoutN.Visibility = nil, nil, map[string]cooperation.Audience{"problem": cooperation.ToCommittee, "places": cooperation.ToOwn}
	withN.Visibility = map[string]cooperation.Audience{"problem": cooperation.ToCommittee, "places": cooperation.ToOwn, "excluded": cooperation.ToOwn}
	withO, withoutO := offerIn("open", cooperation.Indication), offerIn("open", cooperation.Indication)
	withoutO.Excluded, withoutO.NotCountries, withoutO.NotRegions = nil, nil, nil
	for _, actor := range []cooperation.Actor{public, observer, franceFocal, kenyaProvider, member, administrator} {
		a, withheldA := withN.Shown(actor)
		b, withheldB := withoutN.Shown(actor)
		if diff := cmp.Diff(asText(t, a)+strings.Join(withheldA, " "), asText(t, b)+strings.Join(withheldB, " ")); diff != "" {
			t.Errorf("%s can tell a need with exclusions from one without:\n%s", actor.ID, diff)
		}
		c, withheldC := withO.Shown(actor)
		d, withheldD := withoutO.Shown(actor)
		if diff := cmp.Diff(asText(t, c)+strings.Join(withheldC, " "), asText(t, d)+strings.Join(withheldD, " ")); diff != "" {
			t.Errorf("%s can tell an offer with exclusions from one without:\n%s", actor.ID, diff)
		}
	}
}

func TestWhatIsWithheldIsWithheldInEveryLanguage(t *testing.T) {
	n := needIn("open") // the barrier is for Parties, the problem was narrowed to the committee
	for reader, want := range map[string]cooperation.Translation{
		"public":    {Title: "Enquête"},
		"parties":   {Title: "Enquête", Barrier: "Sols argileux"},
		"committee": {Title: "Enquête", Barrier: "Sols argileux", Problem: "Onze zones"},
		"own":       {Title: "Enquête", Barrier: "Sols argileux", Problem: "Onze zones"},
	} {
		shown, _ := n.Shown(needReaders[reader][0])
		if got := shown.Translations["fr"]; got != want {
			t.Errorf("%s reads %+v", reader, got)
		}
	}
	o := offerIn("open", cooperation.Indication)
	o.Visibility["description"] = cooperation.ToParties
	if shown, _ := o.Shown(public); shown.Translations["fr"].Description != "" || shown.Translations["fr"].Title == "" {
		t.Errorf("the public reads %+v", shown.Translations)
	}
	if n.Translations["fr"].Problem == "" || o.Translations["fr"].Description == "" {
		t.Error("showing a document changed it")
	}
}

func TestTheHistoryOfAPostingIsForItsOwnSide(t *testing.T) {
	n := needIn("closed")
	n.Ended = &cooperation.Remark{Reason: "security_or_access", Text: "The road is closed.", By: kenyaFocal.ID, Time: noon}
	n.Returned = &cooperation.Remark{Text: "Earlier remark."}
	n.Insisted = true
	n.Coverage = cooperation.Coverage{Agreed: usd("5"), Delivered: usd("1"), Kinds: []cooperation.Kind{cooperation.Training}}
	for reader, actors := range needReaders {
		shown, _ := n.Shown(actors[0])
		if reader == "own" {
			if shown.Clearance == nil || shown.Returned == nil || shown.Ended.Text == "" || shown.CreatedBy == "" {
				t.Error("the own side does not see its own history")
			}
			continue
		}
		if shown.Clearance != nil || shown.Returned != nil || shown.CreatedBy != "" || *shown.Ended != (cooperation.Remark{Time: noon}) {
			t.Errorf("%s sees %s", reader, asText(t, shown))
		}
		if shown.Insisted != (reader == "committee") {
			t.Errorf("%s sees that the State insisted: %v", reader, shown.Insisted)
		}
		if shown.Coverage.Agreed != usd("5") {
			t.Errorf("%s does not see what is agreed, though the costs are public", reader)
		}
	}
	n.Visibility["costs"] = cooperation.ToOwn
	if shown, _ := n.Shown(public); !shown.Coverage.Agreed.IsZero() || !shown.Coverage.Delivered.IsZero() {
		t.Error("the costs are withheld, and what is agreed of them is shown")
	}
	o := offerIn("exhausted", cooperation.Indication)
	if shown, _ := o.Shown(public); shown.Taken.Quantity != 0 {
		t.Error("the capacity is withheld, and what is taken of it is shown")
	}
	if shown, _ := o.Shown(kenyaFocal); shown.Taken.Quantity != 60 {
		t.Error("a Party does not see what is taken")
	}
}

func TestWhoKnowsThatAPostingExists(t *testing.T) {
	everybody := append(append(append(slices.Clone(needReaders["public"]), needReaders["parties"]...), member), franceApprover)
	for _, situation := range needSituations {
		hidden := slices.Contains([]string{"draft", "submitted", "returned", "withdrawn_unseen"}, situation)
		n := needIn(situation)
		for _, actor := range everybody {
			if shown, withheld := n.Shown(actor); (shown == nil) != hidden || shown == nil && withheld != nil {
				t.Errorf("a need that is %s exists for %q: %v", situation, actor.ID, shown != nil)
			}
		}
		for _, actor := range []cooperation.Actor{kenyaFocal, mozApprover, clock} {
			if shown, withheld := n.Shown(actor); shown != n || withheld != nil {
				t.Errorf("a need that is %s is not whole for %q", situation, actor.ID)
			}
		}
		early := situation == "draft" || situation == "withdrawn_unseen"
		if shown, _ := n.Shown(secretariat); (shown == nil) != early {
			t.Errorf("a need that is %s exists for the secretariat: %v", situation, shown != nil)
		}
	}
}

// bodies is the pilot convention with a body that reviews pairings of
// clearance, one on victims and a plenary.
func bodies() *cooperation.Convention {
	c := pilot()
	c.Reviewed, c.ReviewBody = true, "review"
	c.Committees = []cooperation.Committee{
		{ID: "review", Kind: cooperation.StandingCommittee, Mandate: cooperation.Mandate{Themes: []string{"clearance"}}},
		{ID: "victims", Kind: cooperation.StandingCommittee, Mandate: cooperation.Mandate{Themes: []string{"victims"}}},
		{ID: "plenary", Kind: cooperation.PlenaryCommittee},
	}
	return c
}

// sitting is a member of a body of the pilot convention.
func sitting(on string) cooperation.Actor {
	return cooperation.ActorOf(&cooperation.User{ID: "user-member-" + on, Grants: []cooperation.Grant{
		{Convention: pilotID, Role: cooperation.CommitteeMember, Participant: "DE", Committee: on}}}, false)
}

func TestPairingsAreForTheOwnSideAndThoseWhoFacilitate(t *testing.T) {
	c := bodies()
	n, o := needIn("open"), offerIn("open", cooperation.Indication)
	n.Themes, o.Themes = []string{"survey"}, []string{"clearance", "victims"}
	for who, w := range map[string]struct {
		actor       cooperation.Actor
		need, offer bool
	}{
		"the focal point":                    {kenyaFocal, true, false},
		"the other beneficiary":              {mozApprover, true, false},
		"the provider":                       {franceProvider, false, true},
		"the co-provider":                    {trustProvider, false, true},
		"the secretariat":                    {secretariat, true, true},
		"a member of the body responsible":   {sitting("review"), true, true},
		"a member of another body":           {sitting("victims"), false, true},
		"a delegate to the plenary":          {sitting("plenary"), false, false},
		"the platform":                       {clock, true, true},
		"an observer":                        {observer, false, false},
		"the administrator":                  {administrator, false, false},
		"the secretariat of another":         {otherSecretariat, false, false},
		"the public":                         {public, false, false},
		"the focal point of the other State": {franceFocal, false, false},
	} {
		if got := cooperation.MaySeeMatches(w.actor, c, n); got != w.need {
			t.Errorf("%s sees the pairings of the need: %v", who, got)
		}
		if got := cooperation.MaySeeOfferMatches(w.actor, c, o); got != w.offer {
			t.Errorf("%s sees the pairings of the offer: %v", who, got)
		}
	}
	if cooperation.MaySeeMatches(secretariat, c, needIn("draft")) || cooperation.MaySeeOfferMatches(sitting("review"), c, offerIn("draft", "")) {
		t.Error("somebody sees the pairings of a draft that does not exist for them")
	}
}

func TestWhoStartsAndReadsRuns(t *testing.T) {
	for who, c := range map[string]struct {
		actor      cooperation.Actor
		start, see bool
	}{
		"the secretariat":            {secretariat, true, true},
		"the platform":               {clock, true, true},
		"a secretariat that reads":   {readOnly(secretariat), false, true},
		"a member of a body":         {sitting("victims"), false, true},
		"a delegate to the plenary":  {sitting("plenary"), false, false},
		"a member of no such body":   {sitting("unheard-of"), false, false},
		"a focal point":              {kenyaFocal, false, false},
		"a provider":                 {franceProvider, false, false},
		"an observer":                {observer, false, false},
		"the administrator":          {administrator, false, false},
		"the secretariat of another": {otherSecretariat, false, false},
		"the public":                 {public, false, false},
	} {
		if cooperation.MayRun(c.actor, pilotID) != c.start || cooperation.MaySeeRuns(c.actor, bodies()) != c.see {
			t.Errorf("%s starts %v, sees %v", who, cooperation.MayRun(c.actor, pilotID), cooperation.MaySeeRuns(c.actor, bodies()))
		}
	}
}

// A filter or a count over a field that is not shown would tell what it holds.
func TestAFieldCanBeFilteredByExactlyWhenItIsShown(t *testing.T) {
	for _, actor := range []cooperation.Actor{public, observer, franceFocal, kenyaFocal, franceProvider, member, secretariat, clock} {
		n, o := needIn("open"), offerIn("open", cooperation.Indication)
		shownN, _ := n.Shown(actor)
		shownO, _ := o.Shown(actor)
		for field := range needFields {
			got := cooperation.NeedFieldVisible(n, field, cooperation.SeesNeed(actor, n))
			if value := document(t, shownN)[field]; field != "visibility" && got != (value != "" && value != "null") {
				t.Errorf("%q filters by need.%s: %v, is shown %q", actor.ID, field, got, value)
			}
		}
		for field := range offerFields {
			got := cooperation.OfferFieldVisible(o, field, cooperation.SeesOffer(actor, o))
			if value := document(t, shownO)[field]; field != "visibility" && got != (value != "" && value != "null") {
				t.Errorf("%q filters by offer.%s: %v, is shown %q", actor.ID, field, got, value)
			}
		}
	}
	if cooperation.NeedFieldVisible(needIn("draft"), "title", cooperation.SeesNeed(public, needIn("draft"))) {
		t.Error("the public filters by the title of a draft")
	}
}
