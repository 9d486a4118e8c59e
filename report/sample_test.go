package report

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"cspplan/reconcile"
)

// asOf is the day of every sample.
var asOf = reconcile.NewDate(2026, 11, 23)

func texts(t testing.TB, lang string) *Texts {
	t.Helper()
	texts, err := LoadTexts(lang)
	if err != nil {
		t.Fatal(err)
	}
	return texts
}

// subscription is what a sample row is made of; everything else follows.
type subscription struct {
	customer string
	offer    string
	days     int // to the expiry
	undated  bool
	licences int
	status   reconcile.Status
	currency string
	cost     int64 // minor units a year; 0 = no price
	csp      int64 // in CSP; 0 = no price
	cspIn    string
	findings []string
	next     reconcile.NextCode
	noOffer  bool
	accepted bool
	leaves   bool
}

// samplePlan makes a plan, its records and what was read, so that all control
// totals agree.
func samplePlan(subs ...subscription) (*reconcile.Plan, Options) {
	p := &reconcile.Plan{
		Places: []reconcile.Place{{File: "exports/a.csv"}},
		AsOf:   asOf, Region: "Europe", Partner: reconcile.Partner{Name: "Cirrus Partner S.p.A.", Country: "IT"},
		Policy: reconcile.Policy{LeadDays: 7, RelationshipDays: 21, WarnDays: 30, DecideDays: 30},
	}
	customers := map[string]int{}
	for i, s := range subs {
		if _, ok := customers[s.customer]; !ok {
			customers[s.customer] = len(p.Customers)
			p.Customers = append(p.Customers, reconcile.Customer{
				Key: fmt.Sprintf("%016x", 1000+len(p.Customers)), Region: "Europe",
				Facts: &reconcile.CustomerFacts{Name: s.customer, Country: "IT", Domain: fmt.Sprintf("c%d.onmicrosoft.com", len(p.Customers))},
			})
		}
		p.Rows = append(p.Rows, sampleRow(i, s, customers[s.customer]))
		if s.status == reconcile.Blocked {
			p.Customers[customers[s.customer]].Region = "Japan"
		}
	}
	slices.SortStableFunc(p.Rows, func(a, b reconcile.Row) int { return compareDates(a.Sub.Expires, b.Sub.Expires) })
	opt := Options{RunID: "2026-11-23-0a1b2c3d", InputHash: "a3f9c1e0", Version: "1.0.0"}
	read := FileTotals{File: "exports/a.csv"}
	for i := range p.Rows {
		r := &p.Rows[i]
		p.Customers[r.Customer].Rows = append(p.Customers[r.Customer].Rows, int32(i))
		opt.Ledger = append(opt.Ledger, reconcile.LedgerLine{At: r.From, Licences: r.Sub.Licences})
		p.Fates = append(p.Fates, reconcile.Fate{Outcome: reconcile.Planned, Row: int32(i)})
		read.Rows++
		read.Licences += licences(r)
	}
	opt.Read = []FileTotals{read}
	opt.Inputs = []InputLine{{File: "exports/a.csv", Rows: read.Rows}}
	return p, opt
}

func sampleRow(i int, s subscription, customer int) reconcile.Row {
	r := reconcile.Row{
		Key: fmt.Sprintf("%016x", i+1), Customer: int32(customer), Status: s.status,
		Sub: &reconcile.Subscription{
			Customer: &reconcile.CustomerFacts{Name: s.customer}, OfferFacts: &reconcile.OfferFacts{OfferTitle: s.offer},
			Licences: reconcile.Whole(s.licences), Channel: reconcile.Direct, Currency: s.currency,
		},
		From:   reconcile.Spot{Row: int32(i) + 2},
		Match:  &reconcile.OfferMatch{Class: reconcile.MatchSame, Score: 100, Basis: "title"},
		Target: &reconcile.Target{SKUGUID: "g-" + s.offer, Name: s.offer}, Provision: reconcile.Whole(s.licences),
		Next: reconcile.Next{Code: s.next, N: int32(s.licences)}, SameRegion: reconcile.Yes,
	}
	if s.noOffer {
		r.Target, r.Provision = nil, reconcile.Count{}
		r.Match = &reconcile.OfferMatch{Class: reconcile.MatchNone, Candidates: []reconcile.Candidate{{SKUGUID: "c1", Name: "Candidate One", Score: 63, Why: []reconcile.Reason{{Code: "agree", Args: []string{"parts", "office_365"}}}}}}
	}
	if r.Route = reconcile.RouteBuyReassignEnd; s.status == reconcile.Blocked {
		r.Route, r.Provision = reconcile.RouteNone, reconcile.Count{}
	}
	if s.leaves {
		r.Route, r.Provision = reconcile.RouteLetExpire, reconcile.Count{}
	}
	if s.accepted {
		r.Relationship = reconcile.RelationshipAccepted
	}
	if s.next == reconcile.NextUnknown {
		r.Next.Code = reconcile.NextNothingBefore
	}
	if s.status == reconcile.Blocked {
		r.SameRegion = reconcile.No
	}
	if !s.undated {
		r.Sub.Expires = asOf + reconcile.Date(s.days)
		r.DaysLeft, r.ActBy, r.DecideBy = int32(s.days), r.Sub.Expires-7, r.Sub.Expires-30
		r.Next.Date, r.MoveOn = r.ActBy, r.ActBy
	}
	codes := s.findings
	if len(codes) == 0 && s.status < reconcile.Ready { // no row has a status without a finding that gives it
		codes = []string{[...]string{"region-mismatch", "planned-after-end", "region-unknown"}[s.status]}
	}
	for _, code := range codes {
		r.Found = new(append(r.Findings(), reconcile.Finding{Code: code}))
	}
	r.Money = sampleMoney(s)
	return r
}

