package web

import (
	"bytes"
	"html/template"
	"log/slog"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"entente/i18n"
)

// exhibits are one value of every sort of page.
func exhibits() []page {
	return []page{
		fitsPage{},
		assessment{}, assessmentReport{}, assessments{},
		officeChore{}, officeChores{}, officeImport{},
		needsOverview{}, recommendation{}, recommendationForm{}, recommendations{}, reviewPage{}, reviews{},
		agreement{}, bodies{}, body{}, convention{}, countries{}, countryPage{}, demo{}, desk{}, &form{}, history{}, home{}, introduction{}, lessons{}, listing{}, matrix{}, meeting{},
		office{}, officeAudit{}, outboxPage{}, officeParties{}, officePeople{}, officePerson{}, officeRun{}, officeRuns{}, openData{}, partnership{}, partnerships{}, plain{}, planPage{}, posting{}, postingCheck{}, postingFiles{}, postingMatter{}, postingNew{}, postingTasks{}, profile{}, programmeLine{}, programmePage{}, proposal{}, queue{}, reply{}, rulebook{}, searchPage{}, termsForm{}, themePage{}, toldPage{}, weightsPage{}}
}

// Gallery shows every page alone, with made-up values and without a platform:
// "/proposal" with all that it may show, "/proposal?bare=1" with as little as it
// must, each in the language of the address. What people may write in the pages
// is as bad as what they could write.
func Gallery(texts *i18n.Catalogue, logger *slog.Logger) http.Handler {
	p := &pages{Options: Options{Texts: texts, Logger: logger}, templates: newTemplates(texts), files: newAssets()}
	gin.SetMode(gin.ReleaseMode)
	engine := gin.New()
	engine.GET("/static/:name", p.files.serve)
	engine.POST("/settings", p.settings)
	engine.GET("/", func(c *gin.Context) {
		list := plain{Title: "Entente"}
		for _, one := range exhibits() {
			list.Links = append(list.Links, link{"/" + one.template(), one.template()}, link{"/" + one.template() + "?bare=1", one.template() + " –"})
		}
		p.exhibit(c, list)
	})
	engine.GET("/:page", func(c *gin.Context) {
		for _, one := range exhibits() {
			if one.template() == c.Param("page") {
				p.exhibit(c, made(one, c.Query("bare") == ""))
				return
			}
		}
		c.Status(http.StatusNotFound)
	})
	return engine
}

// exhibit writes a page of the gallery in a frame of which everything is shown.
func (p *pages) exhibit(c *gin.Context, content page) {
	words := p.local(c)
	theme, err := c.Cookie(themeCookie)
	if err != nil || theme != "light" && theme != "dark" {
		theme = ""
	}
	f := &frame{Language: words.Language(), Direction: words.Direction(), Theme: theme, Title: content.title(), Style: p.files.address["style.css"], Script: p.files.address["page.js"], Icon: p.files.address["icon.svg"],
		Here: c.Request.URL.RequestURI(), Languages: chosen(p.Texts, words.Language()), Who: badly[2], Door: link{"/", words.Text("web.sign_out.title")}, Convention: "Entente", Home: "/", Search: "/",
		Nav: []link{{"/", words.Text("page.needs.title")}, {"/", words.Text("page.offers.title")}}}
	var body, whole bytes.Buffer
	set := p.templates[words.Language()]
	err = set.ExecuteTemplate(&body, content.template(), content)
	if err == nil {
		f.Body = template.HTML(body.String()) //nolint:gosec // written by a template, which has escaped what is in it
		err = set.ExecuteTemplate(&whole, "frame", f)
	}
	if err != nil {
		p.Logger.ErrorContext(c.Request.Context(), "a page could not be written", "page", content.template(), "error", err)
		c.String(http.StatusInternalServerError, "%s", err)
		return
	}
	headers(c.Writer.Header(), words.Language())
	c.Header("Cache-Control", "no-store")
	c.Status(http.StatusOK)
	_, _ = c.Writer.Write(whole.Bytes()) // the reader may have gone away
}

