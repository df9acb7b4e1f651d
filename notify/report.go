package notify

import (
	"encoding/base64"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/mail"
	"net/textproto"
	"regexp"
	"strings"
)

// Returned is what a delivery status notification says of one recipient whose
// mail was given up.
type Returned struct {
	Address  string // the final recipient
	Original string // whom the mail was sent to, where the report says it
	Status   string // enhanced status of RFC 3463
}

// ErrNoReport says that a mail is no delivery status notification.
var ErrNoReport = errors.New("not a delivery status notification of RFC 3464")

// The bounds of what is read of a report. The part that counts comes before the
// mail that came back.
const (
	longestReport      = 1 << 20
	mostRecipients     = 100
	longestMailAddress = 254
)

// ReadReport reads a delivery status notification (RFC 3464) as a mail server
// hands it over, with or without the line "From " of mailboxes, and lists the
// recipients whose mail was given up. Of a long one the first mebibyte counts.
func ReadReport(r io.Reader) ([]Returned, error) {
	content, err := io.ReadAll(io.LimitReader(r, longestReport))
	if err != nil {
		return nil, err
	}
	text := string(content)
	if strings.HasPrefix(text, "From ") {
		_, text, _ = strings.Cut(text, "\n")
	}
	m, err := mail.ReadMessage(strings.NewReader(text))
	if err != nil {
		return nil, ErrNoReport
	}
	form, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil || form != "multipart/report" || params["boundary"] == "" || !strings.EqualFold(params["report-type"], "delivery-status") {
		return nil, ErrNoReport
	}
	parts := multipart.NewReader(m.Body, params["boundary"])
	for {
		part, err := parts.NextPart()
		if err != nil {
			return nil, ErrNoReport
		}
		switch form, _, _ := mime.ParseMediaType(part.Header.Get("Content-Type")); form {
		case "message/delivery-status", "message/global-delivery-status":
			status, err := io.ReadAll(decoded(part))
			if err != nil {
				return nil, ErrNoReport
			}
			return returned(string(status))
		}
	}
}

// decoded is the content of a part. Quoted-printable is undone already.
func decoded(p *multipart.Part) io.Reader {
	if strings.EqualFold(strings.TrimSpace(p.Header.Get("Content-Transfer-Encoding")), "base64") {
		return base64.NewDecoder(base64.StdEncoding, p)
	}
	return p
}

// returned reads the groups of fields: one for the mail, then one for each
// recipient. A report without any recipient is none.
func returned(status string) ([]Returned, error) {
	var out []Returned
	named := false
	for _, group := range groupsOf(status) {
		one := Returned{Address: addressOf(group.Get("Final-Recipient")), Original: addressOf(group.Get("Original-Recipient")),
			Status: statusOf(group.Get("Status"), group.Get("Diagnostic-Code"))}
		if one.Address == "" {
			one.Address = one.Original
		}
		if one.Address == "" {
			continue
		}
		named = true
		if strings.EqualFold(firstWord(group.Get("Action")), "failed") && len(out) < mostRecipients {
			out = append(out, one)
		}
	}
	if !named {
		return nil, ErrNoReport
	}
	return out, nil
}

// groupsOf splits a status into its groups of fields; folded lines are made
// one. What is no field is passed over: mail servers write all sorts of things.
func groupsOf(status string) []textproto.MIMEHeader {
	groups := []textproto.MIMEHeader{{}}
	last := ""
	for line := range strings.Lines(status) {
		line = strings.TrimRight(line, "\r\n")
		group := groups[len(groups)-1]
		name, value, field := strings.Cut(line, ":")
		switch {
		case strings.TrimSpace(line) == "":
			if len(group) > 0 {
				groups = append(groups, textproto.MIMEHeader{})
			}
			last = ""
		case line[0] == ' ' || line[0] == '\t':
			if last != "" {
				group.Set(last, group.Get(last)+" "+strings.TrimSpace(line))
			}
		case field:
			last = textproto.CanonicalMIMEHeaderKey(strings.TrimSpace(name))
			group.Set(last, strings.TrimSpace(value))
		}
	}
	return groups
}

// addressOf reads "rfc822; someone@example.org"; an address of another type,
// or what cannot be one, is none.
func addressOf(field string) string {
	form, address, ok := strings.Cut(field, ";")
	if form = strings.ToLower(strings.TrimSpace(form)); !ok || form != "rfc822" && form != "utf-8" {
		return ""
	}
	address = strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(address), "<"), ">")
	parsed, err := mail.ParseAddress("<" + address + ">")
	if err != nil || len(parsed.Address) > longestMailAddress || oneLine(parsed.Address) != parsed.Address {
		return ""
	}
	return parsed.Address
}

// statusOf is the enhanced status. Where a server writes only that it failed
// (5.0.0), what the receiver said counts: "smtp; 550 5.1.1 no such user".
func statusOf(status, diagnostic string) string {
	status = firstWord(status)
	if !wholeStatus.MatchString(status) {
		status = ""
	}
	if status == "" || strings.HasSuffix(status, ".0.0") {
		if said := saidStatus.FindStringSubmatch(diagnostic); said != nil {
			return said[1]
		}
	}
	return status
}

var (
	wholeStatus = regexp.MustCompile(`^[245]\.\d{1,3}\.\d{1,3}$`)
	saidStatus  = regexp.MustCompile(`(?i)^(?:smtp|x-[\w-]+)\s*;.*?\b[45]\d\d[ -]#?([45]\.\d{1,3}\.\d{1,3})\b`)
)

// firstWord is a value without a comment behind it.
func firstWord(s string) string {
	if fields := strings.Fields(s); len(fields) > 0 {
		return fields[0]
	}
	return ""
}
