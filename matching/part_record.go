package matching

import (
	"slices"

	"entente/matching/record"
	"entente/message"
	"entente/reference"
)

// recall prepares what is on record for a need.
func (w *workshop) recall(f *needFeatures) {
	table := w.setting.record
	if table == nil {
		return
	}
	themes := w.recorded(f.need)
	for _, b := range f.need.Beneficiaries {
		for _, t := range themes {
			f.past = append(f.past, table.Row(b, t))
		}
	}
	f.lift = w.setting.needLift(f.need, themes)
}

// recorded returns the themes of a need under which help is on record: each
// theme itself, or where it is not on record the nearest above it that is; ""
// where none is.
func (w *workshop) recorded(n *Need) []string {
	themes := make([]string, 0, MaxThemes)
	for _, t := range n.Themes[:min(len(n.Themes), rankedThemes)] {
		themes = append(themes, w.setting.recordedTheme(t))
	}
	if len(themes) == 0 {
		themes = append(themes, "")
	}
	return themes
}

// recordedTheme is the theme under which help with a theme is on record.
func (s *Setting) recordedTheme(theme string) string {
	for ; theme != ""; theme = s.taxonomy[theme] {
		if s.record.Knows(theme) {
			return theme
		}
	}
	return ""
}

// recognise finds the providers of an offer on record.
func (w *workshop) recognise(f *offerFeatures) {
	table := w.setting.record
	if table == nil {
		return
	}
	f.known = append(f.known, table.Number(string(f.offer.Provider)))
	for _, p := range f.offer.CoProviders {
		if number := table.Number(string(p)); number > 0 {
			f.known = append(f.known, number)
		}
	}
	slices.Sort(f.known[1:])
	f.lift = w.setting.lift.share(w.setting.lift.Provider, table.LiftProvider(f.known[0]))
}

// recordPart says how what the providers did in the past relates to this need,
// by the convention's model (see [record.Model]): a half is what an average
// provider is worth. Themes count as in themePart, each twice as much as the
// next, beneficiaries alike; of several providers the best counts. It is
// neutral when none of them is on record.
func recordPart(n *needFeatures, o *offerFeatures) finding {
	return bestOf(n, o, mainValues)
}

// discoveryPart is recordPart by the model for providers new to a beneficiary.
func discoveryPart(n *needFeatures, o *offerFeatures) finding {
	return bestOf(n, o, func(v *record.Values) []int32 { return v.Discovery })
}

// mainValues are the values of the main list.
func mainValues(v *record.Values) []int32 { return v.Main }

func bestOf(n *needFeatures, o *offerFeatures, values func(*record.Values) []int32) finding {
	if len(n.past) == 0 {
		return finding{value: Neutral, say: sayRecordEmpty}
	}
	best := finding{value: -1}
	for i, p := range o.known {
		if p > 0 {
			best = better(best, finding{value: pastOf(n, p, values), say: sayRecordElsewhere, other: int16(i)})
		}
	}
	if best.value < 0 {
		return finding{value: Neutral, say: sayRecordNone}
	}
	return best
}

// pastOf is what one provider on record is worth.
func pastOf(n *needFeatures, provider int32, values func(*record.Values) []int32) int32 {
	beneficiaries := int64(len(n.need.Beneficiaries))
	themes := len(n.past) / int(beneficiaries)
	sum := int64(0)
	for b := range int(beneficiaries) {
		own := int64(0)
		for _, v := range n.past[b*themes : (b+1)*themes] {
			own = 2*own + int64(values(v)[provider])
		}
		sum += own / (1<<themes - 1)
	}
	return int32(sum / beneficiaries)
}

// isNew reports whether none of the providers has helped a beneficiary of the
// need, as far as is on record.
func isNew(n *needFeatures, o *offerFeatures) bool {
	for _, v := range n.past {
		for _, p := range o.known {
			if !v.New[p] {
				return false
			}
		}
	}
	return true
}

