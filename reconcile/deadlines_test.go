package reconcile

import "testing"

func TestDeadlines(t *testing.T) {
	tests := []struct {
		name, expires             string
		act, relationship, decide string
		left                      int
		holidays                  []Date
	}{
		{"seven days before", "2027-01-29", "2027-01-22", "2027-01-01", "2026-12-30", 67, nil},
		{"a Sunday moves to Friday", "2027-02-28", "2027-02-19", "2027-01-29", "2027-01-29", 97, nil},
		{"a holiday moves on", "2027-01-29", "2027-01-21", "2026-12-31", "2026-12-30", 67, []Date{day("2027-01-22")}},
		{"never before today", "2026-11-25", "2026-11-23", "2026-11-02", "2026-10-26", 2, nil},
		{"expired", "2026-11-01", "2026-11-23", "2026-11-02", "2026-10-02", -22, nil},
		{"no expiry", "", "", "", "", 0, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := newSituation()
			s.Sub.Expires, s.Policy.Holidays = day(test.expires), test.holidays
			r := s.first(t)
			if r.ActBy != day(test.act) || r.RelationshipBy != day(test.relationship) || r.DecideBy != day(test.decide) || int(r.DaysLeft) != test.left {
				t.Errorf("got %v %v %v %d, want %s %s %s %d", r.ActBy, r.RelationshipBy, r.DecideBy, r.DaysLeft, test.act, test.relationship, test.decide, test.left)
			}
		})
	}
}

// A calendar without a working day must not keep the program looking for one.
func TestNoWorkingDays(t *testing.T) {
	s := newSituation()
	for i := range s.Policy.Weekend {
		s.Policy.Weekend[i] = true
	}
	if got, want := s.first(t).ActBy, day("2027-02-21"); got != want {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestEndOfTerm(t *testing.T) {
	nce := func(s *Subscription) { s.Channel, s.Programme, s.AutoRenew = OtherPartner, NCE, No }
	tests := []struct {
		name            string
		edit            func(*Subscription)
		want            EndOfTerm
		access, deleted string
	}{
		{"renews", func(s *Subscription) {}, EndRenew, "", ""},
		{"not known", func(s *Subscription) { s.AutoRenew = Unknown }, EndUnknown, "", ""},
		{"the source says cancel", func(s *Subscription) { s.EndOfTerm = EndCancel }, EndCancel, "2027-03-30", "2027-06-28"},
		{"direct MOSA, off", func(s *Subscription) { s.AutoRenew = No }, EndCancel, "2027-03-30", "2027-06-28"},
		{"direct, programme not known, off", func(s *Subscription) { s.Programme, s.AutoRenew = ProgrammeUnknown, No }, EndUnknown, "", ""},
		{"direct MCA renewed before the change, off", func(s *Subscription) {
			s.Programme, s.AutoRenew, s.Term, s.Start, s.Expires = MCA, No, P1Y, 0, day("2027-02-07")
		}, EndCancel, "2027-03-09", "2027-06-07"},
		{"direct MCA renewed on the day of the change, off", func(s *Subscription) {
			s.Programme, s.AutoRenew, s.Term, s.Start, s.Expires = MCA, No, P1Y, 0, day("2027-02-08")
		}, EndEST, "", ""},
		{"direct MCA, term not known, off", func(s *Subscription) { s.Programme, s.AutoRenew, s.Term = MCA, No, TermUnknown }, EndEST, "", ""},
		{"NCE, off", nce, EndEST, "", ""},
		{"NCE trial, off", func(s *Subscription) { nce(s); s.Trial = Yes }, EndCancel, "2027-02-28", "2027-05-29"},
		{"NCE triennial bought before 2025-04-01, off", func(s *Subscription) {
			nce(s)
			s.Term, s.Start, s.Expires = P3Y, day("2024-12-01"), day("2027-11-30")
		}, EndCancel, "2027-12-30", "2028-03-29"},
		{"partner, programme not known, off", func(s *Subscription) { s.Channel, s.Programme, s.AutoRenew = OtherPartner, ProgrammeUnknown, No }, EndEST, "", ""},
		{"channel not known, off", func(s *Subscription) { s.Channel, s.Programme, s.AutoRenew = ChannelUnknown, ProgrammeUnknown, No }, EndUnknown, "", ""},
		{"EA, ended", func(s *Subscription) {
			s.Channel, s.Programme, s.AutoRenew, s.Expires = Volume, EA, Unknown, day("2026-10-31")
		}, EndUnknown, "2026-10-31", "2027-03-30"},
		{"no expiry", func(s *Subscription) { s.EndOfTerm, s.Expires = EndCancel, 0 }, EndCancel, "", ""},
		{"over before its end", func(s *Subscription) { s.EndOfTerm, s.State = EndCancel, "Disabled" }, EndCancel, "", ""},
		{"direct MCA bought the day before the change, to the same day", func(s *Subscription) {
			s.Programme, s.AutoRenew, s.Start, s.Expires = MCA, No, day("2026-02-08"), day("2027-02-08")
		}, EndCancel, "2027-03-10", "2027-06-08"},
		{"direct MCA bought on the day of the change, to the same day", func(s *Subscription) {
			s.Programme, s.AutoRenew, s.Start, s.Expires = MCA, No, day("2026-02-09"), day("2027-02-09")
		}, EndEST, "", ""},
		{"direct MCA bought long ago, to the same day", func(s *Subscription) {
			s.Programme, s.AutoRenew, s.Start, s.Expires = MCA, No, day("2021-02-09"), day("2027-02-09")
		}, EndEST, "", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := newSituation()
			test.edit(&s.Sub)
			r := s.first(t)
			if r.EndOfTerm != test.want || r.AccessLost != day(test.access) || r.DataDeleted != day(test.deleted) {
				t.Errorf("got %v %v %v, want %v %s %s", r.EndOfTerm, r.AccessLost, r.DataDeleted, test.want, test.access, test.deleted)
			}
		})
	}
}
