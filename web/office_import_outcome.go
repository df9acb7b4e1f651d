package web

import (
	"encoding/csv"
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"entente/cooperation"
	"entente/exchange"
	"entente/message"
	"entente/platform"
)

// ofImport says what came of a file, and what can be done about it.
func (p *pages) ofImport(v *visit, c *platform.Chore, out *officeChore) {
	sort, is := isImport(c)
	if !is || c.Live() {
		return
	}
	var came importOutcome
	_ = json.Unmarshal(c.Outcome, &came) // nothing where it never came so far
	check := strings.HasPrefix(c.Kind, "check.")
	for _, one := range []struct {
		key    string
		number int
		shown  bool
	}{{"rows", came.Rows, true}, {"created", came.Created, true}, {"changed", came.Changed, sort != "history"}, {"unchanged", came.Unchanged, true}, {"left", came.Left, sort == "history"}, {"rejected", came.Rejected, true}} {
		if one.shown && came.Rows > 0 {
			out.Counts = append(out.Counts, countRow{Label: v.text("page.imports.count." + one.key), Now: v.words.Integer(int64(one.number))})
		}
	}
	kept := stillThere(c.Order["until"], p.Platform.Now())
	again := v.act(v.choreAt(c)+"/import", "page.imports.confirm", 0)
	again.Main = true
	switch {
	case check && c.State == platform.ChoreFinished && came.Created+came.Changed == 0:
		out.Lead = append(out.Lead, v.text("page.imports.nothing"))
	case check && c.State == platform.ChoreFinished:
		out.Lead = append(out.Lead, v.text("page.imports.checked"))
		if came.Rejected > 0 {
			out.Lead = append(out.Lead, v.text("page.imports.checked_mistakes"))
		}
		if kept {
			out.Acts = append(out.Acts, again)
		} else {
			out.Lead = append(out.Lead, v.text("page.imports.gone"))
		}
	case check:
		out.Lead = append(out.Lead, v.text("page.imports.unchecked"))
	case c.State == platform.ChoreFinished && came.Rejected > 0:
		out.Lead = append(out.Lead, v.text("page.imports.done_mistakes"))
	case c.State == platform.ChoreFinished:
		out.Lead = append(out.Lead, v.text("page.imports.done"))
	default:
		out.Lead = append(out.Lead, v.text("page.imports.broken"))
		if again.Label = v.text("page.imports.repeat"); kept {
			out.Acts = append(out.Acts, again)
		}
	}
	if !check && (sort == "needs" || sort == "offers") && came.Rows > 0 {
		out.Links = append(out.Links, link{v.within("/" + sort), v.text("page.imports.to_list")})
	}
	v.showMistakes(c, &came, p.Platform.Now().Sub(c.Asked) < platform.UploadKept, out)
	out.Links = append(out.Links, link{v.within("/office/imports/" + sort), v.text("page.imports.another")})
}

// stillThere reports whether a file that is kept until an instant is there now.
func stillThere(until string, now time.Time) bool {
	t, err := time.Parse(time.RFC3339, until)
	return err == nil && now.Before(t)
}

// showMistakes lists the first mistakes of a file, and leads to all.
func (v *visit) showMistakes(c *platform.Chore, came *importOutcome, kept bool, out *officeChore) {
	if len(came.Mistakes) == 0 {
		return
	}
	out.Legend = v.say(message.New("page.imports.mistakes", message.Int("number", came.Number), message.Int("shown", len(came.Mistakes))))
	for _, m := range came.Mistakes {
		out.Mistakes = append(out.Mistakes, mistakeRow{v.words.Integer(int64(m.Line)), m.ID, m.Column, v.mistaken(m)})
	}
	if kept && came.Full != "" {
		out.Full = link{v.choreAt(c) + "/mistakes", v.say(message.New("page.imports.full", message.Int("number", came.Listed)))}
	}
}

// mistaken is a mistake in words.
func (v *visit) mistaken(m rowMistake) string {
	sentence := v.say(m.Sentence)
	if m.Rows > 1 {
		sentence += " " + v.say(message.New("cli.history.more", message.Count(m.Rows-1)))
	}
	return sentence
}

// importMistakes sends the list of the mistakes of a file, as a table.
func (p *pages) importMistakes(v *visit) error {
	c, err := p.Platform.Chore(v.Request.Context(), v.actor(), v.conv.ID, v.Param("id"))
	if err != nil {
		return err
	}
	var came importOutcome
	if _, is := isImport(c); !is || json.Unmarshal(c.Outcome, &came) != nil || came.Full == "" {
		return cooperation.Absent()
	}
	content, err := p.Platform.Upload(v.Request.Context(), v.actor(), v.conv.ID, came.Full)
	if err != nil {
		return err
	}
	defer content.Close()
	var list []rowMistake
	if err := json.NewDecoder(content).Decode(&list); err != nil {
		return err
	}
	rows := [][]string{{v.text("page.imports.line"), "external_id", v.text("page.imports.column"), v.text("page.imports.wrong")}}
	for _, m := range list {
		rows = append(rows, []string{strconv.Itoa(m.Line), m.ID, m.Column, v.mistaken(m)})
	}
	return v.table("mistakes.csv", rows)
}

// table sends a table as a file that spreadsheet programs open. What stands in
// its cells is never a formula to them.
func (v *visit) table(name string, rows [][]string) error {
	headers(v.Writer.Header(), v.words.Language())
	v.Header("Content-Type", "text/csv; charset=utf-8")
	v.Header("Content-Disposition", `attachment; filename="`+name+`"`)
	v.Header("Cache-Control", "no-store")
	v.Status(http.StatusOK)
	_, _ = io.WriteString(v.Writer, "\uFEFF") // the reader may have gone away
	w := csv.NewWriter(v.Writer)
	for _, row := range rows {
		for i, cell := range row {
			row[i] = exchange.Tame(cell)
		}
		_ = w.Write(row) // the reader may have gone away
	}
	w.Flush()
	return nil
}
