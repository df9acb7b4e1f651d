package api

import (
	"bytes"
	"context"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"slices"

	"entente/cooperation"
	"entente/exchange"
	"entente/message"
	"entente/platform"
)

// pastHelp are the use cases of help that was given before; see platform for
// what each one promises.
type pastHelp interface {
	ImportHistory(ctx context.Context, actor cooperation.Actor, convention string, in platform.HistoryImport, dry bool) (*platform.HistoryOutcome, error)
	HistorySet(actor cooperation.Actor, convention, id string) (*cooperation.HistorySet, error)
	RemoveHistory(ctx context.Context, actor cooperation.Actor, convention, id string, match platform.Match) error
}

// ListPastHelp lists the sets of past help of a convention.
func (a *api) ListPastHelp(ctx context.Context, r ListPastHelpRequestObject) (ListPastHelpResponseObject, error) {
	c, _ := callOf(ctx)
	conv, err := c.conventionAt(r.ID)
	if err != nil {
		return nil, err
	}
	state, _ := a.platform.State(conv.ID)
	page, err := state.HistorySets(c.actor, r.Params.Cursor, r.Params.Limit)
	if err != nil {
		return nil, err
	}
	out := ListPastHelp200JSONResponse{Items: make([]PastHelp, 0, len(page.Items)), Next: page.Next, Total: page.Total}
	for _, h := range page.Items {
		out.Items = append(out.Items, pastHelpView(h))
	}
	return out, nil
}

// GetPastHelp gives a set of past help, counted.
func (a *api) GetPastHelp(ctx context.Context, r GetPastHelpRequestObject) (GetPastHelpResponseObject, error) {
	c, _ := callOf(ctx)
	conv, ok := a.platform.Convention(r.ID)
	if !ok {
		return nil, cooperation.Absent()
	}
	h, err := a.platform.HistorySet(c.actor, conv.ID, r.Set)
	if err != nil {
		return nil, err
	}
	c.stamp(&h.Meta)
	if known(r.Params.IfNoneMatch, h.Version) {
		return GetPastHelp304Response{}, nil
	}
	return GetPastHelp200JSONResponse(pastHelpView(h)), nil
}

// RemovePastHelp takes a set of past help out.
func (a *api) RemovePastHelp(ctx context.Context, r RemovePastHelpRequestObject) (RemovePastHelpResponseObject, error) {
	c, ctx := callOf(ctx)
	conv, ok := a.platform.Convention(r.ID)
	if !ok {
		return nil, cooperation.Absent()
	}
	c.about(conv)
	if err := a.platform.RemoveHistory(ctx, c.actor, conv.ID, r.Set, expected(r.Params.IfMatch)); err != nil {
		return nil, err
	}
	return RemovePastHelp204Response{}, nil
}

// ImportPastHelp takes past help over from a file.
func (a *api) ImportPastHelp(ctx context.Context, r ImportPastHelpRequestObject) (ImportPastHelpResponseObject, error) {
	c, ctx := callOf(ctx)
	conv, err := c.conventionAt(r.ID)
	if err != nil {
		return nil, err
	}
	if !cooperation.MayKeepHistory(c.actor, conv.ID) { // before a file of many mebibytes is read
		return nil, cooperation.Refuse(cooperation.Forbidden, "error.forbidden.action")
	}
	in := platform.HistoryImport{HistorySource: cooperation.HistorySource{Source: r.Params.Source, URL: r.Params.URL}}
	rows, err := readPastHelp(r.Body, r.MultipartBody, &in)
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, malformed(message.New("error.invalid.form")) // the client broke off
	}
	if err != nil {
		return nil, err
	}
	done, err := a.platform.ImportHistory(ctx, c.actor, conv.ID, in, r.Params.DryRun)
	if err != nil {
		return nil, err
	}
	c.about(conv)
	return ImportPastHelp200JSONResponse(c.pastHelpReport(rows, done, r.Params.DryRun)), nil
}

// readPastHelp reads the file, and the names of themes where a form has them.
func readPastHelp(body io.Reader, form *multipart.Reader, in *platform.HistoryImport) (exchange.Rows[cooperation.HistoryRow], error) {
	if form != nil {
		files, err := filesOf(form, "file", "themes")
		if err != nil {
			return exchange.Rows[cooperation.HistoryRow]{}, err
		}
		if files["file"] == nil {
			return exchange.Rows[cooperation.HistoryRow]{}, invalid("file", message.New("error.invalid.required"))
		}
		if names := files["themes"]; len(names) > 0 {
			if in.Themes, err = exchange.ReadThemeMap(bytes.NewReader(names)); err != nil {
				return exchange.Rows[cooperation.HistoryRow]{}, err
			}
		}
		body = bytes.NewReader(files["file"])
	}
	rows, err := exchange.ReadHistory(body)
	in.Rows = rows.Rows
	return rows, err
}

// filesOf reads the fields of a form that have these names.
func filesOf(form *multipart.Reader, names ...string) (map[string][]byte, error) {
	files := map[string][]byte{}
	for {
		part, err := form.NextPart()
		var tooLarge *http.MaxBytesError
		switch {
		case errors.Is(err, io.EOF):
			return files, nil
		case errors.As(err, &tooLarge):
			return nil, err
		case err != nil:
			return nil, malformed(message.New("error.invalid.form"))
		}
		for _, name := range names {
			if part.FormName() != name {
				continue
			}
			if files[name], err = io.ReadAll(part); err != nil { // no larger than the whole request may be
				return nil, err
			}
		}
	}
}

// pastHelpReport puts what an import did into the reader's words.
func (c *call) pastHelpReport(read exchange.Rows[cooperation.HistoryRow], done *platform.HistoryOutcome, dry bool) PastHelpReport {
	wrong := slices.Concat(read.Errors, done.Errors)
	report := PastHelpReport{DryRun: dry, Changed: done.Changed, Rows: len(read.Rows) + len(read.Errors), Taken: len(read.Rows) - done.Left - len(done.Errors),
		LeftOut: done.Left, Rejected: len(wrong), Errors: []RepeatedRowError{}}
	if done.Set != nil {
		report.Set = pastHelpView(done.Set)
	}
	for _, m := range cooperation.Repeated(wrong) {
		report.Errors = append(report.Errors, RepeatedRowError{Line: m.Line, Rows: m.Rows, Column: m.Field, Detail: c.say(m.Message), Key: m.Message.Key})
	}
	return report
}

func pastHelpView(h *cooperation.HistorySet) PastHelp {
	v := PastHelp{ID: h.ID, Convention: h.Convention, Version: h.Version, Created: h.Created, Updated: h.Updated, CreatedBy: h.CreatedBy,
		Source: h.Source, URL: h.URL, Rows: h.Rows, Years: []PastHelpYear{}, Beneficiaries: h.Beneficiaries, Providers: h.Providers, Themes: h.Themes}
	for _, y := range h.Years {
		v.Years = append(v.Years, PastHelpYear{Year: y.Year, Rows: y.Rows})
	}
	if h.Removed != nil {
		v.Removed = h.Removed.Time
	}
	return v
}
