package profiles_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"entente/profiles"
)

// FuzzProfile loads anything as the profile of a convention: it is taken, or
// refused by file and line in words of ours. Neither a tower of aliases nor one
// of brackets ends the program.
func FuzzProfile(f *testing.F) {
	shipped := profiles.Shipped()
	names, err := fs.Glob(shipped, "*.yaml")
	if err != nil || len(names) == 0 {
		f.Fatalf("%v, %v", names, err)
	}
	for _, name := range names {
		content, err := fs.ReadFile(shipped, name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(content[:min(len(content), 4000)])
	}
	var bomb strings.Builder
	bomb.WriteString("a: &a [x, x, x, x, x, x, x, x, x]\n")
	for c := 'b'; c <= 'j'; c++ {
		before := string(c - 1)
		bomb.WriteString(string(c) + ": &" + string(c) + " [" + strings.Repeat("*"+before+", ", 8) + "*" + before + "]\n")
	}
	for _, seed := range []string{"", "id: x", "- a", "id: [", "id: &a\n  b: *a\n", "id: x\nid: y\n", "\t", "id: x\nnmae: {}\n", "<<: {id: x}\n", "id: !!binary aGk=\n", bomb.String(), strings.Repeat("[", 20000),
		"id: x\nname: {en: \"\u202e\"}\n", "---\nid: x\n---\nid: y\n"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		folder := fstest.MapFS{"mine.yaml": {Data: content}}
		for _, m := range profiles.Check(folder) {
			if m.File != "mine.yaml" || m.Line < 0 || m.Message.Key == "" {
				t.Errorf("%+v", m)
			}
		}
		set, err := profiles.Load(folder)
		if (err == nil) != (len(profiles.Check(folder)) == 0) {
			t.Errorf("Load says %v, Check otherwise", err)
		}
		if err == nil {
			for _, c := range set.All() {
				if c.ID == "" || len(c.Name) == 0 {
					t.Errorf("%+v", c)
				}
			}
		}
	})
}
