package reconcile

import "testing"

func TestNext(t *testing.T) {
	choose := func(field, value string) func(*situation) {
		return func(s *situation) {
			s.Decisions = append(s.Decisions, decide(keyOf("sub", "s-1"), field, value))
		}
	}
	set := func(edit func(*Subscription)) func(*situation) { return func(s *situation) { edit(&s.Sub) } }
	sku := func(guid, title string) func(*situation) {
		return set(func(s *Subscription) { s.SKUGUID, s.OfferTitle = guid, title })
	}
	relationship := func(r Relationship) func(*situation) { return func(s *situation) { s.Register.Relationship = r } }
	asOf := func(date string) func(*situation) { return func(s *situation) { s.AsOf = day(date) } }
	expires := func(date string) func(*situation) {
		return set(func(s *Subscription) { s.Expires = day(date) })
	}
	tests := []struct {
		name  string
		edits []func(*situation)
		want  Next
	}{
		{"provision on the last safe day", nil, Next{Code: "next.provision", Date: day("2027-02-19"), N: 20, Of: 20, Offer: "Office 365 E3"}},
		{"provision now", []func(*situation){asOf("2027-02-25")}, Next{Code: "next.provision", Date: day("2027-02-25"), N: 20, Of: 20, Offer: "Office 365 E3"}},
		{"transfer", []func(*situation){set(func(s *Subscription) { s.Channel, s.Programme = OtherPartner, NCE })}, Next{Code: "next.transfer", Date: day("2027-02-19"), N: 20, Of: 20, Offer: "Office 365 E3"}},
		{"no expiry", []func(*situation){expires("")}, Next{Code: "next.provision", Date: 0, N: 20, Of: 20, Offer: "Office 365 E3"}},
		{"region before all", []func(*situation){expires("2020-01-01"), set(func(s *Subscription) { s.Customer.Country = "JP" })}, Next{Code: "next.stop_region"}},
		// MOSA: 30 + 90 days
		{"deleted yesterday", []func(*situation){expires("2026-07-25")}, Next{Code: "next.data_deleted", Date: day("2026-11-22")}},
		{"deleted today", []func(*situation){expires("2026-07-26")}, Next{Code: "next.expired", Date: day("2026-11-23"), N: 20, Of: 20, Offer: "Office 365 E3"}},
		{"deleted, says the source", []func(*situation){set(func(s *Subscription) { s.State = "Deleted" })}, Next{Code: "next.data_deleted"}},
		{"expired without an offer", []func(*situation){expires("2026-11-01"), sku(skuGone, "")}, Next{Code: "next.expired_choose", Date: day("2027-03-01")}},
		{"expired", []func(*situation){expires("2026-11-01")}, Next{Code: "next.expired", Date: day("2027-03-01"), N: 20, Of: 20, Offer: "Office 365 E3"}},
		{"no equivalent", []func(*situation){sku("", "Gold Bundle 7")}, Next{Code: "next.find", Date: day("2027-01-29")}},
		{"no equivalent, late", []func(*situation){sku("", "Gold Bundle 7"), expires("2026-12-01")}, Next{Code: "next.find", Date: today}},
		{"no equivalent, no expiry", []func(*situation){sku("", "Gold Bundle 7"), expires("")}, Next{Code: "next.find"}},
		{"choose", []func(*situation){sku(skuE3, "Microsoft 365 Business Premium")}, Next{Code: "next.choose"}},
		{"confirm", []func(*situation){sku(skuOld, "")}, Next{Code: "next.confirm", Date: 0, N: 20, Of: 20, Offer: "Office 365 E3"}},
		{"confirmed", []func(*situation){sku(skuOld, ""), choose("decision", "move")}, Next{Code: "next.provision", Date: day("2027-02-19"), N: 20, Of: 20, Offer: "Office 365 E3"}},
		{"more assigned", []func(*situation){set(func(s *Subscription) { s.Assigned = Whole(21) })}, Next{Code: "next.more_assigned", N: 21, Of: 20}},
		{"none to move, and nobody has one", []func(*situation){set(func(s *Subscription) { s.Licences, s.Assigned = Whole(0), Whole(0) })}, Next{Code: "next.not_moved"}},
		{"none to move, and people have some", []func(*situation){set(func(s *Subscription) { s.Licences, s.Assigned = Whole(0), Whole(3) })}, Next{Code: "next.more_assigned", N: 3}},
		{"none to move, people had some", []func(*situation){expires("2026-11-01"), set(func(s *Subscription) { s.Licences, s.Assigned = Whole(0), Whole(3) })}, Next{Code: "next.not_moved"}},
		{"none to move, people have some, and the customer leaves", []func(*situation){choose("decision", "leaves"), set(func(s *Subscription) { s.Licences, s.Assigned = Whole(0), Whole(3) })}, Next{Code: "next.not_moved"}},
		{"request", []func(*situation){relationship(RelationshipUnknown)}, Next{Code: "next.request", Date: day("2027-01-29")}},
		{"chase", []func(*situation){relationship(RelationshipRequested)}, Next{Code: "next.chase", Date: day("2027-01-29")}},
		{"wait", []func(*situation){choose("decision", "wait")}, Next{Code: "next.nothing_before", Date: day("2027-02-19")}},
		{"wait until planned", []func(*situation){choose("decision", "wait"), choose("planned_date", "2026-12-07")}, Next{Code: "next.nothing_before", Date: day("2026-12-07")}},
		{"wait, relationship open", []func(*situation){choose("decision", "wait"), relationship(RelationshipRequested)}, Next{Code: "next.nothing_before", Date: day("2027-01-29")}},
		{"waited long enough", []func(*situation){choose("decision", "wait"), asOf("2027-02-19")}, Next{Code: "next.provision", Date: day("2027-02-19"), N: 20, Of: 20, Offer: "Office 365 E3"}},
		{"move early", []func(*situation){choose("decision", "early")}, Next{Code: "next.provision", Date: today, N: 20, Of: 20, Offer: "Office 365 E3"}},
		{"leaves", []func(*situation){choose("decision", "leaves")}, Next{Code: "next.not_moved"}},
		{"do not move", []func(*situation){choose("decision", "no")}, Next{Code: "next.not_moved"}},
		{"moved", []func(*situation){choose("decision", "done")}, Next{Code: "next.done", Date: day("2026-11-22")}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := newSituation()
			for _, edit := range test.edits {
				edit(s)
			}
			got := s.first(t).Next
			if test.want.Code == "next.choose" {
				got.N = 0 // candidates are the matcher's
			}
			if got != test.want {
				t.Errorf("got %+v, want %+v", got, test.want)
			}
		})
	}
}

