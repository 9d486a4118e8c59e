package pdf

import (
	"fmt"
	"strings"
	"testing"

	"cspplan/reconcile"
	"cspplan/report"
)

// asOf is the day of all samples.
var asOf = reconcile.NewDate(2026, 11, 23)

// texts loads the labels of a language.
func texts(t testing.TB, lang string) *report.Texts {
	t.Helper()
	x, err := report.LoadTexts(lang)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// emptyReport is a run without any subscription.
func emptyReport(t testing.TB, lang string) *report.Report { return sampleOf(t, lang, nil) }

// A subscription is a row from which sample makes a plan.
type subscription struct {
	expires          reconcile.Date
	customer, domain string
	offer, csp       string // csp empty: the same offer, or none if the data is at risk
	status           reconcile.Status
	licences         int32
	currency         string
	cost             int64 // a year, minor units; 0: no price
	region           string
}

// sampleOf is the report of a plan of subscriptions in order of expiry, with
// three rejected rows and one refused file.
func sampleOf(t testing.TB, lang string, subs []subscription) *report.Report {
	t.Helper()
	return sampleWith(t, lang, subs, func(*reconcile.Plan, *report.Options) {})
}

// sampleWith is that report after a change to what it is computed from.
func sampleWith(t testing.TB, lang string, subs []subscription, change func(*reconcile.Plan, *report.Options)) *report.Report {
	t.Helper()
	p := &reconcile.Plan{
		Places: []reconcile.Place{{File: "exports/subscriptions-it.xlsx", Sheet: "Foglio1"}},
		AsOf:   asOf, Region: "EU/EFTA", Partner: reconcile.Partner{Name: "Cirrus Partner S.p.A.", Country: "IT"},
		Policy: reconcile.Policy{LeadDays: 7, RelationshipDays: 21, WarnDays: 30, DecideDays: 30},
	}
	read := report.FileTotals{File: "exports/subscriptions-it.xlsx"}
	opt := report.Options{
		Text: texts(t, lang), RunID: "2026-11-23-0a1b2c3d", InputHash: "a3f9c1e0", Version: "1.0.0", PDFFull: true,
		Inputs: []report.InputLine{
			{File: read.File, Rows: len(subs), SHA256: "a3f9c1e077b2aa10deadbeef00112233"},
			{File: "exports/old.xls", SHA256: "e7712ab390aa90aadeadbeef00112233", Refused: "exports/old.xls is an old Excel file (.xls): open it in Excel and save it as .xlsx"},
		},
	}
	customers := make(map[string]int)
	for i, s := range subs {
		n, ok := customers[s.customer]
		if !ok {
			n = len(p.Customers)
			customers[s.customer] = n
			p.Customers = append(p.Customers, reconcile.Customer{
				Key: fmt.Sprintf("%016x", 0xc0ffee+n), Region: "EU/EFTA", Facts: &reconcile.CustomerFacts{Name: s.customer, Domain: s.domain},
			})
		}
		p.Customers[n].Rows = append(p.Customers[n].Rows, int32(i))
		p.Rows = append(p.Rows, sampleRow(i, n, s))
		if s.status == reconcile.Blocked {
			p.Customers[n].Region = s.region
		}
		opt.Ledger = append(opt.Ledger, reconcile.LedgerLine{At: p.Rows[i].From, Licences: reconcile.Count{N: s.licences, Known: true}})
		p.Fates = append(p.Fates, reconcile.Fate{Outcome: reconcile.Planned, Row: int32(i)})
		read.Rows++
		read.Licences += int64(s.licences)
	}
	for i := range min(3, len(subs)) {
		problem := reconcile.Problem{Code: "bad-date", Column: "Scadenza", Value: "31/02/2027"}
		opt.Ledger = append(opt.Ledger, reconcile.LedgerLine{At: reconcile.Spot{Row: int32(212 + i)}, Record: &reconcile.Record{Problem: &problem}})
		p.Fates = append(p.Fates, reconcile.Fate{Outcome: reconcile.Rejected, Row: -1})
		read.Rows++
	}
	opt.Read = []report.FileTotals{read}
	change(p, &opt)
	return report.Compute(p, opt)
}

// sampleRow is the i-th row of the plan, of the n-th customer.
func sampleRow(i, n int, s subscription) reconcile.Row {
	r := reconcile.Row{
		Key: fmt.Sprintf("%016x", uint64(i+1)*0x9E3779B97F4A7C15), Customer: int32(n), Status: s.status,
		From: reconcile.Spot{Row: int32(i) + 2},
		Sub: &reconcile.Subscription{
			Customer:   &reconcile.CustomerFacts{Name: s.customer, Domain: s.domain},
			OfferFacts: &reconcile.OfferFacts{OfferTitle: s.offer}, Licences: reconcile.Count{N: s.licences, Known: true}, Expires: s.expires, Channel: reconcile.Direct, Currency: s.currency,
		},
		Match: &reconcile.OfferMatch{Class: reconcile.MatchSame}, Target: &reconcile.Target{Name: s.offer},
		Route: reconcile.RouteBuyReassignEnd, SameRegion: reconcile.Yes,
		Relationship: reconcile.RelationshipAccepted, CreditAskedBy: reconcile.CreditAskedBy(i % 3),
		DaysLeft: int32(s.expires - asOf),
	}
	if s.expires.Known() {
		r.DecideBy = s.expires - 30
	}
	if s.csp != "" {
		r.Match, r.Target = &reconcile.OfferMatch{Class: reconcile.MatchEquivalent}, &reconcile.Target{Name: s.csp}
	}
	switch s.status {
	case reconcile.Blocked:
		r.SameRegion, r.Found = reconcile.No, &[]reconcile.Finding{{Code: "region-mismatch"}}
	case reconcile.DataLoss:
		r.Target, r.Found = nil, &[]reconcile.Finding{{Code: "no-equivalent"}}
		r.Match = &reconcile.OfferMatch{Candidates: []reconcile.Candidate{{Name: "Office 365 E5", Score: 63}}, PlansLost: []string{"Kaizala Pro"}}
	case reconcile.Decide:
		r.Found = &[]reconcile.Finding{{Code: "licences-differ"}}
	}
	switch {
	case s.status == reconcile.Blocked:
		r.Route = reconcile.RouteNone
	case r.Target != nil && s.status != reconcile.Done:
		r.Provision = r.Sub.Licences
	}
	if s.status == reconcile.Done {
		r.Progress = reconcile.ProgressDone
	}
	r.Money = sampleMoney(s)
	return r
}

// sampleMoney has a CSP price a fiftieth below today's, except for one offer.
func sampleMoney(s subscription) reconcile.Money {
	m := reconcile.Money{CSPCurrency: s.currency}
	if s.cost == 0 {
		return m
	}
	m.CostNow = reconcile.MinorUnits(s.cost)
	m.OverlapToday, m.OverlapPlanned = reconcile.MinorUnits(s.cost/2), reconcile.MinorUnits(s.cost/50)
	m.LockedIn, m.PrepaidLost = reconcile.MinorUnits(s.cost/3), reconcile.MinorUnits(s.cost/8)
	if s.offer != "Power BI Pro" {
		m.CostCSP = reconcile.MinorUnits(s.cost - s.cost/50)
	}
	return m
}

// names are customers of all kinds: long, unbroken, in four scripts, with an
// emoji, with marks that would turn the line round.
var names = []subscription{
	{customer: "Bäckerei Grünwald GmbH", offer: "Office 365 E4", status: reconcile.DataLoss, currency: "EUR", cost: 26400, licences: 1},
	{customer: "有限会社さくら印刷", offer: "Office 365 Business Essentials", status: reconcile.Blocked, region: "Japan", currency: "JPY", cost: 11520, licences: 1},
	{customer: "Officine Meccaniche Brambilla S.r.l.", offer: "Enterprise Mobility + Security E3", status: reconcile.Ready, currency: "EUR", cost: 267000, licences: 25},
	{customer: "Aceites Sierra Mágina S.L.", offer: "Visio Pro for Office 365", csp: "Visio Plan 2", status: reconcile.Ready, currency: "EUR", cost: 93000, licences: 5},
	{customer: "Istituto Paritario Maria Ausiliatrice – Scuola dell’Infanzia, Primaria e Secondaria di primo grado", offer: "Exchange Online (Plan 1)", status: reconcile.Ready, currency: "EUR", cost: 38400, licences: 8},
	{customer: "Istituto Paritario Maria Ausiliatrice – Scuola dell’Infanzia, Primaria e Secondaria di primo grado", offer: "Office 365 ProPlus", csp: "Microsoft 365 Apps for enterprise", status: reconcile.Decide, currency: "EUR", cost: 50040, licences: 3},
	{customer: "Fiduciaire Lémanique SA", offer: "Office 365 ProPlus", csp: "Microsoft 365 Apps for enterprise", status: reconcile.Ready, currency: "CHF", cost: 140112, licences: 8},
	{customer: "Bjørkdal Fiskeri AS", offer: "Kaizala Pro", status: reconcile.DataLoss, currency: "NOK", cost: 967440, licences: 5},
	{customer: "Παπαδόπουλος Ναυτιλιακή Α.Ε.", offer: "Office 365 E4", status: reconcile.DataLoss, currency: "EUR", cost: 120000, licences: 120},
	{customer: "Rakéta 🚀 Kft.", offer: "Power BI Pro", status: reconcile.Ready, currency: "HUF", cost: 90240000, licences: 8},
	{customer: "Donaudampfschifffahrtsgesellschaftskapitänskajütentürschlossereibetrieb", offer: "Microsoft 365 Business Premium", status: reconcile.Decide, currency: "EUR", cost: 999900, licences: 300},
	{customer: "שירותי ענן בע״מ", domain: "cloud-services.example", offer: "Office 365 E3", status: reconcile.Ready, currency: "ILS", cost: 4410, licences: 2},
	{customer: "شركة السحاب", domain: "sahab.example", offer: "Office 365 E1", status: reconcile.Decide, currency: "USD", cost: 1634904, licences: 240},
	{customer: "Ltd\u202eevil\u2011name\tand\nlines", offer: "Dynamics 365 Customer Engagement Plan Enterprise Edition (Legacy, annual commitment, paid yearly)", status: reconcile.Ready, currency: "GBP", cost: 441408, licences: 12},
	{customer: "ООО «Рога и копыта»", offer: "Visio Pro for Office 365", status: reconcile.Done, currency: "EUR", licences: 4},
}

// sample is n subscriptions spread over the coming months; the first has
// expired and, from 20 on, the last has no date.
func sample(t testing.TB, lang string, n int) *report.Report {
	return sampleOf(t, lang, spread(n))
}

func spread(n int) []subscription {
	subs := make([]subscription, 0, n)
	for i := range n {
		s := names[i%len(names)]
		s.expires = asOf - 4 + reconcile.Date(i*400/max(n, 30))
		if i%len(names) == 5 {
			s.expires = subs[i-1].expires // a second row of the same customer and date
		}
		if i >= 20 && i == n-1 {
			s.expires = 0
		}
		subs = append(subs, s)
	}
	return subs
}

// awkward is all in one month: endless unbroken names, the largest amounts
// there can be, each in a currency of its own.
func awkward() []subscription {
	long := strings.Repeat("Gesellschaft", 40)
	var subs []subscription
	for i := range 60 {
		subs = append(subs, subscription{
			expires: asOf + 10, customer: fmt.Sprintf("%s %d", long, i), offer: long, status: reconcile.Ready,
			currency: fmt.Sprintf("%c%cC", 'A'+i/26, 'A'+i%26), cost: 90_000_000_000_000_000, licences: 2_000_000_000,
		})
	}
	return subs
}
