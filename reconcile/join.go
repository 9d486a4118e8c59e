package reconcile

import (
	"cmp"
	"container/heap"
	"errors"
	"fmt"
	"iter"
	"slices"
)

// ErrNotOnePlan means that parts do not make up a plan: one is missing, stands
// twice, or does not hold what it must.
var ErrNotOnePlan = errors.New("the shards do not make up one plan")

// Join makes the plan of all customers from the parts of all shards, in any
// order: the plan that Build makes of the same inputs. Of in it needs all but
// the records, the decisions and the previous rows.
func Join(in Inputs, parts []ShardPlan) (Plan, error) {
	in.Policy.fillDefaults()
	parts = slices.SortedFunc(slices.Values(parts), func(a, b ShardPlan) int { return cmp.Compare(a.Shard.K, b.Shard.K) })
	if err := allOfOne(parts); err != nil {
		return Plan{}, err
	}
	j := &joining{planning: planning{in: in, fold: newFolder(), plan: emptyPlan(in)}, parts: parts, shared: make(map[sharedName]*OfferMatch)}
	j.takeCommon()
	if err := j.mergeRows(); err != nil {
		return Plan{}, err
	}
	if err := j.takeFates(); err != nil {
		return Plan{}, err
	}
	if err := j.listJoined(); err != nil {
		return Plan{}, err
	}
	j.listMatches()
	return j.plan, nil
}

// allOfOne tells whether sorted parts are those of all shards, each once, which
// answer for as many rows as were read.
func allOfOne(parts []ShardPlan) error {
	if len(parts) == 0 {
		return fmt.Errorf("%w: there is none", ErrNotOnePlan)
	}
	read, answered := parts[0].Records, 0
	for i, part := range parts {
		if part.Shard != (Shard{i + 1, len(parts)}) || part.Records != read {
			return fmt.Errorf("%w: shard %s of %d rows stands where %d/%d of %d rows must", ErrNotOnePlan,
				part.Shard, part.Records, i+1, len(parts), read)
		}
		answered += len(part.Own)
	}
	if answered != read {
		return fmt.Errorf("%w: they answer for %d of %d rows read", ErrNotOnePlan, answered, read)
	}
	return nil
}

// joining carries a Join from step to step.
type joining struct {
	planning
	parts  []ShardPlan
	shared map[sharedName]*OfferMatch
	rowAt  [][]int32 // by part and its row: index into plan.Rows
}

// A sharedName names a match that rows of several shards may have.
type sharedName struct {
	query OfferQuery
	kind  MatchKind
}

// takeCommon takes what all parts say alike, and what stands in no order of
// rows.
func (j *joining) takeCommon() {
	one := &j.parts[0]
	j.plan.Region, j.plan.Choices, j.plan.Registers, j.plan.Places = one.Region, one.Choices, one.Registers, one.Places
	unseenBy := make(map[string]int)
	for i := range j.parts {
		part := &j.parts[i]
		j.plan.Extra = append(j.plan.Extra, part.Extra...)
		for k := range part.Vanished {
			unseenBy[part.Vanished[k].Key]++
		}
	}
	slices.SortFunc(j.plan.Extra, func(a, b InCSPRow) int { return comparePlaces(a.Source, b.Source) })
	for _, was := range one.Vanished {
		if unseenBy[was.Key] == len(j.parts) {
			j.plan.Vanished = append(j.plan.Vanished, was)
		}
	}
}

// mergeRows puts the rows of all parts into the order of the plan. Each part has
// them in that order already, so the least of the first rows is always next.
func (j *joining) mergeRows() error {
	total := 0
	for i := range j.parts {
		total += j.parts[i].Rows
		j.rowAt = append(j.rowAt, make([]int32, 0, j.parts[i].Rows))
	}
	j.plan.Rows = make([]Row, 0, total)
	var heads heads
	customers := 0
	for i := range j.parts {
		next, stop := iter.Pull2(j.parts[i].Each)
		defer stop()
		h := &head{part: i, customers: customers, matches: j.matchesOf(&j.parts[i]), next: next}
		customers += len(j.parts[i].Customers)
		if slices.ContainsFunc(j.parts[i].Customers, func(c Customer) bool { return c.Facts == nil }) {
			return fmt.Errorf("%w: shard %s: the facts of a customer are not there", ErrNotOnePlan, j.parts[i].Shard)
		}
		j.plan.Customers = append(j.plan.Customers, j.parts[i].Customers...)
		more, err := j.advance(h)
		if err != nil {
			return err
		}
		if more {
			heads = append(heads, h)
		}
	}
	heap.Init(&heads)
	for len(heads) > 0 {
		h := heads[0]
		j.rowAt[h.part] = append(j.rowAt[h.part], int32(len(j.plan.Rows)))
		j.plan.Rows = append(j.plan.Rows, h.row)
		more, err := j.advance(h)
		switch {
		case err != nil:
			return err
		case more:
			heap.Fix(&heads, 0)
		default:
			heap.Pop(&heads)
		}
	}
	return nil
}

// matchesOf are the matches of a part, those that rows of other parts share
// taken from there.
func (j *joining) matchesOf(part *ShardPlan) []*OfferMatch {
	matches := make([]*OfferMatch, len(part.Matches))
	for i, a := range part.Matches {
		matches[i] = a.Match
		if a.Kind == MatchAlone {
			continue
		}
		name := sharedName{a.Match.Query, a.Kind}
		if known, ok := j.shared[name]; ok {
			matches[i] = known
		} else {
			j.shared[name] = a.Match
		}
	}
	return matches
}

