package catalogue

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"time"

	"entente/cooperation"
)

// checkpointFormat is the form of checkpoints. A checkpoint of another form is
// refused, and the log read instead.
const checkpointFormat = 1

// header is the first line of a checkpoint. After it comes one line a
// document: kind, id and version, separated by tabs, and the body, empty for
// an erased document. JSON never holds a raw tab or line break. Documents of
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
	doc      any // nil when erased
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
	all = rows(all, KindNeed, &s.needs)
	all = rows(all, KindOffer, &s.offers)
	all = rows(all, KindActivity, &s.activities)
	all = rows(all, KindProposal, &s.proposals)
	all = rows(all, KindPartnership, &s.partnerships)
	all = rows(all, KindRun, &s.runs)
	all = rows(all, KindNotification, &s.notifications)
	all = rows(all, KindOrganisation, &s.organisations)
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
		fmt.Fprintf(b, "%s\t%s\t%d\t", r.kind, r.id, r.version)
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
	err := restore(r, conv.ID, &s.progress, s.prepare)
	if err != nil {
		return nil, err
	}
	return s, nil
}

// RestoreAccounts reads accounts that Checkpoint wrote.
func RestoreAccounts(r io.Reader) (*Accounts, error) {
	a := NewAccounts()
	if err := restore(r, accountsLog, &a.progress, a.prepare); err != nil {
		return nil, err
	}
	return a, nil
}

func restore(r io.Reader, log string, p *progress, prepare func(Change) (func(), error)) error {
	b := bufio.NewReaderSize(r, 1<<16)
	h, err := readHeader(b, log)
	if err != nil {
		return err
	}
	for range h.Documents {
		line, err := b.ReadBytes('\n')
		if err != nil {
			return fmt.Errorf("catalogue: the checkpoint ends early: %w", err)
		}
		c, err := parseRow(line, h.Schema)
		if err != nil {
			return err
		}
		install, err := prepare(c)
		if err != nil {
			return err
		}
		install()
	}
	p.position, p.at = h.Position, h.Time
	return nil
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

// parseRow reads the line of a document.
func parseRow(line []byte, schema int) (Change, error) {
	fields := bytes.SplitN(bytes.TrimSuffix(line, []byte("\n")), []byte("\t"), 4)
	if len(fields) != 4 {
		return Change{}, fmt.Errorf("catalogue: a line of the checkpoint has %d fields instead of 4", len(fields))
	}
	version, err := strconv.ParseUint(string(fields[2]), 10, 64)
	if err != nil {
		return Change{}, fmt.Errorf("catalogue: a line of the checkpoint: %w", err)
	}
	c := Change{Kind: string(fields[0]), ID: string(fields[1]), Version: version, Schema: schema}
	if len(fields[3]) > 0 {
		c.Body = fields[3]
	}
	return c, nil
}
