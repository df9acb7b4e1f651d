package main

import (
	"context"
	"encoding/json"
	"slices"

	"entente/cooperation"
	"entente/reference"
)

// help lets a State whose need is still vague ask for a joint needs assessment,
// and whoever facilitates propose the days of the mission.
func (s *story) help(ctx context.Context, c *cooperation.Convention) (*cooperation.Assessment, error) {
	affected, _, err := s.states(c)
	if err != nil || len(affected) == 0 {
		return nil, err
	}
	of := affected[len(affected)-1]
	focal, err := s.person(ctx, c, cooperation.FocalPoint, cooperation.Participant(of.Alpha2()), "")
	if err != nil {
		return nil, err
	}
	office, err := s.person(ctx, c, cooperation.Secretariat, "", "")
	if err != nil {
		return nil, err
	}
	vague := cooperation.NeedContent{Title: s.words("help.title"), Problem: s.words("help.problem"), Beneficiaries: []reference.Country{of}, ContentLanguage: reference.Language(s.p.local.Language())}
	n, err := s.on.CreateNeed(ctx, focal, c.ID, vague, "help")
	if err != nil {
		return nil, err
	}
	a, err := s.on.RequestAssessment(ctx, focal, n.ID, cooperation.JointAssessment, s.words("help.request"), "help")
	if err != nil {
		return nil, err
	}
	if _, err = s.on.AcceptAssessment(ctx, office, a.ID, 0, nil); err != nil {
		return nil, err
	}
	if c.Reviewed {
		return s.on.ProposeMission(ctx, office, a.ID, 0, s.today().AddDays(21), s.today().AddDays(25))
	}
	if _, err = s.on.ProposeMission(ctx, office, a.ID, 0, s.today(), s.today().AddDays(1)); err != nil {
		return nil, err
	}
	return s.on.ProposeMission(ctx, focal, a.ID, 0, s.today(), s.today().AddDays(1))
}

// found lets the mission to which both sides have agreed report. What it
// proposes waits for the State. Another need is still to be written.
func (s *story) found(ctx context.Context, c *cooperation.Convention, a *cooperation.Assessment) error {
	office, err := s.person(ctx, c, cooperation.Secretariat, "", "")
	if err != nil {
		return err
	}
	if err := s.draft(ctx, c, office); err != nil || a == nil || a.Status != cooperation.AssessmentScheduled {
		return err
	}
	if _, err = s.on.HoldMission(ctx, office, a.ID, 0, a.Dates.Until); err != nil {
		return err
	}
	kind := c.Kinds[0]
	if slices.Contains(c.Kinds, cooperation.Training) {
		kind = cooperation.Training
	}
	report := cooperation.MissionReport{Text: s.words("help.report"), Proposed: map[string]json.RawMessage{}}
	for name, value := range map[string]any{
		"problem":   s.words("help.found"),
		"kinds":     []cooperation.Outcome{{Kind: kind, Change: s.words("help.change")}},
		"languages": []cooperation.LanguageWish{{Language: reference.Language(s.p.local.Language()), Strength: cooperation.Preferred}},
		"urgency":   "high",
	} {
		if report.Proposed[name], err = json.Marshal(value); err != nil {
			return err
		}
	}
	_, err = s.on.ReportAssessment(ctx, office, a.ID, 0, report)
	return err
}

// draft lets whoever facilitates accept to help another State write its need;
// what is to come of it has still to be written.
func (s *story) draft(ctx context.Context, c *cooperation.Convention, office cooperation.Actor) error {
	affected, _, err := s.states(c)
	if err != nil || len(affected) < 2 {
		return err
	}
	of := affected[len(affected)-2]
	focal, err := s.person(ctx, c, cooperation.FocalPoint, cooperation.Participant(of.Alpha2()), "")
	if err != nil {
		return err
	}
	vague := cooperation.NeedContent{Title: s.words("help.second"), Beneficiaries: []reference.Country{of}, ContentLanguage: reference.Language(s.p.local.Language())}
	n, err := s.on.CreateNeed(ctx, focal, c.ID, vague, "draft")
	if err != nil {
		return err
	}
	a, err := s.on.RequestAssessment(ctx, focal, n.ID, cooperation.DraftingHelp, "", "draft")
	if err != nil {
		return err
	}
	_, err = s.on.AcceptAssessment(ctx, office, a.ID, 0, nil)
	return err
}

// recommend lets the first body that hands texts on have one before it. Where
// every Party decides, one of them does not join the consensus.
func (s *story) recommend(ctx context.Context, c *cooperation.Convention, objector cooperation.Actor, of reference.Country) error {
	office, err := s.person(ctx, c, cooperation.Secretariat, "", "")
	if err != nil {
		return err
	}
	for i := range c.Committees {
		b := &c.Committees[i]
		for _, output := range b.Working.Outputs {
			if output != cooperation.Recommendations && output != cooperation.ConclusionsRecommendation {
				continue
			}
			language := reference.Language(s.p.local.Language())
			content := cooperation.RecommendationContent{Title: cooperation.Names{language: s.words("text.title")}, Text: cooperation.Names{language: s.words("text.text")}}
			r, err := s.on.CreateRecommendation(ctx, office, c.ID, output, []string{b.ID}, content, "text")
			if err != nil {
				return err
			}
			if r, err = s.on.TableRecommendation(ctx, office, r.ID, 0); err != nil || !cooperation.MayObjectTo(objector, c, r, of, s.today()) {
				return err
			}
			_, err = s.on.ObjectToRecommendation(ctx, objector, r.ID, 0, of, s.words("text.objection"))
			return err
		}
	}
	return nil
}
