package main

import (
	"context"
	"strconv"

	"entente/cooperation"
)

// programme enters some lines of a costed programme, one in each domain of the
// profile as far as there are any.
func (s *story) programme(ctx context.Context, c *cooperation.Convention) error {
	office, err := s.person(ctx, c, cooperation.Secretariat, "", "")
	if err != nil {
		return err
	}
	for i, line := range []struct{ title, cost, core, voluntary, sought string }{
		{"workshop", "60000", "20000", "", "40000"}, {"toolkit", "35000", "", "15000", "20000"}, {"visits", "90000", "10000", "5000", "75000"},
	} {
		content := cooperation.ProgrammeContent{Number: strconv.Itoa(i+1) + ".1", Title: s.words("programme." + line.title), Currency: "USD", Cost: line.cost, Core: line.core, Voluntary: line.voluntary, Sought: line.sought}
		if len(c.Programme) > 0 {
			content.Domain = c.Programme[min(i, len(c.Programme)-1)].ID
		}
		if _, err := s.on.CreateProgrammeActivity(ctx, office, c.ID, content, line.title); err != nil {
			return err
		}
	}
	return nil
}
