package reconcile

import (
	"slices"
	"testing"
)

func write(s *situation, field, value string) {
	d := decide(keyOf("sub", "s-1"), field, value)
	d.By = "Anna"
	s.Decisions = append(s.Decisions, d)
}

// A number of licences that a person wrote is ordered and priced; the old
// subscription keeps its own.
func TestLicencesWanted(t *testing.T) {
	s := newSituation()
	s.Prices = []PriceLine{erp("EUR", "100")}
	write(s, "licences_wanted", "15")
	r := s.first(t)
	if r.Provision != Whole(15) || r.Money.CostCSP != MinorUnits(150000) || r.Money.CostNow != MinorUnits(240000) || !r.Has("more-assigned-than-licences") {
		t.Errorf("got %v to provision, %v now, %v in CSP, %v", r.Provision, r.Money.CostNow, r.Money.CostCSP, codes(r))
	}
	s.Sub.Assigned = Whole(15)
	if r := s.first(t); r.Status != Ready {
		t.Errorf("as many as are assigned: got %v %v", r.Status, codes(r))
	}
	s.csp("N-1", func(c *Subscription) { c.Rare.MigratedFrom, c.Licences = "S-1", Whole(15) })
	if r := s.first(t); r.Progress != ProgressDone || r.Seen != 15 {
		t.Errorf("15 are there: got %v, %d seen", r.Progress, r.Seen)
	}
}

// Facts that changed since make it stale: as many as today are ordered again.
func TestLicencesWantedStale(t *testing.T) {
	s := newSituation()
	write(s, "licences_wanted", "15")
	s.Decisions[0].Facts = "licences=19; assigned=20"
	r := s.first(t)
	if r.Provision != Whole(20) || r.Status != Decide || !r.Wish().LicencesStale {
		t.Errorf("got %v to provision, %v", r.Provision, r.Status)
	}
	i := slices.IndexFunc(r.Findings(), func(f Finding) bool { return f.Code == "decision-stale" })
	if i < 0 || arg(r.Findings()[i], "was") != "licences=19; assigned=20" || arg(r.Findings()[i], "now") != "licences=20; assigned=20" {
		t.Errorf("got findings %v, want the old and the new fact", r.Findings())
	}
}

// With the licences of today in CSP, how many are wanted is still to be settled
// before the old ones are ended.
func TestLicencesWantedStaleAsksFirst(t *testing.T) {
	for _, there := range []int{20, 12} {
		s := newSituation()
		write(s, "licences_wanted", "15")
		s.Decisions[0].Facts = "licences=19; assigned=20"
		s.Previous = []PreviousRow{{Key: keyOf("sub", "s-1"), FirstSeen: day("2026-11-01")}}
		s.csp("N-1", func(c *Subscription) { c.Licences = Whole(there) })
		if r := s.first(t); r.Status != Decide || r.Next.Code != NextDecideAgain {
			t.Errorf("%d of 20 there: got %v %s, want the question", there, r.Status, r.Next.Code)
		}
	}
}

// An offer that a person names by a name or an id is bought, with what is lost.
func TestOfferWanted(t *testing.T) {
	for _, text := range []string{"Microsoft 365 Business Premium", "SPB", skuBP, "CFQ7TTC0LCHC/0002", "CFQ7TTC0LCHC:0002"} {
		s := newSituation()
		s.Sub.SKUGUID, s.Sub.OfferTitle = skuE4, "Office 365 E4"
		write(s, "offer_wanted", text)
		r := s.first(t)
		if r.Target == nil || r.Target.SKUGUID != skuBP || r.Match.Class != MatchEquivalent || r.Match.Basis != "decision" || r.Reassign != Yes ||
			len(r.PlansLost()) != 1 || r.Status != DataLoss || r.Next.Code != NextConfirm {
			t.Errorf("%s: got %+v %v %v %v %v", text, r.Target, r.Match.Class, r.PlansLost(), r.Status, codes(r))
		}
		write(s, "decision", "move")
		if r := s.first(t); r.Status != Ready {
			t.Errorf("%s, confirmed: got %v %v", text, r.Status, codes(r))
		}
	}
	for _, text := range []string{"Business", "Office 365 E3 Trial", "Gold Bundle 7", "CFQ7TTC0ZZZZ/0001"} {
		s := newSituation()
		write(s, "offer_wanted", text)
		if r := s.first(t); r.Target == nil || r.Target.SKUGUID != skuE3 || !r.Has("wish-impossible") || r.Next.Code != NextWish {
			t.Errorf("%s: got %+v %v %v, want nothing changed and a question", text, r.Target, codes(r), r.Next.Code)
		}
	}
}

