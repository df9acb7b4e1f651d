package matching_test

import (
	"encoding/json"
	"testing"
	"time"

	"entente/matching"
)

func TestKindsAreReadAndWrittenAsText(t *testing.T) {
	set, err := matching.ParseKinds(" training\tfinance  training ")
	if err != nil {
		t.Fatal(err)
	}
	if got := set.String(); got != "finance training" {
		t.Errorf("%q", got)
	}
	if set.Len() != 2 || !set.Has(matching.Finance) || set.Has(matching.Legal) {
		t.Errorf("wrong members: %s", set)
	}
	body, err := json.Marshal(struct{ Kinds matching.KindSet }{set})
	if err != nil || string(body) != `{"Kinds":"finance training"}` {
		t.Errorf("%s %v", body, err)
	}
	var back struct{ Kinds matching.KindSet }
	if err := json.Unmarshal(body, &back); err != nil || back.Kinds != set {
		t.Errorf("%s %v", back.Kinds, err)
	}
	if err := json.Unmarshal([]byte(`{"Kinds":"money"}`), &back); err == nil {
		t.Error("an unknown kind is accepted")
	}
	for k := range matching.Kind(matching.KindCount) {
		if parsed, ok := matching.ParseKind(k.String()); !ok || parsed != k {
			t.Errorf("%d is written %q and read %d", k, k, parsed)
		}
	}
}

func TestADayIsADateInUTC(t *testing.T) {
	for _, c := range []struct{ at, want string }{
		{"2024-10-04T00:00:00Z", "2024-10-04"},
		{"2024-10-04T23:59:59Z", "2024-10-04"},
		{"2024-10-05T01:00:00+02:00", "2024-10-04"},
		{"1969-12-31T23:00:00Z", "1969-12-31"},
	} {
		at, err := time.Parse(time.RFC3339, c.at)
		if err != nil {
			t.Fatal(err)
		}
		if got := matching.DayOf(at).String(); got != c.want {
			t.Errorf("%s is %s, not %s", c.at, got, c.want)
		}
	}
	if matching.DayOf(time.Time{}) != 0 || !matching.Day(0).Time().IsZero() || matching.Day(0).String() != "" {
		t.Error("no date is not kept")
	}
}

func TestReasonsSurviveJSONAsKeys(t *testing.T) {
	body, err := json.Marshal(map[matching.Reason]int{matching.LanguageDiffers: 3, matching.SameState: 1})
	if err != nil || string(body) != `{"language":3,"same_state":1}` {
		t.Fatalf("%s %v", body, err)
	}
	var back map[matching.Reason]int
	if err := json.Unmarshal(body, &back); err != nil || back[matching.LanguageDiffers] != 3 {
		t.Errorf("%v %v", back, err)
	}
	if err := json.Unmarshal([]byte(`{"exclusion":1}`), &back); err == nil {
		t.Error("a count of exclusions is accepted")
	}
}
