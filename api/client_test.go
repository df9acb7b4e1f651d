package api_test

import (
	"bytes"
	"context"
	"encoding"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/client"
)

// drive calls the operation of a row through the generated client, over a
// connection to a real server. Every answer is held against the description as
// it is published, and what the client has read of it against what was sent.
func (w *walker) drive(row right, op described, who string, want map[string]int) {
	w.t.Helper()
	if w.server == nil {
		w.server = httptest.NewServer(w.handler)
		w.t.Cleanup(w.server.Close)
	}
	line := &checkedLine{installation: w.installation, next: w.server.Client().Transport}
	c, err := client.New(w.server.URL, w.tokens[who], client.WithHTTPClient(&http.Client{Transport: line,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}), client.WithRequestEditorFn(row.withSession))
	if err != nil {
		w.t.Fatal(err)
	}
	results := w.method(c, row, op).Call(w.arguments(c, row, op))
	if row.fresh != nil {
		w.id = row.fresh()
	}
	if err, failed := results[1].Interface().(error); failed {
		w.t.Errorf("%s through the client: %v", row.op, err)
		return
	}
	if who == "public" {
		who = ""
	}
	w.driven[row.op] = true
	answer := results[0].Elem()
	status := answer.FieldByName("HTTPResponse").Interface().(*http.Response).StatusCode
	if status != want[who] {
		w.t.Errorf("%s through the client is answered with %d and not %d", row.op, status, want[who])
	}
	if line.json {
		read := answer.FieldByName("JSON" + strconv.Itoa(status))
		if !read.IsValid() || read.IsNil() {
			w.t.Errorf("%s: the client reads nothing of %s", row.op, line.body)
			return
		}
		text, err := json.Marshal(read.Interface())
		if err != nil {
			w.t.Fatal(err)
		}
		if d := cmp.Diff(stated(w.t, line.body), stated(w.t, text)); d != "" {
			w.t.Errorf("%s: what was sent and what the client has read differ: %s", row.op, d)
		}
	}
}

// withSession adds the cookie of the row, which is no parameter of the client.
func (r right) withSession(_ context.Context, request *http.Request) error {
	for n := 0; n < len(r.headers); n += 2 {
		if r.headers[n] == "Cookie" {
			request.Header.Set("Cookie", r.headers[n+1])
		}
	}
	return nil
}

// method is that of the client for the operation: with a body of its type, or
// with any where the description gives no form of JSON.
func (w *walker) method(c *client.ClientWithResponses, row right, op described) reflect.Value {
	w.t.Helper()
	all := reflect.ValueOf(c)
	for _, name := range []string{row.op + "WithResponse", row.op + "WithBodyWithResponse"} {
		for n := range all.NumMethod() {
			if strings.EqualFold(all.Type().Method(n).Name, name) {
				return all.Method(n)
			}
		}
	}
	w.t.Fatalf("the client has no %s", row.op)
	return reflect.Value{}
}

// arguments are what a method of the client is called with.
func (w *walker) arguments(c *client.ClientWithResponses, row right, op described) []reflect.Value {
	w.t.Helper()
	method := w.method(c, row, op).Type()
	args := []reflect.Value{reflect.ValueOf(w.t.Context())}
	ids := strings.Fields(w.id)
	header := http.Header{}
	for n := 0; n < len(row.headers); n += 2 {
		header.Set(row.headers[n], row.headers[n+1])
	}
	for n := 1; n < method.NumIn()-1; n++ {
		in := method.In(n)
		switch {
		case in.Kind() == reflect.Interface:
			args = append(args, reflect.ValueOf(bytes.NewReader(w.text(row.body))))
		case in.Kind() == reflect.Pointer && strings.HasSuffix(in.Elem().Name(), "Params"):
			params := reflect.New(in.Elem())
			w.fill(params.Elem(), row.query, header)
			args = append(args, params)
		case in.Kind() == reflect.String && len(ids) > 0:
			args, ids = append(args, reflect.ValueOf(ids[0]).Convert(in)), ids[1:]
		case in.Kind() == reflect.String && n == method.NumIn()-3:
			args = append(args, reflect.ValueOf(header.Get("Content-Type")))
		default:
			body := reflect.New(in)
			if err := json.Unmarshal(w.jsonBody(row, op), body.Interface()); err != nil {
				w.t.Fatalf("%s: the client has no type for the body: %v", row.op, err)
			}
			args = append(args, body.Elem())
		}
	}
	return args
}

