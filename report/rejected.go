package report

import (
	"cmp"
	"strings"

	"cspplan/reconcile"
)

// comparePlaces orders by file, sheet as the workbook has them, and row.
func comparePlaces(a, b *reconcile.Record) int {
	return cmp.Or(strings.Compare(a.Source.File, b.Source.File), cmp.Compare(a.SheetAt, b.SheetAt), cmp.Compare(a.Source.Row, b.Source.Row))
}

// readCustomer is the customer of a row that cannot be used, where it was read.
func readCustomer(rec *reconcile.Record) string {
	switch {
	case rec.Sub != nil:
		return first(rec.Sub.Customer.Name, rec.Sub.Customer.Domain, rec.Sub.Customer.TenantID)
	case rec.Customer != nil:
		return first(rec.Customer.Customer.Name, rec.Customer.Customer.Domain, rec.Customer.Customer.TenantID)
	}
	return ""
}

// rawRow is the row as it was read, in one cell; empty cells at its end are
// left out.
func rawRow(cells []string) string {
	n := len(cells)
	for n > 0 && cells[n-1] == "" {
		n--
	}
	return strings.Join(cells[:n], " | ")
}

// problem is why record i was rejected.
func (rep *Report) problem(i int) reconcile.Problem {
	p, _ := rep.Plan.Fates[i].Problem(rep.opt.Ledger[i].Record)
	return p
}
