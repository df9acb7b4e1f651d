package plan

import (
	"context"
	"math"
)

// simplex is the primal network simplex on a network whose nodes all hang in a
// tree. It looks for the arc that enters block by block, taking the best one of
// the first block that has any, and always from the same place: the same
// network gives the same flow. It looks among the arcs that are awake; when
// these have none, it wakes those of the others that could enter, and only when
// there are none is it done. Most pairings of a large problem never wake.
type simplex struct {
	*network
	*tree
	awake  []int32
	asleep []int32 // arcs that are empty
	at     int     // where in awake the search goes on
	pivots int
}

// patience is how many pivots are made between two looks at the context.
const patience = 1024

// run makes the flow of the network the cheapest there is.
func (s *simplex) run(ctx context.Context) error {
	for {
		block := max(64, int(math.Sqrt(float64(len(s.awake)))))
		if s.pivots%patience == 0 && ctx.Err() != nil {
			return context.Cause(ctx)
		}
		entering := s.entering(block)
		if entering == none {
			if !s.wake() {
				return nil
			}
			continue
		}
		s.pivot(entering)
		s.pivots++
	}
}

// reduced is what a portion more on an arc costs, all told.
func (s *simplex) reduced(a *arc) wide {
	return a.cost.plus(s.price[a.from]).minus(s.price[a.to])
}

// entering returns an arc that makes the flow cheaper, none when there is none.
func (s *simplex) entering(block int) int32 {
	best, found, left := wide{}, none, block
	for range s.awake {
		i := s.awake[s.at]
		if s.at++; s.at == len(s.awake) {
			s.at = 0
		}
		a := &s.arcs[i]
		if a.state != inTree {
			cost := s.reduced(a)
			if a.state == full {
				cost = cost.negated()
			}
			if cost.less(best) {
				best, found = cost, i
			}
		}
		if left--; left == 0 {
			if found != none {
				return found
			}
			left = block
		}
	}
	return found
}

// wake wakes the arcs by which the flow would become cheaper; it reports
// whether there are any.
func (s *simplex) wake() bool {
	before, left := len(s.awake), s.asleep[:0]
	for _, i := range s.asleep {
		if s.reduced(&s.arcs[i]).negative() {
			s.awake = append(s.awake, i)
		} else {
			left = append(left, i)
		}
	}
	s.asleep = left
	return len(s.awake) > before
}

// pivot sends as much as can flow around the circle that an arc closes in the
// tree, and puts the arc in the place of one that stops the flow: the last of
// these on the way around from the node where the circle is nearest to the root.
func (s *simplex) pivot(entering int32) {
	e := &s.arcs[entering]
	first, second := e.from, e.to // the flow enters at first and goes on from second
	if e.state == full {
		first, second = second, first
	}
	join := s.join(first, second)
	amount, cut, side := e.capacity, none, none
	for u := first; u != join; u = s.parent[u] {
		if room := s.room(u, !s.up[u]); room < amount {
			amount, cut, side = room, u, first
		}
	}
	for u := second; u != join; u = s.parent[u] {
		if room := s.room(u, s.up[u]); room <= amount {
			amount, cut, side = room, u, second
		}
	}
	s.send(e, first, second, join, amount)
	if cut == none {
		e.state = -e.state
		return
	}
	leaving := &s.arcs[s.arc[cut]]
	leaving.state = empty
	if leaving.flow > 0 {
		leaving.state = full
	}
	e.state = inTree
	other := first + second - side
	s.rehang(s.network, cut, side, other, entering)
}

// room is how much more can flow over the arc above a node, along the arc or
// against it.
func (s *simplex) room(u int32, along bool) int64 {
	a := &s.arcs[s.arc[u]]
	if along {
		return a.capacity - a.flow
	}
	return a.flow
}

// send lets the amount flow around the circle.
func (s *simplex) send(e *arc, first, second, join int32, amount int64) {
	if amount == 0 {
		return
	}
	e.flow += amount * int64(e.state)
	for u := first; u != join; u = s.parent[u] {
		s.push(u, !s.up[u], amount)
	}
	for u := second; u != join; u = s.parent[u] {
		s.push(u, s.up[u], amount)
	}
}

// push lets the amount flow over the arc above a node, along it or against it.
func (s *simplex) push(u int32, along bool, amount int64) {
	if !along {
		amount = -amount
	}
	s.arcs[s.arc[u]].flow += amount
}

// join is the node nearest to two in the tree that is above both.
func (s *simplex) join(u, v int32) int32 {
	for u != v {
		if s.depth[u] >= s.depth[v] {
			u = s.parent[u]
		} else {
			v = s.parent[v]
		}
	}
	return u
}
