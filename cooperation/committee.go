package cooperation

import (
	"slices"
	"strings"

	"entente/reference"
)

// CommitteeKind says how a body of a convention is made up and works.
type CommitteeKind string

// The kinds of bodies.
const (
	StandingCommittee  CommitteeKind = "standing"   // members with terms
	OpenEndedCommittee CommitteeKind = "open_ended" // officers only; examines needs in aggregate and recommends
	PlenaryCommittee   CommitteeKind = "plenary"    // the conference or meeting of the Parties
)

// Committee is a body of a convention with a mandate over themes.
type Committee struct {
	ID          string        `json:"id"`
	Name        Names         `json:"name"`
	Kind        CommitteeKind `json:"kind"`
	Mandate     Mandate       `json:"mandate"`
	Composition Composition   `json:"composition"`
	Working     Working       `json:"working"`
	Members     []Term        `json:"members,omitempty"` // terms, past ones included
	Chairs      []Presidency  `json:"chairs,omitempty"`
	Officers    []Officer     `json:"officers,omitempty"` // who holds the offices of the composition; no profile names them
	Observers   []Observer    `json:"observers,omitempty"`
	Advisers    []Adviser     `json:"advisers,omitempty"`    // focal points for gender and diversity, past ones included
	Invitations []Invitation  `json:"invitations,omitempty"` // observers for a term or a meeting
	Contact     string        `json:"contact,omitempty"`     // mailbox told about pairings; set by whoever runs the installation
}

// Mandate is what a committee is for and where that is laid down.
type Mandate struct {
	Themes []string `json:"themes,omitempty"` // with what is below them; none named = all
	Text   Names    `json:"text"`
	Source string   `json:"source"` // article, decision or resolution
}

// Composition is how a committee is made up.
type Composition struct {
	Seats              int            `json:"seats,omitempty"` // 0 = not limited
	TermYears          int            `json:"term_years,omitempty"`
	Overlapping        bool           `json:"overlapping,omitempty"`   // terms do not all begin together
	MinAffected        int            `json:"min_affected,omitempty"`  // members named as affected States, at least
	MinProviders       int            `json:"min_providers,omitempty"` // members named as providers of assistance, at least
	RegionalSeats      []RegionalSeat `json:"regional_seats,omitempty"`
	Officers           []Office       `json:"officers,omitempty"`
	Chair              ChairRule      `json:"chair,omitempty"`
	ChairYears         int            `json:"chair_years,omitempty"`          // years for which a chair is elected
	GenderFocalPoint   bool           `json:"gender_focal_point,omitempty"`   // one member advises on gender and diversity
	MinimumNotRecused  int            `json:"minimum_not_recused,omitempty"`  // under it a review waits and the secretariat is told
	ObserversByMeeting bool           `json:"observers_by_meeting,omitempty"` // observers may also be invited for one meeting
	Source             string         `json:"source,omitempty"`               // article, decision or resolution
}

// ChairRule says who may be elected chair.
type ChairRule string

// The rules for the election of a chair.
const (
	ChairAnyMember  ChairRule = "any_member"
	ChairSecondYear ChairRule = "second_year" // a member in the second year of its term
	ChairElected    ChairRule = "elected"     // elected by the body, from any Party
)

// RegionalSeat is a number of seats kept for a region of the profile, or for
// a role such as that of the depositary, which has no region.
type RegionalSeat struct {
	ID     string `json:"id"`
	Region string `json:"region,omitempty"` // a profile region
	Name   Names  `json:"name,omitempty"`   // for a seat without a region
	Seats  int    `json:"seats"`
}

// Office is a post of a body besides its chair: vice-president, rapporteur.
type Office struct {
	ID    string `json:"id"`
	Name  Names  `json:"name"`
	Seats int    `json:"seats"`
}

// Working is how a committee works and what it hands on.
type Working struct {
	Consensus        bool     `json:"consensus,omitempty"`  // decides by consensus; a text without it is modified or withdrawn
	Recommends       bool     `json:"recommends,omitempty"` // advises: its result is "recommended", not "endorsed"
	JointConclusions bool     `json:"joint_conclusions,omitempty"`
	Commitments      bool     `json:"commitments,omitempty"` // reviews commitments of the action plan
	ReportsTo        string   `json:"reports_to,omitempty"`  // a committee of the convention
	Outputs          []Output `json:"outputs,omitempty"`
}

// Output is a document that a committee hands on.
type Output string

// The documents of committees.
const (
	NeedsOverview             Output = "needs_overview"
	PreliminaryObservations   Output = "preliminary_observations"
	ConclusionsRecommendation Output = "conclusions_and_recommendations"
	ActivityReport            Output = "activity_report"
	Recommendations           Output = "recommendations"
)

// Outputs lists the documents of committees in their order of presentation.
func Outputs() []Output {
	return []Output{NeedsOverview, PreliminaryObservations, ConclusionsRecommendation, ActivityReport, Recommendations}
}

// Term is the time for which a Party sits on a standing committee.
type Term struct {
	Country  reference.Country `json:"country"`
	From     Date              `json:"from"`
	Until    Date              `json:"until"`          // the last day
	As       []SeatRole        `json:"as,omitempty"`   // in what role the composition counts it
	Seat     string            `json:"seat,omitempty"` // a regional seat
	Election int               `json:"election"`       // order of election among the members, from 1
}

