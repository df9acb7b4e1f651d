package record

// The features of a provider for a beneficiary and a theme. The first seven
// walk from what is widest to what is closest: each is the logarithm of how
// much larger the provider's share is there than one step wider would suggest,
// so that their plain sum is the logarithm of the share of the provider in the
// help to this beneficiary with this theme, as far as it is known.
const (
	Share            = "share"             // of all help
	ShareRegion      = "share_region"      // of the help to the continent
	ShareSubRegion   = "share_sub_region"  // … to the sub-region
	ShareTheme       = "share_theme"       // … with the theme
	ShareRegionTheme = "share_theme_there" // … with the theme in the sub-region
	ShareBeneficiary = "share_beneficiary" // … to the beneficiary
	SharePair        = "share_pair"        // … with the theme to the beneficiary

	ShareNear     = "share_near"       // of the help to countries near it, by distance
	ShareNearby   = "share_near_theme" // … with the theme
	ShareLanguage = "share_language"   // of the help to countries with an official language in common
	ShareGroup    = "share_group"      // of the help to countries that are as it is: LDC, SIDS, LLDC
	ShareAlike    = "share_alike"      // of the help to beneficiaries with similar providers

	Partner     = "partner"      // has helped the beneficiary
	LastYear    = "last_year"    // … in the last year on record
	LastPair    = "last_pair"    // … with the theme
	Years       = "years"        // in how many years, as a logarithm
	PairYears   = "pair_years"   // … with the theme
	OtherThemes = "other_themes" // weight of its help to the beneficiary with themes that have similar providers
	LastThere   = "last_there"   // help with the theme to others of the sub-region in the last year
	LastRegion  = "last_region"  // help to others of the sub-region in the last year
	LastTheme   = "last_theme"   // help with the theme in the last year
	LastNear    = "last_near"    // help to others in the last year, by nearness
	LastAll     = "last_all"     // all help in the last year
	Constancy   = "constancy"    // the partner of last year tends to go on
	Opening     = "opening"      // takes up new beneficiaries more often than others
	Breadth     = "breadth"      // many beneficiaries for its help
	Trend       = "trend"        // gave more in the last year than before
	Unknown     = "unknown"      // share of all help where little is known of the beneficiary

	Language  = "language"  // an official language in common
	Neighbour = "neighbour" // a common border
	Distance  = "distance"  // nearness, as a negative logarithm of 1,000 km
)

// The places of the features in every list of features.
const (
	atShare = iota
	atShareRegion
	atShareSubRegion
	atShareTheme
	atShareRegionTheme
	atShareBeneficiary
	atSharePair
	atShareNear
	atShareNearby
	atShareLanguage
	atShareGroup
	atShareAlike
	atPartner
	atLastYear
	atLastPair
	atYears
	atPairYears
	atOtherThemes
	atLastThere
	atLastRegion
	atLastTheme
	atLastNear
	atLastAll
	atConstancy
	atOpening
	atBreadth
	atTrend
	atUnknown
	atLanguage
	atNeighbour
	atDistance

	featureCount
)

// Features lists all features, in the order in which they are computed.
func Features() []string {
	return []string{
		atShare: Share, atShareRegion: ShareRegion, atShareSubRegion: ShareSubRegion, atShareTheme: ShareTheme,
		atShareRegionTheme: ShareRegionTheme, atShareBeneficiary: ShareBeneficiary, atSharePair: SharePair,
		atShareNear: ShareNear, atShareNearby: ShareNearby, atShareLanguage: ShareLanguage, atShareGroup: ShareGroup, atShareAlike: ShareAlike,
		atPartner: Partner, atLastYear: LastYear, atLastPair: LastPair, atYears: Years, atPairYears: PairYears, atOtherThemes: OtherThemes,
		atLastThere: LastThere, atLastRegion: LastRegion, atLastTheme: LastTheme, atLastNear: LastNear, atLastAll: LastAll,
		atConstancy: Constancy, atOpening: Opening, atBreadth: Breadth, atTrend: Trend, atUnknown: Unknown,
		atLanguage: Language, atNeighbour: Neighbour, atDistance: Distance,
	}
}

// columns are features of all providers, each at its place; nil where it was not
// worked out.
type columns [featureCount][]float64

// choice says which features are wanted.
type choice [featureCount]bool

// everything wants all features.
func everything() choice {
	var c choice
	for i := range c {
		c[i] = true
	}
	return c
}

// weighing wants the features that have a weight in one of some lists.
func weighing(lists ...[]float64) choice {
	var c choice
	for _, weights := range lists {
		for i, w := range weights {
			c[i] = c[i] || w != 0
		}
	}
	return c
}
