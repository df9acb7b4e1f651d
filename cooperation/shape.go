package cooperation

import (
	"errors"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/go-playground/validator/v10"

	"entente/message"
)

var shapes = sync.OnceValue(func() *validator.Validate {
	v := validator.New(validator.WithRequiredStructEnabled())
	v.RegisterTagNameFunc(jsonName)
	return v
})

// checkShape applies the validate tags and refuses text that cannot be shown.
func checkShape(content any) mistakes {
	var m mistakes
	if err := shapes().Struct(content); err != nil {
		var list validator.ValidationErrors
		if !errors.As(err, &list) {
			panic(err) // a tag that validator does not know: a mistake of ours that every test hits
		}
		for _, f := range list {
			path := f.Namespace()
			if name := reflect.Indirect(reflect.ValueOf(content)).Type().Name(); name != "" { // a struct without a name leads no path
				path = strings.TrimPrefix(path, name+".")
			}
			key, args := shapeMessage(f)
			m.add(dotted(path), key, args...)
		}
	}
	checkText(reflect.ValueOf(content), "", &m)
	return m
}

// dotted writes the keys of maps as the rest of our paths do: the validator's
// "translations[fr].title" is "translations.fr.title", "costs[2]" stays.
func dotted(path string) string {
	var b strings.Builder
	for rest := path; rest != ""; {
		before, after, found := strings.Cut(rest, "[")
		b.WriteString(before)
		if !found {
			break
		}
		key, remainder, _ := strings.Cut(after, "]")
		if _, err := strconv.Atoi(key); err == nil {
			b.WriteString("[" + key + "]")
		} else {
			b.WriteString("." + key)
		}
		rest = remainder
	}
	return b.String()
}

// value is the argument that shows somebody what they wrote.
func value(s string) message.Arg { return message.Of(message.Text, "value", echo(s)) }

// echo is what is repeated of hostile or endless input: what can be printed,
// cut where nobody would read on.
func echo(s string) string {
	const most = 80
	s = strings.Map(func(r rune) rune {
		if unprintable(r) {
			return utf8.RuneError
		}
		return r
	}, s)
	if utf8.RuneCountInString(s) > most {
		s = string([]rune(s)[:most]) + "…"
	}
	return s
}

func shapeMessage(f validator.FieldError) (string, []message.Arg) {
	limit := message.Of(message.Integer, "max", f.Param())
	switch f.Tag() {
	case "required":
		return "error.invalid.required", nil
	case "unique":
		return "error.invalid.duplicate", nil
	case "email":
		return "error.invalid.mail", nil
	case "http_url":
		return "error.invalid.link", nil
	case "oneof":
		return "error.invalid.not_one_of", []message.Arg{message.Of(message.Text, "allowed", strings.ReplaceAll(f.Param(), " ", ", "))}
	case "min":
		return "error.invalid.too_small", []message.Arg{message.Of(message.Integer, "min", f.Param())}
	case "max":
		switch f.Kind() {
		case reflect.String:
			return "error.invalid.too_long", []message.Arg{limit}
		case reflect.Slice, reflect.Map:
			return "error.invalid.too_many", []message.Arg{limit}
		}
		return "error.invalid.too_large", []message.Arg{limit}
	}
	return "error.invalid.form", nil
}

// checkText refuses invalid UTF-8, control characters and the invisible
// characters that turn the direction of the text around them.
func checkText(v reflect.Value, path string, m *mistakes) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			checkText(v.Elem(), path, m)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() {
				checkText(v.Field(i), join(path, jsonName(f)), m)
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			checkText(v.Index(i), path+"["+strconv.Itoa(i)+"]", m)
		}
	case reflect.Map:
		for _, k := range v.MapKeys() {
			checkText(v.MapIndex(k), join(path, k.String()), m)
		}
	case reflect.String:
		if s := v.String(); !utf8.ValidString(s) || strings.ContainsFunc(s, unprintable) {
			m.add(path, "error.invalid.characters")
		}
	}
}

func join(path, name string) string {
	if path == "" || name == "" {
		return path + name
	}
	return path + "." + name
}

// unprintable is true for control characters other than line breaks and tabs,
// and for the embeddings and overrides of the bidirectional algorithm.
func unprintable(r rune) bool {
	if r == '\n' || r == '\r' || r == '\t' {
		return false
	}
	return unicode.IsControl(r) || r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069
}