// SeatRole is a role for which the composition asks.
type SeatRole string

// The roles for which a composition may ask.
const (
	SeatAffected SeatRole = "affected"
	SeatProvider SeatRole = "provider"
	SeatGender   SeatRole = "gender_focal_point"
)

// On reports whether the term runs on the day.
func (t Term) On(day Date) bool { return !day.Before(t.From) && !t.Until.Before(day) }

// Has reports whether the member was named for the role.
func (t Term) Has(r SeatRole) bool { return slices.Contains(t.As, r) }

// SecondYear reports whether the day lies in the second year of the term.
func (t Term) SecondYear(day Date) bool {
	return t.On(day) && !day.Before(t.From.AddMonths(12)) && day.Before(t.From.AddMonths(24))
}

// Presidency is the time for which a member presides.
type Presidency struct {
	Country reference.Country `json:"country"`
	From    Date              `json:"from"`
	Until   Date              `json:"until"`            // the last day
	Elected Date              `json:"elected,omitzero"` // when it was elected
	Record  string            `json:"record,omitempty"` // where that is recorded: the report of a meeting
}

// On reports whether the presidency runs on the day.
func (p Presidency) On(day Date) bool { return !day.Before(p.From) && !p.Until.Before(day) }

// Observer is an organisation invited to a committee's work. It comments and
// never decides.
type Observer struct {
	ID   Participant `json:"id"` // a participant that is an organisation
	Name Names       `json:"name"`
}

// Committee returns the body with the id.
func (c *Convention) Committee(id string) (Committee, bool) {
	return find(c.Committees, func(b *Committee) bool { return b.ID == id })
}

// MembersOn lists the terms that run on the day, longest-serving member
// first: one that was elected again without a break has served since its first
// term. Ties go by the order of election, then by the alphabet of the codes.
func (b *Committee) MembersOn(day Date) []Term {
	var out []Term
	since := map[reference.Country]Date{}
	for _, t := range b.Members {
		if t.On(day) {
			out = append(out, t)
			since[t.Country] = b.since(t)
		}
	}
	slices.SortFunc(out, func(x, y Term) int {
		if a, b := since[x.Country], since[y.Country]; a != b {
			return int(a.Days() - b.Days())
		}
		if x.Election != y.Election {
			return x.Election - y.Election
		}
		return strings.Compare(x.Country.Alpha2(), y.Country.Alpha2())
	})
	return out
}

// since is the first day of the terms of a State that lead up to this one
// without a break.
func (b *Committee) since(t Term) Date {
	for range b.Members {
		before, ok := find(b.Members, func(o *Term) bool { return o.Country == t.Country && o.Until.AddDays(1) == t.From })
		if !ok {
			break
		}
		t = before
	}
	return t.From
}

// MemberOn reports whether the Party sits on the committee on the day.
func (b *Committee) MemberOn(country reference.Country, day Date) bool {
	return slices.ContainsFunc(b.Members, func(t Term) bool { return t.Country == country && t.On(day) })
}

// ChairOn returns the Party that presides on the day.
func (b *Committee) ChairOn(day Date) (reference.Country, bool) {
	p, ok := find(b.Chairs, func(p *Presidency) bool { return p.On(day) })
	return p.Country, ok
}

// Covers reports whether the mandate of the committee reaches a theme of c.
// A mandate without themes reaches all.
func (b *Committee) Covers(c *Convention, theme string) bool {
	return len(b.Mandate.Themes) == 0 || b.claims(c, theme)
}

func (b *Committee) claims(c *Convention, theme string) bool {
	return slices.ContainsFunc(b.Mandate.Themes, func(t string) bool { return c.Common(t, theme) })
}

// ExaminesPairings reports whether single pairings are for those who sit on the
// body. Where the profile has none reviewed, an open-ended body examines all
// needs in aggregate: pairings are for their sides and whoever facilitates.
func (c *Convention) ExaminesPairings(b *Committee) bool {
	return c.Reviewed || b.Kind != OpenEndedCommittee
}

// BodiesFor lists the committees that are told about a pairing under the
// themes. The first leads. It is the review body, where the profile has
// pairings reviewed or the mandate of that body names themes, and its mandate
// reaches one of these; after it come the other bodies whose mandate names
// one, in the order of the profile. Where there is none of either, it is the
// review body alone. A plenary is told only as the review body.
func (c *Convention) BodiesFor(themes []string) []Committee {
	var out []Committee
	review, ok := c.Committee(c.ReviewBody)
	if ok && slices.ContainsFunc(themes, func(t string) bool { return review.Covers(c, t) }) {
		if c.Reviewed || len(review.Mandate.Themes) > 0 {
			out = append(out, review)
		}
	}
	for _, b := range c.Committees {
		if b.Kind == PlenaryCommittee || b.ID == c.ReviewBody {
			continue
		}
		if slices.ContainsFunc(themes, func(t string) bool { return b.claims(c, t) }) {
			out = append(out, b)
		}
	}
	if len(out) == 0 && ok {
		out = append(out, review)
	}
	return out
}
