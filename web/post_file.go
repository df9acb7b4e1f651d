package web

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"time"

	"github.com/gin-gonic/gin"

	"entente/cooperation"
	"entente/message"
)

// Files are the commands by which files are attached to postings.
type Files interface {
	Attach(ctx context.Context, actor cooperation.Actor, kind, id, name string, content io.Reader) (cooperation.Attachment, cooperation.Meta, error)
	Detach(ctx context.Context, actor cooperation.Actor, kind, id, sha256 string) (cooperation.Meta, error)
}

// postingFiles is the page on which files are attached to a posting.
type postingFiles struct {
	Title          string
	Of, OfLanguage string
	List           link
	Lead           string
	Files          []attached
	Add            act
	Next           link
}

// attached is a file that a posting has.
type attached struct {
	Link   link
	Size   string
	Remove act
}

func (postingFiles) template() string { return "posting-files" }

func (f postingFiles) title() string { return f.Title }

// editFiles shows the files of a posting.
func (p *pages) editFiles(v *visit) error {
	w, err := p.work(v)
	if err != nil {
		return err
	}
	p.show(v, http.StatusOK, p.filesPage(v, w))
	return nil
}

func (p *pages) filesPage(v *visit, w *work) postingFiles {
	title, language := w.heading()
	out := postingFiles{Title: v.text("page.posting." + w.kind() + ".files"), Of: title, OfLanguage: language, List: link{w.at(v, "/edit"), v.text("page.posting.list")},
		Lead: v.say(message.New("page.posting.files.lead", message.Int("files", cooperation.MaxFiles), message.Int("size", cooperation.MaxFile>>20)))}
	for _, f := range w.files() {
		a := v.act(w.at(v, "/edit/files/remove"), "page.posting.remove", 0)
		a.Hidden = []hidden{{"file", f.SHA256}}
		out.Files = append(out.Files, attached{link{w.file(f), f.Name},
			v.say(message.New("page.posting.files.size", message.Int("kib", int((f.Size+1023)>>10)))), a})
	}
	out.Add = v.act(w.at(v, "/edit/files/add"), "page.posting.files.add", 0, field{Name: "file", Label: v.text("page.posting.files.file"), Type: "file"})
	m, _ := w.matter("files")
	out.Next = link{w.next(v, m), v.text("page.posting.continue")}
	return out
}

// files are those that are attached.
func (w *work) files() []cooperation.Attachment {
	if w.need != nil {
		return w.need.Attachments
	}
	return w.offer.Attachments
}

// transfer is the time that a file may take to come: on a slow line, ten
// mebibytes take minutes.
const transfer = 5 * time.Minute

// upload serves a step that brings a file, or several, of at most so many bytes
// together.
func (p *pages) upload(engine *gin.Engine, at, done string, most int64, page func(*visit) error, do func(*visit) (address string, err error)) {
	p.dones[done], p.acts[at] = true, true
	engine.POST(at, func(c *gin.Context) {
		c.Request.Body = http.MaxBytesReader(c.Writer, c.Request.Body, most+mostPosted)
		connection := http.NewResponseController(c.Writer)
		_ = connection.SetReadDeadline(time.Now().Add(transfer)) // what cannot be told so keeps the times of its server
		_ = connection.SetWriteDeadline(time.Now().Add(transfer + 30*time.Second))
		v := p.visit(c)
		p.open(v, func(v *visit) error {
			if v.who.User == nil {
				p.toSignIn(v)
				return nil
			}
			address, err := do(v)
			if err == nil {
				p.went(v, address, done)
				return nil
			}
			if v.Request.PostForm == nil {
				v.Request.PostForm = url.Values{} // a file is never shown again
			}
			return p.again(v, err, page)
		})
	})
}

// attach keeps the file of a form.
func (p *pages) attach(v *visit) (string, error) {
	w, err := p.work(v)
	if err != nil {
		return "", err
	}
	form, err := v.Request.MultipartReader()
	if err != nil {
		return "", noFile(w)
	}
	for {
		part, err := form.NextPart()
		if err != nil {
			return "", noFile(w)
		}
		if part.FormName() != "file" || part.FileName() == "" {
			continue
		}
		if _, _, err := p.Platform.Attach(v.Request.Context(), v.actor(), w.kind(), w.meta().ID, part.FileName(), part); err != nil {
			return "", ofFile(w, err)
		}
		return w.at(v, "/edit/files"), nil
	}
}

// noFile refuses a form without a file.
func noFile(w *work) error {
	return wrong([]cooperation.FieldError{{Field: w.kind() + ".attachments.file", Message: message.New("error.invalid.required")}})
}

// ofFile is a refusal of a file, with what went wrong on the way as one.
func ofFile(w *work, err error) error {
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return cooperation.TooLargeFile()
	}
	return ofKind(w.kind()+".attachments", err)
}

// detach takes a file away.
func (p *pages) detach(v *visit) (string, error) {
	w, err := p.work(v)
	if err != nil {
		return "", err
	}
	if _, err := p.Platform.Detach(v.Request.Context(), v.actor(), w.kind(), w.meta().ID, v.PostForm("file")); err != nil {
		return "", err
	}
	return w.at(v, "/edit/files"), nil
}
