package excel

import (
	"fmt"
	"testing"

	"cspplan/reconcile"
	"cspplan/report"
)

// Sample reports are made by hand here, of any size, with what a real one can
// hold: four scripts, figures that look like formulas, currencies without
// cents, empty cells, notes of people.

const sampleAsOf = reconcile.Date(20780) // 2026-11-23

var sampleCustomers = []string{
	"Bäckerei Grünwald GmbH", "有限会社さくら印刷", "Officine Meccaniche Brambilla S.r.l.", "Aceites Sierra Mágina S.L.",
	"Istituto Paritario Maria Ausiliatrice – Scuola dell’Infanzia, Primaria e Secondaria di I grado",
	"=cmd|'/c calc'!A1", "Παπαδόπουλος Ναυτιλιακή Α.Ε.", "Smith & Sons <Ltd> \"Quoted\"", "Žižkovská Pekárna s.r.o.",
	"Müller-Hoffstetter Präzisionswerkzeuge GmbH & Co. KG", "@Home B.V.", "-1+1 Ltd", "Stadtwerke Hinterau",
}

var sampleOffers = []string{
	"Office 365 E3", "Office 365 E1", "Enterprise Mobility + Security E3", "Visio Pro for Office 365",
	"Office 365 Business Premium", "Project Online Professional", "Kaizala Pro",
}

var sampleCurrencies = []string{"EUR", "CHF", "JPY", "GBP", "EUR", "KWD", "EUR"}

// samplePlanColumns are the columns of the sample's plan.
var samplePlanColumns = []report.Column{
	{Code: "status", Heading: "Status", Kind: report.Text, Width: 17},
	{Code: "expires", Heading: "Expires", Kind: report.Date, Width: 12.5},
	{Code: "days_left", Heading: "Days left", Kind: report.Days, Width: 8},
	{Code: "customer", Heading: "Customer", Kind: report.Text, Width: 42, Indent: true},
	{Code: "current_offer", Heading: "Current offer", Kind: report.Text, Width: 32},
	{Code: "licences", Heading: "Licences", Kind: report.Count, Width: 9},
	{Code: "next", Heading: "Do next", Kind: report.Text, Width: 56, Indent: true},
	{Code: "decision", Heading: "Decision", Kind: report.Text, Width: 13, Edit: report.EditDecision},
	{Code: "owner", Heading: "Owner", Kind: report.Text, Width: 12, Edit: report.EditOwner},
	{Code: "planned_date", Heading: "Planned date", Kind: report.Date, Width: 12.5, Edit: report.EditDate},
	{Code: "note", Heading: "Note", Kind: report.Text, Width: 38, Edit: report.EditText, Indent: true},
	{Code: "csp_offer", Heading: "CSP offer", Kind: report.Text, Width: 34},
	{Code: "licences_to_provision", Heading: "Licences to provision", Kind: report.Count, Width: 11},
	{Code: "currency", Heading: "Currency", Kind: report.Text, Width: 9, Indent: true},
	{Code: "cost_now_year", Heading: "Cost now / year", Kind: report.Amount, Width: 14},
	{Code: "difference_year", Heading: "Difference / year", Kind: report.Difference, Width: 13},
	{Code: "subscription_id", Heading: "Subscription ID", Kind: report.Text, Width: 37, ID: true, Indent: true},
	{Code: "key", Heading: "Key", Kind: report.Text, Width: 18, ID: true},
}

