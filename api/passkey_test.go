package api_test

import (
	"encoding/json"
	"strconv"

	"github.com/descope/virtualwebauthn"

	"entente/access/accesstest"
)

// keyring makes passkeys and signs with them, as a device beside the browser
// does. Each is a new person's, whose session is left in cookie.
type keyring struct {
	*installation
	cookie []string
	people int
}

// site is where the keys are for.
func (k *keyring) site() virtualwebauthn.RelyingParty {
	return virtualwebauthn.RelyingParty{Name: "Entente", ID: "entente.example.org", Origin: "https://entente.example.org"}
}

// begin begins a ceremony and returns its name and what the browser is asked.
func (k *keyring) begin(path string) (name, options string) {
	k.t.Helper()
	var c struct {
		Ceremony string
		Options  json.RawMessage
	}
	k.ask("", "POST", path, nil, "Cookie", k.cookie[1]).is(200).into(&c)
	return c.Ceremony, string(c.Options)
}

// make is the body that adds a passkey of a new person.
func (k *keyring) make() any {
	k.t.Helper()
	body, _, _ := k.made()
	return body
}

func (k *keyring) made() (body map[string]any, user string, key virtualwebauthn.Credential) {
	k.t.Helper()
	k.people++
	mail := "holder" + strconv.Itoa(k.people) + "@example.org"
	user = k.guest(mail, "en").ID
	k.cookie[1] = k.signIn(mail, phrase).is(200).cookie()
	name, options := k.begin("/api/v1/me/passkeys/begin")
	parsed, err := virtualwebauthn.ParseAttestationOptions(options)
	if err != nil {
		k.t.Fatal(err)
	}
	key = accesstest.NewKey(k.t)
	answer := virtualwebauthn.CreateAttestationResponse(k.site(), virtualwebauthn.NewAuthenticator(), key, *parsed)
	return map[string]any{"ceremony": name, "name": "Office laptop", "credential": json.RawMessage(answer)}, user, key
}

// add gives a new person a passkey.
func (k *keyring) add() (id, user string, key virtualwebauthn.Credential) {
	k.t.Helper()
	body, user, key := k.made()
	a := k.ask("", "POST", "/api/v1/me/passkeys", body, "Cookie", k.cookie[1]).is(201)
	var made struct{ ID string }
	a.into(&made)
	k.cookie[1] = a.cookie()
	return made.ID, user, key
}

// spare is a passkey that can be removed.
func (k *keyring) spare() string {
	k.t.Helper()
	id, _, _ := k.add()
	return id
}

// sign is the body that signs a new person in.
func (k *keyring) sign() any {
	k.t.Helper()
	_, user, key := k.add()
	name, options := k.begin("/api/v1/sign-in/passkey/begin")
	parsed, err := virtualwebauthn.ParseAssertionOptions(options)
	if err != nil {
		k.t.Fatal(err)
	}
	device := virtualwebauthn.NewAuthenticator()
	device.Options.UserHandle = []byte(user)
	return map[string]any{"ceremony": name, "credential": json.RawMessage(virtualwebauthn.CreateAssertionResponse(k.site(), device, key, *parsed))}
}
