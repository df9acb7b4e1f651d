package cooperation_test

import (
	"errors"
	"testing"
	"time"

	"entente/cooperation"
	"entente/message"
	"entente/reference"
)

// noon is the moment at which everything in these tests happens.
var noon = time.Date(2026, time.March, 10, 12, 0, 0, 0, time.UTC)

const pilotID = "pilot"

// pilot is a convention with one of everything that the rules look at.
func pilot() *cooperation.Convention {
	return &cooperation.Convention{
		ID: pilotID,
		Themes: []cooperation.Theme{
			{ID: "clearance"}, {ID: "survey", Parent: "clearance"}, {ID: "victims"}, {ID: "stockpiles"}, {ID: "education"},
		},
		Regions:             []cooperation.ProfileRegion{{ID: "lakes", Countries: lands("KE", "UG")}},
		Kinds:               cooperation.Kinds()[:7], // all but information
		UnspecificThreshold: 4,
		NeedValidityMonths:  24,
		OfferValidityMonths: 12,
		Declarations:        []cooperation.Declaration{{ID: "no-tie", For: []cooperation.ProviderCategory{cooperation.ProviderOrganisation}}},
		Admits:              []cooperation.ProviderCategory{cooperation.ProviderParty, cooperation.ProviderSignatory, cooperation.ProviderOrganisation},
		Parties: []cooperation.Party{
			{Country: land("DE")}, {Country: land("FR")}, {Country: land("KE")}, {Country: land("MZ")},
			{Country: land("UG"), Until: day("2026-01-01")},
		},
		Signatories: lands("TZ"),
		Directory: directory{"demining-trust": trust(), "some-institute": organisation("some-institute", cooperation.OrganisationAdmitted),
			"newcomer": organisation("newcomer", cooperation.OrganisationApplied), "suspended-fund": organisation("suspended-fund", cooperation.OrganisationSuspended)},
	}
}

// directory is what people have entered beside a profile.
type directory map[string]*cooperation.Organisation

func (d directory) Organisation(id string) (*cooperation.Organisation, bool) {
	o, ok := d[id]
	return o, ok
}

// Commitment finds one that the tests know.
func (d directory) Commitment(reference string) (*cooperation.Commitment, bool) {
	for _, c := range planned() {
		if c.ID == reference || cooperation.FoldCode(c.Code) == cooperation.FoldCode(reference) {
			return c, true
		}
	}
	return nil, false
}

// organisation is one in a step of its admission; only in the first and when
// it was refused there it was never admitted.
func organisation(id string, status cooperation.OrganisationStatus) *cooperation.Organisation {
	o := &cooperation.Organisation{Status: status, Source: cooperation.FromApplication,
		OrganisationContent: cooperation.OrganisationContent{Name: "The " + id, Sort: cooperation.NonGovernmental}}
	o.Schema, o.ID, o.Convention, o.Version, o.Created, o.Updated, o.CreatedBy = cooperation.Schema, id, pilotID, 1, noon, noon, applicant.ID
	if status != cooperation.OrganisationApplied && status != cooperation.OrganisationRefused {
		o.Admitted = noon
	}
	return o
}

// trust is an admitted organisation that has declared what is required.
func trust() *cooperation.Organisation {
	o := organisation("demining-trust", cooperation.OrganisationAdmitted)
	o.Declarations = []cooperation.Statement{{Declaration: "no-tie", Date: day("2026-01-15"), Office: "Director", By: applicant.ID, Time: noon}}
	return o
}

func land(code string) reference.Country {
	c, ok := reference.ParseCountry(code)
	if !ok {
		panic("no country " + code)
	}
	return c
}

func lands(codes ...string) []reference.Country {
	var all []reference.Country
	for _, code := range codes {
		all = append(all, land(code))
	}
	return all
}

