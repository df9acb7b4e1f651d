package api_test

import (
	"strings"
)

// form is a form with one file, and its Content-Type.
func form(name, content string) (body, contentType string) {
	return strings.Join([]string{"--limit", `Content-Disposition: form-data; name="file"; filename="` + name + `"`, "Content-Type: text/html", "",
		content, "--limit--", ""}, "\r\n"), "multipart/form-data; boundary=limit"
}

// attached attaches a plain text and returns its address: "needs", id, sum.
func (i *installation) attached(who, plural, id, text string) (sum string) {
	i.t.Helper()
	body, contentType := form("minutes.txt", text)
	var file struct {
		SHA256 string `json:"sha256"`
	}
	i.ask(who, "POST", "/api/v1/"+plural+"/"+id+"/attachments", body, "Content-Type", contentType).is(201).into(&file)
	return file.SHA256
}

// Files are attached by whoever may replace the posting, erased by its own side
// and the secretariat, and read by those who see the field.
func (tables) Attachments(i *installation) []right {
	body, contentType := form("minutes.txt", "The minutes.")
	kind := []string{"Content-Type", contentType}
	draft, open := i.draftNeed(), i.openNeed("An open need").ID
	public := i.openNeed("An open need with open files").ID
	content := without(needBody("An open need with open files"), "convention")
	content["visibility"] = map[string]string{"attachments": "public"}
	i.ask("approver", "PUT", "/api/v1/needs/"+public, content, "If-Match", "*").is(200)
	offered, standing := i.draftOffer(), i.openOffer("An open offer").ID
	file := func(who, plural, id string) func() string {
		return func() string { return id + " " + i.attached(who, plural, id, "The minutes, once more.") }
	}
	ofDraft, ofOpen, ofPublic := file("focal", "needs", draft), file("approver", "needs", open), file("approver", "needs", public)
	ofOffer := file("provider", "offers", standing)
	return []right{
		{op: "attachToNeed", what: "draft", id: draft, body: body, headers: kind, may: "201 focal approver, 404 others"},
		{op: "attachToNeed", what: "open", id: open, body: body, headers: kind, may: "201 approver, 403 others"},
		{op: "attachToNeed", what: "absent", id: nobody, body: body, headers: kind, may: "404 others"},
		{op: "getNeedAttachment", what: "draft", id: ofDraft(), may: "200 focal approver reader, 404 others"},
		{op: "getNeedAttachment", what: "open", id: ofOpen(), may: "200 focal approver reader secretary member, 404 others"},
		{op: "getNeedAttachment", what: "open to the public", id: ofPublic(), may: "200 others"},
		{op: "getNeedAttachment", what: "absent", id: nobody + " " + nobody, may: "404 others"},
		{op: "detachFromNeed", what: "draft", fresh: ofDraft, may: "204 focal approver, 404 others"},
		{op: "detachFromNeed", what: "open", fresh: ofOpen, may: "204 approver, 403 others"},
		{op: "detachFromNeed", what: "open, for good", fresh: ofOpen, query: "erase=true", may: "204 focal approver secretary, 403 others"},
		{op: "detachFromNeed", what: "draft, for good", fresh: ofDraft, query: "erase=true", may: "204 focal approver, 404 others"},
		{op: "attachToOffer", what: "draft", id: offered, body: body, headers: kind, may: "201 provider sponsor, 404 others"},
		{op: "attachToOffer", what: "open", id: standing, body: body, headers: kind, may: "201 provider sponsor, 403 others"},
		{op: "getOfferAttachment", id: ofOffer(), may: "200 provider sponsor secretary member, 404 others"},
		{op: "detachFromOffer", fresh: ofOffer, may: "204 provider sponsor, 403 others"},
		{op: "detachFromOffer", what: "for good", fresh: ofOffer, query: "erase=true", may: "204 provider sponsor secretary, 403 others"},
	}
}
