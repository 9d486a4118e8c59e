package input

// A slab allocates many values at once, for half the price of one by one. The
// values of one allocation stay as a whole, so that the first ones come alone.
type slab[T any] struct {
	room []T
	made int
}

// mostInSlab is how many values are allocated at once. Beside 64 of them, Go keeps
// half a kilobyte that nothing uses, and the collector of garbage looks up each
// allocation that it meets.
const mostInSlab = 1024

// next is a zero value.
func (s *slab[T]) next() *T {
	if len(s.room) == 0 {
		s.room = make([]T, min(max(1, s.made), mostInSlab))
		s.made += len(s.room)
	}
	t := &s.room[0]
	s.room = s.room[1:]
	return t
}

func (s *slab[T]) keep(value T) *T {
	t := s.next()
	*t = value
	return t
}
