package input

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cspplan/input/sheet"
	"cspplan/reconcile"
)

// rowsRead prints the rows of a file in lines of a table test.
func rowsRead(t *testing.T, content string) []string {
	t.Helper()
	_, records := readOne(t, Options{}, "exports/a.csv", content)
	var got []string
	for _, r := range records {
		got = append(got, facts(r))
	}
	return got
}

// The header is found whatever stands over it and however it is written.
func TestHeaderForms(t *testing.T) {
	const plain = "customer=Contoso offer=Office 365 E3 licences=5 expires=2026-12-31"
	title := strings.Repeat("About this list|||\n", 40)
	for _, c := range []struct{ name, content, want string }{
		{"a long title", title + "Customer|Offer|Licences|Expires\nContoso|Office 365 E3|5|2026-12-31", plain},
		{"a title of several lines in one cell", "\"Report\nCustomer: all\nOffer: all\"|||\nCustomer|Offer|Licences|Expires\nContoso|Office 365 E3|5|2026-12-31", plain},
		{"filters with words of headings", "Customer|Contoso||\nOffer|Office 365||\nExpires|Licences||\nCustomer|Offer|Licences|Expires\nContoso|Office 365 E3|5|2026-12-31", plain},
		{"two rows, groups above", "Customer|Licences||Term|\nName|Offer|Quantity|Start|Expires\nContoso|Office 365 E3|5|2026-01-01|2026-12-31",
			"customer=Contoso offer=Office 365 E3 licences=5 start=2026-01-01 expires=2026-12-31"},
		{"two rows, merged downwards", "Customer|Country|Subscription||\n||Offer|Licences|Expires\nContoso|IT|Office 365 E3|5|2026-12-31",
			"customer=Contoso country=IT offer=Office 365 E3 licences=5 expires=2026-12-31"},
		{"a customer over the table is no heading", "Customer|Contoso||\n|Offer|Licences|Expires\n1|Office 365 E3|5|2026-12-31", "no-customer  "},
		{"units below", "Customer|Offer|Licences|Expires\n||[no.]|[yyyy-mm-dd]\nContoso|Office 365 E3|5|2026-12-31", "reference: row of units; " + plain},
		{"no-break spaces, stars, remarks", "\ufeff Customer\u00a0Name *|OFFER\u00a0|Licences (no.)*|Expires (yyyy-mm-dd)\nContoso|Office 365 E3|5|2026-12-31", plain},
		{"underscores and dots", "customer.name|Offer_Name|seat-count|expiryDate\nContoso|Office 365 E3|5|2026-12-31", plain},
		{"full width", "Ｃｕｓｔｏｍｅｒ|Ｏｆｆｅｒ|Ｌｉｃｅｎｃｅｓ|Ｅｘｐｉｒｅｓ\nContoso|Office 365 E3|5|2026-12-31", plain},
		{"numbered and quoted", "1. 'Customer'|2. Offer|c) Licences|4. Expires\nContoso|Office 365 E3|5|2026-12-31", plain},
		{"an envelope", "properties.customerName|properties.offerName|properties.quantity|properties.commitmentEndDate\nContoso|Office 365 E3|5|2026-12-31", plain},
		{"one heading twice, the same values", "Customer|Offer|Licences|Expires|Licences\nContoso|Office 365 E3|5|2026-12-31|5", plain},
		{"a type line of PowerShell", "#TYPE Selected.Object\nCustomer|Offer|Licences|Expires\nContoso|Office 365 E3|5|2026-12-31", plain},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := strings.Join(rowsRead(t, c.content+"\n"), "; "); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

// Totals, subtotals and footers become no subscriptions, and are not lost.
func TestTotalsAndFooters(t *testing.T) {
	for _, c := range []struct{ row, want string }{
		{"Contoso Total||9|", "total row"}, {"Total Contoso||9|", "total row"}, {"|Office 365 E3 Total|9|", "total row"}, {"|Total Office 365 E3|9|", "total row"},
		{"Gesamt (2)||9|", "total row"}, {"Total licences: 9|||", "total row"}, {"Totale licenze||9|", "total row"}, {"∑||9|", "total row"},
		{"Page 1 of 2|||", "footer"}, {"Seite 1|||", "footer"}, {"Erstellt am:|23.11.2026||", "footer"}, {"Applied filters: Status is Active|||", "footer"},
		{"Total Energies|Office 365 E1|9|2026-12-31", ""}, {"Fabrikam|Total Defense|9|2026-12-31", ""}, {"Total Energies||9|", "no-offer"}, {"|Backup Total|9|", "no-customer"},
		{"Fabrikam|Office 365 E1||", "no-licences"}, {"Fabrikam||9|2026-12-31", "no-offer"},
	} {
		t.Run(c.row, func(t *testing.T) {
			_, records := readOne(t, Options{}, "exports/a.csv", csvOf("Customer|Offer|Licences|Expires", "Contoso|Office 365 E3|9|2026-12-31", c.row))
			r := records[1]
			switch {
			case c.want == "" && r.Sub != nil, r.Role == reconcile.RoleReference && r.Note == c.want, r.Problem != nil && r.Problem.Code == c.want:
			default:
				t.Errorf("got %s, want %q", fate(r), c.want)
			}
		})
	}
	for _, w := range mustRows("words.csv", wordsCSV) {
		if wordKind(w[0]) != totalWords {
			continue
		}
		got := rowsRead(t, csvOf("Customer|Offer|Licences|Expires", "Contoso|Office 365 E3|9|2026-12-31", w[3]+"||9|"))
		if diff := cmp.Diff([]string{"customer=Contoso offer=Office 365 E3 licences=9 expires=2026-12-31", "reference: total row"}, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", w[3], diff)
		}
	}
}

// A truncated last line is rejected, whatever it looks like.
func TestTruncatedLineIsNoFooter(t *testing.T) {
	got := rowsRead(t, "Customer,Offer,Licences,Expires\nContoso,Office 365 E3,5,2026-12-31\nFabri")
	if len(got) != 2 || !strings.HasPrefix(got[1], "bad-record") {
		t.Errorf("got %v, want the last line rejected", got)
	}
}

// Headings of several meanings are read by their cells, or not at all.
func TestOpenHeadings(t *testing.T) {
	for _, c := range []struct {
		heading string
		cells   []string
		want    field
	}{
		{"Contratto", []string{"31/12/2026", "30/11/2026"}, fExpires},
		{"Contratto", []string{"1 anno", "3 anni"}, fTerm},
		{"Contratto", []string{"EA", "MPSA"}, fChannel},
		{"Contratto", []string{"sì", "no"}, fAgreement},
		{"Contratto", []string{subA, tenantA}, fSubscriptionID},
		{"Contratto", []string{subA, subA}, noField}, // an agreement of two subscriptions
		{"Contratto", []string{"4711", "4712"}, noField},
		{"Contrat", []string{"31/12/2026", "EA"}, noField},
		{"Umowa", []string{"EA", "EA"}, fChannel},
		{"Origen", []string{"Directo de Microsoft", "Licencias por volumen"}, fChannel},
		{"Origen", []string{"Italia", "Alemania"}, fCountry},
		{"期限", []string{"2026-12-31", "2027-01-31"}, fExpires},
		{"期限", []string{"1年", "3年"}, fTerm},
		{"Laufzeitende", []string{"31.12.2026", "31.01.2027"}, fExpires},
		{"Rinnovo", []string{"Sì", "No"}, fAutoRenew},
		{"Rinnovo", []string{"31/12/2026", "Sì"}, noField},
		{"Plan", []string{"Monthly", "Annual"}, fBilling},
		{"Nombre", []string{"Juan", "Ana"}, noField},
	} {
		t.Run(c.heading+" "+c.cells[0], func(t *testing.T) {
			report, _ := readOne(t, Options{}, "exports/a.csv", csvOf("Customer|Product|Seats|Renewal date|"+c.heading,
				"Contoso|Office 365 E3|5|2026-12-30|"+c.cells[0], "Fabrikam|Office 365 E1|3|2027-01-30|"+c.cells[1]))
			column := report.Sheets[0].Columns[4]
			if fieldNamed(column.Field) != c.want {
				t.Errorf("got %q (%s), want %q", column.Field, column.Convention, c.want)
			}
			asked := false
			for _, w := range report.Warnings {
				asked = asked || w.Code == "heading-open" && strings.Contains(w.Message, "columns: {")
			}
			if asked != (c.want == noField) {
				t.Errorf("warnings %+v: people are to be asked for what the cells do not tell, and only for that", report.Warnings)
			}
		})
	}
}

// Lizenz and ライセンス are the product or how many of it.
func TestLicenceOrProduct(t *testing.T) {
	for _, c := range []struct{ head, row, want string }{
		{"Kunde|Lizenz|Anz.|Läuft ab", "Contoso|Office 365 E3|5|2026-12-31", "offer=Office 365 E3 licences=5"},
		{"Kunde|Produkt|Lizenz|Läuft ab", "Contoso|Office 365 E3|5|2026-12-31", "offer=Office 365 E3 licences=5"},
		{"Kunde|Lizenzen|Anzahl|Läuft ab", "Contoso|Office 365 E3|5|2026-12-31", "offer=Office 365 E3 licences=5"},
		{"顧客|ライセンス|数量|有効期限", "Contoso|Office 365 E3|5|2026-12-31", "offer=Office 365 E3 licences=5"},
		{"顧客|製品|ライセンス|有効期限", "Contoso|Office 365 E3|5|2026-12-31", "offer=Office 365 E3 licences=5"},
	} {
		if got := rowsRead(t, csvOf(c.head, c.row)); len(got) != 1 || !strings.Contains(got[0], c.want) {
			t.Errorf("%s: got %v, want %s", c.head, got, c.want)
		}
	}
}

// Faults in the settings of a file are named with the setting.
func TestFaultsInTheSettings(t *testing.T) {
	content := csvOf("Customer|Offer|Licences|Expires", "Contoso|Office 365 E3|5|2026-12-31")
	for _, c := range []struct {
		name string
		rule Rule
		code string
		says string
	}{
		{"a needed column that is not there", Rule{Columns: map[string]string{"licences": "Anzahl X"}}, "missing-column", `columns: {licences: "Anzahl X"}`},
		{"a row that is no header", Rule{HeaderRow: 2}, "no-header", "header_row: 2"},
		{"a row that is not there", Rule{HeaderRow: 99}, "no-header", "header_row: 99"},
		{"a layout that does not fit", Rule{Layout: "bam-subscriptions-v3"}, "missing-column", "bam-subscriptions-v3"},
		{"a layout nobody knows", Rule{Layout: "x"}, "no-header", `the layout "x"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.rule.Match = "**"
			refused := readAll(t, Options{Rules: []Rule{c.rule}}, "exports/a.csv", content).Files[0].Refused
			if refused == nil || refused.Code != c.code || !strings.Contains(refused.Message, c.says) {
				t.Errorf("got %+v, want %s saying %s", refused, c.code, c.says)
			}
		})
	}
	report, _ := readOne(t, Options{Rules: []Rule{{Match: "**", Columns: map[string]string{"owner": "Wer"}}}}, "exports/a.csv", content)
	if len(report.Warnings) != 1 || report.Warnings[0].Code != "column-not-found" {
		t.Errorf("warnings %+v, want the column that is not there", report.Warnings)
	}
}

// The first row below a header is data, though some of its values are headings
// in some language: Norway's NO, an agreement's MCA, a segment, a plain No.
func TestFirstRowOfHeadingWordsIsData(t *testing.T) {
	const header = "Customer|Country|Subscription ID|Product|Licences|Assigned|Start date|End date|Auto-renew|Bought from|Programme|Trial|Segment|State\n"
	const row = "Contoso|NO|433d0e3c-a359-4b20-b597-be8779d816ad|Microsoft 365 Business Premium|151|150|2026-08-14|2027-08-14|No|Direct from Microsoft|MCA|Yes|Commercial|Active\n"
	_, records := readOne(t, Options{}, "exports/a.csv", header+row)
	if len(records) != 1 || records[0].Role != reconcile.RoleSubscription || records[0].Sub.Licences != reconcile.Whole(151) {
		t.Errorf("got %+v, want one subscription of 151 licences", records)
	}
}

// Cells that fit two meanings decide nothing; one slip among many decides
// nothing away.
func TestEvidence(t *testing.T) {
	for _, c := range []struct {
		options []field
		cells   []string
		want    field
	}{
		{[]field{fTerm, fBilling}, []string{"Annual", "Monthly"}, noField}, // a term as well as a billing period
		{[]field{fTerm, fChannel}, []string{"1 year", "3 years"}, fTerm},
		{[]field{fTerm, fChannel}, []string{"1 year", "1 year", "1 year", "1 year", "see contract"}, fTerm},
		{[]field{fTerm, fChannel}, []string{"1 year", "see contract"}, noField},
		{[]field{fTerm, fChannel}, nil, noField},
	} {
		column := column{heading: heading{options: c.options}}
		e := evidence{misfits: make(map[field]int), ids: make(map[string]bool)}
		for _, text := range c.cells {
			e.take(&column, sheet.Cell{Kind: sheet.Text, Text: text})
		}
		if got := e.decided(&column); got != c.want {
			t.Errorf("%q: got %q, want %q", c.cells, got, c.want)
		}
	}
}
