package reconcile

import (
	"testing"
)

func TestDuplicatesCountOnce(t *testing.T) {
	s := newSituation()
	copied := s.add(RoleSubscription, good())
	copied.Hash = hashOf(9001)
	p := s.build()
	if p.Fates[0].Outcome != Duplicate && p.Fates[2].Outcome != Duplicate || len(p.Rows) != 1 {
		t.Fatalf("got %v and %v, %d rows", p.Fates[0], p.Fates[2], len(p.Rows))
	}
	first, second := p.Fates[2], p.Fates[0] // more01.csv stands before subs.csv
	if first.Outcome != Planned || second.Outcome != Duplicate || second.Other != 2 || second.Row != -1 {
		t.Errorf("got %v, %v, want the first by file name planned and the other its duplicate", first, second)
	}
}

// January said 20, February 25, and March 20 again, in the very same words: 20
// is the newest, although the row of March is a duplicate.
func TestDuplicateDatesTheRowItRepeats(t *testing.T) {
	s := newSituation()
	s.Inputs.Records = nil
	for i, at := range []string{"2026-01-31", "2026-02-28", "2026-03-31"} {
		sub := good()
		if i == 1 {
			sub.Licences = Whole(25)
		}
		rec := s.add(RoleSubscription, sub)
		rec.Exported = day(at)
		if i != 1 {
			rec.Hash = hashOf(77)
		}
	}
	p := Build(s.Inputs)
	if got := p.Rows[0].Sub.Licences; got != Whole(20) {
		t.Errorf("got %v, want 20", got)
	}
	for i, want := range []Outcome{Planned, Merged, Duplicate} {
		if p.Fates[i].Outcome != want {
			t.Errorf("record %d: got %v, want %v", i, p.Fates[i].Outcome, want)
		}
	}
}

func TestMergingFields(t *testing.T) {
	s := newSituation()
	s.Sub.Assigned, s.Sub.Owner, s.Sub.Licences = Count{}, "", Count{}
	old := good()
	old.SubscriptionID, old.Expires, old.Licences, old.Assigned, old.Owner = "s-1", day("2027-03-01"), Whole(25), Whole(7), "Bruno"
	s.add(RoleSubscription, old).Exported = day("2026-01-01")
	p := s.build()
	r := p.Rows[0]
	if len(p.Rows) != 1 || r.Sub.Expires != day("2027-02-28") || r.Sub.Licences != Whole(25) || r.Sub.Assigned != Whole(7) || r.Sub.Owner != "Bruno" {
		t.Fatalf("got %d rows, %+v", len(p.Rows), r.Sub)
	}
	if p.Fates[2].Outcome != Planned || p.Fates[0].Outcome != Merged || p.Fates[0].Other != 2 {
		t.Errorf("got %v, %v: the planned record is the one that gave the licences", p.Fates[2], p.Fates[0])
	}
	if sources := p.Sources(&r); sources[0].File != "more01.csv" || sources[1].File != "subs.csv" {
		t.Errorf("got sources %v", sources)
	}
	f := r.Findings()[0]
	for name, want := range map[string]string{"field": "expires", "value": "2027-02-28", "source": "subs.csv:2", "other": "2027-03-01", "other_source": "more01.csv:2"} {
		if got := arg(f, name); f.Code != "sources-disagree" || got != want {
			t.Errorf("%s %s: got %q, want %q", f.Code, name, got, want)
		}
	}
}

// A price means nothing without its own currency.
func TestPriceKeepsItsCurrency(t *testing.T) {
	s := newSituation()
	s.Sub.Price = UnitPrice{}
	old := good()
	old.Currency = "CHF"
	s.add(RoleSubscription, old).Exported = day("2026-01-01")
	if r := s.first(t); r.Sub.Currency != "CHF" || r.Money.CostNow != MinorUnits(240000) {
		t.Errorf("got %s %v, want CHF 2400.00", r.Sub.Currency, r.Money.CostNow)
	}
}

