package matching

// numbering numbers what it is shown, from 0.
type numbering[K comparable] struct {
	number map[K]uint32
	list   []K
}

// maxNumber is the highest number that a brief holds of a list of languages or
// of providers.
const maxNumber = 1<<16 - 1

// of returns the number of a key, a new one when it is new.
func (n *numbering[K]) of(key K) uint32 {
	number, known := n.number[key]
	if !known {
		if n.number == nil {
			n.number = map[K]uint32{}
		}
		number = uint32(len(n.list))
		n.number[key] = number
		n.list = append(n.list, key)
	}
	return number
}
