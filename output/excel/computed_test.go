package excel

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/govalues/decimal"

	"cspplan/reconcile"
	"cspplan/reconcile/catalog"
	"cspplan/report"
)

// computedOffers are titles of every kind: renamed, discontinued, unknown, to
// be chosen among.
var computedOffers = []string{
	"Office 365 E3", "Office 365 E1", "Office 365 E4", "Office 365 ProPlus", "Office 365 Business Premium", "Office 365 Business Essentials",
	"Enterprise Mobility + Security E3", "Exchange Online (Plan 1)", "Visio Pro for Office 365", "Project Online Professional", "Kaizala Pro",
	"Office 365 Small Business Premium", "Power BI Pro", "Office 365 Midsize Business",
}

var computedCustomers = []struct{ name, country string }{
	{"Bäckerei Grünwald GmbH", "DE"}, {"有限会社さくら印刷", "JP"}, {"Officine Meccaniche Brambilla S.r.l.", "IT"}, {"Aceites Sierra Mágina S.L.", "ES"},
	{"Istituto Paritario Maria Ausiliatrice – Scuola dell’Infanzia, Primaria e Secondaria di I grado", "IT"}, {"株式会社みらい製作所", "JP"},
	{"Fiduciaire Lémanique SA", "CH"}, {"Bjørkdal Fiskeri AS", "NO"}, {"Müller-Hoffstetter Präzisionswerkzeuge GmbH & Co. KG", "DE"},
	{"=HYPERLINK(\"http://example.com\")", "GB"}, {"Παπαδόπουλος Ναυτιλιακή Α.Ε.", "GR"}, {"Lakeshore Dental Group LLC", "US"}, {"Stadtwerke Hinterau", ""},
}

// loadCatalogue loads the tables once for all tests; nothing changes them.
var loadCatalogue = sync.OnceValues(catalog.Load)

// computed is a report of n subscriptions that went through all of the rules.
func computed(t testing.TB, lang string, n int) *report.Report {
	t.Helper()
	texts, err := report.LoadTexts(lang)
	if err != nil {
		t.Fatal(err)
	}
	c, err := loadCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	in := reconcile.Inputs{
		Catalogue: c, AsOf: sampleAsOf, Partner: reconcile.Partner{Name: "Cirrus Partner S.p.A.", Country: "IT"},
		Policy: reconcile.Policy{LeadDays: 7, RelationshipDays: 21, WarnDays: 30, DecideDays: 30, Weekend: [7]bool{0: true, 6: true}},
	}
	read := report.FileTotals{File: "exports/may.xlsx"}
	for i := range n {
		in.Records = append(in.Records, computedRecord(i))
		read.Rows++
		read.Licences += int64(in.Records[i].Licences.N)
	}
	in.Decisions = computedNotes(in)
	plan := reconcile.Build(in)
	return report.Compute(&plan, report.Options{
		Text: texts, RunID: "2026-11-23-0a1b2c3d", InputHash: "a3f9c1e0", Version: "1.0.0", Ledger: plan.Ledger(in.Records), Read: []report.FileTotals{read},
		Inputs: []report.InputLine{{
			File: "exports/may.xlsx", Layout: "generic", Rows: n, Bytes: 123456, Modified: "2026-11-22T21:03:00Z",
			SHA256: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
		}},
		Settings:  []report.Setting{{Name: "policy.lead_days", Value: "7"}, {Name: "output.language", Value: lang}},
		Decisions: in.Decisions,
		KeptNotes: []report.KeptNote{{When: sampleAsOf - 1, Who: "Giulia R.", Customer: "AXO", Offer: "Office 365 E3", Field: "note", Text: "Back in May", Why: "gone", Until: sampleAsOf + 400}},
	})
}