func TestFirstRowOfAFileStands(t *testing.T) {
	s := newSituation()
	later := good()
	later.Licences = Whole(99)
	rec := s.add(RoleSubscription, later)
	rec.Source = Source{File: "subs.csv", Row: 3}
	r := s.first(t)
	if r.Sub.Licences != Whole(20) || !r.Has("sources-disagree") {
		t.Errorf("got %v, %v, want 20 of row 2 and sources-disagree", r.Sub.Licences, codes(r))
	}
}

func TestTwoTenantsForOneSubscription(t *testing.T) {
	s := newSituation()
	other := good()
	other.Customer.TenantID = tenantB
	s.add(RoleSubscription, other)
	r := s.first(t)
	if arg(r.Findings()[0], "field") != "customer" {
		t.Errorf("got %v %v, want sources-disagree on the customer", codes(r), r.Findings()[0].Args)
	}
}

// The customer of a merged row is the one that is known best.
func TestStrongestCustomerWins(t *testing.T) {
	s := newSituation()
	s.Sub.Customer = &CustomerFacts{Name: "Somebody"}
	other := good()
	s.add(RoleSubscription, other).Exported = day("2020-01-01")
	p := s.build()
	if len(p.Rows) != 1 || p.Customers[0].Facts.TenantID != tenantA {
		t.Errorf("got %d rows, customer %+v", len(p.Rows), p.Customers[0].Facts)
	}
}

func TestOutcomes(t *testing.T) {
	s := newSituation()
	s.add(RoleSubscription, good()).Problem = &Problem{Code: "bad-date"}
	azure := good()
	azure.SubscriptionID, azure.OfferTitle, azure.SKUGUID = "Z", "Microsoft Azure", ""
	s.add(RoleSubscription, azure)
	s.add(RoleOutOfScope, good()).Note = "hardware"
	csp := good()
	csp.SubscriptionID, csp.Rare.MigratedFrom = "N", "elsewhere"
	s.add(RoleInCSP, csp)
	nobody := good()
	nobody.SubscriptionID, nobody.Customer = "Y", &CustomerFacts{}
	s.add(RoleSubscription, nobody)
	s.Records = append(s.Records, Record{Source: Source{File: "x.csv", Row: 9}})
	p := s.build()
	want := []struct {
		outcome Outcome
		why     string
	}{{Planned, ""}, {Reference, ""}, {Rejected, ""}, {OutOfScope, "azure"}, {OutOfScope, ""}, {InCSP, ""},
		{Rejected, "no-customer"}, {Rejected, "not-understood"}}
	for i, w := range want {
		if got := p.Fates[i]; got.Outcome != w.outcome || got.Why.String() != w.why || (got.Outcome == Planned) != (got.Row >= 0) {
			t.Errorf("record %d: got %+v, want %v %q", i, got, w.outcome, w.why)
		}
	}
	if len(p.Extra) != 1 || p.Extra[0].Source.File != "more04.csv" {
		t.Errorf("got extra %v, want the CSP subscription that came from elsewhere", p.Extra)
	}
}

// A corrected row takes the place of the one that was rejected.
func TestCorrectedRow(t *testing.T) {
	s := newSituation()
	bad := s.add(RoleSubscription, good())
	bad.Problem, bad.Sub = &Problem{Code: "bad-date"}, nil
	still := s.add(RoleSubscription, good())
	still.Problem, still.Sub = &Problem{Code: "bad-date"}, nil
	fixed := good()
	fixed.SubscriptionID = "S-2"
	s.add(RoleSubscription, fixed).Corrects = &Source{File: "more01.csv", Row: 2}
	p := s.build()
	if f := p.Fates[2]; f.Outcome != Merged || f.Row != p.Fates[4].Row || f.Why != CauseCorrected || f.Other != 4 {
		t.Errorf("corrected: got %+v", f)
	}
	if f := p.Fates[3]; f.Outcome != Rejected {
		t.Errorf("not corrected: got %+v", f)
	}
	if n := len(p.Sources(&p.Rows[p.Fates[4].Row])); n != 2 {
		t.Errorf("got %d sources, want the corrected row and the rejected one", n)
	}
}

