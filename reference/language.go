package reference

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"golang.org/x/text/language"
)

// Language is a canonical BCP 47 tag, such as "fr", "ms-Arab" or "zh-Hant".
// "" is no language.
type Language string

// ParseLanguage returns the canonical form of a BCP 47 tag: outdated codes,
// and codes of the individual language that its macrolanguage stands for, give
// way as CLDR has it ("iw" is "he", "cmn" is "zh", "cnr" is "sr-ME"). It refuses
// what is not well formed, what names no registered language, and the tags
// that stand for no one language (und, mul, mis, zxx, private use). Canonical
// tags that the tables hold are found without allocating.
func ParseLanguage(s string) (Language, bool) {
	if _, known := all.languages[Language(s)]; known {
		return Language(s), true
	}
	tag, err := language.Parse(s)
	if err != nil {
		return "", false
	}
	base, rest, _ := strings.Cut(tag.String(), "-")
	switch {
	case base == "und" || base == "mul" || base == "mis" || base == "zxx" || base == "x":
		return "", false
	case base >= "qaa" && base <= "qtz" && len(base) == 3: // for private use
		return "", false
	}
	if canonical, outdated := all.aliases[base]; outdated {
		if rest == "" {
			return canonical, true
		}
		base = canonical.Base()
	}
	if rest != "" {
		base += "-" + rest
	}
	return Language(base), true
}

// Languages returns all languages that have names, in the order of their tags.
// The slice belongs to the caller.
func Languages() []Language {
	return slices.Sorted(maps.Keys(all.languages))
}

// Base returns the language without script, country and variants: "ms" of
// "ms-Arab". It does not allocate.
func (l Language) Base() string {
	if i := strings.IndexByte(string(l), '-'); i >= 0 {
		return string(l[:i])
	}
	return string(l)
}

// String returns the tag.
func (l Language) String() string { return string(l) }

// Name returns the name of the language in one of ar, en, es, fr, ru and zh
// (in any other language the English one), as it stands within a sentence. A
// tag that the tables do not hold has the name of its longest part that they
// do, and at last the tag itself.
func (l Language) Name(in string) string {
	for tag := l; tag != ""; {
		if n, ok := all.languages[tag]; ok {
			return n.in(in)
		}
		i := strings.LastIndexByte(string(tag), '-')
		if i < 0 {
			break
		}
		tag = tag[:i]
	}
	return string(l)
}

// MarshalText returns the tag.
func (l Language) MarshalText() ([]byte, error) { return []byte(l), nil }

// UnmarshalText accepts every tag that ParseLanguage does, and brings it into
// its canonical form.
func (l *Language) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*l = ""
		return nil
	}
	parsed, ok := ParseLanguage(string(text))
	if !ok {
		return fmt.Errorf("reference: %q is not the BCP 47 tag of a language", text)
	}
	*l = parsed
	return nil
}

func (t *tables) loadLanguages() {
	eachRow("languages.tsv", 7, func(f []string) {
		n := names(f[1:7])
		t.languages[Language(f[0])] = &n
	})
	eachRow("aliases.tsv", 2, func(f []string) {
		t.aliases[f[0]] = Language(f[1])
	})
}
