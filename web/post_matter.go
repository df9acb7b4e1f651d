package web

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"entente/cooperation"
	"entente/message"
	"entente/platform"
)

// postingMatter is a page that asks for one matter of a posting.
type postingMatter struct {
	Title          string
	Of, OfLanguage string // the title of the posting
	Place          string // which of how many
	List           link   // the task list
	Lead           string
	Address        string // to which the form is sent
	Version        uint64
	Was            string // what the matter said, in short
	Parts          []askedPart
	Suggestions    []suggestions
	Theirs         []fact // what somebody else saved meanwhile
	Ways           []link // to parts of the matter
	Glance         glance
	GlanceAddress  string
}

// askedPart is a part of a matter as its page asks for it.
type askedPart struct {
	Heading, Hint string
	Fields        []field
	Pairs         []pair // fields with what they translate, instead of fields alone
	Rows          []askedRow
	Plain         bool   // each row is one field
	More          string // what the button says that gives a further row; "" where there is no room
	List          string
}

// askedRow is a row of a list.
type askedRow struct {
	Heading string
	Fields  []field
	Remove  string // the value of the button that takes it away; "" for an empty one
}

func (postingMatter) template() string { return "posting-matter" }

func (m postingMatter) title() string { return m.Title }

// pair is a field with the text that it translates.
type pair struct {
	Field          field
	Text, Language string
}

// mostEmpty is how many empty rows a list shows beyond those filled in.
const mostEmpty = 2

// editMatter shows the page of a matter.
func (p *pages) editMatter(v *visit) error {
	w, err := p.work(v)
	if err != nil {
		return err
	}
	m, ok := w.matter(v.Param("matter"))
	if !ok {
		return cooperation.Absent()
	}
	if m.Special != "" {
		p.show(v, http.StatusOK, p.filesPage(v, w))
		return nil
	}
	p.show(v, http.StatusOK, p.matterPage(v, w, m))
	return nil
}

func (p *pages) matterPage(v *visit, w *work, m *matter) postingMatter {
	title, language := w.heading()
	out := postingMatter{Title: v.text("page.posting." + w.kind() + "." + m.Name), Of: title, OfLanguage: language,
		List: link{w.at(v, "/edit"), v.text("page.posting.list")}, Address: w.at(v, "/edit/"+m.Name+"/save"),
		Version: w.meta().Version, Was: m.mark(w.tree), Suggestions: v.suggestions(m), GlanceAddress: w.at(v, "/edit/"+m.Name+"/glance")}
	out.Lead, _ = v.words.Lookup("page.posting." + w.kind() + "." + m.Name + ".lead")
	at := slices.IndexFunc(w.matters, func(x matter) bool { return x.Name == m.Name })
	out.Place = v.say(message.New("page.posting.place", message.Int("place", at+1), message.Int("all", len(w.matters))))
	for i := range m.Blocks {
		out.Parts = append(out.Parts, v.askedPart(w, &m.Blocks[i]))
	}
	if m.Keep != "" {
		out.Ways = v.otherLanguages(w)
		if in := v.Query("in"); in != "" {
			out.Address += "?" + url.Values{"in": {in}}.Encode()
		}
	}
	out.Glance = p.glance(v, w, m)
	if v.status == http.StatusConflict {
		out.Theirs = v.facts(w.kind(), m, w.tree)
	}
	return out
}

// askedPart is a part with its fields and what they hold.
func (v *visit) askedPart(w *work, p *block) askedPart {
	out := askedPart{List: p.List, Heading: p.Heading}
	if p.List == "" {
		_, language := w.heading()
		for i := range p.Entries {
			e := &p.Entries[i]
			f := v.filled(v.entryField(w.kind(), p, e, 0, w.tree.at(e.Path)))
			if p.Heading != "" {
				out.Pairs = append(out.Pairs, pair{f, e.Beside, language})
			} else {
				out.Fields = append(out.Fields, f)
			}
		}
		return out
	}
	rows := w.tree.rows(p.List)
	out.Heading, out.Plain = v.words.FieldLabel(w.kind()+"."+p.List), p.Entries[0].Path == ""
	out.Hint = v.counsel(w.kind(), p.List)
	if p.Shared != nil {
		var common any
		if len(rows) > 0 {
			common = cell(rows[0], p.Shared)
		}
		name := p.List + "." + p.Shared.Path
		out.Fields = append(out.Fields, v.filled(v.entryField(w.kind(), &block{}, &entry{Path: name, Ask: p.Shared.Ask}, 0, common)))
	}
	count := v.shownRows(p, len(rows))
	for row := range count {
		var value any
		if row < len(rows) {
			value = rows[row]
		}
		one := askedRow{Heading: v.words.FieldLabel(w.kind() + "." + place(p.List, row))}
		for j := range p.Entries {
			e := &p.Entries[j]
			one.Fields = append(one.Fields, v.filled(v.entryField(w.kind(), p, e, row, cell(value, e))))
		}
		if value != nil || v.posted != nil {
			one.Remove = "remove " + place(p.List, row)
		}
		out.Rows = append(out.Rows, one)
	}
	if count < p.Most {
		out.More = v.text("page.posting.more")
	}
	return out
}

