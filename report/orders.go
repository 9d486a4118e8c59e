package report

import (
	"slices"

	"cspplan/reconcile"
)

// An order is what one customer needs of one CSP offer: two old subscriptions
// may become one order.
type order struct {
	row       int32 // first row it stands for
	now       int64
	provision int64
	merged    int
	reassign  reconcile.Tri
	on        reconcile.Date
	first     reconcile.Date
}

// orders adds up by customer and CSP offer, by the day to provision.
func (rep *Report) orders() []order {
	type key struct {
		customer int
		offer    string
	}
	at := make(map[key]int)
	var orders []order
	for i := range rep.Plan.Rows {
		r := &rep.Plan.Rows[i]
		if r.Target == nil || !r.Provision.Known || !active(r) || r.Status == reconcile.Blocked {
			continue
		}
		k := key{r.Customer, r.Target.SKUGUID + "\x00" + TargetName(r)}
		n, ok := at[k]
		if !ok {
			n = len(orders)
			at[k] = n
			orders = append(orders, order{row: int32(i), first: r.Sub.Expires, reassign: reconcile.No})
		}
		orders[n].add(r)
	}
	slices.SortStableFunc(orders, func(a, b order) int { return compareDates(a.on, b.on) })
	return orders
}

func (o *order) add(r *reconcile.Row) {
	o.now += licences(r)
	o.provision += int64(r.Provision.N)
	o.merged++
	if r.ActBy.Known() && (!o.on.Known() || r.ActBy < o.on) {
		o.on = r.ActBy
	}
	// Yes for one is Yes for the order; No needs all.
	switch {
	case r.Reassign == reconcile.Yes:
		o.reassign = reconcile.Yes
	case r.Reassign == reconcile.Unknown && o.reassign == reconcile.No:
		o.reassign = reconcile.Unknown
	}
}

// licencesTable is what to order, and where licences must be reassigned.
func (rep *Report) licencesTable() *Table {
	t := rep.newTable("Licences", "licences", []Column{
		rep.col("customer", "col.customer", Text, 42),
		rep.col("csp_offer", "col.csp_offer", Text, 34),
		rep.col("licences", "col.licences_today", Count, 11),
		rep.col("licences_to_provision", "col.licences_new", Count, 11),
		rep.col("difference", "col.licences_diff", Count, 11),
		rep.col("merged", "col.merged", Count, 13),
		rep.col("reassign", "col.reassign", Text, 11).indented(),
		rep.col("provision_on", "col.provision_on", Date, 12.5),
		rep.col("expires", "col.first_expiry", Date, 12.5),
		rep.col("key", "col.key", Text, 18).identifier().indented(),
	})
	t.FreezeColumns, t.PrintColumns = 2, 9
	orders := rep.orders()
	t.Len = len(orders)
	t.Row = func(i int, dst []Value) []Value {
		o := &orders[i]
		r := &rep.Plan.Rows[o.row]
		return append(dst,
			textCell(rep.CustomerName(r)),
			textCell(TargetName(r)),
			numberCell(o.now),
			numberCell(o.provision),
			numberCell(o.provision-o.now).when(o.provision != o.now, Strong),
			numberCell(int64(o.merged)),
			textCell(rep.Text.tri(o.reassign)),
			dateCell(o.on).when(o.on < rep.AsOf, Alarm),
			dateCell(o.first),
			textCell(r.Key),
		)
	}
	return t
}
