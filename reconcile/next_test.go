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
		{"provision on the last safe day", nil, Next{Code: NextProvision, Date: day("2027-02-19"), N: 20, Of: 20}},
		{"provision now", []func(*situation){asOf("2027-02-25")}, Next{Code: NextProvision, Date: day("2027-02-25"), N: 20, Of: 20}},
		{"transfer", []func(*situation){set(func(s *Subscription) { s.Channel, s.Programme = OtherPartner, NCE })}, Next{Code: NextTransfer, Date: day("2027-02-19"), N: 20, Of: 20}},
		{"no expiry", []func(*situation){expires("")}, Next{Code: NextProvision, Date: 0, N: 20, Of: 20}},
		{"region before all", []func(*situation){expires("2020-01-01"), set(func(s *Subscription) { s.Customer.Country = "JP" })}, Next{Code: NextStopRegion}},
		// MOSA: 30 + 90 days
		{"deleted yesterday", []func(*situation){expires("2026-07-25")}, Next{Code: NextDataDeleted, Date: day("2026-11-22")}},
		{"deleted today", []func(*situation){expires("2026-07-26")}, Next{Code: NextExpired, Date: day("2026-11-23"), N: 20, Of: 20}},
		{"deleted, says the source", []func(*situation){set(func(s *Subscription) { s.State = "Deleted" })}, Next{Code: NextDataDeleted}},
		{"expired without an offer", []func(*situation){expires("2026-11-01"), sku(skuGone, "")}, Next{Code: NextExpiredChoose, Date: day("2027-03-01")}},
		{"expired", []func(*situation){expires("2026-11-01")}, Next{Code: NextExpired, Date: day("2027-03-01"), N: 20, Of: 20}},
		{"no equivalent", []func(*situation){sku("", "Gold Bundle 7")}, Next{Code: NextFind, Date: day("2027-01-29")}},
		{"no equivalent, late", []func(*situation){sku("", "Gold Bundle 7"), expires("2026-12-01")}, Next{Code: NextFind, Date: today}},
		{"no equivalent, no expiry", []func(*situation){sku("", "Gold Bundle 7"), expires("")}, Next{Code: NextFind}},
		{"choose", []func(*situation){sku(skuE3, "Microsoft 365 Business Premium")}, Next{Code: NextChoose}},
		{"confirm", []func(*situation){sku(skuOld, "")}, Next{Code: NextConfirm, Date: 0, N: 20, Of: 20}},
		{"confirmed", []func(*situation){sku(skuOld, ""), choose("decision", "move")}, Next{Code: NextProvision, Date: day("2027-02-19"), N: 20, Of: 20}},
		{"more assigned", []func(*situation){set(func(s *Subscription) { s.Assigned = Whole(21) })}, Next{Code: NextMoreAssigned, N: 21, Of: 20}},
		{"none to move, and nobody has one", []func(*situation){set(func(s *Subscription) { s.Licences, s.Assigned = Whole(0), Whole(0) })}, Next{Code: NextNotMoved}},
		{"none to move, and people have some", []func(*situation){set(func(s *Subscription) { s.Licences, s.Assigned = Whole(0), Whole(3) })}, Next{Code: NextMoreAssigned, N: 3}},
		{"none to move, people had some", []func(*situation){expires("2026-11-01"), set(func(s *Subscription) { s.Licences, s.Assigned = Whole(0), Whole(3) })}, Next{Code: NextNotMoved}},
		{"none to move, people have some, and the customer leaves", []func(*situation){choose("decision", "leaves"), set(func(s *Subscription) { s.Licences, s.Assigned = Whole(0), Whole(3) })}, Next{Code: NextNotMoved}},
		{"request", []func(*situation){relationship(RelationshipUnknown)}, Next{Code: NextRequest, Date: day("2027-01-29")}},
		{"chase", []func(*situation){relationship(RelationshipRequested)}, Next{Code: NextChase, Date: day("2027-01-29")}},
		{"wait", []func(*situation){choose("decision", "wait")}, Next{Code: NextNothingBefore, Date: day("2027-02-19")}},
		{"wait until planned", []func(*situation){choose("decision", "wait"), choose("planned_date", "2026-12-07")}, Next{Code: NextNothingBefore, Date: day("2026-12-07")}},
		{"wait, relationship open", []func(*situation){choose("decision", "wait"), relationship(RelationshipRequested)}, Next{Code: NextNothingBefore, Date: day("2027-01-29")}},
		{"waited long enough", []func(*situation){choose("decision", "wait"), asOf("2027-02-19")}, Next{Code: NextProvision, Date: day("2027-02-19"), N: 20, Of: 20}},
		{"move early", []func(*situation){choose("decision", "early")}, Next{Code: NextProvision, Date: today, N: 20, Of: 20}},
		{"leaves", []func(*situation){choose("decision", "leaves")}, Next{Code: NextNotMoved}},
		{"do not move", []func(*situation){choose("decision", "no")}, Next{Code: NextNotMoved}},
		{"moved", []func(*situation){choose("decision", "done")}, Next{Code: NextDone, Date: day("2026-11-22")}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := newSituation()
			for _, edit := range test.edits {
				edit(s)
			}
			got := s.first(t).Next
			if test.want.Code == NextChoose {
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
		want NextCode
	}{
		{func(s *Subscription) { s.AutoRenew = Yes }, NextEndRenewal}, // MOSA knows no other end
		{func(s *Subscription) { s.AutoRenew, s.Programme = Yes, MCA }, NextAutorenew},
		{func(s *Subscription) { s.AutoRenew, s.Programme = Yes, ProgrammeUnknown }, NextAutorenew},
		{func(s *Subscription) { s.AutoRenew, s.Channel, s.Programme = Yes, OtherPartner, ProgrammeUnknown }, NextAutorenew},
		{func(s *Subscription) { s.AutoRenew, s.Channel, s.Programme = Yes, LegacyCSP, Legacy }, NextEndRenewal},
		{func(s *Subscription) { s.AutoRenew, s.Channel, s.Programme = Unknown, LegacyCSP, Legacy }, NextEndSet},
		{func(s *Subscription) { s.AutoRenew, s.EndOfTerm = No, EndEST }, NextEndEST},
		{func(s *Subscription) { s.AutoRenew, s.Programme = Unknown, MCA }, NextVerifyEnd},
		{func(s *Subscription) { s.AutoRenew = Unknown }, NextEndRenewal},
		{func(s *Subscription) { s.AutoRenew, s.Channel, s.Programme = Unknown, Volume, OpenValue }, NextEndSet},
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
		want NextCode
	}{
		{"transferred", func(s *Subscription) { s.Channel, s.Programme, s.AutoRenew = OtherPartner, NCE, Yes }, NextTransferred},
		{"transferred, off", func(s *Subscription) { s.Channel, s.Programme, s.AutoRenew = OtherPartner, NCE, No }, NextTransferred},
		{"over, renews", func(s *Subscription) { s.AutoRenew, s.Expires = Yes, day("2026-11-22") }, NextEndOver},
		{"over, goes on as paid extended term", func(s *Subscription) { s.AutoRenew, s.EndOfTerm, s.Expires = No, EndEST, day("2026-11-22") }, NextEndOver},
		{"its last day", func(s *Subscription) { s.AutoRenew, s.Expires = Yes, day("2026-11-23") }, NextEndRenewal},
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
		if r := s.first(t); r.CSPStart.Known() || r.MoveOn.Known() || r.Next.Code != NextDataDeleted {
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
	if got, want := r.Next, (Next{Code: NextDone}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if r.CSPStart.Known() {
		t.Errorf("got start %v of what is there already", r.CSPStart)
	}
}
