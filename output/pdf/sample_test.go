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
func emptyReport(t testing.TB, lang string) *report.Report {
	x := texts(t, lang)
	r := &report.Report{
		Text: x, Partner: "Cirrus Partner S.p.A.", Region: "EU/EFTA", AsOf: asOf,
		RunID: "2026-11-23-0a1b2c3d", InputHash: "a3f9c1e0", Version: "1.0.0",
		Title: x.Label("doc.title"), Subtitle: x.Label("doc.subtitle"),
		Headline: x.Label("doc.nothing_expires"), Agree: true,
		RulesSource: "Microsoft, “Move customers to the CSP programme”, read 2026-11-01.",
		Sources:     []string{"Offer catalogue of 2026-10-30.", "Price list NCE of 2026-11-01, 4,312 prices."},
		Inputs:      []report.InputLine{{File: "exports/empty.csv", SHA256: "e3b0c44298fc1c149afbf4c8996fb924"}},
		Checks:      []report.Check{{Code: "rows", What: x.Label("check.rows")}},
	}
	for _, key := range []string{"region", "relationship", "same", "discontinued", "no_refund", "credit"} {
		r.RuleTexts = append(r.RuleTexts, x.Label("rule."+key, "days", "7"))
	}
	for s := range r.Windows.Rows {
		r.Windows.Rows[s].Status = reconcile.Status(s)
	}
	return r
}

// A subscription is a row from which sample makes the whole report.
type subscription struct {
	expires          reconcile.Date
	customer, domain string
	offer, csp       string
	status           reconcile.Status
	licences         int64
	currency         string
	cost             int64 // minor units; 0: no price
	region           string
}

// sampleOf computes a report of subscriptions in order of expiry. It stands in
// for package report with figures that tie, not with its rules.
func sampleOf(t testing.TB, lang string, subs []subscription) *report.Report {
	r := emptyReport(t, lang)
	x := r.Text
	customers := map[string]bool{}
	var rows [][]subscription
	for _, s := range subs {
		n := len(rows)
		if n == 0 || rows[n-1][0].expires.FirstOfMonth() != s.expires.FirstOfMonth() {
			rows = append(rows, nil)
			n++
		}
		rows[n-1] = append(rows[n-1], s)
		customers[s.customer] = true
		r.Licences += s.licences
	}
	r.Subscriptions, r.Customers = len(subs), len(customers)
	r.Subtitle += ". " + x.Label("doc.counts", "subs", x.Count(int64(len(subs))), "lic", x.Count(r.Licences), "cust", x.Count(int64(len(customers))))
	r.Headline, r.Alarm = "18 subscriptions expire in the next 30 days; 5 of them cannot move as they stand. One has already expired.", true
	for _, month := range rows {
		r.Months = append(r.Months, sampleMonth(r, month))
	}
	sampleWindows(r, subs)
	sampleTimeline(r, subs)
	sampleMoney(r, subs)
	sampleWords(r, subs)
	return r
}

func sampleMonth(r *report.Report, month []subscription) report.MonthGroup {
	x, first := r.Text, month[0].expires
	g := report.MonthGroup{Title: x.Label("window.none"), Subs: len(month)}
	if first.Known() {
		g.Title, g.Month = x.LongMonth(first), first.FirstOfMonth()
	}
	row := 0
	for i := range r.Months {
		row += len(r.Months[i].Lines)
	}
	for i, s := range month {
		l := report.PlanLine{
			Row: row + i, Rows: 1, Keys: uint64(row+i+1) * 0x9E3779B97F4A7C15, Status: s.status, Expires: s.expires,
			Burning:  s.expires.Known() && s.expires-r.AsOf <= 30,
			Customer: s.customer, Domain: s.domain, Offer: s.offer, Licences: s.licences,
			Arrow: "→ " + s.csp,
		}
		switch {
		case s.status == reconcile.Blocked:
			l.Arrow = x.Label("pdf.arrow_blocked", "region", s.region)
		case s.csp == "" && s.status == reconcile.DataLoss:
			l.Arrow, l.ArrowBad = x.Label("pdf.arrow_none"), true
		case s.csp == "":
			l.Arrow = x.Label("pdf.arrow_same")
		}
		g.Licences += s.licences
		if s.cost != 0 {
			l.Costs = []report.Total{{Currency: s.currency, Minor: s.cost}}
			g.Totals = addTotal(g.Totals, s.currency, s.cost)
		}
		g.Lines = append(g.Lines, l)
	}
	return g
}

