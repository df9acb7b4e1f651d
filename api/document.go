package api

import (
	_ "embed"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/routers"

	"entente/cooperation"
)

// description is what the files of the folder description say, as it is
// published: one file, and JSON, which is read twice as fast at the start of
// the program. go generate writes it.
//
//go:embed openapi.json
var description []byte

// The addresses whose work may be long: files are taken over, the matcher runs.
const (
	importsPath = "/api/v1/imports/"
	exportsPath = "/api/v1/exports/"
	runsPath    = "/api/v1/runs"
	weighPath   = "/api/v1/conventions/:id/weights/preview"
	verifyPath  = "/api/v1/runs/:id/verify"
	historyPath = "/api/v1/conventions/:id/history"
)

// document is the description of the API: as it is published, and as requests
// are held against it.
type document struct {
	published  []byte // OpenAPI 3.1, JSON
	described  *openapi3.T
	operations map[string]*operation
	parts      map[string]bool // of the interface, as scopes of tokens name them
}

// operation is one method of one path of the description.
type operation struct {
	route  *routers.Route
	part   string          // of the interface, as scopes of tokens name it: the first tag
	public bool            // nobody need be signed in
	takes  []string        // media types of the body
	query  map[string]bool // names of the parameters in the query
	known  map[string]bool // fields of the document that clients read and only the platform writes

	farewell *farewell // nil unless it will be taken away
}

// readDocument reads a description, and panics when it is broken.
func readDocument(description []byte) *document {
	doc, err := openapi3.NewLoader().LoadFromData(description)
	if err != nil {
		panic(fmt.Errorf("openapi.json: %w", err))
	}
	// Requests are held against it as 3.0.3: schemas of 3.1 are compiled anew
	// for every request, at twenty times the cost. The description uses nothing
	// in which the two differ.
	doc.OpenAPI = "3.0.3"
	d := &document{published: description, described: doc, operations: map[string]*operation{}, parts: map[string]bool{}}
	for path, item := range doc.Paths.Map() {
		for method, op := range item.Operations() {
			o := newOperation(doc, path, item, method, op)
			d.operations[method+" "+ginPath(path)], d.parts[o.part] = o, true
		}
	}
	return d
}

func newOperation(doc *openapi3.T, path string, item *openapi3.PathItem, method string, op *openapi3.Operation) *operation {
	// Who asks is found out before. Asked about security, the library would read
	// the whole body, files of many mebibytes too.
	checked := *op
	checked.Security = openapi3.NewSecurityRequirements()
	o := &operation{route: &routers.Route{Spec: doc, Path: path, PathItem: item, Method: method, Operation: &checked},
		query: map[string]bool{}, known: map[string]bool{}}
	var err error
	if o.farewell, err = farewellOf(op); err != nil {
		panic(err)
	}
	if len(op.Tags) > 0 {
		o.part = op.Tags[0]
	}
	if op.Security != nil {
		o.public = slices.ContainsFunc(*op.Security, func(r openapi3.SecurityRequirement) bool { return len(r) == 0 })
	}
	for _, p := range op.Parameters {
		if p.Value.In == openapi3.ParameterInQuery {
			o.query[p.Value.Name] = true
		}
	}
	if op.RequestBody != nil {
		o.takes = slices.Sorted(maps.Keys(op.RequestBody.Value.Content))
	}
	for _, name := range []string{"Need", "Offer"} {
		for field := range doc.Components.Schemas[name].Value.Properties {
			o.known[field] = true
		}
	}
	return o
}

// operation is what the description says of the call; nil when the address or
// the method is not in it.
func (d *document) operation(c *call) *operation { return d.operations[c.method+" "+c.path] }

// ginPath writes the template of a path as gin does.
func ginPath(path string) string {
	return strings.NewReplacer("{", ":", "}", "").Replace(path)
}

// takesJSON reports whether the body is one that the description's schemas
// can be held against.
func (o *operation) takesJSON() bool { return slices.Contains(o.takes, "application/json") }

// bodyLimit is the size of the largest body that is read.
func (o *operation) bodyLimit() int64 {
	if o != nil && o.route.Method == http.MethodPost && (strings.HasPrefix(o.route.Path, importsPath) || ginPath(o.route.Path) == historyPath) {
		return 32 << 20
	}
	if o != nil && isTransfer(o.route.Path) {
		return cooperation.MaxFile + 64<<10 // the form around the file
	}
	return 1 << 20
}