// samplePlanRow is row i of the sample's plan.
func samplePlanRow(i int, dst []report.Value) []report.Value {
	status := reconcile.Status(i * 7 % 4)
	expires := sampleAsOf + reconcile.Date(i/2-4)
	look := report.Plain
	if expires-sampleAsOf <= 30 {
		look = report.Alarm
	}
	currency := sampleCurrencies[i%len(sampleCurrencies)]
	digits := uint8(reconcile.MinorDigits(currency))
	licences := int64(i%240 + 1)
	cost := report.Value{Form: report.Form{Kind: report.Amount, Digits: digits}, N: licences * 100_37}
	difference := report.Value{Form: report.Form{Kind: report.Difference, Digits: digits}, N: -licences * 113}
	if i%11 == 5 {
		cost, difference = report.Value{}, report.Value{}
	}
	decision, owner, planned, note := report.Value{}, report.Value{}, report.Value{}, report.Value{}
	if i%9 == 2 {
		decision, owner, note = sampleText("Move"), sampleText("Giulia R."), sampleText("Rückruf Mittwoch 10:00")
		planned = report.Value{Form: report.Form{Kind: report.Date, Look: report.Alarm}, N: int64(sampleAsOf) + int64(i%5) - 2}
	}
	mark := []string{"■ Blocked", "▲ Data-loss risk", "◆ Decide", "● Ready"}[status]
	return append(dst,
		report.Value{Form: report.Form{Kind: report.Text, Look: report.StatusLook(status)}, Text: mark},
		report.Value{Form: report.Form{Kind: report.Date, Look: look}, N: int64(expires)},
		report.Value{Form: report.Form{Kind: report.Days, Look: look}, N: int64(expires - sampleAsOf)},
		sampleText(sampleCustomers[i%len(sampleCustomers)]),
		sampleText(sampleOffers[i%len(sampleOffers)]),
		report.Value{Form: report.Form{Kind: report.Count}, N: licences},
		sampleText(fmt.Sprintf("On 7 Dec 2026 provision %d × %s.", licences, sampleOffers[i%len(sampleOffers)])),
		decision, owner, planned, note,
		sampleText(sampleOffers[i%len(sampleOffers)]),
		report.Value{Form: report.Form{Kind: report.Count}, N: licences},
		sampleText(currency), cost, difference,
		sampleText(fmt.Sprintf("00000000-0000-4000-8000-%012d", i)),
		sampleText(fmt.Sprintf("%016x", uint64(i)*0x9e3779b97f4a7c15)),
	)
}

func sampleText(s string) report.Value {
	return report.Value{Form: report.Form{Kind: report.Text}, Text: s}
}

// sample makes a report with n rows on Plan.
func sample(t testing.TB, n int) *report.Report {
	t.Helper()
	texts, err := report.LoadTexts("en")
	if err != nil {
		t.Fatal(err)
	}
	r := &report.Report{
		Text: texts, Partner: "Cirrus & Partner S.p.A.", Region: "Europe", AsOf: sampleAsOf, RunID: "2026-11-23-0a1b2c3d",
		Version: "test", Title: "Moving customers to CSP", Subtitle: "Migration plan in order of expiry", Agree: true,
		Headline: "Expire in the next 30 days: 18. Cannot move: 5. To decide: 3. Already expired: 1.", Alarm: true,
		Subscriptions: n, Customers: min(n, len(sampleCustomers)), Owners: []string{"Claire D.", "Giulia R.", "Markus W."},
		MoneyNotes: []string{texts.Label("money.no_fx")},
	}
	r.Tables = sampleTables(texts, n)
	r.Windows = sampleWindows(n)
	if n > 0 {
		sampleFigures(r, n)
	}
	for _, table := range r.Tables {
		r.Sheets = append(r.Sheets, report.SheetLine{ID: table.ID, Name: table.Sheet, Rows: table.Len, What: "What " + table.Sheet + " is for."})
		if table.ID == "Unmatched" {
			r.Sheets = append(r.Sheets, report.SheetLine{ID: "Money", Name: "Money", Rows: len(r.Money.Lines), What: texts.Label("sheetdesc.money")})
		}
	}
	return r
}

