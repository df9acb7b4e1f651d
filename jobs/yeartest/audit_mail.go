package yeartest

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"entente/cooperation"
	"entente/message"
	"entente/store"
)

// note takes a version of a message. first says that it is the first.
func (a *auditor) note(at time.Time, v store.Version) (n *cooperation.Notification, first bool, err error) {
	before, n, err := a.notes.take(v)
	if err != nil {
		return nil, false, err
	}
	if first = before == nil; first {
		a.of[n.Recipient] = append(a.of[n.Recipient], n.ID)
		if n.Reason == "digest" {
			a.lastDigest[n.Recipient] = n.Created
			a.unsent[n.Recipient] = append(a.unsent[n.Recipient], n.ID)
		}
	} else { // what it says was judged
		n.Items, n.Lines, n.Subject = nil, nil, message.Message{}
	}
	if n.Reason == "digest" && n.Status != cooperation.Pending {
		a.unsent[n.Recipient] = slices.DeleteFunc(a.unsent[n.Recipient], func(id string) bool { return id == n.ID })
	}
	if n.Status == cooperation.Held && (first || before.Status != cooperation.Held) {
		a.held[n.Recipient], a.since[n.ID] = append(a.held[n.Recipient], n.ID), at
	}
	if !first && before.Status == cooperation.Held && n.Status != cooperation.Held {
		a.held[n.Recipient] = slices.DeleteFunc(a.held[n.Recipient], func(id string) bool { return id == n.ID })
		if n.Digest == "" && n.Read.IsZero() && a.rhythm(n) != cooperation.Never {
			a.fault(at, "%s: %s is taken from what waits and sent by no digest", a.name(n.Recipient), n.Reason)
		}
	}
	return n, first, nil
}

// asks are the requests that come at once, whatever a person wants; see
// docs/notifications.md.
func asks(n *cooperation.Notification) bool {
	return slices.Contains([]string{"clocks.due", "proposal.introduced", "introduction.asked", "introduction.question", "introduction.answer", "introduction.resumed", "agreement.propose", "agreement.to_clear"}, n.Reason)
}

// tasks cannot be ended either, and wait for the morning.
func task(reason string) bool {
	return strings.HasSuffix(reason, ".submit") || strings.HasSuffix(reason, ".return") || strings.HasSuffix(reason, ".reconfirm_due") || strings.HasPrefix(reason, "committee.") ||
		strings.HasPrefix(reason, "recommendation.") || strings.HasPrefix(reason, "assessment.") || strings.HasPrefix(reason, "duplicate.") || reason == "partnership.complete" || reason == "partnership.draft_lessons"
}

// rhythm is how often a person wants to be told of such things.
func (a *auditor) rhythm(n *cooperation.Notification) cooperation.Rhythm {
	p := a.users[n.Recipient].Preferences
	if p == nil {
		p = &cooperation.Preferences{}
	}
	if asks(n) {
		return cooperation.Immediate
	}
	kind, _, _ := strings.Cut(n.Reason, ".")
	sort := map[string]cooperation.Group{"proposals": cooperation.GroupProposals, "review": cooperation.GroupReviews, "proposal": cooperation.GroupReviews, "introduction": cooperation.GroupReviews, "agreement": cooperation.GroupReviews, "partnership": cooperation.GroupReviews, "need": cooperation.GroupPostings, "offer": cooperation.GroupPostings, "subscription": cooperation.GroupSubscriptions}[kind]
	switch {
	case task(n.Reason) && p.Mail == cooperation.Immediate:
		return cooperation.Immediate
	case task(n.Reason):
		return cooperation.Daily
	case p.Groups[sort] != "":
		return p.Groups[sort]
	case p.Mail != "":
		return p.Mail
	}
	return cooperation.Daily
}

// there is where a person is.
func (a *auditor) there(user string) *time.Location {
	p := a.users[user].Preferences
	if p == nil || p.Zone == "" {
		return a.zone
	}
	zone, known := a.zones[p.Zone]
	if !known {
		var err error
		if zone, err = time.LoadLocation(p.Zone); err != nil {
			panic(err)
		}
		a.zones[p.Zone] = zone
	}
	return zone
}