func TestKeys(t *testing.T) {
	s := newSituation()
	if got, want := s.first(t).Key, keyOf("sub", "s-1"); got != want || len(got) != 16 {
		t.Errorf("got %q, want %q", got, want)
	}
	// echo -n sub␀s-1 | sha256sum
	if got, want := keyOf("sub", "s-1"), "c726ad18f4b65622"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	s = newSituation()
	s.Sub.SubscriptionID = ""
	twin := good()
	twin.SubscriptionID, twin.Licences = "", Whole(30)
	s.add(RoleSubscription, twin)
	before := map[string]Count{}
	for _, r := range s.build().Rows {
		before[r.Key] = r.Sub.Licences
	}
	if before[keyOf("row", tenantA, skuE3, "1")] != Whole(20) || before[keyOf("row", tenantA, skuE3, "2")] != Whole(30) {
		t.Errorf("got %v, want the n-th by expiry, licences and place", before)
	}
	s.Sub.Expires = day("2027-03-31")
	s.Records[0].Sub.Expires = day("2027-06-30")
	for _, r := range s.build().Rows {
		if before[r.Key] != r.Sub.Licences {
			t.Errorf("after a renewal key %s belongs to %v, before to %v", r.Key, r.Sub.Licences, before[r.Key])
		}
	}
}

// Without an id the offer is named by the strongest name the row has.
func TestOfferIdentity(t *testing.T) {
	full := Subscription{OfferFacts: &OfferFacts{SKUGUID: "G", OfferID: "O", ProductID: "P", ProductSKU: "1", PartNumber: "N", OfferTitle: "Some  Title"}}
	p := newPlanning(Inputs{Catalogue: world()})
	for _, test := range []struct {
		drop func()
		want string
	}{
		{func() {}, "g"}, {func() { full.SKUGUID = "" }, "o"}, {func() { full.OfferID = "" }, "p/0001"},
		{func() { full.ProductID = "" }, "n"}, {func() { full.PartNumber = "" }, "some title"},
	} {
		test.drop()
		if got := p.offerIdentity(&full); got != test.want {
			t.Errorf("got %q, want %q", got, test.want)
		}
	}
}

// Rows without an id in exports of two days may be one subscription: both stay,
// and a person decides. In exports of one day they are two.
func TestRepeatsWithoutID(t *testing.T) {
	for _, test := range []struct {
		exported string
		want     bool
	}{{"2026-11-20", false}, {"2026-10-20", true}, {"", false}} {
		s := newSituation()
		s.Sub.SubscriptionID = ""
		twin := good()
		twin.SubscriptionID, twin.Licences = "", Whole(30)
		s.add(RoleSubscription, twin).Exported = day(test.exported)
		p := s.build()
		if len(p.Rows) != 2 || p.Rows[0].Has("sources-disagree") != test.want || p.Rows[1].Has("sources-disagree") != test.want {
			t.Errorf("exported %q: got %d rows, %v, %v, want sources-disagree %v", test.exported, len(p.Rows), codes(&p.Rows[0]), codes(&p.Rows[1]), test.want)
		}
	}
}

// A row without an id beside one of another file that says the same may be the
// same subscription, counted twice.
func TestTwinsOfTwoFiles(t *testing.T) {
	for _, test := range []struct {
		name   string
		change func(*Subscription, *Record)
		want   bool
	}{
		{"the other has the id", func(*Subscription, *Record) {}, true},
		{"neither has an id", func(s *Subscription, _ *Record) { s.SubscriptionID = "" }, true},
		{"by the SKU under another name", func(s *Subscription, _ *Record) { s.OfferTitle, s.SKUGUID = "E3", skuE3 }, true},
		{"other licences", func(s *Subscription, _ *Record) { s.Licences = Whole(30) }, false},
		{"another end", func(s *Subscription, _ *Record) { s.Expires++ }, false},
		{"another offer", func(s *Subscription, _ *Record) { s.OfferTitle = "Office 365 E4" }, false},
		{"another tenant", func(s *Subscription, _ *Record) { s.Customer = &CustomerFacts{TenantID: tenantB, Country: "IT"} }, false},
		{"the same file", func(_ *Subscription, r *Record) { r.Source.File = "subs.csv" }, false},
	} {
		s := newSituation()
		s.Sub.SubscriptionID = ""
		twin := good()
		twin.SubscriptionID = "S-9"
		other := s.add(RoleSubscription, twin)
		test.change(other.Sub, other)
		p := s.build()
		for i := range p.Rows {
			if p.Rows[i].Has("sources-disagree") != test.want {
				t.Errorf("%s: row %d of %d: %v, want sources-disagree %v", test.name, i, len(p.Rows), codes(&p.Rows[i]), test.want)
			}
		}
		if len(p.Rows) != 2 {
			t.Errorf("%s: got %d rows, want 2", test.name, len(p.Rows))
		}
	}
}

