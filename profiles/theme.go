package profiles

import (
	"go.yaml.in/yaml/v3"

	"entente/cooperation"
	"entente/message"
	"entente/reference"
)

// readThemes reads the tree of themes: two levels, each theme tied to
// articles.
func (b *builder) readThemes() {
	n := b.need("themes")
	if n == nil {
		return
	}
	var parents []*yaml.Node // of b.c.Themes, nil at the first level
	b.members(n, func(n *yaml.Node) {
		o := b.object.object(n, "id parent name articles")
		t := cooperation.Theme{ID: b.themes.name(o), Parent: o.note("parent"), Name: o.names("name"), Articles: o.words("articles")}
		if len(t.Articles) == 0 && !o.broken {
			o.report(o.at("articles"), "profiles.theme.articles", text("id", t.ID))
		}
		b.c.Themes = append(b.c.Themes, t)
		parents = append(parents, o.values["parent"])
	})
	for i, t := range b.c.Themes {
		if t.Parent == "" {
			continue
		}
		switch above, ok := b.c.Theme(t.Parent); {
		case !ok:
			b.report(parents[i], "profiles.theme.parent", text("id", t.Parent))
		case above.Parent != "" || above.ID == t.ID:
			b.report(parents[i], "profiles.theme.depth", text("id", t.ID), text("parent", t.Parent))
		}
	}
	if len(b.c.Themes) == 0 {
		b.report(b.at("themes"), "profiles.theme.none")
	}
}

// themeList reads a list of themes of the convention, each at most once.
func (b *builder) themeList(o object, key string) []string {
	seen := map[string]bool{}
	var out []string
	o.each(key, func(n *yaml.Node) {
		id := b.themes.refers(o.source, n, "profiles.theme.unknown")
		if id != "" && seen[id] {
			o.report(n, "profiles.value.duplicate", text("value", id))
			return
		}
		if id != "" {
			seen[id] = true
			out = append(out, id)
		}
	})
	return out
}

// readRegions reads the regions that the convention defines for itself. A
// country is in one of them at most.
func (b *builder) readRegions() {
	owner := map[reference.Country]string{}
	b.each("regions", func(n *yaml.Node) {
		o := b.object.object(n, "id name countries")
		r := cooperation.ProfileRegion{ID: b.regions.name(o), Name: o.names("name")}
		if o.need("countries") != nil {
			r.Countries = o.countries("countries", true)
		}
		if _, m49 := reference.ParseRegion(r.ID); m49 {
			o.report(o.at("id"), "profiles.region.code", text("id", r.ID))
		}
		for _, c := range r.Countries {
			if other, taken := owner[c]; taken {
				o.report(o.at("countries"), "profiles.region.overlap", message.Of(message.Country, "country", c.Alpha2()), text("id", other))
			}
			owner[c] = r.ID
		}
		b.c.Regions = append(b.c.Regions, r)
	})
}
