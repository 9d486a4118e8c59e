package reconcile

import (
	"testing"

	"pgregory.net/rapid"
)

// csp adds a CSP subscription of the same customer and SKU.
func (s *situation) csp(id string, edit func(*Subscription)) {
	sub := good()
	sub.SubscriptionID, sub.Start, sub.Expires, sub.Channel, sub.Programme = id, day("2026-11-10"), day("2027-11-09"), ChannelUnknown, NCE
	edit(&sub)
	s.add(RoleInCSP, sub)
}

func TestProgress(t *testing.T) {
	seen := func(date string) func(*situation) {
		return func(s *situation) {
			s.Previous = []PreviousRow{{Key: keyOf("sub", "s-1"), FirstSeen: day(date)}}
		}
	}
	csp := func(edit func(*Subscription)) func(*situation) { return func(s *situation) { s.csp("N-1", edit) } }
	choose := func(choice string) func(*situation) {
		return func(s *situation) { s.Decisions = []Decision{decide(keyOf("sub", "s-1"), "decision", choice)} }
	}
	none := func(*Subscription) {}
	tests := []struct {
		name  string
		edits []func(*situation)
		want  Progress
		seen  int
		next  NextCode
	}{
		{"nothing yet", nil, ProgressAccepted, 0, NextProvision},
		{"requested", []func(*situation){func(s *situation) { s.Register.Relationship = RelationshipRequested }}, ProgressRequested, 0, NextChase},
		{"not requested", []func(*situation){func(s *situation) { s.Register.Relationship = RelationshipNone }}, ProgressOpen, 0, NextRequest},
		{"came from it", []func(*situation){csp(func(s *Subscription) { s.Rare.MigratedFrom = "s-1" })}, ProgressDone, 20, NextDone},
		{"fewer came from it", []func(*situation){csp(func(s *Subscription) { s.Rare.MigratedFrom, s.Licences = "S-1", Whole(15) })}, ProgressPartly, 15, NextProvision},
		{"came from another", []func(*situation){seen("2026-11-01"), csp(func(s *Subscription) { s.Rare.MigratedFrom = "S-9" })}, ProgressAccepted, 0, NextProvision},
		{"started after first seen", []func(*situation){seen("2026-11-09"), csp(none)}, ProgressProvisioned, 20, NextEndRenewal},
		{"started on the day it was first seen", []func(*situation){seen("2026-11-10"), csp(none)}, ProgressAccepted, 0, NextSettleCSP},
		{"started before", []func(*situation){seen("2026-11-11"), csp(none)}, ProgressAccepted, 0, NextSettleCSP},
		{"start not known", []func(*situation){seen("2026-11-01"), csp(func(s *Subscription) { s.Start = 0 })}, ProgressAccepted, 0, NextSettleCSP},
		{"too few", []func(*situation){seen("2026-11-01"), csp(func(s *Subscription) { s.Licences = Whole(12) })}, ProgressPartly, 12, NextProvision},
		{"old side set to end", []func(*situation){seen("2026-11-01"), csp(none), func(s *situation) { s.Sub.EndOfTerm = EndCancel }}, ProgressDone, 20, NextDone},
		{"old side goes on as paid term", []func(*situation){seen("2026-11-01"), csp(none), func(s *situation) { s.Sub.AutoRenew, s.Sub.EndOfTerm = No, EndEST }}, ProgressProvisioned, 20, NextEndEST},
		{"old side over, renewal not known", []func(*situation){seen("2026-11-01"), csp(none), func(s *situation) { s.Sub.AutoRenew, s.Sub.Expires = Unknown, day("2026-11-22") }}, ProgressDone, 20, NextDone},
		{"old side past its date, but renews", []func(*situation){seen("2026-11-01"), csp(none), func(s *situation) { s.Sub.Expires = day("2026-11-22") }}, ProgressProvisioned, 20, NextEndOver},
		{"the person says so, no CSP export", []func(*situation){choose("done")}, ProgressDone, 0, NextDone},
		{"the person says so, CSP agrees", []func(*situation){choose("done"), csp(none)}, ProgressDone, 20, NextDone},
		{"the person says so, CSP has fewer", []func(*situation){choose("done"), csp(func(s *Subscription) { s.Licences = Whole(19) })}, ProgressPartly, 19, NextProvision},
		{"the CSP one is over", []func(*situation){seen("2026-11-01"), csp(func(s *Subscription) { s.Expires = day("2026-11-22") })}, ProgressAccepted, 0, NextProvision},
		{"the CSP one ends today", []func(*situation){seen("2026-11-01"), csp(func(s *Subscription) { s.Expires = day("2026-11-23") })}, ProgressProvisioned, 20, NextEndRenewal},
		{"of another SKU", []func(*situation){seen("2026-11-01"), csp(func(s *Subscription) { s.SKUGUID, s.OfferTitle = skuBP, "" })}, ProgressAccepted, 0, NextOtherOffer},
		{"nothing chosen, the same SKU appears", []func(*situation){seen("2026-11-01"), func(s *situation) { s.Sub.SKUGUID, s.Sub.OfferTitle = skuGone, "" },
			csp(func(s *Subscription) { s.SKUGUID, s.OfferTitle = skuGone, "" })}, ProgressProvisioned, 20, NextChoose},
		{"by title only", []func(*situation){seen("2026-11-01"), csp(func(s *Subscription) { s.SKUGUID = "" })}, ProgressProvisioned, 20, NextEndRenewal},
		{"by product and SKU only", []func(*situation){seen("2026-11-01"), csp(func(s *Subscription) {
			s.SKUGUID, s.OfferTitle, s.ProductID, s.ProductSKU = "", "", "CFQ7TTC0LF8R", "1"
		})}, ProgressProvisioned, 20, NextEndRenewal},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := newSituation()
			for _, edit := range test.edits {
				edit(s)
			}
			r := s.first(t)
			if r.Progress != test.want || int(r.Seen) != test.seen || r.Next.Code != test.next {
				t.Errorf("got %v, %d seen, %s, want %v, %d, %s; findings %v", r.Progress, r.Seen, r.Next.Code, test.want, test.seen, test.next, codes(r))
			}
			if r.Provision.Known && int(r.Provision.N) != 20-int(r.Seen) {
				t.Errorf("got %d to provision with %d seen of 20", r.Provision.N, r.Seen)
			}
			checkStatus(t, r)
		})
	}
}