func day(s string) cooperation.Date {
	d, err := cooperation.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func today() cooperation.Date { return cooperation.DateOf(noon) }

// someone is a person with one role in the pilot convention.
func someone(role cooperation.Role, participant cooperation.Participant) cooperation.Actor {
	return cooperation.ActorOf(&cooperation.User{
		ID:     "user-" + string(role) + "-" + string(participant),
		Grants: []cooperation.Grant{{Convention: pilotID, Role: role, Participant: participant}},
	}, false)
}

var (
	public      = cooperation.Actor{}
	clock       = cooperation.System("clock")
	secretariat = someone(cooperation.Secretariat, "")
	observer    = someone(cooperation.ObserverRole, "")
	applicant   = cooperation.ActorOf(&cooperation.User{ID: "user-applicant", Grants: []cooperation.Grant{{Convention: pilotID, Role: cooperation.ObserverRole}}}, false)
	member      = cooperation.ActorOf(&cooperation.User{ID: "user-member", Grants: []cooperation.Grant{
		{Convention: pilotID, Role: cooperation.CommitteeMember, Participant: "DE", Committee: "review"}}}, false)
	administrator = cooperation.ActorOf(&cooperation.User{ID: "user-administrator", Grants: []cooperation.Grant{
		{Role: cooperation.Administrator}}}, false)
	otherSecretariat = cooperation.ActorOf(&cooperation.User{ID: "user-elsewhere", Grants: []cooperation.Grant{
		{Convention: "another", Role: cooperation.Secretariat}, {Convention: "another", Role: cooperation.Approver, Participant: "KE"}}}, false)

	kenyaFocal    = someone(cooperation.FocalPoint, "KE")
	kenyaApprover = someone(cooperation.Approver, "KE")
	kenyaProvider = someone(cooperation.ProviderRole, "KE")
	mozFocal      = someone(cooperation.FocalPoint, "MZ")
	mozApprover   = someone(cooperation.Approver, "MZ")

	franceFocal    = someone(cooperation.FocalPoint, "FR")
	franceProvider = someone(cooperation.ProviderRole, "FR")
	franceApprover = someone(cooperation.Approver, "FR")
	trustProvider  = someone(cooperation.ProviderRole, "demining-trust")
)

func readOnly(a cooperation.Actor) cooperation.Actor {
	a.ReadOnly = true
	return a
}

// fullNeed states every field of a need, and is specific.
func fullNeed() cooperation.NeedContent {
	return cooperation.NeedContent{
		Beneficiaries:     lands("KE", "MZ"),
		Authority:         "National Mine Action Centre",
		FocalPoint:        &cooperation.Contact{Name: "Focal point", Organisation: "Ministry of Defence", Mail: "focal.point@example.org", Phone: "+254 20 000 000"},
		Article:           "5",
		Commitment:        "action 22",
		Title:             "Survey of the last suspected areas along the border",
		Problem:           "Eleven suspected areas along the border have not been surveyed since the floods, and farmers do not dare to return to them.",
		Barrier:           "The survey teams have no sensors for clay soil.",
		Themes:            []string{"survey", "victims"},
		Kinds:             []cooperation.Outcome{{Kind: cooperation.Training, Change: "Two teams survey by themselves."}, {Kind: cooperation.Equipment, Change: "Sensors for clay soil."}},
		Languages:         []cooperation.LanguageWish{{Language: "en", Strength: cooperation.Required}, {Language: "pt", Strength: cooperation.Preferred}},
		Interpretation:    true,
		Places:            []cooperation.Place{{Country: land("KE"), Area: "Northern border"}},
		Urgency:           cooperation.High,
		Deadline:          day("2027-06-01"),
		Start:             day("2026-06-01"),
		End:               day("2027-05-31"),
		Costs:             []cooperation.CostLine{{Activity: "Survey", Result: "Eleven areas released", Currency: "USD", Cost: "200000.50", National: "50000", Other: "30000.5", Sought: "120000"}},
		Analysis:          &cooperation.Analysis{Source: "national_plan", Text: "National plan 2025", Link: "https://example.org/plan"},
		Coordination:      "The national authority convenes all operators each quarter.",
		Reached:           &cooperation.Reached{Total: 100, Women: 52, Men: 48, Children: 40, WithDisabilities: 7, Description: "Farmers of four villages"},
		ExistingHelp:      "Two clearance teams.",
		PastHelp:          "Training in 2019.",
		AskedElsewhere:    "Also asked of a trust fund.",
		OwnContribution:   "Vehicles and accommodation.",
		Preferred:         []cooperation.Participant{"FR"},
		Excluded:          []cooperation.Participant{"DE", "some-institute"},
		Visibility:        map[string]cooperation.Audience{"problem": cooperation.ToCommittee, "places": cooperation.ToOwn},
		Attachments:       []cooperation.Attachment{{SHA256: "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", Name: "map.pdf", Type: "application/pdf", Size: 1000}},
		ContentLanguage:   "en",
		Translations:      map[string]cooperation.Translation{"fr": {Title: "Enquête", Problem: "Onze zones", Barrier: "Sols argileux"}},
		ValidUntil:        day("2027-03-01"),
		ProgrammeActivity: "2.1",
	}
}

// fullOffer states every field of an offer of France with a co-provider.
func fullOffer() cooperation.OfferContent {
	return cooperation.OfferContent{
		Provider:         "FR",
		CoProviders:      []cooperation.CoProvider{{Participant: "demining-trust", Role: "implementing"}},
		FocalPoint:       &cooperation.Contact{Name: "Desk officer", Mail: "desk@example.org"},
		Type:             cooperation.Standing,
		Title:            "Training of survey teams",
		Description:      "Courses of three weeks for survey teams, on site.",
		Themes:           []string{"clearance", "education"},
		Kinds:            []cooperation.Outcome{{Kind: cooperation.Training, Change: "Teams work to the standards."}},
		Languages:        []reference.Language{"fr", "pt"},
		Interpretation:   true,
		Countries:        lands("KE"),
		Regions:          []string{"lakes", "014"},
		NotCountries:     lands("UG"),
		NotRegions:       []string{"151"},
		Eligibility:      cooperation.Eligibility{PartiesOnly: true, LDC: true, SIDS: true, LLDC: true, Income: []reference.Income{land("KE").Income()}},
		Terms:            cooperation.GrantTerms,
		Ceiling:          cooperation.Money{Amount: "500000", Currency: "EUR"},
		Capacity:         cooperation.Capacity{Unit: "person_days", Quantity: 60},
		Start:            day("2026-04-01"),
		End:              day("2027-03-31"),
		ValidUntil:       day("2026-12-31"),
		LeadDays:         60,
		Firmness:         cooperation.Indication,
		HostContribution: "Premises and visas.",
		Tied:             true,
		Evidence:         []cooperation.Evidence{{Title: "Courses in 2022", Theme: "survey", Countries: lands("MZ"), Year: 2022, Link: "https://example.org/courses"}},
		Declarations:     []string{"no-tie"},
		Excluded:         []cooperation.Participant{"MZ"},
		Visibility:       map[string]cooperation.Audience{"terms": cooperation.ToParties},
		Attachments:      []cooperation.Attachment{{SHA256: "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", Name: "syllabus.pdf", Type: "application/pdf", Size: 1}},
		ContentLanguage:  "en",
		Translations:     map[string]cooperation.Translation{"fr": {Title: "Formation", Description: "Stages de trois semaines"}},
	}
}

// cleared is a clearance as an approver states it.
func cleared() cooperation.Clearance {
	return cooperation.Clearance{Date: day("2026-03-01"), Reference: "NV 12/2026"}
}

// refusal is the coded error in err; the test ends when there is none.
func refusal(t *testing.T, err error) *cooperation.Error {
	t.Helper()
	var e *cooperation.Error
	if !errors.As(err, &e) {
		t.Fatalf("the error is %v, want a coded one", err)
	}
	return e
}

// wantCode fails the test unless err is of the code; "" means no error.
func wantCode(t *testing.T, err error, code cooperation.Code) {
	t.Helper()
	if err != nil && cooperation.CodeOf(err) == "" || cooperation.CodeOf(err) != code {
		t.Errorf("the error is %v, want code %q", err, code)
	}
}

// documents names what the messages of these tests mention.
type documents struct{}

func (documents) Name(_ message.Type, id, _ string) (string, bool) {
	return "the one called " + id, true
}
