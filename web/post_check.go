package web

import (
	"net/http"

	"entente/cooperation"
	"entente/message"
)

// postingCheck shows a posting whole before it is submitted, with what is wrong
// and what is missing.
type postingCheck struct {
	Title          string
	Of, OfLanguage string
	List           link
	Matters        []checked
	Wrong          []linkedSentence
	Glance         glance
	Submit         *act
	Note           string // why the reader does not submit it himself
}

// checked is a matter with what was filled in.
type checked struct {
	Name, Heading string
	Change        link
	Facts         []fact
	Word          string // how far it has come
	Standing      string
}

// linkedSentence is a sentence with the page on which it is mended.
type linkedSentence struct {
	Link     link
	Sentence string
}

func (postingCheck) template() string { return "posting-check" }

func (c postingCheck) title() string { return c.Title }

// check shows what was filled in.
func (p *pages) check(v *visit) error {
	w, err := p.work(v)
	if err != nil {
		return err
	}
	title, language := w.heading()
	out := postingCheck{Title: v.text("page.posting.check"), Of: title, OfLanguage: language, List: link{w.at(v, "/edit"), v.text("page.posting.list")}}
	lacks, hints := p.lacks(v, w), v.unspecific(w)
	for i := range w.matters {
		m := &w.matters[i]
		heading, standing := v.text("page.posting."+w.kind()+"."+m.Name), m.standing(w.tree, lacks, hints)
		out.Matters = append(out.Matters, checked{Name: m.Name, Heading: heading, Change: link{w.at(v, "/edit/"+m.Name), v.text("page.posting.change")},
			Facts: v.facts(w.kind(), m, w.tree), Standing: standing, Word: v.text("page.posting.standing." + standing)})
		for _, l := range lacks {
			if m.holds(l.Field) {
				out.Wrong = append(out.Wrong, linkedSentence{link{w.at(v, "/edit/"+m.Name+"#"+idOf(l.Field)), v.words.FieldLabel(w.kind() + "." + l.Field)}, v.say(l.Message)})
			}
		}
	}
	out.Glance = p.glance(v, w, nil)
	p.submission(v, w, &out, len(hints))
	p.show(v, http.StatusOK, out)
	return nil
}

// submission is the step by which a posting is handed to the secretariat, for
// those who may take it.
func (p *pages) submission(v *visit, w *work, out *postingCheck, hints int) {
	switch {
	case !w.unsent():
		return
	case !w.may(v, cooperation.Submit):
		out.Note = v.text("page.posting.approver." + w.kind())
		return
	}
	label := "page.posting.submit"
	var fields []field
	if w.need != nil || w.offer.Firmness != cooperation.Indication {
		fields = []field{
			{Name: "date", Label: v.words.FieldLabel("need.clearance.date"), Type: "date", Value: cooperation.DateOf(p.Platform.Now()).String()},
			{Name: "reference", Label: v.words.FieldLabel("need.clearance.reference"), Most: 200, Optional: true, Hint: v.text("page.posting.hint.clearance")},
		}
	} else {
		label = "page.posting.submit.indication"
	}
	if hints > v.conv.UnspecificThreshold {
		fields = append(fields, field{Name: "insist", Label: v.text("page.posting.insist"), Type: "checks", Optional: true, Hint: v.text("page.posting.insist.hint"),
			Choices: []choice{{Tag: "true", Name: v.text("page.posting.insist.yes")}}})
	}
	a := v.act(w.at(v, "/edit/check/submit"), label, w.meta().Version, fields...)
	a.Main = true
	out.Submit = &a
}

// submit hands a posting to the secretariat, with the clearance of its State or
// provider where it needs one.
func (p *pages) submit(v *visit) (string, error) {
	w, err := p.work(v)
	if err != nil {
		return "", err
	}
	date, err := cooperation.ParseDate(latinDigits(v.PostForm("date")))
	if err != nil {
		return "", wrong([]cooperation.FieldError{{Field: w.kind() + ".clearance.date", Message: message.New("error.invalid.date")}})
	}
	clearance := cooperation.Clearance{Date: date, Reference: v.PostForm("reference")}
	if w.need != nil {
		_, err = p.Platform.SubmitNeed(v.Request.Context(), v.actor(), w.need.ID, v.match(), clearance, v.PostForm("insist") != "")
	} else {
		given := &clearance
		if w.offer.Firmness == cooperation.Indication {
			given = nil
		}
		_, err = p.Platform.SubmitOffer(v.Request.Context(), v.actor(), w.offer.ID, v.match(), given)
	}
	if err != nil {
		return "", ofKind(w.kind(), err)
	}
	return w.at(v, ""), nil
}
