package report

import (
	"strings"
	"testing"

	"cspplan/reconcile"
)

func record(rep *Report, i int) map[string]string {
	fields := make(map[string]string)
	for n, name := range rep.PlanHeader() {
		fields[name] = string(rep.PlanCell(i, n, nil))
	}
	return fields
}

func TestPlanHeaderHoldsEveryColumnOnce(t *testing.T) {
	seen := map[string]bool{}
	for _, name := range strings.Split(csvOrder, ",") {
		if seen[name] {
			t.Errorf("%s occurs twice", name)
		}
		seen[name] = true
	}
	for _, c := range planColumns {
		if c.csv != nil && !seen[c.code] {
			t.Errorf("column %s has a value for plan.csv and no place in it", c.code)
		}
		if (c.cell == nil) != (c.label == "") {
			t.Errorf("column %s: a cell of the sheet needs a heading, and a heading a cell", c.code)
		}
	}
}

func TestPlanRecordIsInvariant(t *testing.T) {
	for _, lang := range Languages {
		rep := compute(t, lang, mixed()...)
		got := record(rep, 2)
		for name, want := range map[string]string{
			"status": "ready", "expires": "2026-11-26", "days_left": "3", "act_by": "2026-11-19", "customer": "Officine Meccaniche Brambilla S.r.l.",
			"licences": "25", "match": "same", "relationship": "accepted", "delegated_admin": "unknown", "credit_asked_by": "none",
			"currency": "EUR", "cost_now_year": "6900.00", "cost_csp_year": "6750.00", "difference_year": "-150.00", "prepaid_lost": "",
			"next": "On 2026-11-19 provision 25 × Office 365 E3.", "source_file": "exports/a.csv", "source_sheet": "", "source_row": "4",
			"partner_region": "Europe", "same_region": "yes", "assigned": "", "decision": "", "key": "0000000000000003",
		} {
			if got[name] != want {
				t.Errorf("%s, %s: got %q, want %q", lang, name, got[name], want)
			}
		}
	}
}

func TestPlanRecordUnknownIsEmpty(t *testing.T) {
	rep := compute(t, "en", subscription{customer: "A", offer: "O", undated: true, licences: 3, status: reconcile.Decide, noOffer: true, findings: []string{"expiry-missing", "no-price"}})
	rep.Plan.Rows[0].Sub.Licences = reconcile.Count{}
	got := record(rep, 0)
	for _, name := range []string{"expires", "days_left", "act_by", "licences", "csp_offer", "csp_sku_guid", "licences_to_provision", "cost_now_year", "currency", "owner", "planned_date"} {
		if got[name] != "" {
			t.Errorf("%s: got %q, want nothing", name, got[name])
		}
	}
	if got["findings"] != "expiry-missing|no-price" || got["next"] != "Find out the expiry date." {
		t.Errorf("findings %q, next %q", got["findings"], got["next"])
	}
}

func TestPlanRecordLists(t *testing.T) {
	rep := compute(t, "en", subscription{customer: "A", offer: "O", days: 4, licences: 1, status: reconcile.Ready, currency: "JPY", cost: 9600})
	r := &rep.Plan.Rows[0]
	r.Told = &reconcile.Told{Sources: []reconcile.Source{{File: "a|b.xlsx", Sheet: "One", Row: 3}, {File: "c.csv", Row: 12}}}
	r.Loses, r.Match.PlansLost = true, []string{"Yammer Enterprise", "Sway"}
	got := record(rep, 0)
	for name, want := range map[string]string{
		"source_file": "a¦b.xlsx|c.csv", "source_sheet": "One|", "source_row": "3|12", "plans_lost": "Yammer Enterprise|Sway", "cost_now_year": "9600",
	} {
		if got[name] != want {
			t.Errorf("%s: got %q, want %q", name, got[name], want)
		}
	}
	if got, want := cells(rep, "Plan", 0)[52], "a¦b.xlsx!One:3|c.csv:12"; got != want {
		t.Errorf("source on the sheet: got %q, want %q", got, want)
	}
}
