package catalogue

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/arabic"
	"github.com/blevesearch/snowballstem/english"
	"github.com/blevesearch/snowballstem/french"
	"github.com/blevesearch/snowballstem/russian"
	"github.com/blevesearch/snowballstem/spanish"
	"github.com/rivo/uniseg"
	"golang.org/x/text/unicode/norm"

	"entente/reference"
)

// tongue is how the words of a text are reduced to what they are looked up
// by. Words of different tongues never meet, so that a stem of one language is
// not taken for a word of another.
type tongue byte

// The tongues. Texts in other languages are plain: folded and not stemmed.
// Ideographs are cut into pairs whatever the language.
const (
	plainTongue   tongue = 'p'
	arabicTongue  tongue = 'a'
	englishTongue tongue = 'e'
	spanishTongue tongue = 's'
	frenchTongue  tongue = 'f'
	russianTongue tongue = 'r'
	ideographs    tongue = 'z'
)

// tongues lists those by which a word of a query is tried: nobody says in
// which language he asks.
func tongues() []tongue {
	return []tongue{plainTongue, arabicTongue, englishTongue, spanishTongue, frenchTongue, russianTongue}
}

// tongueOf returns the tongue of a text. One of which nobody stated the
// language is taken by its script, and for English in the Latin one: a stem
// finds at least what the whole word would.
func tongueOf(language reference.Language, text string) tongue {
	switch language.Base() {
	case "ar":
		return arabicTongue
	case "en":
		return englishTongue
	case "es":
		return spanishTongue
	case "fr":
		return frenchTongue
	case "ru":
		return russianTongue
	case "":
		for _, r := range text {
			switch {
			case unicode.Is(unicode.Latin, r):
				return englishTongue
			case unicode.Is(unicode.Cyrillic, r):
				return russianTongue
			case unicode.Is(unicode.Arabic, r):
				return arabicTongue
			}
		}
	}
	return plainTongue
}

// keys returns what a word is looked up by in the tongue: its folded stem, the
// stem of the folded word, so that it is found with and without its accents,
// and in Arabic the word without its article, which hides endings from the
// stemmer. Each key begins with its tongue, and none comes twice.
func (t tongue) keys(word string) []string {
	bare := fold(word)
	if t == plainTongue {
		return []string{string(t) + bare}
	}
	var keys []string
	put := func(key string) {
		if key = string(t) + key; len(key) > 1 && !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	put(fold(t.stem(strings.ToLower(norm.NFC.String(word)))))
	put(t.stem(bare))
	if t == arabicTongue {
		put(withoutArticle(bare))
	}
	return keys
}

// withoutArticle takes the Arabic article from a word, with the conjunction or
// preposition that is written together with it.
func withoutArticle(word string) string {
	for _, article := range []string{"وال", "بال", "كال", "فال", "لل", "ال"} {
		if rest, ok := strings.CutPrefix(word, article); ok && utf8.RuneCountInString(rest) >= 3 {
			return rest
		}
	}
	return word
}

func (t tongue) stem(word string) string {
	env := snowballstem.NewEnv(word)
	switch t {
	case arabicTongue:
		arabic.Stem(env)
	case englishTongue:
		english.Stem(env)
	case spanishTongue:
		spanish.Stem(env)
	case frenchTongue:
		french.Stem(env)
	case russianTongue:
		russian.Stem(env)
	}
	return env.Current()
}

// fold makes words equal that differ in case, accents, vowel signs and forms
// of presentation only.
func fold(word string) string {
	if ascii(word) {
		return strings.ToLower(word)
	}
	const tatweel = 'ـ'
	bare := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) || r == tatweel {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKD.String(word))
	return norm.NFC.String(bare)
}

func ascii(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// split cuts a text without white space into words and runs of ideographs, by
// the rules of Unicode. An apostrophe divides too, and single letters before
// or after one are left out: "l'eau" is "eau".
func split(text string, word func(string), run func([]rune)) {
	var ideograms []rune
	flush := func() {
		if len(ideograms) > 0 {
			run(ideograms)
			ideograms = nil
		}
	}
	for state := -1; len(text) > 0; {
		var part string
		part, text, state = uniseg.FirstWordInString(text, state)
		if ideographic(part) {
			ideograms = append(ideograms, []rune(part)...)
			continue
		}
		flush()
		if strings.ContainsFunc(part, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }) {
			elide(part, word)
		}
	}
	flush()
}

func elide(part string, word func(string)) {
	pieces := strings.FieldsFunc(part, func(r rune) bool { return r == '\'' || r == '’' || r == 'ʼ' || r == '_' })
	for _, piece := range pieces {
		if len(pieces) == 1 || utf8.RuneCountInString(piece) > 1 {
			word(piece)
		}
	}
}

// ideographic reports whether a word is written in a script that puts no
// space between words.
func ideographic(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana)
}

// pairs returns the keys of a run of ideographs: every one and every pair in
// a text; the pairs alone in a query, unless it is a single one.
func pairs(run []rune, query bool) []string {
	var keys []string
	for i, r := range run {
		if !query || len(run) == 1 {
			keys = append(keys, string(ideographs)+string(r))
		}
		if i+1 < len(run) {
			keys = append(keys, string(ideographs)+string(run[i:i+2]))
		}
	}
	return keys
}

// functional reports whether a folded word only holds a sentence together, in
// one of the six languages. A query may contain it; a posting need not.
func functional(word string) bool {
	switch word {
	case "a", "al", "an", "and", "at", "au", "aux", "avec", "by", "con", "dans", "de", "del", "des", "du", "el", "en", "et",
		"for", "from", "in", "la", "las", "le", "les", "los", "of", "on", "or", "ou", "para", "par", "por", "pour", "sur",
		"the", "to", "un", "una", "une", "with", "y",
		"в", "во", "для", "и", "из", "к", "на", "о", "об", "от", "по", "с", "со", "у",
		"في", "من", "على", "الى", "عن", "و":
		return true
	}
	return false
}
