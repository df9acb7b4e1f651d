package cooperation

import (
	"bytes"
	"encoding/binary"
	"path"
	"slices"
	"strings"

	"github.com/gabriel-vasile/mimetype"
)

// FileHead is how much of the beginning of a file TypeOfFile wants to see.
const FileHead = 64 << 10

// FileType is a type of file that may be attached.
type FileType struct {
	Media      string   // the media type
	Extensions []string // the usual one first
}

const ooxml = "application/vnd.openxmlformats-officedocument."

var (
	docx  = FileType{ooxml + "wordprocessingml.document", []string{".docx"}}
	xlsx  = FileType{ooxml + "spreadsheetml.sheet", []string{".xlsx"}}
	plain = FileType{"text/plain", []string{".txt", ".text", ".log", ".md"}}
)

// FileTypes are the types of file that may be attached: documents, tables and
// pictures in formats that cannot act by themselves in a browser.
func FileTypes() []FileType {
	return []FileType{
		{"application/pdf", []string{".pdf"}}, docx, xlsx,
		{"application/vnd.oasis.opendocument.text", []string{".odt"}},
		{"application/vnd.oasis.opendocument.spreadsheet", []string{".ods"}},
		{"image/png", []string{".png"}}, {"image/jpeg", []string{".jpg", ".jpeg"}}, plain, {"text/csv", []string{".csv"}},
	}
}

// TypeOfFile finds the type of a file by its content, whatever its name or its
// sender say, and tells whether it may be attached.
func TypeOfFile(head []byte) (FileType, bool) {
	found := mimetype.Detect(head)
	for _, t := range FileTypes() {
		if found.Is(t.Media) {
			return t, true
		}
	}
	switch {
	case found.Is("application/zip"):
		return packed(head)
	case found.Is("text/tab-separated-values"), found.Is("message/rfc822"): // a memorandum begins like a mail
		return plain, true
	}
	return FileType{}, false
}

// MacroMark stands, uncompressed, in a document of Word or Excel that brings a
// program with it. Such a document may not be attached.
const MacroMark = "vbaProject.bin"

// packed finds the type of a document of Word or Excel whose telling entries
// stand further back than the library looks.
func packed(head []byte) (FileType, bool) {
	const fixed = 30 // bytes of an entry's header before its name
	for first := true; ; first = false {
		start := bytes.Index(head, []byte("PK\x03\x04"))
		if start < 0 || len(head) < start+fixed {
			return FileType{}, false
		}
		head = head[start:]
		size := int(binary.LittleEndian.Uint16(head[26:]))
		name := string(head[fixed:min(fixed+size, len(head))])
		switch {
		case first && !slices.Contains([]string{"[Content_Types].xml", "_rels", "docProps", "customXml", "word", "xl"}, strings.SplitN(name, "/", 2)[0]):
			return FileType{}, false
		case strings.HasPrefix(name, "word/"):
			return docx, true
		case strings.HasPrefix(name, "xl/"):
			return xlsx, true
		}
		head = head[fixed:]
	}
}

// fits tells whether a file's name ends as files of the type do.
func (t FileType) fits(name string) bool {
	return slices.Contains(t.Extensions, strings.ToLower(path.Ext(name)))
}
