package matching

import (
	"fmt"
	"strconv"
)

// finding is what a part found of a pair: its value and the sentence that
// explains it. It is all that ranking needs; the sentence is put into words
// from the same finding, and only when somebody asks.
type finding struct {
	value int32
	say   sentence
	// at and other are places in the need's and the offer's lists that the
	// sentence speaks of.
	at, other int16
}

// sentence is one of the sentences that explain a part.
type sentence uint8

// The sentences, in the order of the parts.
const (
	sayThemeAll sentence = iota
	sayThemeFirst
	sayThemeLater
	sayThemeRelated
	sayThemeNone
	sayKindAll
	sayKindSome
	sayKindNone
	sayLanguageExempt
	sayLanguageFirst
	sayLanguageListed
	sayLanguageInterpretation
	sayLanguageCoOfficial
	sayLanguageClose
	sayLanguageOfficial
	sayLanguageOther
	sayLanguageUnasked
	sayLanguageUnaskedOfficial
	sayLanguageUnstated
	sayRegionCountry
	sayRegionSubRegion
	sayRegionRegion
	sayRegionNeighbour
	sayRegionDistance
	sayRegionWorld
	sayRegionNone
	saySizeWhole
	saySizeShare
	saySizeNeedUnstated
	saySizeOfferUnstated
	sayTimeWhole
	sayTimeShare
	sayTimeNone
	sayTimeDeadline
	sayTimeNeedUnstated
	sayTimeOfferUnstated
	sayRecordPair
	sayRecordPartner
	sayRecordThereWithTheme
	sayRecordThere
	sayRecordWithTheme
	sayRecordElsewhere
	sayRecordNone
	sayRecordEmpty
	sayFairness
	sayFairnessEmpty

	sentenceCount = int(sayFairnessEmpty) + 1
)

// key returns the key of the sentence in the catalogues.
func (s sentence) key() string {
	names := [sentenceCount]string{
		"theme.all", "theme.first", "theme.later", "theme.related", "theme.none",
		"kind.all", "kind.some", "kind.none",
		"language.exempt", "language.first", "language.listed", "language.interpretation",
		"language.co_official", "language.close", "language.official", "language.other",
		"language.unasked", "language.unasked_official", "language.unstated",
		"region.country", "region.sub_region", "region.region",
		"region.neighbour", "region.distance", "region.world", "region.none",
		"size.whole", "size.share", "size.need_unstated", "size.offer_unstated",
		"time.whole", "time.share", "time.none", "time.deadline", "time.need_unstated", "time.offer_unstated",
		"record.pair", "record.partner", "record.there_with_theme", "record.there", "record.with_theme",
		"record.elsewhere", "record.none", "record.empty",
		"fairness.lift", "fairness.empty",
	}
	if int(s) >= sentenceCount {
		return fmt.Sprintf("match.part.unknown.%d", uint8(s))
	}
	return "match.part." + names[s]
}

// decimal writes an integer as the value of an argument.
func decimal(n int32) string { return strconv.FormatInt(int64(n), 10) }
