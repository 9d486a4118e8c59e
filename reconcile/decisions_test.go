package reconcile

import "testing"

func TestOwner(t *testing.T) {
	key := keyOf("sub", "s-1")
	onCustomer := Decision{Scope: "customer", Key: keyOf("customer", tenantA), Field: "owner", Value: "Carla"}
	tests := []struct {
		name string
		edit func(*situation)
		want string
	}{
		{"nobody", func(*situation) {}, ""},
		{"input", func(s *situation) { s.Sub.Owner = "Ivo" }, "Ivo"},
		{"register before input", func(s *situation) { s.Sub.Owner, s.Register.Owner = "Ivo", "Rita" }, "Rita"},
		{"customer's note before register", func(s *situation) { s.Register.Owner, s.Decisions = "Rita", []Decision{onCustomer} }, "Carla"},
		{"row's note before all", func(s *situation) {
			s.Decisions = []Decision{onCustomer, decide(key, "owner", "Nina")}
		}, "Nina"},
		{"a cleared note is none", func(s *situation) {
			s.Register.Owner = "Rita"
			later := decide(key, "owner", "")
			later.When = "2026-11-23T08:00:00Z"
			s.Decisions = []Decision{later, decide(key, "owner", "Nina")}
		}, "Rita"},
		{"set aside", func(s *situation) {
			kept := decide(key, "owner", "Nina")
			kept.State = "kept"
			s.Decisions = []Decision{kept}
		}, ""},
	}
	for _, test := range tests {
		s := newSituation()
		test.edit(s)
		if got := s.first(t).Owner; got != test.want {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
}

func TestDecisionsOnARow(t *testing.T) {
	s := newSituation()
	key := keyOf("sub", "s-1")
	s.Decisions = []Decision{decide(key, "decision", "wait"), decide(key, "planned_date", "2026-12-07"), decide(key, "note", "call Anna"),
		{Scope: "customer", Key: keyOf("customer", tenantA), Field: "note", Value: "pays late"}}
	p := s.build()
	r := p.Rows[0]
	if r.Decision != ChoiceWait || r.Planned != day("2026-12-07") || r.Note() != "call Anna" || p.Customers[0].Note != "pays late" {
		t.Errorf("got %v %v %q %q", r.Decision, r.Planned, r.Note(), p.Customers[0].Note)
	}
}

// A stale decision stays visible, but has no effect.
func TestStaleDecisionHasNoEffect(t *testing.T) {
	s := newSituation()
	stale := decide(keyOf("sub", "s-1"), "decision", "done")
	stale.Facts = "licences=15; expires=2027-02-28; price=EUR 120"
	s.Decisions = []Decision{stale}
	r := s.first(t)
	if r.Decision != ChoiceDone || r.Progress == ProgressDone || r.Status != Decide {
		t.Errorf("got %v %v %v, want done shown, not done, decide", r.Decision, r.Progress, r.Status)
	}
	f := r.Findings()[0]
	if f.Code != "decision-stale" || arg(f, "was") != stale.Facts || arg(f, "now") != r.Stamp() {
		t.Errorf("got %v", f)
	}
	stale.Facts = r.Stamp()
	stale.State = "stale" // marked by an earlier run, and true again
	s.Decisions = []Decision{stale}
	if r := s.first(t); r.Progress != ProgressDone {
		t.Errorf("the facts are as they were: got %v", r.Progress)
	}
}

// What is moved, or not to be moved, stays so on the day after its end, on which
// another offer would be the one to buy.
func TestDecisionOutlivesTheSale(t *testing.T) {
	for choice, stays := range map[string]bool{"done": true, "no": true, "leaves": true, "move": false, "wait": false, "early": false} {
		s := newSituation()
		withTeamsEnded(s)
		s.Sub.Expires = s.AsOf
		before := s.first(t).Stamp()
		s.AsOf++
		d := decide(keyOf("sub", "s-1"), "decision", choice)
		d.Facts = before
		s.Decisions = []Decision{d}
		r := s.first(t)
		if r.Stamp() == before {
			t.Fatal("the offer to buy is the same: this tests nothing")
		}
		if r.Has("decision-stale") == stays || r.NoteStands("decision", before) != stays {
			t.Errorf("%s: got findings %v, note stands %v, want it in force: %v", choice, codes(r), r.NoteStands("decision", before), stays)
		}
		if d.Facts = "licences=1; expires=2026-11-23; price=; sku="; r.NoteStands("decision", d.Facts) {
			t.Errorf("%s: stands on another number of licences", choice)
		}
	}
}

// A choice on Unmatched confirms the offer for every customer.
func TestChosenOfferIsConfirmed(t *testing.T) {
	s := newSituation()
	s.Sub.SKUGUID, s.Sub.OfferTitle = skuE4, "Office 365 E4"
	s.Decisions = []Decision{{Scope: "offer", Key: FoldTitle("Office 365 E4"), Field: "choice", Value: skuE3}}
	r := s.first(t)
	if r.Has("equivalent-unconfirmed") || r.Has("services-lost") || r.Status != Ready || r.Reassign != Yes || len(r.PlansLost()) != 1 {
		t.Errorf("got %v %v %v %v", codes(r), r.Status, r.Reassign, r.PlansLost())
	}
}

// Who chooses an offer for a title has looked at no row of it: what a row asks
// by itself stays open until somebody decides on that row.
func TestChosenOfferLeavesTheRowsOwnQuestions(t *testing.T) {
	for _, test := range []struct {
		finding string
		edit    func(*situation)
	}{
		{"trial", func(s *situation) { s.Sub.Trial = Yes }},
		{"segment-unverified", func(s *situation) { s.Sub.Segment = Charity }},
		{"licences-differ", func(s *situation) { s.csp("N-1", func(sub *Subscription) { sub.Start = day("2026-01-01") }) }},
	} {
		s := newSituation()
		s.Sub.SKUGUID, s.Sub.OfferTitle = "", "House Suite Gold"
		s.Aliases = []Alias{{Title: "House Suite Gold", SKUGUID: skuE3}}
		test.edit(s)
		if r := s.first(t); !r.Has(test.finding) || r.Status != Decide {
			t.Errorf("%s: got %v, findings %v", test.finding, r.Status, codes(r))
		}
		s.Decisions = []Decision{decide(keyOf("sub", "s-1"), "decision", "move")}
		if r := s.first(t); r.Has(test.finding) {
			t.Errorf("%s: stays although a person decided to move the row", test.finding)
		}
	}
}

func TestDayOf(t *testing.T) {
	for when, want := range map[string]string{"2026-11-22T18:00:00Z": "2026-11-22", "2026-11-22": "2026-11-22", "2026-11": "", "yesterday evening": ""} {
		if got := dayOf(when); got != day(want) {
			t.Errorf("%q: got %v, want %s", when, got, want)
		}
	}
}
