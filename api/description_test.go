package api_test

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/gin-gonic/gin"

	"entente/cooperation"
	"entente/i18n/i18ntest"
)

// The program publishes openapi.json; people edit the files of description.
func TestWhatIsPublishedIsWhatIsWritten(t *testing.T) {
	made := filepath.Join(t.TempDir(), "openapi.json")
	if said, err := exec.CommandContext(t.Context(), "go", "run", "./describe", "description", made).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	text := read(t, made)
	if !bytes.Equal(text, read(t, "openapi.json")) {
		t.Error("openapi.json is not made from the folder description: go generate ./api")
	}
	if served := install(t).ask("", "GET", "/openapi.json", nil).is(200).Body; !bytes.Equal(served, text) {
		t.Error("what is served is not openapi.json")
	}
}

func TestTheDescriptionIsSound(t *testing.T) {
	doc := description(t)
	if err := doc.Validate(t.Context(), openapi3.EnableExamplesValidation()); err != nil {
		t.Error(err)
	}
	seen := map[string]bool{}
	for path, item := range doc.Paths.Map() {
		for method, op := range item.Operations() {
			if op.Summary == "" || len(op.Tags) != 1 || seen[op.OperationID] {
				t.Errorf("%s %s needs a summary, one tag and an id of its own", method, path)
			}
			seen[op.OperationID] = true
			if op.Responses.Default() == nil {
				t.Errorf("%s %s says nothing of problems", method, path)
			}
		}
	}
}

func TestEveryRouteIsDescribedAndTheReverse(t *testing.T) {
	i := install(t)
	served := map[string]bool{}
	for _, r := range i.bare.(*gin.Engine).Routes() {
		served[r.Method+" "+r.Path] = true
	}
	for path, item := range i.doc.Paths.Map() {
		for method := range item.Operations() {
			route := method + " " + strings.NewReplacer("{", ":", "}", "").Replace(path)
			if !served[route] {
				t.Errorf("%s is described and not served", route)
			}
			delete(served, route)
		}
	}
	for route := range served {
		t.Errorf("%s is served and not described", route)
	}
}

