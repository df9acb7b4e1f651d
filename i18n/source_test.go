package i18n_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"entente/i18n/i18ntest"
	"entente/message"
)

// eachSource parses every Go file of the project that is not a test.
func eachSource(t *testing.T, look func(path string, file *ast.File)) {
	t.Helper()
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
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		look(path, file)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestEveryErrorThatTheCodeNamesHasAText reads the source of all rooms: a key
// in an error path may never be met by another test.
func TestEveryErrorThatTheCodeNamesHasAText(t *testing.T) {
	var keys []string
	eachSource(t, func(_ string, file *ast.File) {
		ast.Inspect(file, func(n ast.Node) bool {
			if e, ok := n.(ast.Expr); ok && isErrorKey(literal(e)) {
				keys = append(keys, literal(e))
			}
			return true
		})
	})
	if len(keys) < 10 {
		t.Fatalf("only %d keys were found in the source", len(keys))
	}
	slices.Sort(keys)
	i18ntest.Has(t, slices.Compact(keys)...)
}

// TestErrorsAreMadeWithTheArgumentsOfTheirText looks at the calls that make an
// error from a literal key and literal arguments.
func TestErrorsAreMadeWithTheArgumentsOfTheirText(t *testing.T) {
	catalogue := i18ntest.Catalogue(t)
	english := catalogue.Localizer("en")
	looked := 0
	eachSource(t, func(path string, file *ast.File) {
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			key, args, ok := madeError(call)
			if !ok || !catalogue.Has(key) {
				return true
			}
			looked++
			if _, err := english.Check(message.New(key, args...), nil); err != nil {
				t.Errorf("%s: %v", path, err)
			}
			return true
		})
	})
	if looked < 10 {
		t.Errorf("only %d calls were looked at", looked)
	}
}

// madeError reads a call such as Refuse(code, key, message.Int("max", n)).
// Calls whose arguments are made elsewhere are left alone.
func madeError(call *ast.CallExpr) (key string, args []message.Arg, ok bool) {
	if !slices.Contains([]string{"New", "Refuse", "refuse", "add", "wrong"}, called(call)) {
		return "", nil, false
	}
	at := slices.IndexFunc(call.Args, func(e ast.Expr) bool { return isErrorKey(literal(e)) })
	if at < 0 || call.Ellipsis.IsValid() {
		return "", nil, false
	}
	for _, e := range call.Args[at+1:] {
		name, ok := argumentName(e)
		if !ok {
			return "", nil, false
		}
		args = append(args, message.Of(message.Integer, name, "1"))
	}
	return literal(call.Args[at]), args, true
}

// argumentName is the name of an argument made by a function of package message.
func argumentName(e ast.Expr) (string, bool) {
	call, ok := e.(*ast.CallExpr)
	if !ok {
		return "", false
	}
	name := ""
	switch called(call) {
	case "Count":
		return "count", true
	case "Int", "Day":
		name = literal(call.Args[0])
	case "Of", "List":
		name = literal(call.Args[1])
	}
	return name, name != ""
}

// called is the name of the function without its package.
func called(call *ast.CallExpr) string {
	switch f := call.Fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return f.Sel.Name
	}
	return ""
}

// literal is the value of a string literal, or "".
func literal(e ast.Expr) string {
	l, ok := e.(*ast.BasicLit)
	if !ok || l.Kind != token.STRING {
		return ""
	}
	value, err := strconv.Unquote(l.Value)
	if err != nil {
		return ""
	}
	return value
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
