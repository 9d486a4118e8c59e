package input

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cspplan/reconcile"
)

func writeTable(t *testing.T, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "table.csv")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

const priceHeader = "ProductTitle,ProductId,SkuId,SkuTitle,SkuDescription,TermDuration,BillingPlan,Market,Currency,UnitPrice,EffectiveStartDate,EffectiveEndDate,Tags,ERP Price\n"

func TestReadPriceList(t *testing.T) {
	path := writeTable(t, "\ufeff"+priceHeader+
		"Office 365 E3,CFQ7TTC0LF8R,1,Office 365 E3,\"two\nlines, one cell\",P1Y,Monthly,US,USD,202.8,2025-04-01T00:00:00.0000000Z,9999-11-30T23:59:59.0000000Z,License,253.56\n"+
		"Trial,CFQ7TTC0LF8R,000W,Trial,,P1M,None,US,USD,0,2/1/2025 12:00:00 AM,2/4/2027 8:35:31 PM,License;Trial,\n")
	lines, err := ReadPriceList(path, "prices.csv")
	if err != nil {
		t.Fatal(err)
	}
	if len(lines) != 2 {
		t.Fatalf("got %d lines, want 2", len(lines))
	}
	a, b := lines[0], lines[1]
	if a.ProductID != "CFQ7TTC0LF8R" || a.SKUID != "0001" || a.Term != reconcile.P1Y || a.Billing != reconcile.Monthly || a.Currency != "USD" || a.Market != "US" ||
		a.UnitPrice.String() != "202.8" || a.ERP.String() != "253.56" || !a.HasERP || a.From.String() != "2025-04-01" || a.To.Known() || a.Sell {
		t.Errorf("first line %+v", a)
	}
	if a.Source.Row != 2 || b.Source.Row != 4 {
		t.Errorf("lines %d and %d, want 2 and 4: a cell of two lines counts", a.Source.Row, b.Source.Row)
	}
	if b.SKUID != "000W" || b.Billing != reconcile.BillingUnknown || b.HasERP || b.From.String() != "2025-02-01" || b.To.String() != "2027-02-04" {
		t.Errorf("second line %+v", b)
	}
}

// The same list read as an export must give the same prices.
func TestPriceListAmongTheExports(t *testing.T) {
	content := priceHeader +
		"Office 365 E3,CFQ7TTC0LF8R,1,Office 365 E3,,P1Y,Monthly,US,USD,202.8,2025-04-01T00:00:00.0000000Z,9999-11-30T23:59:59.0000000Z,License,253.56\n" +
		"Office 365 E3,CFQ7TTC0LF8R,1,Office 365 E3,,P3Y,Triennial,US,USD,\"1,000\",2025-04-01T00:00:00.0000000Z,9999-11-30T23:59:59.0000000Z,License,\n" +
		"Office 365 E3,CFQ7TTC0LF8R,1,Office 365 E3,,P5Y,Annual,US,USD,5,2025-04-01T00:00:00.0000000Z,9999-11-30T23:59:59.0000000Z,License,\n"
	batch := readAll(t, Options{}, "exports/prices.csv", content)
	want := []string{"reference: price list", "reference: price list", "bad-price TermDuration P5Y"}
	if diff := cmp.Diff(want, fates(batch.Records)); diff != "" {
		t.Errorf("records (-want +got):\n%s", diff)
	}
	if len(batch.Prices) != 2 || batch.Prices[0].SKUID != "0001" || batch.Prices[0].ERP.String() != "253.56" || batch.Prices[1].UnitPrice.String() != "1000" || batch.Prices[0].Source.Row != 2 {
		t.Errorf("prices %+v", batch.Prices)
	}
	if p := batch.Prices[0]; p.From.String() != "2025-04-01" || p.To.Known() {
		t.Errorf("valid from %q to %q, want 2025-04-01 with an open end", p.From, p.To)
	}
}

