package yeartest

import "time"

// weather is what is out of order on a day.
type weather struct {
	dark   bool // no process runs: no clocks, no digests, no mails, no matcher; people act, and the next process finds what they did
	twice  bool // two replicas do everything at the same time
	closed bool // the mail server does not answer
	paused bool // the sending of mails is paused
}

// spells are the days that are not as others, counted from the first.
var spells = []struct {
	from, days int
	weather
}{
	{20, 14, weather{twice: true}},
	{40, 4, weather{dark: true}},
	{70, 1, weather{closed: true}},
	{80, 30, weather{twice: true}}, // with the last Sunday of March
	{90, 1, weather{dark: true}},
	{120, 3, weather{closed: true}},
	{150, 3, weather{paused: true}},
	{200, 12, weather{dark: true}},
	{230, 9, weather{paused: true}}, // longer than a mail waits
	{265, 40, weather{twice: true}}, // with the change of the committees
	{290, 2, weather{dark: true}},
	{320, 10, weather{closed: true}}, // longer than attempts are made
}

// weatherOf is the weather of a day; a dark spell goes before the others.
func weatherOf(at time.Time) (w weather) {
	day := int(at.Sub(begins()).Hours() / 24)
	for _, s := range spells {
		if day >= s.from && day < s.from+s.days {
			w.dark, w.twice, w.closed, w.paused = w.dark || s.dark, w.twice || s.twice, w.closed || s.closed, w.paused || s.paused
		}
	}
	return w
}
