package api

import (
	"cmp"
	"context"
	"io"
	"iter"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"entente/catalogue"
	"entente/cooperation"
	"entente/exchange"
	"entente/i18n"
	"entente/message"
	"entente/reference"
)

// iatiFile is the file of partnerships in the form of the IATI Standard.
const iatiFile = "iati.xml"

// openData is a file of open data, as it is written.
type openData struct {
	kind  string // its media type
	write func(w io.Writer) error
}

// VisitGetOpenDataResponse writes the file.
func (d openData) VisitGetOpenDataResponse(w http.ResponseWriter) error {
	w.Header().Set("Content-Type", d.kind)
	return d.write(w)
}

// GetOpenData gives a table of what everybody may see, whoever asks.
func (a *api) GetOpenData(ctx context.Context, r GetOpenDataRequestObject) (GetOpenDataResponseObject, error) {
	c, ctx := callOf(ctx)
	conv, err := c.conventionAt(r.Convention)
	if err != nil {
		return nil, err
	}
	state, _ := a.platform.State(conv.ID)
	if r.File == iatiFile {
		return a.iati(ctx, c, conv, state, r.Params.IfNoneMatch)
	}
	name, format, _ := strings.Cut(string(r.File), ".")
	table, position, err := a.openTable(ctx, state, name)
	if err != nil {
		return nil, err
	}
	at, same := c.openAt(conv, position, string(r.File), r.Params.IfNoneMatch)
	if same {
		return GetOpenData304Response{}, nil
	}
	switch format {
	case "csv":
		return openData{"text/csv; charset=utf-8", func(w io.Writer) error { return exchange.WriteCSV(w, table.columns, table.rows) }}, nil
	case "jsonl":
		return openData{"application/x-ndjson", func(w io.Writer) error { return exchange.WriteLines(w, table.columns, table.rows) }}, nil
	}
	return openData{"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", func(w io.Writer) error {
		return exchange.WriteWorkbook(w, name, table.columns, table.rows, func(used exchange.Used) []exchange.Sheet {
			return []exchange.Sheet{c.columnSheet(table.columns), c.codeSheet(used), c.aboutSheet(conv, at)}
		})
	}}, nil
}

// openAt says at which position of the log a file stands, and whether the reader
// has it.
func (c *call) openAt(conv *cooperation.Convention, position uint64, file, known string) (at string, same bool) {
	at = conv.ID + ":" + strconv.FormatUint(position, 10)
	c.header.Set(positionHeader, at)
	c.keep(true)
	if c.unchanged(known, []byte(at+file+c.api.version)) {
		return at, true
	}
	name, format, _ := strings.Cut(file, ".")
	c.header.Set("Content-Disposition", `attachment; filename="`+conv.ID+"-"+name+"-"+c.now.UTC().Format(time.DateOnly)+"."+format+`"`)
	return at, false
}

// iati is the partnerships in the form of the IATI Standard, which does not know
// a file without any.
func (a *api) iati(ctx context.Context, c *call, conv *cooperation.Convention, state *catalogue.State, known string) (GetOpenDataResponseObject, error) {
	public := cooperation.Actor{}
	whole := state.AllPartnerships()
	if len(whole.Items) == 0 {
		return nil, cooperation.Absent()
	}
	if _, same := c.openAt(conv, whole.Position, iatiFile, known); same {
		return GetOpenData304Response{}, nil
	}
	english, names := a.texts.Localizer("en"), c.names()
	of := exchange.IATI{Publisher: cmp.Or(conv.IATI, "ENTENTE-"+strings.ToUpper(conv.ID)), Name: conv.SecretariatName.In("en"), Generated: c.now,
		NameOf: func(t message.Type, code string) string { return english.Name(t, code, names) }}
	return openData{"application/xml; charset=utf-8", func(w io.Writer) error {
		return exchange.WriteIATI(w, of, func(yield func(exchange.IATIActivity) bool) {
			for _, p := range whole.Items {
				shown, _ := a.platform.ShowPartnership(public, p)
				if shown == nil {
					continue
				}
				activity := exchange.IATIActivity{Partnership: shown}
				if need, ok := state.Need(p.Need); ok {
					activity.Need, _ = need.Shown(public)
				}
				if ctx.Err() != nil || !yield(activity) {
					return
				}
			}
		})
	}}, nil
}

// openTable is one of the tables with what the public sees.
type openTable struct {
	columns []exchange.Column
	rows    iter.Seq[exchange.Row]
}

