package web

import (
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"slices"
	"strings"

	"entente/cooperation"
)

// assessmentReport is the page on which the report on a need is written: what
// came of it in words, and what the need is to say from now on.
type assessmentReport struct {
	Title          string
	Of, OfLanguage string
	Back           link
	Address        string
	Version        uint64
	Fields         []field
	Matters        []reportedMatter
	Suggestions    []suggestions
}

// reportedMatter is a matter of the need as the report would have it.
type reportedMatter struct {
	Heading string
	Parts   []askedPart
	Open    bool
}

func (assessmentReport) template() string { return "assessment-report" }

func (r assessmentReport) title() string { return r.Title }

// filling lets the State take over what the report proposes, side by side with
// what its need says.
type filling struct {
	Address string // "" where nothing can be taken over any more, or by the reader
	Version uint64
	Rows    []filledRow
	Mistake string
	Note    string
}

// filledRow is a field of the need that the report proposes.
type filledRow struct {
	Name, Label   string
	Now, Proposed []fact
	Taken, Chosen bool
}

// reportedMatters are the pages of a need with what a report may propose of
// them.
func reportedMatters() []matter {
	may := func(path string) bool { return slices.Contains(cooperation.Proposable(), topOf(path)) }
	var out []matter
	for _, m := range needMatters() {
		var blocks []block
		for _, b := range m.Blocks {
			b.Entries = slices.DeleteFunc(slices.Clone(b.Entries), func(e entry) bool { return b.List == "" && !may(e.Path) })
			for i := range b.Entries {
				b.Entries[i].Must = false
			}
			if b.List != "" && may(b.List) || b.List == "" && len(b.Entries) > 0 {
				blocks = append(blocks, b)
			}
		}
		if m.Blocks = blocks; len(blocks) > 0 {
			out = append(out, m)
		}
	}
	return out
}

// matterOf is a single field of a need, with all that stands below it.
func matterOf(name string) *matter {
	out := &matter{Name: name}
	for _, m := range reportedMatters() {
		for _, b := range m.Blocks {
			if b.List == "" {
				b.Entries = slices.DeleteFunc(slices.Clone(b.Entries), func(e entry) bool { return topOf(e.Path) != name })
			}
			if b.List == name || b.List == "" && len(b.Entries) > 0 {
				out.Blocks = append(out.Blocks, b)
			}
		}
	}
	return out
}

// filling is what the report proposes, beside what the need says: as it is now
// for its own side, and as it was when the State asked for others.
func (p *pages) filling(v *visit, a *cooperation.Assessment, n *cooperation.Need) *filling {
	if len(a.Report.Proposed) == 0 {
		return nil
	}
	content := a.Draft
	if own, _, err := p.Platform.Need(v.actor(), n.ID); err == nil && cooperation.MayNeed(v.actor(), cooperation.Replace, own) {
		content = own.NeedContent
	}
	now, err := treeOf(content)
	if err != nil {
		return nil
	}
	text, err := json.Marshal(a.Report.Proposed)
	if err != nil {
		return nil
	}
	after, err := treeOf(json.RawMessage(text))
	if err != nil {
		return nil
	}
	out := &filling{Version: a.Version}
	switch {
	case v.mayAssess(a, n, cooperation.FillNeed, p.Platform.Now()):
		out.Address = v.within("/assessments/" + a.ID + "/fill")
	case !stillWritten(n):
		out.Note = v.text("page.assessment.submitted")
	default:
		out.Note = v.text("page.assessment.theirs")
	}
	for _, name := range proposedFields(a) {
		m := matterOf(name)
		out.Rows = append(out.Rows, filledRow{Name: name, Label: v.words.FieldLabel("need." + name), Now: v.facts("need", m, now), Proposed: v.facts("need", m, after),
			Taken: slices.Contains(a.Filled, name), Chosen: slices.Contains(v.posted["fields"], name)})
	}
	for i := range v.mistakes {
		if m := &v.mistakes[i]; out.Address != "" && topOf(m.Name) == "fields" {
			m.ID, m.Label, out.Mistake = "fields", v.text("page.assessment.proposed"), m.Sentence
		}
	}
	return out
}

// proposedFields are the fields that a report proposes, in the order in which a
// need is written.
func proposedFields(a *cooperation.Assessment) []string {
	order := map[string]int{}
	for _, m := range reportedMatters() {
		for _, f := range m.fields() {
			if top := topOf(f); order[top] == 0 {
				order[top] = len(order) + 1
			}
		}
	}
	names := slices.Sorted(maps.Keys(a.Report.Proposed))
	slices.SortStableFunc(names, func(x, y string) int { return order[x] - order[y] })
	return names
}

// reporting is what a report is written on: the need as it was when the State
// asked.
func (p *pages) reporting(v *visit) (*cooperation.Assessment, *work, error) {
	a, n, err := p.assessed(v)
	if err != nil {
		return nil, nil, err
	}
	if !v.mayAssess(a, n, cooperation.Report, p.Platform.Now()) && v.posted == nil {
		return nil, nil, cooperation.Refuse(cooperation.Forbidden, "error.forbidden.action")
	}
	t, err := treeOf(a.Draft)
	if err != nil {
		return nil, nil, err
	}
	return a, &work{need: &cooperation.Need{NeedContent: a.Draft}, matters: reportedMatters(), tree: t}, nil
}

