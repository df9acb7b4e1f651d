package yeartest

import (
	"context"
	"fmt"
	"strings"

	"entente/cooperation"
	"entente/reference"
)

var (
	wanted  = []string{"apmbc-survey", "apmbc-clearance", "apmbc-victims", "apmbc-stockpiles", "apmbc-risk"}
	kinds   = []cooperation.Kind{cooperation.Expertise, cooperation.Training, cooperation.Equipment, cooperation.Finance}
	spoken  = []reference.Language{"en", "fr", "es", "ar"}
	problem = "The national authority has rules but neither trained staff nor instruments, and the survey of 2019 left two provinces out."
)

// few picks the first ones more often than the last.
func (y *year) few(n int) int { return min(y.rand.IntN(n), y.rand.IntN(n)) }

func postNeed(ctx context.Context, y *year) error {
	y.serial++
	state := askers[y.few(len(askers))]
	content := cooperation.NeedContent{Beneficiaries: []reference.Country{land(state)}, Title: fmt.Sprintf("Need number %04d", y.serial), Problem: problem,
		Themes: []string{wanted[y.few(len(wanted))]}, Kinds: []cooperation.Outcome{{Kind: kinds[y.few(len(kinds))], Change: "Two provinces are surveyed."}},
		Languages: []cooperation.LanguageWish{{Language: spoken[y.few(len(spoken))], Strength: cooperation.Preferred}}}
	if y.rand.IntN(8) == 0 {
		content.Beneficiaries = append(content.Beneficiaries, land(askers[(y.rand.IntN(len(askers)-1)+1+indexOf(askers, state))%len(askers)]))
	}
	n, err := y.replicas[0].CreateNeed(ctx, y.somebody("focal-"+state), convention, content, fmt.Sprint(y.serial))
	if err != nil {
		return err
	}
	y.later(4, 0, 3, "withdraw a draft", func(ctx context.Context, y *year) error {
		_, err := y.replicas[0].WithdrawNeed(ctx, y.somebody("focal-"+state), n.ID, 0, "It was a slip.")
		return err
	})
	y.later(97, 0, 4, "clear a need", func(ctx context.Context, y *year) error { return submitNeed(ctx, y, n.ID, state) })
	return nil
}

func indexOf(all []string, one string) int {
	for i := range all {
		if all[i] == one {
			return i
		}
	}
	return 0
}

func submitNeed(ctx context.Context, y *year, id, state string) error {
	_, err := y.replicas[0].SubmitNeed(ctx, y.somebody("approver-"+state), id, 0, cooperation.Clearance{Date: cooperation.DateOf(y.clock.Now())}, true)
	if err != nil {
		return err
	}
	if y.rand.IntN(10) == 0 {
		y.later(100, 0, 3, "return a need", func(ctx context.Context, y *year) error {
			_, err := y.replicas[0].ReturnNeed(ctx, y.somebody("secretariat-1"), id, 0, "Please name the provinces.")
			if err == nil {
				y.later(90, 1, 9, "clear a need", func(ctx context.Context, y *year) error { return submitNeed(ctx, y, id, state) })
			}
			return err
		})
		return nil
	}
	y.later(100, 0, 3, "admit a need", func(ctx context.Context, y *year) error {
		_, err := y.replicas[0].AdmitNeed(ctx, y.office1(), id, 0)
		return err
	})
	return nil
}

// office1 is one of the two who run the convention.
func (y *year) office1() cooperation.Actor {
	return y.somebody(fmt.Sprintf("secretariat-%d", 1+y.rand.IntN(2)))
}

