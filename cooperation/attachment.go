package cooperation

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"entente/message"
)

// The limits of attachments.
const (
	MaxFile       = 10 << 20 // bytes of one file
	MaxFiles      = 10       // files of a document
	MaxFilesBytes = 50 << 20 // bytes of all files of a document
	maxFilesEver  = 200      // files that a document may have had in its life
)

// Attachment names a stored blob.
type Attachment struct {
	SHA256 string `json:"sha256" validate:"len=64,hexadecimal"`
	Name   string `json:"name" validate:"required,max=200"`
	Type   string `json:"type" validate:"required,max=100"`
	Size   int64  `json:"size" validate:"min=1"`
}

// File is a file that was attached to a document at some time. It stays among
// the document's files when it is no longer among its attachments: past
// versions name it. Once it is erased, only this record is left of it.
type File struct {
	Attachment
	Added    time.Time `json:"added"`
	AddedBy  string    `json:"added_by,omitempty"`
	Erased   time.Time `json:"erased,omitzero"`
	ErasedBy string    `json:"erased_by,omitempty"`
}

// Files are all files that a document ever had, in the order in which they
// came.
type Files []File

// kept finds a file that was not erased.
func (f Files) kept(sum string) (Attachment, bool) {
	for i := len(f) - 1; i >= 0; i-- {
		if f[i].SHA256 == sum && f[i].Erased.IsZero() {
			return f[i].Attachment, true
		}
	}
	return Attachment{}, false
}

// erased reports whether a file was there once and nothing of it is left.
func (f Files) erased(sum string) bool {
	_, kept := f.kept(sum)
	return !kept && slices.ContainsFunc(f, func(file File) bool { return file.SHA256 == sum })
}

// attachments are the present and past files of a document, of whatever kind.
type attachments struct {
	current *[]Attachment
	files   *Files
}

func (n *Need) attachments() attachments  { return attachments{&n.Attachments, &n.Files} }
func (o *Offer) attachments() attachments { return attachments{&o.Attachments, &o.Files} }

func (a attachments) index(sum string) int {
	return slices.IndexFunc(*a.current, func(f Attachment) bool { return f.SHA256 == sum })
}

// room refuses a further file where a limit is reached.
func (a attachments) room(size int64) error {
	total := size
	for _, f := range *a.current {
		total += f.Size
	}
	switch {
	case size > MaxFile:
		return TooLargeFile()
	case len(*a.current) >= MaxFiles:
		return Refuse(TooLarge, "error.too_large.attachments", message.Int("max", MaxFiles))
	case total > MaxFilesBytes:
		return Refuse(TooLarge, "error.too_large.attachments_bytes", message.Int("max", MaxFilesBytes>>20))
	case len(*a.files) >= maxFilesEver:
		return Refuse(TooLarge, "error.too_large.attachments_ever", message.Int("max", maxFilesEver))
	}
	return nil
}

// TooLargeFile refuses a file over the limit.
func TooLargeFile() *Error {
	return Refuse(TooLarge, "error.too_large.attachment", message.Int("max", MaxFile>>20))
}

// NotAFile refuses a file of a type that may not be attached.
func NotAFile() *Error {
	var allowed []string
	for _, t := range FileTypes() {
		allowed = append(allowed, strings.ToUpper(t.Extensions[0][1:]))
	}
	return &Error{Code: Invalid, Message: message.New("error.invalid.fields", message.Count(1)), Fields: []FieldError{
		{"file", message.New("error.invalid.attachment_type", message.Of(message.Text, "allowed", strings.Join(allowed, ", ")))}}}
}

// add attaches a file. What is attached already stays as it is; changed is
// false then.
func (a attachments) add(file Attachment, actor Actor, now time.Time) (attached Attachment, changed bool, err error) {
	if i := a.index(file.SHA256); i >= 0 {
		return (*a.current)[i], false, nil
	}
	if err := a.room(file.Size); err != nil {
		return Attachment{}, false, err
	}
	*a.current = append(slices.Clone(*a.current), file)
	if _, kept := a.files.kept(file.SHA256); !kept {
		*a.files = append(slices.Clone(*a.files), File{Attachment: file, Added: stamp(now), AddedBy: actor.ID})
	}
	return file, true, nil
}