// sampleTables are the list sheets in order.
func sampleTables(texts *report.Texts, n int) []*report.Table {
	plan := &report.Table{
		ID: "Plan", Sheet: texts.Label("sheet.plan"), Title: texts.Label("plan.title"), Note: texts.Label("plan.yours"),
		Empty: "No subscription in the input.", Columns: samplePlanColumns, Len: n, Row: samplePlanRow,
		FreezeColumns: 4, PrintColumns: 11,
	}
	tables := []*report.Table{plan, sampleCustomersTable(texts, min(n, len(sampleCustomers)))}
	for _, id := range []string{"Risks", "Regions", "Licences"} {
		tables = append(tables, emptyTable(id, id))
	}
	tables = append(tables, sampleUnmatched(texts, min(n, 12)), emptyTable("Credits", "Credits"), emptyTable("Changes", "Changes"),
		sampleRejected(min(n, 3)), emptyTable("KeptNotes", "Kept notes"), sampleControl(texts, n),
		emptyTable("OfferCatalogue", "Offer catalogue"), emptyTable("About", "About"))
	return tables
}

func emptyTable(id, sheet string) *report.Table {
	return &report.Table{
		ID: id, Sheet: sheet, Title: sheet, Empty: "Nothing to show.", FreezeColumns: 1,
		Columns: []report.Column{
			{Code: "expires", Heading: "Expires", Kind: report.Date, Width: 12.5},
			{Code: "customer", Heading: "Customer", Kind: report.Text, Width: 42, Indent: true},
		},
		Row: func(int, []report.Value) []report.Value { panic("no rows") },
	}
}

func sampleCustomersTable(texts *report.Texts, n int) *report.Table {
	return &report.Table{
		ID: "Customers", Sheet: texts.Label("sheet.customers"), Title: texts.Label("customers.title"), Empty: "No customer.",
		FreezeColumns: 4, Len: n,
		Columns: []report.Column{
			{Code: "status", Heading: "Worst status", Kind: report.Text, Width: 17},
			{Code: "first_expiry", Heading: "First expiry", Kind: report.Date, Width: 12.5},
			{Code: "days_left", Heading: "Days left", Kind: report.Days, Width: 8},
			{Code: "customer", Heading: "Customer", Kind: report.Text, Width: 46, Wrap: true, Indent: true},
			{Code: "blocked", Heading: "Blocked", Kind: report.Count, Width: 9},
			{Code: "licences", Heading: "Licences", Kind: report.Count, Width: 10, Bar: true},
			{Code: "relationship", Heading: "Reseller relationship", Kind: report.Text, Width: 14, Indent: true},
			{Code: "owner", Heading: "Owner", Kind: report.Text, Width: 12, Edit: report.EditOwner},
			{Code: "customer_note", Heading: "Customer note", Kind: report.Text, Width: 40, Edit: report.EditText},
			{Code: "key", Heading: "Key", Kind: report.Text, Width: 18, ID: true},
		},
		Row: func(i int, dst []report.Value) []report.Value {
			status := reconcile.Status(i % 4)
			return append(dst,
				report.Value{Form: report.Form{Kind: report.Text, Look: report.StatusLook(status)}, Text: "● x"},
				report.Value{Form: report.Form{Kind: report.Date}, N: int64(sampleAsOf) + int64(i*5-4)},
				report.Value{Form: report.Form{Kind: report.Days}, N: int64(i*5 - 4)},
				sampleText(sampleCustomers[i]),
				report.Value{Form: report.Form{Kind: report.Count}, N: int64(i % 3)},
				report.Value{Form: report.Form{Kind: report.Count}, N: int64(i*i*7 + 4)},
				sampleText("Not requested"), report.Value{}, report.Value{}, sampleText(fmt.Sprintf("%016x", i)))
		},
	}
}

