package notify

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
)

// said is what the table of the documentation says of a verdict.
func said(v Verdict) string {
	switch {
	case v.Delivered:
		return "delivered"
	case v.Gone:
		return "given up; the webhook is paused and its owner told"
	case v.Next.IsZero():
		return "given up"
	}
	return "tried again"
}

// statuses is the table of all answers of HTTP, those beside each other that
// mean the same put together.
func statuses() string {
	var b strings.Builder
	type row struct {
		class   Class
		said    string
		waiting bool
	}
	line := func(from, to int, r row) {
		span := fmt.Sprint(from)
		if from != to {
			span = fmt.Sprintf("%d–%d", from, to)
		}
		class, wait := "—", ""
		if r.class != "" {
			class = "`" + string(r.class) + "`"
		}
		if r.waiting {
			wait = ", not before `Retry-After`"
		}
		fmt.Fprintf(&b, "| %s | %s | %s%s |\n", span, class, r.said, wait)
	}
	var before row
	from := 100
	for status := 100; status <= 600; status++ {
		reply := replyOf(status, "3600", noon)
		now := row{reply.Class, said(verdictOf("x", 0, reply, noon)), reply.Wait > 0}
		if status > 100 && (now != before || status == 600) {
			line(from, status-1, before)
			from = status
		}
		before = now
	}
	return b.String()
}

func TestTheDocumentationHasTheTableOfEveryAnswer(t *testing.T) {
	text, err := os.ReadFile("../docs/channels.md")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(text), statuses()) {
		t.Errorf("docs/channels.md does not have the table of answers:\n%s", statuses())
	}
	for _, c := range []Class{Timeout, Network, NoName, Insecure, Protocol, Blocked, Internal, Stale, NoRole} {
		row := fmt.Sprintf("| `%s` | %s |", c, said(verdictOf("x", 0, Reply{Class: c}, noon)))
		if !strings.Contains(string(text), row) {
			t.Errorf("docs/channels.md does not have the row of a fault: %s", row)
		}
	}
}

func TestAReceiverIsTriedForThreeDaysAndThenGivenUp(t *testing.T) {
	var total time.Duration
	attempts := 0
	for ; attempts < 100; attempts++ {
		v := verdictOf("some delivery", attempts, Reply{Status: 503, Class: Unavailable}, noon)
		if v.Next.IsZero() {
			break
		}
		total += v.Next.Sub(noon)
	}
	if attempts != 9 || total < 60*time.Hour || total > 92*time.Hour {
		t.Errorf("given up after %d pauses of %v in all", attempts, total)
	}
	if a, b := verdictOf("a", 3, Reply{Class: Timeout}, noon), verdictOf("b", 3, Reply{Class: Timeout}, noon); a.Next.Equal(b.Next) {
		t.Error("two deliveries that failed together come back together")
	}
	if a, b := verdictOf("a", 3, Reply{Class: Timeout}, noon), verdictOf("a", 3, Reply{Class: Timeout}, noon); !a.Next.Equal(b.Next) {
		t.Error("the pause of one delivery differs from replica to replica")
	}
}

func TestTheReceiversWishToWaitIsHonouredWithinADay(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"3600": time.Hour, "0": 0, "-5": 0, "soon": 0, "": 0, "99999999": 24 * time.Hour, "99999999999999999999": 0,
		noon.Add(2 * time.Hour).Format("Mon, 02 Jan 2006 15:04:05 GMT"):  2 * time.Hour,
		noon.Add(-2 * time.Hour).Format("Mon, 02 Jan 2006 15:04:05 GMT"): 0,
		noon.AddDate(1, 0, 0).Format("Mon, 02 Jan 2006 15:04:05 GMT"):    24 * time.Hour,
	} {
		if got := replyOf(429, text, noon).Wait; got != want {
			t.Errorf("Retry-After %q: %v and not %v", text, got, want)
		}
	}
	v := verdictOf("x", 0, replyOf(503, "7200", noon), noon)
	if got := v.Next.Sub(noon); got != 2*time.Hour {
		t.Errorf("tried again after %v", got)
	}
}

// replies is the table of all replies of a mail server.
func replies() string {
	word := func(code int, at stage) string {
		class := classOfReply(code, at)
		if class.Retry() {
			return "`" + string(class) + "`, tried again"
		}
		return "`" + string(class) + "`, given up"
	}
	var b strings.Builder
	from := 200
	for code := 201; code <= 600; code++ {
		same := code < 600 && word(code, connecting) == word(from, connecting) && word(code, handing) == word(from, handing)
		if same {
			continue
		}
		span := fmt.Sprint(from)
		if from != code-1 {
			span = fmt.Sprintf("%d–%d", from, code-1)
		}
		fmt.Fprintf(&b, "| %s | %s | %s |\n", span, word(from, connecting), word(from, handing))
		from = code
	}
	return b.String()
}

func TestTheDocumentationHasTheTableOfEveryReplyOfAMailServer(t *testing.T) {
	text, err := os.ReadFile("../docs/channels.md")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(text), replies()) {
		t.Errorf("docs/channels.md does not have the table of replies:\n%s", replies())
	}
	for _, c := range []Class{Timeout, Network, Insecure, Auth, Protocol, Address, Internal, NoAddress, NoRole, Bounced, Unwanted, Stale} {
		what := "given up"
		if c.Retry() {
			what = "tried again"
		}
		if row := fmt.Sprintf("| `%s` | mail %s |", c, what); !strings.Contains(string(text), row) {
			t.Errorf("docs/channels.md does not have the row of a fault: %s", row)
		}
	}
}
