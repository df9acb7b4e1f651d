package web

import (
	"net/http"

	"entente/cooperation"
)

// postingTasks is the list of matters of a posting.
type postingTasks struct {
	Title, Language    string
	Whose              string
	Status, StatusCode string
	Returned           string // why it was sent back
	Lead               string
	Groups             []taskGroup
	Check              link
	Back               link
	Acts               []act
	Helped             []assessmentRow // help that was asked for, with what became of it
	Glance             glance
}

// taskGroup are some matters under a heading.
type taskGroup struct {
	ID, Heading string
	Tasks       []task
}

// task is a matter with how far it has come.
type task struct {
	Link           link
	Standing, Word string
}

func (postingTasks) template() string { return "posting-tasks" }

func (t postingTasks) title() string { return t.Title }

// tasks shows what is to be filled in.
func (p *pages) tasks(v *visit) error {
	w, err := p.work(v)
	if err != nil {
		return err
	}
	title, language := w.heading()
	c := w.card(v)
	out := postingTasks{Title: title, Language: language, Whose: c.Whose, Status: c.Status, StatusCode: c.StatusCode,
		Lead: v.text("page.posting.tasks.lead"), Check: link{w.at(v, "/edit/check"), v.text("page.posting.check")}, Back: link{w.at(v, ""), v.text("page.posting.back." + w.kind())}}
	if r := w.returned(); r != nil {
		out.Returned = r.Text
	}
	lacks, hints := p.lacks(v, w), v.unspecific(w)
	asked, more := taskGroup{ID: "asked", Heading: v.text("page.posting.asked")}, taskGroup{ID: "more", Heading: v.text("page.posting.specific")}
	for i := range w.matters {
		m := &w.matters[i]
		standing := m.standing(w.tree, lacks, hints)
		t := task{Link: link{w.at(v, "/edit/"+m.Name), v.text("page.posting." + w.kind() + "." + m.Name)}, Standing: standing, Word: v.text("page.posting.standing." + standing)}
		if m.Asked {
			asked.Tasks = append(asked.Tasks, t)
		} else {
			more.Tasks = append(more.Tasks, t)
		}
	}
	out.Groups = []taskGroup{asked, more}
	if w.unsent() && w.may(v, cooperation.Withdraw) {
		out.Acts = []act{v.act(w.at(v, "/edit/discard"), "page.posting.discard", w.meta().Version)}
	}
	if err := v.help(w, &out); err != nil {
		return err
	}
	out.Glance = p.glance(v, w, nil)
	p.show(v, http.StatusOK, out)
	return nil
}

// discard takes a draft back.
func (p *pages) discard(v *visit) (string, error) {
	w, err := p.work(v)
	if err != nil {
		return "", err
	}
	if w.need != nil {
		_, err = p.Platform.WithdrawNeed(v.Request.Context(), v.actor(), w.need.ID, v.match(), "")
	} else {
		_, err = p.Platform.WithdrawOffer(v.Request.Context(), v.actor(), w.offer.ID, v.match(), "")
	}
	if err != nil {
		return "", err
	}
	return v.within("/desk"), nil
}
