package input

import (
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"cspplan/input/sheet"
	"cspplan/reconcile"
)

// modified is the file time of every test file.
var modified = time.Date(2026, 11, 20, 8, 0, 0, 0, time.UTC)

// readAll writes the files (name, content, name, content …) and reads them.
func readAll(t *testing.T, opt Options, namesAndContents ...string) Batch {
	t.Helper()
	dir := t.TempDir()
	var files []File
	for i := 0; i < len(namesAndContents); i += 2 {
		name := namesAndContents[i]
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(namesAndContents[i+1]), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, modified, modified); err != nil {
			t.Fatal(err)
		}
		file := File{Path: path, Name: name}
		if parts := strings.Split(name, "/"); len(parts) == 3 {
			file.Folder = parts[1]
		}
		files = append(files, file)
	}
	batch, err := Read(context.Background(), files, opt)
	if err != nil {
		t.Fatal(err)
	}
	return batch
}

// readOne reads one file that must not be refused.
func readOne(t *testing.T, opt Options, name, content string) (FileReport, []reconcile.Record) {
	t.Helper()
	batch := readAll(t, opt, name, content)
	if refused := batch.Files[0].Refused; refused != nil {
		t.Fatalf("%s was refused: %s: %s", name, refused.Code, refused.Message)
	}
	return batch.Files[0], batch.Records
}

// table joins lines of cells by commas, quoting where needed.
func csvOf(rows ...string) string {
	var b strings.Builder
	w := csv.NewWriter(&b)
	for _, r := range rows {
		if err := w.Write(strings.Split(r, "|")); err != nil {
			panic(err)
		}
	}
	w.Flush()
	return b.String()
}

// fate is one record in a line of a table test.
func fate(r reconcile.Record) string {
	role := [...]string{"nothing", "subscription", "in-csp", "reference", "out-of-scope"}[r.Role]
	switch {
	case r.Problem != nil:
		return r.Problem.Code + " " + r.Problem.Column + " " + r.Problem.Value
	case r.Note != "":
		return role + ": " + r.Note
	}
	return role
}

func fates(records []reconcile.Record) []string {
	var out []string
	for _, r := range records {
		out = append(out, fate(r))
	}
	return out
}

func TestReadGeneric(t *testing.T) {
	report, records := readOne(t, Options{}, "exports/may.csv", csvOf(
		"Kunde|Mandanten-ID|Domäne|Land|Abonnement-ID|Produkt|Lizenzen|Zugewiesen|Beginn|Läuft ab|Laufzeit|Abrechnung|Automatische Verlängerung|Gekauft bei|Stückpreis|Währung|Zuständig|Delegierte Administration|Handelspartnerbeziehung",
		"Nordlicht Werft GmbH|0f1c6a70-aaaa-4bbb-8ccc-000000000001|NORDLICHT.example|Deutschland|SUB-77|Office 365 E3|1.200|1.150|24.11.2025|23.11.2026|1 Jahr|Monatlich|Ja|Direkt bei Microsoft|21,60|eur|Jana Ohm|Nein|Beantragt",
	))
	price, _ := parsePrice("21.60")
	want := reconcile.Subscription{
		Customer:       &reconcile.CustomerFacts{TenantID: "0f1c6a70-aaaa-4bbb-8ccc-000000000001", Domain: "nordlicht.example", Name: "Nordlicht Werft GmbH", Country: "DE"},
		Owner:          "Jana Ohm",
		SubscriptionID: "SUB-77", OfferFacts: &reconcile.OfferFacts{OfferTitle: "Office 365 E3"},
		Licences: reconcile.Whole(1200), Assigned: reconcile.Whole(1150),
		Start: reconcile.NewDate(2025, 11, 24), Expires: reconcile.NewDate(2026, 11, 23),
		Term: reconcile.P1Y, Billing: reconcile.Monthly, AutoRenew: reconcile.Yes, Channel: reconcile.Direct,
		Price: reconcile.UnitPrice{Value: price, Per: reconcile.PerMonth, Known: true}, Currency: "EUR",
	}
	if len(records) != 1 || records[0].Sub == nil {
		t.Fatalf("got %v, want one subscription", fates(records))
	}
	if diff := cmp.Diff(want, *records[0].Sub, cmp.Comparer(func(a, b reconcile.UnitPrice) bool {
		return a.Per == b.Per && a.Known == b.Known && a.Value.Equal(b.Value)
	})); diff != "" {
		t.Errorf("subscription (-want +got):\n%s", diff)
	}
	line := records[0].Customer
	if line == nil || line.Relationship != reconcile.RelationshipRequested || line.DelegatedAdmin != reconcile.No || line.OwnList {
		t.Errorf("register line %+v, want requested, no delegated admin, not the partner's list", line)
	}
	if got := records[0].Exported; got != reconcile.NewDate(2026, 11, 20) {
		t.Errorf("exported %s, want the day the file was modified", got)
	}
	if report.Rows != 1 || report.Licences != 1200 {
		t.Errorf("counted %d rows, %d licences, want 1 and 1200", report.Rows, report.Licences)
	}
}

