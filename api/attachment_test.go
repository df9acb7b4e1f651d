package api_test

import (
	"bytes"
	"database/sql"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/getkin/kin-openapi/openapi3filter"

	"entente/cooperation"
	"entente/store/sqlite"
)

// The library that holds answers against the description takes a file for
// bytes only when it is told so.
func init() { openapi3filter.RegisterBodyDecoder("application/pdf", openapi3filter.FileBodyDecoder) }

type attachedFile struct {
	SHA256, Name, Type string
	Size               int64
}

// attach sends a file as a program would.
func (i *installation) attach(who, plural, id, name string, content []byte) *answer {
	i.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	part, err := w.CreateFormFile("file", name)
	if err == nil {
		_, err = part.Write(content)
	}
	if err != nil || w.Close() != nil {
		i.t.Fatal(err)
	}
	return i.ask(who, "POST", "/api/v1/"+plural+"/"+id+"/attachments", &body, "Content-Type", w.FormDataContentType())
}

func TestAFileGoesInAndComesOutUnderItsNameAndCannotAct(t *testing.T) {
	i := install(t)
	need := i.openNeed("A need").ID
	content := append([]byte("%PDF-1.7\n"), bytes.Repeat([]byte("0123456789"), 100_000)...)
	a := i.attach("approver", "needs", need, "../Отчёт \"2026\".html", content).is(201)
	var file attachedFile
	a.into(&file)
	if file.Name != `Отчёт _2026_.html.pdf` || file.Type != "application/pdf" || file.Size != int64(len(content)) {
		t.Errorf("it is kept as %+v", file)
	}
	place := a.Header.Get("Location")
	if place != "/api/v1/needs/"+need+"/attachments/"+file.SHA256 {
		t.Errorf("it is at %s", place)
	}
	got := i.ask("member", "GET", place, nil).is(200)
	if !bytes.Equal(got.Body, content) {
		t.Errorf("%d bytes came back as %d", len(content), len(got.Body))
	}
	for header, want := range map[string]string{"Content-Type": "application/pdf", "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store",
		"Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'", "Cross-Origin-Resource-Policy": "same-origin", "ETag": `"` + file.SHA256 + `"`,
		"Content-Length": "1000009", "Content-Disposition": `attachment; filename="_____ _2026_.html.pdf"; filename*=UTF-8''%D0%9E%D1%82%D1%87%D1%91%D1%82%20_2026_.html.pdf`} {
		if got.Header.Get(header) != want {
			t.Errorf("%s is %q and not %q", header, got.Header.Get(header), want)
		}
	}
	for _, held := range []string{`"` + file.SHA256 + `"`, `"x", W/"` + file.SHA256 + `"`, "*"} {
		if again := i.ask("member", "GET", place, nil, "If-None-Match", held).is(304); len(again.Body) != 0 {
			t.Errorf("%s: %d bytes", held, len(again.Body))
		}
	}
	i.ask("member", "GET", place, nil, "If-None-Match", `"x"`).is(200)
}

func TestAFileIsListedAndItsDocumentHasANewVersion(t *testing.T) {
	i := install(t)
	id := i.draftNeed()
	type document struct {
		Version     int
		Attachments []attachedFile
		Files       []struct {
			attachedFile
			Erased string
		}
	}
	var need document
	etag := i.attach("focal", "needs", id, "a.txt", []byte("A text.")).is(201).Header.Get("ETag")
	if again := i.attach("focal", "needs", id, "b.txt", []byte("A text.")).is(201); again.Header.Get("ETag") != etag {
		t.Errorf("the same file again makes version %s after %s", again.Header.Get("ETag"), etag)
	}
	i.ask("focal", "GET", "/api/v1/needs/"+id, nil).is(200).into(&need)
	if len(need.Attachments) != 1 || need.Attachments[0].Name != "a.txt" || etag != `"2"` || need.Version != 2 || len(need.Files) != 1 {
		t.Fatalf("%s: %+v", etag, need)
	}
	// Content that is put in its place names what stays.
	sum := need.Attachments[0].SHA256
	content := without(needBody("Again"), "convention")
	content["attachments"] = []any{map[string]any{"sha256": sum, "name": "renamed", "type": "text/html", "size": 99}}
	i.ask("focal", "PUT", "/api/v1/needs/"+id, content, "If-Match", etag).is(200).into(&need)
	if got := need.Attachments[0]; got != (attachedFile{sum, "renamed.txt", "text/plain", 7}) {
		t.Errorf("%+v", got)
	}
	content["attachments"] = []any{map[string]any{"sha256": strings.Repeat("0", 64), "name": "x", "type": "text/plain", "size": 1}}
	i.ask("focal", "PUT", "/api/v1/needs/"+id, content, "If-Match", "*").problem(422, "error.invalid.fields")
	content["convention"] = "fctc"
	i.ask("focal", "POST", "/api/v1/needs", content).problem(422, "error.invalid.fields")

	place := "/api/v1/needs/" + id + "/attachments/" + sum
	i.ask("focal", "DELETE", place, nil).is(204)
	i.ask("focal", "DELETE", place, nil).is(404)
	i.ask("focal", "GET", place, nil).is(200) // past versions have it
	i.ask("focal", "DELETE", place+"?erase=true", nil).is(204)
	i.ask("focal", "DELETE", place+"?erase=true", nil).is(204)
	i.ask("focal", "GET", place, nil).is(404)
	need = document{}
	i.ask("focal", "GET", "/api/v1/needs/"+id, nil).is(200).into(&need)
	if len(need.Attachments) != 0 || len(need.Files) != 1 || need.Files[0].Erased == "" {
		t.Errorf("after the erasure: %+v", need)
	}
}

