package reference

// Relation says how far the speakers of one language are served by another.
type Relation uint8

// The relations between two languages.
const (
	// None: no relation that the tables hold.
	None Relation = iota
	// Macro: both belong to one macro-language of ISO 639-3, or their speakers
	// understand each other.
	Macro
	// Official: wherever one of them is official in a whole country, the
	// other is official too.
	Official
	// Same: the same base language, whatever the script or country.
	Same
)

var relationCodes = [...]string{"none", "macro", "official", "same"}

// String returns none, macro, official or same.
func (r Relation) String() string {
	if int(r) < len(relationCodes) {
		return relationCodes[r]
	}
	return relationCodes[None]
}

// Understood returns how two languages are related. The order of the two does
// not matter; "" is related to nothing. It does not allocate.
func Understood(a, b Language) Relation {
	x, y := a.Base(), b.Base()
	switch {
	case x == "" || y == "":
		return None
	case x == y:
		return Same
	case x > y:
		x, y = y, x
	}
	return all.relations[[2]string{x, y}]
}

func (t *tables) loadRelations() {
	const table = "relations.tsv"
	eachRow(table, 3, func(f []string) {
		if f[0] >= f[1] {
			panic("reference: " + table + " holds " + f[0] + " and " + f[1] + " in the wrong order")
		}
		t.relations[[2]string{f[0], f[1]}] = must(parseRelation(f[2]))(table, f[2])
	})
}

func parseRelation(code string) (Relation, bool) {
	for i, known := range relationCodes {
		if code == known {
			return Relation(i), true
		}
	}
	return None, false
}
