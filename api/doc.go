// Package api is the REST interface under /api/v1. Its description, the files
// of the folder description, comes first: the routes, the binding of parameters and the
// forms of answers are generated from it, every request is held against it
// before a handler sees it, and the tests hold every answer against it.
//
// Handlers decide nothing. Who may do and see what is cooperation's to say,
// what a command does platform's; here it is put into HTTP: one place maps
// coded errors to problems (problem.go), one writes the headers of answers
// (call.go), one knows the request that is being served (call.go).
package api

//go:generate go run ./describe description openapi.json
//go:generate go tool -modfile=../tools/go.mod oapi-codegen -config codegen.yaml openapi.json
