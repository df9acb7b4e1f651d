package web

import (
	"github.com/gin-gonic/gin"

	"entente/access"
	"entente/cooperation"
	"entente/message"
)

// lookAtLink shows what a one-time link is for. Only the button acts: programs
// that scan mail open every address, and press nothing.
func (p *pages) lookAtLink(c *gin.Context) {
	v := p.visit(c)
	o, err := p.Access.LookAtLink(c.Request.Context(), c.Param("secret"))
	if err != nil {
		p.refuse(v, p.deadForm(v), err)
		return
	}
	p.ask(v, p.linkForm(v, o, access.Answer{Language: v.words.Language()}))
}

// deadForm is the page of a link that opens nothing.
func (p *pages) deadForm(v *visit) *form {
	f := newForm(v, "web.link.dead")
	f.Links = []link{{"/sign-in", v.text("web.sign_in.title")}}
	return f
}

// linkForm asks for what the link asks for.
func (p *pages) linkForm(v *visit, o access.Opening, given access.Answer) *form {
	f := newForm(v, "web.link."+string(o.Purpose)+".title")
	f.Submit = v.text("web.link." + string(o.Purpose) + ".submit")
	lead := message.New("web.link." + string(o.Purpose) + ".lead")
	if o.User != nil {
		lead.Args = []message.Arg{message.Of(message.Text, "name", o.User.Name), message.Of(message.Text, "mail", o.User.Mail)}
	}
	f.Lead = []string{v.say(lead)}
	for _, name := range o.Asks() {
		switch name {
		case "name":
			f.Fields = append(f.Fields, field{Name: name, Label: v.text("web.field.name"), Type: "text", Value: given.Name, Complete: "name", Most: 200})
		case "mail":
			f.Fields = append(f.Fields, mailField(v, given.Mail))
		case "language":
			f.Fields = append(f.Fields, field{Name: name, Label: v.text("web.field.language"), Choices: chosen(p.Texts, given.Language)})
		case "password":
			f.Fields = append(f.Fields, newPasswordField(v))
		}
	}
	return f
}

func (p *pages) useLink(c *gin.Context) {
	v, ctx := p.visit(c), c.Request.Context()
	answer := access.Answer{Name: c.PostForm("name"), Mail: c.PostForm("mail"), Language: c.PostForm("language"), Password: c.PostForm("password")}
	in, err := p.Access.UseLink(ctx, c.Param("secret"), answer)
	if err == nil {
		enter(c, in.Cookie)
		return
	}
	f := p.deadForm(v)
	if cooperation.CodeOf(err) != cooperation.NotFound {
		if o, failed := p.Access.LookAtLink(ctx, c.Param("secret")); failed == nil {
			f = p.linkForm(v, o, answer)
		}
	}
	p.refuse(v, f, err)
}