func (p *pages) assessmentReport(v *visit) error {
	a, w, err := p.reporting(v)
	if err != nil {
		return err
	}
	at := v.within("/assessments/" + a.ID)
	out := assessmentReport{Title: v.text("page.assessment.write"), Of: a.Draft.Title, OfLanguage: string(a.Draft.ContentLanguage), Back: link{at, v.text("page.assessment.back")},
		Address: at + "/report/hand", Version: a.Version, Fields: []field{
			v.filled(field{Name: "report", Label: v.text("page.assessment.report_text"), Type: "textarea", Rows: 8, Most: 20000, Hint: v.text("page.assessment.report_hint")}),
			v.filled(field{Name: "report_link", Label: v.text("page.assessment.report_link"), Type: "url", Most: 500, Optional: true})}}
	hints, whole := cooperation.Unspecific(v.conv, &a.Draft), matter{}
	for i := range w.matters {
		m := &w.matters[i]
		whole.Blocks = append(whole.Blocks, m.Blocks...)
		one := reportedMatter{Heading: v.text("page.posting.need." + m.Name), Open: slices.ContainsFunc(hints, func(h cooperation.Hint) bool { return m.holds(h.Field) })}
		for j := range m.Blocks {
			part := v.askedPart(w, &m.Blocks[j])
			part.More = ""
			for k := range part.Rows {
				part.Rows[k].Remove = ""
			}
			one.Parts, one.Open = append(one.Parts, part), one.Open || part.wrong()
		}
		out.Matters = append(out.Matters, one)
	}
	out.Suggestions = v.suggestions(&whole)
	v.secret = true
	p.show(v, http.StatusOK, out)
	return nil
}

// wrong reports whether a field of the part is at fault.
func (p *askedPart) wrong() bool {
	at := func(f field) bool { return f.Mistake != "" }
	return slices.ContainsFunc(p.Fields, at) || slices.ContainsFunc(p.Rows, func(r askedRow) bool { return slices.ContainsFunc(r.Fields, at) })
}

// handReport hands the report over. What the form says otherwise than the draft
// is proposed to the State.
func (p *pages) handReport(v *visit) (string, error) {
	a, w, err := p.reporting(v)
	if err != nil {
		return "", err
	}
	before, err := treeOf(a.Draft)
	if err != nil {
		return "", err
	}
	readings := make([]reading, len(w.matters))
	var mistakes []cooperation.FieldError
	for i := range w.matters {
		readings[i] = v.read(&w.matters[i], w.tree)
		mistakes = append(mistakes, readings[i].inForm("need", &w.matters[i], readings[i].mistakes)...)
	}
	if err := wrong(mistakes); err != nil {
		return "", err
	}
	proposed, err := differing(before, w)
	if err != nil {
		return "", err
	}
	report := cooperation.MissionReport{Text: v.PostForm("report"), Link: v.PostForm("report_link"), Proposed: proposed}
	if _, err = p.Platform.ReportAssessment(v.Request.Context(), v.actor(), a.ID, v.match(), report); err != nil {
		return "", ofReport(w, readings, err)
	}
	return v.within("/assessments/" + a.ID), nil
}

// differing are the fields that the form says otherwise than the draft.
func differing(before tree, w *work) (map[string]json.RawMessage, error) {
	out := map[string]json.RawMessage{}
	same := func(name string) (bool, error) {
		old, err := json.Marshal(before[name])
		if err != nil {
			return false, err
		}
		if out[name], err = json.Marshal(w.tree[name]); err != nil {
			return false, err
		}
		return string(old) == string(out[name]), nil
	}
	costs, err := same("costs")
	if err != nil {
		return nil, err
	}
	if !costs {
		w.complete()
	}
	for _, name := range cooperation.Proposable() {
		unchanged, err := same(name)
		if err != nil {
			return nil, err
		}
		if unchanged {
			delete(out, name)
		}
	}
	return out, nil
}

// ofReport leads what was wrong with a report to the fields of its form.
func ofReport(w *work, readings []reading, err error) error {
	var refusal *cooperation.Error
	if !errors.As(err, &refusal) {
		return err
	}
	e := &cooperation.Error{Code: refusal.Code, Message: refusal.Message}
	for _, f := range refusal.Fields {
		name, proposed := strings.CutPrefix(f.Field, "proposed.")
		switch {
		case f.Field == "text":
			f.Field = "report"
		case f.Field == "link":
			f.Field = "report_link"
		case proposed:
			f.Field = name
			for i := range w.matters {
				if w.matters[i].holds(name) {
					f = readings[i].inForm("need", &w.matters[i], []cooperation.FieldError{f})[0]
					break
				}
			}
		}
		e.Fields = append(e.Fields, f)
	}
	return e
}
