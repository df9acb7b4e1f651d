package cooperation_test

import (
	"testing"

	"entente/cooperation"
)

func TestTheRestOfALineOfTheProgrammeIsWhatNobodyHasAgreedToGive(t *testing.T) {
	x := &cooperation.ProgrammeActivity{ProgrammeContent: cooperation.ProgrammeContent{Number: "1.6", Currency: "USD", Cost: "250000", Core: "40000", Voluntary: "60000", Sought: "150000"}}
	x.ID, x.Convention = "line", pilotID
	need := func(of, amount, currency string) *cooperation.Need {
		n := needIn("open")
		n.ProgrammeActivity, n.Admitted = of, noon
		n.Coverage.Agreed, n.Coverage.Partners = cooperation.Money{Amount: amount, Currency: currency}, []string{"p"}
		return n
	}
	draft := need("line", "9", "USD")
	draft.Admitted = cooperation.Need{}.Admitted
	elsewhere := need("line", "9", "USD")
	elsewhere.Convention = "another"
	f := x.Funding([]*cooperation.Need{need("line", "90000", "USD"), need("1.6", "35000.50", "USD"), need("1.7", "9", "USD"), need("", "9", "USD"), need("line", "9", "EUR"), draft, elsewhere})
	if f.Cost != 25000000 || f.Core != 4000000 || f.Voluntary != 6000000 || f.Sought != 15000000 || f.Agreed != 12500050 || f.Rest != 2499950 {
		t.Errorf("the funding is %+v", f)
	}
	if len(f.Needs) != 3 || f.Needs[0].Agreed != 9000000 || f.Needs[0].Partnerships != 1 || f.Needs[2].Agreed != 0 {
		t.Errorf("the needs are %+v", f.Needs)
	}
	x.Sought, x.Voluntary = "", "210000"
	if f := x.Funding([]*cooperation.Need{need("line", "90000", "USD")}); f.Rest != 0 {
		t.Errorf("once all was found, the rest is %d", f.Rest)
	}
}
