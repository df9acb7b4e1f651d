package catalogue

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"

	"entente/cooperation"
	"entente/matching"
	"entente/matching/record"
	"entente/reference"
)

// Setting is a convention on a day as the matcher needs it, with the Parties
// of that day, the weights in force and what is on record. It fails when the
// profile or the weights are at fault.
func Setting(conv *cooperation.Convention, day cooperation.Date, past *record.Table) (*matching.Setting, error) {
	c := ConventionFeatures(conv, day)
	c.Record = past
	return matching.NewSetting(c)
}

// ConventionFeatures is what the matcher looks at in a convention, with the
// Parties of a day and the weights in force. What is on record is not in it.
func ConventionFeatures(conv *cooperation.Convention, day cooperation.Date) matching.Convention {
	c := matching.Convention{
		ID: conv.ID, Themes: map[string]string{}, Regions: map[string][]reference.Country{}, Parties: conv.PartiesOn(day),
		Weights: weightsOf(conv.Weights),
	}
	if w := conv.Learned; w != nil && w.Discovery != nil {
		c.Discovery = weightsOf(*w.Discovery)
	}
	if w := conv.Learned; w != nil && w.Lift != nil {
		c.Lift = matching.Lift{Beneficiary: int32(w.Lift.Beneficiary), Theme: int32(w.Lift.Theme), Provider: int32(w.Lift.Provider)}
	}
	for _, t := range conv.Themes {
		c.Themes[t.ID] = t.Parent
	}
	for _, r := range conv.Regions {
		c.Regions[r.ID] = r.Countries
	}
	return c
}

// Rules is the fingerprint of everything in a convention that a ranking of the
// day depends on, what is on record apart: its themes and regions, the Parties,
// the weights and the length of the shortlist.
func Rules(conv *cooperation.Convention, day cooperation.Date) string {
	h := sha256.New()
	fmt.Fprintf(h, "%d\n%+v\n", conv.Shortlist, weightsOf(conv.Weights))
	if w := conv.Learned; w != nil && w.Discovery != nil {
		fmt.Fprintf(h, "discovery %+v\n", weightsOf(*w.Discovery))
	}
	if w := conv.Learned; w != nil && w.Lift != nil {
		fmt.Fprintf(h, "lift %+v\n", *w.Lift)
	}
	for _, t := range conv.Themes {
		fmt.Fprintf(h, "theme %q %q\n", t.ID, t.Parent)
	}
	for _, r := range conv.Regions {
		fmt.Fprintf(h, "region %q %s\n", r.ID, codes(r.Countries))
	}
	fmt.Fprintf(h, "parties %s\n", codes(conv.PartiesOn(day)))
	return hex.EncodeToString(h.Sum(nil))
}

// codes lists countries by their codes, which outlive the numbers that a
// release gives them.
func codes(list []reference.Country) string {
	var out []string
	for _, c := range list {
		out = append(out, c.Alpha2())
	}
	return strings.Join(out, " ")
}

// Weights are the weights in force in a convention as the matcher needs them.
func Weights(conv *cooperation.Convention) matching.Weights { return weightsOf(conv.Weights) }

func weightsOf(w cooperation.Weights) matching.Weights {
	return matching.Weights{Version: w.Version, Theme: int32(w.Theme), Kind: int32(w.Kind), Language: int32(w.Language), Region: int32(w.Region),
		Size: int32(w.Size), Time: int32(w.Time), Record: int32(w.Record), Fairness: int32(w.Fairness)}
}

// Model is how the weights in force read what is on record: plainly, where
// nothing was learned.
func Model(w *cooperation.AdoptedWeights) record.Model {
	if w == nil || w.Record == nil {
		return record.Plain()
	}
	return record.Model(*w.Record)
}

// read makes what is on record into what the matcher asks, with a fingerprint
// of the rows and the model. Those who ask for the same get the same table, so
// that what was worked out of it stays.
func (p *past) read(m recollection, until int, w *cooperation.AdoptedWeights) (*record.Table, string, error) {
	p.asking.Lock()
	defer p.asking.Unlock()
	before := p.last
	now, err := p.recall(m, until)
	if err != nil {
		return nil, "", err
	}
	if p.table == nil || now != before || p.model != w {
		model := Model(w)
		text, err := json.Marshal(model) // the keys of maps are in order
		if err != nil {
			return nil, "", fmt.Errorf("catalogue: the model of the record: %w", err)
		}
		sum := sha256.Sum256(append([]byte(now.Digest+"\n"), text...))
		p.table, p.model, p.print = record.NewTable(now.Rows, until, model), w, hex.EncodeToString(sum[:])
	}
	return p.table, p.print, nil
}

// Table is what was on record before the year of a day, read by weights that
// are not in force.
func (s *State) Table(day cooperation.Date, w *cooperation.AdoptedWeights) (*record.Table, error) {
	past, err := s.Past(day)
	if err != nil {
		return nil, err
	}
	return record.NewTable(past.Rows, past.Until, Model(w)), nil
}
