package i18n

import (
	"strconv"
	"strings"
	"time"

	"github.com/go-playground/locales"
	"github.com/go-playground/locales/ar"
	"github.com/go-playground/locales/en_GB"
	"github.com/go-playground/locales/es"
	"github.com/go-playground/locales/fr"
	"github.com/go-playground/locales/ru"
	"github.com/go-playground/locales/zh"
)

// Date writes the date of t in UTC in the long form: "1 March 2026". English
// has the order of the documents of the United Nations, day first.
func (l *Localizer) Date(t time.Time) string {
	t = t.UTC()
	long := l.calendar.FmtDateLong(t)
	if l.lang == "fr" && t.Day() == 1 {
		// CLDR writes "1 mars"; French reads and prints "1er mars".
		return strings.Replace(long, "1", "1er", 1)
	}
	return long
}

// DateTime writes date and time of t in UTC, the time with 24 hours:
// "1 March 2026, 14:05 UTC".
func (l *Localizer) DateTime(t time.Time) string {
	t = t.UTC()
	separator := ", "
	switch l.lang {
	case "ar":
		separator = "، "
	case "zh":
		separator = " "
	}
	minute := strconv.Itoa(100 + t.Minute())[1:]
	clock := strconv.Itoa(t.Hour()) + ":" + minute + "\u00a0UTC"
	if t.Hour() < 10 {
		clock = "0" + clock
	}
	if l.rtl {
		clock = enclose(clock)
	}
	return l.Date(t) + separator + clock
}

// calendarOf is the CLDR calendar of a language; it is only read.
func calendarOf(lang string) locales.Translator {
	switch lang {
	case "ar":
		return ar.New()
	case "es":
		return es.New()
	case "fr":
		return fr.New()
	case "ru":
		return ru.New()
	case "zh":
		return zh.New()
	default:
		return en_GB.New()
	}
}
