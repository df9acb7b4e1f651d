package web

// needMatters are the pages on which a need is written, in their order: first
// what nothing can be submitted without, then what makes it specific.
func needMatters() []matter {
	return []matter{
		{Name: "what", Asked: true, Blocks: []block{{Entries: []entry{
			{Path: "title", Most: 300, Must: true},
			{Path: "problem", Ask: askArea, Most: 8000, Must: true},
			{Path: "barrier", Ask: askArea, Most: 8000},
			{Path: "content_language", Ask: askLanguage},
		}}}},
		{Name: "help", Asked: true, Blocks: []block{
			{List: "themes", Most: 3, Entries: []entry{{Ask: askTheme, Must: true}}},
			{List: "kinds", Most: 3, Entries: []entry{{Path: "kind", Ask: askKind, Must: true}, {Path: "change", Ask: askArea, Most: 2000}}},
		}},
		{Name: "languages", Asked: true, Blocks: []block{
			{List: "languages", Most: 10, Entries: []entry{{Path: "language", Ask: askLanguage, Must: true},
				{Path: "strength", Ask: askCode, Codes: []string{"preferred", "required"}, Words: "strength.", Preset: true}}},
			{Entries: []entry{{Path: "interpretation", Ask: askTick}}},
		}},
		{Name: "when", Blocks: []block{
			{List: "places", Most: 50, Entries: []entry{{Path: "country", Ask: askCountry}, {Path: "area", Most: 200}}},
			{Entries: []entry{
				{Path: "urgency", Ask: askCode, Codes: []string{"low", "normal", "high"}, Words: "urgency."},
				{Path: "start", Ask: askDate}, {Path: "end", Ask: askDate}, {Path: "valid_until", Ask: askDate},
			}},
		}},
		{Name: "costs", Blocks: []block{{List: "costs", Most: 50, Shared: &entry{Path: "currency", Ask: askCurrency}, Entries: []entry{
			{Path: "activity", Most: 500}, {Path: "result", Most: 500}, {Path: "cost", Ask: askAmount}, {Path: "national", Ask: askAmount},
			{Path: "other", Ask: askAmount}, {Path: "sought", Ask: askAmount},
		}}}},
		{Name: "analysis", Beside: true, Blocks: []block{{Entries: []entry{
			{Path: "analysis.source", Ask: askCode, Codes: []string{"own", "questionnaire", "report", "joint_assessment", "review", "national_plan"}, Words: "analysis."},
			{Path: "analysis.text", Most: 300}, {Path: "analysis.link", Most: 500},
			{Path: "coordination", Ask: askArea, Most: 2000},
		}}}},
		{Name: "reached", Beside: true, Blocks: []block{{Entries: []entry{
			{Path: "reached.total", Ask: askNumber}, {Path: "reached.women", Ask: askNumber}, {Path: "reached.men", Ask: askNumber},
			{Path: "reached.children", Ask: askNumber}, {Path: "reached.with_disabilities", Ask: askNumber},
			{Path: "reached.description", Ask: askArea, Most: 1000},
		}}}},
		{Name: "treaty", Blocks: []block{{Entries: []entry{
			{Path: "article", Most: 100}, {Path: "commitment", Ask: askCommitment}, {Path: "deadline", Ask: askDate}, {Path: "programme_activity", Most: 100},
		}}}},
		{Name: "record", Blocks: []block{{Entries: []entry{
			{Path: "existing_help", Ask: askArea, Most: 4000}, {Path: "past_help", Ask: askArea, Most: 4000},
			{Path: "asked_elsewhere", Ask: askArea, Most: 2000}, {Path: "own_contribution", Ask: askArea, Most: 2000},
		}}}},
		{Name: "partners", Beside: true, Blocks: []block{
			{List: "preferred", Most: 20, Entries: []entry{{Ask: askParticipant}}},
			{List: "excluded", Most: 100, Entries: []entry{{Ask: askParticipant}}},
		}},
		{Name: "contact", Blocks: []block{
			{Entries: []entry{{Path: "authority", Most: 300}, {Path: "focal_point.name", Most: 200}, {Path: "focal_point.organisation", Most: 200},
				{Path: "focal_point.mail", Most: 254}, {Path: "focal_point.phone", Most: 50}}},
			{List: "beneficiaries", Most: 20, Entries: []entry{{Ask: askCountry, Must: true}}},
		}},
	}
}