func (a *api) openTable(ctx context.Context, state *catalogue.State, name string) (t openTable, position uint64, err error) {
	public := cooperation.Actor{}
	switch name {
	case "needs":
		whole, err := state.AllNeeds(public, catalogue.Query{})
		return tableOf(ctx, exchange.OpenNeeds(), whole.Items, func(n *cooperation.Need, row func(*cooperation.Need, []string) bool) bool {
			shown, withheld := n.Shown(public)
			return shown == nil || row(shown, withheld)
		}), whole.Position, err
	case "offers":
		whole, err := state.AllOffers(public, catalogue.Query{})
		return tableOf(ctx, exchange.OpenOffers(), whole.Items, func(o *cooperation.Offer, row func(*cooperation.Offer, []string) bool) bool {
			shown, withheld := o.Shown(public)
			return shown == nil || row(shown, withheld)
		}), whole.Position, err
	case "programme":
		lines, position, err := programmeLines(state)
		return tableOf(ctx, exchange.OpenProgramme(), lines, func(l exchange.OpenProgrammeLine, row func(exchange.OpenProgrammeLine, []string) bool) bool {
			return row(l, nil)
		}), position, err
	}
	whole := state.AllPartnerships()
	return tableOf(ctx, exchange.OpenPartnerships(), whole.Items, func(p *cooperation.Partnership, row func(exchange.OpenShare, []string) bool) bool {
		shown, withheld := a.platform.ShowPartnership(public, p)
		if shown == nil {
			return true
		}
		share := exchange.OpenShare{Partnership: shown}
		if need, ok := state.Need(p.Need); ok {
			share.Need, _ = need.Shown(public)
		}
		for share.Place = range shown.Providers {
			if !row(share, withheld) {
				return false
			}
		}
		return true
	}), whole.Position, nil
}

// programmeLines are the lines of the costed programme, as they are paid for as
// far as the public sees that.
func programmeLines(state *catalogue.State) (lines []exchange.OpenProgrammeLine, position uint64, err error) {
	q := catalogue.ProgrammeQuery{Limit: catalogue.MaxLimit}
	for {
		page, err := state.ProgrammeActivities(q)
		if err != nil {
			return nil, 0, err
		}
		position = page.Position
		for _, x := range page.Items {
			shown := x.Shown(cooperation.Actor{})
			lines = append(lines, exchange.OpenProgrammeLine{Activity: shown, Funding: shown.Funding(publicNeeds(state.NeedsOf(x)))})
		}
		if q.Cursor = page.Next; q.Cursor == "" {
			return lines, position, nil
		}
	}
}

// publicNeeds are needs as the public sees them.
func publicNeeds(needs []*cooperation.Need) (out []*cooperation.Need) {
	for _, n := range needs {
		if shown, _ := n.Shown(cooperation.Actor{}); shown != nil {
			out = append(out, shown)
		}
	}
	return out
}

// tableOf is documents in a table; show gives the rows of one of them. It ends
// when nobody waits for it any more.
func tableOf[D, T any](ctx context.Context, table exchange.Table[T], documents []D, show func(D, func(T, []string) bool) bool) openTable {
	return openTable{table.Columns(), table.Rows(func(yield func(T, []string) bool) {
		for _, document := range documents {
			if ctx.Err() != nil || !show(document, yield) {
				return
			}
		}
	})}
}

// inAll is a row of a sheet: a heading, and then a text in every language.
func (c *call) inAll(text func(*i18n.Localizer) string, before ...string) []string {
	for _, tag := range i18n.Languages() {
		before = append(before, text(c.api.texts.Localizer(tag)))
	}
	return before
}

// columnSheet says what the columns mean.
func (c *call) columnSheet(columns []exchange.Column) exchange.Sheet {
	sheet := exchange.Sheet{Name: "columns", Rows: [][]string{append([]string{"column"}, i18n.Languages()...)}}
	for _, column := range columns {
		sheet.Rows = append(sheet.Rows, c.inAll(func(l *i18n.Localizer) string { return l.Render(column.Meaning(), nil) }, column.Name))
	}
	return sheet
}

// codeSheet names the codes that stand in the table.
func (c *call) codeSheet(used exchange.Used) exchange.Sheet {
	types := map[exchange.Form]message.Type{exchange.CountryForm: message.Country, exchange.ParticipantForm: message.Party, exchange.LanguageForm: message.Language,
		exchange.ThemeForm: message.Theme, exchange.KindForm: message.Kind, exchange.RegionForm: message.Region}
	sheet := exchange.Sheet{Name: "codes", Rows: [][]string{append([]string{"form", "code"}, i18n.Languages()...)}}
	names := c.names()
	domain := func(id string, l *i18n.Localizer) string {
		if d, ok := c.convention.Domain(id); ok {
			return d.Name.In(reference.Language(l.Language()))
		}
		return id
	}
	for form, codes := range used {
		for key, column := range codes {
			code := strings.TrimPrefix(key, column.Words)
			sheet.Rows = append(sheet.Rows, c.inAll(func(l *i18n.Localizer) string {
				if column.Words != "" {
					return l.Text(key)
				}
				if form == exchange.DomainForm {
					return domain(code, l)
				}
				return l.Name(types[form], code, names)
			}, cmp.Or(strings.Trim(column.Words, "."), string(form)), code))
		}
	}
	slices.SortFunc(sheet.Rows[1:], slices.Compare)
	return sheet
}

// aboutSheet says what the workbook is.
func (c *call) aboutSheet(conv *cooperation.Convention, position string) exchange.Sheet {
	rows := [][]string{append([]string{"about"}, i18n.Languages()...),
		c.inAll(func(l *i18n.Localizer) string { return conv.Name.In(reference.Language(l.Language())) }, conv.ID),
		c.inAll(func(l *i18n.Localizer) string { return l.Date(c.now) }, position)}
	for _, key := range exchange.Notes() {
		rows = append(rows, c.inAll(func(l *i18n.Localizer) string { return l.Text(key) }, strings.TrimPrefix(key, "open.note.")))
	}
	return exchange.Sheet{Name: "about", Rows: rows}
}