// shownRows is how many rows of a list are shown: those filled in, some empty
// ones, and as many as the reader asked for or sent.
func (v *visit) shownRows(p *block, filled int) int {
	count := max(filled+mostEmpty, 3)
	if asked, err := strconv.Atoi(v.Query("rows")); err == nil && v.Query("list") == p.List {
		count = max(count, asked)
	}
	for name := range v.posted {
		if rest, ok := strings.CutPrefix(name, p.List+"["); ok {
			if row, err := strconv.Atoi(rest[:max(strings.IndexByte(rest, ']'), 0)]); err == nil {
				count = max(count, row+1)
			}
		}
	}
	return min(count, p.Most)
}

// saveMatter keeps what a page says and leads to where its button points.
func (p *pages) saveMatter(v *visit) (string, error) {
	w, err := p.work(v)
	if err != nil {
		return "", err
	}
	m, ok := w.matter(v.Param("matter"))
	if !ok || m.Special != "" {
		return "", cooperation.Absent()
	}
	match := v.match()
	if v.PostForm("was") == m.mark(w.tree) {
		match = platform.Match(w.meta().Version) // what others saved meanwhile is of other matters, and stays
	}
	then, of, _ := strings.Cut(v.PostForm("then"), " ")
	if then == "remove" {
		v.empty(of)
	}
	r := v.read(m, w.tree)
	if err := wrong(r.inForm(w.kind(), m, r.mistakes)); err != nil {
		return "", err
	}
	w.complete()
	if err := p.save(v, w, match); err != nil {
		var refusal *cooperation.Error
		if errors.As(err, &refusal) {
			return "", &cooperation.Error{Code: refusal.Code, Message: refusal.Message, Fields: r.inForm(w.kind(), m, refusal.Fields)}
		}
		return "", err
	}
	switch then {
	case "list":
		return w.at(v, "/edit"), nil
	case "more":
		rows := len(w.tree.rows(of)) + 1 + mostEmpty
		return w.at(v, "/edit/"+m.Name+"?list="+of+"&rows="+strconv.Itoa(rows)), nil
	case "remove":
		return w.at(v, "/edit/"+m.Name), nil
	}
	return w.next(v, m), nil
}

// mark is what a matter says, in short: as long as it stays the same, nobody
// else has changed the matter.
func (m *matter) mark(t tree) string {
	var all []any
	for i := range m.Blocks {
		b := &m.Blocks[i]
		if b.List != "" {
			all = append(all, t.at(b.List))
			continue
		}
		for j := range b.Entries {
			all = append(all, t.at(b.Entries[j].Path))
		}
	}
	text, err := json.Marshal(all)
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:8])
}

// wrong refuses what has mistakes.
func wrong(mistakes []cooperation.FieldError) error {
	if len(mistakes) == 0 {
		return nil
	}
	return &cooperation.Error{Code: cooperation.Invalid, Message: message.New("error.invalid.fields", message.Count(len(mistakes))), Fields: mistakes}
}

// empty takes a row out of what was filled in.
func (v *visit) empty(row string) {
	for name := range v.Request.PostForm {
		if row != "" && (name == row || strings.HasPrefix(name, row+".")) {
			v.Request.PostForm[name] = []string{""}
		}
	}
}

// complete works out what is still to be sought where a line of costs leaves it
// open.
func (w *work) complete() {
	for _, row := range w.tree.rows("costs") {
		line, ok := row.(map[string]any)
		if !ok || line["sought"] != nil {
			continue
		}
		currency := plainly(line["currency"])
		left, err := (cooperation.Money{Amount: plainly(line["cost"]), Currency: currency}).Minor()
		for _, column := range []string{"national", "other"} {
			if part, failed := (cooperation.Money{Amount: plainly(line[column]), Currency: currency}).Minor(); failed == nil {
				left -= part
			}
		}
		if err == nil && left > 0 {
			line["sought"] = cooperation.NewMoney(left, currency).Amount
		}
	}
}
