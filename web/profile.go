package web

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"entente/access"
	"entente/cooperation"
	"entente/message"
	"entente/platform"
)

// Accounts are what people do with their own accounts.
type Accounts interface {
	ReplacePerson(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, of cooperation.Person) (*cooperation.User, error)
	SetPreferences(ctx context.Context, actor cooperation.Actor, match platform.Match, language string, wanted cooperation.Preferences) (*cooperation.User, error)
	Tokens(actor cooperation.Actor, user string) ([]*cooperation.Token, error)
	MakeToken(ctx context.Context, actor cooperation.Actor, user, name string, scopes []string, life time.Duration, key string) (secret string, t *cooperation.Token, err error)
	RevokeToken(ctx context.Context, actor cooperation.Actor, user, id string) error
	ReadNotification(ctx context.Context, actor cooperation.Actor, id string) (*cooperation.Notification, error)
}

// profile is the reader's own account.
type profile struct {
	Title    string
	Mail     string
	Roles    []fact
	Own      act
	Told     act
	Password act
	Sessions []sessionRow
	Others   *act // ends all other sessions
	Passkeys []keyRow
	Keyless  bool // whether this installation has no passkeys
	Tokens   []keyRow
	NewToken act
	Secret   string // of a token that was just made: shown once
	Export   string
}

// sessionRow is one browser in which the reader is signed in.
type sessionRow struct {
	Agent, Address, Used string
	Current              bool
	End                  act
}

// keyRow is a passkey or a token.
type keyRow struct {
	Name, Scopes, Until string
	Over                bool
	End                 act
}

func (profile) template() string { return "profile" }

func (p profile) title() string { return p.Title }

// serveProfile adds the page of one's own account.
func (p *pages) serveProfile(engine *gin.Engine) {
	const at = "/profile"
	p.private(engine, at, p.profile)
	on := func(name, done string, do func(ctx context.Context, v *visit) error) {
		p.act(engine, at+"/"+name, done, p.profile, func(v *visit) (string, error) { return at, do(v.Request.Context(), v) })
	}
	on("own", "profile.own", func(ctx context.Context, v *visit) error {
		_, err := p.Platform.ReplacePerson(ctx, v.actor(), v.who.User.ID, v.match(), cooperation.Person{Name: v.PostForm("name"), Mail: v.who.User.Mail, Language: v.PostForm("language")})
		return err
	})
	on("told", "profile.told", func(ctx context.Context, v *visit) error {
		wanted := cooperation.Preferences{}
		if before := v.who.User.Preferences; before != nil {
			wanted = *before
		}
		wanted.Mail, wanted.Zone, wanted.QuietUntil, wanted.Groups = cooperation.Rhythm(v.PostForm("mail")), strings.TrimSpace(v.PostForm("time_zone")), v.date("quiet_until"), nil
		for _, g := range cooperation.ChosenGroups() {
			if rhythm := v.PostForm("groups." + string(g)); rhythm != "" {
				if wanted.Groups == nil {
					wanted.Groups = map[cooperation.Group]cooperation.Rhythm{}
				}
				wanted.Groups[g] = cooperation.Rhythm(rhythm)
			}
		}
		_, err := p.Platform.SetPreferences(ctx, v.actor(), v.match(), v.who.User.Language, wanted)
		return err
	})
	on("password", "profile.password", func(ctx context.Context, v *visit) error {
		return v.renewed(p.Access.ChangePassword(ctx, v.PostForm("current"), v.PostForm("password")))
	})
	on("session", "profile.session", func(ctx context.Context, v *visit) error {
		return p.Access.EndSession(ctx, v.who.User.ID, v.PostForm("id"))
	})
	on("sessions", "profile.session", func(ctx context.Context, v *visit) error { return p.Access.EndOthers(ctx, v.who.User.ID) })
	on("passkey", "profile.passkey", func(ctx context.Context, v *visit) error {
		return v.renewed(p.Access.RemovePasskey(ctx, v.PostForm("id")))
	})
	on("revoke", "profile.revoke", func(ctx context.Context, v *visit) error {
		return p.Platform.RevokeToken(ctx, v.actor(), v.who.User.ID, v.PostForm("id"))
	})
	engine.POST(at+"/token", p.makeToken)
	p.acts[at+"/token"] = true
	p.act(engine, "/c/:convention/desk/read", "desk.read", p.desk, p.readAll)
}

