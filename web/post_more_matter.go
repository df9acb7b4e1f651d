package web

import (
	"slices"
	"strings"

	"entente/cooperation"
	"entente/i18n"
	"entente/message"
)

// shared are the matters that needs and offers have in common: their files, in
// which other languages they stand, and who may see which field.
func (v *visit) shared(w *work) []matter {
	return []matter{
		{Name: "files", Special: "posting-files", Blocks: []block{{List: "attachments", Entries: []entry{{Path: "name"}}}}},
		v.translations(w),
		{Name: "visibility", Blocks: []block{{Entries: v.visibilities(w)}}},
	}
}

// visibilities ask who may see each field that may be withheld.
func (v *visit) visibilities(w *work) []entry {
	usual := cooperation.NeedVisibility
	if w.offer != nil {
		usual = cooperation.OfferVisibility
	}
	var out []entry
	there := map[string]bool{}
	for _, m := range w.matters {
		for _, path := range append(m.fields(), "attachments") {
			name, _, _ := strings.Cut(path, ".")
			widest, asked := cooperation.WidestAudience(name)
			if there[name] || !asked {
				continue
			}
			there[name] = true
			e := entry{Path: "visibility." + name, Ask: askCode, Words: "audience.", Label: w.kind() + "." + name,
				None: v.say(message.New("page.posting.visibility.usual", message.Of(message.Text, "audience", v.text("audience."+string(usual(name))))))}
			for _, a := range cooperation.Audiences() {
				if slices.Index(cooperation.Audiences(), a) >= slices.Index(cooperation.Audiences(), widest) {
					e.Codes = append(e.Codes, string(a))
				}
			}
			out = append(out, e)
		}
	}
	return out
}

// translations ask for the texts in another language, beside the texts as they
// are. The address says in which language; without that they are those that are
// there.
func (v *visit) translations(w *work) matter {
	m := matter{Name: "translations", Keep: "translations"}
	in := v.Query("in")
	_, own := w.heading()
	for _, tag := range i18n.Languages() {
		there := w.tree.at("translations."+tag) != nil
		if tag == own || tag != in && (in != "" || !there) {
			continue
		}
		texts := []entry{{Path: "title", Most: 300}, {Path: "problem", Ask: askArea, Most: 8000}, {Path: "barrier", Ask: askArea, Most: 8000}}
		if w.offer != nil {
			texts = []entry{{Path: "title", Most: 300}, {Path: "description", Ask: askArea, Most: 8000}}
		}
		b := block{Heading: v.name(message.Language, tag)}
		for _, e := range texts {
			e.Beside, e.Label = plainly(w.tree.at(e.Path)), w.kind()+"."+e.Path
			e.Path = "translations." + tag + "." + e.Path
			b.Entries = append(b.Entries, e)
		}
		m.Blocks = append(m.Blocks, b)
	}
	return m
}

// otherLanguages are those into which a posting can be translated.
func (v *visit) otherLanguages(w *work) []link {
	var out []link
	_, own := w.heading()
	for _, tag := range i18n.Languages() {
		if tag != own {
			out = append(out, link{w.at(v, "/edit/translations?in="+tag), v.name(message.Language, tag)})
		}
	}
	return out
}
