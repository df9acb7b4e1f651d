package cooperation_test

import (
	"archive/zip"
	"bytes"
	"image"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"

	"entente/cooperation"
)

// packedFile is a ZIP file with these entries, each of some size that cannot
// be compressed away.
func packedFile(t testing.TB, size int, names ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range names {
		f, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		if err == nil {
			_, err = f.Write(bytes.Repeat([]byte("x"), size))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// openDocument is a ZIP file as OpenDocument has it: its type comes first and
// is not compressed.
func openDocument(t testing.TB, kind string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	content := []byte("application/vnd.oasis.opendocument." + kind)
	f, err := w.CreateRaw(&zip.FileHeader{Name: "mimetype", Method: zip.Store, CRC32: 1, CompressedSize64: uint64(len(content)), UncompressedSize64: uint64(len(content))})
	if err == nil {
		_, err = f.Write(content)
	}
	if err != nil || w.Close() != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func picture(t testing.TB, write func(*bytes.Buffer, image.Image) error) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b, image.NewGray(image.Rect(0, 0, 4, 4))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestTheTypeOfAFileIsFoundByItsContent(t *testing.T) {
	word := "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	sheet := "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	for name, c := range map[string]struct {
		content []byte
		want    string // "" is refused
	}{
		"a PDF":                           {[]byte("%PDF-1.7\n%\xe2\xe3\n1 0 obj"), "application/pdf"},
		"a PNG":                           {picture(t, func(b *bytes.Buffer, i image.Image) error { return png.Encode(b, i) }), "image/png"},
		"a JPEG":                          {picture(t, func(b *bytes.Buffer, i image.Image) error { return jpeg.Encode(b, i, nil) }), "image/jpeg"},
		"a document of Word":              {packedFile(t, 100, "[Content_Types].xml", "_rels/.rels", "word/document.xml"), word},
		"a workbook of Excel":             {packedFile(t, 100, "[Content_Types].xml", "_rels/.rels", "xl/workbook.xml"), sheet},
		"Word's after a long beginning":   {packedFile(t, 5000, "_rels/.rels", "docProps/app.xml", "docProps/core.xml", "word/document.xml"), word},
		"Excel's after a long beginning":  {packedFile(t, 5000, "docProps/app.xml", "docProps/core.xml", "xl/workbook.xml"), sheet},
		"a text of OpenDocument":          {openDocument(t, "text"), "application/vnd.oasis.opendocument.text"},
		"a table of OpenDocument":         {openDocument(t, "spreadsheet"), "application/vnd.oasis.opendocument.spreadsheet"},
		"a plain text":                    {[]byte("Minutes of the meeting.\nPresent: all.\n"), "text/plain"},
		"a text in Arabic":                {[]byte("محضر الاجتماع"), "text/plain"},
		"a memorandum":                    {[]byte("From: the secretariat\nTo: all Parties\nSubject: x\n\nText"), "text/plain"},
		"a table with commas":             {[]byte("a,b,c\n1,2,3\n4,5,6\n"), "text/csv"},
		"a table with tabs":               {[]byte("a\tb\n1\t2\n3\t4\n"), "text/plain"},
		"nothing":                         {nil, "text/plain"}, // refused for want of size
		"a page":                          {[]byte("<!DOCTYPE html><script>alert(1)</script>"), ""},
		"a page behind blanks":            {[]byte("\n\n   <html><body onload=x>"), ""},
		"a drawing that can run scripts":  {[]byte(`<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script/></svg>`), ""},
		"XML":                             {[]byte(`<?xml version="1.0"?><a/>`), ""},
		"a script":                        {[]byte("#!/bin/sh\nrm -rf /\n"), ""},
		"a program for Linux":             {[]byte("\x7fELF\x02\x01\x01" + strings.Repeat("\x00", 60)), ""},
		"a program for Windows":           {[]byte("MZ\x90\x00\x03" + strings.Repeat("\x00", 60)), ""},
		"an archive":                      {packedFile(t, 10, "report.pdf", "word/document.xml"), ""},
		"an archive with nothing telling": {packedFile(t, 10, "docProps/app.xml", "other.xml"), ""},
		"a presentation":                  {packedFile(t, 10, "[Content_Types].xml", "_rels/.rels", "ppt/presentation.xml"), ""},
		"a Java program":                  {packedFile(t, 10, "META-INF/MANIFEST.MF", "A.class"), ""},
		"a drawing of OpenDocument":       {openDocument(t, "graphics"), ""},
		"an old document of Word":         {append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), make([]byte, 600)...), ""},
		"RTF":                             {[]byte(`{\rtf1 x}`), ""},
		"a GIF":                           {[]byte("GIF89a\x01\x00\x01\x00"), ""},
		"gzip":                            {[]byte("\x1f\x8b\x08\x00\x00\x00"), ""},
		"noise":                           {[]byte{1, 2, 3, 4, 0, 0xff, 0xfe, 200}, ""},
	} {
		got, ok := cooperation.TypeOfFile(c.content)
		if ok != (c.want != "") || got.Media != c.want {
			t.Errorf("%s is taken for %q", name, got.Media)
		}
	}
}

func FuzzTypeOfFile(f *testing.F) {
	f.Add(packedFile(f, 3000, "docProps/app.xml", "docProps/core.xml", "xl/workbook.xml"))
	f.Add([]byte("PK\x03\x04"))
	f.Add([]byte("%PDF-"))
	f.Fuzz(func(t *testing.T, content []byte) {
		if got, ok := cooperation.TypeOfFile(content); ok != (len(got.Extensions) > 0) {
			t.Errorf("%v: %+v", ok, got)
		}
	})
}
