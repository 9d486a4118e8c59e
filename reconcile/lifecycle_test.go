package reconcile

import (
	"testing"
	"time"
)

func TestDaysBounds(t *testing.T) {
	from, until := NewDate(2026, time.January, 1), NewDate(2026, time.February, 1)
	c := &Catalogue{Lifecycle: []LifecycleRule{
		{Channel: Direct, Programme: MCA, BoughtFrom: from, BoughtUntil: until, WorkingDays: 1},
		{Channel: Direct, Programme: MCA, EndsFrom: from, EndsUntil: until, WorkingDays: 2},
		{Channel: Direct, WorkingDays: 3},
	}}
	tests := []struct {
		name         string
		bought, ends Date
		want         int
	}{
		{"bought the day before", from - 1, 0, 3},
		{"bought on the first day", from, 0, 1},
		{"bought on the last day", until - 1, 0, 1},
		{"bought the day after", until, 0, 3},
		{"ends the day before", 0, from - 1, 3},
		{"ends on the first day", 0, from, 2},
		{"ends on the last day", 0, until - 1, 2},
		{"ends the day after", 0, until, 3},
		{"both fit: the first row counts", from, from, 1},
		{"nothing known fits no bounded row", 0, 0, 3},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if r, ok := c.Days(Direct, MCA, tt.bought, tt.ends); !ok || r.WorkingDays != tt.want {
				t.Errorf("got row %d, found %v; want row %d", r.WorkingDays, ok, tt.want)
			}
		})
	}
	if r, ok := c.Days(Volume, EA, from, from); ok {
		t.Errorf("a channel without rows: got %+v, want none", r)
	}
}

// Days for a programme without rows of its own are days alone: whether an
// extended term follows is what the channel says, not another programme of it.
func TestOverrideDaysOfAFurtherProgramme(t *testing.T) {
	c := &Catalogue{Lifecycle: []LifecycleRule{{Channel: Direct, Programme: MCA, AdminDays: 90, EST: true}, {Channel: Direct, AdminDays: 90}}}
	c.OverrideDays(Direct, MCAE, 5, 7, "settings")
	for p, want := range map[Programme]LifecycleRule{
		MCAE: {Channel: Direct, Programme: MCAE, WorkingDays: 5, AdminDays: 7, Source: "settings"},
		MCA:  {Channel: Direct, Programme: MCA, AdminDays: 90, EST: true},
		MOSA: {Channel: Direct, AdminDays: 90},
	} {
		if got, _ := c.Days(Direct, p, 0, 0); got != want {
			t.Errorf("%v: got %+v, want %+v", p, got, want)
		}
	}
}
