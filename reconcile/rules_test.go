package reconcile

import (
	"slices"
	"testing"
)

func TestGoodRowIsReady(t *testing.T) {
	s := newSituation()
	r := s.first(t)
	if r.Status != Ready || r.Route != RouteBuyReassignEnd || r.Reassign != No || r.Provision != Whole(20) {
		t.Errorf("got %v %v %v %v, want ready, buy-reassign-end, no, 20; findings %v", r.Status, r.Route, r.Reassign, r.Provision, codes(r))
	}
	if want := []string{"prepaid-lost", "credit-possible"}; !slices.Equal(codes(r), want) {
		t.Errorf("got findings %v, want %v", codes(r), want)
	}
}

// checkStatus: the worst finding decides, and findings stand in the order of
// Rules.
func checkStatus(t *testing.T, r *Row) {
	t.Helper()
	want, last := Ready, -1
	for _, f := range r.Findings() {
		n := slices.IndexFunc(Rules, func(rule Rule) bool { return rule.Code == f.Code })
		if n <= last {
			t.Errorf("finding %s is out of order: %v", f.Code, codes(r))
		}
		want, last = min(want, Rules[n].Severity), n
	}
	if r.Progress == ProgressDone {
		want = Done
	}
	if r.Status != want {
		t.Errorf("got status %v, want %v from %v", r.Status, want, codes(r))
	}
}

func TestAmbiguousOffer(t *testing.T) {
	s := newSituation()
	s.Sub.OfferTitle = "Project Online Essentials"
	twin := *s.Catalogue.SKU(skuEnded)
	twin.GUID, twin.PartNumber = "11111111-0000-4000-8000-00000000000e", "TWIN"
	s.Catalogue.SKUs = append(s.Catalogue.SKUs, twin)
	s.Catalogue.Index()
	s.Sub.SKUGUID = ""
	r := s.first(t)
	if !r.Has("offer-ambiguous") || r.Has("no-equivalent") || r.Status != Decide || r.Next.Code != NextChoose {
		t.Errorf("two SKUs of one name: got %v %v %v, want offer-ambiguous, decide, next.choose", codes(r), r.Status, r.Next.Code)
	}
	s = newSituation()
	s.Sub.SKUGUID, s.Sub.OfferTitle = "", "Project Online Essentials"
	if r := s.first(t); r.Has("offer-ambiguous") {
		t.Errorf("one SKU of the name: got %v", codes(r))
	}
}

// A row that is done is outside the status tables, whatever was found.
func TestDoneOutranksFindings(t *testing.T) {
	s := newSituation()
	s.Sub.Expires = day("2026-11-01")
	s.Decisions = []Decision{decide(keyOf("sub", "s-1"), "decision", "done")}
	if r := s.first(t); r.Status != Done || !r.Has("expired") {
		t.Errorf("got %v with %v, want done with expired", r.Status, codes(r))
	}
}

func TestRuleTable(t *testing.T) {
	seen := map[string]bool{}
	last := Blocked
	for _, rule := range Rules {
		if seen[rule.Code] || rule.Source == "" || !rule.SourceDate.Known() || rule.Who == "" || rule.fires == nil {
			t.Errorf("rule %q is repeated or incomplete", rule.Code)
		}
		if rule.Severity < last {
			t.Errorf("rule %s stands behind milder ones", rule.Code)
		}
		seen[rule.Code], last = true, rule.Severity
	}
	est := Rules[slices.IndexFunc(Rules, func(r Rule) bool { return r.Code == "est-default" })]
	for _, test := range []struct {
		on   string
		want bool
	}{{"2026-02-08", false}, {"2026-02-09", true}, {"2030-01-01", true}} {
		if got := est.Applies(day(test.on)); got != test.want {
			t.Errorf("est-default on %s: got %v, want %v", test.on, got, test.want)
		}
	}
	closed := Rule{Until: day("2026-03-31")}
	if !closed.Applies(day("2026-03-31")) || closed.Applies(day("2026-04-01")) {
		t.Error("a rule holds on its last day and not after")
	}
}
