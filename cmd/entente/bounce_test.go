package main

import (
	"bytes"
	"strings"
	"testing"
)

// piped runs the program with a mail on its standard input.
func piped(t *testing.T, env []string, mail string, args ...string) (out, errs string, code int) {
	t.Helper()
	var o, e bytes.Buffer
	in := strings.NewReader(strings.ReplaceAll(mail, "\n", "\r\n"))
	code = run(t.Context(), args, env, in, &o, &e)
	if in.Len() > 0 {
		t.Errorf("%d bytes of the mail were left in the pipe", in.Len())
	}
	return o.String(), e.String(), code
}

const cameBack = `From: MAILER-DAEMON@relay.example
Subject: Undelivered Mail
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

It came back.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; relay.example

Final-Recipient: rfc822; forwarded@elsewhere.example
Original-Recipient: rfc822; First@Example.org
Action: failed
Status: 5.1.1

Final-Recipient: rfc822; full@example.org
Action: failed
Status: 5.2.2

Final-Recipient: rfc822; stranger@example.org
Action: failed
Status: 5.1.1
--b--
`

func TestAMailThatCameBackPausesTheAddressThatTakesNone(t *testing.T) {
	env := []string{"ENTENTE_STORE=" + freshSQLite(t), "ENTENTE_PUBLIC_URL=https://entente.example"}
	for _, who := range []string{"first@example.org", "full@example.org"} {
		must(t, env, "user", "invite", who, "--name", who, "--role", "focal_point", "--convention", "fctc", "--participant", "AO")
	}
	for range 2 { // a mail server may hand it over twice
		out, errs, code := piped(t, env, cameBack+strings.Repeat("x", 3<<20), "mail", "bounce")
		want := "Paused, because mails come back: First@Example.org (5.1.1).\n" +
			"Not paused, because this does not say for good that the address takes no mail: full@example.org (5.2.2).\n" +
			"Nobody has this address: stranger@example.org.\n"
		if code != exitDone || out != want {
			t.Errorf("exit %d: %s%s", code, out, errs)
		}
	}
	if copied := must(t, env, "user", "export", "first@example.org"); !strings.Contains(copied, `"status":"5.1.1"`) {
		t.Errorf("the account says %s", copied)
	}
	if copied := must(t, env, "user", "export", "full@example.org"); strings.Contains(copied, "5.2.2") {
		t.Errorf("an address that is full was paused: %s", copied)
	}
}

func TestWhatIsNoReportIsRefusedInTheOperatorsLanguageWithoutAStore(t *testing.T) {
	env := []string{"ENTENTE_STORE=mongodb://127.0.0.1:1/nothing", "ENTENTE_LANGUAGE=fr"}
	for _, mail := range []string{"", "Subject: hello\n\nFinal-Recipient: rfc822; first@example.org\n", strings.ReplaceAll(cameBack, "message/delivery-status", "text/html")} {
		out, errs, code := piped(t, env, mail, "mail", "bounce")
		if code != exitUsage || out != "" || !strings.Contains(errs, "pas un avis de non-remise") {
			t.Errorf("exit %d: %q %q", code, out, errs)
		}
	}
}
