package catalogue

import (
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"entente/cooperation"
	"entente/matching"
)

// State is everything that a convention's log says, at one position of it.
// The zero value is of no use: New and Restore make one.
type State struct {
	progress
	conv          *cooperation.Convention // the profile; see Convention
	effective     effective
	concepts      func() concepts // read when somebody first searches by words
	scribes       []*scribe       // one for each goroutine that prepares
	needs         shelf[cooperation.Need, matching.Need]
	offers        shelf[cooperation.Offer, matching.Offer]
	activities    shelf[cooperation.Activity, struct{}]
	proposals     proposals
	queues        queues
	agenda        agenda
	reviews       reviews
	agreements    agreements
	partnerships  ledger[cooperation.Partnership]
	runs          ledger[cooperation.Run]
	notifications notifications
	guide         guide
	organisations organisations
	namings       ledger[cooperation.Naming]
	commitments   commitments
	programme     programme
	webhooks      webhooks
	subscriptions ledger[cooperation.Subscription]
	templates     ledger[cooperation.Template]
	past          past
	duplicates    ledger[cooperation.Duplicate]
	texts         ledger[cooperation.Recommendation]
	assessments   ledger[cooperation.Assessment]
	introductions introductions
	weights       ledger[cooperation.AdoptedWeights]
	adoptions     atomic.Uint64 // changes of the weights, as this process has seen them
}

// New makes the state of a convention before the first commit of its log.
func New(conv *cooperation.Convention) *State {
	d := newDescriber(conv)
	s := &State{progress: progress{trails: trails{}}, conv: conv, concepts: sync.OnceValue(func() concepts { return newConcepts(conv) }), scribes: newScribes(), proposals: newProposals(), notifications: newNotifications(),
		organisations: newOrganisations(), commitments: newCommitments(), webhooks: newWebhooks(), effective: effective{profile: conv, almanac: cooperation.NewAlmanac(conv.Calendar)}}
	s.needs = newShelf(shelfKind[cooperation.Need, matching.Need]{
		describe: d.need,
		features: func(n *cooperation.Need) *matching.Need {
			if !n.Status.Matchable() {
				return nil
			}
			f := NeedFeatures(conv, n)
			return &f
		},
		names: func(n *cooperation.Need) (string, string) { return n.Convention, n.ExternalID },
		id:    func(f *matching.Need) string { return f.ID },
	})
	s.offers = newShelf(shelfKind[cooperation.Offer, matching.Offer]{
		describe: d.offer,
		features: func(o *cooperation.Offer) *matching.Offer {
			if !stands(o.Status) {
				return nil
			}
			f := OfferFeatures(conv, o)
			return &f
		},
		names: func(o *cooperation.Offer) (string, string) { return o.Convention, o.ExternalID },
		id:    func(f *matching.Offer) string { return f.ID },
	})
	s.activities = newShelf(shelfKind[cooperation.Activity, struct{}]{
		describe: d.activity,
		features: func(*cooperation.Activity) *struct{} { return nil }, // never before the matcher
		names:    func(a *cooperation.Activity) (string, string) { return a.Convention, a.ExternalID },
		id:       func(*struct{}) string { return "" },
	})
	return s
}

// Apply moves the state from position-1 to position. All of the changes come
// in at once for readers, or none when an error is returned: a commit out of
// order, a kind, schema or body that this release does not know, a posting of
// another convention, a version that is not newer. Of several versions of one
// document in one commit, the last one counts. Apply must not be called from
// two goroutines at once; readers may read meanwhile.
func (s *State) Apply(position uint64, at time.Time, changes []Change) error {
	if err := s.follows(position); err != nil {
		return err
	}
	changes = latest(changes)
	installs, err := prepareAll(changes, s.scribes, s.prepare)
	if err != nil {
		return err
	}
	s.move(position, at, changes, append(installs, func() { s.rouse(position, changes) }))
	return nil
}

