package input

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
)

// What a row says does not depend on the rows before it, however many of its cells
// they share.
func TestRowsAreReadAsIfAlone(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	pick := func(texts ...string) string { return texts[r.IntN(len(texts))] }
	header := "Customer;Tenant ID;Domain;Country;Offer;Offer ID;SKU ID;Part number;Subscription ID;Licences;End date;Term;Billing;State;Auto-renew;Channel;Add-on;Reseller ID;Currency"
	customer := func() string {
		return pick("Contoso", " Contoso", "n/a", "Fabrikam\u00a0") + ";" + pick("0f1c6a70-aaaa-4bbb-8ccc-000000000001", "{0F1C6A70-AAAA-4BBB-8CCC-000000000001}", "contoso.com", "4,5E+12", "") + ";" +
			pick("contoso.onmicrosoft.com", "CONTOSO.onmicrosoft.com.", "") + ";" + pick("IT", "Italien", "Atlantis", "")
	}
	offer := func() string {
		return pick("Office 365 E3", "Office  365 E3", "Azure plan", "-") + ";" + pick("796b6b5f-613c-4e24-a17c-eba730d49c02", "1,23457E+17", "") + ";" +
			pick("CFQ7TTC0LF8R:0001", "0001", "6fd2c87f-b296-42f0-b197-1e91e994b900", "4-Mar", "") + ";" + pick("ENTERPRISEPACK", "contoso:ENTERPRISEPACK", "P3Y:CFQ7TTC0LCHC:0002:1:", "")
	}
	words := func() string {
		return pick("P1Y", "P3Y", "often", "") + ";" + pick("Monthly", "Annual", "?") + ";" + pick("Active", "Suspended", "Odd", "") + ";" +
			pick("yes", "no", "maybe") + ";" + pick("EA", "Direct", "Somewhere", "") + ";" + pick("Add-on", "base", "")
	}
	drawn := func(cells func() string) (some []string) { // few, so that they repeat
		for range 12 {
			some = append(some, cells())
		}
		return some
	}
	customers, offers, said := drawn(customer), drawn(offer), drawn(words)
	var lines []string
	for i := range 150 {
		lines = append(lines, strings.Join([]string{pick(customers...), pick(offers...), fmt.Sprint("S-", i%7), pick("5", "12", "many", ""), pick("2026-12-31", ""),
			pick(said...), pick("", "12345", "-1"), pick("EUR", "Taler", "")}, ";"))
	}
	together := readAll(t, Options{}, "a.csv", header+"\n"+strings.Join(lines, "\n")+"\n")
	if len(together.Records) != len(lines) {
		t.Fatalf("%d records of %d rows", len(together.Records), len(lines))
	}
	warned := 0
	for i, line := range lines {
		alone := readAll(t, Options{}, "a.csv", header+"\n"+line+"\n")
		if alone.Files[0].Refused != nil {
			t.Fatalf("row %d alone: %s", i, alone.Files[0].Refused.Message)
		}
		warned += warnedRows(alone)
		got, want := together.Records[i], alone.Records[0]
		want.Source.Row = got.Source.Row
		want.Exported = got.Exported
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("row %d, %s\ngot  %+v %+v\nwant %+v %+v", i, line, got, got.Sub, want, want.Sub)
		}
	}
	if got := warnedRows(together); got != warned || warned == 0 {
		t.Errorf("%d warnings together, want the %d of the rows alone", got, warned)
	}
}

func warnedRows(batch Batch) (rows int) {
	for _, w := range batch.Files[0].Warnings {
		rows += w.Rows
	}
	return rows
}
