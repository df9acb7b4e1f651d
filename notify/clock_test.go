package notify

import (
	"fmt"
	"testing"

	"entente/cooperation"
	"entente/i18n/i18ntest"
	"entente/message"
)

func waiting(id string, to ...cooperation.Owner) cooperation.DueReminder {
	return cooperation.DueReminder{ID: id, To: to, Title: "Survey of two provinces", Told: func(string) bool { return false },
		Clock: cooperation.Clock{ID: "clock-" + id, Kind: cooperation.OpeningClock, Document: "proposal/" + id, Last: cooperation.DateOf(noon).AddDays(3), Due: noon.AddDate(0, 0, 4)}}
}

func TestAllThatWaitsForSomebodyIsOneMessage(t *testing.T) {
	chair, office := cooperation.MemberOwns("review", "PE"), cooperation.SecretariatOwns()
	late := waiting("r-2", chair, office)
	late.Clock.Due = noon.AddDate(0, 0, -1)
	known := waiting("r-3", chair)
	known.Told = func(recipient string) bool { return recipient == "member-pe" }
	told := tell(t, cooperation.Occasion{Reason: ReasonClocks, Convention: pilot(), Actor: cooperation.System("clock"),
		Due: []cooperation.DueReminder{waiting("r-1", chair), late, known}}, everybody()...)
	if len(told) != 2 {
		t.Fatalf("%d people are told", len(told))
	}
	of, secretary := told["member-pe/"], told["secretary/"]
	if of == nil || len(of.Items) != 2 || len(of.Reminders) != 2 || of.Status != cooperation.Pending || cooperation.GroupOf(of.Reason) != cooperation.GroupRequests {
		t.Errorf("the chair is told %+v", of)
	}
	if secretary == nil || len(secretary.Items) != 1 || secretary.Items[0].Heading.Key != "notify.clock.over" || secretary.Reminders[0] != "r-2" {
		t.Errorf("the secretariat is told %+v", secretary)
	}
	said := []message.Message{of.Subject, of.Lines[0], of.Items[0].Heading, of.Items[1].Heading, Why(of), message.New("notify.clocks.due.more", message.Count(2))}
	stopped := waiting("r-4")
	stopped.Clock.Last = cooperation.Date{}
	said = append(said, (&telling{now: noon}).clockHeading(&stopped))
	i18ntest.Renders(t, words{}, said...)
	if entitled(person("passer-by"), of) {
		t.Error("somebody without a role may be written to")
	}
}

func TestAfterALongOutageOneMessageNamesEverything(t *testing.T) {
	var due []cooperation.DueReminder
	for i := range 200 {
		due = append(due, waiting(fmt.Sprintf("r-%03d", i), cooperation.SecretariatOwns()))
	}
	told := NewTeller().Tell(cooperation.Occasion{Reason: ReasonClocks, Convention: pilot(), Due: due}, everybody(), noon)
	if len(told) != 1 || len(told[0].Reminders) != 200 || len(told[0].Items) != reminded || len(told[0].Documents) != documents || len(told[0].Lines) != 2 {
		t.Errorf("it is %+v", told)
	}
}