// Newer reports why Apply would refuse a version of a document: nil when it is
// newer than the one that is held, an erased one included.
func (s *State) Newer(kind, id string, version uint64) error {
	s.mu.RLock()
	defer s.mu.RUnlock()
	switch kind {
	case KindNeed:
		return s.needs.check(kind, id, version)
	case KindOffer:
		return s.offers.check(kind, id, version)
	case KindActivity:
		return s.activities.check(kind, id, version)
	case KindProposal:
		return s.proposals.check(kind, id, version)
	case KindReview:
		return s.reviews.check(kind, id, version)
	case KindAgreement:
		return s.agreements.check(kind, id, version)
	case KindPartnership:
		return s.partnerships.check(kind, id, version)
	case KindRun:
		return s.runs.check(kind, id, version)
	case KindNotification:
		return s.notifications.check(kind, id, version)
	case KindOrganisation:
		return s.organisations.check(kind, id, version)
	case KindCommittee:
		return s.namings.check(kind, id, version)
	case KindCommitment:
		return s.commitments.check(kind, id, version)
	case KindProgramme:
		return s.programme.check(kind, id, version)
	case KindWebhook:
		return s.webhooks.hooks.check(kind, id, version)
	case KindSubscription:
		return s.subscriptions.check(kind, id, version)
	case KindTemplate:
		return s.templates.check(kind, id, version)
	case KindDelivery:
		return s.webhooks.deliveries.check(kind, id, version)
	case KindHistory:
		return s.past.sets.check(kind, id, version)
	case KindHistoryPart:
		return s.past.parts.check(kind, id, version)
	case KindDuplicate:
		return s.duplicates.check(kind, id, version)
	case KindRecommendation:
		return s.texts.check(kind, id, version)
	case KindAssessment:
		return s.assessments.check(kind, id, version)
	case KindIntroduction:
		return s.introductions.check(kind, id, version)
	case KindWeights:
		return s.weights.check(kind, id, version)
	}
	return unknownKind(kind)
}

func unknownKind(kind string) error {
	return fmt.Errorf("catalogue: a document of the unknown kind %q: a later release wrote it", kind)
}

// prepare does what can be done for a change while readers go on, and returns
// what puts it in.
func (s *State) prepare(c Change, by *scribe) (install func(), err error) {
	switch c.Kind {
	case KindNeed:
		return s.prepareNeed(c, by)
	case KindOffer:
		return s.offers.prepare(c, s.conv.ID, by)
	case KindActivity:
		return s.prepareActivity(c, by)
	case KindProposal:
		return s.proposals.prepare(c)
	case KindReview:
		return s.reviews.prepare(c)
	case KindAgreement:
		return s.agreements.prepare(c)
	case KindPartnership:
		return s.preparePartnership(c)
	case KindRun:
		return prepare(&s.runs, c)
	case KindNotification:
		return s.notifications.prepare(c)
	case KindOrganisation:
		return s.organisations.prepare(c, s.conv)
	case KindCommittee:
		return s.prepareNaming(c)
	case KindCommitment:
		return s.commitments.prepare(c)
	case KindProgramme:
		return s.programme.prepare(c)
	case KindWebhook:
		return prepare(&s.webhooks.hooks, c)
	case KindSubscription:
		return prepare(&s.subscriptions, c)
	case KindTemplate:
		return prepare(&s.templates, c)
	case KindDelivery:
		return s.webhooks.prepareDelivery(c)
	case KindHistory:
		return s.past.prepareSet(c)
	case KindHistoryPart:
		return prepare(&s.past.parts, c)
	case KindDuplicate:
		return prepare(&s.duplicates, c)
	case KindRecommendation:
		return prepare(&s.texts, c)
	case KindAssessment:
		return prepare(&s.assessments, c)
	case KindIntroduction:
		return s.introductions.prepare(c)
	case KindWeights:
		return s.prepareWeights(c)
	}
	return nil, unknownKind(c.Kind)
}

// prepare is what there is to do for documents that are found by id only.
func prepare[T any](l *ledger[T], c Change) (func(), error) {
	doc, err := decode[T](c)
	if err == nil {
		err = l.check(c.Kind, c.ID, c.Version)
	}
	return func() { l.put(c.ID, c.Version, doc) }, err
}
