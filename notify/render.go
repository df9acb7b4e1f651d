package notify

import (
	"cmp"
	_ "embed"
	"fmt"
	"html/template"
	"net/url"
	"regexp"
	"strings"
	"unicode"

	"entente/cooperation"
	"entente/i18n"
	"entente/message"
)

// Render puts a notification into words for its recipient. publicURL is where
// people reach the installation; empty when that is not configured. A text or
// name that is missing is reported by texts and replaced by the best that
// there is: a message with a gap is better than none.
func Render(n *cooperation.Notification, to Recipient, texts *i18n.Catalogue, names i18n.Names, publicURL string) (Mail, error) {
	page := write(n, texts.Localizer(to.Language), names, publicURL)
	page.word(to.Template, n, texts.Localizer(to.Language), names)
	if to.Link != "" {
		page.Where, page.URL = texts.Localizer(to.Language).Text("notify.where.link"), to.Link
	}
	if to.Unsubscribe != "" {
		page.Stop, page.StopURL = texts.Localizer(to.Language).Text("notify.unsubscribe"), to.Unsubscribe
	}
	var html strings.Builder
	if err := layout.Execute(&html, page); err != nil {
		return Mail{}, fmt.Errorf("notification %s: %w", n.ID, err)
	}
	host := domainOf(publicURL)
	return Mail{
		ID: n.ID + "@" + host, List: cmp.Or(n.Convention, "accounts") + "." + host, To: oneLine(to.Mail), Name: oneLine(to.Name), Date: n.Created, Unsubscribe: to.Unsubscribe,
		Language: page.Language, Subject: page.Subject, PlainText: page.plain(), HTML: html.String(),
	}, nil
}

// page is a message in words, before it is laid out.
type page struct {
	Language  string
	Direction string
	Subject   string
	Lines     []string
	Items     []pageItem
	Advice    []string // what to keep in mind about proposals
	Closing   string   // in the convention's own wording
	Where     string   // where to read it
	URL       string
	Why       string
	Stop      string // how to end such mails
	StopURL   string
}

type pageItem struct {
	Heading string
	Reasons []string
}

func write(n *cooperation.Notification, l *i18n.Localizer, names i18n.Names, publicURL string) page {
	say := func(m message.Message) string { return l.Render(m, names) }
	p := page{Language: l.Language(), Direction: l.Direction(), Subject: oneLine(say(n.Subject)), Why: say(Why(n))}
	for _, m := range n.Lines {
		p.Lines = append(p.Lines, say(m))
	}
	for _, i := range n.Items {
		item := pageItem{Heading: say(i.Heading)}
		for _, m := range i.Reasons {
			item.Reasons = append(item.Reasons, say(m))
		}
		p.Items = append(p.Items, item)
	}
	if confidential(n) {
		p.Advice = []string{l.Text("notify.advice"), l.Text("notify.confidential")}
	}
	p.Where = l.Text("notify.where.app")
	if u, err := url.Parse(publicURL); err == nil && u.Host != "" && (u.Scheme == "https" || u.Scheme == "http") {
		p.Where, p.URL = l.Text("notify.where.address"), u.String()
	}
	return p
}

// plain is the message as plain text. The address stands on a line of its own
// and without direction marks, so that mail programs find its end.
func (p page) plain() string {
	var b strings.Builder
	paragraph := func(s string) { b.WriteString(s + "\n\n") }
	for _, s := range p.Lines {
		paragraph(s)
	}
	for i, item := range p.Items {
		if len(p.Items) > 1 {
			fmt.Fprintf(&b, "%d. ", i+1)
		}
		b.WriteString(item.Heading + "\n")
		for _, r := range item.Reasons {
			b.WriteString("   - " + r + "\n")
		}
		b.WriteString("\n")
	}
	for _, s := range p.Advice {
		paragraph(s)
	}
	if p.Closing != "" {
		paragraph(p.Closing)
	}
	b.WriteString(p.Where + "\n")
	if p.URL != "" {
		b.WriteString(p.URL + "\n")
	}
	b.WriteString("\n--\u0020\n" + p.Why + "\n") // the line before a signature, by the custom of RFC 3676
	if p.StopURL != "" {
		b.WriteString(p.Stop + "\n" + p.StopURL + "\n")
	}
	return b.String()
}

//go:embed mail.gohtml
var source string

// layout is the HTML of every message. Parsed once, it never changes.
var layout = template.Must(template.New("mail").Parse(source))

// unconfigured stands in identifiers in place of the installation's domain; it
// is reserved and belongs to nobody (RFC 2606).
const unconfigured = "entente.invalid"

// domainOf is the host of the installation's address in the form that
// identifiers of mail allow.
func domainOf(publicURL string) string {
	u, err := url.Parse(publicURL)
	if err != nil {
		return unconfigured
	}
	host := strings.ToLower(u.Hostname())
	if !domain.MatchString(host) {
		return unconfigured
	}
	return host
}

// domain is a host name that may stand in a Message-ID as it is.
var domain = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$`)

// oneLine makes a text safe for a header field: no line break can start
// another field.
func oneLine(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		return unicode.IsControl(r) || r == '\u2028' || r == '\u2029'
	}), " ")
}