// renewed sets the cookie of a session that a change has made anew.
func (v *visit) renewed(in *access.SignedIn, err error) error {
	if err == nil && in.Cookie != nil {
		http.SetCookie(v.Writer, in.Cookie)
	}
	return err
}

// makeToken makes a token and shows its secret, this once.
func (p *pages) makeToken(c *gin.Context) {
	c.Request.Body = http.MaxBytesReader(c.Writer, c.Request.Body, mostForm)
	v := p.visit(c)
	p.open(v, func(v *visit) error {
		if v.who.User == nil {
			p.toSignIn(v)
			return nil
		}
		scope := cooperation.ScopeRead
		if v.PostForm("scope") == cooperation.ScopeWrite {
			scope = cooperation.ScopeWrite
		}
		secret, _, err := p.Platform.MakeToken(c.Request.Context(), v.actor(), v.who.User.ID, v.PostForm("name"), []string{scope}, time.Duration(v.number("days"))*24*time.Hour, cooperation.NewID())
		if err != nil {
			return p.again(v, err, p.profile)
		}
		return p.profileWith(v, secret)
	})
}

// readAll marks what the reader was told as read.
func (p *pages) readAll(v *visit) (string, error) {
	for _, id := range v.PostFormArray("id") {
		if _, err := p.Platform.ReadNotification(v.Request.Context(), v.actor(), id); err != nil {
			return "", err
		}
	}
	return v.within("/desk"), nil
}

func (p *pages) profile(v *visit) error { return p.profileWith(v, "") }

func (p *pages) profileWith(v *visit, secret string) error {
	u, ctx := v.who.User, v.Request.Context()
	out := profile{Title: v.text("page.profile.title"), Mail: u.Mail, Secret: secret, Export: "/api/v1/me/export", Keyless: !p.Access.Methods().Passkey}
	for _, g := range u.Grants {
		out.Roles = append(out.Roles, v.grant(p, &g))
	}
	name := field{Name: "name", Label: v.text("web.field.name"), Value: u.Name, Complete: "name", Most: 200}
	language := field{Name: "language", Label: v.text("web.field.language"), Choices: chosen(p.Texts, u.Language)}
	out.Own = v.act("/profile/own", "page.profile.own", u.Version, name, language)
	out.Told = p.toldAct(v, u)
	current := passwordField(v)
	current.Name, current.Label, current.Optional, current.Hint = "current", v.text("page.profile.current_password"), true, v.text("page.profile.current_hint")
	out.Password = v.act("/profile/password", "page.profile.password", 0, current, newPasswordField(v))
	sessions, err := p.Access.Sessions(ctx, u.ID)
	if err != nil {
		return err
	}
	for _, s := range sessions {
		end := v.act("/profile/session", "page.profile.end", 0)
		end.Hidden = []hidden{{"id", s.ID}}
		out.Sessions = append(out.Sessions, sessionRow{Agent: browser(s.Agent), Address: s.Address, Used: v.words.DateTime(s.Used), Current: s.Current, End: end})
	}
	if len(sessions) > 1 {
		a := v.act("/profile/sessions", "page.profile.end_others", 0)
		out.Others = &a
	}
	if err := p.keys(v, &out); err != nil {
		return err
	}
	out.NewToken = v.act("/profile/token", "page.profile.new_token", 0, field{Name: "name", Label: v.text("page.profile.token_name"), Most: 100, Hint: v.text("page.profile.token_hint")},
		field{Name: "scope", Label: v.text("page.profile.token_scope"), Type: "radio", Choices: []choice{{Tag: cooperation.ScopeRead, Name: v.text("page.profile.scope.read"), Chosen: true}, {Tag: cooperation.ScopeWrite, Name: v.text("page.profile.scope.write")}}},
		field{Name: "days", Label: v.text("page.profile.token_days"), Value: "90", Mode: "numeric", Most: 4})
	v.secret = true
	p.show(v, http.StatusOK, out)
	return nil
}

