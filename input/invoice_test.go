package input

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cspplan/reconcile"
)

const (
	legacyHead = "PartnerId|CustomerId|CustomerName|SubscriptionId|SyndicationPartnerSubscriptionNumber|OfferId|DurableOfferId|OfferName|SubscriptionStartDate|SubscriptionEndDate|ChargeStartDate|ChargeEndDate|ChargeType|UnitPrice|Quantity|Amount|Currency|BillingCycleType"
	nceHead    = "PartnerId|CustomerId|CustomerName|ProductId|SkuId|AvailabilityId|SkuName|ChargeType|UnitPrice|Quantity|Subtotal|Currency|SubscriptionId|ChargeStartDate|ChargeEndDate|TermAndBillingCycle|SubscriptionStartDate|SubscriptionEndDate"
)

// legacyLine is a line of a legacy invoice: start and end of the charge, type,
// unit price, quantity, amount, end of the subscription.
func legacyLine(start, end, kind, price, quantity, amount, expires string) string {
	return strings.Join([]string{"p", tenantA, "Contoso", "theirs", subA, "x", offerA, "Office 365 E3", "2/13/2026 0:00", expires + " 0:00",
		start + " 0:00", end + " 23:59", kind, price, quantity, amount, "EUR", "Monthly"}, "|")
}

func nceLine(start, end, kind, quantity, amount string) string {
	return strings.Join([]string{"p", tenantA, "Contoso", "CFQ7TTC0LF8R", "0001", "CFQ7TTC0ABCD", "Office 365 E3", kind, "20", quantity, amount, "EUR", "n1",
		start, end, "One-Year commitment for monthly billing", "2/13/2026", "2/12/2027"}, "|")
}

// standing prints what the lines of the one subscription say together: the
// numbers, ends and prices that stand, and the codes of warnings.
func standing(batch Batch) string {
	var parts []string
	for _, r := range batch.Records {
		switch {
		case r.Problem != nil:
			parts = append(parts, r.Problem.Code)
		case r.Sub == nil:
			parts = append(parts, fate(r))
		default:
			if r.Sub.Licences.Known {
				parts = append(parts, fmt.Sprintf("row %d: %d", r.Source.Row, r.Sub.Licences.N))
			}
			if r.Sub.Expires.Known() && r.Sub.Expires != reconcile.NewDate(2027, 2, 12) {
				parts = append(parts, "until "+r.Sub.Expires.String())
			}
			if r.Sub.Price.Known {
				parts = append(parts, "at "+r.Sub.Price.Value.String())
			}
		}
	}
	for _, f := range batch.Files {
		for _, w := range f.Warnings {
			parts = append(parts, w.Code)
		}
	}
	return strings.Join(parts, ", ")
}

