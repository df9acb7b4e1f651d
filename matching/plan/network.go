package plan

// network is a graph through which portions flow in circles at the least cost:
// from the root through providers and their offers to needs and back. Every
// arc can be left empty, so that no flow at all is a beginning.
type network struct {
	nodes int32
	arcs  []arc
}

// arc is a way from one node to another.
type arc struct {
	from, to int32
	state    state
	capacity int64
	flow     int64
	cost     wide // of a portion; negative where it is good
}

// state says what an arc is to the tree of a simplex.
type state int8

// The states. The outer ones are signs: an arc that is empty can take more, one
// that is full can only give back.
const (
	full   state = -1
	inTree state = 0
	empty  state = 1
)

// add adds an arc and returns its place.
func (g *network) add(from, to int32, capacity int64, cost wide) int32 {
	g.arcs = append(g.arcs, arc{from: from, to: to, state: empty, capacity: capacity, cost: cost})
	return int32(len(g.arcs) - 1)
}

// grow adds a node and returns it.
func (g *network) grow() int32 {
	g.nodes++
	return g.nodes - 1
}