// Another offer cannot be had by a transfer of the present one.
func TestOfferWantedChangesTheRoute(t *testing.T) {
	tests := []struct {
		name string
		edit func(*Subscription)
		want Route
	}{
		{"batch tool", func(s *Subscription) { s.Channel, s.Programme, s.MigrationEligible = LegacyCSP, Legacy, Yes }, RouteBuyReassignEnd},
		{"agreement", func(s *Subscription) { s.Channel, s.Programme = Volume, EA }, RouteBuyReassignEnd},
		{"partner", func(s *Subscription) { s.Channel, s.Programme = OtherPartner, NCE }, RoutePartnerTransfer},
	}
	for _, test := range tests {
		s := newSituation()
		test.edit(&s.Sub)
		write(s, "offer_wanted", "SPB")
		r := s.first(t)
		if r.Route != test.want || (r.Target.SKUGUID == skuBP) == (test.want == RoutePartnerTransfer) {
			t.Errorf("%s: got %v %s", test.name, r.Route, r.Target.Name)
		}
		s.Decisions[0].Value = "ENTERPRISEPACK" // what it has
		if r := s.first(t); r.Route == RouteBuyReassignEnd {
			t.Errorf("%s, the same offer: got %v", test.name, r.Route)
		}
	}
}

// An accepted exception is shown as such, keeps its status, and comes back.
func TestAcceptedException(t *testing.T) {
	charity := func(s *situation) { s.Sub.Segment = Charity }
	tests := []struct {
		name   string
		edit   func(*situation)
		move   bool
		facts  string
		status Status
		next   NextCode
	}{
		{"to decide", charity, false, "", Decide, NextAccepted},
		{"to decide and to move", charity, true, "", Ready, NextProvision},
		{"a finding that nobody accepted", charity, false, "findings=seat-cap", Decide, NextVerifySegment},
		{"accepted with others", charity, false, "findings=seat-cap|segment-unverified", Decide, NextAccepted},
		{"region, even to move", func(s *situation) { s.Sub.Customer.Country = "JP" }, true, "", Blocked, NextAccepted},
		{"data loss, even to move", func(s *situation) { s.Sub.SKUGUID, s.Sub.OfferTitle = skuGone, "" }, true, "", DataLoss, NextAccepted},
		{"region not known, even to move", func(s *situation) { s.Sub.Customer.Country = "" }, true, "", Decide, NextAccepted},
		{"nothing", func(*situation) {}, false, "", Ready, NextProvision},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := newSituation()
			test.edit(s)
			write(s, "accepted_until", "2026-12-31")
			s.Decisions[0].Facts = test.facts
			if test.move {
				write(s, "decision", "move")
			}
			r := s.first(t)
			if r.Status != test.status || r.Next.Code != test.next {
				t.Errorf("got %v %s, want %v %s; %v", r.Status, r.Next.Code, test.status, test.next, codes(r))
			}
			if r.Next.Code == NextAccepted && (r.Next.Date != day("2026-12-31") || r.Accepted().By != "Anna") {
				t.Errorf("got %+v, want until when and who", r.Next)
			}
			s.AsOf = day("2027-01-01")
			if r := s.first(t); r.Accepted().InForce || r.Next.Code == NextAccepted || r.Has("exception-accepted") {
				t.Errorf("after the day: got %+v %v", r.Accepted(), r.Next)
			}
		})
	}
}

// What somebody answers for is not asked again: a Ready row is worked on.
func TestAnsweredIsNotAsked(t *testing.T) {
	capped := func(s *situation) {
		s.Sub.SKUGUID, s.Sub.OfferTitle, s.Sub.Licences, s.Sub.Assigned = skuBP, "", Whole(200), Whole(200)
	}
	another := func(s *situation) {
		s.Previous = []PreviousRow{{Key: keyOf("sub", "s-1"), FirstSeen: day("2026-11-01")}}
		s.csp("N-1", func(c *Subscription) { c.SKUGUID, c.OfferTitle = skuBP, "" })
	}
	for name, edit := range map[string]func(*situation){"seat-cap": capped, "csp-offer-differs": another} {
		s := newSituation()
		edit(s)
		if r := s.first(t); r.Status != Decide || !r.Has(name) || r.Next.Code == NextProvision {
			t.Fatalf("%s, not accepted: got %v %v %s", name, r.Status, codes(r), r.Next.Code)
		}
		write(s, "accepted_until", "2026-12-31")
		write(s, "decision", "move")
		if r := s.first(t); r.Status != Ready || r.Next.Code != NextProvision {
			t.Errorf("%s, accepted: got %v %s, want the work", name, r.Status, r.Next.Code)
		}
	}
}

// A cell holds a whole number of licences, of at least one and at most what a
// file may name, or it asks for nothing.
func TestParseLicences(t *testing.T) {
	for text, want := range map[string]Count{"": {}, "0": {}, "1": Whole(1), " 15 ": Whole(15), "1000000": Whole(1000000), "1000001": {}, "-3": {}, "2.5": {}, "fifteen": {}} {
		if got := parseLicences(text); got != want {
			t.Errorf("%q: got %v, want %v", text, got, want)
		}
	}
}

