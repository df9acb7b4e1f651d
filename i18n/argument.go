package i18n

import (
	"strconv"
	"strings"
	"time"

	"entente/message"
	"entente/reference"
)

// rendering is the work on one message: the localizer, what the documents call
// things, and what went wrong so far.
type rendering struct {
	*Localizer
	names    Names
	problems []string
}

func (r *rendering) problem(reason string) { r.problems = append(r.problems, reason) }

// bad reports a value that is not what its type promises; the reader sees it as
// it is.
func (r *rendering) bad(arg message.Arg) string {
	r.problem("argument " + arg.Name + " is not a " + string(arg.Type) + ": " + strconv.Quote(arg.Value))
	return r.shown(arg.Value)
}

// shown is the last resort for a value: as it is, and visible even when empty.
func (r *rendering) shown(value string) string {
	if text := isolate(value, r.rtl); text != "" {
		return text
	}
	return "…"
}

// argument renders one argument by its type.
func (r *rendering) argument(arg message.Arg) string {
	if single, plural := singular(arg.Type); plural {
		return r.list(single, arg)
	}
	switch arg.Type {
	case message.Text:
		return r.shown(arg.Value)
	case message.Integer, message.Millionths, message.Percent:
		return r.number(arg)
	case message.Date:
		day, err := time.Parse(time.DateOnly, arg.Value)
		if err != nil {
			return r.bad(arg)
		}
		return r.Date(day)
	case message.Money:
		amount, currency, ok := strings.Cut(arg.Value, " ")
		if !ok || !isDecimal(amount) {
			return r.bad(arg)
		}
		return r.Money(amount, currency)
	case message.Key:
		return r.other(arg.Value)
	case message.Kind:
		return r.other("kind." + arg.Value)
	case message.Status:
		return r.other("status." + arg.Value)
	case message.Field:
		return r.field(arg.Value)
	default:
		return r.name(arg)
	}
}

// number renders the argument types whose value is an integer.
func (r *rendering) number(arg message.Arg) string {
	n, err := strconv.ParseInt(arg.Value, 10, 64)
	if err != nil {
		return r.bad(arg)
	}
	switch arg.Type {
	case message.Millionths:
		return r.Millionths(n)
	case message.Percent:
		return r.Percent(n)
	default:
		return r.Integer(n)
	}
}

// name renders what has a name outside the catalogues: in the reference data,
// else in the documents of the installation.
func (r *rendering) name(arg message.Arg) string {
	var name string
	switch arg.Type {
	case message.Country, message.Party:
		if country, ok := reference.ParseCountry(arg.Value); ok {
			name = country.Name(r.lang)
		}
	case message.Language:
		if language, ok := reference.ParseLanguage(arg.Value); ok {
			name = language.Name(r.lang)
		}
	case message.Region:
		if region, ok := reference.ParseRegion(arg.Value); ok {
			name = region.Name(r.lang)
		} else if group, ok := reference.ParseGroup(arg.Value); ok && group != 0 {
			return r.other(group.Key())
		}
	case message.Theme, message.Body, message.Convention:
	default:
		return r.bad(arg)
	}
	if name != "" {
		return isolateForeign(name, r.rtl)
	}
	return r.named(arg)
}

// named asks the documents. An id that nothing knows is shown as it is: the
// name may have left the profile since the message was stored.
func (r *rendering) named(arg message.Arg) string {
	if r.names != nil {
		if name, ok := r.names.Name(arg.Type, arg.Value, r.lang); ok && strings.TrimSpace(name) != "" {
			return isolateForeign(name, r.rtl)
		}
	}
	r.problem("nothing has the name of " + string(arg.Type) + " " + strconv.Quote(arg.Value))
	return r.shown(arg.Value)
}

// other renders another message without arguments inside this one.
func (r *rendering) other(key string) string {
	rendered, problems := r.localize(message.Message{Key: key}, r.names)
	r.problems = append(r.problems, problems...)
	return rendered
}

// list renders an argument of a plural type as a list of its values.
func (r *rendering) list(single message.Type, arg message.Arg) string {
	var items []string
	for _, value := range strings.Fields(arg.Value) {
		items = append(items, r.argument(message.Arg{Name: arg.Name, Type: single, Value: value}))
	}
	if len(items) == 0 {
		return r.bad(arg)
	}
	return r.List(items)
}

// singular is the type of the values of a plural type.
func singular(t message.Type) (message.Type, bool) {
	switch t {
	case message.Countries:
		return message.Country, true
	case message.Regions:
		return message.Region, true
	case message.Languages:
		return message.Language, true
	case message.Themes:
		return message.Theme, true
	case message.Kinds:
		return message.Kind, true
	case message.Fields:
		return message.Field, true
	default:
		return t, false
	}
}