// What an invoice says of a subscription now stands on one of its lines.
func TestLinesOfAnInvoice(t *testing.T) {
	end := "2/12/2027"
	for _, c := range []struct {
		name  string
		head  string
		lines []string
		want  string
	}{
		{"one month", legacyHead, []string{legacyLine("10/1/2026", "10/31/2026", "Cycle fee", "6.82", "10", "68.20", end)}, "row 2: 10, at 6.82"},
		{"two months, the newest stands", legacyHead, []string{
			legacyLine("9/1/2026", "9/30/2026", "Cycle fee", "6.50", "8", "52", end),
			legacyLine("10/1/2026", "10/31/2026", "Cycle fee", "6.82", "10", "68.20", end)}, "row 3: 10, at 6.82"},
		{"the newest first", legacyHead, []string{
			legacyLine("10/1/2026", "10/31/2026", "Cycle fee", "6.82", "10", "68.20", end),
			legacyLine("9/1/2026", "9/30/2026", "Cycle fee", "6.50", "8", "52", end)}, "row 2: 10, at 6.82"},
		{"seats added in the month", legacyHead, []string{
			legacyLine("10/1/2026", "10/31/2026", "Cycle fee", "6.82", "10", "68.20", end),
			legacyLine("10/15/2026", "10/31/2026", "Cancel instance prorate", "6.82", "10", "-37.40", end),
			legacyLine("10/15/2026", "10/31/2026", "Cycle instance prorate", "6.82", "12", "44.88", end)}, "row 4: 12, at 6.82"},
		{"credit and charge of one day", legacyHead, []string{
			legacyLine("10/1/2026", "10/31/2026", "Cycle fee", "6.82", "10", "68.20", end),
			legacyLine("10/1/2026", "10/31/2026", "Cancel instance prorate", "6.82", "-10", "-68.20", end),
			legacyLine("10/1/2026", "10/31/2026", "Cycle instance prorate", "6.82", "7", "47.74", end)}, "row 4: 7, at 6.82"},
		{"two charges of one day that differ", legacyHead, []string{
			legacyLine("10/1/2026", "10/31/2026", "Cycle fee", "6.82", "10", "68.20", end),
			legacyLine("10/1/2026", "10/31/2026", "Cycle fee", "6.82", "12", "81.84", end)}, "row 2: 10, at 6.82, row 3: 12, at 6.82"},
		{"renewed in between", legacyHead, []string{
			legacyLine("1/1/2026", "1/31/2026", "Cycle fee", "6.50", "8", "52", "2/12/2026"),
			legacyLine("2/13/2026", "2/28/2026", "Prorate fees when renew", "6.82", "8", "30", end)}, "row 3: 8, at 6.82"},
		{"cancelled", legacyHead, []string{
			legacyLine("10/1/2026", "10/31/2026", "Cycle fee", "6.82", "10", "68.20", end),
			legacyLine("10/20/2026", "10/31/2026", "Cancel fee", "-6.82", "10", "-25", end)}, "row 2: 10, at 6.82, credited-in-full"},
		{"credits alone", legacyHead, []string{legacyLine("10/20/2026", "10/31/2026", "Cancel instance prorate", "6.82", "-2", "-5", end)}, "credits-only"},
		{"a fraction is no line", legacyHead, []string{legacyLine("10/1/2026", "10/31/2026", "Cycle fee", "6.82", "1.5", "68.20", end)}, "no-licences"},
		{"NCE, a cycle charge", nceHead, []string{nceLine("10/13/2026", "11/12/2026", "cycleCharge", "10", "200")}, "row 2: 10"},
		{"NCE, seats added: the former number returned", nceHead, []string{
			nceLine("10/13/2026", "11/12/2026", "cycleCharge", "10", "200"),
			nceLine("10/20/2026", "11/12/2026", "addQuantity", "-10", "-150"),
			nceLine("10/20/2026", "11/12/2026", "addQuantity", "12", "180")}, "row 2: 12"},
		{"NCE, seats added: nobody can tell", nceHead, []string{
			nceLine("10/13/2026", "11/12/2026", "cycleCharge", "10", "200"),
			nceLine("10/20/2026", "11/12/2026", "addQuantity", "2", "30")}, "row 2: 10, seats-changed"},
		{"NCE, and then the next month", nceHead, []string{
			nceLine("10/13/2026", "11/12/2026", "cycleCharge", "10", "200"),
			nceLine("10/20/2026", "11/12/2026", "addQuantity", "2", "30"),
			nceLine("11/13/2026", "12/12/2026", "cycleCharge", "12", "240")}, "row 4: 12"},
		{"NCE, seats taken away", nceHead, []string{
			nceLine("10/13/2026", "11/12/2026", "new", "10", "200"),
			nceLine("10/15/2026", "11/12/2026", "removeQuantity", "-3", "-55")}, "row 2: 7"},
		{"NCE, a credit of money", nceHead, []string{
			nceLine("10/13/2026", "11/12/2026", "cycleCharge", "10", "200"),
			nceLine("10/20/2026", "11/12/2026", "customerCredit", "1", "-20")}, "row 2: 10"},
	} {
		t.Run(c.name, func(t *testing.T) {
			batch := readAll(t, Options{}, "exports/invoice.csv", csvOf(append([]string{c.head}, c.lines...)...))
			if got := standing(batch); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
			if len(batch.Records) != len(c.lines) {
				t.Errorf("got %d records of %d lines", len(batch.Records), len(c.lines))
			}
		})
	}
}

// Invoices of several months speak as one, whatever they are called and
// however late they were fetched.
func TestInvoicesOfSeveralMonths(t *testing.T) {
	line := func(start, end, quantity string) string {
		return csvOf(legacyHead, legacyLine(start, end, "Cycle fee", "6.82", quantity, "68.20", "2/12/2027"))
	}
	batch := readAll(t, Options{}, "exports/a-october.csv", line("10/1/2026", "10/31/2026", "12"), "exports/z-september.csv", line("9/1/2026", "9/30/2026", "10"))
	if got, want := standing(batch), "row 2: 12, at 6.82"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	var days []string
	for _, r := range batch.Records {
		days = append(days, r.Exported.String())
	}
	if diff := cmp.Diff([]string{"2026-10-31", "2026-09-30"}, days); diff != "" {
		t.Errorf("each line tells of its own month (-want +got):\n%s", diff)
	}
}
