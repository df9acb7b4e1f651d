package profiles

import (
	"strings"

	"go.yaml.in/yaml/v3"

	"entente/cooperation"
	"entente/message"
	"entente/reference"
)

// builder reads one convention. What it has named so far is kept, so that
// what refers to it can be checked.
type builder struct {
	object
	c          *cooperation.Convention
	themes     ids
	regions    ids
	committees ids
	later      []func() // checks that need the whole convention
}

const conventionKeys = `id name short_name depositary adopted in_force languages secretariat iati facilitator
	reviewed review_body bundles clocks terms_clearance shortlist unspecific_threshold validity calendar themes regions kinds
	committees programme declarations admits weights parties meetings`

// convention reads the file of a convention and the list of Parties that it
// names. It also returns the line of its id.
func (s source) convention(root *yaml.Node, files map[string][]byte, used map[string]bool) (*cooperation.Convention, int) {
	b := &builder{object: s.object(root, conventionKeys), c: &cooperation.Convention{},
		themes: ids{}, regions: ids{}, committees: ids{}}
	c := b.c
	c.ID = ids{}.name(b.object)
	c.Name = b.names("name")
	c.ShortName = b.names("short_name")
	c.Depositary = b.names("depositary")
	c.Adopted, c.InForce = b.period("adopted", "in_force")
	c.SecretariatName = b.names("secretariat")
	c.IATI = b.note("iati")
	b.readLanguages()
	b.readThemes()
	b.readRegions()
	b.readCommittees()
	b.readFacilitation()
	b.readClocks()
	b.readProgramme()
	b.readProviders()
	b.readWeights()
	b.readCalendar()
	b.readMeetings()
	b.readParties(files, used)
	for _, check := range b.later {
		check()
	}
	return c, b.at("id").Line
}

func (b *builder) readLanguages() {
	n := b.need("languages")
	if n == nil {
		return
	}
	b.members(n, func(n *yaml.Node) {
		v, ok := b.scalar(n)
		if !ok {
			return
		}
		l, ok := reference.ParseLanguage(v)
		if !ok {
			b.report(n, "profiles.language.unknown", text("code", v))
			return
		}
		b.c.Languages = append(b.c.Languages, l)
	})
}

// readFacilitation reads who brings the sides together and who reviews.
func (b *builder) readFacilitation() {
	c := b.c
	c.Facilitator = choice(b.object, "facilitator", "", cooperation.CommitteeFacilitates, cooperation.BureauFacilitates, cooperation.SecretariatFacilitates)
	c.Reviewed = b.flag("reviewed")
	c.Bundles = b.flag("bundles")
	n := b.need("review_body")
	if n == nil {
		return
	}
	c.ReviewBody = b.committees.refers(b.source, n, "profiles.committee.unknown")
	if body, ok := c.Committee(c.ReviewBody); ok && c.Reviewed && body.Kind != cooperation.StandingCommittee {
		b.report(n, "profiles.review.members", text("id", c.ReviewBody))
	}
}

func (b *builder) readClocks() {
	c := b.c
	clocks := object{}
	if n := b.values["clocks"]; n != nil {
		clocks = b.object.object(n, "look_days opening_days silence_days objection_days introduce_days reply_months terms_days")
	}
	c.LookDays = clocks.whole("look_days", 5, 0, 60)
	c.OpeningDays = clocks.whole("opening_days", 10, 1, 250)
	c.SilenceDays = clocks.whole("silence_days", 5, 1, 60)
	c.ObjectionDays = clocks.whole("objection_days", 20, 1, 250)
	c.IntroduceDays = clocks.whole("introduce_days", 5, 1, 60)
	c.ReplyMonths = clocks.whole("reply_months", 2, 1, 12)
	c.TermsDays = clocks.whole("terms_days", 20, 1, 250)
	c.TermsClearance = choice(b.object, "terms_clearance", cooperation.ClearBinding, cooperation.TermsClearances()...)
	c.Shortlist = b.whole("shortlist", 5, 1, 50)
	c.UnspecificThreshold = b.whole("unspecific_threshold", 2, 0, 20)

	validity := object{}
	if n := b.values["validity"]; n != nil {
		validity = b.object.object(n, "need_months offer_months reconfirm_days")
	}
	c.NeedValidityMonths = validity.whole("need_months", 24, 1, 120)
	c.OfferValidityMonths = validity.whole("offer_months", 12, 1, 120)
	c.ReconfirmDays = validity.whole("reconfirm_days", 30, 1, 365)
}

func (b *builder) readProgramme() {
	taken := ids{}
	b.each("programme", func(n *yaml.Node) {
		o := b.object.object(n, "id name themes")
		b.c.Programme = append(b.c.Programme, cooperation.ProgrammeDomain{
			ID: taken.name(o), Name: o.names("name"), Themes: b.themeList(o, "themes"),
		})
	})
}

// readProviders reads which kinds of help are in use, who may offer them and
// what providers must declare.
func (b *builder) readProviders() {
	c := b.c
	c.Kinds = choices(b.object, "kinds", cooperation.Kinds()...)
	if !b.has("kinds") {
		c.Kinds = cooperation.Kinds()
	}
	if b.need("admits") != nil {
		c.Admits = choices(b.object, "admits", cooperation.ProviderCategories()...)
	}
	taken := ids{}
	b.each("declarations", func(n *yaml.Node) {
		o := b.object.object(n, "id text for")
		d := cooperation.Declaration{ID: taken.name(o), Text: o.names("text")}
		if o.need("for") != nil {
			d.For = choices(o, "for", cooperation.ProviderCategories()...)
		}
		for _, p := range d.For {
			if b.has("admits") && !c.AdmitsProvider(p) {
				o.report(o.at("for"), "profiles.declaration.nobody", text("category", string(p)))
			}
		}
		c.Declarations = append(c.Declarations, d)
	})
}

func (b *builder) readWeights() {
	n := b.need("weights")
	if n == nil {
		return
	}
	parts := []string{"theme", "kind", "language", "region", "size", "time", "record", "fairness"}
	o := b.object.object(n, "version body "+strings.Join(parts, " "))
	w := cooperation.Weights{Version: o.whole("version", 1, 1, 1_000_000)}
	into := []*int64{&w.Theme, &w.Kind, &w.Language, &w.Region, &w.Size, &w.Time, &w.Record, &w.Fairness}
	for i, part := range parts {
		if o.need(part) != nil {
			*into[i] = int64(o.whole(part, 0, 0, cooperation.WeightsTotal))
		}
	}
	if !o.broken && w.Sum() != cooperation.WeightsTotal {
		o.report(b.at("weights"), "profiles.weights.sum",
			message.Int("sum", w.Sum()), message.Int("total", cooperation.WeightsTotal))
	}
	b.c.Weights = w
	if body := o.need("body"); body != nil {
		b.c.WeightsBody = b.committees.refers(b.source, body, "profiles.committee.unknown")
	}
}

func (b *builder) readMeetings() {
	taken := ids{}
	b.each("meetings", func(n *yaml.Node) {
		o := b.object.object(n, "id name body begin end place")
		m := cooperation.Meeting{ID: taken.name(o), Name: o.names("name"), Place: o.optionalNames("place")}
		m.Begin, m.End = o.period("begin", "end")
		if body := o.need("body"); body != nil {
			m.Body = b.committees.refers(b.source, body, "profiles.committee.unknown")
		}
		b.c.Meetings = append(b.c.Meetings, m)
	})
}
