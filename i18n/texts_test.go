package i18n

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
)

// shipped reads the embedded files: file room → language → key → forms.
func shipped(t *testing.T) map[string]map[string]map[string]map[string]string {
	t.Helper()
	texts, err := readFolder(embedded())
	if err != nil {
		t.Fatal(err)
	}
	rooms := make(map[string]map[string]map[string]map[string]string)
	for _, x := range texts {
		room := strings.TrimSuffix(x.file, "."+x.lang+".json")
		if rooms[room] == nil {
			rooms[room] = make(map[string]map[string]map[string]string)
			for _, lang := range Languages() {
				rooms[room][lang] = make(map[string]map[string]string)
			}
		}
		rooms[room][x.lang][x.message.ID] = forms(x.message)
	}
	for _, room := range []string{"words", "errors", "fields"} {
		if len(rooms[room]["en"]) < 50 {
			t.Fatalf("the room %s has %d English texts: the files were not found", room, len(rooms[room]["en"]))
		}
	}
	return rooms
}

// eachText calls a check with every text in every language and form.
func eachText(t *testing.T, check func(t *testing.T, lang, key, english, text string)) {
	t.Helper()
	for _, byLanguage := range shipped(t) {
		for lang, keys := range byLanguage {
			for key, forms := range keys {
				for form, text := range forms {
					english := byLanguage["en"][key][form]
					if english == "" {
						english = byLanguage["en"][key]["other"]
					}
					check(t, lang, key, english, text)
				}
			}
		}
	}
}

func TestEveryKeyOfARoomExistsInSixLanguages(t *testing.T) {
	for room, byLanguage := range shipped(t) {
		want := slices.Sorted(maps.Keys(byLanguage["en"]))
		for _, lang := range Languages() {
			got := slices.Sorted(maps.Keys(byLanguage[lang]))
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("keys of %s.%s.json differ from English (-en +%s):\n%s", room, lang, lang, diff)
			}
		}
	}
}

// categories are the plural categories of integers and decimals in CLDR 48.
func categories(lang string) []string {
	switch lang {
	case "ar":
		return []string{"few", "many", "one", "other", "two", "zero"}
	case "es", "fr":
		return []string{"many", "one", "other"}
	case "ru":
		return []string{"few", "many", "one", "other"}
	case "zh":
		return []string{"other"}
	default:
		return []string{"one", "other"}
	}
}

func TestPluralFormsAreCompleteInEveryLanguage(t *testing.T) {
	plurals := 0
	for room, byLanguage := range shipped(t) {
		for key, english := range byLanguage["en"] {
			if len(english) == 1 {
				continue
			}
			plurals++
			for _, lang := range Languages() {
				got := slices.Sorted(maps.Keys(byLanguage[lang][key]))
				if diff := cmp.Diff(categories(lang), got); diff != "" {
					t.Errorf("plural forms of %s in %s.%s.json (-wanted +there):\n%s", key, room, lang, diff)
				}
			}
		}
		for _, lang := range Languages() {
			for key, forms := range byLanguage[lang] {
				if len(forms) > 1 && len(byLanguage["en"][key]) == 1 {
					t.Errorf("%s in %s.%s.json has plural forms, English has none", key, room, lang)
				}
			}
		}
	}
	if plurals == 0 {
		t.Error("no text has plural forms: the test looked at nothing")
	}
}

func TestTextsTakeTheSameArgumentsInEveryLanguage(t *testing.T) {
	texts, err := readFolder(embedded())
	if err != nil {
		t.Fatal(err)
	}
	english := make(map[string]map[string]bool)
	for _, x := range texts {
		if x.lang == "en" {
			english[x.message.ID] = arguments(x.message)
		}
	}
	for _, x := range texts {
		if diff := cmp.Diff(english[x.message.ID], arguments(x.message)); diff != "" {
			t.Errorf("%s: arguments of %s differ from English (-en +%s):\n%s", x.file, x.message.ID, x.lang, diff)
		}
		for form, source := range forms(x.message) {
			counts := strings.Contains(source, "{{.count}}")
			if !counts && len(forms(x.message)) > 1 && form != "zero" && form != "one" && form != "two" {
				t.Errorf("%s: form %s of %s does not show the count", x.file, form, x.message.ID)
			}
		}
	}
}

// cognates are whole texts that are right in the language although English
// writes them the same: all of them words of Latin origin.
func cognates(lang string) []string {
	switch lang {
	case "fr":
		return []string{
			"Arguments", "Convention", "Conventions", "Indication", "Information", "Menu", "Notification",
			"Notifications", "Options", "Parties", "Questionnaire", "Ratification", "Version",
		}
	case "es":
		return []string{"Normal"}
	}
	return nil
}