func TestWhatIsNoFileOrTooLargeIsRefusedInTheReadersWords(t *testing.T) {
	i := install(t)
	id := i.draftNeed()
	pdf := []byte("%PDF-1.7\n")
	for name, c := range map[string]struct {
		content []byte
		status  int
		key     string
	}{
		"a page.pdf":     {[]byte("<!DOCTYPE html><script>1</script>"), 422, "error.invalid.fields"},
		"nothing.txt":    {nil, 422, "error.invalid.fields"},
		"too large.pdf":  {append(pdf, make([]byte, cooperation.MaxFile)...), 413, "error.too_large.attachment"},
		"far too.pdf":    {append(pdf, make([]byte, cooperation.MaxFile+1<<20)...), 413, "error.too_large.attachment"},
		"with macro.doc": {[]byte("PK\x03\x04" + strings.Repeat("\x00", 22) + "\x11\x00\x00\x00word/document.xml" + strings.Repeat("x", 600_000) + "word/vbaProject.bin"), 422, "error.invalid.fields"},
	} {
		p := i.attach("focal", "needs", id, name, c.content).problem(c.status, c.key)
		if c.status == 422 && (p.Fields[0].Field != "file" || p.Fields[0].Key != "error.invalid.attachment_type" || !strings.Contains(p.Fields[0].Detail, "PDF, DOCX, XLSX, ODT, ODS, PNG, JPG, TXT, CSV")) {
			t.Errorf("%s: %+v", name, p.Fields)
		}
	}
	i.attach("focal", "needs", id, "just right.pdf", append(pdf, make([]byte, cooperation.MaxFile-len(pdf))...)).is(201)
}

func TestAFormThatIsNoneIsTheSendersMistake(t *testing.T) {
	i := install(t)
	path := "/api/v1/needs/" + i.draftNeed() + "/attachments"
	whole, kind := form("a.txt", strings.Repeat("A text. ", 200_000))
	for name, c := range map[string]struct {
		body        io.Reader
		contentType string
		status      int
	}{
		"JSON":               {strings.NewReader("{}"), "application/json", 415},
		"no boundary":        {strings.NewReader(whole), "multipart/form-data", 415},
		"another boundary":   {strings.NewReader(whole), "multipart/form-data; boundary=other", 400},
		"no file":            {strings.NewReader(strings.Replace(whole, `name="file"`, `name="text"`, 1)), kind, 422},
		"nothing":            {http.NoBody, kind, 422},
		"cut off at once":    {strings.NewReader(whole[:40]), kind, 422},
		"cut off in between": {strings.NewReader(whole[:len(whole)/2]), kind, 400},
		"cut off at the end": {strings.NewReader(whole[:len(whole)-12]), kind, 400},
		"a line that breaks": {io.MultiReader(strings.NewReader(whole[:1_000_000]), iotest.ErrReader(io.ErrUnexpectedEOF)), kind, 400},
	} {
		if a := i.ask("focal", "POST", path, c.body, "Content-Type", c.contentType); a.Status != c.status {
			t.Errorf("%s is answered with %d and not %d: %s", name, a.Status, c.status, a.Body)
		}
	}
	var need struct{ Attachments []attachedFile }
	i.ask("focal", "GET", strings.TrimSuffix(path, "/attachments"), nil).is(200).into(&need)
	if len(need.Attachments) != 0 {
		t.Errorf("half a file was attached: %+v", need.Attachments)
	}
}

func TestAFileThatThePublicMayReadMayBeKeptAndOthersMayNot(t *testing.T) {
	i := install(t)
	need := i.openNeed("A need").ID
	place := "/api/v1/needs/" + need + "/attachments/" + i.attached("approver", "needs", need, "A text.")
	hidden := i.ask("", "GET", place, nil)
	absent := i.ask("", "GET", "/api/v1/needs/"+need+"/attachments/"+strings.Repeat("0", 64), nil)
	if hidden.Status != 404 || absent.Status != 404 || len(hidden.Body) != len(absent.Body) {
		t.Errorf("%s\n%s", hidden.Body, absent.Body)
	}
	content := without(needBody("A need"), "convention")
	content["visibility"] = map[string]string{"attachments": "public"}
	var kept struct{ Attachments []any }
	i.ask("approver", "GET", "/api/v1/needs/"+need, nil).is(200).into(&kept)
	content["attachments"] = kept.Attachments
	i.ask("approver", "PUT", "/api/v1/needs/"+need, content, "If-Match", "*").is(200)
	for _, who := range []string{"", "rival", "focal"} {
		if got := i.ask(who, "GET", place, nil).is(200); got.Header.Get("Cache-Control") != "no-cache" || string(got.Body) != "A text." {
			t.Errorf("%q: %s %s", who, got.Header.Get("Cache-Control"), got.Body)
		}
	}
}