// Every row of a file becomes a record, and each says what is wrong with it.
func TestRowOutcomes(t *testing.T) {
	head := "Customer|Offer|Licences|Expires|Subscription ID"
	for _, c := range []struct{ name, row, want string }{
		{"usable", "Contoso|Office 365 E3|5|2026-12-31|S1", "subscription"},
		{"no expiry", "Contoso|Office 365 E3|5||S1", "subscription"},
		{"no end", "Contoso|Office 365 E3|5|9999-12-31|S1", "subscription"},
		{"fraction", "Contoso|Office 365 E3|5.7|2026-12-31|S1", "no-licences Licences 5.7"},
		{"no licences", "Contoso|Office 365 E3||2026-12-31|S1", "no-licences Licences "},
		{"a price", "Contoso|Office 365 E3|$5|2026-12-31|S1", "no-licences Licences $5"},
		{"a price in crowns", "Contoso|Office 365 E3|5 kr|2026-12-31|S1", "no-licences Licences 5 kr"},
		{"negative", "Contoso|Office 365 E3|-5|2026-12-31|S1", "no-licences Licences -5"},
		{"too many", "Contoso|Office 365 E3|9e18|2026-12-31|S1", "no-licences Licences 9e18"},
		{"none of a licence", "Contoso|Office 365 E3|0|2026-12-31|S1", "subscription"},
		{"no day", "Contoso|Office 365 E3|5|31/02/2027|S1", "bad-date Expires 31/02/2027"},
		{"no date", "Contoso|Office 365 E3|5|soon|S1", "bad-date Expires soon"},
		{"no offer", "Contoso||5|2026-12-31|S1", "no-offer Offer "},
		{"no customer", "|Office 365 E3|5|2026-12-31|S1", "no-customer Customer "},
		{"total", "Total||35||", "reference: total row"},
		{"total in Japanese", "合計||35||", "reference: total row"},
		{"total with a colon", "||Totale: 35||", "reference: total row"},
		{"a customer called Total", "Total|Office 365 E3|35|2026-12-31|S1", "subscription"},
		{"header again", head, "reference: header row"},
		{"a cell too many", "Contoso|Office 365 E3|5|2026-12-31|S1|x", "bad-record  Contoso | Office 365 E3 | 5 | 2026-12-31 | S1 | x"},
		{"a cell too few", "Contoso|Office 365 E3|5|2026-12-31", "bad-record  Contoso | Office 365 E3 | 5 | 2026-12-31"},
		{"Azure", "Contoso|Azure plan|1|2026-12-31|S1", "out-of-scope: azure"},
		{"Azure AD is a licence", "Contoso|Azure Active Directory Premium P1|1|2026-12-31|S1", "subscription"},
		{"another publisher", "Contoso|Adobe Acrobat Pro|1|2026-12-31|S1", "out-of-scope: other publisher"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, records := readOne(t, Options{}, "exports/a.csv", csvOf(head, "Fabrikam|Exchange Online (Plan 1)|3|2027-01-31|S0", c.row))
			if len(records) != 2 {
				t.Fatalf("got %d records, want 2: %v", len(records), fates(records))
			}
			if got := fate(records[1]); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
			if p := records[1].Problem; p != nil && (p.Expected == "" || len(records[1].Cells()) == 0) {
				t.Errorf("problem %+v of cells %q, want what was expected, and the cells", *p, records[1].Cells())
			}
		})
	}
}

// A distributor in the column of the publisher takes no licence out of the plan.
func TestPublisherScope(t *testing.T) {
	for row, want := range map[string]string{
		"Contoso|Microsoft 365 E3|5|2026-12-31|Microsoft Corporation": "subscription",
		"Contoso|Microsoft 365 E3|5|2026-12-31|MSFT":                  "subscription",
		"Contoso|M365 Business Premium|5|2026-12-31|Ingram Micro":     "subscription",
		"Contoso|SharePoint (Plan 1)|5|2026-12-31|TD SYNNEX":          "subscription",
		"Contoso|Azure plan|1|2026-12-31|Pax8":                        "out-of-scope: azure",
		"Contoso|Dropbox Business|5|2026-12-31|Dropbox":               "out-of-scope: publisher Dropbox",
		"Contoso|Adobe Acrobat for Microsoft|5|2026-12-31|Adobe":      "out-of-scope: other publisher",
		"Contoso|Backup|5|2026-12-31|n/a":                             "subscription",
	} {
		_, records := readOne(t, Options{}, "exports/a.csv", csvOf("Customer|Offer|Licences|Expires|Vendor", row))
		if got := fate(records[0]); got != want {
			t.Errorf("%s: got %q, want %q", row, got, want)
		}
	}
}