func TestNoTextWasLeftInEnglish(t *testing.T) {
	placeholder := regexp.MustCompile(`\{\{[^}]*\}\}`)
	eachText(t, func(t *testing.T, lang, key, english, text string) {
		if lang == "en" || text != english {
			return
		}
		bare := strings.TrimSpace(placeholder.ReplaceAllString(text, ""))
		letters := strings.Map(func(r rune) rune {
			if unicode.IsLetter(r) {
				return r
			}
			return -1
		}, bare)
		if len(letters) > 3 && !slices.Contains(cognates(lang), bare) {
			t.Errorf("%s in %s is the same as in English: %q", key, lang, text)
		}
	})
}

func TestTextsAreInTheScriptOfTheirLanguage(t *testing.T) {
	scripts := map[string]*unicode.RangeTable{"ar": unicode.Arabic, "ru": unicode.Cyrillic, "zh": unicode.Han}
	placeholder := regexp.MustCompile(`\{\{[^}]*\}\}`)
	eachText(t, func(t *testing.T, lang, key, _, text string) {
		bare := placeholder.ReplaceAllString(text, "")
		for other, script := range scripts {
			has := strings.ContainsFunc(bare, func(r rune) bool { return unicode.Is(script, r) && unicode.IsLetter(r) })
			if has && other != lang {
				t.Errorf("%s in %s has letters of %s: %q", key, lang, other, text)
			}
			if !has && other == lang && strings.ContainsFunc(bare, unicode.IsLetter) {
				t.Errorf("%s in %s has no letter of its script: %q", key, lang, text)
			}
		}
	})
}

func TestNoTextHasHTMLOrStrayCharacters(t *testing.T) {
	html := regexp.MustCompile(`<[A-Za-z/!]|&(#\d+|[a-z]+);`)
	eachText(t, func(t *testing.T, lang, key, _, text string) {
		if html.MatchString(text) {
			t.Errorf("%s in %s has HTML: %q", key, lang, text)
		}
		if strings.TrimSpace(text) != text && !strings.HasPrefix(key, "list.") {
			t.Errorf("%s in %s begins or ends with a space: %q", key, lang, text)
		}
		if strings.Contains(text, "  ") {
			t.Errorf("%s in %s has a double space: %q", key, lang, text)
		}
		for _, r := range text {
			if r != '\n' && unicode.IsControl(r) || r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069 {
				t.Errorf("%s in %s has the control character %U", key, lang, r)
			}
		}
	})
}

func TestASentenceEndsAsOneInEveryLanguage(t *testing.T) {
	eachText(t, func(t *testing.T, lang, key, english, text string) {
		stop := "."
		if lang == "zh" {
			stop = "。"
		}
		if strings.HasSuffix(english, ".") && !strings.HasSuffix(text, stop) {
			t.Errorf("%s in %s does not end with %s as the English sentence does: %q", key, lang, stop, text)
		}
	})
}

// wrongPunctuation matches, per language, punctuation that its typography
// writes otherwise. A colon before a character that is no space belongs to an
// address or a time.
func wrongPunctuation(lang string) *regexp.Regexp {
	switch lang {
	case "fr":
		return regexp.MustCompile(`[^\x{00A0}\x{202F}]([;!]|\?(\s|$)|:(\s|$)|»)|«[^\x{00A0}\x{202F}]`)
	case "zh":
		return regexp.MustCompile(`\p{Han}\s?[,;:?!()]|\p{Han}\.(\s|$)|[,;:?!()]\s?\p{Han}`)
	case "ar":
		return regexp.MustCompile(`\p{Arabic}\s?[,;?]|[,;?]\s?\p{Arabic}`)
	case "es":
		return regexp.MustCompile(`^[^¿]*\?|^[^¡]*!`)
	}
	return nil
}

func TestPunctuationFollowsTheTypographyOfTheLanguage(t *testing.T) {
	eachText(t, func(t *testing.T, lang, key, _, text string) {
		if wrong := wrongPunctuation(lang); wrong != nil && wrong.MatchString(text) {
			t.Errorf("%s in %s has punctuation of another language near %q: %q", key, lang, wrong.FindString(text), text)
		}
	})
}

func TestWrongPunctuationIsFound(t *testing.T) {
	for _, tc := range []struct {
		lang, text string
		wrong      bool
	}{
		{"fr", "Pays : {{.x}}", true},
		{"fr", "Pays\u00a0: {{.x}}", false},
		{"fr", "Voir https://example.org", false},
		{"fr", "Trop tard !", true},
		{"fr", "Trop tard\u202f!", false},
		{"fr", "« Pays »", true},
		{"fr", "«\u00a0Pays\u00a0»", false},
		{"zh", "国家,语言", true},
		{"zh", "国家，语言", false},
		{"zh", "国家：{{.x}}。", false},
		{"ar", "البلد, اللغة", true},
		{"ar", "البلد، اللغة", false},
		{"ar", "هل؟", false},
		{"es", "Seguro?", true},
		{"es", "¿Seguro?", false},
	} {
		if got := wrongPunctuation(tc.lang).MatchString(tc.text); got != tc.wrong {
			t.Errorf("%q in %s found wrong: %v", tc.text, tc.lang, got)
		}
	}
}
