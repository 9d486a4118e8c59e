package reconcile_test

import (
	"testing"

	"cspplan/reconcile"
	"cspplan/reconcile/catalog"
)

func parseDay(t *testing.T, s string) reconcile.Date {
	t.Helper()
	d, err := reconcile.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// The whole table of days after the end, at each day on which it changed: the
// day before, the day, the day after.
func TestLifecycleTable(t *testing.T) {
	c, err := catalog.Load()
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		channel        reconcile.Channel
		programme      reconcile.Programme
		bought, ends   string
		working, admin int
		est            bool
	}{
		{reconcile.Direct, reconcile.MOSA, "2026-03-01", "2027-02-28", 30, 90, false},
		{reconcile.Direct, reconcile.MOSA, "", "", 30, 90, false},
		{reconcile.Direct, reconcile.MCA, "2026-02-08", "2027-02-07", 30, 90, false},
		{reconcile.Direct, reconcile.MCA, "2026-02-09", "2027-02-08", 0, 90, true},
		{reconcile.Direct, reconcile.MCA, "2026-02-10", "2027-02-09", 0, 90, true},
		{reconcile.Direct, reconcile.MCA, "", "2027-02-09", 0, 90, true},
		{reconcile.Direct, reconcile.MCAE, "2026-02-08", "2027-02-07", 30, 90, false},
		{reconcile.Direct, reconcile.MCAE, "2026-02-09", "2027-02-08", 0, 90, true},
		{reconcile.Direct, reconcile.ProgrammeUnknown, "2020-01-01", "2026-12-31", 0, 90, false},
		{reconcile.Volume, reconcile.EA, "2020-01-01", "2026-12-31", 0, 150, false},
		{reconcile.Volume, reconcile.OpenValue, "2020-01-01", "2026-12-31", 0, 120, false},
		{reconcile.Volume, reconcile.MPSA, "2020-01-01", "2026-12-31", 0, 120, false},
		{reconcile.Volume, reconcile.ProgrammeUnknown, "", "", 0, 120, false},
		{reconcile.LegacyCSP, reconcile.Legacy, "2020-01-01", "2026-12-31", 0, 90, false},
		{reconcile.OtherPartner, reconcile.Legacy, "2020-01-01", "2026-12-31", 0, 90, false},
		{reconcile.OtherPartner, reconcile.NCE, "2025-06-01", "2026-05-03", 30, 90, false},
		{reconcile.OtherPartner, reconcile.NCE, "2025-06-01", "2026-05-04", 0, 90, true},
		{reconcile.OtherPartner, reconcile.NCE, "2025-06-01", "2026-05-05", 0, 90, true},
		{reconcile.OtherPartner, reconcile.NCE, "2025-03-31", "2028-03-30", 30, 90, false},
		{reconcile.OtherPartner, reconcile.NCE, "2025-04-01", "2028-03-31", 0, 90, true},
		{reconcile.OtherPartner, reconcile.NCE, "2025-04-02", "2028-04-01", 0, 90, true},
		{reconcile.OtherPartner, reconcile.NCE, "", "2028-04-01", 0, 90, true},
		{reconcile.OtherPartner, reconcile.ProgrammeUnknown, "2024-01-01", "2025-12-31", 0, 90, true},
		{reconcile.ChannelUnknown, reconcile.ProgrammeUnknown, "2024-01-01", "2025-12-31", 0, 90, false},
		{reconcile.ChannelUnknown, reconcile.EA, "2024-01-01", "2025-12-31", 0, 150, false},
	}
	for _, tt := range tests {
		r, ok := c.Days(tt.channel, tt.programme, parseDay(t, tt.bought), parseDay(t, tt.ends))
		if !ok || r.WorkingDays != tt.working || r.AdminDays != tt.admin || r.EST != tt.est {
			t.Errorf("%v %v bought %q ends %q: got %d + %d, est %v; want %d + %d, %v", tt.channel, tt.programme, tt.bought, tt.ends,
				r.WorkingDays, r.AdminDays, r.EST, tt.working, tt.admin, tt.est)
		}
	}
}

// The settings change the days and nothing else: whether the Extended Service
// Term follows, and from when, is not theirs to say.
func TestOverrideDays(t *testing.T) {
	type row struct {
		channel        reconcile.Channel
		programme      reconcile.Programme
		ends           string
		working, admin int
		est            bool
	}
	tests := []struct {
		name      string
		channel   reconcile.Channel
		programme reconcile.Programme
		want      []row
	}{
		{"a programme of a channel", reconcile.ChannelUnknown, reconcile.EA, []row{
			{reconcile.Volume, reconcile.EA, "2026-12-31", 7, 11, false},
			{reconcile.Volume, reconcile.OpenValue, "2026-12-31", 0, 120, false}}},
		{"a programme with rules that changed", reconcile.ChannelUnknown, reconcile.NCE, []row{
			{reconcile.OtherPartner, reconcile.NCE, "2026-05-03", 7, 11, false},
			{reconcile.OtherPartner, reconcile.NCE, "2026-05-04", 7, 11, true},
			{reconcile.OtherPartner, reconcile.ProgrammeUnknown, "2026-05-04", 0, 90, true}}},
		{"a programme without rows of its own", reconcile.ChannelUnknown, reconcile.MPSA, []row{
			{reconcile.Volume, reconcile.MPSA, "2026-12-31", 7, 11, false},
			{reconcile.Volume, reconcile.ProgrammeUnknown, "2026-12-31", 0, 120, false}}},
		{"a whole channel", reconcile.Volume, reconcile.ProgrammeUnknown, []row{
			{reconcile.Volume, reconcile.EA, "2026-12-31", 7, 11, false},
			{reconcile.Volume, reconcile.OpenValue, "2026-12-31", 7, 11, false},
			{reconcile.Direct, reconcile.MOSA, "2026-12-31", 30, 90, false}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c, err := catalog.Load()
			if err != nil {
				t.Fatal(err)
			}
			c.OverrideDays(tt.channel, tt.programme, 7, 11, "settings")
			for _, w := range tt.want {
				r, ok := c.Days(w.channel, w.programme, parseDay(t, "2025-06-01"), parseDay(t, w.ends))
				if !ok || r.WorkingDays != w.working || r.AdminDays != w.admin || r.EST != w.est {
					t.Errorf("%v %v to %s: got %d + %d, est %v, want %+v", w.channel, w.programme, w.ends, r.WorkingDays, r.AdminDays, r.EST, w)
				}
			}
		})
	}
}
