package reconcile

import "testing"

func TestRoute(t *testing.T) {
	legacy := func(s *situation) { s.Sub.Channel, s.Sub.Programme = LegacyCSP, Legacy }
	choose := func(choice string) func(*situation) {
		return func(s *situation) { s.Decisions = []Decision{decide(keyOf("sub", "s-1"), "decision", choice)} }
	}
	tests := []struct {
		name  string
		edits []func(*situation)
		want  Route
		why   RouteReason
	}{
		{"direct", nil, RouteBuyReassignEnd, WhyDirect},
		{"blocked", []func(*situation){legacy, func(s *situation) { s.Sub.Customer.Country, s.Sub.MigrationEligible = "JP", Yes }}, RouteNone, WhyRegion},
		{"legacy, eligible", []func(*situation){legacy, func(s *situation) { s.Sub.MigrationEligible = Yes }}, RouteBAM, WhyMigrationEligible},
		{"legacy, not eligible", []func(*situation){legacy, func(s *situation) { s.Sub.MigrationEligible = No }}, RouteBuyReassignEnd, WhyMigrationNotEligible},
		{"legacy, not shown", []func(*situation){legacy}, RouteBuyReassignEnd, WhyMigrationNotEligible},
		{"legacy, eligible, but leaves", []func(*situation){legacy, func(s *situation) { s.Sub.MigrationEligible = Yes }, choose("leaves")}, RouteLetExpire, WhyCustomerLeaves},
		{"legacy, eligible, but over", []func(*situation){legacy, func(s *situation) { s.Sub.MigrationEligible, s.Sub.Expires = Yes, day("2026-11-22") }}, RouteBuyReassignEnd, WhyEnded},
		{"EA", []func(*situation){func(s *situation) { s.Sub.Channel, s.Sub.Programme = ChannelUnknown, EA }}, RouteChannelTransfer, WhyEARenews},
		{"Open Value", []func(*situation){func(s *situation) { s.Sub.Channel, s.Sub.Programme = Volume, OpenValue }}, RouteBuyReassignEnd, WhyVolume},
		{"NCE elsewhere", []func(*situation){func(s *situation) { s.Sub.Channel, s.Sub.Programme = OtherPartner, NCE }}, RoutePartnerTransfer, WhyNCEAtPartner},
		{"NCE trial elsewhere", []func(*situation){func(s *situation) { s.Sub.Channel, s.Sub.Programme, s.Sub.Trial = OtherPartner, NCE, Yes }}, RouteBuyReassignEnd, WhyTrial},
		{"other partner, not known", []func(*situation){func(s *situation) { s.Sub.Channel, s.Sub.Programme = OtherPartner, ProgrammeUnknown }}, RouteBuyReassignEnd, WhyPartnerNotNCE},
		{"channel not known", []func(*situation){func(s *situation) { s.Sub.Channel, s.Sub.Programme = ChannelUnknown, ProgrammeUnknown }}, RouteBuyReassignEnd, WhyChannelUnknown},
		{"do not move", []func(*situation){choose("no")}, RouteLetExpire, WhyNotToBeMoved},
		{"no licences", []func(*situation){func(s *situation) { s.Sub.Licences = Whole(0) }}, RouteLetExpire, WhyNothingToProvision},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := newSituation()
			for _, edit := range test.edits {
				edit(s)
			}
			if r := s.first(t); r.Route != test.want || r.RouteWhy != test.why {
				t.Errorf("got %v %q, want %v %q", r.Route, r.RouteWhy, test.want, test.why)
			}
		})
	}
}

