package main

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"entente/message"
)

// doctorCommand looks at all that an installation stands on and says what to
// do. It changes nothing and sends nothing.
type doctorCommand struct {
	JSON bool `help:"${cli_option_json}" name:"json"`
}

// The verdicts on one thing.
const (
	verdictOK   = "ok"
	verdictWarn = "warn" // works, and may not for long or for everybody
	verdictFail = "fail" // does not work, or not safely
)

// finding is what was found of one thing.
type finding struct {
	check   string // what was looked at: "store", "mail", …
	verdict string
	message message.Message
}

// doctor collects findings.
type doctor struct {
	*program
	began    time.Time // with its monotonic part: see clock
	findings []finding
}

// The form of doctor --json.
type (
	doctorJSON struct {
		OK       bool          `json:"ok"` // nothing failed
		Findings []findingJSON `json:"findings"`
	}
	findingJSON struct {
		Check   string `json:"check"`
		Verdict string `json:"verdict"`
		Message string `json:"message"`
	}
)

// looking bounds the whole examination.
const looking = 5 * time.Minute

// Run is called by kong.
func (c *doctorCommand) Run(ctx context.Context, p *program) error {
	ctx, cancel := context.WithTimeout(ctx, looking)
	defer cancel()
	d := &doctor{program: p, began: time.Now()}
	d.ok("configuration", "doctor.configuration.ok")
	d.profilesFit()
	d.store(ctx)
	d.mail(ctx)
	d.address()
	d.files()
	d.key()
	d.clock()
	d.programs()
	healthy := true
	for _, f := range d.findings {
		healthy = healthy && f.verdict != verdictFail
	}
	if err := d.show(c.JSON, healthy); err != nil {
		return err
	}
	if !healthy {
		return exitCode(exitFail)
	}
	return nil
}

func (d *doctor) found(check, verdict, key string, args ...message.Arg) {
	d.findings = append(d.findings, finding{check, verdict, message.New(key, args...)})
}

func (d *doctor) ok(check, key string, args ...message.Arg) { d.found(check, verdictOK, key, args...) }
func (d *doctor) warn(check, key string, args ...message.Arg) {
	d.found(check, verdictWarn, key, args...)
}
func (d *doctor) fail(check, key string, args ...message.Arg) {
	d.found(check, verdictFail, key, args...)
}

// text is an argument that stands as it is.
func text(name, value string) message.Arg { return message.Of(message.Text, name, value) }

func (d *doctor) show(asJSON, healthy bool) error {
	if asJSON {
		out := doctorJSON{OK: healthy, Findings: []findingJSON{}}
		for _, f := range d.findings {
			out.Findings = append(out.Findings, findingJSON{f.check, f.verdict, d.local.Render(f.message, nil)})
		}
		encoder := json.NewEncoder(d.out)
		encoder.SetEscapeHTML(false)
		return encoder.Encode(out)
	}
	for _, f := range d.findings {
		fmt.Fprintf(d.out, "[%s] %s\n", d.local.Text("doctor.verdict."+f.verdict), d.local.Render(f.message, nil))
	}
	if healthy {
		d.say("doctor.healthy")
	} else {
		d.say("doctor.ill")
	}
	return nil
}
