package api_test

import (
	"testing"
	"time"

	"entente/cooperation"
)

// endorsed gives a proposal that the committee has endorsed; one silence endorses
// many.
func (i *installation) endorsed() func() string {
	i.t.Helper()
	var ids []string
	for range 12 {
		ids = append(ids, i.proposed())
	}
	i.ask("member", "POST", "/api/v1/reviews", map[string]any{"convention": "fctc", "proposals": ids}).is(201)
	i.late.Add(int64(10 * 24 * time.Hour))
	if _, err := i.platform.Tick(i.t.Context(), "fctc"); err != nil {
		i.t.Fatal(err)
	}
	for who := range grants() { // the tokens of before have run out
		scope := cooperation.ScopeWrite
		if who == "reader" {
			scope = cooperation.ScopeRead
		}
		if who != "dismissed" {
			i.tokens[who], _ = i.token(who, scope, time.Hour)
		}
	}
	return func() string {
		id := ids[len(ids)-1]
		ids = ids[:len(ids)-1]
		return id
	}
}

// introduced begins an introduction by interest of the provider.
func (i *installation) introduced() string {
	i.t.Helper()
	var q struct{ Introduction string }
	i.ask("provider", "POST", "/api/v1/proposals/"+i.proposed()+"/interest", nil, "If-Match", "*").is(200).into(&q)
	return q.Introduction
}

// Both sides answer, ask and read along with those who facilitate: here the
// secretariat. To members there is no introduction.
func (tables) Introductions(i *installation) []right {
	i.seated()
	i.openOffer("An open offer")
	endorsed := i.endorsed()
	asking := func() string {
		id := i.introduced()
		for range 2 {
			i.ask("provider", "POST", "/api/v1/introductions/"+id+"/ask", `{"text":"When?"}`, "If-Match", "*").is(200)
		}
		return id
	}
	talking := func() string {
		id := i.introduced()
		i.ask("focal", "POST", "/api/v1/introductions/"+id+"/reply", `{"reply":"interested"}`, "If-Match", "*").is(200)
		return id
	}
	standing := i.introduced()
	return []right{
		{op: "introduceProposal", fresh: endorsed, may: "200 secretary, 403 focal approver provider sponsor member, 404 others"},
		{op: "introduceProposal", what: "absent", id: nobody, may: "404 others"},
		{op: "listIntroductions", query: inFCTC, may: "200 others"},
		{op: "getIntroduction", id: standing, may: "200 focal approver reader provider sponsor secretary, 404 others"},
		{op: "getIntroduction", what: "absent", id: nobody, may: "404 others"},
		{op: "listIntroductionHistory", id: standing, may: "200 focal approver reader provider sponsor secretary, 404 others"},
		{op: "replyIntroduction", fresh: i.introduced, body: `{"reply":"declined","reason":"timing"}`, may: "200 focal approver provider sponsor, 403 secretary, 404 others"},
		{op: "endIntroduction", fresh: talking, body: `{"reason":"timing"}`, may: "200 focal approver provider sponsor secretary, 404 others"},
		{op: "endIntroduction", what: "before both talk", fresh: i.introduced, body: `{"reason":"no_answer"}`, may: "422 focal approver provider sponsor, 409 secretary, 404 others"},
		{op: "askIntroduction", fresh: i.introduced, body: `{"text":"When?"}`, may: "200 focal approver provider sponsor, 403 secretary, 404 others"},
		{op: "answerIntroduction", fresh: asking, body: `{"question":1,"text":"In May."}`, may: "200 focal approver, 422 provider sponsor, 403 secretary, 404 others"},
	}
}

func TestAnIntroductionAsBothSidesReadIt(t *testing.T) {
	i := install(t)
	i.seated()
	i.openOffer("An open offer")
	at := "/api/v1/introductions/" + i.introduced()
	type view struct {
		Version int
		Asked   []struct {
			Side, Reply, Reason string
			Participant         struct{ Name string }
			ReplyBy             string `json:"reply_by"`
			ReasonLabel         string `json:"reason_label"`
		}
		Questions []struct {
			Number  int
			Answers []struct{ Text string }
		}
		Contacts []struct{ Side, Name, Mail string }
		Labels   struct{ Status string }
	}
	var shown, own, other view
	i.ask("focal", "POST", at+"/reply", `{"reply":"more_information","text":"In which month?"}`, "If-Match", `"1"`).is(200)
	i.ask("focal", "POST", at+"/reply", `{"reply":"interested"}`, "If-Match", `"1"`).is(412)
	i.ask("provider", "POST", at+"/answer", `{"question":1,"text":"In May."}`, "If-Match", `"2"`).is(200)
	i.ask("provider", "GET", at, nil, "Accept-Language", "fr").is(200).into(&shown)
	if shown.Version != 3 || shown.Labels.Status != "Réponses attendues" || len(shown.Questions) != 1 || shown.Questions[0].Answers[0].Text != "In May." || len(shown.Contacts) < 2 ||
		shown.Asked[0].ReplyBy == "" || shown.Asked[1].ReplyBy != "" || shown.Asked[1].Reply != "interested" {
		t.Errorf("the provider reads %+v", shown)
	}
	i.ask("focal", "POST", at+"/reply", `{"reply":"declined","reason":"timing","text":"Next year.","exclude":["SE"]}`, "If-Match", "*").is(422)
	i.ask("focal", "POST", at+"/reply", `{"reply":"declined","reason":"timing","text":"Next year."}`, "If-Match", "*").is(200).into(&own)
	if own.Asked[0].ReasonLabel != "The dates do not fit" {
		t.Errorf("its own side reads %+v", own.Asked)
	}
	i.ask("sponsor", "GET", at, nil).is(200).into(&other)
	if a := other.Asked[0]; a.Reply != "declined" || a.Reason != "" || len(other.Contacts) != 0 {
		t.Errorf("the other side reads %+v", other)
	}
}
