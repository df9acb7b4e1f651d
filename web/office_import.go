package web

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"entente/cooperation"
	"entente/exchange"
	"entente/message"
	"entente/platform"
)

// officeImport is the page on which a file of one sort is uploaded.
type officeImport struct {
	Title   string
	Back    link
	Lead    []string
	Example link
	Check   act
	Columns []importColumn
	Themes  []fact
	Needed  []fact // declarations that the convention asks for
}

// importColumn says what stands in a column of a file, and how it is written.
type importColumn struct {
	Name, Label, Note string
	Required          bool
}

func (officeImport) template() string { return "office-import" }

func (o officeImport) title() string { return o.Title }

// importSorts are the sorts of files in the order in which they are shown.
func importSorts() []string { return []string{"needs", "offers", "activities", "history"} }

// serveImports adds the pages on which files are taken over.
func (p *pages) serveImports(engine *gin.Engine, at string) {
	p.secretariat(engine, at, p.officeImports)
	p.secretariat(engine, at+"/:sort", p.officeImport)
	p.secretariat(engine, at+"/:sort/example", p.importExample)
	p.upload(engine, at+"/:sort/check", "", 2*exchange.MaxBytes, inOffice(p.officeImport), p.checkImport)
}

// officeImports leads to the sorts of files.
func (p *pages) officeImports(v *visit) error {
	out := office{Title: v.text("page.office.imports.title"), Back: link{v.within("/office"), v.text("page.office.title")}}
	for _, sort := range importSorts() {
		out.Rooms = append(out.Rooms, officeRoom{link{v.within("/office/imports/" + sort), v.text("page.imports." + sort + ".title")}, v.text("page.imports." + sort + ".lead")})
	}
	p.show(v, http.StatusOK, out)
	return nil
}

func (p *pages) officeImport(v *visit) error {
	sort := v.Param("sort")
	if _, known := importFiles[sort]; !known {
		return cooperation.Absent()
	}
	at := v.within("/office/imports/" + sort)
	out := officeImport{Title: v.text("page.imports." + sort + ".title"), Back: link{v.within("/office/imports"), v.text("page.office.imports.title")}, Example: link{at + "/example", v.text("page.imports.example")},
		Lead: []string{v.text("page.imports." + sort + ".lead"), v.say(message.New("page.imports.form", message.Int("size", exchange.MaxBytes>>20), message.Int("rows", mostRows(sort))))}}
	fields := []field{{Name: "file", Label: v.text("page.posting.files.file"), Type: "file"}}
	if sort == "history" {
		fields = []field{{Name: "source", Label: v.text("page.imports.source"), Hint: v.text("page.imports.source_hint"), Most: 300}, {Name: "url", Label: v.text("page.imports.url"), Type: "url", Most: 500, Optional: true}, fields[0],
			{Name: "themes", Label: v.text("page.imports.themes"), Hint: v.text("page.imports.themes_hint"), Type: "file", Optional: true}}
	}
	out.Check = v.act(at+"/check", "page.imports.check", 0, fields...)
	out.Check.Hint = v.text("page.imports.check_hint")
	for _, c := range importColumns(sort) {
		out.Columns = append(out.Columns, importColumn{c.Name, v.columnLabel(sort, c.Name), v.columnForm(c), c.Required})
	}
	for _, t := range v.conv.Themes {
		out.Themes = append(out.Themes, fact{Label: t.ID, Value: v.in(t.Name)})
	}
	for _, d := range v.conv.Declarations {
		if sort == "offers" {
			out.Needed = append(out.Needed, fact{Label: d.ID, Value: v.in(d.Text)})
		}
	}
	p.show(v, http.StatusOK, out)
	return nil
}

func mostRows(sort string) int {
	if sort == "history" {
		return cooperation.MaxHistoryRows
	}
	return exchange.MaxRows
}

func importColumns(sort string) []exchange.FileColumn {
	switch sort {
	case "needs":
		return exchange.DescribeNeeds()
	case "offers":
		return exchange.DescribeOffers()
	case "activities":
		return exchange.DescribeActivities()
	}
	return exchange.DescribeHistory()
}

// columnFields are the fields of postings that stand in a column of another
// name.
func columnFields(column string) string {
	if field, ok := map[string]string{
		"needs.beneficiary": "beneficiaries", "needs.source": "analysis.text", "needs.currency": "costs.currency", "needs.amount_sought": "costs.sought", "needs.national_budget": "costs.national", "needs.other_support": "costs.other",
		"offers.source": "evidence.title", "offers.currency": "ceiling.currency", "offers.ceiling": "ceiling.amount", "offers.capacity": "capacity.quantity", "offers.capacity_unit": "capacity.unit",
		"offers.parties_only": "eligibility.parties_only", "offers.ldc": "eligibility.ldc", "offers.sids": "eligibility.sids", "offers.lldc": "eligibility.lldc", "offers.income": "eligibility.income",
		"activities.currency": "amount.currency",
	}[column]; ok {
		return field
	}
	_, name, _ := strings.Cut(column, ".")
	return name
}

