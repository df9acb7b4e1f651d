package plan

// none is no node and no arc.
const none int32 = -1

// tree is the spanning tree of a simplex, the root at the top. From every node
// something can flow to the root along it; the choice of the arc that leaves
// keeps it so, and that is why the simplex ends.
type tree struct {
	parent []int32
	arc    []int32 // to the parent
	up     []bool  // whether the arc leads to the parent
	depth  []int32
	price  []wide // potential: arcs of the tree cost nothing after it

	first, next, previous []int32 // children

	path []int32
	open []int32
}

// grow adds a node that does not hang yet.
func (t *tree) grow() {
	t.parent, t.arc, t.up = append(t.parent, none), append(t.arc, none), append(t.up, false)
	t.depth, t.price = append(t.depth, 0), append(t.price, wide{})
	t.first, t.next, t.previous = append(t.first, none), append(t.next, none), append(t.previous, none)
}

// hang puts a node with what is below it under a parent, by an arc.
func (t *tree) hang(g *network, v, parent, by int32) {
	t.parent[v], t.arc[v], t.up[v] = parent, by, g.arcs[by].from == v
	t.previous[v], t.next[v] = none, t.first[parent]
	if t.next[v] != none {
		t.previous[t.next[v]] = v
	}
	t.first[parent] = v
}

// take takes a node with what is below it from its parent.
func (t *tree) take(v int32) {
	if t.previous[v] != none {
		t.next[t.previous[v]] = t.next[v]
	} else {
		t.first[t.parent[v]] = t.next[v]
	}
	if t.next[v] != none {
		t.previous[t.next[v]] = t.previous[v]
	}
}

// rehang cuts off what is below cut and hangs it under parent by the arc from
// its node v, turning around the way between the two.
func (t *tree) rehang(g *network, cut, v, parent, by int32) {
	t.path = t.path[:0]
	for u := v; ; u = t.parent[u] {
		t.path = append(t.path, u, t.arc[u])
		if u == cut {
			break
		}
	}
	for i := 0; i < len(t.path); i += 2 {
		t.take(t.path[i])
	}
	t.hang(g, v, parent, by)
	for i := 2; i < len(t.path); i += 2 {
		t.hang(g, t.path[i], t.path[i-2], t.path[i-1])
	}
	t.settle(g, v)
}

// settle works out depth and price of a node and all below it.
func (t *tree) settle(g *network, v int32) {
	t.open = append(t.open[:0], v)
	for len(t.open) > 0 {
		u := t.open[len(t.open)-1]
		t.open = t.open[:len(t.open)-1]
		parent := t.parent[u]
		t.depth[u] = t.depth[parent] + 1
		if cost := g.arcs[t.arc[u]].cost; t.up[u] {
			t.price[u] = t.price[parent].minus(cost)
		} else {
			t.price[u] = t.price[parent].plus(cost)
		}
		for c := t.first[u]; c != none; c = t.next[c] {
			t.open = append(t.open, c)
		}
	}
}
