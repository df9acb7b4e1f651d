package api

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"entente/catalogue"
	"entente/cooperation"
	"entente/message"
)

// attachments are the use cases of files; see platform for what each promises.
type attachments interface {
	Attach(ctx context.Context, actor cooperation.Actor, kind, id, name string, content io.Reader) (cooperation.Attachment, cooperation.Meta, error)
	File(ctx context.Context, actor cooperation.Actor, kind, id, sha256 string) (file cooperation.Attachment, content io.ReadCloser, public bool, err error)
	Detach(ctx context.Context, actor cooperation.Actor, kind, id, sha256 string) (cooperation.Meta, error)
	EraseFile(ctx context.Context, actor cooperation.Actor, kind, id, sha256 string) (cooperation.Meta, error)
}

// transfer is the time that a file has to come or to go: on a slow line, ten
// mebibytes take minutes.
const transfer = 5 * time.Minute

// isTransfer reports whether a route sends or takes files of documents.
func isTransfer(route string) bool { return strings.Contains(route, "/attachments") }

// allowTransfer gives the connection the time that a file may take. What cannot
// be told so keeps the times of its server.
func allowTransfer(g *gin.Context, now time.Time) {
	connection := http.NewResponseController(g.Writer)
	_ = connection.SetReadDeadline(now.Add(transfer + 15*time.Second))
	_ = connection.SetWriteDeadline(now.Add(transfer + 45*time.Second))
}

// attach takes the file out of a form and attaches it.
func (a *api) attach(ctx context.Context, kind, plural, id string, form *multipart.Reader) (cooperation.Attachment, error) {
	c, ctx := callOf(ctx)
	part, err := fileOf(form)
	if err != nil {
		return cooperation.Attachment{}, err
	}
	file, meta, err := a.platform.Attach(ctx, c.actor, kind, id, part.FileName(), sent{part})
	if err != nil {
		return cooperation.Attachment{}, err
	}
	c.stamp(&meta)
	c.header.Set("Location", "/api/v1/"+plural+"/"+id+"/attachments/"+file.SHA256)
	return file, nil
}

// sent is a part of a form, with what can go wrong in its sending put as a
// problem of the sender.
type sent struct{ io.Reader }

func (s sent) Read(p []byte) (int, error) {
	n, err := s.Reader.Read(p)
	var tooLarge *http.MaxBytesError
	if err == nil || err == io.EOF || errors.As(err, &tooLarge) || errors.Is(err, os.ErrDeadlineExceeded) {
		return n, err
	}
	return n, malformed(message.New("error.invalid.form"))
}

// detach takes a file away, for good when that is asked for.
func (a *api) detach(ctx context.Context, kind, id, sha256 string, erase bool) error {
	c, ctx := callOf(ctx)
	away := a.platform.Detach
	if erase {
		away = a.platform.EraseFile
	}
	meta, err := away(ctx, c.actor, kind, id, sha256)
	if err == nil {
		c.stamp(&meta)
	}
	return err
}

// download is the answer that is a file.
type download struct {
	call    *call
	file    cooperation.Attachment
	content io.ReadCloser
	known   bool // the reader has it
}

// download opens a file for the reader. Its headers keep a browser from
// showing it, from guessing what else it could be, and from running what is in
// it.
func (a *api) download(ctx context.Context, kind, id, sha256, ifNoneMatch string) (*download, error) {
	c, ctx := callOf(ctx)
	file, content, public, err := a.platform.File(ctx, c.actor, kind, id, sha256)
	if err != nil {
		return nil, err
	}
	c.regard(func(s documents) bool {
		_, need := s.Need(id)
		_, offer := s.Offer(id)
		return need || offer
	})
	c.about(c.convention)
	c.keep(public)
	etag := `"` + file.SHA256 + `"`
	c.header.Set("ETag", etag)
	for _, held := range strings.Split(ifNoneMatch, ",") {
		held = strings.TrimPrefix(strings.TrimSpace(held), "W/")
		if held == etag || held == "*" {
			return &download{call: c, known: true}, content.Close()
		}
	}
	return &download{call: c, file: file, content: content}, nil
}

