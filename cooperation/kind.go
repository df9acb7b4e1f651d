package cooperation

// Kind is a kind of assistance, the same list for needs and offers.
type Kind string

// The kinds of assistance.
const (
	Finance     Kind = "finance"
	Expertise   Kind = "expertise"
	Training    Kind = "training"
	Equipment   Kind = "equipment"
	Legal       Kind = "legal"       // legislation, policy, litigation
	Institution Kind = "institution" // procedures, institution building
	Research    Kind = "research"
	Information Kind = "information"
)

// Kinds lists all kinds in their order of presentation.
func Kinds() []Kind {
	return []Kind{Finance, Expertise, Training, Equipment, Legal, Institution, Research, Information}
}

// Valid reports whether k is one of the kinds.
func (k Kind) Valid() bool {
	switch k {
	case Finance, Expertise, Training, Equipment, Legal, Institution, Research, Information:
		return true
	}
	return false
}