func TestReadSellPricesAndAliases(t *testing.T) {
	lines, err := ReadSellPrices(writeTable(t, "sep=;\nproduct_id;sku_id;term;billing;currency;price\nCFQ7TTC0LF8R;1;P1Y;annual;eur;240.50\n"), "sell.csv")
	if err != nil {
		t.Fatal(err)
	}
	if l := lines[0]; len(lines) != 1 || !l.Sell || l.SKUID != "0001" || l.Currency != "EUR" || l.UnitPrice.String() != "240.50" || l.Source.Row != 3 {
		t.Errorf("sell prices %+v", lines)
	}
	aliases, err := ReadAliases(writeTable(t, "title,offer_id,sku_guid,product_id,sku_id,note\nOur bundle,,,CFQ7TTC0LF8R,1,by Jana\n"), "aliases.csv")
	if err != nil {
		t.Fatal(err)
	}
	want := []reconcile.Alias{{Title: "Our bundle", ProductID: "CFQ7TTC0LF8R", SKUID: "0001", Note: "by Jana"}}
	if diff := cmp.Diff(want, aliases); diff != "" {
		t.Errorf("aliases (-want +got):\n%s", diff)
	}
}

// Faults name line and column, all at once.
func TestTableFaults(t *testing.T) {
	for _, c := range []struct{ name, content, want string }{
		{"two faults", priceHeader + "a,CFQ7TTC0LF8R,1,a,,P1Y,Annual,US,USD,1.5,,,,\na,CFQ7TTC0LF8R,1,a,,P1Y,Annual,US,USD,\"1,5\",,,,\na,CFQ7TTC0LF8R,1,a,,P9Y,Annual,US,USD,1.5,,,,\n",
			"t.csv:3: column UnitPrice: \"1,5\", expected a number with a decimal dot\nt.csv:4: column TermDuration: \"P9Y\", expected P1M, P1Y or P3Y"},
		{"a cell too many", priceHeader + "a,CFQ7TTC0LF8R,1,a,,P1Y,Annual,US,USD,1.5,,,,,,\n", "t.csv:2: wrong number of fields"},
		{"a heading twice", "ProductId,productid,SkuId\n", `reading t.csv: line 1: the heading "productid" stands twice`},
		{"a heading missing", "ProductId,SkuId,TermDuration,BillingPlan\n", `no column "currency"`},
		{"a workbook", "PK\x03\x04", "a zip or a workbook"},
		{"empty", "", "the header: EOF"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := ReadPriceList(writeTable(t, c.content), "t.csv")
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %s", err, c.want)
			}
		})
	}
	if _, err := ReadAliases(writeTable(t, "title,sku_guid\nE3,\n"), "a.csv"); err == nil || !strings.Contains(err.Error(), "a.csv:2: column sku_guid") {
		t.Errorf("an alias for nothing: %v, want its line and column", err)
	}
	if _, err := ReadSellPrices(writeTable(t, "product_id,sku_id,term,billing,currency,price\nX,1,P2Y,annual,EUR,1\n"), "s.csv"); err == nil || !strings.Contains(err.Error(), `s.csv:2: column term: "P2Y"`) {
		t.Errorf("a sell price of no term: %v, want its line, column and value", err)
	}
}

func TestReadAliasesOfPeople(t *testing.T) {
	e3, e5 := "6fd2c87f-b296-42f0-b197-1e91e994b900", "c7df2760-2c81-4ef7-b578-5b5392b571df"
	tests := []struct {
		name, text string
		titles     []string
		wrong      string // part of the error
	}{
		{"plain CSV of Excel", "title;sku_guid\nB\xfcro-Paket;" + e3 + "\n", []string{"Büro-Paket"}, ""},
		{"said twice", "title,sku_guid\nOurs," + e3 + "\nOURS," + e3 + "\n", []string{"Ours", "OURS"}, ""},
		{"said twice, differently", "title,sku_guid\nOurs," + e3 + "\nours!," + e5 + "\n", nil, `a.csv:3: column title: "ours!"`},
		{"an offer twice, differently", "title,offer_id,sku_guid\nOurs,O-1," + e3 + "\nOther,o-1," + e5 + "\n", nil, `a.csv:3: column offer_id: "o-1"`},
		{"one title, two offers", "title,offer_id,sku_guid\nOurs,O-1," + e3 + "\nOurs,O-2," + e5 + "\n", []string{"Ours", "Ours"}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			aliases, err := ReadAliases(writeTable(t, tt.text), "a.csv")
			if tt.wrong != "" {
				if err == nil || !strings.Contains(err.Error(), tt.wrong) {
					t.Errorf("got error %v, want %s", err, tt.wrong)
				}
				return
			}
			var titles []string
			for _, a := range aliases {
				titles = append(titles, a.Title)
			}
			if err != nil || !slices.Equal(titles, tt.titles) {
				t.Errorf("got %q, %v, want %q", titles, err, tt.titles)
			}
		})
	}
}
