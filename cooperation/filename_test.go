package cooperation_test

import (
	"path"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"entente/cooperation"
)

// fileType is a type by its usual ending.
func fileType(t testing.TB, ending string) cooperation.FileType {
	t.Helper()
	for _, f := range cooperation.FileTypes() {
		if f.Extensions[0] == ending {
			return f
		}
	}
	t.Fatalf("no type ends with %s", ending)
	return cooperation.FileType{}
}

func TestNamesOfFilesAreMadeSafe(t *testing.T) {
	long := strings.Repeat("ж", 300)
	for claimed, want := range map[string]string{
		"Survey of 2026.pdf":              "Survey of 2026.pdf",
		"Изыскание.PDF":                   "Изыскание.PDF",
		"تقرير ٢٠٢٦.pdf":                  "تقرير ٢٠٢٦.pdf",
		"می\u200cروم.pdf":                 "می\u200cروم.pdf",
		"e\u0301tude.pdf":                 "étude.pdf",
		"":                                "file.pdf",
		".pdf":                            "pdf.pdf",
		"...":                             "file.pdf",
		".htaccess":                       "htaccess.pdf",
		"../../etc/passwd":                "passwd.pdf",
		`C:\Users\me\report.pdf`:          "report.pdf",
		"/":                               "file.pdf",
		"report.pdf.exe":                  "report.pdf.exe.pdf",
		"page.html":                       "page.html.pdf",
		"a\r\nSet-Cookie: x=1.pdf":        "a Set-Cookie_ x=1.pdf",
		"a\x00b.pdf":                      "ab.pdf",
		"a\"b<c>d|e?f*g.pdf":              "a_b_c_d_e_f_g.pdf",
		"evil\u202efdp.exe":               "evilfdp.exe.pdf",
		"zero\u200bwidth\ufeff.pdf":       "zerowidth.pdf",
		"bad \xff\xfe.pdf":                "bad _.pdf",
		"NUL":                             "_NUL.pdf",
		"nul.pdf":                         "_nul.pdf",
		"Com1.tar.pdf":                    "_Com1.tar.pdf",
		"COM10.pdf":                       "COM10.pdf",
		"LPT².pdf":                        "_LPT².pdf",
		"   spaces \t and   tabs  .pdf  ": "spaces and tabs.pdf",
		"trailing dots....pdf":            "trailing dots.pdf",
		"trailing.pdf...":                 "trailing.pdf",
		long + ".pdf":                     strings.Repeat("ж", 118) + ".pdf",
		strings.Repeat("x", 500) + ".pdf": strings.Repeat("x", 196) + ".pdf",
	} {
		if got := cooperation.FileName(claimed, fileType(t, ".pdf")); got != want {
			t.Errorf("%q became %q, want %q", claimed, got, want)
		}
	}
	if got := cooperation.FileName("photo.JPEG", fileType(t, ".jpg")); got != "photo.JPEG" {
		t.Errorf("another ending of the type became %q", got)
	}
}

func FuzzFileName(f *testing.F) {
	for _, seed := range []string{"a.pdf", "../x", "con", "\u202e", "a\r\nb", strings.Repeat("é", 400), "lpt9.", ". .", "\xff", "a/.", "_", "e\u0301\u0301.pdf"} {
		f.Add(seed)
	}
	pdf := fileType(f, ".pdf")
	f.Fuzz(func(t *testing.T, claimed string) {
		name := cooperation.FileName(claimed, pdf)
		switch {
		case !utf8.ValidString(name), utf8.RuneCountInString(name) > 200, len(name) > 240:
			t.Errorf("%q is not UTF-8 or too long", name)
		case strings.ContainsAny(name, "/\\<>:\"|?*\r\n\t\x00"), strings.ContainsFunc(name, unicode.IsControl):
			t.Errorf("%q has a character that is refused somewhere", name)
		case strings.ContainsFunc(name, func(r rune) bool { return unicode.Is(unicode.Bidi_Control, r) }):
			t.Errorf("%q turns the direction of text", name)
		case !strings.EqualFold(path.Ext(name), ".pdf"), name[0] == '.', name[0] == ' ', len(name) == len(".pdf"):
			t.Errorf("%q is no name of a PDF", name)
		}
		if again := cooperation.FileName(name, pdf); again != name {
			t.Errorf("%q becomes %q when it is made safe again", name, again)
		}
	})
}
