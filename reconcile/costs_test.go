package reconcile

import (
	"testing"

	"github.com/govalues/decimal"
	"pgregory.net/rapid"
)

func TestCostNow(t *testing.T) {
	tests := []struct {
		name     string
		licences Count
		price    UnitPrice
		currency string
		want     string
	}{
		{"monthly", Whole(20), euros("12.50", PerMonth), "EUR", "3000.00"},
		{"annual", Whole(20), euros("150", PerYear), "EUR", "3000.00"},
		{"triennial", Whole(20), euros("450", PerThreeYears), "EUR", "3000.00"},
		{"a third", Whole(1), euros("100", PerThreeYears), "EUR", "33.33"},
		{"half up", Whole(1), euros("0.125", PerYear), "EUR", "0.13"},
		{"just below half", Whole(1), euros("0.12499", PerYear), "EUR", "0.12"},
		{"no decimals in yen", Whole(1), euros("800.04", PerMonth), "JPY", "9600"},
		{"no licences", Whole(0), euros("10", PerMonth), "EUR", "0.00"},
		{"licences not known", Count{}, euros("10", PerMonth), "EUR", ""},
		{"period not known", Whole(1), euros("10", PeriodUnknown), "EUR", ""},
		{"currency not known", Whole(1), euros("10", PerMonth), "", ""},
		{"beyond any price", Whole(2147483647), euros("9999999999999", PerMonth), "EUR", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := newSituation()
			s.Sub.Licences, s.Sub.Price, s.Sub.Currency = test.licences, test.price, test.currency
			if got := s.first(t).Money.CostNow.Text(test.currency); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestExposure(t *testing.T) {
	// 20 × EUR 10 a month: EUR 2,400 a year. 97 days to 28 Feb; the paid month
	// ends on 28 Nov, in 5 days; the last safe day is 19 Feb, 9 days before.
	tests := []struct {
		name                                     string
		edit                                     func(*situation)
		today, planned, prepaid, locked, creditQ string
	}{
		{"direct", func(*situation) {}, "637.81", "59.18", "32.88", "2400.00", "32.88"},
		{"annual billing", func(s *situation) { s.Sub.Billing, s.Sub.Price = Annual, euros("120", PerYear) }, "637.81", "59.18", "637.81", "2400.00", "637.81"},
		{"billing not known", func(s *situation) { s.Sub.Billing = BillingUnknown }, "637.81", "59.18", "", "2400.00", ""},
		{"planned date", func(s *situation) {
			s.Decisions = []Decision{decide(keyOf("sub", "s-1"), "planned_date", "2027-02-18")}
		}, "637.81", "65.75", "32.88", "2400.00", "32.88"},
		{"planned after the end", func(s *situation) {
			s.Decisions = []Decision{decide(keyOf("sub", "s-1"), "planned_date", "2027-03-18")}
		}, "637.81", "0.00", "32.88", "2400.00", "32.88"},
		{"volume", func(s *situation) { s.Sub.Channel, s.Sub.Programme = Volume, OpenValue }, "637.81", "59.18", "32.88", "2400.00", ""},
		{"transfer", func(s *situation) { s.Sub.Channel, s.Sub.Programme = OtherPartner, NCE }, "0.00", "0.00", "32.88", "2400.00", ""},
		{"renews into CSP", func(s *situation) { s.Sub.Channel, s.Sub.Programme = Volume, EA }, "0.00", "0.00", "32.88", "2400.00", ""},
		{"batch migration", func(s *situation) { s.Sub.Channel, s.Sub.Programme, s.Sub.MigrationEligible = LegacyCSP, Legacy, Yes }, "0.00", "0.00", "32.88", "2400.00", ""},
		{"does not renew", func(s *situation) { s.Sub.AutoRenew = No }, "637.81", "59.18", "32.88", "", "32.88"},
		{"renews for three years", func(s *situation) { s.Sub.Term = P3Y }, "637.81", "59.18", "32.88", "7200.00", "32.88"},
		{"renews for a month", func(s *situation) { s.Sub.Term = P1M }, "637.81", "59.18", "32.88", "200.00", "32.88"},
		{"expired", func(s *situation) { s.Sub.Expires = day("2026-11-22") }, "0.00", "0.00", "0.00", "", "0.00"},
		{"no expiry", func(s *situation) { s.Sub.Expires = 0 }, "", "", "", "", ""},
		{"blocked", func(s *situation) { s.Sub.Customer.Country = "JP" }, "", "", "32.88", "2400.00", "32.88"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := newSituation()
			test.edit(s)
			r := s.first(t)
			m := &r.Money
			for _, amount := range []struct {
				name string
				got  Amount
				want string
			}{{"overlap today", m.OverlapToday, test.today}, {"overlap planned", m.OverlapPlanned, test.planned},
				{"prepaid", m.PrepaidLost, test.prepaid}, {"locked in", m.LockedIn, test.locked}, {"credit", r.CreditAtMost(), test.creditQ}} {
				if got := amount.got.Text("EUR"); got != amount.want {
					t.Errorf("%s: got %q, want %q", amount.name, got, amount.want)
				}
			}
		})
	}
}

func TestPaidUntil(t *testing.T) {
	tests := []struct {
		name    string
		billing Billing
		term    Term
		expires string
		want    string
	}{
		{"month", Monthly, P1Y, "2027-02-28", "2026-11-28"},
		{"month that ends today", Monthly, P1Y, "2027-02-23", "2026-11-23"},
		{"month that ended yesterday", Monthly, P1Y, "2027-02-22", "2026-12-22"},
		{"end of month", Monthly, P1Y, "2027-03-31", "2026-11-30"},
		{"year", Annual, P3Y, "2029-01-31", "2027-01-31"},
		{"year that ends today", Annual, P3Y, "2028-11-23", "2026-11-23"},
		{"year that ended yesterday", Annual, P3Y, "2028-11-22", "2027-11-22"},
		{"three years", Triennial, P3Y, "2029-01-31", "2029-01-31"},
		{"monthly term", BillingUnknown, P1M, "2026-12-05", "2026-12-05"},
		{"not known", BillingUnknown, P1Y, "2026-12-05", ""},
		{"far future", Monthly, P1Y, "9999-12-31", "2026-11-30"},
		{"expired", Annual, P1Y, "2026-01-01", "2026-11-23"},
		{"no expiry", Annual, P1Y, "", ""},
	}
	for _, test := range tests {
		s := Subscription{Billing: test.billing, Term: test.term, Expires: day(test.expires)}
		if got := paidUntil(&s, today); got != day(test.want) {
			t.Errorf("%s: got %v, want %s", test.name, got, test.want)
		}
	}
}

// The paid period holds the as-of date and is no longer than a period.
func TestPaidPeriodHoldsToday(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := Subscription{
			Billing: rapid.SampledFrom([]Billing{Monthly, Annual, Triennial}).Draw(t, "billing"),
			Expires: today + Date(rapid.IntRange(0, 5000).Draw(t, "days")),
		}
		end := paidUntil(&s, today)
		if end < today || end > s.Expires || end.AddMonths(-billingMonths(&s)) >= today {
			t.Fatalf("%v to %v: paid until %v", s.Billing, s.Expires, end)
		}
	})
}