// Earliest expiry first, each licence once.
func TestAllocation(t *testing.T) {
	s := newSituation()
	later := good()
	later.SubscriptionID, later.Expires = "S-2", day("2027-06-30")
	s.add(RoleSubscription, later)
	s.csp("N-1", func(s *Subscription) { s.Licences = Whole(25) })
	s.csp("N-2", func(s *Subscription) { s.Licences = Whole(7) })
	s.Previous = []PreviousRow{{Key: keyOf("sub", "s-1"), FirstSeen: day("2026-11-01")}, {Key: keyOf("sub", "s-2"), FirstSeen: day("2026-11-01")}}
	p := s.build()
	if p.Rows[0].Seen != 20 || p.Rows[1].Seen != 12 || len(p.Extra) != 0 {
		t.Errorf("got %d, %d, %d extra, want 20, 12, none", p.Rows[0].Seen, p.Rows[1].Seen, len(p.Extra))
	}
	if n := p.Rows[1].Next; n.Code != NextProvision || n.N != 8 || n.Of != 20 {
		t.Errorf("got %+v, want 8 of 20 to provision", n)
	}
}

// Once CSP has it all, both sides run from the day the new one started.
func TestOverlapSinceTheMove(t *testing.T) {
	s := newSituation()
	s.Previous = []PreviousRow{{Key: keyOf("sub", "s-1"), FirstSeen: day("2026-11-01")}}
	s.csp("N-1", func(*Subscription) {})
	r := s.first(t)
	if r.CSPStart != day("2026-11-10") || r.Money.OverlapPlanned != MinorUnits(72329) { // 110 days of EUR 2,400 a year
		t.Errorf("got %v, %v, want 2026-11-10, 723.29", r.CSPStart, r.Money.OverlapPlanned)
	}
}

func TestLicencesAreNeverCountedTwice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := newSituation()
		inCSP := 0
		for i := range rapid.IntRange(0, 5).Draw(t, "rows") {
			sub := good()
			sub.SubscriptionID, sub.Licences = string(rune('a'+i)), Whole(rapid.IntRange(0, 30).Draw(t, "licences"))
			sub.Expires = today + Date(rapid.IntRange(-10, 400).Draw(t, "expires"))
			s.add(RoleSubscription, sub)
			s.Previous = append(s.Previous, PreviousRow{Key: keyOf("sub", sub.SubscriptionID), FirstSeen: today - 100})
		}
		for i := range rapid.IntRange(0, 4).Draw(t, "csp") {
			s.csp("n"+string(rune('a'+i)), func(s *Subscription) {
				s.Licences = Whole(rapid.IntRange(0, 40).Draw(t, "there"))
				s.Rare.MigratedFrom = rapid.SampledFrom([]string{"", "a", "b", "gone"}).Draw(t, "from")
				s.Start = today - Date(rapid.IntRange(0, 200).Draw(t, "age"))
				inCSP += int(s.Licences.N)
			})
		}
		seen := 0
		for _, r := range s.build().Rows {
			seen += int(r.Seen)
			if r.Seen > r.Sub.Licences.N {
				t.Fatalf("row of %v sees %d", r.Sub.Licences, r.Seen)
			}
		}
		if seen > inCSP {
			t.Fatalf("%d licences seen of %d", seen, inCSP)
		}
	})
}

