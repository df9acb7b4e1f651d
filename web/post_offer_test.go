package web_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"path"
	"regexp"
	"strings"
	"testing"

	"entente/cooperation"
)

var idOf = regexp.MustCompile(` id="[^"]*"`)

// beginOffer makes the draft of an offer of Norway and returns its address.
func (s *site) beginOffer(form ...string) string {
	s.t.Helper()
	page := s.ask(http.MethodGet, "/c/fctc/offers/new", http.StatusOK)
	key := regexp.MustCompile(`name="key" value="([^"]+)"`).FindStringSubmatch(page)[1]
	to := s.choose("/c/fctc/offers/new/create", append([]string{"key", key, "provider", "NO"}, form...)...)
	return strings.TrimSuffix(to, "/edit?done=created")
}

func TestAnOfferIsMadeInAMinute(t *testing.T) {
	s := newSite(t)
	one := narrow(t, s)
	s.posted([]cooperation.NeedContent{need(t, "Quitlines", "KE", one, cooperation.Training)}, nil)
	s.as(s.person("Provider of Norway", cooperation.ProviderRole, "NO"))
	at := s.beginOffer("title", "Trainers", "kind", "training", "theme", one, "description", "Two trainers for a fortnight.")
	page := s.ask(http.MethodGet, at+"/edit/check", http.StatusOK)
	s.has(page, "Two trainers for a fortnight.", "Which needs it would fit today", "Quitlines", at+"/edit/check/submit")
	if strings.Contains(page, "Before it can be submitted") || strings.Contains(page, `name="date"`) {
		t.Errorf("an indication lacks something:\n%s", page)
	}
	if to := s.choose(at+"/edit/check/submit", "version", "1"); to != at+"?done=submitted" {
		t.Errorf("an offer that is submitted leads to %s", to)
	}
	o, _, err := s.platform.Offer(cooperation.System("test"), path.Base(at))
	if err != nil || o.Status != cooperation.OfferSubmitted || o.Type != cooperation.Standing || o.Terms != cooperation.Free || o.Languages[0] != "en" {
		t.Errorf("the offer is %+v, %v", o, err)
	}
}

func TestAWholeOfferIsPostedByFormsAlone(t *testing.T) {
	s := newSite(t)
	one := narrow(t, s)
	provider, approver := s.person("Provider of Norway", cooperation.ProviderRole, "NO"), s.person("Approver of Norway", cooperation.Approver, "NO")
	for _, in := range []struct{ language, region, country string }{{"en", "Eastern Africa", "Kenya"}, {"ar", "شرق أفريقيا", "كينيا"}} {
		s.as(provider)
		s.cookies["language"] = in.language
		at := s.beginOffer("title", "Grants")
		s.fill(at, "what", "title", "Grants for quitlines", "description", "Money for two years.", "type", "specific", "content_language", "en")
		s.fill(at, "help", "themes[1]", one, "kinds[0].kind", "finance")
		s.fill(at, "firmness", "firmness", "pledge", "terms", "grant", "ceiling.amount", "100 000", "ceiling.currency", "USD", "capacity.unit", "amount", "tied", "true")
		s.fill(at, "languages", "languages[0]", "English", "languages[1]", "français")
		s.fill(at, "where", "regions[0]", in.region, "countries[0]", in.country, "excluded_countries[2]", "SO")
		s.fill(at, "eligibility", "eligibility.ldc", "true", "eligibility.income", "low", "eligibility.income", "lower-middle")
		s.fill(at, "when", "start", "2027-01-01", "end", "2028-12-31", "lead_days", "30")
		s.fill(at, "evidence", "evidence[0].title", "Lines of 2019", "evidence[0].year", "2019", "evidence[0].countries", in.country+", UG")
		s.fill(at, "declarations", "declarations", "no-tobacco-ties")
		s.fill(at, "contact", "focal_point.mail", "grants@example.org", "co_providers[0].participant", "SE", "co_providers[0].role", "funding")
		s.fill(at, "visibility", "visibility.ceiling", "public")
		if page := s.ask(http.MethodGet, at+"/edit/check", http.StatusOK); strings.Contains(page, "/check/submit") {
			t.Error("a pledge is submitted without its approver")
		}
		s.as(approver)
		s.cookies["language"] = in.language
		version := versionOf.FindStringSubmatch(s.ask(http.MethodGet, at+"/edit/check", http.StatusOK))[1]
		s.ask(http.MethodPost, at+"/edit/check/submit", http.StatusUnprocessableEntity, "version", version, "date", "")
		s.choose(at+"/edit/check/submit", "version", version, "date", "2026-01-15")
		o, _, err := s.platform.Offer(cooperation.System("test"), path.Base(at))
		if err != nil {
			t.Fatal(err)
		}
		if o.Status != cooperation.OfferSubmitted || o.Ceiling != (cooperation.Money{Amount: "100000", Currency: "USD"}) || o.Capacity.Unit != "amount" || !o.Tied || len(o.Languages) != 2 || o.Languages[1] != "fr" ||
			len(o.Regions) != 1 || o.Regions[0] != "014" || o.Countries[0].Alpha2() != "KE" || o.NotCountries[0].Alpha2() != "SO" || !o.Eligibility.LDC || len(o.Eligibility.Income) != 2 || o.LeadDays != 30 ||
			o.Evidence[0].Year != 2019 || len(o.Evidence[0].Countries) != 2 || len(o.Declarations) != 1 || o.CoProviders[0].Participant != "SE" || o.Visibility["ceiling"] != cooperation.ToPublic || o.Clearance == nil {
			t.Errorf("in %s the offer became %+v", in.language, o.OfferContent)
		}
	}
}

