package input

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gocarina/gocsv"
)

const benchRows = 20_000

// benchExport is an export of the generic layout.
func benchExport() string {
	var b strings.Builder
	b.WriteString("CustomerName,CustomerTenantId,Domain,Country,OfferName,SkuId,SubscriptionId,SkuPartNumber,Quantity,Assigned,Status,StartDate,EndDate,Term,Billing,UnitPrice,Currency,Channel,AutoRenew,AccountManager\r\n")
	for i := range benchRows {
		fmt.Fprintf(&b, "Contoso %d S.p.A.,%08x-1111-4222-8333-%012x,c%d.onmicrosoft.com,IT,Microsoft 365 Business Premium,cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46,%08x-aaaa-4bbb-8ccc-%012x,SPB,%d,%d,Active,2025-12-01,2026-11-%02d,P1Y,Monthly,20.60,EUR,Direct from Microsoft,true,anna@partner.example\r\n",
			i/2, i/2, i/2, i/2, i, i, i%90+1, i%80, i%30+1)
	}
	return b.String()
}

// A benchLine is the export for gocsv, as its users write it: no dates, no
// checks, no conventions found out.
type benchLine struct {
	CustomerName, CustomerTenantID, Domain, Country, OfferName, SkuID, SubscriptionID, SkuPartNumber string
	Quantity, Assigned                                                                               int
	Status, StartDate, EndDate, Term, Billing                                                        string
	UnitPrice                                                                                        float64
	Currency, Channel, AutoRenew, AccountManager                                                     string
}

// BenchmarkRead turns a file into typed records beside gocsv's channel mode,
// the least hungry it has.
func BenchmarkRead(b *testing.B) {
	path := filepath.Join(b.TempDir(), "x.csv")
	if err := os.WriteFile(path, []byte(benchExport()), 0o600); err != nil {
		b.Fatal(err)
	}
	b.Run("ours", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			batch, err := Read(context.Background(), []File{{Path: path, Name: "exports/x.csv"}}, Options{})
			if err != nil || len(batch.Records) != benchRows || batch.Records[benchRows-1].Sub == nil {
				b.Fatal(len(batch.Records), err)
			}
		}
	})
	b.Run("peer=gocsv", func(b *testing.B) {
		gocsv.SetHeaderNormalizer(strings.ToLower)
		defer gocsv.SetHeaderNormalizer(func(s string) string { return s })
		b.ReportAllocs()
		for b.Loop() {
			if n := readWithGocsv(b, path); n != benchRows {
				b.Fatal(n)
			}
		}
	})
}

func readWithGocsv(b *testing.B, path string) int {
	f, err := os.Open(path)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	lines := make(chan benchLine, 1000)
	failed := make(chan error, 1)
	go func() { failed <- gocsv.UnmarshalToChan(f, lines) }()
	var kept []benchLine
	for line := range lines {
		kept = append(kept, line)
	}
	if err := <-failed; err != nil {
		b.Fatal(err)
	}
	if last := kept[len(kept)-1]; last.CustomerName == "" || last.Quantity == 0 || last.UnitPrice != 20.6 {
		b.Fatalf("read %+v", last)
	}
	return len(kept)
}