// More than is needed came from it: that is nobody else's, and no extra.
func TestMigratedWithMoreLicences(t *testing.T) {
	s := newSituation()
	s.csp("N-1", func(s *Subscription) { s.Rare.MigratedFrom, s.Licences = "S-1", Whole(25) })
	p := s.build()
	if p.Rows[0].Seen != 20 || len(p.Extra) != 0 {
		t.Errorf("got %d seen, %d extra, want 20 and none", p.Rows[0].Seen, len(p.Extra))
	}
}

func TestVanished(t *testing.T) {
	s := newSituation()
	s.csp("S-8", func(s *Subscription) { s.Rare.MigratedFrom = "elsewhere" })
	s.Previous = []PreviousRow{
		{Key: keyOf("sub", "s-1")}, // still there
		{Key: keyOf("sub", "s-7"), Customer: "Gone"},
		{Key: keyOf("sub", "s-6"), Progress: ProgressDone}, // left for good
		{Key: keyOf("sub", "s-8")},                         // in CSP now
	}
	p := s.build()
	if len(p.Vanished) != 1 || p.Vanished[0].Customer != "Gone" {
		t.Errorf("got %+v, want the one that no export shows", p.Vanished)
	}
}

// A CSP subscription that is named by its product alone is another offer where
// that product is not the one to buy. What nothing names is no other offer, and
// numbers that nobody knows are not equal.
func TestAnotherOfferByItsProduct(t *testing.T) {
	tests := []struct {
		name     string
		product  string
		licences Count
		edit     func(*situation)
		want     bool
	}{
		{"a product that no table knows", "CFQ7TTC0ZZZZ", Whole(20), func(*situation) {}, true},
		{"the product to buy", "CFQ7TTC0LF8R", Whole(20), func(*situation) {}, false},
		{"nothing names it", "", Whole(20), func(*situation) {}, false},
		{"fewer licences", "CFQ7TTC0ZZZZ", Whole(19), func(*situation) {}, false},
		{"numbers that nobody knows", "CFQ7TTC0ZZZZ", Count{}, set(func(s *Subscription) { s.Licences, s.Assigned = Count{}, Count{} }), false},
		{"a person decided the day before it started", "CFQ7TTC0ZZZZ", Whole(20), decidedOn("2026-11-09"), true},
		{"a person decided on the day it started", "CFQ7TTC0ZZZZ", Whole(20), decidedOn("2026-11-10"), false},
	}
	for _, tt := range tests {
		s := twoSides(keyOf("sub", "s-1"))
		tt.edit(s)
		s.csp("N-1", func(c *Subscription) {
			c.SKUGUID, c.OfferTitle, c.ProductID, c.ProductSKU, c.Licences = "", "", tt.product, "0001", tt.licences
		})
		if r := s.first(t); r.Has("csp-offer-differs") != tt.want {
			t.Errorf("%s: got %v, want csp-offer-differs %v", tt.name, codes(r), tt.want)
		}
	}
}

// decidedOn is a decision to move of that day.
func decidedOn(date string) func(*situation) {
	return func(s *situation) {
		d := decide(keyOf("sub", "s-1"), "decision", "move")
		d.When = date + "T09:00:00Z"
		s.Decisions = append(s.Decisions, d)
	}
}

// What came from the row is all there, but of another offer: it is provisioned,
// a person has to look, and since no export says since when, no day is made up.
func TestProvisionedOnNoKnownDay(t *testing.T) {
	s := newSituation()
	s.csp("N-1", func(c *Subscription) { c.Rare.MigratedFrom, c.SKUGUID, c.OfferTitle, c.Start = "S-1", skuBP, "", 0 })
	if r := s.first(t); r.Progress != ProgressProvisioned || r.MoveOn.Known() || r.CSPStart.Known() {
		t.Errorf("got %v, to move on %v, started %v; want it provisioned on no known day", r.Progress, r.MoveOn, r.CSPStart)
	}
}