// A head is the next row of a part.
type head struct {
	part      int
	customers int // of the parts before it
	matches   []*OfferMatch
	next      func() (ShardRow, error, bool)
	taken     int

	row   Row
	place placed
}

// advance takes the next row of the part; false at its end.
func (j *joining) advance(h *head) (bool, error) {
	part := &j.parts[h.part]
	r, err, more := h.next()
	wrong := func(what string) error {
		return fmt.Errorf("%w: shard %s, row %d: %s", ErrNotOnePlan, part.Shard, h.taken+1, what)
	}
	switch {
	case err != nil:
		return false, err
	case !more && h.taken != part.Rows:
		return false, wrong(fmt.Sprintf("the last of %d rows is missing", part.Rows))
	case !more:
		return false, nil
	case h.taken == part.Rows:
		return false, wrong("it has more rows than it says")
	case r.Row.Sub == nil || r.Row.Sub.Customer == nil || r.Row.Sub.OfferFacts == nil || !j.plan.hasSpot(r.Row.From):
		return false, wrong("its facts are not there")
	case r.Match < 0 || int(r.Match) >= len(h.matches):
		return false, wrong("its offer is not there")
	case r.Row.Customer < 0 || int(r.Row.Customer) >= len(part.Customers):
		return false, wrong("its customer is not there")
	}
	before := h.place
	customer := &part.Customers[r.Row.Customer]
	h.row = r.Row
	h.row.Customer += int32(h.customers)
	h.row.Match = h.matches[r.Match]
	h.row.Target = h.row.Match.Target
	h.place = placed{r.Row.Sub.Expires, j.fold.name(cmp.Or(r.Row.Sub.Customer.Name, customer.Facts.Title())), j.fold.name(r.Row.Sub.OfferTitle), r.Row.Key}
	if h.taken > 0 && comparePlaced(&before, &h.place) > 0 {
		return false, wrong("it is out of order")
	}
	h.taken++
	return true, nil
}

// heads is a heap of parts, the one whose row comes first at the top; of equal
// places that of the shard with the lower number.
type heads []*head

func (h heads) Len() int { return len(h) }
func (h heads) Less(i, k int) bool {
	return cmp.Or(comparePlaced(&h[i].place, &h[k].place), cmp.Compare(h[i].part, h[k].part)) < 0
}
func (h heads) Swap(i, k int) { h[i], h[k] = h[k], h[i] }
func (h *heads) Push(x any)   { *h = append(*h, x.(*head)) }
func (h *heads) Pop() any {
	old := *h
	last := old[len(old)-1]
	*h = old[:len(old)-1]
	return last
}

// takeFates tells each record what became of it. One that two shards answer for
// would be counted twice, and another lost.
func (j *joining) takeFates() error {
	j.plan.Fates = make([]Fate, j.parts[0].Records)
	for n := range j.parts {
		part := &j.parts[n]
		for _, own := range part.Own {
			if own.At < 0 || int(own.At) >= len(j.plan.Fates) || j.plan.Fates[own.At].Outcome != OutcomeMissing {
				return fmt.Errorf("%w: shard %s: row %d of those read is not its own", ErrNotOnePlan, part.Shard, own.At+1)
			}
			fate := own.Fate
			if fate.Row != noRow {
				if fate.Row < 0 || int(fate.Row) >= len(j.rowAt[n]) {
					return fmt.Errorf("%w: shard %s: row %d of those read leads nowhere", ErrNotOnePlan, part.Shard, own.At+1)
				}
				fate.Row = j.rowAt[n][fate.Row]
			}
			if fate.Other != noRecord && (fate.Other < 0 || int(fate.Other) >= len(j.plan.Fates)) {
				return fmt.Errorf("%w: shard %s: row %d of those read repeats none", ErrNotOnePlan, part.Shard, own.At+1)
			}
			j.plan.Fates[own.At] = fate
		}
	}
	return nil
}

// listJoined puts the customers of all parts into their order and points the
// rows to them.
func (j *joining) listJoined() error {
	all := j.plan.Customers
	rowsOf := GroupRows(j.plan.Rows, len(all))
	for n := range all {
		all[n].Rows = rowsOf.Of(int32(n))
	}
	order := make([]int, len(all))
	for i := range order {
		if order[i] = i; len(all[i].Rows) == 0 {
			return fmt.Errorf("%w: customer %s has no row", ErrNotOnePlan, all[i].Key)
		}
	}
	place := func(i int) *placed {
		c := &all[i]
		return &placed{expires: j.plan.Rows[c.Rows[0]].Sub.Expires, name: j.fold.name(c.Facts.Title()), key: c.Key}
	}
	slices.SortStableFunc(order, func(a, b int) int { return comparePlaced(place(a), place(b)) })
	j.plan.Customers = slices.Grow([]Customer(nil), len(order))
	for at, i := range order {
		j.plan.Customers = append(j.plan.Customers, all[i])
		for _, r := range all[i].Rows {
			j.plan.Rows[r].Customer = int32(at)
		}
	}
	return nil
}