func TestCostCSP(t *testing.T) {
	sell := func(currency, price string) PriceLine {
		line := erp(currency, "1")
		line.Sell, line.UnitPrice = true, euros(price, PerYear).Value
		return line
	}
	on := func(line PriceLine, edit func(*PriceLine)) PriceLine { edit(&line); return line }
	from := func(line PriceLine, date string) PriceLine {
		return on(line, func(l *PriceLine) { l.From = day(date) })
	}
	market := func(line PriceLine, code string) PriceLine {
		return on(line, func(l *PriceLine) { l.Market = code })
	}
	tests := []struct {
		name   string
		prices []PriceLine
		edit   func(*Subscription)
		want   string // currency and amount
		basis  string
	}{
		{"retail price", []PriceLine{erp("EUR", "108")}, nil, "EUR 2160.00", "erp"},
		{"never the partner's cost", []PriceLine{on(erp("EUR", "108"), func(l *PriceLine) { l.HasERP = false; l.UnitPrice = euros("50", PerYear).Value })}, nil, " ", ""},
		{"sell price first", []PriceLine{erp("EUR", "108"), sell("EUR", "111")}, nil, "EUR 2220.00", "sell"},
		{"today's currency first", []PriceLine{erp("CHF", "90"), erp("EUR", "108")}, nil, "EUR 2160.00", "erp"},
		{"then the country's", []PriceLine{erp("USD", "90"), erp("EUR", "108")}, func(s *Subscription) { s.Currency = "JPY" }, "EUR 2160.00", "erp"},
		{"then the only one", []PriceLine{erp("USD", "90")}, nil, "USD 1800.00", "erp"},
		{"two strange currencies", []PriceLine{erp("USD", "90"), erp("CHF", "95")}, nil, " ", ""},
		{"two strange currencies, one newer", []PriceLine{from(erp("USD", "90"), "2026-06-01"), erp("CHF", "95")}, nil, " ", ""},
		{"equal lines: the first by its place", []PriceLine{
			on(erp("EUR", "109"), func(l *PriceLine) { l.Source.Row = 3 }), on(erp("EUR", "108"), func(l *PriceLine) { l.Source.Row = 2 }), on(erp("EUR", "107"), func(l *PriceLine) { l.Source.Row = 4 })}, nil, "EUR 2160.00", "erp"},
		{"the customer's market first", []PriceLine{market(erp("EUR", "108"), "DE"), erp("EUR", "109"), market(erp("EUR", "110"), "IT")}, nil, "EUR 2200.00", "erp"},
		{"country not known: the partner's market", []PriceLine{market(erp("EUR", "108"), "DE"), market(erp("EUR", "110"), "IT")}, func(s *Subscription) { s.Customer.Country = "" }, "EUR 2200.00", "erp"},
		{"another market of the region", []PriceLine{market(erp("EUR", "108"), "DE")}, nil, "EUR 2160.00", "erp"},
		{"a market of another region", []PriceLine{market(erp("EUR", "108"), "US")}, nil, " ", ""},
		{"another term", []PriceLine{on(erp("EUR", "108"), func(l *PriceLine) { l.Term = P1M })}, nil, " ", ""},
		{"another billing", []PriceLine{on(erp("EUR", "108"), func(l *PriceLine) { l.Billing = Annual })}, nil, " ", ""},
		// ordered on 2027-02-19
		{"list not yet valid", []PriceLine{from(erp("EUR", "108"), "2027-02-20")}, nil, " ", ""},
		{"list valid that day", []PriceLine{from(erp("EUR", "108"), "2027-02-19"), from(erp("EUR", "100"), "2026-01-01")}, nil, "EUR 2160.00", "erp"},
		{"list over", []PriceLine{on(erp("EUR", "108"), func(l *PriceLine) { l.To = day("2027-02-18") })}, nil, " ", ""},
		{"list ends that day", []PriceLine{on(erp("EUR", "108"), func(l *PriceLine) { l.To = day("2027-02-19") })}, nil, "EUR 2160.00", "erp"},
		{"monthly term is twelve a year", []PriceLine{on(erp("EUR", "10.8"), func(l *PriceLine) { l.Term = P1M })}, func(s *Subscription) { s.Term = P1M }, "EUR 2592.00", "erp"},
		{"three years are a third", []PriceLine{on(erp("EUR", "324"), func(l *PriceLine) { l.Term, l.Billing = P3Y, Triennial })}, func(s *Subscription) { s.Term, s.Billing = P3Y, Triennial }, "EUR 2160.00", "erp"},
		{"nothing chosen", []PriceLine{erp("EUR", "108")}, func(s *Subscription) { s.SKUGUID, s.OfferTitle = skuGone, "" }, " ", ""},
		{"blocked", []PriceLine{erp("EUR", "108")}, func(s *Subscription) { s.Customer.Country = "JP" }, " ", ""},
		{"licences not known", []PriceLine{erp("EUR", "108")}, func(s *Subscription) { s.Licences = Count{} }, " ", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := newSituation()
			s.Prices = test.prices
			if test.edit != nil {
				test.edit(&s.Sub)
			}
			r := s.first(t)
			m, difference := &r.Money, r.Difference()
			if got := m.CSPCurrency + " " + m.CostCSP.Text(m.CSPCurrency); got != test.want || m.CSPBasis.String() != test.basis {
				t.Errorf("got %q %q, want %q %q", got, m.CSPBasis.String(), test.want, test.basis)
			}
			if both := m.CostCSP.Known() && m.CostNow.Known() && m.CSPCurrency == r.Sub.Currency; difference.Known() != both ||
				both && difference.Minor() != m.CostCSP.Minor()-m.CostNow.Minor() {
				t.Errorf("difference %v of %v and %v", difference, m.CostCSP, m.CostNow)
			}
		})
	}
}

