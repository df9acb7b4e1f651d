package exchange

import "entente/cooperation"

// FileColumn is a column of a file, for those who fill it in.
type FileColumn struct {
	Name     string
	Required bool // the file must have it
	Form     CellForm
}

// CellForm is how a value is written in a cell.
type CellForm string

// The forms of cells. Lists are separated by spaces.
const (
	AsText         CellForm = "text"
	AsID           CellForm = "id"
	AsCountry      CellForm = "country"
	AsCountries    CellForm = "countries"
	AsParticipant  CellForm = "participant"
	AsParticipants CellForm = "participants"
	AsLanguage     CellForm = "language"
	AsLanguages    CellForm = "languages"
	AsTheme        CellForm = "theme"
	AsThemes       CellForm = "themes"
	AsRegions      CellForm = "regions"
	AsKinds        CellForm = "kinds"
	AsDeclarations CellForm = "declarations"
	AsDate         CellForm = "date"
	AsYear         CellForm = "year"
	AsCurrency     CellForm = "currency"
	AsAmount       CellForm = "amount"
	AsNumber       CellForm = "number"
	AsMark         CellForm = "mark"
	AsAddress      CellForm = "address"
	AsOneOf        CellForm = "one_of"      // of Choices
	AsOneOrMore    CellForm = "one_or_more" // of Choices
)

// DescribeNeeds lists the columns of a file of needs.
func DescribeNeeds() []FileColumn { return needForm().describe() }

// DescribeOffers lists the columns of a file of offers.
func DescribeOffers() []FileColumn { return offerForm().describe() }

// DescribeActivities lists the columns of a file of activities.
func DescribeActivities() []FileColumn { return activityForm().describe() }

// DescribeHistory lists the columns of a file of past help.
func DescribeHistory() []FileColumn {
	return []FileColumn{{"year", true, AsYear}, {"beneficiary", true, AsCountry}, {"theme", true, AsTheme}, {"provider", true, AsParticipant}, {"amount", false, AsAmount}}
}

// Choices are the words that may stand in a column of one of few values; nil
// for another column.
func (c FileColumn) Choices() []string {
	if c.Form == AsKinds {
		var kinds []string
		for _, k := range cooperation.Kinds() {
			kinds = append(kinds, string(k))
		}
		return kinds
	}
	return map[string][]string{
		"urgency":       {"low", "normal", "high"},
		"type":          {"specific", "standing", "fund"},
		"firmness":      {"indication", "pledge", "commitment"},
		"terms":         {"grant", "loan", "in_kind", "free", "at_cost"},
		"capacity_unit": {"beneficiaries", "person_days", "amount"},
		"income":        {"low", "lower-middle", "upper-middle", "high"},
		"status":        {"planned", "running", "completed", "stopped"},
	}[c.Name]
}
