package cooperation

// Funding is how a line of the programme is paid for: what there is, what
// partnerships have agreed to give for the needs of States that are part of it,
// and the rest that is still to be sought. Amounts are minor units of the
// currency of the line.
type Funding struct {
	Cost, Core, Voluntary, Sought int64
	Agreed                        int64 // of what is sought, by partnerships
	Rest                          int64 // that nobody has agreed to give
	Needs                         []FundedNeed
}

// FundedNeed is a need that is part of a line of the programme.
type FundedNeed struct {
	Need         *Need
	Agreed       int64
	Partnerships int
}

// Carries reports whether a need says that it is this line of the programme, by
// its id or by its number.
func (x *ProgrammeActivity) Carries(n *Need) bool {
	return n.ProgrammeActivity != "" && n.Convention == x.Convention && (n.ProgrammeActivity == x.ID || n.ProgrammeActivity == x.Number)
}

// Funding adds up what the needs, as a reader may see them, have found for the
// activity in its currency. Once the secretariat has said that all of it was
// found, what was agreed is part of that.
func (x *ProgrammeActivity) Funding(needs []*Need) Funding {
	minor := func(amount string) int64 {
		m, err := Money{amount, x.Currency}.Minor()
		if err != nil {
			return 0 // it is not stated
		}
		return m
	}
	f := Funding{Cost: minor(x.Cost), Core: minor(x.Core), Voluntary: minor(x.Voluntary), Sought: minor(x.Sought)}
	for _, n := range needs {
		if !x.Carries(n) || n.Admitted.IsZero() {
			continue
		}
		one := FundedNeed{Need: n, Partnerships: len(n.Coverage.Partners)}
		if n.Coverage.Agreed.Currency == x.Currency {
			one.Agreed = minor(n.Coverage.Agreed.Amount)
		}
		f.Agreed += one.Agreed
		f.Needs = append(f.Needs, one)
	}
	f.Rest = max(f.Sought-f.Agreed, 0)
	return f
}
