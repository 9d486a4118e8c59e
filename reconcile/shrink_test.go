package reconcile

import "testing"

// Sizes change on a day: the row in force counts, its last day included; a row
// for a SKU goes before those for its plans, and of several plans the most.
func TestLimitsOnTheirDay(t *testing.T) {
	c := &Catalogue{
		Plans: []ServicePlan{{ID: "p0", Code: "SMALL"}, {ID: "p1", Code: "LARGE"}},
		SKUs:  []SKU{{GUID: "large", Plans: []int32{0, 1}}, {GUID: "small", Plans: []int32{0}}, {GUID: "own", Plans: []int32{1}}, {GUID: "none"}},
		Limits: []PlanLimit{
			{Of: "SMALL", What: LimitMailbox, Amount: 50, Until: day("2026-06-30"), Source: "old"},
			{Of: "SMALL", What: LimitMailbox, Amount: 75, From: day("2026-07-01"), Source: "new"},
			{Of: "LARGE", What: LimitMailbox, Amount: 100, Source: "large"},
			{Of: "own", What: LimitMailbox, Amount: 2, Source: "own"},
		},
	}
	c.Index()
	tests := []struct {
		from, to, at string
		want         []Shrink
	}{
		{"large", "small", "2026-06-30", []Shrink{{LimitMailbox, 100, 50, "old"}}},
		{"large", "small", "2026-07-01", []Shrink{{LimitMailbox, 100, 75, "new"}}},
		{"small", "large", "2026-07-01", nil},
		{"large", "large", "2026-07-01", nil},
		{"small", "own", "2026-07-01", []Shrink{{LimitMailbox, 75, 2, "own"}}},
		{"own", "none", "2026-07-01", []Shrink{{LimitMailbox, 2, 0, "own"}}},
		{"none", "own", "2026-07-01", nil},
	}
	for _, tt := range tests {
		got := c.Shrinks([]string{tt.from}, []string{tt.to}, day(tt.at))
		if len(got) != len(tt.want) || len(got) > 0 && got[0] != tt.want[0] {
			t.Errorf("%s to %s on %s: got %+v, want %+v", tt.from, tt.to, tt.at, got, tt.want)
		}
	}
}