// Invoices write names in capitals. Of exports of one day the name that people
// know stands; a newer export is believed as it is.
func TestTitleThatDoesNotShout(t *testing.T) {
	for _, test := range []struct {
		name, invoice, day, want string
	}{
		{"the same day", "OFFICE 365 ENTERPRISE E3", "2026-11-20", "Office 365 E3"},
		{"a newer invoice", "OFFICE 365 ENTERPRISE E3", "2026-11-21", "OFFICE 365 ENTERPRISE E3"},
		{"an older invoice", "OFFICE 365 ENTERPRISE E3", "2026-11-19", "Office 365 E3"},
		{"an invoice that does not shout", "Office 365 Enterprise E3", "2026-11-20", "Office 365 Enterprise E3"},
		{"the same name", "OFFICE 365 E3", "2026-11-20", "Office 365 E3"},
	} {
		s := newSituation()
		invoice := good()
		invoice.OfferTitle = test.invoice
		s.add(RoleSubscription, invoice).Exported = day(test.day) // stands in more01.csv, before subs.csv
		if got := s.first(t).Sub.OfferTitle; got != test.want {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
}

// Of two rows of one workbook, that of the earlier sheet is the first, whatever
// the sheets are called.
func TestFirstSheetWins(t *testing.T) {
	s := newSituation()
	s.Inputs.Records = nil
	for i, name := range []string{"Zulu", "Alpha"} {
		sub := good()
		sub.Licences = Whole(10 + i)
		rec := s.add(RoleSubscription, sub)
		rec.Source, rec.SheetAt = Source{File: "book.xlsx", Sheet: name, Row: 9 - i}, int32(1+i)
	}
	p := Build(s.Inputs)
	if len(p.Rows) != 1 || p.Rows[0].Sub.Licences != Whole(10) || p.Fates[0].Outcome != Planned || p.Fates[1].Outcome != Merged {
		t.Errorf("got %d rows, %v licences, %v: want the 10 of sheet Zulu, which is the first", len(p.Rows), p.Rows[0].Sub.Licences, p.Fates)
	}
}

// What happens at the end of the term decides whether money is lost: exports
// that differ on it are shown, one that does not say differs from none.
func TestEndsThatDisagree(t *testing.T) {
	for _, test := range []struct {
		newer, older EndOfTerm
		want         string
	}{{EndCancel, EndRenew, "cancel"}, {EndCancel, EndUnknown, ""}, {EndUnknown, EndRenew, ""}, {EndRenew, EndRenew, ""}} {
		s := newSituation()
		s.Sub.AutoRenew, s.Sub.EndOfTerm = Unknown, test.newer
		other := apart(s.Sub)
		other.EndOfTerm = test.older
		s.add(RoleSubscription, other).Exported = day("2026-01-01")
		f := finding(s.first(t), "sources-disagree")
		if arg(f, "value") != test.want || f.Code != "" && arg(f, "field") != "end_of_term" {
			t.Errorf("%v, before %v: got %+v, want %q kept", test.newer, test.older, f, test.want)
		}
	}
}

// Exports that name two tenants for one subscription: it belongs to the one that
// the newest of them names.
func TestNewestTenantWins(t *testing.T) {
	s := newSituation()
	other := good()
	other.Customer = &CustomerFacts{TenantID: tenantB, Name: "Fabrikam", Country: "IT"}
	s.add(RoleSubscription, other).Exported = day("2026-01-01")
	p := s.build()
	if len(p.Rows) != 1 || p.Customers[p.Rows[0].Customer].Facts.TenantID != tenantA {
		t.Errorf("got customers %+v, want the tenant of the newest export", p.Customers)
	}
}
