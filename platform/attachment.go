package platform

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"entente/catalogue"
	"entente/cooperation"
	"entente/store"
)

// filed is a document with attachments, of whatever kind.
type filed interface {
	MayAttach(actor cooperation.Actor) error
	AttachFile(file cooperation.Attachment, actor cooperation.Actor, now time.Time) (attached cooperation.Attachment, changed bool, err error)
	DetachFile(sum string, actor cooperation.Actor, now time.Time) (changed bool, err error)
	EraseFile(sum string, actor cooperation.Actor, now time.Time) (changed bool, err error)
	FileFor(actor cooperation.Actor, sum string) (file cooperation.Attachment, public bool, err error)
}

var (
	_ filed = (*cooperation.Need)(nil)
	_ filed = (*cooperation.Offer)(nil)
)

// filed finds a document of a kind that has attachments. It is a copy, which
// may be changed; meta is of it, and put commits it.
func (r *room) filed(d *draft, kind, id string) (doc filed, meta *cooperation.Meta, put func(), ok bool) {
	switch kind {
	case catalogue.KindNeed:
		if n, ok := r.need(d, id); ok {
			changed := *n
			return &changed, &changed.Meta, func() { d.putNeed(&changed) }, true
		}
	case catalogue.KindOffer:
		if o, ok := r.offer(d, id); ok {
			changed := *o
			return &changed, &changed.Meta, func() { d.putOffer(&changed) }, true
		}
	}
	return nil, nil, nil, false
}

// findFiled finds the convention of a document with attachments.
func (p *Platform) findFiled(kind, id string) (*room, filed, error) {
	for _, c := range p.order {
		if doc, _, _, ok := p.rooms[c].filed(&draft{}, kind, id); ok {
			return p.rooms[c], doc, nil
		}
	}
	return nil, nil, cooperation.Absent()
}

// changeFiled lets a command change a copy of the document and commits it when
// it did.
func (p *Platform) changeFiled(ctx context.Context, r *room, actor cooperation.Actor, kind, id string, action cooperation.Action, change func(doc filed, now time.Time) (bool, error)) (cooperation.Meta, error) {
	var at cooperation.Meta
	err := r.do(ctx, kind+"."+string(action), actor, func(d *draft) error {
		doc, meta, put, ok := r.filed(d, kind, id)
		if !ok {
			return cooperation.Absent()
		}
		changed, err := change(doc, p.clock())
		if err != nil {
			return err
		}
		if at = *meta; changed {
			put()
		}
		return nil
	})
	return at, err
}

// Attach reads a file to its end, keeps it, and attaches it to a need or an
// offer. Its type is found by its content, and its name is made safe. The same
// file again is the one that is there. Meta is the document's.
func (p *Platform) Attach(ctx context.Context, actor cooperation.Actor, kind, id, name string, content io.Reader) (cooperation.Attachment, cooperation.Meta, error) {
	none := cooperation.Attachment{}
	r, doc, err := p.findFiled(kind, id)
	if err == nil {
		err = doc.MayAttach(actor) // before anything is read or kept
	}
	if err != nil {
		return none, cooperation.Meta{}, err
	}
	file, err := p.keepFile(ctx, name, content)
	if err != nil {
		return none, cooperation.Meta{}, err
	}
	// When it is not attached now, nothing refers to it, and it is swept.
	meta, err := p.changeFiled(ctx, r, actor, kind, id, cooperation.Attach, func(doc filed, now time.Time) (changed bool, err error) {
		file, changed, err = doc.AttachFile(file, actor, now)
		return changed, err
	})
	if err != nil {
		return none, cooperation.Meta{}, err
	}
	return file, meta, nil
}

// keepFile stores a file of a type that may be attached.
func (p *Platform) keepFile(ctx context.Context, name string, content io.Reader) (cooperation.Attachment, error) {
	head, err := io.ReadAll(io.LimitReader(content, cooperation.FileHead))
	if err != nil {
		return cooperation.Attachment{}, err
	}
	t, ok := cooperation.TypeOfFile(head)
	if !ok || len(head) == 0 {
		return cooperation.Attachment{}, cooperation.NotAFile()
	}
	whole := &watched{content: io.MultiReader(bytes.NewReader(head), content)}
	blob, err := p.store.Blobs().Put(ctx, whole, cooperation.MaxFile, p.clock)
	switch {
	case errors.Is(err, errMacro):
		return cooperation.Attachment{}, cooperation.NotAFile()
	case errors.Is(err, store.ErrTooLarge):
		return cooperation.Attachment{}, cooperation.TooLargeFile()
	case whole.failed != nil:
		return cooperation.Attachment{}, whole.failed // what the sender did, as the edge knows it
	case err != nil:
		return cooperation.Attachment{}, unavailable(err)
	}
	return cooperation.Attachment{SHA256: blob.Sum.String(), Name: cooperation.FileName(name, t), Type: t.Media, Size: blob.Size}, nil
}

// errMacro says that a document brings a program with it.
var errMacro = errors.New("platform: the file has macros")

// watched looks for programs in a content while it is read.
type watched struct {
	content io.Reader
	last    []byte // the end of what was read before
	failed  error
}

func (w *watched) Read(p []byte) (int, error) {
	n, err := w.content.Read(p)
	w.last = append(w.last, p[:n]...)
	if bytes.Contains(w.last, []byte(cooperation.MacroMark)) {
		return 0, errMacro
	}
	w.last = append(w.last[:0], w.last[max(0, len(w.last)-len(cooperation.MacroMark)):]...)
	if err != nil && err != io.EOF {
		w.failed = err
	}
	return n, err
}

