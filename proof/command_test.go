package proof_test

import (
	"fmt"
	"net/http"
	"slices"
	"time"

	"pgregory.net/rapid"

	"entente/cooperation"
)

// command is a request with what the model says must come of it.
type command struct {
	who, method, path string
	body              any
	headers           []string
	want              int           // the status
	then              func(answer)  // what the model becomes when it succeeds
	silent            bool          // it may succeed and change nothing
	within            bool          // what is not there is a part of a document that is
	passes            time.Duration // instead of a request, time passes
	blind             bool          // and nobody looks at the clocks
}

// row is a sort of command: when it makes sense at all, and how one is made up.
type row struct {
	name string
	when func(*model) bool
	make func(*model, *draw) command
}

// rows are all sorts of commands. A new step of the way from a need to a
// partnership is a new row, here or in a table beside the others.
func rows() []row {
	return slices.Concat(postingRows(), proposalRows(), introductionRows(), reviewRows(), agreementRows(), partnershipRows(), timeRows())
}

// draw makes choices that rapid can repeat and make simpler.
type draw struct{ t *rapid.T }

// pick chooses one of so many, each as often as the others; the first is the
// simplest. The library's own ranges prefer what is small, so that of fifty
// commands the first few would be nearly all that is ever played.
func (d *draw) pick(what string, of int) int {
	return rapid.Custom(func(t *rapid.T) (n int) {
		for range 12 {
			if n *= 2; rapid.Bool().Draw(t, "bit") {
				n++
			}
		}
		return n % of
	}).Draw(d.t, what)
}

// among chooses one of a list.
func among[T any](d *draw, what string, list []T) T { return list[d.pick(what, len(list))] }

// who is somebody who may do it or, at times, anybody.
func (d *draw) who(may func(who string) bool) string {
	all := everybody()
	proper := slices.DeleteFunc(slices.Clone(all), func(who string) bool { return !may(who) })
	if len(proper) > 0 && d.pick("anybody", 6) > 0 {
		all = proper
	}
	return among(d, "who", all)
}

// one chooses among what the model has of a sort.
func one[T any](d *draw, m *model, of map[string]T, fit func(T) bool) T {
	var ids []string
	for _, id := range m.order {
		if v, ok := of[id]; ok && fit(v) {
			ids = append(ids, id)
		}
	}
	return of[among(d, "which", ids)]
}

func some[T any](of map[string]T, fit func(T) bool) bool {
	for _, v := range of {
		if fit(v) {
			return true
		}
	}
	return false
}

func anything[T any](T) bool { return true }

// apt is the condition of what a command may be done to or, mostly and where there
// is some, of what it comes to something with.
func apt[T any](d *draw, of map[string]T, is, fit func(T) bool) func(T) bool {
	both := func(v T) bool { return is(v) && fit(v) }
	if d.pick("apt", 4) > 0 && some(of, both) {
		return both
	}
	return is
}

// verdict is the status that a command must be answered with: what one may not
// see is not there, what one may not do is refused, and so is what the step does
// not allow.
func verdict(who string, sees, may, can bool) int {
	switch {
	case who == "":
		return http.StatusUnauthorized
	case !sees:
		return http.StatusNotFound
	case !may:
		return http.StatusForbidden
	case !can:
		return http.StatusConflict
	}
	return http.StatusOK
}

// matched is the header that names the version that a command was decided on.
func matched(version uint64) []string {
	return []string{"If-Match", fmt.Sprintf("%q", fmt.Sprint(version))}
}

// timeRows let time pass, and the matcher run.
func timeRows() []row {
	return []row{
		{"time passes", func(*model) bool { return true }, func(m *model, d *draw) command {
			days := among(d, "days", []int{1, 3, 8, 30, 90, 400})
			return command{passes: time.Duration(days) * 24 * time.Hour, blind: rapid.Bool().Draw(d.t, "nobody looks at the clocks")}
		}},
		{"the matcher runs", func(*model) bool { return true }, func(m *model, d *draw) command {
			return m.run(d.who(runs))
		}},
	}
}

func (m *model) run(who string) command {
	c := command{who: who, method: http.MethodPost, path: "/api/v1/runs", body: `{"convention":"` + convention + `"}`, want: verdict(who, true, runs(who), true), silent: true}
	if c.want == http.StatusOK {
		c.want = http.StatusCreated
	}
	c.then = func(answer) {
		m.match(func(need, offer string) string { return cooperation.ProposalID(convention, need, offer) })
	}
	return c
}
