package api

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"html/template"
	"net/http"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/gin-gonic/gin"

	"entente/access"

	"entente/cooperation"
)

// The page that shows the description, with what it loads. The files of
// Swagger UI are as they were published: see scripts/docs-page.
//
//go:embed docs/page.gohtml docs/page.css docs/page.js docs/swagger-ui.css docs/swagger-ui-bundle.js docs/swagger-ui-bundle.js.LICENSE.txt
var docsFiles embed.FS

// docsPolicy lets the page load its own files and call its own server, and
// nothing else. Pictures are parts of the style.
const docsPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// docsTypes are the files that the page may ask for, with their media types.
func docsTypes() map[string]string {
	return map[string]string{
		"page.css": "text/css; charset=utf-8", "swagger-ui.css": "text/css; charset=utf-8",
		"page.js": "text/javascript; charset=utf-8", "swagger-ui-bundle.js": "text/javascript; charset=utf-8",
		"swagger-ui-bundle.js.LICENSE.txt": "text/plain; charset=utf-8",
	}
}

// docs shows the description of the API to people.
type docs struct {
	page  *template.Template
	types map[string]string
	tags  []docsTag
	files func() (map[string]docsFile, error) // read and compressed when the first one is asked for
}

// docsFile is a file as it is sent.
type docsFile struct {
	plain, squeezed []byte
	tag             string
}

// docsTag and docsOperation are what a reader without JavaScript sees.
type docsTag struct {
	Name, Description string
	Operations        []docsOperation
}

type docsOperation struct{ Method, Path, Summary, Description string }

func newDocs(d *document) *docs {
	types := docsTypes()
	return &docs{page: template.Must(template.ParseFS(docsFiles, "docs/page.gohtml")), types: types, tags: d.tags(),
		files: sync.OnceValues(func() (map[string]docsFile, error) { return readDocs(types) })}
}

func readDocs(types map[string]string) (map[string]docsFile, error) {
	all := map[string]docsFile{}
	for name := range types {
		plain, err := docsFiles.ReadFile(path.Join("docs", name))
		if err != nil {
			return nil, err
		}
		var squeezed bytes.Buffer
		z := gzip.NewWriter(&squeezed)
		if _, err := z.Write(plain); err != nil {
			return nil, err
		}
		if err := z.Close(); err != nil {
			return nil, err
		}
		sum := sha256.Sum256(plain)
		all[name] = docsFile{plain, squeezed.Bytes(), `"` + hex.EncodeToString(sum[:8]) + `"`}
	}
	return all, nil
}

// tags are the operations of the description under their tags, in its order.
func (d *document) tags() []docsTag {
	var all []docsTag
	for _, t := range d.described.Tags {
		tag := docsTag{Name: t.Name, Description: t.Description}
		for _, op := range d.operations {
			if of := op.route.Operation; slices.Contains(of.Tags, t.Name) {
				tag.Operations = append(tag.Operations, docsOperation{op.route.Method, op.route.Path, of.Summary, of.Description})
			}
		}
		slices.SortFunc(tag.Operations, func(a, b docsOperation) int {
			return strings.Compare(a.Path+" "+a.Method, b.Path+" "+b.Method)
		})
		all = append(all, tag)
	}
	return all
}

// serveDocs adds the page and its files.
func (a *api) serveDocs(engine *gin.Engine) {
	d := newDocs(a.document)
	engine.GET("/docs", func(g *gin.Context) { a.docsPage(g, d) })
	engine.GET("/docs/:file", func(g *gin.Context) { a.docsFile(g, d) })
}

func (a *api) docsPage(g *gin.Context, d *docs) {
	c, _ := callOf(g)
	var text bytes.Buffer
	err := d.page.Execute(&text, map[string]any{"Language": c.words.Language(), "Direction": c.words.Direction(), "Title": c.words.Text("contract.docs.title"),
		"Lead": c.words.Text("contract.docs.lead"), "Plain": c.words.Text("contract.docs.plain"), "Tags": d.tags})
	if err != nil {
		a.fail(g, err)
		return
	}
	c.header.Set("Content-Security-Policy", docsPolicy)
	g.Data(http.StatusOK, "text/html; charset=utf-8", text.Bytes())
}

func (a *api) docsFile(g *gin.Context, d *docs) {
	c, _ := callOf(g)
	files, err := d.files()
	if err != nil {
		a.fail(g, err)
		return
	}
	file, ok := files[g.Param("file")]
	if !ok {
		a.fail(g, cooperation.Absent())
		return
	}
	c.header.Set("Cache-Control", "no-cache")
	c.header.Set("ETag", file.tag)
	if strings.Contains(g.GetHeader("If-None-Match"), file.tag) {
		g.Status(http.StatusNotModified)
		return
	}
	content := file.plain
	if access.TakesGzip(g.Request.Header.Values("Accept-Encoding")) {
		content = file.squeezed
		c.header.Set("Content-Encoding", "gzip")
	}
	g.Data(http.StatusOK, d.types[g.Param("file")], content)
}
