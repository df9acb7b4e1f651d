package i18n

// Colon is what stands between a name and what is said of it, with its spaces:
// ": ", in French after a no-break space, in Chinese full-width.
func (l *Localizer) Colon() string {
	switch l.lang {
	case "fr":
		return "\u00a0: "
	case "zh":
		return "："
	}
	return ": "
}
