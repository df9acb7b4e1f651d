package api

import (
	"context"
	"errors"
	"io"
	"mime/multipart"
	"net/http"

	"entente/cooperation"
	"entente/exchange"
	"entente/message"
)

// imports takes over rows that exchange has read.
type imports interface {
	ImportNeeds(ctx context.Context, actor cooperation.Actor, rows []cooperation.ImportRow[cooperation.NeedContent], dry bool) (cooperation.ImportResult, error)
	ImportOffers(ctx context.Context, actor cooperation.Actor, rows []cooperation.ImportRow[cooperation.OfferContent], dry bool) (cooperation.ImportResult, error)
	ImportActivities(ctx context.Context, actor cooperation.Actor, rows []cooperation.ImportRow[cooperation.ActivityContent], dry bool) (cooperation.ImportResult, error)
}

// ImportNeeds takes over needs from a file.
func (a *api) ImportNeeds(ctx context.Context, r ImportNeedsRequestObject) (ImportNeedsResponseObject, error) {
	c, ctx := callOf(ctx)
	report, err := importFile(ctx, c, r.Body, r.MultipartBody, r.Params.DryRun, exchange.ReadNeeds, a.platform.ImportNeeds, exchange.NeedColumn)
	if err != nil {
		return nil, err
	}
	return ImportNeeds200JSONResponse(report), nil
}

// ImportOffers takes over offers from a file.
func (a *api) ImportOffers(ctx context.Context, r ImportOffersRequestObject) (ImportOffersResponseObject, error) {
	c, ctx := callOf(ctx)
	report, err := importFile(ctx, c, r.Body, r.MultipartBody, r.Params.DryRun, exchange.ReadOffers, a.platform.ImportOffers, exchange.OfferColumn)
	if err != nil {
		return nil, err
	}
	return ImportOffers200JSONResponse(report), nil
}

// ImportActivities takes over activities from a file.
func (a *api) ImportActivities(ctx context.Context, r ImportActivitiesRequestObject) (ImportActivitiesResponseObject, error) {
	c, ctx := callOf(ctx)
	report, err := importFile(ctx, c, r.Body, r.MultipartBody, r.Params.DryRun, exchange.ReadActivities, a.platform.ImportActivities, exchange.ActivityColumn)
	if err != nil {
		return nil, err
	}
	return ImportActivities200JSONResponse(report), nil
}

// importFile reads the whole file before anything is written, so that one that
// is no table at all changes nothing.
func importFile[T any](ctx context.Context, c *call, body io.Reader, form *multipart.Reader, dry bool, read func(io.Reader) (exchange.Rows[T], error),
	take func(context.Context, cooperation.Actor, []cooperation.ImportRow[T], bool) (cooperation.ImportResult, error), column func(string) string) (ImportReport, error) {
	if !c.imports() {
		return ImportReport{}, cooperation.Refuse(cooperation.Forbidden, "error.forbidden.action")
	}
	if form != nil {
		file, err := fileOf(form)
		if err != nil {
			return ImportReport{}, err
		}
		body = file
	}
	rows, err := read(body)
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return ImportReport{}, malformed(message.New("error.invalid.form")) // the client broke off
	}
	if err != nil {
		return ImportReport{}, err
	}
	result, err := take(ctx, c.actor, rows.Rows, dry)
	if err != nil {
		return ImportReport{}, err
	}
	c.aboutRows(conventionsOf(rows.Rows))
	result = result.InColumns(column).Plus(cooperation.ImportResult{Errors: rows.Errors})
	return c.importReport(result, len(rows.Rows)+len(rows.Errors), dry), nil
}

// conventionsOf lists the conventions that the rows name.
func conventionsOf[T any](rows []cooperation.ImportRow[T]) map[string]bool {
	named := map[string]bool{}
	for _, row := range rows {
		named[row.Convention] = true
	}
	return named
}

// aboutRows tells the position of the log when the rows concern one only.
func (c *call) aboutRows(named map[string]bool) {
	for id := range named {
		if conv, ok := c.api.platform.Convention(id); ok && len(named) == 1 {
			c.about(conv)
		}
	}
}

// imports reports whether the actor may import into any convention. The policy
// for each is asked row by row; this spares the reading of a file to somebody
// of whom no row could be taken.
func (c *call) imports() bool {
	for _, conv := range c.api.platform.Conventions() {
		if cooperation.MayRun(c.actor, conv.ID) {
			return true
		}
	}
	return false
}

// fileOf finds the field "file" of a form.
func fileOf(form *multipart.Reader) (*multipart.Part, error) {
	for {
		part, err := form.NextPart()
		var tooLarge *http.MaxBytesError
		switch {
		case errors.Is(err, io.EOF):
			return nil, invalid("file", message.New("error.invalid.required"))
		case errors.As(err, &tooLarge):
			return nil, err
		case err != nil:
			return nil, malformed(message.New("error.invalid.form"))
		case part.FormName() == "file":
			return part, nil
		}
	}
}

// importReport puts what an import did into the reader's words: one entry a
// mistake, in the order of the lines.
func (c *call) importReport(result cooperation.ImportResult, rows int, dry bool) ImportReport {
	report := ImportReport{DryRun: dry, Rows: rows, Created: result.Created, Changed: result.Changed, Unchanged: result.Unchanged, Errors: []RowError{}}
	for _, e := range result.Errors {
		entry := RowError{Line: e.Line, ExternalID: e.ExternalID, Detail: c.say(e.Err.Message), Key: e.Err.Message.Key}
		if len(e.Err.Fields) == 0 {
			report.Errors = append(report.Errors, entry)
		}
		for _, f := range e.Err.Fields {
			entry.Column, entry.Detail, entry.Key = f.Field, c.say(f.Message), f.Message.Key
			report.Errors = append(report.Errors, entry)
		}
	}
	return report
}
