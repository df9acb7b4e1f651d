package api_test

import (
	"encoding/json"
	"strings"
	"testing"

	"entente/api"
	"entente/i18n/i18ntest"
)

// deprecated is the description with one operation that will be taken away.
func deprecated(t *testing.T, decided, sunset string) []byte {
	t.Helper()
	var doc map[string]any
	if err := json.Unmarshal(read(t, "openapi.json"), &doc); err != nil {
		t.Fatal(err)
	}
	op := doc["paths"].(map[string]any)["/api/v1/conventions/{id}"].(map[string]any)["get"].(map[string]any)
	op["deprecated"], op["x-deprecated"], op["x-sunset"] = true, decided, sunset
	text, err := json.Marshal(doc)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestWhatWillBeTakenAwaySaysSoWithEveryAnswer(t *testing.T) {
	i := install(t)
	i.handler = api.NewDescribed(api.Options{Platform: i.platform, Access: i.access, Texts: i18ntest.Strict(t), Logger: i.logger}, deprecated(t, "2027-01-01", "2028-01-01"))
	for _, a := range []*answer{
		i.ask("", "GET", "/api/v1/conventions/fctc", nil).is(200),
		i.ask("", "GET", "/api/v1/conventions/none", nil).is(404),
		i.ask("", "GET", "/api/v1/conventions/fctc?x=1", nil).is(400),
		i.ask("", "GET", "/api/v1/conventions/fctc", nil, "Authorization", "Bearer wrong").is(401),
	} {
		for header, want := range map[string]string{"Deprecation": "@1798761600", "Sunset": "Sat, 01 Jan 2028 00:00:00 GMT", "Link": `</docs>; rel="deprecation"; type="text/html"`} {
			if got := a.Header.Get(header); got != want {
				t.Errorf("%d says %s: %s and not %s", a.Status, header, got, want)
			}
		}
	}
	for _, path := range []string{"/api/v1/conventions", "/api/v1/conventions/fctc/parties", "/none"} {
		if a := i.ask("", "GET", path, nil); a.Header.Get("Deprecation")+a.Header.Get("Sunset") != "" {
			t.Errorf("%s is not deprecated and says %v", path, a.Header)
		}
	}
}

func TestNothingIsTakenAwayAtShortNotice(t *testing.T) {
	for _, days := range [][2]string{{"2027-01-01", "2027-12-31"}, {"2027-01-01", ""}, {"", "2028-01-01"}, {"soon", "later"}} {
		func() {
			defer func() {
				if said, ok := recover().(error); !ok || !strings.Contains(said.Error(), "getConvention") {
					t.Errorf("%v is accepted: %v", days, said)
				}
			}()
			api.NewDescribed(api.Options{}, deprecated(t, days[0], days[1]))
		}()
	}
}
