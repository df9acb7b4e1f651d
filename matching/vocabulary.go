package matching

import (
	"maps"
	"slices"

	"entente/reference"
)

// vocabulary numbers the themes and base languages that occur in a set of
// needs and offers and knows how any two of them are related, so that scoring
// compares small numbers. Number 0 is "none" and is related to nothing.
//
// It grows while needs and offers are prepared and must not grow afterwards;
// [vocabulary.fork] makes a copy that may.
type vocabulary struct {
	setting *Setting

	themes     map[string]uint16
	themeNames []string
	similarity [][]int32 // [theme][theme] in millionths

	languages     map[string]uint16
	languageNames []string
	relation      [][]reference.Relation // [wanted][given]
}

// newVocabulary makes a vocabulary that knows nothing yet.
func newVocabulary(s *Setting) *vocabulary {
	return &vocabulary{
		setting:       s,
		themes:        map[string]uint16{"": 0},
		themeNames:    []string{""},
		similarity:    [][]int32{{0}},
		languages:     map[string]uint16{"": 0},
		languageNames: []string{""},
		relation:      [][]reference.Relation{{reference.None}},
	}
}

// fork returns a copy that may grow without touching the original.
func (v *vocabulary) fork() *vocabulary {
	return &vocabulary{
		setting:       v.setting,
		themes:        maps.Clone(v.themes),
		themeNames:    slices.Clone(v.themeNames),
		similarity:    cloneRows(v.similarity),
		languages:     maps.Clone(v.languages),
		languageNames: slices.Clone(v.languageNames),
		relation:      cloneRows(v.relation),
	}
}

// cloneRows copies a table.
func cloneRows[T any](rows [][]T) [][]T {
	copied := make([][]T, len(rows))
	for i, row := range rows {
		copied[i] = slices.Clone(row)
	}
	return copied
}

// theme returns the number of a theme, giving it one when it is new.
func (v *vocabulary) theme(name string) uint16 {
	if id, known := v.themes[name]; known {
		return id
	}
	id := len(v.themeNames)
	v.themes[name] = uint16(id)
	v.themeNames = append(v.themeNames, name)
	row := make([]int32, id+1)
	for other, otherName := range v.themeNames {
		row[other] = v.setting.taxonomy.similarity(name, otherName)
		if other < id {
			v.similarity[other] = append(v.similarity[other], v.setting.taxonomy.similarity(otherName, name))
		}
	}
	v.similarity = append(v.similarity, row)
	return uint16(id)
}

// language returns the number of a base language, giving it one when it is new.
func (v *vocabulary) language(base string) uint16 {
	if id, known := v.languages[base]; known {
		return id
	}
	id := len(v.languageNames)
	v.languages[base] = uint16(id)
	v.languageNames = append(v.languageNames, base)
	row := make([]reference.Relation, id+1)
	for other, otherBase := range v.languageNames {
		row[other] = serves(base, otherBase)
		if other < id {
			v.relation[other] = append(v.relation[other], serves(otherBase, base))
		}
	}
	v.relation = append(v.relation, row)
	return uint16(id)
}

// serves returns how far help in the language given serves who asked for the
// language wanted. It is the relation of the two, but one official language
// serves for another only where the wanted one is nowhere official without it:
// Spanish serves for Guaraní, Guaraní not for Spanish.
func serves(wanted, given string) reference.Relation {
	relation := reference.Understood(reference.Language(wanted), reference.Language(given))
	if relation != reference.Official {
		return relation
	}
	for _, c := range reference.Countries() {
		isWanted, isGiven := false, false
		for _, l := range c.Languages() {
			isWanted = isWanted || l.Base() == wanted
			isGiven = isGiven || l.Base() == given
		}
		if isWanted && !isGiven {
			return reference.None
		}
	}
	return relation
}

// knows reports whether preparing the themes and languages would leave the
// vocabulary as it is.
func (v *vocabulary) knows(themes, languages []string) bool {
	for _, t := range themes {
		if _, known := v.themes[t]; !known {
			return false
		}
	}
	for _, l := range languages {
		if _, known := v.languages[l]; !known {
			return false
		}
	}
	return true
}
