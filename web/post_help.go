package web

import (
	"context"
	"slices"

	"entente/cooperation"
	"entente/message"
)

// Helps are the requests of help with a need that does not say yet what is
// needed.
type Helps interface {
	RequestAssessment(ctx context.Context, actor cooperation.Actor, need string, sort cooperation.AssessmentSort, text, key string) (*cooperation.Assessment, error)
}

// help adds to the list of matters how one asks for help with writing a need,
// or what has become of that.
func (v *visit) help(w *work, out *postingTasks) error {
	if w.need == nil || !w.may(v, cooperation.Replace) {
		return nil
	}
	var err error
	if out.Helped, err = v.helpWith(w.need.ID); err != nil {
		return err
	}
	asked := slices.ContainsFunc(out.Helped, func(row assessmentRow) bool {
		return slices.Contains([]cooperation.AssessmentStatus{cooperation.AssessmentRequested, cooperation.AssessmentAccepted, cooperation.AssessmentScheduled, cooperation.AssessmentHeld}, cooperation.AssessmentStatus(row.StatusCode))
	})
	offered := cooperation.HelpOffered(v.conv, w.need)
	if asked || len(offered) == 0 {
		return nil
	}
	sort := field{Name: "sort", Label: v.text("page.posting.help.sort"), Type: "radio"}
	for _, s := range offered {
		sort.Choices = append(sort.Choices, choice{Tag: string(s), Name: v.text("assessment_sort." + string(s))})
	}
	text := field{Name: "text", Label: v.text("page.posting.help.text"), Type: "textarea", Most: 4000, Rows: 3, Optional: true}
	a := v.act(w.at(v, "/edit/help-request"), "page.posting.help", 0, sort, text)
	a.Hint = v.text("page.posting.help.hint")
	a.Hidden = []hidden{{"key", cooperation.NewID()}}
	out.Acts = append(out.Acts, a)
	return nil
}

// askHelp asks for help with writing a need.
func (p *pages) askHelp(v *visit) (string, error) {
	w, err := p.work(v)
	if err != nil {
		return "", err
	}
	if w.need == nil {
		return "", cooperation.Absent()
	}
	if v.PostForm("sort") == "" {
		return "", wrong([]cooperation.FieldError{{Field: "need.sort", Message: message.New("error.invalid.required")}})
	}
	if _, err := p.Platform.RequestAssessment(v.Request.Context(), v.actor(), w.need.ID, cooperation.AssessmentSort(v.PostForm("sort")), v.PostForm("text"), v.PostForm("key")); err != nil {
		return "", ofKind("need", err)
	}
	return w.at(v, "/edit"), nil
}