// recordMessage puts the finding of recordPart into words: the closest thing
// that the provider is known to have done, for the first theme and the first
// beneficiary.
func (v *vocabulary) recordMessage(n *needFeatures, o *offerFeatures, f finding) message.Message {
	if f.say != sayRecordElsewhere {
		return message.New(f.say.key())
	}
	table, b := v.setting.record, n.need.Beneficiaries[0]
	theme := ""
	if len(n.need.Themes) > 0 {
		theme = v.setting.recordedTheme(n.need.Themes[0])
	}
	number := o.known[f.other]
	facts := table.Facts(number, b, theme)
	party := message.Of(message.Party, "provider", table.Provider(number))
	country, since := message.Of(message.Country, "country", b.Alpha2()), message.Of(message.Text, "since", decimal(int32(facts.Since)))
	about := message.Of(message.Theme, "theme", theme)
	region := message.Of(message.Region, "region", b.Region().Code())
	last := func(year int) message.Arg { return message.Of(message.Text, "last", decimal(int32(year))) }
	say := func(s sentence, count int, args ...message.Arg) message.Message {
		return message.New(s.key(), append([]message.Arg{message.Count(count), party}, args...)...)
	}
	switch {
	case facts.PairYears > 0:
		return say(sayRecordPair, facts.PairYears, country, about, last(facts.PairLast), since)
	case facts.PartnerYears > 0:
		return say(sayRecordPartner, facts.PartnerYears, country, last(facts.PartnerLast), since)
	case facts.ThereWithTheme > 0:
		return say(sayRecordThereWithTheme, facts.ThereWithTheme, region, about, since)
	case facts.There > 0:
		return say(sayRecordThere, facts.There, region, since)
	case facts.WithTheme > 0:
		return say(sayRecordWithTheme, facts.WithTheme, about, since)
	case facts.Anywhere > 0:
		return say(sayRecordElsewhere, facts.Anywhere, since)
	default:
		return message.New(sayRecordNone.key())
	}
}

// needLift is the lift of a need's beneficiaries and themes: the averages, for
// themes weighted as in themePart, in their shares of the part "fairness".
func (s *Setting) needLift(n *Need, themes []string) int32 {
	if len(n.Beneficiaries) == 0 {
		return s.lift.share(s.lift.Beneficiary+s.lift.Theme, Neutral)
	}
	return s.lift.share(s.lift.Beneficiary, s.liftBeneficiaries(n.Beneficiaries)) + s.lift.share(s.lift.Theme, s.liftThemes(themes))
}

func (s *Setting) liftBeneficiaries(list []reference.Country) int32 {
	sum := int64(0)
	for _, b := range list {
		sum += int64(s.record.LiftBeneficiary(b))
	}
	return int32(sum / int64(len(list)))
}

func (s *Setting) liftThemes(themes []string) int32 {
	sum := int64(0)
	for _, t := range themes {
		sum = 2*sum + int64(s.record.LiftTheme(t))
	}
	return int32(sum / (1<<len(themes) - 1))
}

// share is a value in its share of the part.
func (Lift) share(share, value int32) int32 { return int32(int64(share) * int64(value) / WeightSum) }

// fairnessPart lifts what has been overlooked: beneficiaries that have had less
// help than others, themes that have drawn less, providers that have given
// less. Each is 1 without any help on record, a half at the average of those on
// record, and nears 0 for the most (average / (average + own)). It is neutral
// when nothing is on record.
func (v *vocabulary) fairnessPart(n *needFeatures, o *offerFeatures) finding {
	if v.setting.record == nil {
		return finding{value: Neutral, say: sayFairnessEmpty}
	}
	return finding{value: min(n.lift+o.lift, Whole), say: sayFairness}
}

// fairnessMessage puts the finding of fairnessPart into words.
func (v *vocabulary) fairnessMessage(n *needFeatures, o *offerFeatures, f finding) message.Message {
	if f.say != sayFairness || len(n.need.Beneficiaries) == 0 {
		return message.New(sayFairnessEmpty.key())
	}
	percent := func(name string, value int32) message.Arg { return message.Of(message.Percent, name, decimal(value)) }
	var codes []string
	for _, b := range n.need.Beneficiaries {
		codes = append(codes, b.Alpha2())
	}
	var themes []string
	for _, t := range n.need.Themes[:min(len(n.need.Themes), rankedThemes)] {
		themes = append(themes, v.setting.recordedTheme(t))
	}
	return message.New(f.say.key(), message.List(message.Countries, "countries", codes...),
		percent("beneficiary", v.setting.liftBeneficiaries(n.need.Beneficiaries)), percent("area", v.setting.liftThemes(themes)),
		message.Of(message.Party, "provider", string(o.offer.Provider)), percent("giver", v.setting.record.LiftProvider(o.known[0])))
}
