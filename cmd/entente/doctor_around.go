package main

import (
	"context"
	"errors"
	"io/fs"
	"net"
	netmail "net/mail"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"entente/message"
	"entente/notify"
)

// tolerated is how far clocks may be apart.
const tolerated = 2 * time.Second

// serverClock compares our clock with the database's, which answered between
// two readings of ours.
func (d *doctor) serverClock(asked, answered, server time.Time) {
	var apart time.Duration
	switch {
	case server.Before(asked):
		apart = asked.Sub(server)
	case server.After(answered):
		apart = server.Sub(answered)
	}
	if apart > tolerated {
		d.fail("clock", "doctor.clock.server", message.Int("seconds", int(apart.Seconds())))
	}
}

// clock looks whether the clock runs evenly and is not before the program's
// own birth.
func (d *doctor) clock() {
	now := time.Now()
	jump := now.Round(0).Sub(d.began.Round(0)) - now.Sub(d.began)
	switch born := buildTime(); {
	case now.Before(born):
		d.fail("clock", "doctor.clock.past", text("time", now.UTC().Format(time.RFC3339)))
	case jump.Abs() > tolerated:
		d.warn("clock", "doctor.clock.jump", message.Int("seconds", int(jump.Abs().Seconds())))
	case !slices.ContainsFunc(d.findings, func(f finding) bool { return f.check == "clock" }):
		d.ok("clock", "doctor.clock.ok", text("time", now.UTC().Format(time.RFC3339)))
	}
}

// buildTime is when the commit was made from which the program was built; zero
// when it does not know.
func buildTime() time.Time {
	info, _ := debug.ReadBuildInfo()
	if info == nil {
		return time.Time{}
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.time" {
			t, err := time.Parse(time.RFC3339, s.Value)
			if err != nil {
				return time.Time{}
			}
			return t
		}
	}
	return time.Time{}
}

// mail looks whether the mail server lets us in.
func (d *doctor) mail(ctx context.Context) {
	if d.config.SMTP == "" {
		d.warn("mail", "cli.serve.no_smtp")
		return
	}
	server := text("server", d.config.SMTP)
	channel, err := d.smtp()
	if err != nil {
		d.fail("mail", "doctor.mail.configuration", text("cause", err.Error()))
		return
	}
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	if err := channel.Check(ctx); err != nil {
		class := notify.Protocol
		var failure *notify.Failure
		if errors.As(err, &failure) {
			class = failure.Class
		}
		d.fail("mail", "doctor.mail."+string(class), server)
	} else {
		d.ok("mail", "doctor.mail.ok", server)
	}
	if host, _, err := net.SplitHostPort(d.config.SMTP); err == nil && d.config.SMTPTLS == "none" && !isLocal(host) {
		d.warn("mail", "doctor.mail.clear", server)
	}
	if from, err := netmail.ParseAddress(d.config.SMTPFrom); err == nil && strings.HasSuffix(from.Address, "@localhost") {
		d.warn("mail", "doctor.mail.sender", text("from", from.Address))
	}
}

// isLocal reports whether a host is this machine.
func isLocal(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || strings.HasSuffix(host, ".localhost") || ip != nil && ip.IsLoopback()
}

// address looks at the address that people are told.
func (d *doctor) address() {
	u, err := url.Parse(d.config.PublicURL)
	switch {
	case d.config.PublicURL == "" || err != nil:
		d.warn("address", "doctor.address.none")
	case isLocal(u.Hostname()):
		d.warn("address", "doctor.address.local", text("url", d.config.PublicURL))
	case u.Scheme != "https":
		d.warn("address", "doctor.address.clear", text("url", d.config.PublicURL))
	default:
		d.ok("address", "doctor.address.ok", text("url", d.config.PublicURL))
	}
}

// files looks whether others can read the data and the secrets.
func (d *doctor) files() {
	before := len(d.findings)
	if uri, err := d.config.storeURI(d.environment); err == nil {
		if path, is := sqlitePath(uri); is {
			for _, end := range []string{"", "-wal", "-shm"} {
				d.mode(path+end, 0o077, "0600")
			}
			d.mode(filepath.Dir(path), 0o022, "0700")
		}
	}
	for _, file := range append(d.secretFiles(), d.config.Access.TLSKey) {
		d.mode(file, 0o007, "0600") // a group of the secrets' own may read them
	}
	if os.Geteuid() == 0 {
		d.warn("files", "doctor.files.root")
	}
	if len(d.findings) == before {
		d.ok("files", "doctor.files.ok")
	}
}

// mode fails when others may do with a file what they should not.
func (d *doctor) mode(file string, forbidden fs.FileMode, want string) {
	info, err := os.Stat(file)
	if err != nil {
		return // what is not there is nobody's to read; what ought to be was missed before
	}
	if info.Mode().Perm()&forbidden != 0 {
		d.fail("files", "doctor.files.open", text("file", file), text("mode", info.Mode().Perm().String()), text("want", want))
	}
}

// secretFiles are the files that variables with _FILE behind their names name.
func (d *doctor) secretFiles() []string {
	var files []string
	for name, file := range d.environment {
		if strings.HasPrefix(name, "ENTENTE_") && strings.HasSuffix(name, "_FILE") && file != "" {
			files = append(files, file)
		}
	}
	slices.Sort(files)
	return files
}

// key says where the installation's key lies. Both places are sound, and whoever
// keeps the backups has to know which one it is.
func (d *doctor) key() {
	if d.config.Key != "" {
		d.ok("key", "doctor.key.configured")
		return
	}
	d.ok("key", "doctor.key.stored")
}

// programs looks for the programs of others that some work asks for.
func (d *doctor) programs() {
	for _, p := range []struct {
		form, debian string
		names        []string
	}{{"PDF", "chromium", []string{"chromium", "chromium-browser", "google-chrome"}},
		{"DOCX", "libreoffice-writer-nogui", []string{"soffice", "libreoffice"}}} {
		found := ""
		for _, name := range p.names {
			if path, err := exec.LookPath(name); err == nil && found == "" {
				found = path
			}
		}
		if found != "" {
			d.ok("programs", "doctor.programs.ok", text("file", found), text("form", p.form))
		} else {
			d.warn("programs", "doctor.programs.absent", text("form", p.form), text("package", p.debian))
		}
	}
}