func sampleUnmatched(texts *report.Texts, n int) *report.Table {
	return &report.Table{
		ID: "Unmatched", Sheet: texts.Label("sheet.unmatched"), Title: texts.Label("unmatched.title"), Note: texts.Label("unmatched.how"),
		Empty: "Every offer is matched.", FreezeColumns: 1, GreyRepeats: 3, Len: n,
		Columns: []report.Column{
			{Code: "current_offer", Heading: "Current offer", Kind: report.Text, Width: 34},
			{Code: "subscriptions", Heading: "Subscriptions", Kind: report.Count, Width: 12},
			{Code: "licences", Heading: "Licences", Kind: report.Count, Width: 9},
			{Code: "rank", Heading: "Rank", Kind: report.Count, Width: 7},
			{Code: "candidate", Heading: "Candidate CSP offer", Kind: report.Text, Width: 36, Indent: true},
			{Code: "score", Heading: "Score", Kind: report.Score, Width: 7},
			{Code: "score_bar", Heading: "Score bar", Kind: report.Score, Width: 13, Bar: true},
			{Code: "data_at_risk", Heading: "Data at risk", Kind: report.Text, Width: 44, Indent: true},
			{Code: "choice", Heading: "Choice", Kind: report.Text, Width: 14, Edit: report.EditChoice},
		},
		Row: func(i int, dst []report.Value) []report.Value {
			score := report.Value{Form: report.Form{Kind: report.Score}, N: int64(91 - 7*(i%12))}
			return append(dst,
				sampleText(sampleOffers[i/3]), report.Value{Form: report.Form{Kind: report.Count}, N: int64(i/3 + 2)}, report.Value{Form: report.Form{Kind: report.Count}, N: int64(i/3*100 + 15)},
				report.Value{Form: report.Form{Kind: report.Count}, N: int64(i%3 + 1)}, sampleText(sampleOffers[(i+1)%len(sampleOffers)]), score, score,
				report.Value{Form: report.Form{Kind: report.Text, Look: report.Alarm}, Text: "Exchange mailboxes, SharePoint sites"}, report.Value{})
		},
	}
}

func sampleRejected(n int) *report.Table {
	return &report.Table{
		ID: "RejectedRows", Sheet: "Rejected rows", Title: "Rejected rows", Empty: "No row was rejected.", Len: n,
		Columns: []report.Column{
			{Code: "file", Heading: "File", Kind: report.Text, Width: 26},
			{Code: "row", Heading: "Row", Kind: report.Count, Width: 8},
			{Code: "value", Heading: "Value found", Kind: report.Text, Width: 30, Indent: true},
			{Code: "raw", Heading: "Row as read", Kind: report.Text, Width: 80},
		},
		Row: func(i int, dst []report.Value) []report.Value {
			return append(dst, sampleText("may.xlsx"), report.Value{Form: report.Form{Kind: report.Count}, N: int64(i + 2)},
				sampleText("31.02.2026"), sampleText("a\x00b\x01 ; _x0041_ ; 00123"))
		},
	}
}

// sampleControl has further tables below the checks.
func sampleControl(texts *report.Texts, n int) *report.Table {
	return &report.Table{
		ID: "ControlTotals", Sheet: texts.Label("sheet.control"), Title: texts.Label("sheet.control"), Empty: "No check.", Len: 2, Protected: true,
		Columns: []report.Column{
			{Code: "check", Heading: "Check", Kind: report.Text, Width: 60},
			{Code: "in", Heading: "In", Kind: report.Count, Width: 14},
			{Code: "out", Heading: "Out", Kind: report.Count, Width: 14},
			{Code: "difference", Heading: "Difference", Kind: report.Count, Width: 14},
			{Code: "result", Heading: "Result", Kind: report.Text, Width: 14, Indent: true},
		},
		Row: func(i int, dst []report.Value) []report.Value {
			kind, digits := report.Count, uint8(0)
			if i == 1 {
				kind, digits = report.Amount, 2
			}
			return append(dst, sampleText("Rows read = rows planned"),
				report.Value{Form: report.Form{Kind: kind, Digits: digits}, N: int64(n)}, report.Value{Form: report.Form{Kind: kind, Digits: digits}, N: int64(n)},
				report.Value{Form: report.Form{Kind: kind, Digits: digits}}, report.Value{Form: report.Form{Kind: report.Text, Look: report.ReadyLook}, Text: "● Agrees"})
		},
		Lead: []report.Lead{{
			Title: "Inputs",
			Columns: []report.Column{
				{Heading: "File", Kind: report.Text, Width: 30}, {Heading: "Rows", Kind: report.Count, Width: 9},
				{Heading: "Bytes", Kind: report.Bytes, Width: 12}, {Heading: "Modified", Kind: report.Text, Width: 22}, {Heading: "SHA-256", Kind: report.Text, Width: 64, ID: true},
			},
			Rows: [][]report.Value{{sampleText("may.xlsx"), {Form: report.Form{Kind: report.Count}, N: int64(n)}, {Form: report.Form{Kind: report.Bytes}, N: 1234567}, {}, sampleText("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")}},
		}, {
			Title: "Sources", Columns: []report.Column{{Heading: "Sources", Kind: report.Text, Width: 60, Wrap: true}},
			Rows: [][]report.Value{{sampleText("skus.csv: 621 rows")}, {sampleText("No price list.")}},
		}},
	}
}

