package matchtest

import (
	"fmt"

	"entente/matching"
	"entente/matching/record"
	"entente/reference"
)

// Now is the moment of all cases.
const Now = matching.Day(20_000) // 2024-10-04

// Convention is the id of the convention of all cases.
const Convention = "treaty"

// Setting is the convention of all cases: three groups of themes, one of them
// three levels deep, and two regions of its own.
func Setting() *matching.Setting { return setting(convention()) }

// SettingWithPast is the same convention with a history: past help and fairness
// count, and discovery has weights of its own.
func SettingWithPast() *matching.Setting {
	c := convention()
	c.Weights = matching.Weights{
		Version: 2, Theme: 250_000, Kind: 150_000, Language: 150_000, Region: 100_000, Size: 50_000, Time: 50_000,
		Record: 150_000, Fairness: 100_000,
	}
	c.Discovery = matching.Weights{
		Version: 2, Theme: 200_000, Kind: 150_000, Language: 150_000, Region: 50_000, Size: 50_000, Time: 50_000,
		Record: 300_000, Fairness: 50_000,
	}
	c.Record = record.NewTable(Past(), 2023, record.Plain())
	return setting(c)
}

// Past is a short history. Brazil helps Lusophone countries with clearance
// every year, Peru helped Angola once, Croatia helps Europe, an agency helps
// everybody a little, an institute only with victims; Fiji never had any help.
func Past() []record.Row {
	var rows []record.Row
	row := func(year int, beneficiary, theme, provider string) {
		rows = append(rows, record.Row{Year: year, Beneficiary: Countries(beneficiary)[0], Theme: theme, Provider: provider})
	}
	for year := 2018; year <= 2023; year++ {
		row(year, "MZ", "clearance", "BR")
		row(year, "AO", "clearance", "BR")
		row(year, "BA", "stockpiles", "HR")
		row(year, []string{"TD", "SN", "PE", "BA", "MZ", "AO"}[year-2018], "survey", "agency")
		row(year, "SN", "victims", "institute")
	}
	row(2019, "AO", "stockpiles", "PE")
	row(2021, "TD", "clearance", "EU")
	row(2022, "TD", "clearance", "EU")
	return rows
}

func setting(c matching.Convention) *matching.Setting {
	s, err := matching.NewSetting(c)
	if err != nil {
		panic(fmt.Sprintf("matchtest: the setting of the cases is invalid: %v", err))
	}
	return s
}

func convention() matching.Convention {
	return matching.Convention{
		ID: Convention,
		Themes: map[string]string{
			"clearance": "", "survey": "clearance", "release": "clearance", "drones": "survey",
			"victims": "", "rehabilitation": "victims", "inclusion": "victims",
			"stockpiles": "",
		},
		Regions: map[string][]reference.Country{
			"lusophone": Countries("AO", "BR", "CV", "GW", "MZ", "PT", "ST", "TL"),
			"balkans":   Countries("AL", "BA", "HR", "ME", "MK", "RS"),
		},
		Parties: Countries("AO", "BA", "BR", "CO", "HR", "KH", "MZ", "PE", "SN", "TD", "YE"),
		Weights: matching.Weights{
			Version: 1, Theme: 300_000, Kind: 200_000, Language: 200_000,
			Region: 150_000, Size: 50_000, Time: 100_000,
		},
	}
}

// Countries reads alpha-2 codes; it panics on one that is none.
func Countries(codes ...string) []reference.Country {
	list := make([]reference.Country, len(codes))
	for i, code := range codes {
		c, ok := reference.ParseCountry(code)
		if !ok {
			panic(fmt.Sprintf("matchtest: %q is not a country", code))
		}
		list[i] = c
	}
	return list
}

// Regions reads M49 codes; it panics on one that is none.
func Regions(codes ...string) []reference.Region {
	list := make([]reference.Region, len(codes))
	for i, code := range codes {
		r, ok := reference.ParseRegion(code)
		if !ok {
			panic(fmt.Sprintf("matchtest: %q is not a region", code))
		}
		list[i] = r
	}
	return list
}

// Need is an open need of Mozambique for expertise in clearance, in Portuguese,
// with the changes applied.
func Need(changes ...func(*matching.Need)) matching.Need {
	n := matching.Need{
		ID: "need", Convention: Convention, Open: true,
		Beneficiaries: Countries("MZ"),
		Themes:        []string{"clearance"},
		Kinds:         matching.Kinds(matching.Expertise),
		Languages:     []matching.LanguageWish{{Language: "pt", Required: true}},
	}
	for _, change := range changes {
		change(&n)
	}
	return n
}

// Offer is an open offer of Brazil that fits [Need], with the changes applied.
func Offer(changes ...func(*matching.Offer)) matching.Offer {
	o := matching.Offer{
		ID: "offer", Convention: Convention, Open: true, Unlimited: true,
		Provider:  "BR",
		Themes:    []string{"clearance"},
		Kinds:     matching.Kinds(matching.Expertise),
		Languages: []reference.Language{"pt"},
	}
	for _, change := range changes {
		change(&o)
	}
	return o
}
