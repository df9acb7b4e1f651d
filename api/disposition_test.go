package api

import (
	"mime"
	"strings"
	"testing"

	"entente/cooperation"
)

// Whatever name a file has, the header that tells it is one line of ASCII from
// which a program reads that name again.
func FuzzDisposition(f *testing.F) {
	for _, seed := range []string{"a.pdf", "a\"; filename=b.exe", "a\r\nX: y", `a\"b`, "Отчёт.pdf", "\u202efdp.exe", "a%22b", "a;b", "\xff\xfe", "'", "=?utf-8?q?a?=", "*", "a+b c"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, claimed string) {
		for _, name := range []string{claimed, cooperation.FileName(claimed, cooperation.FileTypes()[0])} {
			header := disposition(name)
			if strings.ContainsFunc(header, func(r rune) bool { return r < ' ' || r > '~' }) || strings.Count(header, `"`) != 2 {
				t.Errorf("%q makes the header %q", name, header)
			}
			kind, parameters, err := mime.ParseMediaType(header)
			if want := strings.ToValidUTF8(name, "_"); err != nil || kind != "attachment" || parameters["filename"] != want {
				t.Errorf("%q is read as %q, %v", name, parameters["filename"], err)
			}
		}
	})
}
