package web

// offerMatters are the pages on which an offer is written, in their order.
func (v *visit) offerMatters() []matter {
	all := []matter{
		{Name: "what", Asked: true, Blocks: []block{{Entries: []entry{
			{Path: "title", Most: 300, Must: true},
			{Path: "description", Ask: askArea, Most: 8000, Must: true},
			{Path: "type", Ask: askCode, Codes: []string{"specific", "standing", "fund"}, Words: "offer_type."},
			{Path: "content_language", Ask: askLanguage},
		}}}},
		{Name: "help", Asked: true, Blocks: []block{
			{List: "themes", Most: 3, Entries: []entry{{Ask: askTheme, Must: true}}},
			{List: "kinds", Most: 3, Entries: []entry{{Path: "kind", Ask: askKind, Must: true}, {Path: "change", Ask: askArea, Most: 2000}}},
		}},
		{Name: "firmness", Asked: true, Blocks: []block{{Entries: []entry{
			{Path: "firmness", Ask: askCode, Codes: []string{"indication", "pledge", "commitment"}, Words: "firmness.", Must: true},
			{Path: "terms", Ask: askCode, Codes: []string{"grant", "loan", "in_kind", "free", "at_cost"}, Words: "terms."},
			{Path: "ceiling.amount", Ask: askAmount}, {Path: "ceiling.currency", Ask: askCurrency},
			{Path: "capacity.unit", Ask: askCode, Codes: []string{"beneficiaries", "person_days", "amount"}, Words: "capacity."},
			{Path: "capacity.quantity", Ask: askNumber},
			{Path: "tied", Ask: askTick}, {Path: "host_contribution", Ask: askArea, Most: 2000},
		}}}},
		{Name: "languages", Blocks: []block{
			{List: "languages", Most: 20, Entries: []entry{{Ask: askLanguage}}},
			{Entries: []entry{{Path: "interpretation", Ask: askTick}}},
		}},
		{Name: "where", Blocks: []block{
			{List: "regions", Most: 40, Entries: []entry{{Ask: askRegion}}},
			{List: "countries", Most: 250, Entries: []entry{{Ask: askCountry}}},
			{List: "excluded_regions", Most: 40, Entries: []entry{{Ask: askRegion}}},
			{List: "excluded_countries", Most: 250, Entries: []entry{{Ask: askCountry}}},
		}},
		{Name: "eligibility", Beside: true, Blocks: []block{{Entries: []entry{
			{Path: "eligibility.parties_only", Ask: askTick}, {Path: "eligibility.ldc", Ask: askTick}, {Path: "eligibility.sids", Ask: askTick}, {Path: "eligibility.lldc", Ask: askTick},
			{Path: "eligibility.income", Ask: askMany, Codes: []string{"low", "lower-middle", "upper-middle", "high"}, Words: "reference.income."},
		}}}},
		{Name: "when", Blocks: []block{{Entries: []entry{
			{Path: "start", Ask: askDate}, {Path: "end", Ask: askDate}, {Path: "lead_days", Ask: askNumber}, {Path: "valid_until", Ask: askDate},
		}}}},
		{Name: "evidence", Beside: true, Blocks: []block{{List: "evidence", Most: 20, Entries: []entry{
			{Path: "title", Most: 300}, {Path: "year", Ask: askNumber}, {Path: "theme", Ask: askTheme}, {Path: "countries", Ask: askCountries}, {Path: "link", Most: 500},
		}}}},
	}
	if declarations := v.conv.Declarations; len(declarations) > 0 {
		e := entry{Path: "declarations", Ask: askMany, Words: "declaration"}
		for _, d := range declarations {
			e.Codes = append(e.Codes, d.ID)
		}
		all = append(all, matter{Name: "declarations", Beside: true, Blocks: []block{{Entries: []entry{e}}}})
	}
	return append(all,
		matter{Name: "partners", Beside: true, Blocks: []block{{List: "excluded", Most: 100, Entries: []entry{{Ask: askParticipant}}}}},
		matter{Name: "contact", Blocks: []block{
			{Entries: []entry{{Path: "focal_point.name", Most: 200}, {Path: "focal_point.organisation", Most: 200}, {Path: "focal_point.mail", Most: 254}, {Path: "focal_point.phone", Most: 50}}},
			{List: "co_providers", Most: 10, Entries: []entry{{Path: "participant", Ask: askParticipant},
				{Path: "role", Ask: askCode, Codes: []string{"funding", "implementing"}, Words: "co_provider.", Preset: true}}},
		}},
	)
}
