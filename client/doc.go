// Package client calls an installation of Entente from Go. Its operations and
// types are generated from the description of the API and depend on nothing
// else of the program; New, Problem, Pages and the options of a request are
// written by hand.
//
//	c, err := client.New("https://entente.example.org", token)
//	answer, err := c.GetNeedWithResponse(ctx, id, nil)
//	var problem *client.Problem
//	if errors.As(err, &problem) && problem.Code == "not_found" { … }
//	need := answer.JSON200
//
// An operation returns an error for every answer from 400 on, so that one of
// its forms of success is there when the error is nil. To change a document,
// send the version that was read: IfMatch: client.Tag(need.Version). To create
// one, send IdempotencyKey: new(client.NewKey()) and repeat the request with the same
// key when no answer came.
package client

//go:generate go tool -modfile=../tools/go.mod oapi-codegen -config codegen.yaml ../api/openapi.json
