package reconcile

// A Place is where rows stand together: a file, or a sheet of one.
type Place struct {
	File  string // path as given, with forward slashes
	Sheet string // empty for CSV
}

// A Spot is where a row was read, in a fifth of the bytes of a Source and without
// pointers: there is one for each record and each row, and of places there are few.
type Spot struct {
	Place int32 // index into Plan.Places
	Row   int32 // as Source.Row
}

// Source is what a spot says in full.
func (p *Plan) Source(at Spot) Source {
	place := &p.Places[at.Place]
	return Source{place.File, place.Sheet, int(at.Row)}
}

// hasSpot tells whether a spot is at a place of the plan.
func (p *Plan) hasSpot(at Spot) bool { return at.Place >= 0 && int(at.Place) < len(p.Places) }

// Sources are the places of a row's records: of the planned one, then of the merged
// ones.
func (p *Plan) Sources(r *Row) []Source {
	if t := r.told(); t.Sources != nil {
		return t.Sources
	}
	return []Source{p.Source(r.From)}
}

// A placeFinder finds the spots of sources, and lists the places of a plan on the way.
type placeFinder struct {
	plan  *Plan
	known map[Place]int32
	last  int32 // rows of one place mostly stand together
}

func newPlaceFinder(p *Plan) *placeFinder {
	f := &placeFinder{plan: p, known: make(map[Place]int32), last: -1}
	for n, place := range p.Places {
		f.known[place] = int32(n)
	}
	return f
}

func (f *placeFinder) spot(s *Source) Spot {
	place := Place{s.File, s.Sheet}
	if f.last < 0 || f.plan.Places[f.last] != place {
		n, known := f.known[place]
		if !known {
			n = int32(len(f.plan.Places))
			f.plan.Places, f.known[place] = append(f.plan.Places, place), n
		}
		f.last = n
	}
	return Spot{f.last, int32(s.Row)}
}
