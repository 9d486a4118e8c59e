package input

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"cspplan/reconcile"
)

// workbook makes an .xlsx of sheets, given as name and rows of cells.
func workbook(t *testing.T, hidden string, sheets ...any) string {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for i := 0; i < len(sheets); i += 2 {
		name := sheets[i].(string)
		if _, err := f.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		for n, row := range sheets[i+1].([][]any) {
			if err := f.SetSheetRow(name, fmt.Sprintf("A%d", n+1), &row); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := f.DeleteSheet("Sheet1"); err != nil {
		t.Fatal(err)
	}
	if hidden != "" {
		if err := f.SetSheetVisible(hidden, false); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestReadWorkbook(t *testing.T) {
	day := time.Date(2026, 12, 31, 0, 0, 0, 0, time.UTC)
	content := workbook(t, "Alt",
		"Deckblatt", [][]any{{"Lizenzbericht"}, {"Stand", "heute"}},
		"Abos", [][]any{
			{"Bericht"},
			{"Kunde", "Mandanten-ID", "Produkt", "Lizenzen", "Stückpreis", "Läuft ab"},
			{"Nordlicht", tenantA, "Office 365 E3", 25, 321.25, day},
			{"Nordlicht", 12345678, "Office 365 E1", 5.5, 7, day},
			{"Nordlicht", tenantA, "Office 365 E1", 7, 7, 46387},
			{"Summe", nil, nil, 37},
		},
		"Kunden", [][]any{{"Kunde", "Mandanten-ID", "Land", "Handelspartnerbeziehung"}, {"Nordlicht", tenantA, "Deutschland", "Angenommen"}},
		"Alt", [][]any{{"Kunde", "Produkt", "Lizenzen", "Läuft ab"}, {"Nordlicht", "Office 365 E3", 1, day}},
		"Offen", [][]any{{"Kunde", "Produkt", "Abrechnung"}, {"Nordlicht", "Office 365 E3", "Monatlich"}})
	report, records := readOne(t, Options{}, "exports/abos.xlsx", content)
	want := []string{"subscription", "no-licences Lizenzen 5.5", "subscription", "reference: total row", "reference: customer register"}
	if diff := cmp.Diff(want, fates(records)); diff != "" {
		t.Errorf("records (-want +got):\n%s", diff)
	}
	if got := facts(records[2]); got != "tenant="+tenantA+" customer=Nordlicht offer=Office 365 E1 licences=7 expires=2026-12-31 price=7 per 0" {
		t.Errorf("row of a serial number reads as %s", got)
	}
	if got := records[0].Sub.Expires; got != reconcile.DateOf(day) {
		t.Errorf("a date cell reads as %s, want 2026-12-31", got)
	}
	if s := records[3].Source; s.Sheet != "Abos" || s.Row != 6 {
		t.Errorf("the total row came from %+v, want Abos row 6", s)
	}
	var skipped []string
	for _, s := range report.Sheets {
		first, _, _ := strings.Cut(s.Skipped, "\n")
		skipped = append(skipped, s.Sheet+": "+first)
	}
	wantSkipped := []string{"Deckblatt: no known header", "Abos: ", "Kunden: ", "Alt: hidden",
		`Offen: cannot read exports/abos.xlsx: columns "licences", "expires" not found in sheet "Offen"`}
	if diff := cmp.Diff(wantSkipped, skipped); diff != "" {
		t.Errorf("sheets (-want +got):\n%s", diff)
	}
	if len(report.Warnings) != 2 || report.Warnings[1].Code != "sheet-skipped" {
		t.Errorf("warnings %+v, want the damaged id and the sheet without licences", report.Warnings)
	}
}

func TestRuleNamesAHiddenSheet(t *testing.T) {
	rows := [][]any{{"Customer", "Offer", "Licences", "Expires"}, {"Contoso", "Office 365 E3", 1, "2026-12-31"}}
	content := workbook(t, "Old", "New", rows, "Old", rows)
	report, records := readOne(t, Options{Rules: []Rule{{Match: "**", Sheet: "Old"}}}, "exports/a.xlsx", content)
	if len(records) != 1 || records[0].Source.Sheet != "Old" || report.Sheets[0].Skipped == "" {
		t.Errorf("got %v from %+v, want the one row of Old", fates(records), report.Sheets)
	}
}

// A worksheet of several blocks gives the same records whether its rows are held
// between the walks or are read again.
func TestHeldRows(t *testing.T) {
	rows := [][]any{{"Customer", "Offer", "Licences", "Expires"}}
	for i := range 3000 {
		rows = append(rows, []any{fmt.Sprintf("Contoso %d", i/3), "Office 365 E3", i, "2026-12-31"})
		if i%3 == 2 {
			rows = append(rows, []any{fmt.Sprintf("Contoso %d Total", i/3), nil, 9})
		}
	}
	content := workbook(t, "Data", "Data", rows)
	_, held := readOne(t, Options{}, "exports/a.xlsx", content)
	defer func(most int) { maxHeld = most }(maxHeld)
	maxHeld = 100 << 10 // some blocks, not all
	_, again := readOne(t, Options{}, "exports/a.xlsx", content)
	if len(held) != len(rows)-1 || fates(held)[3] != "reference: total row" {
		t.Fatalf("got %d records, the fourth %s, want %d and a total row", len(held), fates(held)[3], len(rows)-1)
	}
	if diff := cmp.Diff(held, again, cmp.Comparer(func(a, b reconcile.UnitPrice) bool { return a == b })); diff != "" {
		t.Errorf("records of rows that were held (-) and read again (+):\n%s", diff)
	}
}

// The result depends on the order of the files and on nothing else.
func TestReadIsDeterministic(t *testing.T) {
	var files []string
	for i := range 6 {
		files = append(files, fmt.Sprintf("exports/%d.csv", i), csvOf("Customer|Offer|Licences|Expires|Country",
			fmt.Sprintf("Contoso %d|Office 365 E3|5|2026-12-31|Atlantis", i), "Fabrikam|Office 365 E1|x|2026-12-31|IT"))
	}
	first := readAll(t, Options{}, files...)
	for range 5 {
		again := readAll(t, Options{}, files...)
		if diff := cmp.Diff(first, again, cmp.Comparer(func(a, b reconcile.UnitPrice) bool { return a == b })); diff != "" {
			t.Fatalf("read again:\n%s", diff)
		}
	}
}

// A workbook that is refused says which of its sheets were left out, and why.
func TestRefusedSheetsAreNamed(t *testing.T) {
	rows := [][]any{{"Customer", "Offer", "Licences", "Expires"}, {"Contoso", "Office 365 E3", 5, "2026-12-31"}}
	content := workbook(t, "Data", "Cover", [][]any{{"Licences"}}, "Data", rows)
	for _, c := range []struct {
		name, sheet, code, says string
	}{
		{"hidden", "", "no-header", `hidden: sheet "Data"`},
		{"named by the settings and missing", "Dat", "missing-sheet", `found: "Cover", "Data"`},
		{"named by the settings and hidden", "Data", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			batch := readAll(t, Options{Rules: []Rule{{Match: "**", Sheet: c.sheet}}}, "exports/a.xlsx", content)
			switch refused := batch.Files[0].Refused; {
			case c.code == "" && refused != nil:
				t.Errorf("refused: %s", refused.Message)
			case c.code != "" && (refused == nil || refused.Code != c.code || !strings.Contains(refused.Message, c.says)):
				t.Errorf("got %v, want %s that says %s", refused, c.code, c.says)
			}
		})
	}
}

func TestSheetOfACSV(t *testing.T) {
	rules := []Rule{{Match: "**", Sheet: "Data"}}
	if _, records := readOne(t, Options{Rules: rules}, "exports/a.csv", csvOf("Customer|Offer|Licences|Expires", "Contoso|Office 365 E3|5|2026-12-31")); len(records) != 1 {
		t.Errorf("got %v, want the row: a CSV has no sheets to choose from", fates(records))
	}
}

// Our own workbook is known by the hidden sheet that the next run reads.
func TestOwnWorkbookIsRefused(t *testing.T) {
	plan := [][]any{{"Expires", "Customer", "Current offer", "Licences"}, {"2026-12-31", "Contoso", "Office 365 E3", 5}}
	for heading, want := range map[string]string{"property": "own-workbook", "Property": ""} {
		lists := [][]any{{heading, "value", nil, "list", "word", "label", nil, "sheet", "table", "column", "heading", "field", "edit"}, {"run", "2026-11-23-0a1b2c3d"}}
		batch := readAll(t, Options{}, "exports/csp-plan.xlsx", workbook(t, "Lists", "Plan", plan, "Lists", lists))
		code := ""
		if r := batch.Files[0].Refused; r != nil {
			code = r.Code
		}
		if code != want {
			t.Errorf("a hidden sheet that begins with %s: refused %q, want %q", heading, code, want)
		}
	}
}