// keys are the passkeys and tokens of the reader.
func (p *pages) keys(v *visit, out *profile) error {
	passkeys, err := p.Access.Passkeys(v.Request.Context(), v.who.User.ID)
	if err != nil {
		return err
	}
	for _, k := range passkeys {
		end := v.act("/profile/passkey", "page.profile.remove", 0)
		end.Hidden = []hidden{{"id", k.ID}}
		out.Passkeys = append(out.Passkeys, keyRow{Name: k.Name, Until: v.words.Date(k.Created), End: end})
	}
	tokens, err := p.Platform.Tokens(v.actor(), v.who.User.ID)
	if err != nil {
		return err
	}
	for _, t := range tokens {
		if t.Revoked {
			continue
		}
		end := v.act("/profile/revoke", "page.profile.revoke", 0)
		end.Hidden = []hidden{{"id", t.ID}}
		out.Tokens = append(out.Tokens, keyRow{Name: t.Name, Scopes: strings.Join(t.Scopes, " "), Until: v.words.Date(t.Expires), Over: t.Expires.Before(p.Platform.Now()), End: end})
	}
	return nil
}

// grant is a role of the reader, in words.
func (v *visit) grant(p *pages, g *cooperation.Grant) fact {
	names := p.Platform.Names(g.Convention)
	what := v.text("role." + string(g.Role))
	if g.Participant != "" {
		what += v.words.Colon() + v.words.Name(message.Party, string(g.Participant), names)
	}
	if g.Committee != "" {
		what += " – " + v.words.Name(message.Body, g.Committee, names)
	}
	label := v.text("page.profile.everywhere")
	if g.Convention != "" {
		label = v.words.Name(message.Convention, g.Convention, names)
	}
	return fact{Label: label, Value: what}
}

// toldAct asks how the reader wants to be told.
func (p *pages) toldAct(v *visit, u *cooperation.User) act {
	before := cooperation.Preferences{}
	if u.Preferences != nil {
		before = *u.Preferences
	}
	rhythms := func(now cooperation.Rhythm, first string) []choice {
		var out []choice
		if first != "" {
			out = append(out, choice{Name: v.text(first), Chosen: now == ""})
		}
		for _, r := range []cooperation.Rhythm{cooperation.Immediate, cooperation.Daily, cooperation.Weekly, cooperation.Never} {
			out = append(out, choice{Tag: string(r), Name: v.text("page.profile.rhythm." + string(r)), Chosen: r == now})
		}
		return out
	}
	mail := before.Mail
	if mail == "" {
		mail = cooperation.Daily
	}
	fields := []field{{Name: "mail", Label: v.text("page.profile.mail"), Choices: rhythms(mail, ""), Hint: v.text("page.profile.mail_hint")}}
	for _, g := range cooperation.ChosenGroups() {
		fields = append(fields, field{Name: "groups." + string(g), Label: v.text("page.profile.group." + string(g)), Choices: rhythms(before.Groups[g], "page.profile.as_above"), Optional: true})
	}
	quiet := ""
	if !before.QuietUntil.IsZero() {
		quiet = before.QuietUntil.String()
	}
	fields = append(fields, field{Name: "time_zone", Label: v.text("page.profile.zone"), Value: before.Zone, Most: 60, Optional: true, Hint: v.text("page.profile.zone_hint")},
		field{Name: "quiet_until", Label: v.text("page.profile.quiet"), Type: "date", Value: quiet, Optional: true})
	return v.act("/profile/told", "page.profile.told", u.Version, fields...)
}

// browser is what people call the program and the machine that a browser names
// in its header; the header itself when it names neither.
func browser(agent string) string {
	programs := [][2]string{{"Edg", "Edge"}, {"OPR/", "Opera"}, {"SamsungBrowser", "Samsung Internet"}, {"Firefox", "Firefox"}, {"FxiOS", "Firefox"},
		{"CriOS", "Chrome"}, {"Chrome", "Chrome"}, {"Safari", "Safari"}}
	machines := [][2]string{{"Windows", "Windows"}, {"Android", "Android"}, {"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Mac OS X", "macOS"}, {"CrOS", "ChromeOS"}, {"Linux", "Linux"}}
	var known []string
	for _, names := range [][][2]string{programs, machines} {
		if i := slices.IndexFunc(names, func(name [2]string) bool { return strings.Contains(agent, name[0]) }); i >= 0 {
			known = append(known, names[i][1])
		}
	}
	if len(known) == 0 {
		return agent
	}
	return strings.Join(known, " – ")
}
