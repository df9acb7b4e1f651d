package i18n_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"entente/cooperation"
	"entente/i18n/i18ntest"
	"entente/reference"
)

// TestEveryValueOfTheDomainHasItsWord keeps the two lists, the domain's and
// the translators', from drifting apart.
func TestEveryValueOfTheDomainHasItsWord(t *testing.T) {
	var keys []string
	add := func(prefix string, values ...string) {
		for _, v := range values {
			keys = append(keys, prefix+v)
		}
	}
	add("kind.", texts(cooperation.Kinds())...)
	add("status.need.", texts(cooperation.NeedStatuses())...)
	add("status.offer.", texts(cooperation.OfferStatuses())...)
	add("reason.", texts(cooperation.Reasons())...)
	add("role.", append(texts(cooperation.Roles()), "chair")...)
	add("audience.", texts(cooperation.Audiences())...)
	add("provider_category.", texts(cooperation.ProviderCategories())...)
	add("output.", texts(cooperation.Outputs())...)
	for _, action := range texts(cooperation.PostingActions()) {
		add("action.", "need."+action, "offer."+action)
	}
	for _, g := range reference.Groups() {
		add("", g.Key())
	}
	for _, i := range append(reference.Incomes(), reference.Unclassified) {
		add("", i.Key())
	}
	add("firmness.", "indication", "pledge", "commitment")
	add("terms.", "grant", "loan", "in_kind", "free", "at_cost")
	add("offer_type.", "specific", "standing", "fund")
	add("urgency.", "low", "normal", "high")
	add("strength.", "required", "preferred")
	add("clock.", "acknowledge", "look", "silence", "reply", "reconfirm", "follow_up")
	add("committee_kind.", "standing", "open_ended", "plenary")
	add("status.proposal.", texts(cooperation.ProposalStatuses())...)
	add("status.partnership.", texts(cooperation.PartnershipStatuses())...)
	add("status.notification.", "pending", "delivered", "failed", "in_app")
	add("action.proposal.", "propose", "supersede", "revive", "withdraw")
	for _, code := range []cooperation.Code{
		cooperation.Invalid, cooperation.Forbidden, cooperation.NotFound, cooperation.Conflict,
		cooperation.State, cooperation.TooLarge, cooperation.Rate, cooperation.Unavailable,
	} {
		add("error.", string(code)+".title")
	}
	i18ntest.Has(t, keys...)
}

func texts[T ~string](values []T) []string {
	all := make([]string, len(values))
	for i, v := range values {
		all[i] = string(v)
	}
	return all
}

func TestEveryFieldOfANeedAndAnOfferHasALabel(t *testing.T) {
	i18ntest.Has(t, labels("field.need", reflect.TypeFor[cooperation.NeedContent]())...)
	i18ntest.Has(t, labels("field.offer", reflect.TypeFor[cooperation.OfferContent]())...)
}

func labels(prefix string, content reflect.Type) []string {
	var keys []string
	for field := range content.Fields() {
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		keys = append(keys, prefix+"."+name)
	}
	return keys
}

// TestEveryErrorThatTheCodeNamesHasAText reads the source of all rooms: a key
// in an error path may never be met by another test.
func TestEveryErrorThatTheCodeNamesHasAText(t *testing.T) {
	var keys []string
	err := filepath.WalkDir("..", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && (entry.Name() == "node_modules" || strings.HasPrefix(entry.Name(), ".") && entry.Name() != "..") {
			return fs.SkipDir
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		keys = append(keys, errorKeys(t, path)...)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(keys) < 10 {
		t.Fatalf("only %d keys were found in the source", len(keys))
	}
	i18ntest.Has(t, keys...)
}

// errorKeys are the string literals of a file that are whole keys of errors.
func errorKeys(t *testing.T, path string) []string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	var keys []string
	ast.Inspect(file, func(n ast.Node) bool {
		literal, ok := n.(*ast.BasicLit)
		if !ok || literal.Kind != token.STRING {
			return true
		}
		if value, err := strconv.Unquote(literal.Value); err == nil && isErrorKey(value) {
			keys = append(keys, value)
		}
		return true
	})
	return keys
}

// isErrorKey accepts "error.<code>.<case>"; a prefix that ends in a dot is not one.
func isErrorKey(s string) bool {
	parts := strings.Split(s, ".")
	if len(parts) != 3 || parts[0] != "error" {
		return false
	}
	for _, part := range parts {
		if part == "" || strings.Trim(part, "abcdefghijklmnopqrstuvwxyz0123456789_") != "" {
			return false
		}
	}
	return true
}
