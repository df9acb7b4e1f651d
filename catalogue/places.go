package catalogue

import "slices"

// places finds ordinals by a key, in ascending order.
type places map[string][]uint32

func (p places) add(key string, ordinal uint32) {
	list := p[key]
	if i, found := slices.BinarySearch(list, ordinal); !found {
		p[key] = slices.Insert(list, i, ordinal)
	}
}

func (p places) remove(key string, ordinal uint32) {
	list := p[key]
	i, found := slices.BinarySearch(list, ordinal)
	switch {
	case !found:
	case len(list) == 1:
		delete(p, key)
	default:
		p[key] = slices.Delete(list, i, i+1)
	}
}
