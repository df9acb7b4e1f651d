package yeartest

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"entente/cooperation"
	"entente/store"
)

// auditor reads the log and holds what people were told against what they
// should have been.
type auditor struct {
	conv     *cooperation.Convention // what the profile says: names, numbers, holidays
	store    store.Store
	zone     *time.Location
	zones    map[string]*time.Location // of people
	position map[string]uint64         // of the logs
	changed  string                    // the account that was changed last

	users     map[string]*cooperation.User
	ids       []string // of the users, sorted
	needs     *shelf[cooperation.Need]
	offers    *shelf[cooperation.Offer]
	proposals *shelf[cooperation.Proposal]
	reviews   *shelf[cooperation.Review]
	runs      *shelf[cooperation.Run]
	wishes    *shelf[cooperation.Subscription]
	namings   *shelf[cooperation.Naming]
	notes     *shelf[cooperation.Notification]

	introductions *shelf[cooperation.Introduction]
	agreements    *shelf[cooperation.Agreement]
	partnerships  *shelf[cooperation.Partnership]
	texts         *shelf[cooperation.Recommendation]
	assessments   *shelf[cooperation.Assessment]
	duplicates    *shelf[cooperation.Duplicate]
	ofNeed        map[string][]string  // need → proposals
	agreed        map[string]time.Time // proposal → when it was

	begun, talking []*cooperation.Introduction // since somebody asked
	negotiated     []*cooperation.Agreement
	formed         []*cooperation.Partnership

	of         map[string][]string // user → notes, the oldest first
	held       map[string][]string // user → notes that wait for a digest
	since      map[string]time.Time
	lastDigest map[string]time.Time
	sent       map[string]int      // note → letters
	unsent     map[string][]string // user → digests that nobody has taken, the oldest first

	pairings []*cooperation.Proposal // that the run under way has proposed
	told     []*cooperation.Notification
	ticked   []*cooperation.Notification // by the look at the clocks under way
	digested []*cooperation.Notification // by the round of digests under way
	reminded map[string]bool             // who was reminded of what
	asked    []string                    // postings of which re-confirmation was asked
	holidays map[cooperation.Date]bool
	reckoned map[reckoned]cooperation.Date
	settled  map[string]string // reminder → when it was settled who had to be told
	namers   int               // changes of committees and of people
	letters  int
	commits  int
	faults   []string
}

func newAuditor(c *cooperation.Convention, s store.Store) *auditor {
	zone, err := time.LoadLocation(c.Calendar.Zone)
	if err != nil {
		panic(err)
	}
	return &auditor{conv: c, store: s, zone: zone, zones: map[string]*time.Location{}, position: map[string]uint64{}, users: map[string]*cooperation.User{},
		needs: newShelf[cooperation.Need](), offers: newShelf[cooperation.Offer](), proposals: newShelf[cooperation.Proposal](), reviews: newShelf[cooperation.Review](),
		runs: newShelf[cooperation.Run](), wishes: newShelf[cooperation.Subscription](), namings: newShelf[cooperation.Naming](), notes: newShelf[cooperation.Notification](),
		introductions: newShelf[cooperation.Introduction](), agreements: newShelf[cooperation.Agreement](), partnerships: newShelf[cooperation.Partnership](),
		texts: newShelf[cooperation.Recommendation](), assessments: newShelf[cooperation.Assessment](), duplicates: newShelf[cooperation.Duplicate](), ofNeed: map[string][]string{}, agreed: map[string]time.Time{},
		of: map[string][]string{}, held: map[string][]string{}, since: map[string]time.Time{}, lastDigest: map[string]time.Time{}, sent: map[string]int{}, unsent: map[string][]string{}, reminded: map[string]bool{},
		holidays: holidays(), reckoned: map[reckoned]cooperation.Date{}, settled: map[string]string{}}
}

// fault notes that something is not as it should be.
func (a *auditor) fault(at time.Time, format string, args ...any) {
	a.faults = append(a.faults, at.UTC().Format("2006-01-02 15:04 ")+fmt.Sprintf(format, args...))
}

// read reads logs on from where it stopped.
func (a *auditor) read(ctx context.Context, logs ...string) error {
	for _, log := range logs {
		for c, err := range a.store.Read(ctx, log, a.position[log]) {
			if err != nil {
				return err
			}
			if err := a.commit(&c); err != nil {
				return fmt.Errorf("%s %d: %w", log, c.Number, err)
			}
			a.position[log] = c.Number
			a.commits++
		}
	}
	return nil
}

// due is a message that somebody is to get.
type due struct {
	who, reason, about string
}

func (d due) key() string { return d.who + " " + d.reason + " " + d.about }

// happened is one document that a commit changed.
type happened struct {
	actor  string
	at     time.Time
	commit *store.Commit
}

// commit takes one commit: what it changed, who should be told of it, and who
// was.
func (a *auditor) commit(c *store.Commit) error {
	h := happened{c.Actor, c.Time, c}
	var judged []func() []due
	var told []*cooperation.Notification
	for _, v := range c.Versions {
		if r, ok := rules()[v.Kind]; ok {
			judge, err := r(a, h, v)
			if err != nil {
				return err
			}
			if judge != nil {
				judged = append(judged, judge)
			}
		}
		if v.Kind == "notification" && c.Log == convention {
			n, first, err := a.note(c.Time, v)
			if err != nil {
				return err
			}
			if first && !a.aside(n) {
				told = append(told, n)
			}
		}
	}
	var expected []due
	for _, judge := range judged { // when the auditor knows all that the commit changed
		expected = append(expected, judge()...)
	}
	a.compare(c.Time, expected, told)
	return nil
}