func TestEveryMatterOfAnOfferIsInSixLanguages(t *testing.T) {
	s := newSite(t)
	s.as(s.person("Provider of Norway", cooperation.ProviderRole, "NO"))
	at := s.beginOffer("title", "Grants")
	for _, language := range []string{"ar", "es", "fr", "ru", "zh"} {
		s.ask(http.MethodGet, "/c/fctc/offers/new?lang="+language, http.StatusOK)
		for _, below := range []string{"", "/check", "/what", "/help", "/firmness", "/languages", "/where", "/eligibility", "/when", "/evidence", "/declarations", "/partners", "/contact", "/files", "/translations", "/visibility"} {
			there := map[string]bool{}
			for _, id := range idOf.FindAllString(s.ask(http.MethodGet, at+"/edit"+below+"?lang="+language, http.StatusOK), -1) {
				if there[id] {
					t.Errorf("on %s two elements have%s", below, id)
				}
				there[id] = true
			}
		}
	}
	s.has(s.ask(http.MethodGet, "/c/fctc/desk", http.StatusOK), "Drafts", at+"/edit", "/c/fctc/offers/new")
	s.has(s.ask(http.MethodGet, "/c/fctc/offers", http.StatusOK), "/c/fctc/offers/new")
}

func TestTextsAreTranslatedBesideTheOriginal(t *testing.T) {
	s := newSite(t)
	s.as(s.person("Focal point of Kenya", cooperation.FocalPoint, "KE"))
	at := s.begin("Quitlines")
	page := s.ask(http.MethodGet, at+"/edit/translations?in=fr", http.StatusOK)
	s.has(page, `name="translations.fr.title"`, "Quitlines", at+"/edit/translations/save?in=fr")
	version := versionOf.FindStringSubmatch(page)[1]
	s.has(s.ask(http.MethodPost, at+"/edit/translations/save?in=fr", http.StatusUnprocessableEntity, "version", version, "translations.fr.title", strings.Repeat("é", 301)), strings.Repeat("é", 301), `href="#translations-fr-title"`)
	s.choose(at+"/edit/translations/save?in=fr", "version", version, "translations.fr.title", "Lignes d’aide")
	s.choose(at+"/edit/translations/save?in=es", "version", "2", "translations.es.title", "Líneas de ayuda", "then", "list")
	s.has(s.ask(http.MethodGet, at+"/edit/translations", http.StatusOK), "Lignes d’aide", "Líneas de ayuda")
	s.has(s.ask(http.MethodGet, at+"/edit/check", http.StatusOK), "French – Title")
	s.has(s.ask(http.MethodGet, at+"/edit?lang=fr", http.StatusOK), "Quitlines")
}

func TestFilesAreAttachedAndRemoved(t *testing.T) {
	s := newSite(t)
	s.as(s.person("Focal point of Kenya", cooperation.FocalPoint, "KE"))
	at := s.begin("Quitlines")
	pdf := "%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
	if w := s.sendFile(at+"/edit/files/add", "plan.pdf", pdf); w.Code != http.StatusSeeOther {
		t.Fatalf("a file is refused: %d\n%s", w.Code, w.Body)
	}
	page := s.ask(http.MethodGet, at+"/edit/files", http.StatusOK)
	s.has(page, "plan.pdf", "1 KiB", "/api/v1/needs/"+path.Base(at)+"/attachments/")
	s.has(s.ask(http.MethodGet, at+"/edit/check", http.StatusOK), "plan.pdf")
	for name, content := range map[string]string{"plan.exe": "MZ\x90\x00", "": ""} {
		w := s.sendFile(at+"/edit/files/add", name, content)
		if w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), `href="#add-file"`) {
			t.Errorf("%q: %d\n%s", name, w.Code, w.Body)
		}
	}
	if w := s.sendFile(at+"/edit/files/add", "long.pdf", pdf+strings.Repeat("x", cooperation.MaxFile)); w.Code != http.StatusRequestEntityTooLarge {
		t.Errorf("a file that is too large: %d", w.Code)
	}
	s.fill(at, "what", "title", "Quitlines still")
	file := regexp.MustCompile(`name="file" value="([0-9a-f]{64})"`).FindStringSubmatch(page)[1]
	s.choose(at+"/edit/files/remove", "file", file)
	s.has(s.ask(http.MethodGet, at+"/edit/files", http.StatusOK), "Nothing is attached.")
	s.ask(http.MethodPost, at+"/edit/files/save", http.StatusNotFound)
	s.as(s.person("Focal point of Fiji", cooperation.FocalPoint, "FJ"))
	if w := s.sendFile(at+"/edit/files/add", "plan.pdf", pdf); w.Code != http.StatusNotFound {
		t.Errorf("somebody else attaches a file: %d", w.Code)
	}
}

// sendFile sends a file, and further fields before it; one whose name ends with
// .csv is a file too.
func (s *site) sendFile(at, name, content string, fields ...string) *httptest.ResponseRecorder {
	s.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for i := 0; i < len(fields); i += 2 {
		if field, file := strings.CutSuffix(fields[i], ".csv"); !file {
			form.WriteField(field, fields[i+1])
		} else if part, err := form.CreateFormFile(field, fields[i]); err != nil {
			s.t.Fatal(err)
		} else if _, err := part.Write([]byte(fields[i+1])); err != nil {
			s.t.Fatal(err)
		}
	}
	if part, err := form.CreateFormFile("file", name); err != nil {
		s.t.Fatal(err)
	} else if _, err := part.Write([]byte(content)); err != nil {
		s.t.Fatal(err)
	}
	form.Close()
	r := httptest.NewRequest(http.MethodPost, "http://entente.example.org"+at, &body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	r.Header.Set("Accept-Language", s.language)
	for name, value := range s.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	return w
}
