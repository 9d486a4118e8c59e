package reconcile

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

// Days are worked out as package time does, over all days that there are.
func TestCivil(t *testing.T) {
	check := func(t interface{ Fatalf(string, ...any) }, d Date) {
		y, m, day := d.Civil()
		if wy, wm, wd := d.Time().Date(); y != wy || m != wm || day != wd {
			t.Fatalf("day %d: got %d-%d-%d, want %d-%d-%d", d, y, m, day, wy, wm, wd)
		}
		if got := dayOfCivil(y, m, day); got != d {
			t.Fatalf("day %d comes back as %d", d, got)
		}
		if got, want := d.weekday(), d.Time().Weekday(); got != want {
			t.Fatalf("day %d: got %v, want %v", d, got, want)
		}
		if want := d.Time().Format(time.DateOnly); d != 0 && d.String() != want {
			t.Fatalf("day %d: got %q, want %q", d, d, want)
		}
		if got := d.FirstOfMonth(); got != NewDate(y, m, 1) {
			t.Fatalf("%v: the month begins on %v", d, got)
		}
	}
	for d := NewDate(1895, time.January, 1); d < NewDate(2105, time.January, 1); d++ {
		check(t, d)
	}
	rapid.Check(t, func(t *rapid.T) {
		check(t, Date(rapid.Int32Range(-100_000_000, 100_000_000).Draw(t, "day")))
	})
}

func TestAddMonths(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, n := Date(rapid.Int32Range(-1_000_000, 3_000_000).Draw(t, "day")), rapid.IntRange(-500, 500).Draw(t, "months")
		y, m, day := d.Time().Date()
		first := time.Date(y, m+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
		want := NewDate(first.Year(), first.Month(), min(day, first.AddDate(0, 1, -1).Day()))
		if got := d.AddMonths(n); got != want {
			t.Fatalf("%v and %d months: got %v, want %v", d, n, got, want)
		}
	})
}