// remove takes a file away; past versions go on to name it.
func (a attachments) remove(sum string) (changed bool, err error) {
	i := a.index(sum)
	if i < 0 {
		return false, absent()
	}
	*a.current = slices.Delete(slices.Clone(*a.current), i, i+1)
	return true, nil
}

// erase takes a file away for good, and notes who did so and when.
func (a attachments) erase(sum string, actor Actor, now time.Time) (changed bool, err error) {
	if a.files.erased(sum) {
		return false, nil
	}
	_, kept := a.files.kept(sum)
	if _, err := a.remove(sum); err != nil && !kept {
		return false, err
	}
	files := slices.Clone(*a.files)
	for i := range files {
		if files[i].SHA256 == sum && files[i].Erased.IsZero() {
			files[i].Erased, files[i].ErasedBy = stamp(now), actor.ID
		}
	}
	*a.files = files
	return true, nil
}

// named holds the attachments of new content against the document's files: it
// may name no others, and their types and sizes are what they are.
func (a attachments) named(list []Attachment) ([]Attachment, error) {
	var m mistakes
	out, total := slices.Clone(list), int64(0)
	for i, file := range list {
		field := "attachments[" + strconv.Itoa(i) + "]"
		kept, ok := a.files.kept(file.SHA256)
		if j := a.index(file.SHA256); !ok && j >= 0 {
			kept, ok = (*a.current)[j], true
		}
		if !ok {
			m.add(field+".sha256", "error.invalid.unknown_attachment")
			continue
		}
		if slices.ContainsFunc(list[:i], func(f Attachment) bool { return f.SHA256 == file.SHA256 }) {
			m.add(field+".sha256", "error.invalid.duplicate")
		}
		out[i].Type, out[i].Size, out[i].Name = kept.Type, kept.Size, kept.rename(file.Name)
		if total += kept.Size; total > MaxFilesBytes {
			return nil, Refuse(TooLarge, "error.too_large.attachments_bytes", message.Int("max", MaxFilesBytes>>20))
		}
	}
	return out, m.err()
}

// rename is the name that somebody wishes for the file, made safe.
func (f Attachment) rename(name string) string {
	for _, t := range FileTypes() {
		if t.Media == f.Type && name != f.Name {
			return FileName(name, t)
		}
	}
	return f.Name
}

// NoFilesYet refuses attachments of a document that is only just being made:
// files are sent to it once it is there.
func NoFilesYet(list []Attachment) error {
	_, err := attachments{new([]Attachment), new(Files)}.named(list)
	return err
}

// carried are the files of the attachments that a new document takes over.
func (a attachments) carried(actor Actor, now time.Time) Files {
	var out Files
	for _, f := range *a.current {
		out = append(out, File{Attachment: f, Added: stamp(now), AddedBy: actor.ID})
	}
	return out
}

// file finds a file for somebody with that sight: among the attachments, when
// they are shown; and among those that past versions name for those who see
// all.
func (a attachments) file(sum string, s Sight, shown bool) (Attachment, error) {
	if i := a.index(sum); i >= 0 && shown {
		return (*a.current)[i], nil
	}
	if kept, ok := a.files.kept(sum); ok && s == SeesAll {
		return kept, nil
	}
	return Attachment{}, absent()
}

// uses calls f for every file that the document ever had, and says whether its
// content is still needed.
func (a attachments) uses(f func(sum string, needed bool)) {
	for _, file := range *a.files {
		f(file.SHA256, file.Erased.IsZero())
	}
	for _, file := range *a.current {
		f(file.SHA256, true)
	}
}

// FileUses calls f for every file that the need ever had, and says whether its
// content is still needed.
func (n *Need) FileUses(f func(sum string, needed bool)) { n.attachments().uses(f) }

// FileUses is Need.FileUses for offers.
func (o *Offer) FileUses(f func(sum string, needed bool)) { o.attachments().uses(f) }
