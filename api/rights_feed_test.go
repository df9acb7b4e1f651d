package api_test

import "strings"

// Feeds are public, and calendars are for whoever has their address.
func (tables) Feeds(i *installation) []right {
	var a struct{ Path string }
	i.ask("member", "POST", "/api/v1/me/calendar/rotate", nil).is(200).into(&a)
	return []right{
		{op: "getFeed", id: "fctc", may: "200 others"},
		{op: "getFeed", what: "absent", id: nobody, may: "404 others"},
		{op: "getCommitteeFeed", id: "fctc bureau", may: "200 others"},
		{op: "readCalendar", id: strings.TrimPrefix(a.Path, "/calendar/"), may: "200 others"},
		{op: "readCalendar", what: "absent", id: nobody, may: "404 others"},
		{op: "getCalendar", may: "200 others"},
		{op: "rotateCalendar", may: "200 others"},
		{op: "endCalendar", may: "204 others"},
	}
}
