package report

import (
	"slices"

	"cspplan/reconcile"
)

// An order is what one customer needs of one CSP offer: two old subscriptions
// may become one order, and an offer of base and add-on takes two.
type order struct {
	row       int32 // first row it stands for
	offer     string
	orderID   string // ProductId/SkuId, as the price list names it; empty if not known
	addOn     bool   // bought beside another offer: nobody holds it as a licence of today
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
		addOn    bool
	}
	at := make(map[key]int)
	var orders []order
	for i := range rep.Plan.Rows {
		r := &rep.Plan.Rows[i]
		if r.Target == nil || !r.Provision.Known || !active(r) || r.Status == reconcile.Blocked {
			continue
		}
		for part, t := range r.Target.Parts() {
			k := key{r.Customer, t.SKUGUID + "\x00" + t.Name, part > 0}
			n, ok := at[k]
			if !ok {
				n = len(orders)
				at[k] = n
				orders = append(orders, order{row: int32(i), offer: t.Name, orderID: orderID(&t), addOn: k.addOn, first: r.Sub.Expires, reassign: reconcile.No})
			}
			orders[n].add(r)
		}
	}
	slices.SortStableFunc(orders, func(a, b order) int { return compareDates(a.on, b.on) })
	return orders
}

func orderID(t *reconcile.Target) string {
	if t.ProductID == "" {
		return ""
	}
	return t.ProductID + "/" + t.SKUID
}

func (o *order) add(r *reconcile.Row) {
	if !o.addOn {
		o.now += licences(r)
	}
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
		rep.col("order_id", "col.order_id", Text, 19),
		rep.col("licences", "col.licences_today", Count, 11),
		rep.col("licences_to_provision", "col.licences_new", Count, 11),
		rep.col("difference", "col.licences_diff", Count, 11),
		rep.col("merged", "col.merged", Count, 13),
		rep.col("reassign", "col.reassign", Text, 11).indented(),
		rep.col("provision_on", "col.provision_on", Date, 12.5),
		rep.col("expires", "col.first_expiry", Date, 12.5),
		rep.col("key", "col.key", Text, 18).identifier().indented(),
	})
	t.FreezeColumns, t.PrintColumns = 2, 10
	orders := rep.orders()
	t.Len = len(orders)
	t.Row = func(i int, dst []Value) []Value {
		o := &orders[i]
		r := &rep.Plan.Rows[o.row]
		return append(dst,
			textCell(rep.CustomerName(r)),
			textCell(o.offer),
			textCell(o.orderID),
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
