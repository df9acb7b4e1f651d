package cooperation

import (
	"slices"
	"strings"
	"time"

	"entente/message"
)

// Verdict is what somebody decides of a likely duplicate.
type Verdict string

// The verdicts.
const (
	SameRequest        Verdict = "same"        // the same thing is asked for, or already given
	DifferentRequest   Verdict = "different"   // it only looks the same
	CoordinatedRequest Verdict = "coordinated" // both go on, and their sides have agreed how
)

// Verdicts lists the verdicts.
func Verdicts() []Verdict { return []Verdict{SameRequest, DifferentRequest, CoordinatedRequest} }

// Duplicate is what was decided of a need and something that is likely to be
// the same: another need, also one of another convention, or an activity. It
// changes neither of them: what follows is for their sides to do.
type Duplicate struct {
	Meta
	Need     string         `json:"need"`
	Of       string         `json:"of"`      // the other need, or the activity
	OfKind   string         `json:"of_kind"` // "need" or "activity"
	OfIn     string         `json:"of_in"`   // its convention
	Verdicts []VerdictGiven `json:"verdicts"`
}

// VerdictGiven is one verdict; the latest counts, the others stay to be
// read.
type VerdictGiven struct {
	Verdict Verdict   `json:"verdict"`
	Reason  string    `json:"reason,omitempty" validate:"max=2000"`
	Side    string    `json:"side"` // as what: "beneficiary", "committee" or "secretariat"
	By      string    `json:"by,omitempty"`
	Time    time.Time `json:"time"`
}

// DuplicateID is the id of what is decided of two documents, whichever of them
// it is asked of.
func DuplicateID(a, b string) string {
	if b < a {
		a, b = b, a
	}
	return DerivedID("duplicate", a, b)
}

// NewDuplicate begins what is decided of a need and another document. Nothing
// is decided yet.
func NewDuplicate(n *Need, of, kind, convention string, actor Actor, now time.Time) *Duplicate {
	d := &Duplicate{Meta: newMeta(DuplicateID(n.ID, of), n.Convention, actor, now), Need: n.ID, Of: of, OfKind: kind, OfIn: convention}
	d.Version = 0
	return d
}

// Decide records a verdict. It reports whether anything is new: the same by the
// same person again is not.
func (d *Duplicate) Decide(c *Convention, n *Need, verdict Verdict, reason string, actor Actor, now time.Time) (bool, error) {
	side := judges(actor, c, n)
	if err := authorise(side != ""); err != nil {
		return false, err
	}
	s := VerdictGiven{Verdict: verdict, Reason: strings.TrimSpace(reason), Side: side, By: actor.ID, Time: stamp(now)}
	m := checkShape(&s)
	if !slices.Contains(Verdicts(), verdict) {
		m.add("decision", "error.invalid.not_one_of", message.Of(message.Text, "allowed", joinText(Verdicts())))
	}
	if len(d.Verdicts) >= mostVerdicts {
		m.add("decision", "error.invalid.too_many", message.Int("max", mostVerdicts))
	}
	if err := m.err(); err != nil {
		return false, err
	}
	if last, decided := d.Latest(); decided && last.By == s.By && last.Verdict == s.Verdict && last.Reason == s.Reason {
		return false, nil
	}
	d.Verdicts = append(slices.Clip(d.Verdicts), s)
	d.touch(now)
	return true, nil
}

// mostVerdicts bounds what is said of one pair.
const mostVerdicts = 100

// Latest is the verdict that counts, if there is one.
func (d *Duplicate) Latest() (VerdictGiven, bool) {
	if d == nil || len(d.Verdicts) == 0 {
		return VerdictGiven{}, false
	}
	return d.Verdicts[len(d.Verdicts)-1], true
}
