package matching

import "slices"

// maxSteps is how many different similarities above nothing two themes of a
// convention may have so that a table of them can be made: five in a tree of
// four levels.
const maxSteps = 5

// closeness is the part "theme" for one need, by table. Each theme of an offer
// has a word: for each theme of the need as many low bits in a row as its
// similarity is steps above nothing. The highest similarity of several themes is
// then the union of their words, and the union leads to the points.
type closeness struct {
	vocabulary *vocabulary
	grades     [][]uint8 // [theme][theme]: how many steps above nothing
	steps      []int32   // the similarities, nothing first

	themes []uint16 // of the need
	weight int32
	words  []uint16 // by theme
	points []int32  // by union of words
}

// learn prepares for a vocabulary. It reports whether a table can be made.
func (c *closeness) learn(v *vocabulary) bool {
	if c.vocabulary == v {
		return c.grades != nil
	}
	c.vocabulary, c.grades, c.themes, c.weight = v, nil, nil, -1
	c.steps = append(c.steps[:0], 0)
	for _, row := range v.similarity {
		for _, value := range row {
			if at, known := slices.BinarySearch(c.steps, value); !known {
				c.steps = slices.Insert(c.steps, at, value)
			}
		}
		if len(c.steps) > maxSteps+1 {
			return false
		}
	}
	for _, row := range v.similarity {
		grades := make([]uint8, len(row))
		for t, value := range row {
			at, _ := slices.BinarySearch(c.steps, value)
			grades[t] = uint8(at)
		}
		c.grades = append(c.grades, grades)
	}
	return true
}

// prepare makes the table for the themes of a need, at most MaxThemes. It reports
// false when none can be made.
func (c *closeness) prepare(v *vocabulary, themes []uint16, weight int32) bool {
	if !c.learn(v) {
		return false
	}
	if c.weight == weight && slices.Equal(c.themes, themes) {
		return true
	}
	c.themes, c.weight = append(c.themes[:0], themes...), weight
	c.words = zeros(c.words, len(c.grades))
	width := len(c.steps) - 1
	for i, wanted := range themes {
		for t, grade := range c.grades[wanted] {
			c.words[t] |= low(grade) << (i * width)
		}
	}
	if size := 1 << (MaxThemes * width); len(c.points) < size {
		c.points = make([]int32, size)
	}
	c.fill(0, 0, 0)
	return true
}

// low is a word of so many bits.
func low(grade uint8) uint16 { return 1<<grade - 1 }

// fill enters what the unions of words are worth whose first themes are so close
// together already.
func (c *closeness) fill(place int, union uint16, sum int32) {
	if place == len(c.themes) {
		c.points[union] = 0
		if place > 0 {
			c.points[union] = points(sum/(1<<place-1), c.weight)
		}
		return
	}
	for grade, value := range c.steps {
		c.fill(place+1, union|low(uint8(grade))<<(place*(len(c.steps)-1)), 2*sum+value)
	}
}