func addTotal(totals []report.Total, currency string, minor int64) []report.Total {
	for i := range totals {
		if totals[i].Currency == currency {
			totals[i].Minor += minor
			return totals
		}
	}
	return append(totals, report.Total{Currency: currency, Minor: minor})
}

func sampleWindows(r *report.Report, subs []subscription) {
	for _, s := range subs {
		if s.status == reconcile.Done {
			r.Windows.Done++
			continue
		}
		if !s.expires.Known() {
			r.Windows.NoDate++
			continue
		}
		w := 3
		switch days := s.expires - r.AsOf; {
		case days < 0:
			w = 0
		case days <= 30:
			w = 1
		case days <= 90:
			w = 2
		}
		for _, row := range []*report.WindowRow{&r.Windows.Rows[s.status], &r.Windows.All} {
			row.Subs[w]++
			row.Lics[w] += s.licences
			row.Total++
			row.Licences += s.licences
		}
	}
}

func sampleTimeline(r *report.Report, subs []subscription) {
	first := r.AsOf.FirstOfMonth()
	for i := range 13 {
		m := first.AddMonths(i)
		b := report.MonthBar{Label: r.Text.ShortMonth(m), Month: m}
		if i == 0 || m.Time().Month() == 1 {
			b.Year = fmt.Sprint(m.Time().Year())
		}
		r.Timeline = append(r.Timeline, b)
	}
	r.Timeline = append(r.Timeline, report.MonthBar{Label: r.Text.Label("time.later")}, report.MonthBar{Label: r.Text.Label("window.none")})
	for _, s := range subs {
		if s.status == reconcile.Done {
			continue
		}
		place := 14
		for i := range 13 {
			if s.expires.Known() && s.expires.FirstOfMonth() == r.Timeline[i].Month {
				place = i
			}
		}
		if place == 14 && s.expires.Known() {
			place = 13
		}
		r.Timeline[place].Licences[s.status] += s.licences
		r.Timeline[place].Total += s.licences
	}
	if r.Timeline[14].Total == 0 {
		r.Timeline = r.Timeline[:14]
	}
	if r.Timeline[13].Total == 0 && len(r.Timeline) == 14 {
		r.Timeline = r.Timeline[:13]
	}
}

func sampleMoney(r *report.Report, subs []subscription) {
	at := map[string]int{}
	for _, s := range subs {
		i, ok := at[s.currency]
		if !ok {
			i = len(r.Money.Lines)
			at[s.currency] = i
			r.Money.Lines = append(r.Money.Lines, report.CurrencyLine{Currency: s.currency})
		}
		l := &r.Money.Lines[i]
		l.Subscriptions++
		l.Licences += s.licences
		l.CostNow += s.cost
		switch s.status.Part() {
		case reconcile.CannotMove:
			l.Cannot += s.cost
			l.LockedIn += s.cost
		case reconcile.ToDecide:
			l.ToDecide += s.cost
		case reconcile.CanMove:
			l.CanMove += s.cost
			if s.offer != "Power BI Pro" { // no CSP price
				l.CanMoveNow += s.cost
				l.CanMoveCSP += s.cost * 98 / 100
				l.Difference = l.CanMoveCSP - l.CanMoveNow
			}
			l.OverlapToday += s.cost / 2
			l.OverlapPlanned += s.cost / 50
			l.CreditWe += s.cost / 8
			l.CreditCustomer += s.cost / 9
		}
	}
	if len(r.Money.Lines) > 0 {
		r.Money.Main = r.Money.Lines[0].Currency
	}
}

