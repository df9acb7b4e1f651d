package access

// Methods are the ways in besides the password.
type Methods struct {
	Link    bool // a one-time link by mail
	Passkey bool
}

// Methods says which ways in this installation offers.
func (a *Access) Methods() Methods { return a.methods }