// filesAreAttached walks what can be done with files.
func (i *installation) filesAreAttached() {
	i.t.Helper()
	need, offer := i.draftNeed(), i.draftOffer()
	for plural, id := range map[string]string{"needs": need, "offers": offer} {
		who := map[string]string{"needs": "focal", "offers": "provider"}[plural]
		place := "/api/v1/" + plural + "/" + id + "/attachments/" + i.attached(who, plural, id, "The minutes.")
		if got := i.ask(who, "GET", place, nil).is(200); string(got.Body) != "The minutes." {
			i.t.Errorf("%s", got.Body)
		}
		i.ask(who, "DELETE", place, nil).is(204)
	}
}

// damageFiles changes the last piece of every file behind the program's back.
func (i *installation) damageFiles() {
	i.t.Helper()
	db, err := sql.Open("sqlite", "file:"+i.platform.Store().(*sqlite.Store).Path()+"?_pragma=busy_timeout(5000)")
	if err != nil {
		i.t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(i.t.Context(), `UPDATE blob_chunks SET data = CAST(substr(data, 1, length(data) - 1) || x'00' AS BLOB)
		WHERE place = (SELECT max(place) FROM blob_chunks)`); err != nil {
		i.t.Fatal(err)
	}
}

// A file whose content was damaged in storage does not arrive whole.
func TestADamagedFileIsCutOff(t *testing.T) {
	i := install(t)
	need := i.draftNeed()
	sum := i.attached("focal", "needs", need, strings.Repeat("A text. ", 200_000))
	i.damageFiles()
	server := httptest.NewServer(i.handler)
	defer server.Close()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+"/api/v1/needs/"+need+"/attachments/"+sum, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+i.tokens["focal"])
	response, err := server.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	got, err := io.ReadAll(response.Body)
	if err == nil || len(got) >= 1_600_000 {
		t.Errorf("%d bytes came, %v", len(got), err)
	}
	if !strings.Contains(i.log.String(), "an answer was cut off") {
		t.Error("the operator is not told")
	}
}

// Of a small one nothing is under way when the damage is found.
func TestASmallDamagedFileIsAProblem(t *testing.T) {
	i := install(t)
	need := i.draftNeed()
	sum := i.attached("focal", "needs", need, "A text.")
	i.damageFiles()
	a := i.ask("focal", "GET", "/api/v1/needs/"+need+"/attachments/"+sum, nil)
	a.problem(500, "error.internal.unexpected")
	if a.Header.Get("Content-Disposition") != "" || a.Header.Get("ETag") != "" || !strings.Contains(i.log.String(), "not what was kept") {
		t.Errorf("%v\n%s", a.Header, i.log)
	}
}

// Whatever a file is called, its name cannot leave its place in a header.
func FuzzNamesOfFilesInHeaders(f *testing.F) {
	for _, seed := range []string{"a.pdf", "a\"; filename=b.exe", "a\r\nX: y", `a\"b`, "Отчёт.pdf", "\u202efdp.exe", "a%22b", "a;b", strings.Repeat("я", 500), "\xff\xfe", "..", "'", "=?utf-8?q?a?="} {
		f.Add(seed)
	}
	i := install(f)
	f.Fuzz(func(t *testing.T, name string) {
		i.t = t
		id := i.draftNeed()
		body := "--limit\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name + "\"\r\n\r\nA text.\r\n--limit--\r\n"
		r := httptest.NewRequestWithContext(t.Context(), "POST", "/api/v1/needs/"+id+"/attachments", strings.NewReader(body))
		r.Header.Set("Content-Type", "multipart/form-data; boundary=limit")
		r.Header.Set("Authorization", "Bearer "+i.tokens["focal"])
		sent := i.send(r)
		if sent.Status == 400 || sent.Status == 422 { // the name has broken the form
			return
		}
		var file attachedFile
		sent.is(201).into(&file)
		place := sent.Header.Get("Location")
		got := i.ask("focal", "GET", place, nil).is(200)
		i.ask("focal", "DELETE", place+"?erase=true", nil).is(204)
		header := got.Header.Get("Content-Disposition")
		disposition, parameters, err := mime.ParseMediaType(header)
		if err != nil || disposition != "attachment" || parameters["filename"] != file.Name {
			t.Errorf("%q became %q, and its header %q is read as %q, %v", name, file.Name, header, parameters, err)
		}
		if strings.ContainsFunc(header, func(r rune) bool { return r < ' ' || r > '~' }) {
			t.Errorf("the header is %q", header)
		}
	})
}
