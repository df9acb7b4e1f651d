package cooperation_test

import (
	"strconv"
	"testing"
	"time"

	"entente/cooperation"
)

// "Confidential feedback from each side": the partner reads its own, and whoever
// facilitates reads all, unless its own State is on a side.
func TestWhoReadsFeedback(t *testing.T) {
	a := active(t)
	a.do(a.GiveFeedback(a.k(), a.need(), 2, "They came late.", kenyaFocal, a.now))
	a.do(a.GiveFeedback(a.k(), a.need(), 5, "", germanProvider, a.now))
	wantCode(t, a.GiveFeedback(a.k(), a.need(), 5, "", kenyaApprover, a.now), cooperation.Conflict)
	wantField(t, a.GiveFeedback(a.k(), a.need(), 6, "", franceProvider, a.now), "rating", "error.invalid.too_large")
	sitting := func(country cooperation.Participant) cooperation.Actor {
		return cooperation.ActorOf(&cooperation.User{ID: "sitting-" + string(country), Grants: []cooperation.Grant{{Convention: pilotID, Role: cooperation.CommitteeMember, Participant: country, Committee: "review"}}}, false)
	}
	reads := func(who cooperation.Actor) string {
		shown := a.ShownDelivery(who, a.conv, a.need())
		if shown == nil {
			return "nothing"
		}
		ratings := ""
		for _, f := range shown.Feedback {
			ratings += strconv.Itoa(f.Rating)
		}
		return ratings
	}
	for name, c := range map[string]struct {
		who  cooperation.Actor
		want string
	}{
		"the State": {kenyaApprover, "2"}, "a provider": {germanProvider, "5"}, "one that gave none": {franceProvider, ""}, "a co-beneficiary": {mozApprover, ""},
		"the secretariat": {secretariat, "25"}, "a member, where the secretariat facilitates": {sitting("PE"), "nothing"}, "the public": {public, "nothing"},
	} {
		if got := reads(c.who); got != c.want {
			t.Errorf("%s reads %q, want %q", name, got, c.want)
		}
	}
	a.conv.Facilitator, a.conv.ReviewBody, a.conv.Committees = cooperation.CommitteeFacilitates, "review", []cooperation.Committee{{ID: "review"}}
	if reads(sitting("PE")) != "25" || reads(sitting("DE")) != "" || reads(sitting("KE")) != "" {
		t.Errorf("where a committee facilitates, its members read %q, on a side %q and %q", reads(sitting("PE")), reads(sitting("DE")), reads(sitting("KE")))
	}
	if len(a.Feedback) != 2 {
		t.Error("showing it to somebody took something away")
	}
	before := agreed(t)
	wantCode(t, before.GiveFeedback(before.k(), before.need(), 3, "", kenyaFocal, before.now), cooperation.State)
}

func TestRatingsOfFewAreToldToNobody(t *testing.T) {
	var all []cooperation.Feedback
	give := func(rating int, who string) {
		f := cooperation.Feedback{Rating: rating}
		f.Side, f.Participant, f.Time = cooperation.NeedSide, cooperation.Participant(who), noon.Add(time.Duration(len(all))*time.Hour)
		all = append(all, f)
	}
	for i := range 9 {
		give(5, strconv.Itoa(i))
	}
	if got := cooperation.RatingsOf(cooperation.NeedSide, all); got != (cooperation.Ratings{}) {
		t.Errorf("of nine is told %+v", got)
	}
	give(2, "last")
	want := cooperation.Ratings{Count: 10, Tenths: 47}
	for range 9 {
		if got := cooperation.RatingsOf(cooperation.NeedSide, all); got != want {
			t.Errorf("of %d is told %+v", len(all), got)
		}
		give(1, "later")
	}
	if got := cooperation.RatingsOf(cooperation.OfferSide, all); got != (cooperation.Ratings{}) {
		t.Errorf("of the other side is told %+v", got)
	}
	for i := range all {
		all[i].Participant = cooperation.Participant(strconv.Itoa(i % 4))
	}
	if got := cooperation.RatingsOf(cooperation.NeedSide, all); got != (cooperation.Ratings{}) {
		t.Errorf("of four partners is told %+v", got)
	}
}

// "Lessons shared once both cleared them": the same words, and with the public
// only if all say so.
func TestLessonsAreSharedOnceAllHaveClearedTheSameWords(t *testing.T) {
	a := active(t)
	party, everybody := someone(cooperation.FocalPoint, "TZ"), public
	sees := func(who cooperation.Actor) bool { return cooperation.SeesLessons(who, a.Partnership) }
	wantCode(t, a.ClearLessons(a.k(), a.need(), 1, false, kenyaFocal, a.now), cooperation.Conflict)
	a.do(a.DraftLessons(a.k(), a.need(), " Train the trainers first. ", "en", true, kenyaFocal, a.now))
	a.do(a.ClearLessons(a.k(), a.need(), 1, true, franceProvider, a.now))
	a.do(a.DraftLessons(a.k(), a.need(), "Train the trainers first, in French.", "en", true, germanProvider, a.now))
	wantCode(t, a.ClearLessons(a.k(), a.need(), 1, true, kenyaFocal, a.now), cooperation.Conflict) // he has read other words
	a.do(a.ClearLessons(a.k(), a.need(), 2, true, kenyaFocal, a.now))
	if a.Lessons.Shared != nil || sees(party) || sees(secretariat) {
		t.Error("one has not cleared them, and they are shared")
	}
	a.do(a.ClearLessons(a.k(), a.need(), 2, false, franceProvider, a.now))
	if !sees(party) || !sees(secretariat) || !sees(member) || sees(observer) || sees(everybody) || a.Lessons.Shared.Text != "Train the trainers first, in French." {
		t.Errorf("cleared by all, they are %s", asText(t, a.Lessons))
	}
	a.do(a.ClearLessons(a.k(), a.need(), 2, true, franceProvider, a.now.Add(time.Hour)))
	if !sees(everybody) || !a.Lessons.Shared.Time.Equal(a.now) {
		t.Error("when all say so, the public does not read them")
	}
	a.do(a.ClearLessons(a.k(), a.need(), 2, false, kenyaFocal, a.now))
	if sees(everybody) || !sees(party) {
		t.Error("when one takes that back, the public still reads them")
	}
	a.do(a.DraftLessons(a.k(), a.need(), "Better words.", "", false, kenyaFocal, a.now))
	if a.Lessons.Shared.Text != "Train the trainers first, in French." || a.Lessons.Draft != 3 {
		t.Errorf("with a new draft they are %s", asText(t, a.Lessons))
	}
	wantField(t, a.DraftLessons(a.k(), a.need(), " ", "", false, kenyaFocal, a.now), "text", "error.invalid.required")
	wantField(t, a.DraftLessons(a.k(), a.need(), "x", "klingon", false, kenyaFocal, a.now), "content_language", "error.invalid.unknown_language")
}