// What the partner pays is shown as today's cost, and compared with nothing
// that a customer pays.
func TestPartnerPrice(t *testing.T) {
	s := newSituation()
	s.Prices = []PriceLine{erp("EUR", "108")}
	s.Sub.Price.Partner = true
	if r := s.first(t); !r.Money.CostNow.Known() || !r.Money.CostCSP.Known() || r.Difference().Known() {
		t.Errorf("cost now %v, in CSP %v, difference %v; want both costs and no difference", r.Money.CostNow, r.Money.CostCSP, r.Difference())
	}

	partner, customer := apart(s.Sub), apart(s.Sub)
	customer.Price = euros("14", PerMonth)
	partner.fillPrice(&customer)
	if partner.Price != customer.Price {
		t.Errorf("price %v, want the customer's %v", partner.Price, customer.Price)
	}
	if got := priceText(&s.Sub); got != "" {
		t.Errorf("a partner's price compares as %q with the customer's", got)
	}
}

func TestFirstPayment(t *testing.T) {
	tests := []struct {
		term    Term
		billing Billing
		price   string
		want    string
	}{{P1M, Monthly, "12", "240.00"}, {P1Y, Monthly, "120", "200.00"}, {P1Y, Annual, "120", "2400.00"},
		{P3Y, Triennial, "360", "7200.00"}}
	for _, test := range tests {
		s := newSituation()
		s.Sub.Term, s.Sub.Billing = test.term, test.billing
		line := erp("EUR", test.price)
		line.Term, line.Billing = test.term, test.billing
		s.Prices = []PriceLine{line}
		if got := s.first(t).Money.FirstPaymentCSP.Text("EUR"); got != test.want {
			t.Errorf("%v %v: got %q, want %q", test.term, test.billing, got, test.want)
		}
	}
}

