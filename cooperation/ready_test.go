package cooperation_test

import "testing"

func TestWhatKeepsAPostingFromBeingSubmittedIsKnownBefore(t *testing.T) {
	conv := pilot()
	n, o := fullNeed(), fullOffer()
	if lacks := conv.NeedLacks(&n, noon); len(lacks) != 0 {
		t.Errorf("a whole need lacks %v", lacks)
	}
	if lacks := conv.OfferLacks(&o, noon); len(lacks) != 0 {
		t.Errorf("a whole offer lacks %v", lacks)
	}
	n.Problem, n.Themes, o.Firmness = "", nil, ""
	if lacks := conv.NeedLacks(&n, noon); len(lacks) != 2 || lacks[0].Field != "problem" || lacks[1].Field != "themes" {
		t.Errorf("the need lacks %v", lacks)
	}
	if lacks := conv.OfferLacks(&o, noon); len(lacks) != 1 || lacks[0].Field != "firmness" {
		t.Errorf("the offer lacks %v", lacks)
	}
}
