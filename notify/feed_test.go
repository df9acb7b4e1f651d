package notify

import (
	"bytes"
	"encoding/xml"
	"strings"
	"testing"
	"time"

	ics "github.com/arran4/golang-ical"

	"entente/cooperation"
	"entente/i18n"
	"entente/i18n/i18ntest"
	"entente/message"
)

func TestAFeedHasAllThatAtomAsksForAndOddTextsDoNotBreakIt(t *testing.T) {
	f := Feed{ID: "urn:entente:feed:pilot", Self: "/api/v1/feeds/pilot", Language: "ar", Title: "اتفاقية", Author: "Secretariat", Updated: noon.AddDate(-1, 0, 0),
		Entries: []FeedEntry{{ID: "urn:entente:need:a", Link: "/api/v1/needs/a", Title: `<script>&"]]>`, Summary: "a\x01b", Published: noon, Updated: noon.Add(time.Hour), Categories: []string{"Law & order"}}}}
	text, err := f.Atom()
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
		ID      string   `xml:"http://www.w3.org/2005/Atom id"`
		Updated string   `xml:"http://www.w3.org/2005/Atom updated"`
		Author  string   `xml:"http://www.w3.org/2005/Atom author>name"`
		Entry   struct {
			ID, Title, Updated, Published string
		} `xml:"http://www.w3.org/2005/Atom entry"`
	}
	if err := xml.Unmarshal(text, &got); err != nil {
		t.Fatalf("%v:\n%s", err, text)
	}
	_ = got.Entry
	if got.ID != f.ID || got.Author != "Secretariat" || got.Updated != "2026-03-10T13:00:00Z" || !strings.Contains(string(text), `xml:lang="ar"`) {
		t.Errorf("the feed is\n%s", text)
	}
	if strings.Contains(string(text), "<script>") || bytes.ContainsRune(text, 1) {
		t.Errorf("a text has broken out:\n%s", text)
	}
	if again, _ := f.Atom(); !bytes.Equal(text, again) {
		t.Error("the same news are other bytes")
	}
}

func TestACalendarCanBeReadBackAndItsLinesEndAsTheyMust(t *testing.T) {
	day := cooperation.DateOf(noon)
	dates := []cooperation.Appointment{
		{ID: "meeting", Convention: "pilot", Begin: day, End: day.AddDays(2), Updated: noon,
			What: message.New("calendar.meeting", message.Of(message.Convention, "convention", "pilot"), message.Of(message.Text, "name", "Session; with, marks"), message.Of(message.Body, "body", "review"))},
		{ID: "need", Convention: "pilot", Begin: day.AddDays(9), Updated: noon,
			What: message.New("calendar.need.valid", message.Of(message.Convention, "convention", "pilot"), message.Of(message.Text, "title", strings.Repeat("прогрес", 30)))},
	}
	l := i18ntest.Strict(t).Localizer("ru")
	text := Calendar(dates, l, func(string) i18n.Names { return words{} })
	for line := range bytes.SplitSeq(text, []byte("\r\n")) {
		if len(line) > 75 || bytes.ContainsAny(line, "\r\n") {
			t.Errorf("a line of %d bytes: %q", len(line), line)
		}
	}
	c, err := ics.ParseCalendar(bytes.NewReader(text))
	if err != nil {
		t.Fatalf("%v:\n%s", err, text)
	}
	events := c.Events()
	if len(events) != 2 || events[0].Id() != "meeting" {
		t.Fatalf("the calendar is\n%s", text)
	}
	if end, err := events[0].GetAllDayEndAt(); err != nil || end.Format(time.DateOnly) != "2026-03-13" {
		t.Errorf("the meeting of three days ends before %v: %v", end, err)
	}
	if s := events[0].GetProperty(ics.ComponentPropertySummary).Value; !strings.Contains(s, "Session; with, marks") && !strings.Contains(s, `Session\; with\, marks`) {
		t.Errorf("the summary is %q", s)
	}
	if again := Calendar(dates, l, func(string) i18n.Names { return words{} }); !bytes.Equal(text, again) {
		t.Error("the same dates are other bytes")
	}
}