// Once the replacement is there, the old one ends in its own way.
func TestNextEnd(t *testing.T) {
	tests := []struct {
		edit func(*Subscription)
		want string
	}{
		{func(s *Subscription) { s.AutoRenew = Yes }, "next.end_renewal"}, // MOSA knows no other end
		{func(s *Subscription) { s.AutoRenew, s.Programme = Yes, MCA }, "next.autorenew"},
		{func(s *Subscription) { s.AutoRenew, s.Programme = Yes, ProgrammeUnknown }, "next.autorenew"},
		{func(s *Subscription) { s.AutoRenew, s.Channel, s.Programme = Yes, OtherPartner, ProgrammeUnknown }, "next.autorenew"},
		{func(s *Subscription) { s.AutoRenew, s.Channel, s.Programme = Yes, LegacyCSP, Legacy }, "next.end_renewal"},
		{func(s *Subscription) { s.AutoRenew, s.Channel, s.Programme = Unknown, LegacyCSP, Legacy }, "next.end_set"},
		{func(s *Subscription) { s.AutoRenew, s.EndOfTerm = No, EndEST }, "next.end_est"},
		{func(s *Subscription) { s.AutoRenew, s.Programme = Unknown, MCA }, "next.verify_end"},
		{func(s *Subscription) { s.AutoRenew = Unknown }, "next.end_renewal"},
		{func(s *Subscription) { s.AutoRenew, s.Channel, s.Programme = Unknown, Volume, OpenValue }, "next.end_set"},
	}
	for _, test := range tests {
		s := newSituation()
		test.edit(&s.Sub)
		s.Previous = []PreviousRow{{Key: keyOf("sub", "s-1"), FirstSeen: day("2026-11-01")}}
		s.csp("N-1", func(*Subscription) {})
		if got := s.first(t).Next; got.Code != test.want || got.Date != day("2027-02-28") {
			t.Errorf("got %+v, want %s on 2027-02-28", got, test.want)
		}
	}
}