// away reports whether a person wants to be left alone.
func (a *auditor) away(user string, at time.Time) bool {
	p := a.users[user].Preferences
	return p != nil && !p.QuietUntil.IsZero() && !p.QuietUntil.Before(date(at.In(a.there(user)).Format(time.DateOnly)))
}

// checkMail judges whether a message is to be mailed at once, to wait for the
// morning, or to be read in the application alone.
func (a *auditor) checkMail(at time.Time, n *cooperation.Notification) {
	want := cooperation.Held
	switch rhythm := a.rhythm(n); {
	case asks(n):
		want = cooperation.Pending
	case rhythm == cooperation.Never:
		want = cooperation.InApp
	case rhythm == cooperation.Immediate && (task(n.Reason) || !a.away(n.Recipient, at)):
		want = cooperation.Pending
	}
	if n.Status != want {
		a.fault(at, "%s: %s is %s and should be %s", a.name(n.Recipient), n.Reason, n.Status, want)
	}
}

// digestsDue is what goes out with the digests of this moment, by person: one
// mail a day, not before seven where the person is. What is in earlier digests
// that nobody has taken comes along; when it has waited for five days, by
// itself.
func (a *auditor) digestsDue(at time.Time) map[string][]string {
	out := map[string][]string{}
	for _, who := range a.ids {
		there := a.there(who)
		now := at.In(there)
		seven := time.Date(now.Year(), now.Month(), now.Day(), 7, 0, 0, 0, there)
		if now.Before(seven) || a.lastDigest[who].In(there).Format(time.DateOnly) == now.Format(time.DateOnly) {
			continue
		}
		var due []string
		for _, id := range a.held[who] {
			if a.wanted(id, at) && a.since[id].Before(a.slot(id, seven)) {
				due = append(due, id)
			}
		}
		unsent, old := a.late(who, at, seven)
		if len(due) > 0 || old {
			due = append(unsent, due...)
			out[who] = due[:min(len(due), 200)]
		}
	}
	return out
}

// slot is the last moment at which such a message goes out.
func (a *auditor) slot(id string, seven time.Time) time.Time {
	for a.rhythm(a.notes.docs[id]) == cooperation.Weekly && seven.Weekday() != time.Monday {
		seven = time.Date(seven.Year(), seven.Month(), seven.Day()-1, 7, 0, 0, 0, seven.Location())
	}
	return seven
}

// wanted reports whether a message that waits is one that the person has not
// seen and wants to be mailed just now.
func (a *auditor) wanted(id string, at time.Time) bool {
	n := a.notes.docs[id]
	ends := !task(n.Reason) && !asks(n)
	return a.rhythm(n) != cooperation.Never && n.Read.IsZero() && (!ends || !a.away(n.Recipient, at))
}

// late is what is in the digests of earlier days that nobody has taken, and
// whether one of these has been due for five days, and a slot has come since.
func (a *auditor) late(who string, at, seven time.Time) (out []string, old bool) {
	for _, id := range a.unsent[who] {
		d := a.notes.docs[id]
		since := d.Created
		if d.Next.After(since) {
			since = d.Next
		}
		for _, part := range d.Gathered {
			if n := a.notes.docs[part]; n.Read.IsZero() && a.rhythm(n) != cooperation.Never {
				out = append(out, part)
				old = old || at.Sub(since) >= 5*24*time.Hour && a.wanted(part, at) && d.Created.Before(a.slot(part, seven))
			}
		}
	}
	return out, old
}

// checkDigests judges a round of digests that is over.
func (a *auditor) checkDigests(at time.Time, due map[string][]string) {
	got := map[string]int{}
	for _, d := range a.digested {
		if got[d.Recipient]++; got[d.Recipient] > 1 {
			a.fault(at, "%s gets %d digests at once", a.name(d.Recipient), got[d.Recipient])
		}
		want := due[d.Recipient]
		if !slices.Equal(slices.Sorted(slices.Values(d.Gathered)), slices.Sorted(slices.Values(want))) {
			a.fault(at, "the digest of %s holds %d messages, and %d are due", a.name(d.Recipient), len(d.Gathered), len(want))
		}
		if argOf(d.Subject.Args, "count") != strconv.Itoa(len(d.Gathered)) {
			a.fault(at, "the digest of %s says %s messages and holds %d", a.name(d.Recipient), argOf(d.Subject.Args, "count"), len(d.Gathered))
		}
	}
	for who, want := range due {
		if len(want) > 0 && got[who] == 0 {
			a.fault(at, "%s gets no digest, and %d messages are due", a.name(who), len(want))
		}
	}
	a.digested = nil
}

