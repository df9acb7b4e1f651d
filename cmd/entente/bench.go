package main

import (
	"context"
	"encoding/json"
	"runtime"
	"slices"
	"strconv"
	"time"

	"entente/matching"
	"entente/matching/matchbench"
	"entente/message"
)

// benchCommand measures the program on this machine.
type benchCommand struct {
	Match benchMatch `cmd:"" help:"${cli_bench_match_help}"`
}

type benchMatch struct {
	Needs  int    `help:"${cli_bench_needs}" default:"10000" placeholder:"N"`
	Offers int    `help:"${cli_bench_offers}" default:"10000" placeholder:"M"`
	K      int    `help:"${cli_bench_k}" name:"k" default:"10" placeholder:"K"`
	Seed   uint64 `help:"${cli_bench_seed}" default:"1" placeholder:"S"`
	JSON   bool   `help:"${cli_option_json}" name:"json"`
}

// benchResult is the form of bench match --json.
type benchResult struct {
	Needs              int     `json:"needs"`
	Offers             int     `json:"offers"`
	K                  int     `json:"k"`
	Seconds            float64 `json:"seconds"`
	BruteSecondsScaled float64 `json:"brute_seconds_scaled"`
	PeakBytes          uint64  `json:"peak_bytes"`
	SingleMedianMS     float64 `json:"single_median_ms"`
	UpdateMedianMS     float64 `json:"update_median_ms"`
	NanosecondsPerPair float64 `json:"ns_per_pair"`
}

// Run is called by kong.
func (c *benchMatch) Run(ctx context.Context, p *program) error {
	setting, err := matchbench.Setting()
	if err != nil {
		return err
	}
	workers := runtime.GOMAXPROCS(0)
	needs, offers := matchbench.Generate(c.Seed, c.Needs, c.Offers)
	peak := watchMemory()
	began := time.Now()
	index := matching.NewIndex(matchbench.Now, setting, needs, offers)
	if _, err := index.Needs(ctx, c.K, workers); err != nil {
		return err
	}
	r := benchResult{Needs: c.Needs, Offers: c.Offers, K: c.K, Seconds: time.Since(began).Seconds()}
	r.PeakBytes = peak()
	if r.BruteSecondsScaled, err = c.brute(ctx, setting, needs, offers, workers); err != nil {
		return err
	}
	r.SingleMedianMS = median(200, func(i int) { index.ForNeed(&needs[i%len(needs)], c.K) })
	r.UpdateMedianMS = c.update(index)
	if pairs := float64(c.Needs) * float64(c.Offers); pairs > 0 {
		r.NanosecondsPerPair = r.Seconds * 1e9 / pairs
	}
	if c.JSON {
		return json.NewEncoder(p.out).Encode(r)
	}
	p.say("cli.bench.match", message.Int("needs", r.Needs), message.Int("offers", r.Offers), message.Int("k", r.K),
		p.figure("seconds", r.Seconds), p.figure("brute", r.BruteSecondsScaled), message.Int("megabytes", int64(r.PeakBytes>>20)),
		p.figure("single", r.SingleMedianMS), p.figure("update", r.UpdateMedianMS))
	return nil
}

// updateSample is how many changed offers are put into the index.
const updateSample = 1000

// update measures how long it takes until a changed offer is in the index: each
// takes the place of one that is there, and every change builds on the last.
func (c *benchMatch) update(index *matching.Index) float64 {
	_, changed := matchbench.Generate(c.Seed+1, 0, min(updateSample, c.Offers))
	if len(changed) == 0 {
		return 0
	}
	step := c.Offers / len(changed)
	return median(len(changed), func(i int) {
		changed[i].ID = matchbench.OfferID(i * step)
		index = index.PutOffer(&changed[i])
	})
}

// bruteSample is how many needs the naive definition is measured on, and
// brutePairs how many pairs at the most.
const (
	bruteSample = 200
	brutePairs  = 20_000_000
)

// brute measures the definition on all cores over a sample, and scales the
// time up to all needs.
func (c *benchMatch) brute(ctx context.Context, s *matching.Setting, needs []matching.Need, offers []matching.Offer, workers int) (float64, error) {
	sample := needs[:min(bruteSample, len(needs), max(1, brutePairs/max(1, len(offers))))]
	if len(sample) == 0 {
		return 0, nil
	}
	began := time.Now()
	_, err := matching.BruteForce(ctx, matchbench.Now, s, sample, offers, c.K, workers)
	return time.Since(began).Seconds() * float64(len(needs)) / float64(len(sample)), err
}

// median is the middle of so many timings, in milliseconds.
func median(times int, f func(i int)) float64 {
	all := make([]float64, times)
	for i := range all {
		began := time.Now()
		f(i)
		all[i] = float64(time.Since(began).Nanoseconds()) / 1e6
	}
	slices.Sort(all)
	return all[len(all)/2]
}

// watchMemory samples the memory that the process has taken from the system;
// the function that it returns ends that and says the highest value seen.
func watchMemory() func() uint64 {
	stop, result := make(chan struct{}), make(chan uint64)
	go func() {
		var highest uint64
		tick := time.NewTicker(20 * time.Millisecond)
		defer tick.Stop()
		for {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			highest = max(highest, m.Sys-m.HeapReleased)
			select {
			case <-stop:
				result <- highest
				return
			case <-tick.C:
			}
		}
	}()
	return func() uint64 { close(stop); return <-result }
}

// figure makes an argument of a measured number.
func (p *program) figure(name string, value float64) message.Arg {
	return message.Of(message.Text, name, p.local.Decimal(strconv.FormatFloat(value, 'f', 3, 64)))
}
