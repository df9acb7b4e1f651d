package platform_test

import (
	"testing"

	"entente/cooperation"
)

func TestWhoWouldFitAPostingIsKnownWhileItIsWritten(t *testing.T) {
	on := newPlace(t).open()
	n, o := openNeed(t, on, "Smoke-free law"), openOffer(t, on, "Advisers")
	draft, err := on.CreateNeed(t.Context(), focal, "fctc", cooperation.NeedContent{Title: "New", Beneficiaries: n.Beneficiaries}, "")
	if err != nil {
		t.Fatal(explain(err))
	}
	m, err := on.PreviewNeed(focal, draft.ID, n.NeedContent, 10)
	if err != nil || len(m.Report.Matches) != 1 || m.Report.Matches[0].ID != o.ID || len(m.Parts[o.ID]) == 0 {
		t.Fatalf("the offer does not fit the draft: %+v, %v", m, explain(err))
	}
	norway := n.NeedContent
	norway.Beneficiaries = nil // whoever is named instead, it stays the State that asks
	if m, err := on.PreviewNeed(focal, draft.ID, norway, 10); err != nil || len(m.Report.Matches) != 1 {
		t.Errorf("another beneficiary counts: %+v, %v", m, explain(err))
	}
	if m, err := on.PreviewNeed(focal, draft.ID, draft.NeedContent, 10); err != nil || len(m.Report.Matches) != 0 {
		t.Errorf("something fits a need that says nothing: %+v, %v", m, explain(err))
	}
	if m, err := on.NeedMatches(focal, draft.ID, 10); err != nil || len(m.Report.Matches) != 0 {
		t.Errorf("the draft itself is paired: %+v, %v", m, explain(err))
	}
	_, err = on.PreviewNeed(provider, draft.ID, n.NeedContent, 10)
	wantCode(t, err, cooperation.NotFound, "error.not_found.document")
	_, err = on.PreviewNeed(provider, n.ID, n.NeedContent, 10)
	wantCode(t, err, cooperation.Forbidden, "error.forbidden.matches")

	offer, err := on.CreateOffer(t.Context(), provider, "fctc", cooperation.OfferContent{Title: "New", Provider: o.Provider}, "")
	if err != nil {
		t.Fatal(explain(err))
	}
	if m, err := on.PreviewOffer(provider, offer.ID, o.OfferContent, 10); err != nil || len(m.Report.Matches) != 1 || m.Report.Matches[0].ID != n.ID {
		t.Errorf("the need does not fit the draft: %+v, %v", m, explain(err))
	}
	_, err = on.PreviewOffer(focal, offer.ID, o.OfferContent, 10)
	wantCode(t, err, cooperation.NotFound, "error.not_found.document")
	_, err = on.PreviewOffer(focal, o.ID, o.OfferContent, 10)
	wantCode(t, err, cooperation.Forbidden, "error.forbidden.matches")
}
