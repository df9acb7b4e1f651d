package cooperation_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/cooperation"
	"entente/message"
)

func TestACompactNotificationSaysTheSame(t *testing.T) {
	line := func(key string) message.Message {
		return message.New(key, message.Of(message.Text, "title", "Survey"), message.Count(2))
	}
	n := cooperation.Notification{Recipient: "u", Committee: "review", Reason: "need.admit", Subject: line("subject"), Lines: []message.Message{line("one"), line("two")},
		Items:     []cooperation.Item{{Heading: line("heading"), Reasons: []message.Message{line("why"), line("why"), line("also")}, Document: "need/1"}},
		Documents: []string{"need/1", "need/2", "need/3"}, Reminders: []string{"r"}, Gathered: []string{"a", "b", "c"}, Run: "run", Status: cooperation.Held}
	n.ID, n.Convention, n.Version = "n", "pilot", 3
	text, err := json.Marshal(n)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{string(text), `{"recipient":"u","reason":"digest"}`} {
		var got, want cooperation.Notification
		for _, to := range []*cooperation.Notification{&got, &want} {
			if err := json.Unmarshal([]byte(text), to); err != nil {
				t.Fatal(err)
			}
		}
		got.Compact()
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("it says something else:\n%s", diff)
		}
		if cap(got.Documents) != len(got.Documents) || cap(got.Subject.Args) != len(got.Subject.Args) {
			t.Errorf("there is room for %d documents, and there are %d", cap(got.Documents), len(got.Documents))
		}
	}
}
