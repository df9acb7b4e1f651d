package cooperation

import (
	"strconv"
	"time"
)

// Delivery is one event on its way to one webhook. Its id follows from the
// webhook and the version of the document, so that announcing twice is
// announcing once; the receiver gets it as webhook-id in every attempt.
type Delivery struct {
	Meta
	Webhook  string             `json:"webhook"`
	Event    string             `json:"event"`            // "need.opened"
	Kind     string             `json:"kind"`             // of the document
	Document string             `json:"document"`         // its id
	Of       uint64             `json:"document_version"` // its version
	Position uint64             `json:"position"`         // of the commit in the convention's log
	Happened time.Time          `json:"happened"`         // the time of the commit
	Status   NotificationStatus `json:"status"`           // pending, delivered or failed
	Attempts int                `json:"attempts,omitempty"`
	Begun    int                `json:"begun,omitempty"` // attempts that were made before it was sent again
	Queued   time.Time          `json:"queued"`          // since when it waits
	Next     time.Time          `json:"next,omitzero"`
	Sent     time.Time          `json:"sent,omitzero"`
	Answer   int                `json:"answer,omitempty"` // status of the last answer
	Error    string             `json:"error,omitempty"`  // class of the last failure, never the receiver's words
}

// Announce makes the delivery of a version of a document to a webhook.
func Announce(w *Webhook, event, kind, document string, version, position uint64, happened, now time.Time) *Delivery {
	id := DerivedID("delivery", w.ID, kind, document, strconv.FormatUint(version, 10))
	return &Delivery{Meta: newMeta(id, w.Convention, System("announcer"), now), Webhook: w.ID, Event: event, Kind: kind, Document: document,
		Of: version, Position: position, Happened: stamp(happened), Status: Pending, Queued: stamp(now)}
}

// RecordAnswer records the outcome of one attempt: delivered, to be tried again
// at next, or given up when next is zero.
func (d *Delivery) RecordAnswer(delivered bool, next time.Time, answer int, class string, now time.Time) {
	d.Attempts++
	d.Answer, d.Error, d.Next = answer, class, time.Time{}
	switch {
	case delivered:
		d.Status, d.Sent = Delivered, stamp(now)
	case next.IsZero():
		d.Status = Failed
	default:
		d.Next = stamp(next)
	}
	d.touch(now)
}

// Again sends what was delivered or given up once more, under the same id.
func (d *Delivery) Again(w *Webhook, actor Actor, now time.Time) error {
	if err := authorise(MayChangeWebhook(actor, w)); err != nil {
		return err
	}
	if d.Status == Pending {
		return refused("delivery", "redeliver", string(d.Status))
	}
	d.Status, d.Begun, d.Queued, d.Next, d.Error = Pending, d.Attempts, stamp(now), time.Time{}, ""
	d.touch(now)
	return nil
}