// badly is what people could write: markup and scripts, controls that turn the
// direction of a text, words that never end, pictures, other scripts.
var badly = []string{
	`<script>alert(1)</script><img src=x onerror=alert(1)>`,
	`"'><b onmouseover=alert(1)>{{.}}</b> javascript:alert(1)`,
	"محمد بن عبد الله \u202Eexe.gnp\u2066 \u200F(منظمة)",
	strings.Repeat("Donaudampfschifffahrt", 6),
	"👩‍👩‍👧‍👦 🇦🇴 e\u0301\u0301\u0301\u0301 " + strings.Repeat("排雷培训", 20),
	"A need\u0000 \ufeffwith\u200b what \u2028is not seen",
}

// made is a value of a sort of page that says something everywhere; with all,
// every list, every part and every choice of it is there.
func made(of page, all bool) page {
	value := reflect.New(reflect.TypeOf(of)).Elem()
	m := &maker{all: all}
	m.fill(value, "", 0)
	made, ok := value.Interface().(page)
	if !ok {
		return of
	}
	return made
}

// maker makes values up. Nothing in it is by chance: a page is always the same.
type maker struct {
	all  bool
	made int
}

// deepest is how far values of a sort may stand in each other.
const deepest = 6

func (m *maker) fill(v reflect.Value, name string, depth int) {
	if !v.CanSet() || depth > deepest {
		return
	}
	switch v.Kind() {
	case reflect.String:
		if v.Type() == reflect.TypeFor[template.HTML]() { // the program alone writes it
			v.SetString(`<svg viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>`)
			return
		}
		v.SetString(m.text(name))
	case reflect.Bool:
		v.SetBool(m.all)
	case reflect.Int, reflect.Int64:
		v.SetInt(37)
	case reflect.Uint64, reflect.Uint8:
		v.SetUint(7)
	case reflect.Pointer:
		if m.all || depth == 0 {
			v.Set(reflect.New(v.Type().Elem()))
			m.fill(v.Elem(), name, depth+1)
		}
	case reflect.Slice:
		if m.all && depth < deepest {
			v.Set(reflect.MakeSlice(v.Type(), 3, 3))
			for i := range v.Len() {
				m.fill(v.Index(i), strings.TrimSuffix(name, "s"), depth+1)
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			m.fill(v.Field(i), v.Type().Field(i).Name, depth+1)
		}
		if several := v.FieldByName("Pieces"); several.IsValid() && several.Len() > 0 {
			v.FieldByName("Value").SetString("") // one or several, never both
		}
	}
}

// ours are the names of what the program says itself; it is as long as such
// texts are. What people wrote stands in its sentences between marks that keep
// its direction to itself.
var ours = []string{"Label", "Heading", "Status", "Submit", "Legend", "Remark", "Hint", "Points", "Total", "Step", "When", "Currency", "Amount", "Count", "Note", "Reply", "Short", "Day", "Last", "Until", "Sentence", "Subject", "Condition"}

// text is what stands in a field of a name: an address, a code and an id are
// such, and what people write is bad.
func (m *maker) text(name string) string {
	m.made++
	switch {
	case name == "ID" || name == "Anchor" || name == "By":
		return "id-" + strconv.Itoa(m.made)
	case name == "Address" || name == "Here" || name == "Next" || name == "First" || name == "Clear" || name == "JSON" || name == "Feed" || name == "Export":
		return "/?page=" + strconv.Itoa(m.made)
	case name == "Language":
		return "ar"
	case name == "Direction":
		return "auto"
	case name == "Kind":
		return "need"
	case name == "Type":
		return []string{"text", "textarea", "radio", "date"}[m.made%4]
	case name == "Complete":
		return "off"
	case name == "Mode":
		return "decimal"
	case name == "List":
		return ""
	case strings.HasSuffix(name, "Code") || name == "Tag":
		return "code-" + strconv.Itoa(m.made)
	case slices.Contains(ours, name):
		return "Выражение заинтересованности"
	}
	return badly[m.made%len(badly)]
}
