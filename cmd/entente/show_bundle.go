package main

import (
	"fmt"

	"entente/cooperation"
	"entente/matching"
	"entente/message"
	"entente/platform"
)

// showMarks prints what kind of cooperation a pairing or a bundle is.
func (p *program) showMarks(marks []matching.Mark) {
	for _, m := range marks {
		fmt.Fprintf(p.out, "      %s\n", p.local.Render(m.Sentence(), nil))
	}
}

// showBundle prints the best bundle for a need, where there is one: what its
// members give together, and what each of them gives.
func (p *program) showBundle(i *installation, c *cooperation.Convention, r *platform.Ranking, need string) {
	report := r.Bundles(need)
	if len(report.Bundles) == 0 {
		return
	}
	names, best := i.platform.Names(c.ID), &report.Bundles[0]
	state, _ := i.platform.State(c.ID)
	fmt.Fprint(p.out, "   ")
	p.sayOf(names, "cli.match.bundle", message.Of(message.Text, "score", p.local.Score(int64(best.Score))))
	fmt.Fprintf(p.out, "      %s\n", p.local.Render(best.Sentence(r.Need(need)), names))
	p.showMarks(best.Marks)
	for _, m := range best.Members {
		title := m.Offer.ID
		if o, ok := state.Offer(m.Offer.ID); ok {
			title = o.Title
		}
		fmt.Fprint(p.out, "      + ")
		p.sayOf(names, "cli.match.member", message.Of(message.Text, "offer", title), message.Of(message.Party, "provider", string(m.Offer.Provider)))
		for _, sentence := range m.Sentences() {
			fmt.Fprintf(p.out, "        %s\n", p.local.Render(sentence, names))
		}
	}
}
