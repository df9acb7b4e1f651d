// Package profiles reads conventions from files. A profile is data: a
// convention is one YAML file with a list of its Parties beside it, and a new
// convention is a new file. The conventions that come with the program are
// embedded; a folder of the installation may replace any of those files by
// one of the same name, and add others.
//
// The form of a profile is described in data/README.md. Everything that is
// wrong with a set of profiles is reported at once, by file and line.
package profiles

import (
	"embed"
	"errors"
	"io"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"entente/cooperation"
)

//go:embed data/*.yaml
var embedded embed.FS

// Shipped is the folder of the conventions that come with the program.
func Shipped() fs.FS {
	sub, err := fs.Sub(embedded, "data")
	if err != nil {
		// The path is a constant that the embedding above made.
		panic(err)
	}
	return sub
}

// Set is the conventions of an installation. It never changes.
type Set struct{ conventions []*cooperation.Convention }

// All lists the conventions in the order of their ids. The caller must not
// change them.
func (s *Set) All() []*cooperation.Convention { return slices.Clone(s.conventions) }

// Convention returns the convention with the id.
func (s *Set) Convention(id string) (*cooperation.Convention, bool) {
	i, ok := slices.BinarySearchFunc(s.conventions, id, func(c *cooperation.Convention, id string) int {
		return strings.Compare(c.ID, id)
	})
	if !ok {
		return nil, false
	}
	return s.conventions[i], true
}

// Load reads the profiles of folders, of which a later one replaces files of
// the same name in those before it: Load(Shipped(), os.DirFS(folder)). It
// fails with an *Error that holds every mistake.
func Load(folders ...fs.FS) (*Set, error) {
	conventions, mistakes := read(folders)
	if len(mistakes) > 0 {
		return nil, &Error{mistakes}
	}
	return &Set{conventions}, nil
}

// Check returns what is wrong with the profiles of folders, in the order of
// files and lines; nothing when Load would succeed.
func Check(folders ...fs.FS) []Mistake {
	_, mistakes := read(folders)
	return mistakes
}

// partiesSuffix ends the name of a file that holds a list of Parties.
const partiesSuffix = ".parties.yaml"

func read(folders []fs.FS) ([]*cooperation.Convention, []Mistake) {
	var mistakes []Mistake
	files := collect(folders, &mistakes)
	names := make([]string, 0, len(files))
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)

	var out []*cooperation.Convention
	taken := map[string]string{}
	used := map[string]bool{}
	readable := true
	for _, name := range names {
		if strings.HasSuffix(name, partiesSuffix) {
			continue
		}
		s := source{name, &mistakes}
		root := s.parse(files[name])
		if root == nil {
			readable = false
			continue
		}
		c, idLine := s.convention(root, files, used)
		if first, twice := taken[c.ID]; twice && c.ID != "" {
			s.reportLine(idLine, "profiles.convention.duplicate", text("id", c.ID), text("file", first))
		}
		taken[c.ID] = name
		out = append(out, c)
	}
	for _, name := range names {
		// A file that could not be read may be the one that names the list.
		if readable && strings.HasSuffix(name, partiesSuffix) && !used[name] {
			source{name, &mistakes}.reportLine(1, "profiles.file.unused")
		}
	}
	if len(out) == 0 && len(mistakes) == 0 {
		source{".", &mistakes}.reportLine(0, "profiles.none")
	}
	slices.SortFunc(out, func(a, b *cooperation.Convention) int { return strings.Compare(a.ID, b.ID) })
	return out, sorted(mistakes)
}

// collect reads the YAML files of the folders, later ones over earlier ones.
func collect(folders []fs.FS, mistakes *[]Mistake) map[string][]byte {
	files := map[string][]byte{}
	for _, folder := range folders {
		entries, err := fs.ReadDir(folder, ".")
		if err != nil {
			source{".", mistakes}.reportLine(0, "profiles.file.unreadable", text("detail", err.Error()))
			continue
		}
		for _, e := range entries {
			if e.IsDir() || path.Ext(e.Name()) != ".yaml" || strings.HasPrefix(e.Name(), ".") {
				continue
			}
			body, err := fs.ReadFile(folder, e.Name())
			if err != nil {
				source{e.Name(), mistakes}.reportLine(0, "profiles.file.unreadable", text("detail", err.Error()))
				continue
			}
			files[e.Name()] = body
		}
	}
	return files
}

var yamlLine = regexp.MustCompile(`^line (\d+): `)

// parse reads the one document of a file, or reports why it cannot.
func (s source) parse(body []byte) *yaml.Node {
	var document, second yaml.Node
	decoder := yaml.NewDecoder(strings.NewReader(string(body)))
	if err := decoder.Decode(&document); err != nil {
		if errors.Is(err, io.EOF) {
			s.reportLine(1, "profiles.file.empty")
			return nil
		}
		s.syntax(err)
		return nil
	}
	switch err := decoder.Decode(&second); {
	case err == nil:
		s.report(&second, "profiles.file.second")
	case !errors.Is(err, io.EOF):
		s.syntax(err)
	}
	if len(document.Content) == 0 {
		s.reportLine(1, "profiles.file.empty")
		return nil
	}
	return document.Content[0]
}

func (s source) syntax(err error) {
	line, detail := 1, strings.TrimPrefix(err.Error(), "yaml: ")
	if m := yamlLine.FindStringSubmatch(detail); m != nil {
		line, _ = strconv.Atoi(m[1])
		detail = detail[len(m[0]):]
	}
	// The reader counts the lines of what its parser (not its scanner) refuses
	// from zero.
	if strings.Contains(detail, "did not find expected") {
		line++
	}
	s.reportLine(line, "profiles.file.syntax", text("detail", detail))
}
