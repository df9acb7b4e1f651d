package cooperation

// MayName decides who may name the members, chairs, officers, observers and
// the contact of committees.
func MayName(a Actor, convention string) bool { return !a.ReadOnly && a.Has(convention, Secretariat) }

// SeesContact decides who may know to which mailbox a committee's messages go.
func SeesContact(a Actor, convention, committee string) bool {
	return a.system || a.Has(convention, Secretariat) || a.sitsOn(convention, committee)
}