// rule takes a version, and says how to find out who is to be told of it.
type rule func(a *auditor, h happened, v store.Version) (func() []due, error)

// rules are the kinds of documents of which somebody is told.
func rules() map[string]rule {
	return map[string]rule{
		"user":         (*auditor).userRule,
		"need":         (*auditor).needRule,
		"offer":        (*auditor).offerRule,
		"proposal":     (*auditor).proposalRule,
		"review":       (*auditor).reviewRule,
		"run":          (*auditor).runRule,
		"subscription": (*auditor).wishRule,
		"committee":    (*auditor).namingRule,

		"introduction":   (*auditor).introductionRule,
		"agreement":      (*auditor).agreementRule,
		"partnership":    (*auditor).partnershipRule,
		"recommendation": (*auditor).recommendationRule,
		"assessment":     (*auditor).assessmentRule,
		"duplicate":      (*auditor).duplicateRule,
	}
}

func (a *auditor) userRule(_ happened, v store.Version) (func() []due, error) {
	users := shelf[cooperation.User]{docs: map[string]*cooperation.User{}}
	_, u, err := users.take(v)
	if err != nil {
		return nil, err
	}
	a.users[u.ID], a.changed = u, u.ID
	a.namers++
	a.ids = slices.Sorted(maps.Keys(a.users))
	return nil, nil //nolint:nilnil // nobody is told
}

func (a *auditor) wishRule(_ happened, v store.Version) (func() []due, error) {
	_, _, err := a.wishes.take(v)
	return nil, err
}

// aside puts away what clocks, runs and digests tell: it is judged when these are
// done.
func (a *auditor) aside(n *cooperation.Notification) bool {
	switch {
	case n.Reason == "clocks.due" || n.Reason == "committee.roll_over" || strings.HasSuffix(n.Reason, ".reconfirm_due"):
		a.ticked = append(a.ticked, n)
	case strings.HasPrefix(n.Reason, "proposals."):
		a.told = append(a.told, n)
	case n.Reason == "digest":
		a.digested = append(a.digested, n)
	default:
		return n.Reason == "mail.undelivered" // about the mails themselves
	}
	return true
}

// compare holds what people were told with a commit against what they should
// have been.
func (a *auditor) compare(at time.Time, expected []due, told []*cooperation.Notification) {
	open := map[string]due{}
	for _, d := range expected {
		open[d.key()] = d
	}
	for _, n := range told {
		k := due{who: n.Recipient, reason: n.Reason, about: strings.Join(n.Documents, " ")}.key()
		if _, ok := open[k]; !ok {
			a.fault(at, "%s is told of %s about %s and should not be, or twice", a.name(n.Recipient), n.Reason, n.Documents)
			continue
		}
		delete(open, k)
		a.checkMail(at, n)
	}
	for _, k := range slices.Sorted(maps.Keys(open)) {
		a.fault(at, "%s is not told of %s about %s", a.name(open[k].who), open[k].reason, open[k].about)
	}
}

// name is that of a person.
func (a *auditor) name(id string) string {
	if u, ok := a.users[id]; ok {
		return u.Name
	}
	return id
}

// those are the people of whom something is so, without the one who acted.
func (a *auditor) those(actor string, is func(u *cooperation.User) bool) (out []string) {
	for _, id := range a.ids {
		if u := a.users[id]; id != actor && len(u.Grants) > 0 && is(u) {
			out = append(out, id)
		}
	}
	return out
}

// acts reports whether somebody holds one of the roles for one of them.
func acts(u *cooperation.User, of []string, roles ...cooperation.Role) bool {
	return slices.ContainsFunc(u.Grants, func(g cooperation.Grant) bool {
		return g.Convention == convention && slices.Contains(roles, g.Role) && slices.Contains(of, string(g.Participant))
	})
}

func runsIt(u *cooperation.User) bool {
	return slices.ContainsFunc(u.Grants, func(g cooperation.Grant) bool {
		return g.Convention == convention && g.Role == cooperation.Secretariat
	})
}

func sits(u *cooperation.User, on ...string) bool {
	return slices.ContainsFunc(u.Grants, func(g cooperation.Grant) bool {
		return g.Convention == convention && g.Role == cooperation.CommitteeMember && slices.Contains(on, g.Committee)
	})
}

// result says what came of it.
func (a *auditor) result() *Result {
	r := &Result{Needs: len(a.needs.order), Offers: len(a.offers.order), Proposals: len(a.proposals.order), Reviews: len(a.reviews.order), Talks: len(a.agreements.order), Partnerships: len(a.partnerships.order), Commits: a.commits, Faults: a.faults}
	for _, id := range a.notes.order {
		if a.notes.docs[id].Reason == "digest" {
			r.Digests++
		} else {
			r.Told++
		}
	}
	return r
}
