package output

import (
	"time"

	"cspplan/reconcile"
)

// A TrendPoint is how the plan of an earlier as-of date stood: subscriptions by
// status.
type TrendPoint struct {
	AsOf     string         `json:"as_of"`
	Run      string         `json:"run"`
	Started  time.Time      `json:"started"`
	Statuses map[string]int `json:"statuses"`
}

// Sound tells whether a point can be shown: its date is one, its statuses are
// statuses, and no count is negative. A damaged run.json may be JSON all the
// same.
func (p TrendPoint) Sound() bool {
	if d, err := reconcile.ParseDate(p.AsOf); err != nil || !d.Known() || d.String() != p.AsOf {
		return false
	}
	for status, n := range p.Statuses {
		if _, ok := reconcile.ParseStatus(status); !ok || n < 0 {
			return false
		}
	}
	return len(p.Statuses) > 0
}

// AddsUp tells whether the statuses of a run make up its planned rows: else its
// record is not to be trusted.
func (r Run) AddsUp() bool {
	sum := 0
	for _, n := range r.Counts.Statuses {
		sum += n
	}
	return sum == r.Counts.Outcomes[reconcile.Planned.String()]
}
