package report

import (
	"fmt"
	"strings"
	"testing"

	"github.com/govalues/decimal"

	"cspplan/reconcile"
	"cspplan/reconcile/catalog"
)

// built plans real records, so that the codes and arguments that the rules
// write meet the sentences.
func built(t *testing.T, lang string) *Report {
	t.Helper()
	c, err := catalog.Load()
	if err != nil {
		t.Fatal(err)
	}
	records := []reconcile.Record{
		bought(2, "Officine Meccaniche Brambilla S.r.l.", "IT", "Office 365 E3", 25, 40, func(s *reconcile.Subscription) {
			s.Price, s.Currency = reconcile.UnitPrice{Value: decimal.MustParse("276"), Per: reconcile.PerYear, Known: true}, "EUR"
			s.Assigned, s.AutoRenew, s.Term, s.Billing = reconcile.Whole(23), reconcile.Yes, reconcile.P1Y, reconcile.Annual
		}),
		bought(3, "有限会社さくら印刷", "JP", "Office 365 E3", 4, 12, nil),
		bought(4, "Bäckerei Grünwald GmbH", "DE", "Office 365 E4", 6, -3, nil),
		bought(5, "Clínica Dental Peñalba", "ES", "Kaizala Pro", 2, 200, nil),
		bought(6, "Lakeshore Dental Group LLC", "", "Microsoft 365 Business Premium", 10, 90, func(s *reconcile.Subscription) { s.Assigned = reconcile.Whole(12) }),
		bought(7, "Fiduciaire Lémanique SA", "CH", "Something Nobody Sells", 1, 0, func(s *reconcile.Subscription) { s.Expires = 0 }),
		{Source: reconcile.Source{File: "a.csv", Row: 8}, Problem: &reconcile.Problem{Code: "bad-date", Column: "Expires", Value: "31/02/2027"}, Licences: reconcile.Whole(3)},
	}
	records = append(records, records[0])
	records[7].Source.Row = 9
	plan := reconcile.Build(reconcile.Inputs{
		Records: records, Catalogue: c, Partner: reconcile.Partner{Name: "Cirrus Partner S.p.A.", Country: "IT"}, AsOf: asOf,
		Policy: reconcile.Policy{LeadDays: 7, RelationshipDays: 21, WarnDays: 30, DecideDays: 30, Weekend: [7]bool{0: true, 6: true}},
	})
	read := FileTotals{File: "a.csv", Rows: len(records)}
	for i := range records {
		read.Licences += int64(records[i].Licences.N)
	}
	return Compute(&plan, Options{Text: texts(t, lang), Ledger: plan.Ledger(records), Read: []FileTotals{read}, RunID: "2026-11-23-0a1b2c3d"})
}

func bought(row int, customer, country, offer string, n, days int, more func(*reconcile.Subscription)) reconcile.Record {
	s := &reconcile.Subscription{
		Customer:   &reconcile.CustomerFacts{Name: customer, Country: country},
		OfferFacts: &reconcile.OfferFacts{OfferTitle: offer}, Licences: reconcile.Whole(n), Expires: asOf + reconcile.Date(days), Channel: reconcile.Direct,
	}
	if more != nil {
		more(s)
	}
	var hash [16]byte
	copy(hash[:], customer+offer)
	return reconcile.Record{Source: reconcile.Source{File: "a.csv", Row: row}, Role: reconcile.RoleSubscription, Hash: hash, Licences: s.Licences, Sub: s}
}

func TestBuiltPlanAgrees(t *testing.T) {
	rep := built(t, "en")
	for _, c := range rep.Checks {
		if !c.Agrees() {
			t.Errorf("%s: %d is not %d", c.What, c.In, c.Out)
		}
	}
	o := rep.Outcomes
	if o[reconcile.Planned].Rows != 6 || o[reconcile.Rejected].Rows != 1 || o[reconcile.Duplicate].Rows != 1 {
		t.Errorf("outcomes: %+v", o)
	}
	checkMonths(t, rep)
}

// No code, placeholder or key of a label may reach the reader.
func TestBuiltPlanIsInWords(t *testing.T) {
	for _, lang := range Languages {
		rep := built(t, lang)
		for _, table := range rep.Tables {
			checkTable(t, lang, table)
			for i := range table.Len {
				for n, v := range table.Row(i, nil) {
					for _, prefix := range []string{"finding.", "lifts.", "next.", "reject.", "routewhy.", "evidence.", "status.", "match."} {
						if strings.HasPrefix(v.Text, prefix) {
							t.Errorf("%s, %s, %s: %q is a key", lang, table.ID, table.Columns[n].Code, v.Text)
						}
					}
				}
			}
		}
		for i := range rep.Plan.Rows {
			r := &rep.Plan.Rows[i]
			for _, f := range r.Findings() {
				if s := rep.Text.Finding(f.Code, r.Evidence(f)); placeholder.MatchString(s) || strings.Contains(s, "finding.") {
					t.Errorf("%s: %q", lang, s)
				}
			}
			if s := rep.Text.Next(r); strings.HasPrefix(s, "next") || placeholder.MatchString(s) {
				t.Errorf("%s: %q", lang, s)
			}
		}
	}
}

// Everything that is printed is the same whenever it is computed.
func TestBuiltPlanIsDeterministic(t *testing.T) {
	dump := func() string {
		rep := built(t, "it")
		var b strings.Builder
		for _, table := range rep.Tables {
			for i := range table.Len {
				fmt.Fprintln(&b, table.ID, table.Row(i, nil))
			}
			fmt.Fprintln(&b, table.Lead)
		}
		subject, body := rep.Mail(MailFiles{})
		fmt.Fprintln(&b, subject, body, rep.Money, rep.Timeline, rep.Months, rep.Exceptions, rep.KeyFigures, rep.AskFinance, rep.Sheets, rep.Checks)
		return b.String()
	}
	want := dump()
	for range 5 {
		if dump() != want {
			t.Fatal("two computations of one plan differ")
		}
	}
}