func sampleWindows(n int) report.Windows {
	w := report.Windows{All: report.WindowRow{Subs: [4]int{n / 10, n / 5, n / 5, n / 2}, Total: n, Licences: int64(n) * 44}}
	for i := range w.Rows {
		w.Rows[i] = report.WindowRow{Status: reconcile.Status(i), Subs: [4]int{n / 40, n / 20, n / 20, n / 8}, Total: n / 4, Licences: int64(n) * 11}
	}
	if n > 0 {
		w.Done, w.NoDate = 2, 1
	}
	return w
}

// sampleFigures fills what Start and Money draw.
func sampleFigures(r *report.Report, n int) {
	month := sampleAsOf.FirstOfMonth()
	for i := range 12 {
		bar := report.MonthBar{Short: r.Text.ShortMonth(month.AddMonths(i)), Month: month.AddMonths(i)}
		if i == 0 || i == 2 {
			bar.Year = bar.Month.String()[:4]
		}
		bar.Licences = [4]int64{int64(i * 7 % 60), int64(i * 31 % 90), int64(i * 53 % 130), int64(i*197%700 + 20)}
		r.Chart = append(r.Chart, bar)
		r.Money.Months = append(r.Money.Months, bar.Label+" 26")
	}
	r.Chart = append(r.Chart, report.MonthBar{Short: r.Text.Label("time.later_short"), Licences: [4]int64{1, 2, 3, 200}})
	for i := range min(n, 10) {
		r.DoFirst.Lines = append(r.DoFirst.Lines, report.DoFirstLine{
			Status: reconcile.Status(i % 4), FirstExpiry: sampleAsOf + reconcile.Date(i*4-4), DaysLeft: int32(i*4 - 4),
			Customer: sampleCustomers[i], Table: "Plan", Row: i, Subscriptions: i + 1, Licences: int64(i * 9), Next: "Request a reseller relationship.",
		})
	}
	r.DoFirst.Note = r.Text.Label("start.do_first_note", "n", "10", "total", "13", "days", "45")
	for i, currency := range []string{"EUR", "CHF", "JPY", "KWD"} {
		line := report.CurrencyLine{
			Currency: currency, Subscriptions: 63 - i, Licences: 2467, CostNow: 458_223_60, Cannot: 106_482_00, ToDecide: 51_741_60,
			CanMove: 300_000_00, CostCSP: 347_923_80, CSPRows: 50 - i*25, BothPrices: 40 - i*20, Difference: -3_817_80,
			OverlapToday: 170_086_00, OverlapPlanned: 6_716_50, CreditWe: 57_000_00, CreditCustomer: 969_50,
		}
		r.Money.Lines = append(r.Money.Lines, line)
		r.Money.ByMonth = append(r.Money.ByMonth, report.CurrencyMonths{Currency: currency, Cost: make([]int64, 12)})
		r.Money.ByMonth[i].Cost[i] = 458_223_60
	}
}