// An offer that a person wanted for another one than the row has today is not
// bought: somebody has to look again.
func TestOfferWantedStale(t *testing.T) {
	for _, test := range []struct {
		facts string
		stale bool
	}{
		{"title=Office 365 E3; sku_guid=" + skuE3, false},
		{"title=Office 365 E4; sku_guid=" + skuE4, true},
		{"", false}, // written since the last run
	} {
		s := newSituation()
		write(s, "offer_wanted", "SPB")
		s.Decisions[0].Facts = test.facts
		r := s.first(t)
		if r.Wish().OfferStale != test.stale || r.Has("decision-stale") != test.stale || (r.Target.SKUGUID == skuBP) == test.stale {
			t.Errorf("written on %q: stale %v, to buy %s, %v; want stale %v", test.facts, r.Wish().OfferStale, r.Target.Name, codes(r), test.stale)
		}
		if stands := r.NoteStands("offer_wanted", test.facts); stands == test.stale {
			t.Errorf("written on %q: stands %v", test.facts, stands)
		}
	}
}

// Notes that hold whatever changes stand on any facts.
func TestNoteStands(t *testing.T) {
	r := newSituation().first(t)
	for _, test := range []struct {
		field, facts string
		want         bool
	}{
		{"note", "whatever", true}, {"owner", "", true}, {"decision", "", true}, {"decision", r.Stamp(), true}, {"decision", "licences=19", false},
		{"licences_wanted", "licences=20; assigned=20", true}, {"licences_wanted", "licences=19; assigned=20", false},
	} {
		if got := r.NoteStands(test.field, test.facts); got != test.want {
			t.Errorf("%s on %q: got %v, want %v", test.field, test.facts, got, test.want)
		}
	}
}

// Who wants the offer that the row has, although the list of aliases says to buy
// another for it, reassigns nothing and loses nothing. An offer that the row is
// not known to have is another one.
func TestOfferWantedIsTheOwn(t *testing.T) {
	for _, test := range []struct {
		name     string
		sku      string
		title    string
		class    MatchClass
		reassign Tri
	}{
		{"it has it", "", "House Suite", MatchRenamed, No},
		{"it has another", skuOld, "Office 365 Midsize Business", MatchEquivalent, Yes},
		{"nobody knows what it has", "", "Gold Bundle 7", MatchEquivalent, Unknown},
	} {
		s := newSituation()
		s.Sub.SKUGUID, s.Sub.OfferTitle = test.sku, test.title
		s.Aliases = []Alias{{Title: "House Suite", SKUGUID: skuE3, ProductID: "CFQ7TTC0LCHC", SKUID: "0002"}}
		write(s, "offer_wanted", "ENTERPRISEPACK")
		r := s.first(t)
		if r.Target == nil || r.Target.SKUGUID != skuE3 || r.Match.Class != test.class || r.Reassign != test.reassign || len(r.PlansLost()) != 0 {
			t.Errorf("%s: got %+v %v, reassign %v, lost %v; want %v, %v", test.name, r.Target, r.Match.Class, r.Reassign, r.PlansLost(), test.class, test.reassign)
		}
	}
}

// What somebody chose, or never wants to see, for a title everywhere does not
// keep a person from wanting the offer of that title for one row.
func TestOfferWantedOverrulesAChoice(t *testing.T) {
	for _, everywhere := range []string{skuBP, "never:" + skuE3} {
		for _, text := range []string{"Office 365 E3", skuE3, "ENTERPRISEPACK"} {
			s := newSituation()
			s.Decisions = []Decision{{Scope: "offer", Key: FoldTitle("Office 365 E3"), Field: "choice", Value: everywhere}}
			if r := s.first(t); r.Target != nil && r.Target.SKUGUID == skuE3 {
				t.Fatalf("%s: got %+v for a row without a wish", everywhere, r.Target)
			}
			write(s, "offer_wanted", text)
			r := s.first(t)
			if r.Target == nil || r.Target.SKUGUID != skuE3 || r.Has("wish-impossible") || r.Match.Class != MatchSame && r.Match.Class != MatchRenamed {
				t.Errorf("%s, %s: got %+v %v %v, want what was written", everywhere, text, r.Target, r.Match.Class, codes(r))
			}
		}
	}
}

// An offer may be wanted by a name that it had; one that is replaced by another
// is not taken for that other.
func TestOfferWantedByAnotherName(t *testing.T) {
	for text, want := range map[string]string{"Microsoft 365 Business": skuBP, "Office 365 E4": "", "ENTERPRISEWITHSCAL": ""} {
		s := newSituation()
		s.Sub.SKUGUID, s.Sub.OfferTitle = skuOld, "Office 365 Midsize Business"
		write(s, "offer_wanted", text)
		r := s.first(t)
		if want == "" {
			if !r.Has("wish-impossible") || r.Match.Basis == "decision" {
				t.Errorf("%s: got %s by %s, %v, want nothing changed", text, r.Target.Name, r.Match.Basis, codes(r))
			}
		} else if r.Has("wish-impossible") || r.Target.SKUGUID != want {
			t.Errorf("%s: got %s, %v", text, r.Target.Name, codes(r))
		}
	}
}
