package notify

import (
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// report is a delivery status notification with the status as its second part.
func report(encoding, status string) string {
	return strings.ReplaceAll(`Return-Path: <>
From: MAILER-DAEMON@relay.example
To: entente@mail.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
	boundary="=_b/1"

This is a message in parts.

--=_b/1
Content-Type: text/plain; charset=us-ascii

Your mail could not be delivered. Final-Recipient: rfc822; quoted@mail.example

--=_b/1
Content-Description: Delivery report
Content-Type: message/delivery-status
`+encoding+`
`+status+`
--=_b/1
Content-Type: message/rfc822

From: entente@mail.example
Subject: a message

Text.
--=_b/1--
`, "\n", "\r\n")
}

// The forms in which mail servers say the same.
const (
	likePostfix = `Reporting-MTA: dns; relay.example
X-Postfix-Queue-ID: 4XyZ
Arrival-Date: Tue, 10 Mar 2026 12:00:00 +0000 (UTC)

Final-Recipient: rfc822; alias@mail.example
Original-Recipient: rfc822;first@mail.example
Action: failed
Status: 5.1.1
Remote-MTA: dns; mx.mail.example
Diagnostic-Code: smtp; 550 5.1.1 <alias@mail.example>: Recipient address
    rejected: User unknown

Final-Recipient: rfc822; later@mail.example
Action: delayed
Status: 4.4.1

Final-Recipient: rfc822; second@mail.example
Action: failed
Status: 5.2.2
`
	likeExim = `Reporting-MTA: dns; relay.example

Action: failed
Final-Recipient: rfc822;first@mail.example
Status: 5.0.0
Remote-MTA: dns; mx.mail.example
Diagnostic-Code: smtp; 550-5.1.1 The account does not exist.
 550 5.1.1 Check the address.
`
	likeExchange = `Reporting-MTA: dns;EX01.mail.example
Received-From-MTA: dns;EX02.mail.example
Arrival-Date: Tue, 10 Mar 2026 12:00:00 +0000

Original-Recipient: rfc822;first@mail.example
Final-Recipient: RFC822;<first@mail.example>
Action: Failed
Status: 5.1.10
Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found
X-Display-Name: First
`
)

func TestAReportOfAMailThatCameBackIsReadInTheFormsOfServers(t *testing.T) {
	first := "first@mail.example"
	for name, tc := range map[string]struct {
		mail string
		want []Returned
	}{
		"several recipients, folded": {report("", likePostfix), []Returned{{"alias@mail.example", first, "5.1.1"}, {"second@mail.example", "", "5.2.2"}}},
		"from a mailbox":             {"From MAILER-DAEMON Tue Mar 10 12:00:00 2026\n" + report("", likePostfix), []Returned{{"alias@mail.example", first, "5.1.1"}, {"second@mail.example", "", "5.2.2"}}},
		"status only as it was said": {report("", likeExim), []Returned{{first, "", "5.1.1"}}},
		"original and brackets":      {report("", likeExchange), []Returned{{first, first, "5.1.10"}}},
		"base64": {report("Content-Transfer-Encoding: base64\n", base64.StdEncoding.EncodeToString([]byte(likeExchange))),
			[]Returned{{first, first, "5.1.10"}}},
		"quoted-printable":   {report("Content-Transfer-Encoding: quoted-printable\n", strings.ReplaceAll(likeExim, "first@", "first=40")), []Returned{{first, "", "5.1.1"}}},
		"only a delay":       {report("", "Reporting-MTA: dns; r\n\nFinal-Recipient: rfc822; a@b.example\nAction: delayed\nStatus: 4.4.1\n"), nil},
		"no word of why":     {report("", "Reporting-MTA: dns; r\n\nFinal-Recipient: rfc822; a@b.example\nAction: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; 550 go away\n"), []Returned{{"a@b.example", "", "5.0.0"}}},
		"a comment behind":   {report("", "Reporting-MTA: dns; r\n\nFinal-Recipient: rfc822; a@b.example\nAction: failed (gone)\nStatus: 5.1.1 (no such user)\n"), []Returned{{"a@b.example", "", "5.1.1"}}},
		"a long mail behind": {report("", likeExim) + strings.Repeat("x", 2*longestReport), []Returned{{first, "", "5.1.1"}}},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := ReadReport(strings.NewReader(tc.mail))
			if diff := cmp.Diff(tc.want, got); diff != "" || err != nil {
				t.Errorf("%v\n%s", err, diff)
			}
		})
	}
}