// A transfer between partners takes the old subscription along: nothing is left
// to end. A day that is over is no deadline.
func TestNextEndLeavesNothingToEnd(t *testing.T) {
	tests := []struct {
		name string
		edit func(*Subscription)
		want string
	}{
		{"transferred", func(s *Subscription) { s.Channel, s.Programme, s.AutoRenew = OtherPartner, NCE, Yes }, "next.transferred"},
		{"transferred, off", func(s *Subscription) { s.Channel, s.Programme, s.AutoRenew = OtherPartner, NCE, No }, "next.transferred"},
		{"over, renews", func(s *Subscription) { s.AutoRenew, s.Expires = Yes, day("2026-11-22") }, "next.end_over"},
		{"over, goes on as paid extended term", func(s *Subscription) { s.AutoRenew, s.EndOfTerm, s.Expires = No, EndEST, day("2026-11-22") }, "next.end_over"},
		{"its last day", func(s *Subscription) { s.AutoRenew, s.Expires = Yes, day("2026-11-23") }, "next.end_renewal"},
	}
	for _, test := range tests {
		s := newSituation()
		test.edit(&s.Sub)
		s.Previous = []PreviousRow{{Key: keyOf("sub", "s-1"), FirstSeen: day("2026-11-01")}}
		s.csp("N-1", func(*Subscription) {})
		if got := s.first(t).Next.Code; got != test.want {
			t.Errorf("%s: got %s, want %s", test.name, got, test.want)
		}
	}
}

// Once the data is probably gone nobody is given a day to provision on, except
// by a person who planned one.
func TestNoStartWithoutData(t *testing.T) {
	for _, gone := range []func(*Subscription){
		func(s *Subscription) { s.Expires = day("2026-07-25") },
		func(s *Subscription) { s.State = "Deleted" },
	} {
		s := newSituation()
		gone(&s.Sub)
		if r := s.first(t); r.CSPStart.Known() || r.MoveOn.Known() || r.Next.Code != "next.data_deleted" {
			t.Errorf("got start %v, %s", r.CSPStart, r.Next.Code)
		}
		s.Decisions = append(s.Decisions, decide(keyOf("sub", "s-1"), "planned_date", "2026-12-01"))
		if got := s.first(t).CSPStart; got != day("2026-12-01") {
			t.Errorf("planned: got %v", got)
		}
	}
	s := newSituation()
	s.Sub.Expires = day("2026-07-26") // deleted today
	if got := s.first(t).CSPStart; got != today {
		t.Errorf("deleted today: got %v, want %v", got, today)
	}
}

// Exports of the batch tool do not say since when a subscription has been in
// CSP; the day of the run would be another one tomorrow.
func TestNextDoneWithoutADay(t *testing.T) {
	s := newSituation()
	s.csp("N-1", func(c *Subscription) { c.Rare.MigratedFrom, c.Start = "S-1", 0 })
	r := s.first(t)
	if got, want := r.Next, (Next{Code: "next.done"}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if r.CSPStart.Known() {
		t.Errorf("got start %v of what is there already", r.CSPStart)
	}
}
