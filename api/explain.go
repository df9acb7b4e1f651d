package api

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"

	"entente/cooperation"
	"entente/message"
)

// explain turns what is wrong with a request into a problem in our words. The
// texts of the library are English and repeat the input: none of them is used.
// Mistakes in parameters come first; the body is looked at when there are none.
func (o *operation) explain(err error) error {
	var parameters, fields []cooperation.FieldError
	for _, e := range flatten(err) {
		var wrong *openapi3filter.RequestError
		if !errors.As(e, &wrong) {
			return fmt.Errorf("request filter: %w", err)
		}
		switch {
		case wrong.Parameter != nil && wrong.Parameter.Name == "If-Match" && errors.Is(wrong.Err, openapi3filter.ErrInvalidRequired):
			return &problem{status: http.StatusPreconditionRequired, code: "precondition_required", message: message.New("error.precondition_required.if_match")}
		case wrong.Parameter != nil:
			parameters = append(parameters, explainParameter(wrong)...)
		default:
			for _, s := range flatten(wrong.Err) {
				fields = append(fields, o.explainField(s)...)
			}
		}
	}
	if len(parameters) > 0 {
		return mistakes(http.StatusBadRequest, tidy(parameters))
	}
	return mistakes(http.StatusUnprocessableEntity, tidy(fields))
}

// flatten lists the errors of a tree of many.
func flatten(err error) []error {
	many, ok := err.(openapi3.MultiError) //nolint:errorlint // a list inside an error with a place is taken apart with its place
	if !ok {
		return []error{err}
	}
	var all []error
	for _, e := range many {
		all = append(all, flatten(e)...)
	}
	return all
}

// tidy puts mistakes into a stable order, each once.
func tidy(fields []cooperation.FieldError) []cooperation.FieldError {
	slices.SortStableFunc(fields, func(a, b cooperation.FieldError) int { return strings.Compare(a.Field, b.Field) })
	return slices.CompactFunc(fields, func(a, b cooperation.FieldError) bool { return a.Field == b.Field && a.Message.Key == b.Message.Key })
}

// explainParameter says what is wrong with a parameter, in the words made for
// it where there are such.
func explainParameter(e *openapi3filter.RequestError) []cooperation.FieldError {
	name := e.Parameter.Name
	one := func(m message.Message) []cooperation.FieldError {
		return []cooperation.FieldError{{Field: name, Message: m}}
	}
	switch name {
	case "If-Match":
		return one(message.New("error.invalid.if_match"))
	case "Idempotency-Key":
		return one(message.New("error.invalid.idempotency_key", message.Int("max", 200)))
	case positionHeader:
		return one(message.New("error.invalid.position"))
	case "cursor":
		return one(message.New("error.invalid.cursor"))
	case "limit":
		return one(message.New("error.invalid.limit", message.Int("min", int64(*e.Parameter.Schema.Value.Min)), message.Int("max", int64(*e.Parameter.Schema.Value.Max))))
	}
	switch {
	case errors.Is(e.Err, openapi3filter.ErrInvalidRequired):
		return one(message.New("error.invalid.required"))
	case errors.Is(e.Err, openapi3filter.ErrInvalidEmptyValue):
		return one(message.New("error.invalid.blank"))
	}
	var out []cooperation.FieldError
	for _, s := range flatten(e.Err) {
		var schema *openapi3.SchemaError
		if !errors.As(s, &schema) {
			return one(typeMessage(e.Parameter.Schema.Value))
		}
		path := fieldPath(schema.JSONPointer())
		out = append(out, cooperation.FieldError{Field: name + path, Message: keyword(schema)})
	}
	return out
}

// explainField says what is wrong with the body.
func (o *operation) explainField(err error) []cooperation.FieldError {
	var e *openapi3.SchemaError
	if !errors.As(err, &e) {
		return []cooperation.FieldError{{Message: message.New("error.invalid.json")}}
	}
	path := strings.TrimPrefix(fieldPath(e.JSONPointer()), ".")
	object, isObject := e.Value.(map[string]any)
	if e.SchemaField != "properties" || !isObject {
		return []cooperation.FieldError{{Field: path, Message: keyword(e)}}
	}
	var out []cooperation.FieldError
	for _, name := range slices.Sorted(maps.Keys(object)) {
		if e.Schema.Properties[name] != nil {
			continue
		}
		key := "error.invalid.unknown_field"
		if path == "" && o.known[name] {
			key = "error.invalid.read_only"
		}
		out = append(out, cooperation.FieldError{Field: strings.TrimPrefix(path+"."+clip(name), "."), Message: message.New(key)})
	}
	return out
}

