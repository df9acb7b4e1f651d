package catalogue

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"sync"
	"time"

	"entente/cooperation"
)

// checkpointFormat is the form of checkpoints. A checkpoint of another form is
// refused, and the log read instead.
const checkpointFormat = 2

// header is the first line of a checkpoint. After it comes one line a
// document: kind, id, version and the positions of its versions in the log,
// separated by tabs, and the body, empty for an erased document. JSON never holds a raw tab or line break. Documents of
// one kind come in the order of their first appearance.
type header struct {
	Format    int       `json:"format"`
	Schema    int       `json:"schema"`
	Log       string    `json:"log"`
	Position  uint64    `json:"position"`
	Time      time.Time `json:"time"`
	Documents int       `json:"documents"`
}

// accountsLog is the name of the log of accounts in checkpoints.
const accountsLog = "accounts"

// row is a document on its way into a checkpoint.
type row struct {
	kind, id string
	version  uint64
	trail    string
	doc      any // nil when erased
}

// interleave takes from both lists by turns, so that whoever restores them has
// work for two processors all the time.
func interleave(a, b []row) []row {
	out := make([]row, 0, len(a)+len(b))
	for i := range max(len(a), len(b)) {
		if i < len(a) {
			out = append(out, a[i])
		}
		if i < len(b) {
			out = append(out, b[i])
		}
	}
	return out
}

func rows[T any](out []row, kind string, l *ledger[T]) []row {
	for _, e := range l.entries {
		r := row{kind: kind, id: e.id, version: e.version}
		if e.doc != nil {
			r.doc = e.doc
		}
		out = append(out, r)
	}
	return out
}

// Checkpoint writes the state and returns the position that it wrote. Applying
// goes on meanwhile: documents do not change once they are in.
func (s *State) Checkpoint(w io.Writer) (uint64, error) {
	s.mu.RLock()
	h := header{Log: s.conv.ID, Position: s.position, Time: s.at}
	var all []row
	all = interleave(rows(nil, KindNeed, &s.needs.ledger), rows(nil, KindOffer, &s.offers.ledger))
	all = rows(all, KindActivity, &s.activities.ledger)
	all = rows(all, KindProposal, &s.proposals.ledger)
	all = rows(all, KindReview, &s.reviews.ledger)
	all = rows(all, KindAgreement, &s.agreements.ledger)
	all = rows(all, KindPartnership, &s.partnerships)
	all = rows(all, KindRun, &s.runs)
	all = rows(all, KindNotification, &s.notifications.ledger)
	all = rows(all, KindOrganisation, &s.organisations.ledger)
	all = rows(all, KindCommittee, &s.namings)
	all = rows(all, KindCommitment, &s.commitments.ledger)
	all = rows(all, KindProgramme, &s.programme.ledger)
	all = rows(all, KindSubscription, &s.subscriptions)
	all = rows(all, KindTemplate, &s.templates)
	all = rows(all, KindDuplicate, &s.duplicates)
	all = rows(all, KindRecommendation, &s.texts)
	all = rows(all, KindAssessment, &s.assessments)
	all = rows(all, KindIntroduction, &s.introductions.ledger)
	all = rows(all, KindWebhook, &s.webhooks.hooks)
	all = rows(all, KindDelivery, &s.webhooks.deliveries)
	all = rows(all, KindHistory, &s.past.sets)
	all = rows(all, KindHistoryPart, &s.past.parts)
	all = rows(all, KindWeights, &s.weights)
	s.trails.mark(all)
	s.mu.RUnlock()
	return h.Position, write(w, h, all)
}

// Checkpoint writes the accounts and returns the position that it wrote; see
// State.Checkpoint.
func (a *Accounts) Checkpoint(w io.Writer) (uint64, error) {
	a.mu.RLock()
	h := header{Log: accountsLog, Position: a.position, Time: a.at}
	all := rows(nil, KindUser, &a.users)
	all = rows(all, KindToken, &a.tokens)
	all = rows(all, KindMailSwitch, &a.switches)
	all = rows(all, KindCredential, &a.credentials)
	all = rows(all, KindKey, &a.keys)
	all = rows(all, KindNotification, &a.told.ledger)
	all = rows(all, KindErasure, &a.erasures)
	a.trails.mark(all)
	a.mu.RUnlock()
	return h.Position, write(w, h, all)
}

