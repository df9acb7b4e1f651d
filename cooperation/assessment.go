package cooperation

import (
	"bytes"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"

	"entente/message"
)

// AssessmentSort is the help that a State asks for with a need that does not
// say yet what is needed.
type AssessmentSort string

// The sorts of help.
const (
	DraftingHelp    AssessmentSort = "drafting" // somebody helps to write the need
	JointAssessment AssessmentSort = "mission"  // a joint needs assessment, with a mission
)

// AssessmentSorts lists the sorts of help.
func AssessmentSorts() []AssessmentSort { return []AssessmentSort{DraftingHelp, JointAssessment} }

// AssessmentStatus is a step of the life of an assessment.
type AssessmentStatus string

// The life of an assessment: requested → accepted → scheduled → held →
// reported; also declined and withdrawn. Help with drafting has no mission.
const (
	AssessmentRequested AssessmentStatus = "requested"
	AssessmentAccepted  AssessmentStatus = "accepted"
	AssessmentScheduled AssessmentStatus = "scheduled" // both sides have agreed to the dates of the mission
	AssessmentHeld      AssessmentStatus = "held"
	AssessmentReported  AssessmentStatus = "reported"
	AssessmentDeclined  AssessmentStatus = "declined"
	AssessmentWithdrawn AssessmentStatus = "withdrawn" // by the State
)

// AssessmentStatuses lists the steps in order.
func AssessmentStatuses() []AssessmentStatus {
	return []AssessmentStatus{AssessmentRequested, AssessmentAccepted, AssessmentScheduled, AssessmentHeld, AssessmentReported, AssessmentDeclined, AssessmentWithdrawn}
}

// Assessment is help with finding out what is needed: the State asks, whoever
// facilitates accepts, both agree on dates, and the report proposes what the
// need is to say. It binds the State to nothing, and is for the two sides.
type Assessment struct {
	Meta
	Need     string           `json:"need"`
	Sort     AssessmentSort   `json:"sort"`
	Status   AssessmentStatus `json:"status"`
	Request  string           `json:"request,omitempty" validate:"max=4000"` // what the State asks for, in words
	Draft    NeedContent      `json:"draft"`                                 // the need as it was when the State asked, without its wishes for partners, its files and its focal point
	Partners []Participant    `json:"partners,omitempty" validate:"max=20,unique"`
	Dates    *MissionDates    `json:"dates,omitempty"`
	Held     Date             `json:"held,omitzero"` // the last day of the mission
	Report   *MissionReport   `json:"report,omitempty"`
	Filled   []string         `json:"filled,omitempty"` // the proposed fields that the State has taken over
	Ended    *Remark          `json:"ended,omitempty"`  // why it was declined or withdrawn
}

// MissionDates are the days of a mission as one side proposes them; agreed when
// the other side proposes the same.
type MissionDates struct {
	From  Date `json:"from"`
	Until Date `json:"until"`
	State bool `json:"state"` // proposed by the State, not by whoever facilitates
}

// MissionReport is what came of it.
type MissionReport struct {
	Text     string                     `json:"text" validate:"required,max=20000"`
	Link     string                     `json:"link,omitempty" validate:"omitempty,http_url,max=500"`
	Proposed map[string]json.RawMessage `json:"proposed,omitempty" validate:"max=30"` // fields of the need, by their names
	By       string                     `json:"by,omitempty"`
	Time     time.Time                  `json:"time"`
}

// RequestAssessment asks for help with a need that is still to be submitted.
func RequestAssessment(id string, n *Need, sort AssessmentSort, request string, actor Actor, now time.Time) (*Assessment, error) {
	a := &Assessment{Meta: newMeta(id, n.Convention, actor, now), Need: n.ID, Sort: sort, Status: AssessmentRequested, Request: strings.TrimSpace(request), Draft: n.NeedContent}
	a.Draft.Preferred, a.Draft.Excluded, a.Draft.Attachments, a.Draft.Visibility, a.Draft.FocalPoint = nil, nil, nil, nil, nil
	if !SeesNeed(actor, n).Any() {
		return nil, absent()
	}
	if err := authorise(asksFor(actor, n)); err != nil {
		return nil, err
	}
	if n.Status != NeedDraft && n.Status != NeedReturned {
		return nil, refused("need", string(RequestHelp), string(n.Status))
	}
	m := checkShape(&struct {
		Request string `json:"text" validate:"max=4000"`
	}{a.Request})
	if !slices.Contains(AssessmentSorts(), sort) {
		m.add("sort", "error.invalid.not_one_of", message.Of(message.Text, "allowed", joinText(AssessmentSorts())))
	}
	return a, m.err()
}

// Proposable lists the fields of a need that a report may propose: what is needed,
// and nothing of who asks or of whom it wants.
func Proposable() []string {
	return []string{"title", "problem", "barrier", "themes", "kinds", "languages", "interpretation", "places", "urgency", "deadline", "start", "end", "costs", "analysis",
		"coordination", "reached", "existing_help", "past_help", "own_contribution", "article", "commitment"}
}

// checkProposed refuses fields that cannot be proposed, and what does not have
// their form.
func checkProposed(m *mistakes, c *Convention, draft NeedContent, proposed map[string]json.RawMessage, now time.Time) {
	for _, name := range slices.Sorted(maps.Keys(proposed)) {
		if !slices.Contains(Proposable(), name) {
			m.add("proposed."+name, "error.invalid.not_one_of", message.Of(message.Text, "allowed", strings.Join(Proposable(), ", ")))
		}
	}
	if len(*m) > 0 {
		return
	}
	filled, err := fill(draft, proposed, slices.Collect(maps.Keys(proposed)))
	if err != nil {
		m.add("proposed", "error.invalid.form")
		return
	}
	var e *Error
	if errors.As(c.checkNeed(&filled, stageDraft, now), &e) {
		for _, f := range e.Fields {
			if name, _, _ := strings.Cut(strings.ReplaceAll(f.Field, "[", "."), "."); proposed[name] != nil {
				*m = append(*m, FieldError{Field: "proposed." + f.Field, Message: f.Message})
			}
		}
	}
}

// fill puts some of the proposed fields in place of those of a need.
func fill(content NeedContent, proposed map[string]json.RawMessage, fields []string) (NeedContent, error) {
	taken := map[string]json.RawMessage{}
	for _, name := range fields {
		taken[name] = proposed[name]
	}
	text, err := json.Marshal(taken)
	if err != nil {
		return content, err
	}
	var fresh NeedContent // lists are taken whole: decoding into the old ones would mix them
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&fresh); err != nil {
		return content, err
	}
	whole, err := fieldsOf(content)
	if err != nil {
		return content, err
	}
	for name, value := range taken {
		whole[name] = value
	}
	if text, err = json.Marshal(whole); err != nil {
		return content, err
	}
	var out NeedContent
	return out, json.Unmarshal(text, &out)
}