func TestAmbiguousDates(t *testing.T) {
	head := "Customer|Offer|Licences|Expires"
	batch := readAll(t, Options{}, "exports/a.csv", csvOf(head, "Contoso|Office 365 E3|5|05/12/2026", "Contoso|Office 365 E1|5|06/07/2026"))
	if refused := batch.Files[0].Refused; refused == nil || refused.Code != "ambiguous-dates" || !strings.Contains(refused.Message, "date_order") {
		t.Fatalf("got %v, want ambiguous-dates with the way out", refused)
	}
	if len(batch.Records) != 0 || batch.Files[0].Rows != 0 {
		t.Errorf("a refused file gave %d records and %d rows, want none", len(batch.Records), batch.Files[0].Rows)
	}
	_, records := readOne(t, Options{}, "exports/a.csv", csvOf(head, "Contoso|Office 365 E3|5|05/12/2026", "Contoso|Office 365 E1|5|"))
	if diff := cmp.Diff([]string{"ambiguous-date Expires 05/12/2026", "subscription"}, fates(records)); diff != "" {
		t.Errorf("with a row left (-want +got):\n%s", diff)
	}
	rules := []Rule{{Match: "exports/*.csv", DateOrder: "day-first"}}
	_, records = readOne(t, Options{Rules: rules}, "exports/a.csv", csvOf(head, "Contoso|Office 365 E3|5|05/12/2026"))
	if got := records[0].Sub.Expires.String(); got != "2026-12-05" {
		t.Errorf("by the settings it reads as %s, want 2026-12-05", got)
	}
}

func TestHeaderBelowATitle(t *testing.T) {
	report, records := readOne(t, Options{}, "exports/a.csv", csvOf(
		"Elenco abbonamenti|||", "Cliente finale: tutti|||", "Cliente|Prodotto|Quantità|Data di scadenza", "Contoso|Office 365 E3|5|2026-12-31"))
	if got := report.Sheets[0].HeaderRow; got != 3 {
		t.Errorf("header in row %d, want 3", got)
	}
	if len(records) != 1 || records[0].Source.Row != 4 {
		t.Errorf("got %v, want one record from row 4", records)
	}
}