func write(w io.Writer, h header, all []row) error {
	b := bufio.NewWriterSize(w, 1<<16)
	h.Format, h.Schema, h.Documents = checkpointFormat, cooperation.Schema, len(all)
	line, err := json.Marshal(h)
	if err != nil {
		return err
	}
	b.Write(line)
	b.WriteByte('\n')
	for _, r := range all {
		body := []byte(nil)
		if r.doc != nil {
			if body, err = json.Marshal(r.doc); err != nil {
				return fmt.Errorf("catalogue: encode %s %s: %w", r.kind, r.id, err)
			}
		}
		fmt.Fprintf(b, "%s\t%s\t%d\t%s\t", r.kind, r.id, r.version, writeTrail(r.trail))
		b.Write(body)
		if err := b.WriteByte('\n'); err != nil {
			return err
		}
	}
	return b.Flush()
}

// Restore reads a state of the convention that Checkpoint wrote.
func Restore(conv *cooperation.Convention, r io.Reader) (*State, error) {
	s := New(conv)
	if err := restore(r, conv.ID, &s.progress, s.scribes, s.prepare); err != nil {
		return nil, err
	}
	return s, nil
}

// RestoreAccounts reads accounts that Checkpoint wrote.
func RestoreAccounts(r io.Reader) (*Accounts, error) {
	a := NewAccounts()
	if err := restore(r, accountsLog, &a.progress, make([]*scribe, 1), a.prepare); err != nil {
		return nil, err
	}
	return a, nil
}

// batch is the number of documents that are restored at once: enough to keep
// every processor busy, few enough to hold their words in memory beside the
// index.
const batch = 4096

func restore(r io.Reader, log string, p *progress, scribes []*scribe, prepare func(Change, *scribe) (func(), error)) error {
	b := bufio.NewReaderSize(r, 1<<16)
	h, err := readHeader(b, log)
	if err != nil {
		return err
	}
	for left := h.Documents; left > 0; left -= batch {
		changes, err := readRows(b, min(left, batch), h, p.trails)
		if err != nil {
			return err
		}
		installs, err := prepareAll(changes, scribes, prepare)
		if err != nil {
			return err
		}
		installAll(changes, installs)
	}
	p.position, p.at = h.Position, h.Time
	return nil
}

// installAll puts prepared changes in, those of different kinds side by side:
// they have nothing in common.
func installAll(changes []Change, installs []func()) {
	byKind := map[string][]func(){}
	for i, c := range changes {
		byKind[c.Kind] = append(byKind[c.Kind], installs[i])
	}
	var wg sync.WaitGroup
	for _, list := range byKind {
		wg.Go(func() {
			for _, install := range list {
				install()
			}
		})
	}
	wg.Wait()
}

func readRows(b *bufio.Reader, n int, h header, into trails) ([]Change, error) {
	changes := make([]Change, n)
	for i := range changes {
		line, err := b.ReadBytes('\n')
		if err != nil {
			return nil, fmt.Errorf("catalogue: the checkpoint ends early: %w", err)
		}
		if changes[i], err = parseRow(line, h, into); err != nil {
			return nil, err
		}
	}
	return changes, nil
}

func readHeader(b *bufio.Reader, log string) (header, error) {
	var h header
	line, err := b.ReadBytes('\n')
	if err != nil {
		return h, fmt.Errorf("catalogue: the checkpoint has no header: %w", err)
	}
	if err := json.Unmarshal(line, &h); err != nil {
		return h, fmt.Errorf("catalogue: the header of the checkpoint: %w", err)
	}
	if h.Format != checkpointFormat || h.Log != log {
		return h, fmt.Errorf("catalogue: a checkpoint of log %q in format %d, wanted %q in format %d", h.Log, h.Format, log, checkpointFormat)
	}
	return h, nil
}

// parseRow reads the line of a document, its trail into the trails.
func parseRow(line []byte, h header, into trails) (Change, error) {
	fields := bytes.SplitN(bytes.TrimSuffix(line, []byte("\n")), []byte("\t"), 5)
	if len(fields) != 5 {
		return Change{}, fmt.Errorf("catalogue: a line of the checkpoint has %d fields instead of 5", len(fields))
	}
	version, err := strconv.ParseUint(string(fields[2]), 10, 64)
	if err != nil {
		return Change{}, fmt.Errorf("catalogue: a line of the checkpoint: %w", err)
	}
	c := Change{Kind: string(fields[0]), ID: string(fields[1]), Version: version, Schema: h.Schema}
	trail, err := readTrail(string(fields[3]), h.Position)
	if err != nil {
		return Change{}, err
	}
	into.keep(c.Kind, c.ID, trail)
	if len(fields[4]) > 0 {
		c.Body = fields[4]
	}
	return c, nil
}
