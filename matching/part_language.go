package matching

import (
	"entente/message"
	"entente/reference"
)

// Values of a language, in millionths. Any language that was asked for is
// worth more than interpretation, and that more than a language that is merely
// related to one that was asked for.
const (
	interpretedValue = 550_000
	officialValue    = 450_000 // official in every beneficiary, though not asked for
	unaskedValue     = 750_000 // the same, when the need names no language at all
)

// wishValue is the value of the language that the need puts in a place: the
// whole for the first, 0.15 less for each later one, at the least 0.6.
func wishValue(place int) int32 {
	return max(Whole-150_000*int32(min(place, 10)), 600_000)
}

// relatedValue is the share of a wish's value that a related language is worth:
// half when it is official wherever the language wanted is; two fifths when the
// two are of one macro-language or their speakers understand each other.
func relatedValue(place int, r reference.Relation) int32 {
	switch r {
	case reference.Same:
		return wishValue(place)
	case reference.Official:
		return wishValue(place) / 2
	case reference.Macro:
		return wishValue(place) * 2 / 5
	default:
		return 0
	}
}

// languagePart says how well the languages in which help is given meet those in
// which it can be received: the best of these. A language that was asked for,
// by its place ([wishValue]); interpretation that the need accepts; an official
// language of every beneficiary; a language related to one that was asked for
// ([relatedValue]). It is neutral when the need is exempt, when it names no
// language (an official one is then worth three quarters), and when the offer
// names none.
func (v *vocabulary) languagePart(n *needFeatures, o *offerFeatures) finding {
	switch {
	case n.exempt:
		return finding{value: Neutral, say: sayLanguageExempt}
	case len(n.wishes) == 0:
		if at := v.official(n, o); at >= 0 {
			return finding{value: unaskedValue, say: sayLanguageUnaskedOfficial, at: int16(at)}
		}
		return finding{value: Neutral, say: sayLanguageUnasked}
	case n.need.Interpretation && o.offer.InterpretationProvided:
		return better(v.bestWish(n, o), finding{value: interpretedValue, say: sayLanguageInterpretation})
	case len(o.languages) == 0:
		return finding{value: Neutral, say: sayLanguageUnstated}
	}
	best := v.bestWish(n, o)
	if best.value > officialValue {
		return best
	}
	if at := v.official(n, o); at >= 0 {
		best = better(best, finding{value: officialValue, say: sayLanguageOfficial, at: int16(at)})
	}
	return best
}

// better returns the finding of the higher value, the first when they are equal.
func better(a, b finding) finding {
	if b.value > a.value {
		return b
	}
	return a
}

// bestWish compares every wish with every language given and returns the best,
// the earliest wish and then the earliest language among equals.
func (v *vocabulary) bestWish(n *needFeatures, o *offerFeatures) finding {
	best := finding{say: sayLanguageOther}
	for i, wish := range n.wishes {
		row := v.relation[wish]
		for j, given := range o.languages {
			relation := row[given]
			if value := relatedValue(i, relation); value > best.value {
				best = finding{value: value, say: wishSentence(i, relation), at: int16(i), other: int16(j)}
			}
		}
	}
	return best
}

// wishSentence returns the sentence for a language related to a wish.
func wishSentence(place int, r reference.Relation) sentence {
	switch {
	case r == reference.Same && place == 0:
		return sayLanguageFirst
	case r == reference.Same:
		return sayLanguageListed
	case r == reference.Official:
		return sayLanguageCoOfficial
	default:
		return sayLanguageClose
	}
}

// official returns the place of the first language given that is official in
// every beneficiary, -1 when there is none.
func (v *vocabulary) official(n *needFeatures, o *offerFeatures) int {
	for j, given := range o.languages {
		for _, l := range n.officials {
			if l == given && l != 0 {
				return j
			}
		}
	}
	return -1
}

// languageMessage puts the finding of languagePart into words.
func languageMessage(n *needFeatures, o *offerFeatures, f finding) message.Message {
	language := func(name string, l reference.Language) message.Arg {
		return message.Of(message.Language, name, string(l))
	}
	switch f.say {
	case sayLanguageFirst, sayLanguageListed:
		return message.New(f.say.key(), language("language", n.need.Languages[f.at].Language))
	case sayLanguageCoOfficial, sayLanguageClose:
		return message.New(f.say.key(),
			language("language", o.offer.Languages[f.other]),
			language("wanted", n.need.Languages[f.at].Language))
	case sayLanguageOfficial, sayLanguageUnaskedOfficial:
		var countries []string
		for _, c := range n.need.Beneficiaries {
			countries = append(countries, c.Alpha2())
		}
		return message.New(f.say.key(),
			language("language", o.offer.Languages[f.at]),
			message.List(message.Countries, "countries", countries...))
	case sayLanguageOther:
		var given []string
		for _, l := range o.offer.Languages {
			given = append(given, string(l))
		}
		return message.New(f.say.key(), message.List(message.Languages, "languages", given...))
	default:
		return message.New(f.say.key())
	}
}