func sampleWords(r *report.Report, subs []subscription) {
	x := r.Text
	if len(r.Money.Lines) == 0 {
		return
	}
	l := &r.Money.Lines[0]
	money := func(n int64) string { return x.Money(n, l.Currency) }
	r.KeyFigures = [4]report.KeyFigure{
		{Number: "6", What: x.Label("kf.decide"), How: x.Label("kf.decide.how"), Alarm: true},
		{Number: money(l.CanMove), What: x.Label("kf.can_move"), How: x.Label("kf.can_move.how")},
		{Number: money(-l.Difference), What: x.Label("kf.less"), How: x.Label("kf.less.how")},
		{Number: money(l.OverlapToday - l.OverlapPlanned), What: x.Label("kf.saved"), How: x.Label("kf.saved.how")},
	}
	r.AskFinance = []string{
		x.Label("pdf.ask_approve", "n", "61", "amount", money(l.OverlapPlanned)),
		x.Label("pdf.ask_note", "n", "19", "amount", money(l.Cannot)),
		x.Label("pdf.ask_credit", "amount", money(l.CreditWe+l.CreditCustomer)),
	}
	e := &r.Exceptions
	e.RegionTitle = x.Label("pdf.regions", "region", r.Region)
	e.RegionRule = x.Label("rule.region")
	for _, s := range subs {
		switch {
		case s.status == reconcile.Blocked && len(e.Regions) < 3:
			e.Regions = append(e.Regions, report.RegionLine{Customer: s.customer, Region: s.region, Subscriptions: 4, Licences: 78, FirstExpiry: s.expires})
		case s.status == reconcile.DataLoss && len(e.DataLoss) < 12:
			e.DataLoss = append(e.DataLoss, report.DataLossLine{
				DecideBy: s.expires, Now: s.expires < r.AsOf+30, Customer: s.customer, Offer: s.offer, Licences: s.licences,
				Candidate: "Office 365 E5 (63)", Why: x.Label("finding.no-equivalent"), Lost: "Kaizala Pro, Microsoft Stream for Office 365 E3",
			})
		}
	}
	e.Others = []report.OtherExceptions{{Title: x.Label("finding.licences-differ"), Lines: [][3]string{{subs[0].customer, subs[0].offer, "25 ≠ 28"}}}}
	e.Rejected = []string{"subscriptions-it.xlsx!Foglio1:212: Scadenza “31/02/2027”: not a date", "subscriptions-dach.csv:18: Lizenzen “viele”: not a whole number"}
	e.MoreRejects = 37
	r.Checks = []report.Check{
		{Code: "rows", What: x.Label("check.rows"), In: int64(len(subs)) + 3, Out: int64(len(subs)) + 3},
		{Code: "licences", What: x.Label("check.licences"), In: r.Licences, Out: r.Licences},
		{Code: "money", What: x.Label("check.money", "cur", l.Currency), In: l.CostNow, Out: l.CostNow, Digits: reconcile.MinorDigits(l.Currency)},
		{Code: "pdf", What: x.Label("check.pdf_xlsx"), In: int64(len(subs)), Out: int64(len(subs))},
	}
	r.Inputs = []report.InputLine{
		{File: "exports/subscriptions-it.xlsx", Rows: 52, SHA256: "a3f9c1e077b2aa10deadbeef00112233"},
		{File: "exports/subscriptions-dach.csv", Rows: 38, SHA256: "09d4be115c0f5c0fdeadbeef00112233"},
		{File: "exports/old.xls", SHA256: "e7712ab390aa90aadeadbeef00112233", Refused: "exports/old.xls is an old Excel file (.xls): open it in Excel and save it as .xlsx"},
	}
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
