package platform

import (
	"context"
	"errors"
	"io"

	"entente/cooperation"
	"entente/message"
	"entente/store"
)

// UploadKept is how long a file that was uploaded is there at least. It is kept
// as attachments are, and no document names it: so the sweep of files removes it
// within the hour after.
const UploadKept = keepOrphan

// KeepUpload keeps a file for a chore of the secretariat, which may be done by
// another replica, or later, and returns its SHA-256. A file of more than most
// bytes is refused.
func (p *Platform) KeepUpload(ctx context.Context, actor cooperation.Actor, convention string, content io.Reader, most int64) (sum string, size int64, err error) {
	if !cooperation.MayRun(actor, convention) {
		return "", 0, cooperation.Refuse(cooperation.Forbidden, "error.forbidden.action")
	}
	whole := &coming{content: content}
	blob, err := p.store.Blobs().Put(ctx, whole, most, p.clock)
	switch {
	case errors.Is(err, store.ErrTooLarge):
		return "", 0, cooperation.Refuse(cooperation.TooLarge, "error.import.size", message.Int("mebibytes", most>>20))
	case whole.failed != nil:
		return "", 0, whole.failed // what the sender did, as the edge knows it
	case err != nil:
		return "", 0, unavailable(err)
	}
	return blob.Sum.String(), blob.Size, nil
}

// coming remembers what hindered the reading of a content.
type coming struct {
	content io.Reader
	failed  error
}

func (c *coming) Read(p []byte) (int, error) {
	n, err := c.content.Read(p)
	if err != nil && err != io.EOF {
		c.failed = err
	}
	return n, err
}

// Upload opens a file that was kept for the chores of a convention, as long as
// it is there. It must be closed.
func (p *Platform) Upload(ctx context.Context, actor cooperation.Actor, convention, sum string) (io.ReadCloser, error) {
	if !cooperation.MaySeeOffice(actor, convention) {
		return nil, cooperation.Absent()
	}
	var hash store.Hash
	if hash.UnmarshalText([]byte(sum)) != nil {
		return nil, cooperation.Absent()
	}
	_, content, found, err := p.store.Blobs().Open(ctx, hash)
	switch {
	case err != nil:
		return nil, unavailable(err)
	case !found:
		return nil, cooperation.Refuse(cooperation.Conflict, "error.conflict.upload")
	}
	return content, nil
}