// write sends the file. When it cannot be sent whole, the connection is cut, so
// that the reader knows.
func (d *download) write(w http.ResponseWriter) error {
	if d.known {
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	defer d.content.Close()
	first := make([]byte, 32<<10)
	n, err := io.ReadFull(d.content, first)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return err // nothing is under way yet: the reader is told
	}
	h := d.call.header
	h.Set("Content-Type", d.file.Type)
	h.Set("Content-Length", fmt.Sprint(d.file.Size))
	h.Set("Content-Disposition", disposition(d.file.Name))
	h.Set("Content-Security-Policy", "sandbox; default-src 'none'; frame-ancestors 'none'")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	w.WriteHeader(http.StatusOK)
	_, err = io.Copy(w, io.MultiReader(bytes.NewReader(first[:n]), d.content))
	return err
}

// VisitGetNeedAttachmentResponse sends the file.
func (d *download) VisitGetNeedAttachmentResponse(w http.ResponseWriter) error { return d.write(w) }

// VisitGetOfferAttachmentResponse sends the file.
func (d *download) VisitGetOfferAttachmentResponse(w http.ResponseWriter) error { return d.write(w) }

// disposition tells a browser to save a file under a name (RFC 6266): in full,
// and, for programs that know no more, in ASCII.
func disposition(name string) string {
	plain := strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' || strings.ContainsRune(`"\%;`, r) {
			return '_'
		}
		return r
	}, name)
	encoded := strings.ReplaceAll(url.QueryEscape(strings.ToValidUTF8(name, "_")), "+", "%20")
	return `attachment; filename="` + plain + `"; filename*=UTF-8''` + encoded
}

// AttachToNeed attaches a file to a need.
func (a *api) AttachToNeed(ctx context.Context, r AttachToNeedRequestObject) (AttachToNeedResponseObject, error) {
	file, err := a.attach(ctx, catalogue.KindNeed, "needs", r.ID, r.Body)
	if err != nil {
		return nil, err
	}
	return AttachToNeed201JSONResponse(file), nil
}

// GetNeedAttachment sends a file of a need.
func (a *api) GetNeedAttachment(ctx context.Context, r GetNeedAttachmentRequestObject) (GetNeedAttachmentResponseObject, error) {
	d, err := a.download(ctx, catalogue.KindNeed, r.ID, r.Sha256, r.Params.IfNoneMatch)
	if err != nil {
		return nil, err
	}
	return d, nil
}

// DetachFromNeed takes a file away from a need.
func (a *api) DetachFromNeed(ctx context.Context, r DetachFromNeedRequestObject) (DetachFromNeedResponseObject, error) {
	if err := a.detach(ctx, catalogue.KindNeed, r.ID, r.Sha256, r.Params.Erase); err != nil {
		return nil, err
	}
	return DetachFromNeed204Response{}, nil
}

// AttachToOffer attaches a file to an offer.
func (a *api) AttachToOffer(ctx context.Context, r AttachToOfferRequestObject) (AttachToOfferResponseObject, error) {
	file, err := a.attach(ctx, catalogue.KindOffer, "offers", r.ID, r.Body)
	if err != nil {
		return nil, err
	}
	return AttachToOffer201JSONResponse(file), nil
}

// GetOfferAttachment sends a file of an offer.
func (a *api) GetOfferAttachment(ctx context.Context, r GetOfferAttachmentRequestObject) (GetOfferAttachmentResponseObject, error) {
	d, err := a.download(ctx, catalogue.KindOffer, r.ID, r.Sha256, r.Params.IfNoneMatch)
	if err != nil {
		return nil, err
	}
	return d, nil
}

// DetachFromOffer takes a file away from an offer.
func (a *api) DetachFromOffer(ctx context.Context, r DetachFromOfferRequestObject) (DetachFromOfferResponseObject, error) {
	if err := a.detach(ctx, catalogue.KindOffer, r.ID, r.Sha256, r.Params.Erase); err != nil {
		return nil, err
	}
	return DetachFromOffer204Response{}, nil
}