func TestWhoAsksForCredit(t *testing.T) {
	for _, test := range []struct {
		channel Channel
		admin   Tri
		want    CreditAskedBy
	}{{Direct, Yes, CreditByPartner}, {Direct, No, CreditByCustomer}, {Direct, Unknown, CreditByCustomer},
		{Volume, Yes, CreditNone}, {ChannelUnknown, Yes, CreditNone}} {
		s := newSituation()
		s.Sub.Channel, s.Sub.Programme, s.Register.DelegatedAdmin = test.channel, ProgrammeUnknown, test.admin
		if got := s.first(t).CreditAskedBy; got != test.want {
			t.Errorf("%v, delegated admin %v: got %v, want %v", test.channel, test.admin, got, test.want)
		}
	}
}

// Whole numbers and decimals give the same amounts, halves included.
func TestShareAgreesWithDecimals(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := decimal.MustNew(rapid.Int64Range(-1e12, 1e12).Draw(t, "coefficient"), rapid.IntRange(0, 4).Draw(t, "scale"))
		num := rapid.Int64Range(0, 1500).Draw(t, "num")
		den := rapid.SampledFrom([]int64{1, 2, 12, 36, 365}).Draw(t, "den")
		currency := rapid.SampledFrom([]string{"EUR", "JPY", "KWD"}).Draw(t, "currency")
		if got, want := share(d, num, den, currency), largeShare(d, num, den, currency); got != want {
			t.Fatalf("%v × %d / %d %s: got %v, want %v", d, num, den, currency, got, want)
		}
	})
}