// jsonBody is the first example of the description, or what the row sends.
func (w *walker) jsonBody(row right, op described) []byte {
	w.t.Helper()
	for _, example := range op.examples() {
		return w.text(example)
	}
	return w.text(row.body)
}

func (w *walker) text(body any) []byte {
	w.t.Helper()
	if make, ok := body.(func() any); ok {
		body = make()
	}
	switch b := body.(type) {
	case nil:
		return []byte("{}")
	case string:
		return []byte(b)
	case io.Reader:
		text, err := io.ReadAll(b)
		if err != nil {
			w.t.Fatal(err)
		}
		return text
	}
	text, err := json.Marshal(body)
	if err != nil {
		w.t.Fatal(err)
	}
	return text
}

// fill sets the parameters that the row gives in its query and headers.
func (w *walker) fill(params reflect.Value, query string, header http.Header) {
	w.t.Helper()
	given, err := url.ParseQuery(query)
	if err != nil {
		w.t.Fatal(err)
	}
	for n := range params.NumField() {
		tag := params.Type().Field(n).Tag
		name, _, inQuery := strings.Cut(tag.Get("form"), ",")
		values := given[name]
		if name == "" && !inQuery {
			name, _, _ = strings.Cut(tag.Get("json"), ",")
			values = header.Values(name)
		}
		delete(given, name)
		for _, value := range values {
			w.set(params.Field(n), value)
		}
	}
	if len(given) > 0 {
		w.t.Errorf("the client does not know the parameters %v", given)
	}
}

func (w *walker) set(field reflect.Value, value string) {
	w.t.Helper()
	if text, ok := field.Addr().Interface().(encoding.TextUnmarshaler); ok {
		if err := text.UnmarshalText([]byte(value)); err != nil {
			w.t.Fatal(err)
		}
		return
	}
	switch field.Kind() {
	case reflect.Pointer:
		if field.IsNil() {
			field.Set(reflect.New(field.Type().Elem()))
		}
		w.set(field.Elem(), value)
	case reflect.String:
		field.SetString(value)
	case reflect.Slice:
		entry := reflect.New(field.Type().Elem()).Elem()
		w.set(entry, value)
		field.Set(reflect.Append(field, entry))
	default:
		if err := json.Unmarshal([]byte(value), field.Addr().Interface()); err != nil {
			w.t.Fatalf("%s: %v", field.Type(), err)
		}
	}
}

// checkedLine holds what comes over a connection against the description.
type checkedLine struct {
	*installation
	next http.RoundTripper
	body []byte
	json bool
}

func (l *checkedLine) RoundTrip(r *http.Request) (*http.Response, error) {
	sent, err := l.next.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	defer sent.Body.Close()
	if l.body, err = io.ReadAll(sent.Body); err != nil {
		return nil, err
	}
	sent.Body = io.NopCloser(bytes.NewReader(l.body))
	l.json = strings.HasPrefix(sent.Header.Get("Content-Type"), "application/json")
	l.conforms(r, &answer{t: l.t, Status: sent.StatusCode, Header: sent.Header, Body: l.body})
	return sent, nil
}

// stated is a text of JSON less what says nothing: the client does not tell a
// field that is absent from one that is empty.
func stated(t testing.TB, text []byte) any {
	t.Helper()
	var whole any
	if err := json.Unmarshal(text, &whole); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	return lessEmpty(whole)
}

func lessEmpty(v any) any {
	switch v := v.(type) {
	case map[string]any:
		kept := map[string]any{}
		for key, value := range v {
			if value = lessEmpty(value); value != nil {
				kept[key] = value
			}
		}
		if len(kept) == 0 {
			return nil
		}
		return kept
	case []any:
		var kept []any
		for _, value := range v {
			kept = append(kept, lessEmpty(value))
		}
		if kept == nil {
			return nil
		}
		return kept
	case bool:
		if !v {
			return nil
		}
	case float64:
		if v == 0 {
			return nil
		}
	case string:
		if v == "" {
			return nil
		}
	}
	return v
}
