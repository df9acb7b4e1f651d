package exchange

import "strings"

// NeedColumn names the column of a file of needs from which a field of a need
// is read, given the field's path in the document. A name of a column is
// returned as it is.
func NeedColumn(field string) string {
	switch top := topField(field); top {
	case "beneficiaries":
		return "beneficiary"
	case "analysis":
		return "source"
	case "costs":
		return costColumn(field)
	default:
		return top
	}
}

// costColumn names the column of one part of the cost line. The cost itself
// is the sum of its sources.
func costColumn(field string) string {
	switch field[strings.LastIndexByte(field, '.')+1:] {
	case "activity":
		return "title"
	case "currency":
		return "currency"
	case "national":
		return "national_budget"
	case "other":
		return "other_support"
	}
	return "amount_sought"
}

// OfferColumn names the column of a file of offers from which a field of an
// offer is read, like NeedColumn.
func OfferColumn(field string) string {
	switch top := topField(field); {
	case top == "evidence":
		return "source"
	case field == "ceiling.currency":
		return "currency"
	case field == "capacity.unit":
		return "capacity_unit"
	case strings.HasPrefix(field, "eligibility."):
		return topField(strings.TrimPrefix(field, "eligibility."))
	default:
		return top
	}
}

// topField is the field of the posting in which a path begins.
func topField(path string) string {
	if i := strings.IndexAny(path, ".["); i >= 0 {
		return path[:i]
	}
	return path
}
