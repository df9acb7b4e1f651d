package access

// Methods are the ways in besides the password.
type Methods struct {
	Link      bool // a one-time link by mail
	Passkey   bool
	Providers []Method
}

// Method is an identity provider as people are shown it.
type Method struct{ Name, Title, Start string }

// Methods says which ways in this installation offers.
func (a *Access) Methods() Methods {
	m := a.methods
	for _, p := range a.providers {
		m.Providers = append(m.Providers, Method{Name: p.Name, Title: p.Title, Start: "/auth/oidc/" + p.Name + "/start"})
	}
	return m
}