func TestWhatIsNoReportIsToldApart(t *testing.T) {
	whole := report("", likeExim)
	for name, mail := range map[string]string{
		"nothing":               "",
		"no mail":               "\x00\x01",
		"an ordinary mail":      "From: a@b.example\r\nSubject: hello\r\n\r\nFinal-Recipient: rfc822; a@b.example\r\nAction: failed\r\n",
		"a read receipt":        strings.ReplaceAll(whole, "report-type=delivery-status", "report-type=disposition-notification"),
		"no boundary":           strings.ReplaceAll(whole, "boundary", "border"),
		"no status":             strings.ReplaceAll(whole, "message/delivery-status", "text/plain"),
		"no recipient":          report("", "Reporting-MTA: dns; relay.example\n"),
		"a recipient by fax":    report("", "Reporting-MTA: dns; r\n\nFinal-Recipient: fax; 123\nAction: failed\n"),
		"no address":            report("", "Reporting-MTA: dns; r\n\nFinal-Recipient: rfc822; not an address\nAction: failed\n"),
		"cut before the status": whole[:strings.Index(whole, "Content-Description")],
		"a status too far away": strings.ReplaceAll(whole, "This is a message in parts.", strings.Repeat("long ", longestReport/4)),
		"base64 that is none":   report("Content-Transfer-Encoding: base64\n", "%%%"),
	} {
		t.Run(name, func(t *testing.T) {
			if got, err := ReadReport(strings.NewReader(mail)); !errors.Is(err, ErrNoReport) || got != nil {
				t.Errorf("read as %v, %v", got, err)
			}
		})
	}
	broken := io.MultiReader(strings.NewReader(whole[:100]), failing{})
	if _, err := ReadReport(broken); err == nil || errors.Is(err, ErrNoReport) {
		t.Errorf("a reader that fails gives %v", err)
	}
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

func TestOfEndlesslyManyRecipientsAHundredAreRead(t *testing.T) {
	var b strings.Builder
	b.WriteString("Reporting-MTA: dns; r\n")
	for i := range 3 * mostRecipients {
		fmt.Fprintf(&b, "\nFinal-Recipient: rfc822; a%d@b.example\nAction: failed\nStatus: 5.1.1\n", i)
	}
	if got, err := ReadReport(strings.NewReader(report("", b.String()))); len(got) != mostRecipients || err != nil {
		t.Errorf("%d were read: %v", len(got), err)
	}
}

// FuzzBounce reads anything as a mail that came back: whatever is read of it is
// an address on one line and a status, or nothing.
func FuzzBounce(f *testing.F) {
	for _, status := range []string{likePostfix, likeExim, likeExchange, "", ":\n \n\t:", "Final-Recipient: rfc822;@\n", "Final-Recipient: rfc822;\"a\nb\"@c\nAction: failed"} {
		f.Add(report("", status))
		f.Add("From x\n" + report("Content-Transfer-Encoding: base64\n", base64.StdEncoding.EncodeToString([]byte(status))))
	}
	f.Add("Content-Type: multipart/report; report-type=delivery-status; boundary=\"\"\n\n--\n")
	f.Fuzz(func(t *testing.T, mail string) {
		all, err := ReadReport(strings.NewReader(mail))
		if err != nil && (!errors.Is(err, ErrNoReport) || all != nil) {
			t.Fatalf("%v, %v", all, err)
		}
		if len(all) > mostRecipients {
			t.Errorf("%d recipients", len(all))
		}
		for _, r := range all {
			for _, address := range []string{r.Address, r.Original} {
				if address == "" && address == r.Original {
					continue
				}
				if !strings.Contains(address, "@") || len(address) > longestMailAddress || oneLine(address) != address {
					t.Errorf("the address %q", address)
				}
			}
			if r.Status != "" && !wholeStatus.MatchString(r.Status) {
				t.Errorf("the status %q", r.Status)
			}
		}
	})
}