// columnLabel names what stands in a column, as the postings name it.
func (v *visit) columnLabel(sort, column string) string {
	kind := map[string]string{"needs": "need", "offers": "offer", "activities": "activity"}[sort]
	if label, ok := v.words.Lookup("field." + kind + "." + columnFields(sort+"."+column)); ok && kind != "" {
		return label
	}
	return v.text("page.imports.column." + column)
}

// columnForm says how a value is written in a column.
func (v *visit) columnForm(c exchange.FileColumn) string {
	key := "page.imports.as." + string(c.Form)
	choices := c.Choices()
	if c.Form == exchange.AsID {
		choices = []string{v.conv.ID}
	}
	if len(choices) > 0 {
		return v.say(message.New(key, message.Of(message.Text, "choices", strings.Join(choices, ", "))))
	}
	return v.text(key)
}

// checkImport keeps the file of a form and has it checked.
func (p *pages) checkImport(v *visit) (address string, err error) {
	err = inOffice(func(v *visit) error {
		sort := v.Param("sort")
		if _, known := importFiles[sort]; !known {
			return cooperation.Absent()
		}
		order, err := p.received(v)
		if err != nil {
			return err
		}
		if sort == "history" && order["source"] == "" {
			return wrong([]cooperation.FieldError{{Field: "source", Message: message.New("error.invalid.required")}})
		}
		order["sort"], order["until"] = sort, p.Platform.Now().Add(platform.UploadKept).UTC().Format(time.RFC3339)
		c, err := p.takeIn(v, order, true)
		if err == nil {
			address = v.choreAt(c)
		}
		return err
	})(v)
	return address, err
}

// takeIn has a file checked, or imported.
func (p *pages) takeIn(v *visit, order map[string]string, dry bool) (*platform.Chore, error) {
	actor, convention, sort, kind := v.actor(), v.conv.ID, order["sort"], "import."
	if dry {
		kind = "check."
	}
	return p.begin(v, kind+sort, order, func(ctx context.Context, progress func(done, total int)) (any, error) {
		i := &importing{on: p.Platform, actor: actor, convention: convention, order: order, dry: dry, progress: progress}
		return i.take(ctx, sort)
	})
}

// received keeps the files of a form, and what was said of them.
func (p *pages) received(v *visit) (map[string]string, error) {
	order := map[string]string{}
	v.Request.PostForm = url.Values{}
	form, err := v.Request.MultipartReader()
	if err != nil {
		return nil, noImport()
	}
	for {
		part, err := form.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, importTooLarge("file", err)
		}
		switch name := part.FormName(); {
		case (name == "file" || name == "themes") && part.FileName() != "":
			if order[name], _, err = p.Platform.KeepUpload(v.Request.Context(), v.actor(), v.conv.ID, part, map[string]int64{"file": exchange.MaxBytes, "themes": mostThemes}[name]); err != nil {
				return nil, importTooLarge(name, err)
			}
			if name == "file" {
				order["name"] = fileName(part.FileName())
			}
		case name == "source" || name == "url":
			text, err := io.ReadAll(io.LimitReader(part, 4<<10))
			if err != nil {
				return nil, importTooLarge("file", err)
			}
			order[name] = strings.TrimSpace(strings.ToValidUTF8(string(text), "\uFFFD"))
			v.Request.PostForm.Set(name, order[name])
		}
	}
	if order["file"] == "" {
		return nil, noImport()
	}
	return order, nil
}

// fileName is what a file was called, without folders and not too long.
func fileName(claimed string) string {
	return cooperation.FileName(claimed, cooperation.FileType{Media: "text/csv", Extensions: []string{".csv", ".xlsx", ".txt"}})
}

// noImport refuses a form without a file.
func noImport() error {
	return wrong([]cooperation.FieldError{{Field: "file", Message: message.New("error.invalid.required")}})
}

// mostThemes bounds a theme map, in bytes.
const mostThemes = 1 << 20

// importTooLarge is what went wrong with a file of a form on its way; where it
// was too large, that is said at its field.
func importTooLarge(name string, err error) error {
	var refusal *cooperation.Error
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return wrong([]cooperation.FieldError{{Field: name, Message: message.New("error.import.size", message.Int("mebibytes", exchange.MaxBytes>>20))}})
	case errors.As(err, &refusal) && refusal.Code == cooperation.TooLarge:
		return wrong([]cooperation.FieldError{{Field: name, Message: refusal.Message}})
	case errors.As(err, &refusal):
		return err
	}
	return cooperation.Refuse(cooperation.Invalid, "error.invalid.form")
}

// confirmImport imports the very file that was checked.
func (p *pages) confirmImport(v *visit) (string, error) {
	c, err := p.Platform.Chore(v.Request.Context(), v.actor(), v.conv.ID, v.Param("id"))
	if err != nil {
		return "", err
	}
	if _, is := isImport(c); !is || c.Live() {
		return "", cooperation.Absent()
	}
	began, err := p.takeIn(v, c.Order, false)
	if err != nil {
		return "", err
	}
	return v.choreAt(began), nil
}