// Sums that whole numbers cannot hold are worked out all the same.
func TestShareOfLargeSums(t *testing.T) {
	d := decimal.MustNew(9_000_000_000_000_000_000, 4) // 900 billion thousands
	if got, want := share(d, 300, 365, "EUR"), MinorUnits(73_972_602_739_726_027); got != want {
		t.Errorf("got %v, want %v", got, want)
	}
	if got := share(decimal.MustNew(9_000_000_000_000_000_000, 0), 300, 1, "EUR"); got.Known() {
		t.Errorf("got %v, want unknown: it does not fit", got)
	}
}

// A third is no decimal number: what is divided by three and multiplied again
// must not lose its half cent. 17 × 0.335 for three years is 5.695.
func TestThreeYearsDivideOnce(t *testing.T) {
	s := newSituation()
	s.Sub.Licences, s.Sub.Term, s.Sub.Billing, s.Sub.Price = Whole(17), P3Y, Triennial, euros("0.335", PerThreeYears)
	s.Sub.Start = 0
	if m := s.first(t).Money; m.CostNow != MinorUnits(190) || m.LockedIn != MinorUnits(570) {
		t.Errorf("cost now %v, locked in %v; want 1.90 and 5.70", m.CostNow, m.LockedIn)
	}
}

// Where a row of the price list could not be read, no other price takes its
// place: not an older one, nor one without a market.
func TestUnreadPrice(t *testing.T) {
	unread := func(change func(*PriceLine)) []PriceLine {
		line := PriceLine{ProductID: "CFQ7TTC0LF8R", SKUID: "0001", Term: P1Y, Billing: Monthly, Currency: "EUR", From: day("2026-11-01"), Unread: true}
		change(&line)
		old := erp("EUR", "108")
		old.From = day("2026-01-01")
		return []PriceLine{old, line}
	}
	for _, test := range []struct {
		name   string
		change func(*PriceLine)
		open   bool
	}{
		{"newer", func(*PriceLine) {}, true},
		{"of the same day", func(l *PriceLine) { l.From = day("2026-01-01") }, true},
		{"of no known day", func(l *PriceLine) { l.From = 0 }, true},
		{"of no known term", func(l *PriceLine) { l.Term, l.Billing = TermUnknown, BillingUnknown }, true},
		{"of no known currency", func(l *PriceLine) { l.Currency = "" }, true},
		{"older than one that is read", func(l *PriceLine) { l.From = day("2025-01-01") }, false},
		{"of another term", func(l *PriceLine) { l.Term, l.Billing = P3Y, Triennial }, false},
		{"of another currency", func(l *PriceLine) { l.Currency = "USD" }, false},
		{"not valid yet", func(l *PriceLine) { l.From = day("2028-01-01") }, false},
		{"of another SKU", func(l *PriceLine) { l.SKUID = "0002" }, false},
	} {
		s := newSituation()
		s.Prices = unread(test.change)
		r := s.first(t)
		if r.Money.CostCSP.Known() == test.open || r.Has("no-price") != test.open {
			t.Errorf("%s: cost %s, %v, want it open: %v", test.name, r.Money.CostCSP.Text("EUR"), codes(r), test.open)
		}
	}
}
