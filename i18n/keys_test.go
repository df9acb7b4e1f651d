package i18n_test

import (
	"reflect"
	"strings"
	"testing"

	"entente/cooperation"
	"entente/i18n/i18ntest"
	"entente/reference"
)

// TestEveryValueOfTheDomainHasItsWord keeps the two lists, the domain's and
// the translators', from drifting apart.
func TestEveryValueOfTheDomainHasItsWord(t *testing.T) {
	var keys []string
	add := func(prefix string, values ...string) {
		for _, v := range values {
			keys = append(keys, prefix+v)
		}
	}
	add("kind.", texts(cooperation.Kinds())...)
	add("status.need.", texts(cooperation.NeedStatuses())...)
	add("status.offer.", texts(cooperation.OfferStatuses())...)
	add("reason.", texts(cooperation.Reasons())...)
	add("role.", append(texts(cooperation.Roles()), "chair")...)
	add("audience.", texts(cooperation.Audiences())...)
	add("provider_category.", texts(cooperation.ProviderCategories())...)
	add("output.", texts(cooperation.Outputs())...)
	for _, action := range texts(cooperation.PostingActions()) {
		add("action.", "need."+action, "offer."+action)
	}
	for _, g := range reference.Groups() {
		add("", g.Key())
	}
	for _, i := range append(reference.Incomes(), reference.Unclassified) {
		add("", i.Key())
	}
	add("status.commitment.", append(texts(cooperation.CommitmentStatuses()), "overdue", "retired")...)
	add("action.commitment.", texts(cooperation.CommitmentActions())...)
	add("status.programme_activity.", texts(cooperation.ProgrammeStatuses())...)
	add("action.programme_activity.", texts(cooperation.ProgrammeActions())...)
	add("firmness.", "indication", "pledge", "commitment")
	add("terms.", "grant", "loan", "in_kind", "free", "at_cost")
	add("offer_type.", "specific", "standing", "fund")
	add("urgency.", "low", "normal", "high")
	add("strength.", "required", "preferred")
	add("clock.", texts(cooperation.ClockKinds())...)
	add("clock.", "acknowledge", "reply")
	add("committee_kind.", "standing", "open_ended", "plenary")
	add("status.proposal.", texts(cooperation.ProposalStatuses())...)
	add("status.partnership.", texts(cooperation.PartnershipStatuses())...)
	add("action.partnership.", texts(cooperation.DeliveryActions())...)
	add("disbursement_sort.", texts(cooperation.DisbursementSorts())...)
	add("deviation_aspect.", texts(cooperation.DeviationAspects())...)
	add("course.", texts(cooperation.Courses())...)
	add("origin.", texts(cooperation.Origins())...)
	add("status.notification.", "pending", "delivered", "failed", "in_app")
	add("action.proposal.", "propose", "supersede", "revive", "withdraw", "expire", "review")
	add("action.proposal.", texts(cooperation.ProposalActions())...)
	add("status.review.", texts(cooperation.ReviewStatuses())...)
	add("action.review.", texts(cooperation.ReviewActions())...)
	add("notify.unsubscribe.ask.", texts(cooperation.ChosenGroups())...)
	add("notify.unsubscribe.done.", texts(cooperation.ChosenGroups())...)
	add("silence.", texts(cooperation.SilenceWhys())...)
	for _, code := range []cooperation.Code{
		cooperation.Invalid, cooperation.Forbidden, cooperation.NotFound, cooperation.Conflict,
		cooperation.State, cooperation.TooLarge, cooperation.Rate, cooperation.Unavailable,
	} {
		add("error.", string(code)+".title")
	}
	i18ntest.Has(t, keys...)
}

func texts[T ~string](values []T) []string {
	all := make([]string, len(values))
	for i, v := range values {
		all[i] = string(v)
	}
	return all
}

func TestEveryFieldOfANeedAndAnOfferHasALabel(t *testing.T) {
	i18ntest.Has(t, labels("field.need", reflect.TypeFor[cooperation.NeedContent]())...)
	i18ntest.Has(t, labels("field.offer", reflect.TypeFor[cooperation.OfferContent]())...)
	i18ntest.Has(t, labels("field.programme_activity", reflect.TypeFor[cooperation.ProgrammeContent]())...)
	i18ntest.Has(t, labels("field.commitment", reflect.TypeFor[cooperation.CommitmentContent]())...)
}

func labels(prefix string, content reflect.Type) []string {
	var keys []string
	for field := range content.Fields() {
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		keys = append(keys, prefix+"."+name)
	}
	return keys
}