// Each table of a sheet is read by its own header, wherever it stands; the
// rows between and the headers below the first are accounted for.
func TestTablesOfASheet(t *testing.T) {
	head, row := "Customer|Offer|Licences|Expires", "Contoso|Office 365 E3|5|2026-12-31"
	for _, c := range []struct {
		name, content string
		headers       []int
		want          []string
	}{
		{"a register above", "Customer,Tenant ID,Country\nContoso," + tenantA + ",IT\n\n" + csvOf(head, row), []int{1, 4},
			[]string{"reference: customer register", "reference: header row", "subscription"}},
		{"other columns below", csvOf(head, row, "Offer|Customer|Expires|Licences", "Office 365 E5|Fabrikam|2027-01-31|7"), []int{1, 3},
			[]string{"subscription", "reference: header row", "subscription"}},
		{"a column more below", csvOf(head+"|", row+"|", head+"|Currency", "Contoso|Office 365 E1|5|2026-12-31|EUR"), []int{1, 3},
			[]string{"subscription", "reference: header row", "subscription"}},
		{"the same header on a further page", csvOf(head, row, head, "Fabrikam|Office 365 E1|3|2027-01-31"), []int{1},
			[]string{"subscription", "reference: header row", "subscription"}},
		{"the header in another language", csvOf(head, "Cliente|Prodotto|Quantità|Data di scadenza", row), []int{1},
			[]string{"reference: header row", "subscription"}},
		{"a table that lacks a column", csvOf(head, row, "Offer|Licences||", "Office 365 E3|5||"), []int{1, 3},
			[]string{"subscription", "reference: header row", "bad-record  Office 365 E3 | 5 |  | "}},
		{"data above the header", csvOf("Contoso|Office 365 E5|9|2026-12-31", head, row), []int{2},
			[]string{"bad-record  Contoso | Office 365 E5 | 9 | 2026-12-31", "subscription"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			report, records := readOne(t, Options{}, "exports/a.csv", c.content)
			var headers []int
			for _, s := range report.Sheets {
				headers = append(headers, s.HeaderRow)
			}
			if diff := cmp.Diff(c.headers, headers); diff != "" {
				t.Errorf("header rows (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(c.want, fates(records)); diff != "" {
				t.Errorf("records (-want +got):\n%s", diff)
			}
			for _, r := range records {
				if r.Sub != nil && (r.Sub.Customer.Name == "" || !r.Sub.Expires.Known() || !r.Sub.Licences.Known) {
					t.Errorf("row %d is read as %s", r.Source.Row, facts(r))
				}
			}
		})
	}
}

func TestRefusals(t *testing.T) {
	for _, c := range []struct{ name, content, code, says string }{
		{"no expiry column", csvOf("Cliente|Id sottoscrizione|Prodotto|Quantità|Prezzo annuo", "Contoso|S1|Office 365 E3|5|100"),
			"missing-column", `column "expires" not found`},
		{"two columns", csvOf("Product|Quantity", "Office 365 E3|5"), "missing-column", "expires"},
		{"no header", csvOf("alpha|beta|gamma", "1|2|3"), "no-header", "alpha, beta, gamma"},
		{"a heading twice", csvOf("Customer|Offer|Licences|Expires|Expires", "Contoso|Office 365 E3|5|2026-12-31|2027-12-31"),
			"duplicate-heading", `"Expires" stands twice`},
		{"two columns of one meaning", csvOf("Customer|Offer|Licences|Quantity|Expires", "Contoso|Office 365 E3|5|7|2026-12-31"),
			"ambiguous-column", `columns: {licences: "Licences"}`},
		{"batch tool without seats", csvOf("CustomerTenantId|LegacySubscriptionId|LegacyProductName|ExpirationDate|AutoRenewEnabled|CustomTermEndDate", "a|b|c|12/14/2026 00:00:00|True|"),
			"missing-column", "licences"},
	} {
		t.Run(c.name, func(t *testing.T) {
			batch := readAll(t, Options{}, "exports/a.csv", c.content)
			refused := batch.Files[0].Refused
			if refused == nil || refused.Code != c.code || !strings.Contains(refused.Shown(), c.says) || !strings.Contains(refused.Message, "exports/a.csv") {
				t.Errorf("got %+v, want %s saying %q", refused, c.code, c.says)
			}
		})
	}
}

func TestDuplicateFile(t *testing.T) {
	content := csvOf("Customer|Offer|Licences|Expires", "Contoso|Office 365 E3|5|2026-12-31")
	batch := readAll(t, Options{}, "exports/a.csv", content, "exports/b.csv", content)
	if batch.Files[0].Refused != nil || batch.Files[1].Refused == nil || batch.Files[1].Refused.Code != "duplicate-file" {
		t.Fatalf("got %+v and %+v, want the second refused as duplicate-file", batch.Files[0].Refused, batch.Files[1].Refused)
	}
	if !strings.Contains(batch.Files[1].Refused.Message, "exports/a.csv") {
		t.Errorf("message %q does not name the first file", batch.Files[1].Refused.Message)
	}
	if len(batch.Records) != 1 {
		t.Errorf("got %d records, want 1", len(batch.Records))
	}
	if diff := cmp.Diff(map[string][]string{"exports/a.csv": {"exports/b.csv"}}, batch.Copies); diff != "" {
		t.Errorf("names of copies (-want +got):\n%s", diff)
	}
}

// Two small tenants may export the same bytes; a copy of a file that names its
// customers is a copy wherever it lies.
func TestEqualFilesOfTwoCustomers(t *testing.T) {
	licences := csvOf("Product Title|Total Licenses|Renewal Date", "Microsoft 365 E3|10|2027-08-01")
	batch := readAll(t, Options{}, "exports/Contoso/a.csv", licences, "exports/Fabrikam/a.csv", licences, "exports/Fabrikam/b.csv", licences)
	var got []string
	for i, f := range batch.Files {
		if f.Refused != nil {
			got = append(got, f.Refused.Code)
		} else {
			got = append(got, batch.Records[i].Sub.Customer.Name)
		}
	}
	if diff := cmp.Diff([]string{"Contoso", "Fabrikam", "duplicate-file"}, got); diff != "" {
		t.Errorf("customers of equal files (-want +got):\n%s", diff)
	}
	named := csvOf("Customer|Offer|Licences|Expires", "Contoso|Office 365 E3|5|2026-12-31")
	batch = readAll(t, Options{}, "exports/a.csv", named, "exports/archive/a.csv", named)
	if r := batch.Files[1].Refused; r == nil || r.Code != "duplicate-file" || len(batch.Records) != 1 {
		t.Errorf("a copy in a sub-folder: refused %v with %d records in all, want duplicate-file and 1", r, len(batch.Records))
	}
}

// A file that is left out is nobody's original.
func TestCopyOfAnIgnoredFile(t *testing.T) {
	content := csvOf("Customer|Offer|Licences|Expires", "Contoso|Office 365 E3|5|2026-12-31")
	for _, left := range []string{"exports/archive/a.csv", "exports/a-old.csv"} {
		batch := readAll(t, Options{Rules: []Rule{{Match: left, Ignore: true}}}, left, content, "exports/b.csv", content)
		if r := batch.Files[1].Refused; r != nil || len(batch.Records) != 1 {
			t.Errorf("beside the ignored %s: refused %v, %d records, want the file read", left, r, len(batch.Records))
		}
	}
}

func TestMissingFileDoesNotStopTheOthers(t *testing.T) {
	dir := t.TempDir()
	good := filepath.Join(dir, "good.csv")
	if err := os.WriteFile(good, []byte(csvOf("Customer|Offer|Licences|Expires", "Contoso|Office 365 E3|5|2026-12-31")), 0o600); err != nil {
		t.Fatal(err)
	}
	batch, err := Read(context.Background(), []File{{Path: filepath.Join(dir, "gone.csv"), Name: "gone.csv"}, {Path: good, Name: "good.csv"}, {Path: dir, Name: "folder"}}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if batch.Files[0].Refused == nil || batch.Files[1].Refused != nil || batch.Files[2].Refused == nil || len(batch.Records) != 1 {
		t.Errorf("got %+v, want the first and the last refused and one record", batch.Files)
	}
	if msg := batch.Files[0].Refused.Message; strings.Contains(msg, dir) {
		t.Errorf("message %q shows where the file lies on this machine", msg)
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Read(ctx, []File{{Path: "x", Name: "x"}}, Options{}); err == nil {
		t.Error("a cancelled read gave no error")
	}
}

func TestCustomerOfTheFile(t *testing.T) {
	licences := csvOf("Product Title|Total Licenses|Expired Licenses|Assigned licenses|Renewal Date", "Microsoft 365 E3|10|2|7|2027-08-01")
	for _, c := range []struct {
		name, file string
		rules      []Rule
		want       reconcile.CustomerFacts
	}{
		{"sub-folder", "exports/Contoso Ltd/licences.csv", nil, reconcile.CustomerFacts{Name: "Contoso Ltd"}},
		{"settings before the sub-folder", "exports/contoso/licences.csv",
			[]Rule{{Match: "exports/contoso/*", Customer: reconcile.CustomerFacts{Name: "Contoso S.p.A.", TenantID: "t", Country: "IT"}}},
			reconcile.CustomerFacts{Name: "Contoso S.p.A.", TenantID: "t", Country: "IT"}},
		{"country from the settings, name from the folder", "exports/contoso/licences.csv",
			[]Rule{{Match: "exports/**", Customer: reconcile.CustomerFacts{Country: "IT"}}}, reconcile.CustomerFacts{Name: "contoso", Country: "IT"}},
		{"no folder", "exports/licences.csv", nil, reconcile.CustomerFacts{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, records := readOne(t, Options{Rules: c.rules}, c.file, licences)
			if c.want == (reconcile.CustomerFacts{}) {
				if p := records[0].Problem; p == nil || p.Code != "no-customer" || !strings.Contains(p.Expected, "inputs: [{match:") {
					t.Fatalf("problem %+v, want no-customer that names the setting", p)
				}
				if records[0].Licences != reconcile.Whole(10) {
					t.Errorf("rejected row counts %v licences, want 10", records[0].Licences)
				}
				return
			}
			if records[0].Sub == nil || *records[0].Sub.Customer != c.want {
				t.Errorf("got %v %+v, want %+v", fate(records[0]), records[0].Sub, c.want)
			}
		})
	}
}

// The settings' facts belong to the customer they name, and to no other that
// the same file holds.
func TestSettingsDoNotOverwriteCustomers(t *testing.T) {
	rules := []Rule{{Match: "**", Customer: reconcile.CustomerFacts{Name: "Contoso", TenantID: "t1", Country: "IT"}}}
	_, records := readOne(t, Options{Rules: rules}, "exports/a.csv", csvOf("Customer|Offer|Licences|Expires",
		"Contoso|Office 365 E3|5|2026-12-31", "Fabrikam|Office 365 E3|5|2026-12-31", "|Office 365 E3|5|2026-12-31"))
	want := []reconcile.CustomerFacts{{Name: "Contoso", TenantID: "t1", Country: "IT"}, {Name: "Fabrikam"}, {Name: "Contoso", TenantID: "t1", Country: "IT"}}
	for i, w := range want {
		if got := *records[i].Sub.Customer; got != w {
			t.Errorf("row %d: got %+v, want %+v", i, got, w)
		}
	}
}

// A country for a whole folder holds for every customer in its files, whatever
// the folder is called.
func TestCountryOfAFolder(t *testing.T) {
	rules := []Rule{{Match: "exports/distributor/**", Customer: reconcile.CustomerFacts{Country: "IT"}}}
	_, records := readOne(t, Options{Rules: rules}, "exports/distributor/a.csv", csvOf("Customer|Country|Offer|Licences|Expires",
		"Contoso||Office 365 E3|5|2026-12-31", "Fabrikam|DE|Office 365 E3|5|2026-12-31"))
	for i, want := range []reconcile.CustomerFacts{{Name: "Contoso", Country: "IT"}, {Name: "Fabrikam", Country: "DE"}} {
		if got := *records[i].Sub.Customer; got != want {
			t.Errorf("row %d: got %+v, want %+v", i, got, want)
		}
	}
}

func TestRules(t *testing.T) {
	content := csvOf("A|B|C|D|E", "Contoso|Office 365 E3|1.000|05/12/2026|9,99")
	rules := []Rule{
		{Match: "exports/old/**", Ignore: true},
		{Match: "exports/*.csv", HeaderRow: 1, Columns: map[string]string{"customer": "A", "offer": "B", "licences": "C", "expires": "D", "unit_price": "E"},
			DateOrder: "month-first", Decimal: ",", Currency: "CHF", Owner: "Jana", Channel: reconcile.Volume, Programme: reconcile.EA, Side: "csp"},
	}
	report, records := readOne(t, Options{Rules: rules}, "exports/a.csv", content)
	if len(records) != 1 || records[0].Sub == nil {
		t.Fatalf("got %v with %+v, want a subscription", fates(records), report)
	}
	s, role := records[0].Sub, records[0].Role
	if role != reconcile.RoleInCSP || s.Licences != reconcile.Whole(1000) || s.Expires != reconcile.NewDate(2026, 5, 12) || s.Owner != "Jana" ||
		s.Currency != "CHF" || s.Channel != reconcile.Volume || s.Programme != reconcile.EA {
		t.Errorf("got role %d and %+v", role, *s)
	}
	ignored, records := readOne(t, Options{Rules: rules}, "exports/old/a.csv", content)
	if len(records) != 0 || len(ignored.Warnings) != 0 || ignored.Kind != "ignored" {
		t.Errorf("an ignored file gave %d records, kind %q and warnings %v", len(records), ignored.Kind, ignored.Warnings)
	}
}

func TestGlobMatch(t *testing.T) {
	for _, c := range []struct {
		pattern, name string
		want          bool
	}{
		{"exports/*.csv", "exports/a.csv", true}, {"exports/*.csv", "exports/b/a.csv", false}, {"exports/**", "exports/b/a.csv", true},
		{"**/*.csv", "exports/b/a.csv", true}, {"**/*.csv", "a.csv", true}, {"Exports/Contoso/*", "exports/contoso/A.csv", true},
		{"./exports/a.csv", "exports/a.csv", true}, {`exports\a.csv`, "exports/a.csv", true}, {"exports/**/x/*.csv", "exports/a/b/x/c.csv", true},
		{"exports/[", "exports/[a", false}, {"exports/a [1].csv", "exports/A [1].csv", true}, {"", "a.csv", false},
	} {
		if got := globMatch(c.pattern, c.name); got != c.want {
			t.Errorf("globMatch(%q, %q) = %v, want %v", c.pattern, c.name, got, c.want)
		}
	}
}

func TestDamagedIDs(t *testing.T) {
	_, records := readOne(t, Options{}, "exports/a.csv", csvOf("Customer|Customer tenant ID|Offer|Licences|Expires|Subscription ID",
		"Contoso|1.23E+10|Office 365 E3|5|2026-12-31|S1", "Fabrikam|0f1c6a70-aaaa-4bbb-8ccc-000000000001|Office 365 E3|5|2026-12-31|4.5E+12",
		"Adatum|12345678|Office 365 E3|5|2026-12-31|1-2", "Litware|tenant-7|Office 365 E3|5|2026-12-31|77"))
	for i, want := range []string{"Customer tenant ID", "Subscription ID", "Subscription ID", ""} {
		if got := records[i].Sub.RareFacts().DamagedID; got != want {
			t.Errorf("row %d: damaged column %q, want %q", i, got, want)
		}
	}
	for i, want := range []string{"", "0f1c6a70-aaaa-4bbb-8ccc-000000000001", "", "tenant-7"} {
		if got := records[i].Sub.Customer.TenantID; got != want {
			t.Errorf("row %d: tenant %q, want %q", i, got, want)
		}
	}
	if got := records[3].Sub.SubscriptionID; got != "77" {
		t.Errorf("a plain number as subscription id reads as %q, want 77", got)
	}
}

// A customer is the same one however a file writes its id and name, and words
// for nothing are no customer.
func TestCustomerCells(t *testing.T) {
	const id = "0f1c6a70-aaaa-4bbb-8ccc-000000000001"
	for cells, want := range map[string]reconcile.CustomerFacts{
		"Contoso\nItalia|" + id:                      {Name: "Contoso Italia", TenantID: id},
		"Contoso|{" + id + "}":                       {Name: "Contoso", TenantID: id},
		"Contoso|" + strings.ReplaceAll(id, "-", ""): {Name: "Contoso", TenantID: id},
		"Contoso|'" + id:                             {Name: "Contoso", TenantID: id},
		"Contoso|Contoso.OnMicrosoft.com":            {Name: "Contoso", Domain: "contoso.onmicrosoft.com"},
		"Contoso|0f1c6a70aaaa4bbb8ccc00000000000z":   {Name: "Contoso", TenantID: "0f1c6a70aaaa4bbb8ccc00000000000z"},
		"n/a|":          {},
		"-|n/a":         {},
		"unknown|" + id: {TenantID: id},
		"None Ltd|":     {Name: "None Ltd"},
	} {
		_, records := readOne(t, Options{}, "exports/a.csv", csvOf("Customer|Tenant ID|Offer|Licences|Expires", cells+"|Office 365 E3|5|2026-12-31"))
		if want == (reconcile.CustomerFacts{}) {
			if got := fate(records[0]); !strings.HasPrefix(got, "no-customer") {
				t.Errorf("%q: got %s, want no-customer", cells, got)
			}
		} else if records[0].Sub == nil || *records[0].Sub.Customer != want {
			t.Errorf("%q: got %s %+v, want %+v", cells, fate(records[0]), records[0].Sub, want)
		}
	}
}

// One subscription must not count twice because one export writes its GUID in
// brackets.
func TestSubscriptionIDForms(t *testing.T) {
	const id = "57001806-AE5E-4c9c-a31e-e664e0114401"
	for text, want := range map[string]string{id: id, "{" + id + "}": id, "'" + id: id, "\u200b" + id + "\u2060\u00a0": id, "{S-1}": "{S-1}"} {
		_, records := readOne(t, Options{}, "exports/a.csv", csvOf("Customer|Offer|Licences|Expires|Subscription ID", "Contoso|Office 365 E3|5|2026-12-31|"+text))
		if got := records[0].Sub.SubscriptionID; got != want {
			t.Errorf("%q reads as %q, want %q", text, got, want)
		}
	}
}

func TestHash(t *testing.T) {
	content := csvOf("Customer|Offer|Licences|Expires", "Contoso|Office 365 E3|5|2026-12-31", "Contoso|Office 365 E3|5|2026-12-31", "Contoso|Office 365 E3|6|2026-12-31")
	_, a := readOne(t, Options{}, "exports/a.csv", content)
	if a[0].Hash != a[1].Hash || a[0].Hash == a[2].Hash {
		t.Error("equal rows must have equal hashes, different rows different ones")
	}
	_, b := readOne(t, Options{}, "exports/archive/a.csv", content)
	if a[0].Hash != b[0].Hash {
		t.Error("a copy of a row in a sub-folder must have the same hash: it names its customer")
	}
	licences := csvOf("Product Title|Total Licenses|Renewal Date", "Microsoft 365 E3|10|2027-08-01")
	_, c := readOne(t, Options{}, "exports/Contoso/a.csv", licences)
	_, d := readOne(t, Options{}, "exports/Fabrikam/a.csv", licences)
	if c[0].Hash == d[0].Hash {
		t.Error("the same row in another customer's file must have another hash")
	}
}

// A value that nobody knows is named once, with the number of rows that hold
// it; of very many values the first are named.
func TestWarningsAreCounted(t *testing.T) {
	rows := []string{"Customer|Offer|Licences|Expires|Country|Billing"}
	for i := range 30 {
		rows = append(rows, fmt.Sprintf("Contoso|Office 365 E3|5|2026-12-31|Atlantis|every %d days", i))
	}
	report, _ := readOne(t, Options{}, "exports/a.csv", csvOf(rows...))
	want := Warning{Row: 2, Rows: 30, Column: "Country", Code: "country-unknown"}
	found := false
	for _, w := range report.Warnings {
		if w.Column == "Country" {
			found = w.Row == want.Row && w.Rows == want.Rows && w.Code == want.Code && strings.Contains(w.Message, `"Atlantis"`)
		}
	}
	if n := len(report.Warnings); n != 1+mostAlike+1 || !found {
		t.Errorf("got %d warnings %+v, want %+v and those of the billing", n, report.Warnings, want)
	}
	if last := report.Warnings[len(report.Warnings)-1]; last.Message != "and 20 more like it" || last.Column != "Billing" {
		t.Errorf("last warning %+v, want 20 more", last)
	}
}

// A GUID without its end names no subscription.
func TestDigitsLost(t *testing.T) {
	const id = "12345678-1234-1234-1234-123456789012"
	_, records := readOne(t, Options{}, "exports/a.csv", csvOf("Customer|Offer|Licences|Expires|Subscription ID",
		"Contoso|Office 365 E3|5|2026-12-31|"+id, "Fabrikam|Office 365 E3|5|2026-12-31|"+id[:35], "Northwind|Office 365 E3|5|2026-12-31|"+id[:20]+"…",
		"Tailspin|Office 365 E3|5|2026-12-31|S-77"))
	for i, want := range []string{id, "", "", "S-77"} {
		if sub := records[i].Sub; sub == nil || sub.SubscriptionID != want || (sub.RareFacts().DamagedID != "") != (want == "") {
			t.Errorf("row %d: got %+v, want id %q", i+2, sub, want)
		}
	}
}

func TestDamagedNumbers(t *testing.T) {
	for _, c := range []struct {
		text     string
		wantGUID bool
		want     bool
	}{{"77", false, false}, {"123456789012345", false, false}, {"1234567890123450", false, true}, {"1.2E+19", false, true}, {"77", true, true}} {
		if got := damaged(sheet.Cell{Kind: sheet.Number, Text: c.text}, c.wantGUID); got != c.want {
			t.Errorf("damaged(number %s, GUID %v) = %v, want %v", c.text, c.wantGUID, got, c.want)
		}
	}
}

// A letter that an earlier program lost never gets into a plan.
func TestLostLetters(t *testing.T) {
	_, records := readOne(t, Options{}, "exports/a.csv", "Customer,Offer,Licences,Expires,Remark\n"+
		"Caff\uFFFD Roma,Office 365 E3,5,2026-12-31,\nContoso,Office 365 E3,5,2026-12-31,schl\uFFFDfrig\n")
	want := []string{"damaged-text Customer Caff\uFFFD Roma", "subscription"}
	if diff := cmp.Diff(want, fates(records)); diff != "" {
		t.Errorf("records (-want +got):\n%s", diff)
	}
}

// TestReadFileOutlivesALibrary: a fault below refuses the file by its name; it does
// not make the file disappear.
func TestReadFileOutlivesALibrary(t *testing.T) {
	looked := fileResult{report: FileReport{Name: "exports/a.csv"}}
	read := readFile(t.Context(), looked, Options{}, func(context.Context) (*sheet.File, error) { panic("a library stumbles") })
	if read.report.Name != "exports/a.csv" || read.report.Refused == nil || !strings.Contains(read.report.Refused.Message, "exports/a.csv") {
		t.Errorf("got %+v", read.report)
	}
}

// TestDigestBesideReading: a text that is read alone has the digest of its bytes, as it
// has among others, whether its rows are read or refused.
func TestDigestBesideReading(t *testing.T) {
	for name, text := range map[string]string{
		"read":    benchExport(5_000),
		"refused": "%PDF-1.7 is no table",
		"large":   benchExport(50_000),
	} {
		path, other := filepath.Join(t.TempDir(), "a.csv"), filepath.Join(t.TempDir(), "b.csv")
		for p, text := range map[string]string{path: text, other: benchExport(1)} {
			if err := os.WriteFile(p, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		sum := sha256.Sum256([]byte(text))
		want := hex.EncodeToString(sum[:])
		opt := Options{Limits: sheet.Limits{CSVBytes: 10 << 20}} // less than the large one has
		alone, err := Read(t.Context(), []File{{Path: path, Name: "a.csv"}}, opt)
		if err != nil {
			t.Fatal(err)
		}
		both, err := Read(t.Context(), []File{{Path: path, Name: "a.csv"}, {Path: other, Name: "b.csv"}}, opt)
		if err != nil {
			t.Fatal(err)
		}
		if name == "large" {
			want = "" // nobody reads it to its end
		}
		if got := alone.Files[0]; got.SHA256 != want || (got.Refused == nil) != (name == "read") {
			t.Errorf("%s: digest %q, want %q; refused %v", name, got.SHA256, want, got.Refused)
		}
		if diff := cmp.Diff(both.Files[0], alone.Files[0]); diff != "" {
			t.Errorf("%s: alone it is reported otherwise:\n%s", name, diff)
		}
	}
}