// fieldPath writes a pointer as the domain writes paths: ".costs[2].cost".
func fieldPath(pointer []string) string {
	var b strings.Builder
	for _, step := range pointer {
		if _, err := strconv.Atoi(step); err == nil {
			b.WriteString("[" + step + "]")
		} else {
			b.WriteString("." + clip(step))
		}
	}
	return b.String()
}

// keyword is the sentence for a rule of a schema that a value breaks.
func keyword(e *openapi3.SchemaError) message.Message {
	s := e.Schema
	switch e.SchemaField {
	case "required":
		return message.New("error.invalid.required")
	case "type", "nullable":
		return typeMessage(s)
	case "enum":
		return message.New("error.invalid.not_one_of", message.Of(message.Text, "allowed", list(s.Enum)))
	case "format":
		return formatMessage(s.Format, e.Value)
	case "minLength":
		if s.MinLength == 1 {
			return message.New("error.invalid.blank")
		}
		return codeMessage(s, e.Value, message.New("error.invalid.too_short", message.Int("min", s.MinLength)))
	case "maxLength":
		return codeMessage(s, e.Value, message.New("error.invalid.too_long", message.Int("max", *s.MaxLength)))
	case "minItems":
		return message.New("error.invalid.too_few", message.Int("min", s.MinItems))
	case "maxItems":
		return message.New("error.invalid.too_many", message.Int("max", *s.MaxItems))
	case "maxProperties":
		return message.New("error.invalid.too_many", message.Int("max", *s.MaxProps))
	case "uniqueItems":
		return message.New("error.invalid.duplicate")
	case "minimum":
		return message.New("error.invalid.too_small", message.Int("min", int64(*s.Min)))
	case "maximum":
		return message.New("error.invalid.too_large", message.Int("max", int64(*s.Max)))
	case "properties", "additionalProperties":
		return message.New("error.invalid.unknown_field")
	}
	return message.New("error.invalid.form")
}

// codeMessage speaks of the code where a text is one: "a country has two
// letters" says more than "too long".
func codeMessage(s *openapi3.Schema, value any, otherwise message.Message) message.Message {
	if s.Format != "" {
		return formatMessage(s.Format, value)
	}
	return otherwise
}

func formatMessage(format string, value any) message.Message {
	text, _ := value.(string)
	given := message.Of(message.Text, "value", clip(text))
	switch format {
	case "date":
		return message.New("error.invalid.date")
	case "date-time":
		return message.New("error.invalid.time")
	case "country":
		return message.New("error.invalid.unknown_country", given)
	case "language":
		return message.New("error.invalid.unknown_language", given)
	case "currency":
		return message.New("error.invalid.unknown_currency", given)
	}
	return message.New("error.invalid.form")
}

func typeMessage(s *openapi3.Schema) message.Message {
	switch {
	case s.Type.Is(openapi3.TypeString):
		return message.New("error.invalid.not_text")
	case s.Type.Is(openapi3.TypeInteger):
		return message.New("error.invalid.number")
	case s.Type.Is(openapi3.TypeNumber):
		return message.New("error.invalid.not_number")
	case s.Type.Is(openapi3.TypeBoolean):
		return message.New("error.invalid.not_boolean")
	case s.Type.Is(openapi3.TypeArray):
		return message.New("error.invalid.not_list")
	case s.Type.Is(openapi3.TypeObject):
		return message.New("error.invalid.not_object")
	}
	return message.New("error.invalid.form")
}

func list(values []any) string {
	texts := make([]string, len(values))
	for i, v := range values {
		texts[i] = fmt.Sprint(v)
	}
	return strings.Join(texts, ", ")
}

// undecodable is a body that the description allows and Go cannot hold, such
// as a whole number written with an exponent.
func undecodable(err error) error {
	var typed *json.UnmarshalTypeError
	if errors.As(err, &typed) && typed.Field != "" {
		return invalid(typed.Field, message.New("error.invalid.number"))
	}
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return err
	}
	return malformed(message.New("error.invalid.form"))
}

// unbound is a parameter that the description allows and Go cannot hold, or a
// header that was sent twice.
func unbound(error) error { return malformed(message.New("error.invalid.form")) }