func sampleMoney(s subscription) reconcile.Money {
	m := reconcile.Money{CSPCurrency: s.cspIn}
	if s.cspIn == "" {
		m.CSPCurrency = s.currency
	}
	if s.cost != 0 {
		m.CostNow, m.OverlapToday, m.OverlapPlanned = reconcile.MinorUnits(s.cost), reconcile.MinorUnits(s.cost/4), reconcile.MinorUnits(s.cost/50)
	}
	if s.csp != 0 {
		m.CostCSP = reconcile.MinorUnits(s.csp)
	}
	return m
}

// mixed is a small plan with something of everything.
func mixed() []subscription {
	return []subscription{
		{customer: "Bäckerei Grünwald GmbH", offer: "Office 365 E4", days: -4, licences: 1, status: reconcile.DataLoss, currency: "EUR", cost: 12000, findings: []string{"expired"}, next: reconcile.NextExpired, noOffer: true},
		{customer: "有限会社さくら印刷", offer: "Office 365 E3", days: 1, licences: 78, status: reconcile.Blocked, currency: "JPY", cost: 1152000, findings: []string{"region-mismatch"}, next: reconcile.NextStopRegion},
		{customer: "Officine Meccaniche Brambilla S.r.l.", offer: "Office 365 E3", days: 3, licences: 25, status: reconcile.Ready, currency: "EUR", cost: 690000, csp: 675000, next: reconcile.NextProvision, accepted: true},
		{customer: "Officine Meccaniche Brambilla S.r.l.", offer: "Visio Plan 2", days: 35, licences: 2, status: reconcile.Decide, currency: "EUR", cost: 30000, csp: 36000, findings: []string{"equivalent-unconfirmed"}, next: reconcile.NextConfirm},
		{customer: "Fiduciaire Lémanique SA", offer: "Microsoft 365 E3", days: 120, licences: 8, status: reconcile.Ready, currency: "CHF", cost: 345600, csp: 345600, cspIn: "EUR", next: reconcile.NextNothingBefore},
		{customer: "Lakeshore Dental Group LLC", offer: "Microsoft 365 Business Premium", undated: true, licences: 10, status: reconcile.Decide, findings: []string{"expiry-missing"}, next: reconcile.NextNothingBefore},
		{customer: "Aceites Sierra Mágina S.L.", offer: "Exchange Online (Plan 1)", days: 9, licences: 5, status: reconcile.Ready, currency: "EUR", cost: 20400, csp: 20400, findings: []string{"monthly-renewal"}, next: reconcile.NextProvision},
		{customer: "Clínica Dental Peñalba", offer: "Office 365 E1", days: 500, licences: 12, status: reconcile.Ready, currency: "EUR", cost: 96001, csp: 90001, next: reconcile.NextNothingBefore},
		{customer: "Clínica Dental Peñalba", offer: "Office 365 E5", days: 20, licences: 7, status: reconcile.Done, currency: "EUR", cost: 500000, csp: 480000, next: reconcile.NextDone},
	}
}

func compute(t testing.TB, lang string, subs ...subscription) *Report {
	t.Helper()
	p, opt := samplePlan(subs...)
	opt.Text = texts(t, lang)
	return Compute(p, opt)
}

// cells prints row i of a table for comparison.
func cells(rep *Report, id string, i int) []string {
	table := rep.Table(id)
	var shown []string
	for _, v := range table.Row(i, nil) {
		currency := ""
		if v.Digits == 2 {
			currency = "EUR"
		}
		shown = append(shown, rep.Text.Show(v, currency))
	}
	return shown
}

func joined(rep *Report, id string, i int) string { return strings.Join(cells(rep, id, i), "|") }

// rejectedLine accounts for a row that was rejected, by the reader if it names a
// problem.
func rejectedLine(p *reconcile.Plan, at reconcile.Source, problem *reconcile.Problem) reconcile.LedgerLine {
	return reconcile.LedgerLine{At: spotAt(p, at), Record: &reconcile.Record{Source: at, Problem: problem}}
}

// spotAt is the spot of a source whose place the plan does not have yet.
func spotAt(p *reconcile.Plan, s reconcile.Source) reconcile.Spot {
	p.Places = append(p.Places, reconcile.Place{File: s.File, Sheet: s.Sheet})
	return reconcile.Spot{Place: int32(len(p.Places) - 1), Row: int32(s.Row)}
}
