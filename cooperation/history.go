package cooperation

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"entente/message"
	"entente/reference"
)

// The limits of past help.
const (
	MaxHistoryRows  = 100_000 // of one set
	MaxHistoryTotal = 500_000 // of all sets of a convention
	partBytes       = 200_000 // of the text of one part, well under what a commit holds
)

// HistoryRow says that a provider helped a beneficiary with a theme in a year.
type HistoryRow struct {
	Year        int
	Beneficiary reference.Country
	Theme       string
	Provider    Participant
	Cents       int64 // of US dollars; 0 is not stated
}

// HistorySource says where a set of past help comes from.
type HistorySource struct {
	Source string `json:"source" validate:"required,max=300"` // as the importer names it; the same source again is the same set
	URL    string `json:"url,omitempty" validate:"omitempty,http_url,max=500"`
}

// HistorySet is past help that was imported from one source: what the matcher
// learns from beside the help that the platform itself knows of. Its rows are
// in parts, so that a set may be larger than a commit; it names the parts that
// count, and is written after them.
type HistorySet struct {
	Meta
	HistorySource
	Parts         []string    `json:"parts,omitempty"` // ids of the documents that hold the rows, in order
	Digest        string      `json:"digest"`          // SHA-256 of the rows
	Rows          int         `json:"rows"`
	Years         []YearCount `json:"years,omitempty"`
	Beneficiaries int         `json:"beneficiaries"`
	Providers     int         `json:"providers"`
	Themes        int         `json:"themes"`
	Removed       *Remark     `json:"removed,omitempty"` // it counts no more
}

// YearCount is how many rows of a set are of a year.
type YearCount struct {
	Year int `json:"year"`
	Rows int `json:"rows"`
}

// HistoryPart holds rows of a set. Lines are as historyLines writes them; a part
// without any is left of one that no set names.
type HistoryPart struct {
	Meta
	Set   string   `json:"set"`
	Lines []string `json:"lines,omitempty"`
}

// HistoryID is the id of the set of a source.
func HistoryID(convention, source string) string {
	return DerivedID("history", convention, strings.ToLower(strings.Join(strings.Fields(source), " ")))
}

// NewHistory makes the set of a source from rows that TakeHistory has taken,
// and its parts. The same rows in any order make the same parts, so that an
// import that was cut off finds what it has written.
func NewHistory(c *Convention, source HistorySource, rows []HistoryRow, actor Actor, now time.Time) (*HistorySet, []*HistoryPart, error) {
	if err := authorise(MayKeepHistory(actor, c.ID)); err != nil {
		return nil, nil, err
	}
	source.Source = strings.TrimSpace(source.Source)
	m := checkShape(&source)
	if strings.ContainsAny(source.Source, "\n\r\t") {
		m.add("source", "error.invalid.characters")
	}
	if err := m.err(); err != nil {
		return nil, nil, err
	}
	rows = distinct(rows)
	if len(rows) > MaxHistoryRows {
		return nil, nil, Refuse(TooLarge, "error.import.rows", message.Int("max", MaxHistoryRows))
	}
	set := &HistorySet{Meta: newMeta(HistoryID(c.ID, source.Source), c.ID, actor, now), HistorySource: source, Rows: len(rows)}
	set.count(rows)
	lines := historyLines(rows)
	sum := sha256.Sum256([]byte(strings.Join(lines, "\n")))
	set.Digest = hex.EncodeToString(sum[:])
	var parts []*HistoryPart
	for i, text := range portions(lines) {
		id := DerivedID("history_part", set.ID, set.Digest, strconv.Itoa(i))
		parts = append(parts, &HistoryPart{Meta: newMeta(id, c.ID, actor, now), Set: set.ID, Lines: text})
		set.Parts = append(set.Parts, id)
	}
	return set, parts, nil
}

// Same reports whether another set of the source says the same.
func (h *HistorySet) Same(other *HistorySet) bool {
	return h.Removed == nil && other.Removed == nil && h.Digest == other.Digest && h.HistorySource == other.HistorySource
}

// Replace puts a new import of the source in place of the one before.
func (h *HistorySet) Replace(by *HistorySet, now time.Time) {
	meta := h.Meta
	*h = *by
	h.Meta = meta
	h.touch(now)
}

// Remove takes the set out: it counts no more.
func (h *HistorySet) Remove(text string, actor Actor, now time.Time) error {
	if err := authorise(MayKeepHistory(actor, h.Convention)); err != nil {
		return err
	}
	if h.Removed != nil {
		return absent()
	}
	remark := Remark{Text: strings.TrimSpace(text), By: actor.ID, Time: stamp(now)}
	m := checkShape(&remark)
	if err := m.err(); err != nil {
		return err
	}
	h.Removed, h.Parts = &remark, nil
	h.touch(now)
	return nil
}