func TestProvisioning(t *testing.T) {
	s := newSituation()
	s.Sub.SKUGUID, s.Sub.OfferTitle, s.Sub.Assigned = skuE4, "Office 365 E4", Whole(18)
	r := s.first(t)
	if r.Provision != Whole(20) || r.Reassign != Yes || r.UsersToReassign != Whole(18) || len(r.PlansLost()) != 1 || r.PlansLost()[0] != "Cloud PBX" {
		t.Errorf("another SKU: got %v %v %v %v", r.Provision, r.Reassign, r.UsersToReassign, r.PlansLost())
	}
	s.Decisions = []Decision{decide(keyOf("sub", "s-1"), "decision", "move")}
	if r := s.first(t); r.Status != Ready || r.Reassign != Yes || len(r.PlansLost()) != 1 {
		t.Errorf("confirmed: got %v %v %v, want ready, and still reassign with what is lost", r.Status, r.Reassign, r.PlansLost())
	}
	s.Sub.Channel, s.Sub.Programme = OtherPartner, NCE
	if r := s.first(t); r.Route != RoutePartnerTransfer || r.Reassign != No || r.PlansLost() != nil {
		t.Errorf("transferred as it is: got %v %v %v", r.Route, r.Reassign, r.PlansLost())
	}
	s.Sub.Customer.Country = "JP"
	if r := s.first(t); r.Provision.Known || r.CSPTerm != TermUnknown || r.CSPStart.Known() {
		t.Errorf("blocked: got %v %v %v, want nothing to provision", r.Provision, r.CSPTerm, r.CSPStart)
	}
}

func TestOffered(t *testing.T) {
	all := []TermBilling{{P1M, Monthly}, {P1Y, Annual}, {P1Y, Monthly}}
	yearly := []TermBilling{{P1Y, Annual}}
	tests := []struct {
		name  string
		terms []TermBilling
		wish  TermBilling
		want  TermBilling
	}{
		{"as today", all, TermBilling{P1Y, Monthly}, TermBilling{P1Y, Monthly}},
		{"terms not known", nil, TermBilling{P3Y, Triennial}, TermBilling{P3Y, Triennial}},
		{"no three years", all, TermBilling{P3Y, Annual}, TermBilling{P1Y, Annual}},
		{"three years paid at once, no three years", all, TermBilling{P3Y, Triennial}, TermBilling{P1Y, Annual}},
		{"no month", yearly, TermBilling{P1M, Monthly}, TermBilling{P1Y, Annual}},
		{"billing not known, one way", yearly, TermBilling{P1Y, BillingUnknown}, TermBilling{P1Y, Annual}},
		{"billing not known, two ways", all, TermBilling{P1Y, BillingUnknown}, TermBilling{P1Y, BillingUnknown}},
		{"only three years", []TermBilling{{P3Y, Annual}}, TermBilling{P1Y, Annual}, TermBilling{P3Y, Annual}},
	}
	for _, test := range tests {
		term, billing := offered(test.terms, test.wish)
		if got := (TermBilling{term, billing}); got != test.want {
			t.Errorf("%s: got %v, want %v", test.name, got, test.want)
		}
	}
}

func TestStartOfTheNewSubscription(t *testing.T) {
	tests := []struct {
		name string
		edit func(*situation)
		want string
	}{
		{"the last safe day", func(*situation) {}, "2027-02-19"},
		{"as planned", func(s *situation) {
			s.Decisions = []Decision{decide(keyOf("sub", "s-1"), "planned_date", "2026-12-10")}
		}, "2026-12-10"},
		{"planned and missed", func(s *situation) {
			s.Decisions = []Decision{decide(keyOf("sub", "s-1"), "planned_date", "2026-11-10")}
		}, "2026-11-23"},
		{"early", func(s *situation) { s.Decisions = []Decision{decide(keyOf("sub", "s-1"), "decision", "early")} }, "2026-11-23"},
		{"EA renews after its end", func(s *situation) { s.Sub.Channel, s.Sub.Programme = Volume, EA }, "2027-03-01"},
		{"no expiry", func(s *situation) { s.Sub.Expires = 0 }, ""},
	}
	for _, test := range tests {
		s := newSituation()
		test.edit(s)
		if got := s.first(t).CSPStart; got != day(test.want) {
			t.Errorf("%s: got %v, want %s", test.name, got, test.want)
		}
	}
}

// A transfer between partners changes neither licences nor term nor billing,
// whatever is on sale today.
func TestPartnerTransferKeepsTheTerm(t *testing.T) {
	for _, want := range []TermBilling{{P3Y, Annual}, {P3Y, Monthly}, {P1Y, Monthly}} {
		s := newSituation()
		s.Sub.Channel, s.Sub.Programme, s.Sub.Term, s.Sub.Billing = OtherPartner, NCE, want.Term, want.Billing
		if r := s.first(t); r.Route != RoutePartnerTransfer || r.CSPTerm != want.Term || r.CSPBilling != want.Billing {
			t.Errorf("got %v %v %v, want partner-transfer and %v", r.Route, r.CSPTerm, r.CSPBilling, want)
		}
	}
}