func postOffer(ctx context.Context, y *year) error {
	y.serial++
	state := helpers[y.few(len(helpers))]
	content := cooperation.OfferContent{Provider: cooperation.Participant(state), Title: fmt.Sprintf("Offer number %04d", y.serial), Description: "Advisers, courses and instruments.",
		Themes: []string{wanted[y.few(len(wanted))]}, Kinds: []cooperation.Outcome{{Kind: kinds[y.few(len(kinds))]}}, Languages: []reference.Language{"en", spoken[y.few(len(spoken))]}, Firmness: cooperation.Indication}
	if y.rand.IntN(4) == 0 {
		content.Firmness = cooperation.Pledge // whose terms approvers clear
	}
	if content.Languages[1] == "en" {
		content.Languages = content.Languages[:1]
	}
	o, err := y.replicas[0].CreateOffer(ctx, y.somebody("provider-"+state), convention, content, fmt.Sprint(y.serial))
	if err != nil {
		return err
	}
	y.later(97, 0, 4, "submit an offer", func(ctx context.Context, y *year) error { return submitOffer(ctx, y, o.ID, state) })
	return nil
}

func submitOffer(ctx context.Context, y *year, id, state string) error {
	by, cleared := y.somebody("provider-"+state), (*cooperation.Clearance)(nil)
	if o, _ := y.audit.offers.get(id); o.Firmness == cooperation.Pledge {
		by, cleared = y.somebody("approver-"+state), &cooperation.Clearance{Kind: cooperation.ClearedByApprover, Date: cooperation.DateOf(y.clock.Now())}
	}
	if _, err := y.replicas[0].SubmitOffer(ctx, by, id, 0, cleared); err != nil {
		return err
	}
	if y.rand.IntN(12) == 0 {
		y.later(100, 0, 3, "return an offer", func(ctx context.Context, y *year) error {
			_, err := y.replicas[0].ReturnOffer(ctx, y.office1(), id, 0, "Please say in which languages.")
			if err == nil {
				y.later(90, 1, 9, "submit an offer", func(ctx context.Context, y *year) error { return submitOffer(ctx, y, id, state) })
			}
			return err
		})
		return nil
	}
	y.later(100, 0, 3, "admit an offer", func(ctx context.Context, y *year) error {
		_, err := y.replicas[0].AdmitOffer(ctx, y.office1(), id, 0)
		return err
	})
	return nil
}

func withdrawNeed(ctx context.Context, y *year) error {
	n, ok := pick(y, y.audit.needs.that(func(n *cooperation.Need) bool {
		return n.Status == cooperation.NeedOpen || n.Status == cooperation.NeedSubmitted
	}))
	if !ok {
		return errNothing
	}
	by := y.somebody("approver-" + n.Beneficiaries[0].Alpha2())
	if y.rand.IntN(2) == 0 {
		_, err := y.replicas[0].CloseNeed(ctx, by, n.ID, 0, "helped_elsewhere", "Somebody else helped.")
		return err
	}
	_, err := y.replicas[0].WithdrawNeed(ctx, by, n.ID, 0, "The plan has changed.")
	return err
}

func closeOffer(ctx context.Context, y *year) error {
	o, ok := pick(y, y.audit.offers.that(func(o *cooperation.Offer) bool { return o.Status == cooperation.OfferOpen }))
	if !ok {
		return errNothing
	}
	by := y.somebody("provider-" + string(o.Provider))
	if y.rand.IntN(2) == 0 {
		_, err := y.replicas[0].CloseOffer(ctx, by, o.ID, 0, "not_disclosed", "The advisers are elsewhere.")
		return err
	}
	_, err := y.replicas[0].WithdrawOffer(ctx, by, o.ID, 0, "The budget was not voted.")
	return err
}

// reconfirm is what somebody does who was asked whether a posting stands; some
// never answer, and some answer when it is too late.
func (y *year) reconfirm(document string) {
	y.later(60, 1, 35, "re-confirm", func(ctx context.Context, y *year) (err error) {
		kind, id, _ := strings.Cut(document, "/")
		if kind == "need" {
			n, _ := y.audit.needs.get(id)
			_, err = y.replicas[0].ReconfirmNeed(ctx, y.somebody("focal-"+n.Beneficiaries[0].Alpha2()), id, 0, cooperation.Date{})
			return err
		}
		o, _ := y.audit.offers.get(id)
		_, err = y.replicas[0].ReconfirmOffer(ctx, y.somebody("provider-"+string(o.Provider)), id, 0, cooperation.Date{})
		return err
	})
}
