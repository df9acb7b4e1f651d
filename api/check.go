package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"mime"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/gin-gonic/gin"

	"entente/cooperation"
	"entente/message"
)

// check holds a request against the description before its handler sees it:
// the size and format of the body first, then parameters and fields, all
// mistakes at once.
func (a *api) check(g *gin.Context) {
	c, ctx := callOf(g)
	op := a.document.operation(c)
	g.Request.Body = http.MaxBytesReader(g.Writer, g.Request.Body, op.bodyLimit())
	if op == nil {
		return
	}
	if err := op.checkNames(g.Request); err != nil {
		a.fail(g, err)
		return
	}
	if len(op.takes) > 0 {
		if err := op.checkBody(g.Request); err != nil {
			a.fail(g, err)
			return
		}
	}
	input := &openapi3filter.RequestValidationInput{Request: g.Request, Route: op.route, PathParams: map[string]string{}, Options: &openapi3filter.Options{
		MultiError: true, SkipSettingDefaults: true, KeepValidatedValue: true, ExcludeRequestBody: !op.takesJSON(),
		SchemaValidationOptions: formats(),
	}}
	for _, p := range g.Params {
		input.PathParams[p.Key] = p.Value
	}
	if err := openapi3filter.ValidateRequest(ctx, input); err != nil {
		a.fail(g, op.explain(err))
	}
}

// checkNames refuses parameters that the operation does not have: a filter
// with a slip in its name would otherwise filter nothing.
func (o *operation) checkNames(r *http.Request) error {
	query, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return malformed(message.New("error.invalid.form")) // what follows would be passed over
	}
	var fields []cooperation.FieldError
	for _, name := range slices.Sorted(maps.Keys(query)) {
		if !o.query[name] {
			fields = append(fields, cooperation.FieldError{Field: clip(strings.ToValidUTF8(name, "?")), Message: message.New("error.invalid.unknown_parameter")})
		}
		for _, value := range query[name] {
			if !utf8.ValidString(value) || strings.ContainsRune(value, 0) {
				fields = append(fields, cooperation.FieldError{Field: clip(strings.ToValidUTF8(name, "?")), Message: message.New("error.invalid.characters")})
			}
		}
	}
	if len(fields) == 0 {
		return nil
	}
	return mistakes(http.StatusBadRequest, fields)
}

// checkBody refuses a body in another format and, where it is JSON, one that
// is not well-formed, so that what follows can be read without surprises.
func (o *operation) checkBody(r *http.Request) error {
	if o.takesJSON() {
		text, err := io.ReadAll(r.Body)
		if err != nil {
			var tooLarge *http.MaxBytesError
			if errors.As(err, &tooLarge) || errors.Is(err, os.ErrDeadlineExceeded) {
				return err
			}
			return malformed(message.New("error.invalid.json")) // the client broke off
		}
		r.Body = io.NopCloser(bytes.NewReader(text))
		if len(bytes.TrimSpace(text)) == 0 {
			r.Body = http.NoBody
			if o.route.Operation.RequestBody.Value.Required {
				return malformed(message.New("error.invalid.body_missing"))
			}
			return nil
		}
		if err := o.checkFormat(r); err != nil {
			return err
		}
		return checkJSON(text)
	}
	return o.checkFormat(r)
}

func (o *operation) checkFormat(r *http.Request) error {
	format, parameters, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	charset := strings.ToLower(parameters["charset"])
	if err != nil || !slices.Contains(o.takes, format) || charset != "" && charset != "utf-8" && charset != "us-ascii" || format == "multipart/form-data" && parameters["boundary"] == "" {
		return &problem{status: http.StatusUnsupportedMediaType, code: "media_type",
			message: message.New("error.media_type.unsupported", message.Of(message.Text, "formats", strings.Join(o.takes, ", ")))}
	}
	return nil
}

// checkJSON says where a text stops being JSON. The decoder would put another
// character in the place of bad UTF-8 without a word.
func checkJSON(text []byte) error {
	if !utf8.Valid(text) {
		return malformed(message.New("error.invalid.characters"))
	}
	var whole json.RawMessage
	err := json.Unmarshal(text, &whole)
	if err == nil {
		return nil
	}
	var syntax *json.SyntaxError
	if !errors.As(err, &syntax) {
		return malformed(message.New("error.invalid.json"))
	}
	before := text[:min(max(int(syntax.Offset)-1, 0), len(text))]
	line := bytes.Count(before, []byte("\n")) + 1
	column := utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:]) + 1
	return malformed(message.New("error.invalid.json_at", message.Int("line", line), message.Int("column", column)))
}

// formats are the forms of text that the description names beside those of
// OpenAPI: what the domain can read, and nothing else.
func formats() []openapi3.SchemaValidationOption {
	return []openapi3.SchemaValidationOption{openapi3.WithStringFormatValidators(map[string]openapi3.StringFormatValidator{
		"date":     openapi3.NewCallbackValidator(checkDate),
		"country":  openapi3.NewCallbackValidator(checkCountry),
		"language": openapi3.NewCallbackValidator(checkLanguage),
		"currency": openapi3.NewCallbackValidator(checkCurrency),
	})}
}