// File opens a file of a need or an offer, and tells whether the public may
// read it too. The content must be closed.
func (p *Platform) File(ctx context.Context, actor cooperation.Actor, kind, id, sum string) (file cooperation.Attachment, content io.ReadCloser, public bool, err error) {
	_, doc, err := p.findFiled(kind, id)
	if err == nil {
		file, public, err = doc.FileFor(actor, sum)
	}
	if err != nil {
		return file, nil, false, err
	}
	var hash store.Hash
	if hash.UnmarshalText([]byte(sum)) != nil {
		return file, nil, false, cooperation.Absent()
	}
	_, content, found, err := p.store.Blobs().Open(ctx, hash)
	switch {
	case err != nil:
		return file, nil, false, unavailable(err)
	case !found:
		p.log.ErrorContext(ctx, "the content of a file is missing", "kind", kind, "id", id, "sha256", sum)
		return file, nil, false, cooperation.Absent()
	}
	return file, content, public, nil
}

// Detach takes a file away from a need or an offer. Past versions go on to
// name it, and its content stays for them.
func (p *Platform) Detach(ctx context.Context, actor cooperation.Actor, kind, id, sum string) (cooperation.Meta, error) {
	r, _, err := p.findFiled(kind, id)
	if err != nil {
		return cooperation.Meta{}, err
	}
	return p.changeFiled(ctx, r, actor, kind, id, cooperation.Detach, func(doc filed, now time.Time) (bool, error) {
		return doc.DetachFile(sum, actor, now)
	})
}

// EraseFile takes a file away from a need or an offer for good. Unless another
// document has the same content, that goes at once, or within the hour when it
// was sent only just now.
func (p *Platform) EraseFile(ctx context.Context, actor cooperation.Actor, kind, id, sum string) (cooperation.Meta, error) {
	r, _, err := p.findFiled(kind, id)
	if err != nil {
		return cooperation.Meta{}, err
	}
	meta, err := p.changeFiled(ctx, r, actor, kind, id, cooperation.Erase, func(doc filed, now time.Time) (bool, error) {
		return doc.EraseFile(sum, actor, now)
	})
	if err != nil {
		return meta, err
	}
	if err := p.sweepErased(ctx, sum); err != nil {
		return meta, unavailable(err) // the file is gone for readers; asked again, its content goes too
	}
	return meta, nil
}

// sweepErased removes the content of a file at once, if it may go by now.
func (p *Platform) sweepErased(ctx context.Context, sum string) error {
	var hash store.Hash
	if err := hash.UnmarshalText([]byte(sum)); err != nil {
		return err // no document has such a file, so that none was erased
	}
	blob, found, err := p.store.Blobs().Find(ctx, hash)
	if err == nil && found {
		_, err = p.sweepFile(ctx, blob, p.fileUses(), p.clock())
	}
	return err
}

// How long contents stay that nothing needs. A file is kept before the commit
// that names it, so one that came just now may be about to be named; and other
// replicas may not know of it yet.
const (
	keepErased = 10 * time.Minute
	keepOrphan = 24 * time.Hour
)

// fileUses tells of every file that a document ever had whether its content
// is needed.
func (p *Platform) fileUses() map[string]bool {
	all := map[string]bool{}
	for _, r := range p.rooms {
		for sum, needed := range r.state.FileUses() {
			all[sum] = all[sum] || needed
		}
	}
	return all
}

// sweepFile removes a content that nothing needs any more, and tells whether
// it did.
func (p *Platform) sweepFile(ctx context.Context, blob store.Blob, uses map[string]bool, now time.Time) (bool, error) {
	needed, known := uses[blob.Sum.String()]
	keep := keepOrphan
	if known {
		keep = keepErased
	}
	if needed || now.Sub(blob.Stored) < keep {
		return false, nil
	}
	return p.store.Blobs().Delete(ctx, blob)
}

// SweepFiles removes what was left of files that never came whole, that were
// never attached, or that were erased. It returns how many contents it
// removed.
func (p *Platform) SweepFiles(ctx context.Context) (int, error) {
	for _, j := range p.journals() {
		if err := j.trouble(); err != nil {
			return 0, fmt.Errorf("log %s: %w", j.name, err) // who knows what is named in it
		}
	}
	now := p.clock()
	swept, err := p.store.Blobs().Sweep(ctx, now.Add(-keepOrphan))
	if err != nil {
		return swept, err
	}
	uses := p.fileUses()
	for blob, err := range p.store.Blobs().All(ctx, store.Hash{}) {
		if err != nil {
			return swept, err
		}
		removed, err := p.sweepFile(ctx, blob, uses, now)
		if err != nil {
			return swept, err
		}
		if removed {
			swept++
		}
	}
	return swept, nil
}

// VerifyFiles reads the contents of all files that documents need, calls
// report for each that is missing or damaged, and returns how many are whole.
func (p *Platform) VerifyFiles(ctx context.Context, report func(sum string, missing bool)) (int, error) {
	whole := 0
	for sum, needed := range p.fileUses() {
		var hash store.Hash
		if !needed || hash.UnmarshalText([]byte(sum)) != nil {
			continue
		}
		_, content, found, err := p.store.Blobs().Open(ctx, hash)
		if err == nil && found {
			_, err = io.Copy(io.Discard, content)
			err = errors.Join(err, content.Close())
		}
		switch {
		case errors.Is(err, store.ErrBroken) || err == nil && !found:
			report(sum, err == nil)
		case err != nil:
			return whole, err
		default:
			whole++
		}
	}
	return whole, nil
}
