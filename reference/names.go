package reference

// names are the forms of one name in the six official languages of the
// United Nations, in the order of their tags.
type names [6]string

// in returns the name in one of ar, en, es, fr, ru and zh; other languages
// get the English one. Only the base of the tag counts: "fr-CA" is "fr".
func (n *names) in(lang string) string {
	if len(lang) > 2 && lang[2] == '-' {
		lang = lang[:2]
	}
	switch lang {
	case "ar":
		return n[0]
	case "es":
		return n[2]
	case "fr":
		return n[3]
	case "ru":
		return n[4]
	case "zh":
		return n[5]
	default:
		return n[1]
	}
}
