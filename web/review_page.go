package web

import (
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"entente/catalogue"
	"entente/cooperation"
	"entente/message"
)

// reviews lists the reviews that a reader follows: as an observer who is
// invited, as one who sits on a body, or as a side.
type reviews struct {
	Title, Lead string
	Tabs        []stepTab
	Cards       []card
	Next, First string
}

func (reviews) template() string { return "reviews" }

func (r reviews) title() string { return r.Title }

// reviewPage is a review for those who are invited to it and do not decide: what
// is before the members, what is said openly, and a place for a word of their
// own.
type reviewPage struct {
	Title   string
	Back    link
	Body    string
	Advice  said
	Review  *reviewed
	Cases   []reviewedCase
	Acts    []act
	Whole   []link // the pages of its proposals, for those who may read these
	History string
}

// reviewedCase is a pairing as it is before the members.
type reviewedCase struct {
	Need   *card
	Offers []card
}

func (reviewPage) template() string { return "review" }

func (r reviewPage) title() string { return r.Title }

// serveReviewPages adds the pages of reviews by themselves.
func (p *pages) serveReviewPages(engine *gin.Engine) {
	const at = "/c/:convention/reviews"
	p.private(engine, at, p.reviewList)
	p.private(engine, at+"/:id", p.reviewPage)
	p.act(engine, at+"/:id/comment", "review.comment", p.reviewPage, func(v *visit) (string, error) {
		_, err := p.Platform.CommentReview(v.Request.Context(), v.actor(), v.Param("id"), v.match(), v.PostForm("text"))
		return v.within("/reviews/" + v.Param("id")), err
	})
}

// reviewsUnderWay are the steps of a review that has not ended.
func reviewsUnderWay() []cooperation.ReviewStatus {
	return slices.DeleteFunc(slices.Clone(cooperation.ReviewStatuses()), func(s cooperation.ReviewStatus) bool { return !s.Under() })
}

func (p *pages) reviewList(v *visit) error {
	q := catalogue.ReviewQuery{Day: v.conv.Timekeeper(v.state, p.Platform.Now()).Today(), Cursor: v.Query("cursor"), Limit: perPage}
	all := v.Query("status") == "all"
	if !all {
		q.Status = reviewsUnderWay()
	}
	out := reviews{Title: v.text("page.reviews.title"), Lead: v.text("page.reviews.lead"), Tabs: []stepTab{
		{Link: link{v.within("/reviews"), v.text("page.assessments.under_way")}, Chosen: !all}, {Link: link{v.within("/reviews?status=all"), v.text("page.queue.all")}, Chosen: all}}}
	found, err := v.state.Reviews(v.actor(), q)
	if err != nil {
		return err
	}
	for _, r := range found.Items {
		out.Cards = append(out.Cards, p.reviewCard(v, r))
	}
	if found.Next != "" {
		out.Next = v.here("cursor", found.Next)
	}
	if q.Cursor != "" {
		out.First = v.here("cursor", "")
	}
	p.show(v, http.StatusOK, out)
	return nil
}

// reviewCard is a review in short.
func (p *pages) reviewCard(v *visit, r *cooperation.Review) card {
	c := card{Address: v.within("/reviews/" + r.ID), Title: v.text("page.review.title"), Whose: v.name(message.Body, r.Committee), Status: v.name(message.Status, "review."+string(r.Status)), StatusCode: string(r.Status)}
	if len(r.Cases) > 0 {
		if to, whose := v.needLink(r.Cases[0].Need.ID); to.Text != "" {
			c.Title, c.Whose = to.Text, c.Whose+" · "+whose
		}
	}
	for _, clock := range r.Clocks(v.conv.Timekeeper(v.state, p.Platform.Now())) {
		c.Facts = append(c.Facts, fact{Label: v.text("clock." + string(clock.Kind)), Value: v.until(&clock, p)})
	}
	return c
}

// followed are the reviews under way to which the reader is invited without
// deciding.
func (p *pages) followed(v *visit) ([]card, error) {
	day := v.conv.Timekeeper(v.state, p.Platform.Now()).Today()
	found, err := v.state.Reviews(v.actor(), catalogue.ReviewQuery{Day: day, Status: reviewsUnderWay(), Limit: mostOnDesk})
	if err != nil {
		return nil, err
	}
	var out []card
	for _, r := range found.Items {
		if b, _ := v.conv.Committee(r.Committee); cooperation.SeesReview(v.actor(), r, &b, day) == cooperation.SeesPublic {
			out = append(out, p.reviewCard(v, r))
		}
	}
	return out, nil
}

func (p *pages) reviewPage(v *visit) error {
	r, err := p.Platform.Review(v.actor(), v.Param("id"))
	if err != nil {
		return err
	}
	if r.Convention != v.conv.ID {
		return cooperation.Absent()
	}
	cases, err := p.Platform.ReviewCases(v.Request.Context(), v.actor(), r.ID)
	if err != nil {
		return err
	}
	out := reviewPage{Title: v.text("page.review.title"), Back: link{v.within("/reviews"), v.text("page.reviews.title")}, Body: v.name(message.Body, r.Committee), Review: p.reviewed(v, r), History: v.within("/reviews/" + r.ID + "/history")}
	out.Review.Together = nil
	for i := range cases {
		one := reviewedCase{}
		if n := cases[i].Need; n != nil {
			c := v.needCard(n)
			one.Need = &c
			if i == 0 {
				out.Title = c.Title
			}
		}
		for _, o := range cases[i].Offers {
			one.Offers = append(one.Offers, v.offerCard(o))
		}
		out.Cases = append(out.Cases, one)
	}
	for _, id := range r.Proposals {
		if q, err := p.Platform.Proposal(v.actor(), id); err == nil {
			c := v.proposalCard(q)
			out.Whole = append(out.Whole, link{c.Address, c.Title})
		}
	}
	body, _ := v.conv.Committee(r.Committee)
	day := v.conv.Timekeeper(v.state, p.Platform.Now()).Today()
	switch adviser, named := body.AdviserOn(day); {
	case r.Advice != nil:
		out.Advice = said{Who: v.country(r.Advice.Country), When: v.words.Date(r.Advice.Time), Text: r.Advice.Text}
	case named:
		out.Advice = said{Who: v.country(adviser), Remark: v.text("page.case.not_advised")}
	default:
		out.Advice = said{Remark: v.text("page.case.no_adviser")}
	}
	if r.May(cooperation.CommentReview, v.actor(), &body, day) {
		a := v.reviewAct(v.within("/reviews/"+r.ID+"/"), cooperation.CommentReview, r)
		a.Main = true
		out.Acts = append(out.Acts, a)
	}
	v.secret = true
	p.show(v, http.StatusOK, out)
	return nil
}
