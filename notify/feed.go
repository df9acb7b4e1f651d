package notify

import (
	"encoding/xml"
	"time"
)

// Feed is a list of public news in the form of Atom (RFC 4287).
type Feed struct {
	ID       string // never changes
	Self     string // where the feed is
	Language string
	Title    string
	Author   string
	Updated  time.Time // when there are no entries
	Entries  []FeedEntry
}

// FeedEntry is one piece of news.
type FeedEntry struct {
	ID                 string // never changes
	Link               string
	Title, Summary     string
	Language           string // of title and summary; empty: the feed's
	Published, Updated time.Time
	Categories         []string
}

type atomFeed struct {
	XMLName  xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Language string      `xml:"xml:lang,attr"`
	ID       string      `xml:"id"`
	Title    string      `xml:"title"`
	Updated  string      `xml:"updated"`
	Link     atomLink    `xml:"link"`
	Author   atomAuthor  `xml:"author"`
	Entries  []atomEntry `xml:"entry"`
}

type atomEntry struct {
	Language   string         `xml:"xml:lang,attr,omitempty"`
	ID         string         `xml:"id"`
	Title      string         `xml:"title"`
	Link       atomLink       `xml:"link"`
	Published  string         `xml:"published"`
	Updated    string         `xml:"updated"`
	Categories []atomCategory `xml:"category"`
	Summary    string         `xml:"summary,omitempty"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Href string `xml:"href,attr"`
}

type atomAuthor struct {
	Name string `xml:"name"`
}

type atomCategory struct {
	Term string `xml:"term,attr"`
}

// Atom writes the feed. Its time is that of its latest entry, so that the same
// news are the same bytes.
func (f Feed) Atom() ([]byte, error) {
	out := atomFeed{Language: f.Language, ID: f.ID, Title: f.Title, Link: atomLink{"self", f.Self}, Author: atomAuthor{f.Author}}
	updated := f.Updated
	for _, e := range f.Entries {
		if e.Updated.After(updated) {
			updated = e.Updated
		}
		entry := atomEntry{Language: e.Language, ID: e.ID, Title: e.Title, Link: atomLink{"alternate", e.Link}, Summary: e.Summary,
			Published: instantOf(e.Published), Updated: instantOf(e.Updated)}
		for _, c := range e.Categories {
			entry.Categories = append(entry.Categories, atomCategory{c})
		}
		out.Entries = append(out.Entries, entry)
	}
	out.Updated = instantOf(updated)
	text, err := xml.MarshalIndent(out, "", " ")
	return append([]byte(xml.Header), append(text, '\n')...), err
}

func instantOf(t time.Time) string { return t.UTC().Format(time.RFC3339) }
