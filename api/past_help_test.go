package api_test

import (
	"bytes"
	"mime/multipart"
	"slices"
	"strings"
	"testing"
)

// pastHelpReport is what tests read of an import of past help.
type pastHelpReport struct {
	DryRun                bool `json:"dry_run"`
	Changed               bool
	Rows, Taken, Rejected int
	LeftOut               int `json:"left_out"`
	Set                   struct {
		ID, Source string
		Version    uint64
		Rows       int
		CreatedBy  string `json:"created_by"`
		Years      []struct{ Year, Rows int }
	}
	Errors []struct {
		Line, Rows          int
		Column, Detail, Key string
	}
}

// filesForm is a form with files, by the names of its fields.
func filesForm(t *testing.T, files ...string) (body *bytes.Buffer, contentType string) {
	t.Helper()
	body = &bytes.Buffer{}
	w := multipart.NewWriter(body)
	for n := 0; n < len(files); n += 2 {
		part, err := w.CreateFormFile(files[n], files[n]+".csv")
		if err == nil {
			_, err = part.Write([]byte(files[n+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return body, w.FormDataContentType()
}

func TestPastHelpIsImportedOverHTTP(t *testing.T) {
	t.Parallel()
	i := install(t)
	const at = "/api/v1/conventions/fctc/history"
	var dry, first, second pastHelpReport
	i.ask("secretary", "POST", at+"?source=Reports&dry_run=true", csvPastHelp, "Content-Type", "text/csv").is(200).into(&dry)
	i.ask("secretary", "POST", at+"?source=Reports&url=https://example.org/r", csvPastHelp, "Content-Type", "text/csv", "Accept-Language", "fr").is(200).into(&first)
	if !dry.DryRun || !dry.Changed || dry.Taken != 2 || first.Rows != 4 || first.Taken != 2 || first.Rejected != 2 || first.Set.Rows != 2 || first.Set.Version != 1 {
		t.Errorf("imports did %+v and %+v", dry, first)
	}
	if e := first.Errors; len(e) != 1 || e[0].Line != 4 || e[0].Rows != 2 || e[0].Column != "theme" || e[0].Key != "error.import.theme" || !strings.Contains(e[0].Detail, "medicine") || !strings.HasPrefix(e[0].Detail, "Aucun") {
		t.Errorf("mistakes %+v", e)
	}
	body, contentType := filesForm(t, "themes", "name,theme\nmedicine,fctc-art14\n", "file", csvPastHelp)
	i.ask("secretary", "POST", at+"?source=reports", body, "Content-Type", contentType).is(200).into(&second)
	if second.Set.ID != first.Set.ID || second.Set.Version != 2 || second.Set.Rows != 4 {
		t.Errorf("with a map of themes: %+v", second)
	}
	var list struct {
		Items []struct {
			ID        string
			CreatedBy string `json:"created_by"`
		}
		Total int
	}
	i.ask("", "GET", at, nil).is(200).into(&list)
	if list.Total != 1 || list.Items[0].ID != first.Set.ID || list.Items[0].CreatedBy != "" {
		t.Errorf("the public reads %+v", list)
	}
	read := i.ask("secretary", "GET", at+"/"+first.Set.ID, nil).is(200)
	i.ask("secretary", "GET", at+"/"+first.Set.ID, nil, "If-None-Match", read.Header.Get("ETag")).is(304)
	i.ask("secretary", "DELETE", at+"/"+first.Set.ID, nil, "If-Match", `"1"`).problem(412, "error.conflict.version")
	i.ask("secretary", "DELETE", at+"/"+first.Set.ID, nil, "If-Match", `"2"`).is(204)
	i.ask("", "GET", at+"/"+first.Set.ID, nil).problem(404, "error.not_found.document")
}

func TestAnImportOfPastHelpThatCannotBeIsRefused(t *testing.T) {
	t.Parallel()
	i := install(t)
	const at = "/api/v1/conventions/fctc/history?source=Reports"
	i.ask("secretary", "POST", "/api/v1/conventions/atlantis/history?source=x", csvPastHelp, "Content-Type", "text/csv").problem(404, "error.not_found.convention")
	i.ask("secretary", "POST", "/api/v1/conventions/fctc/history", csvPastHelp, "Content-Type", "text/csv").is(400)
	i.ask("secretary", "POST", at+"&url=reports", csvPastHelp, "Content-Type", "text/csv").problem(422, "error.invalid.fields")
	i.ask("secretary", "POST", at, "a,b\n1,2\n", "Content-Type", "text/csv").problem(422, "error.import.header")
	body, contentType := filesForm(t, "themes", "name,theme\nmedicine,cures\n", "file", csvPastHelp)
	p := i.ask("secretary", "POST", at, body, "Content-Type", contentType).problem(422, "error.invalid.fields")
	if !slices.Equal(p.fields(), []string{"medicine: error.import.map_theme"}) {
		t.Errorf("the map of themes: %v", p.fields())
	}
	body, contentType = filesForm(t, "themes", "name,theme\n")
	i.ask("secretary", "POST", at, body, "Content-Type", contentType).problem(422, "error.invalid.fields")
}