// The generator stands in a module of its own; where it has not been
// downloaded there is nothing to compare with.
func TestTheGeneratedCodeIsWhatTheGeneratorMakes(t *testing.T) {
	if testing.Short() {
		t.Skip("building the generator takes half a minute")
	}
	list := exec.CommandContext(t.Context(), "go", "list", "-modfile=../tools/go.mod", "-f", "{{.Dir}}", "github.com/oapi-codegen/oapi-codegen/v2/cmd/oapi-codegen")
	list.Env = append(os.Environ(), "GOPROXY=off", "GOFLAGS=-mod=mod")
	if err := list.Run(); err != nil {
		t.Skip("the generator has not been downloaded: go mod download -modfile=tools/go.mod")
	}
	config := string(read(t, "codegen.yaml"))
	folder := t.TempDir()
	out := filepath.Join(folder, "openapi.gen.go")
	config = strings.Replace(config, "output: openapi.gen.go", "output: "+out, 1)
	if err := os.WriteFile(filepath.Join(folder, "codegen.yaml"), []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	tool := exec.CommandContext(t.Context(), "go", "tool", "-modfile=../tools/go.mod", "oapi-codegen", "-config", filepath.Join(folder, "codegen.yaml"), "openapi.json")
	tool.Env = append(os.Environ(), "GOPROXY=off")
	if said, err := tool.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	if !bytes.Equal(read(t, out), read(t, "openapi.gen.go")) {
		t.Error("openapi.gen.go is not what the generator makes: go generate ./api")
	}
}

// The limits of text and lists stand in the description for its readers and in
// the domain for every edge.
func TestTheLimitsOfTheDescriptionAreThoseOfTheDomain(t *testing.T) {
	schemas := description(t).Components.Schemas
	compared := 0
	for name, of := range map[string]any{
		"NeedContent": cooperation.NeedContent{}, "OfferContent": cooperation.OfferContent{}, "Outcome": cooperation.Outcome{},
		"LanguageWish": cooperation.LanguageWish{}, "Place": cooperation.Place{}, "CostLine": cooperation.CostLine{},
		"Analysis": cooperation.Analysis{}, "Reached": cooperation.Reached{}, "Contact": cooperation.Contact{},
		"Attachment": cooperation.Attachment{}, "Translation": cooperation.Translation{}, "CoProvider": cooperation.CoProvider{},
		"OrganisationContent": cooperation.OrganisationContent{}, "CommitmentContent": cooperation.CommitmentContent{}, "ProgrammeContent": cooperation.ProgrammeContent{}, "Eligibility": cooperation.Eligibility{}, "Capacity": cooperation.Capacity{}, "Evidence": cooperation.Evidence{},
	} {
		described := schemas[name].Value.Properties
		fields := reflect.TypeOf(of)
		if fields.NumField() != len(described) {
			t.Errorf("%s has %d fields and %d are described", name, fields.NumField(), len(described))
		}
		for n := range fields.NumField() {
			field, _, _ := strings.Cut(fields.Field(n).Tag.Get("json"), ",")
			schema := described[field]
			if schema == nil {
				t.Errorf("%s.%s is not described", name, field)
				continue
			}
			for _, rule := range strings.Split(fields.Field(n).Tag.Get("validate"), ",") {
				if rule == "dive" {
					break
				}
				if kind, limit, _ := strings.Cut(rule, "="); kind == "max" || kind == "oneof" {
					compared++
					if got := bound(schema.Value, kind); got != limit && (kind != "max" || got != "") {
						t.Errorf("%s.%s: %s is %s in the domain and %q in the description", name, field, kind, limit, got)
					}
				}
			}
		}
	}
	if compared < 60 {
		t.Errorf("only %d limits were compared", compared)
	}
}

// bound is a limit as the description gives it, "" where it gives none.
func bound(s *openapi3.Schema, kind string) string {
	switch {
	case kind == "oneof":
		var values []string
		for _, v := range s.Enum {
			values = append(values, v.(string))
		}
		return strings.Join(values, " ")
	case s.MaxLength != nil:
		return strconv.FormatUint(*s.MaxLength, 10)
	case s.MaxItems != nil:
		return strconv.FormatUint(*s.MaxItems, 10)
	case s.MaxProps != nil:
		return strconv.FormatUint(*s.MaxProps, 10)
	case s.Max != nil:
		return strconv.FormatInt(int64(*s.Max), 10)
	}
	return ""
}

// The codes that the description lists are those of the domain.
func TestTheCodesOfTheDescriptionAreThoseOfTheDomain(t *testing.T) {
	schemas := description(t).Components.Schemas
	text := func(codes any) []string {
		var out []string
		for v, n := reflect.ValueOf(codes), 0; n < v.Len(); n++ {
			out = append(out, v.Index(n).String())
		}
		return out
	}
	for _, c := range []struct {
		schema, property string
		codes            any
	}{
		{"Kind", "", cooperation.Kinds()}, {"Need", "status", cooperation.NeedStatuses()}, {"Offer", "status", cooperation.OfferStatuses()},
		{"Organisation", "status", cooperation.OrganisationStatuses()}, {"OrganisationContent", "sort", cooperation.OrganisationSorts()},
		{"CommitmentStatus", "", cooperation.CommitmentStatuses()}, {"ProgrammeStatus", "", cooperation.ProgrammeStatuses()}, {"ProposalStatus", "", cooperation.ProposalStatuses()}, {"CloseReason", "reason", cooperation.Reasons()},
	} {
		s := schemas[c.schema].Value
		if c.property != "" {
			s = s.Properties[c.property].Value
		}
		if got := bound(s, "oneof"); got != strings.Join(text(c.codes), " ") {
			t.Errorf("%s.%s lists %s", c.schema, c.property, got)
		}
	}
	if got := text(cooperation.Audiences()); !slices.Equal(got, strings.Fields(bound(schemas["Visibility"].Value.AdditionalProperties.Schema.Value, "oneof"))) {
		t.Errorf("the audiences are %v", got)
	}
}

// Every text that this room names exists in the six languages.
func TestEveryTextThatIsNamedExists(t *testing.T) {
	var keys []string
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") || strings.HasSuffix(name, ".gen.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if l, ok := n.(*ast.BasicLit); ok && l.Kind == token.STRING {
				if text, err := strconv.Unquote(l.Value); err == nil && strings.HasPrefix(text, "error.") && strings.Count(text, ".") > 1 && !strings.HasSuffix(text, ".") {
					keys = append(keys, text)
				}
			}
			return true
		})
	}
	if len(keys) < 40 {
		t.Fatalf("only %d keys were found", len(keys))
	}
	for _, code := range []string{"invalid", "unauthenticated", "forbidden", "not_found", "conflict", "state", "precondition", "precondition_required",
		"too_large", "media_type", "rate", "unavailable", "timeout", "internal", "method"} {
		keys = append(keys, "error."+code+".title")
	}
	i18ntest.Has(t, keys...)
}
