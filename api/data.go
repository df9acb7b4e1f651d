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
	name, format, _ := strings.Cut(string(r.File), ".")
	table, position, err := a.openTable(ctx, state, name)
	if err != nil {
		return nil, err
	}
	at := conv.ID + ":" + strconv.FormatUint(position, 10)
	c.header.Set(positionHeader, at)
	c.keep(true)
	if c.unchanged(r.Params.IfNoneMatch, []byte(at+string(r.File)+a.version)) {
		return GetOpenData304Response{}, nil
	}
	c.header.Set("Content-Disposition", `attachment; filename="`+conv.ID+"-"+name+"-"+c.now.UTC().Format(time.DateOnly)+"."+format+`"`)
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
	for form, codes := range used {
		for key, column := range codes {
			code := strings.TrimPrefix(key, column.Words)
			sheet.Rows = append(sheet.Rows, c.inAll(func(l *i18n.Localizer) string {
				if column.Words != "" {
					return l.Text(key)
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