// post takes the letters that the post office has got.
func (a *auditor) post(letters []letter) {
	for _, l := range letters {
		a.letters++
		n, ok := a.notes.get(l.id)
		if !ok {
			continue
		}
		if a.sent[l.id]++; a.sent[l.id] > 1 {
			a.fault(l.at, "%s gets the mail %s twice", a.name(n.Recipient), n.Reason)
		}
		if l.to != a.users[n.Recipient].Mail {
			a.fault(l.at, "the mail %s for %s goes to %s", n.Reason, a.name(n.Recipient), l.to)
		}
		if !asks(n) && n.Reason != "digest" && a.rhythm(n) == cooperation.Never {
			a.fault(l.at, "%s gets a mail about %s and wants none", a.name(n.Recipient), n.Reason)
		}
		a.checkText(l, n)
	}
}

// checkText holds a digest against the titles of what it is about.
func (a *auditor) checkText(l letter, d *cooperation.Notification) {
	for _, id := range d.Gathered[:min(len(d.Gathered), 30)] {
		n := a.notes.docs[id]
		kind, of, _ := strings.Cut(strings.Join(n.Documents[:min(1, len(n.Documents))], ""), "/")
		title := ""
		if kind == "need" && n.Reason != "subscription.opened" {
			title = a.needs.docs[of].Title
		} else if kind == "offer" && n.Reason != "subscription.opened" {
			title = a.offers.docs[of].Title
		}
		if !strings.Contains(l.text, title) {
			a.fault(l.at, "the digest of %s does not name %s", a.name(d.Recipient), title)
		}
	}
}

// finish judges the year: everything that was to be mailed was, by itself or in
// one digest, but for what was read before, is no longer wanted, or waits; and
// nobody had more than one mail of a day besides requests.
func (a *auditor) finish(at time.Time) {
	days, due := map[string]int{}, a.digestsDue(at)
	for _, id := range a.notes.order {
		n := a.notes.docs[id]
		u := a.users[n.Recipient]
		switch n.Status {
		case cooperation.Delivered:
			if a.sent[id] != 1 {
				a.fault(at, "%s: %s is delivered by %d mails", a.name(n.Recipient), n.Reason, a.sent[id])
			}
		case cooperation.Pending:
			a.fault(at, "%s: %s of %s is still to be sent", a.name(n.Recipient), n.Reason, n.Created)
		case cooperation.Failed:
			if !a.excused(n) {
				a.fault(at, "%s: %s of %s was given up: %s", a.name(n.Recipient), n.Reason, n.Created, n.Error)
			}
		case cooperation.Held:
			if len(due[n.Recipient]) > 0 {
				a.fault(at, "%s: %s of %s still waits", a.name(n.Recipient), n.Reason, n.Created)
			}
		case cooperation.InApp:
			if d, ok := a.notes.get(n.Digest); n.Digest != "" && (!ok || n.Reason != "digest" && !slices.Contains(d.Gathered, id)) {
				a.fault(at, "%s: %s was to be in a digest that does not hold it", a.name(n.Recipient), n.Reason)
			}
		}
		if u == nil || asks(n) {
			continue
		}
		if n.Reason == "digest" {
			day := n.Recipient + " " + n.Created.In(a.there(n.Recipient)).Format(time.DateOnly)
			if days[day] += a.sent[id]; days[day] > 1 {
				a.fault(n.Created, "%s gets %d mails of one day", a.name(n.Recipient), days[day])
			}
		}
	}
}

// excused: a request was made while the mail server did not answer for longer
// than attempts are made. Its recipient reads it in the application, and the
// secretariat is told there.
func (a *auditor) excused(n *cooperation.Notification) bool {
	return weatherOf(n.Created).closed && weatherOf(n.Created.Add(42*time.Hour)).closed || n.Error == "unsubscribed"
}