// computedRecord is row i of the input: every twentieth cannot be used.
func computedRecord(i int) reconcile.Record {
	customer := computedCustomers[i*7%len(computedCustomers)]
	rec := reconcile.Record{
		Source: reconcile.Source{File: "exports/may.xlsx", Sheet: "Subscriptions", Row: i + 2}, Role: reconcile.RoleSubscription,
		Hash: [16]byte{byte(i), byte(i >> 8), byte(i >> 16)}, Licences: reconcile.Whole(i*37%240 + 1),
	}
	if i%20 == 19 {
		rec.Problem = &reconcile.Problem{Code: "bad-date", Column: "Expires", Value: "31.02.2027", Expected: "a date such as 28.02.2027",
			Cells: []string{customer.name, "Office 365 E3", "31.02.2027"}}
		return rec
	}
	sub := &reconcile.Subscription{
		Customer:       &reconcile.CustomerFacts{Name: customer.name, Country: customer.country, Domain: fmt.Sprintf("c%d.onmicrosoft.com", i*7%len(computedCustomers))},
		SubscriptionID: fmt.Sprintf("00000000-0000-4000-8000-%012d", i), OfferFacts: &reconcile.OfferFacts{OfferTitle: computedOffers[i%len(computedOffers)]},
		Licences: rec.Licences, Expires: sampleAsOf + reconcile.Date(i*i%380-4), Start: sampleAsOf - 360, Term: reconcile.P1Y, Billing: reconcile.Annual,
		Channel: reconcile.Direct, Programme: reconcile.MCA, AutoRenew: reconcile.TriOf(i%3 == 0), Owner: []string{"Giulia R.", "Markus W.", ""}[i%3],
	}
	if i%6 != 5 {
		sub.Price = reconcile.UnitPrice{Value: decimal.MustNew(int64(4000+i*113), 2), Per: reconcile.PerYear, Known: true}
		sub.Currency = sampleCurrencies[i%len(sampleCurrencies)]
	}
	rec.Sub = sub
	return rec
}

// computedNotes are what people wrote about the first rows of an earlier run.
func computedNotes(in reconcile.Inputs) []reconcile.Decision {
	plan := reconcile.Build(in)
	var notes []reconcile.Decision
	for i := 0; i < len(plan.Rows); i += 5 {
		key := plan.Rows[i].Key
		for _, cell := range [][2]string{{"decision", "wait"}, {"note", "Rückruf Mittwoch 10:00"}, {"planned_date", (sampleAsOf + reconcile.Date(i-10)).String()}} {
			notes = append(notes, reconcile.Decision{Scope: "row", Key: key, Field: cell[0], Value: cell[1], By: "Giulia R.", When: "2026-11-20"})
		}
	}
	return notes
}

// The report that the rules and the catalogue make goes through in every
// language, and what is read back is what the plan says.
func TestComputedReport(t *testing.T) {
	for _, lang := range report.Languages {
		for _, n := range []int{0, 1, 120} {
			r := computed(t, lang, n)
			if !r.Agree {
				t.Fatalf("%s, %d rows: the sample's own control totals differ", lang, n)
			}
			path, w := file(t, r, Options{})
			got, err := ReadBack(t.Context(), path)
			if err != nil {
				t.Fatalf("%s, %d rows: %v", lang, n, err)
			}
			if want := planTotals(t, r.Plan); !got.Equal(want) || !w.Plan.Equal(want) {
				t.Errorf("%s, %d rows: wrote %+v, read back %+v, want %+v", lang, n, w.Plan, got, want)
			}
		}
	}
}

// planTotals adds up the plan's rows themselves.
func planTotals(t *testing.T, p *reconcile.Plan) Totals {
	t.Helper()
	totals := Totals{Rows: len(p.Rows), Money: make(map[string]int64)}
	for i := range p.Rows {
		r := &p.Rows[i]
		totals.Licences += int64(r.Sub.Licences.N)
		totals.Keys += keyNumber(r.Key)
		if r.Money.CostNow.Known() {
			totals.Money[r.Sub.Currency] += r.Money.CostNow.Minor()
		}
	}
	return totals
}

// Everything on Start and Money comes from the report: each figure of the
// matrix must be found in its cell.
func TestComputedMatrixIsPrinted(t *testing.T) {
	r := computed(t, "en", 200)
	f := opened(t, r, Options{})
	for i, row := range r.Windows.Rows {
		for j, n := range row.Subs {
			want := r.Text.Count(int64(n))
			if n == 0 {
				want = cell(t, f, "Start", cellName(2+j, matrixRow+i)) // a dash, which excelize does not print
			}
			if got := cell(t, f, "Start", cellName(2+j, matrixRow+i)); got != want {
				t.Errorf("Start, %s, window %d: got %s, want %s", row.Status, j, got, want)
			}
		}
	}
	for i, l := range r.Money.Lines {
		want := strings.ReplaceAll(r.Text.Amount(l.CostNow, l.Currency), "\u2212", "-")
		if got := cell(t, f, "Money", cellName(4, firstDataRow+i)); got != want {
			t.Errorf("Money, %s: cost now is %s, want %s", l.Currency, got, want)
		}
	}
}