// Empty leaves nothing of a part that no set names any more.
func (p *HistoryPart) Empty(now time.Time) {
	p.Lines = nil
	p.touch(now)
}

// Refill puts the rows of a part back that was emptied.
func (p *HistoryPart) Refill(lines []string, now time.Time) {
	p.Lines = lines
	p.touch(now)
}

// count says what is in the rows, which are distinct.
func (h *HistorySet) count(rows []HistoryRow) {
	beneficiaries, providers, themes := map[reference.Country]bool{}, map[Participant]bool{}, map[string]bool{}
	for _, r := range rows {
		if n := len(h.Years); n == 0 || h.Years[n-1].Year != r.Year {
			h.Years = append(h.Years, YearCount{Year: r.Year})
		}
		h.Years[len(h.Years)-1].Rows++
		beneficiaries[r.Beneficiary], providers[r.Provider], themes[r.Theme] = true, true, true
	}
	h.Beneficiaries, h.Providers, h.Themes = len(beneficiaries), len(providers), len(themes)
}

// distinct puts rows in order, each year, beneficiary, theme and provider once,
// with the amounts of repetitions added up as far as an amount goes.
func distinct(rows []HistoryRow) []HistoryRow {
	rows = slices.Clone(rows)
	order := func(a, b HistoryRow) int {
		return cmp.Or(cmp.Compare(a.Year, b.Year), strings.Compare(a.Beneficiary.Alpha2(), b.Beneficiary.Alpha2()),
			strings.Compare(a.Theme, b.Theme), strings.Compare(string(a.Provider), string(b.Provider)))
	}
	slices.SortStableFunc(rows, order)
	kept := rows[:0]
	for _, r := range rows {
		if n := len(kept); n > 0 && order(kept[n-1], r) == 0 {
			kept[n-1].Cents = min(kept[n-1].Cents+r.Cents, maxMinor)
			continue
		}
		kept = append(kept, r)
	}
	return kept
}

// historyLines writes distinct rows as lines, one for each year, beneficiary and
// theme: "2015 AO fctc-art8 NO SE=1200000 who", amounts in US cents.
func historyLines(rows []HistoryRow) []string {
	var lines []string
	var line strings.Builder
	for i, r := range rows {
		if i > 0 && (rows[i-1].Year != r.Year || rows[i-1].Beneficiary != r.Beneficiary || rows[i-1].Theme != r.Theme) {
			lines = append(lines, line.String())
			line.Reset()
		}
		if line.Len() == 0 {
			fmt.Fprintf(&line, "%d %s %s", r.Year, r.Beneficiary.Alpha2(), r.Theme)
		}
		line.WriteString(" " + string(r.Provider))
		if r.Cents > 0 {
			line.WriteString("=" + strconv.FormatInt(r.Cents, 10))
		}
	}
	if line.Len() > 0 {
		lines = append(lines, line.String())
	}
	return lines
}

// portions cuts lines into lists of a bounded size.
func portions(lines []string) [][]string {
	var out [][]string
	size := 0
	for _, line := range lines {
		if len(out) == 0 || size+len(line) > partBytes {
			out, size = append(out, nil), 0
		}
		last := len(out) - 1
		out[last] = append(out[last], line)
		size += len(line) + 3 // its quotation marks and comma
	}
	return out
}

// Unpack reads the rows of a part. It fails on lines that historyLines has not
// written.
func (p *HistoryPart) Unpack() ([]HistoryRow, error) {
	var out []HistoryRow
	for _, line := range p.Lines {
		words := strings.Split(line, " ")
		if len(words) < 4 {
			return nil, fmt.Errorf("a line of past help has %d words: %.40q", len(words), line)
		}
		year, err := strconv.Atoi(words[0])
		beneficiary, ok := reference.ParseCountry(words[1])
		if err != nil || !ok {
			return nil, fmt.Errorf("a line of past help names no year and country: %.40q", line)
		}
		for _, word := range words[3:] {
			provider, amount, stated := strings.Cut(word, "=")
			row := HistoryRow{Year: year, Beneficiary: beneficiary, Theme: words[2], Provider: Participant(provider)}
			if stated {
				if row.Cents, err = strconv.ParseInt(amount, 10, 64); err != nil {
					return nil, fmt.Errorf("a line of past help has no amount: %.40q", line)
				}
			}
			out = append(out, row)
		}
	}
	return out, nil
}
