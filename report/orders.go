package report

import (
	"slices"

	"cspplan/reconcile"
)

// An order is what one customer has and needs of one product: two old
// subscriptions may become one order, and an offer of base and add-on takes two.
// What is not moved stands under the offer that it has.
type order struct {
	customer, offer, key string
	orderID              string // ProductId/SkuId, as the price list names it; empty if not known
	row                  int32  // first row it stands for; -1: in CSP without a row of the plan
	addOn                bool   // bought beside another offer: nobody holds it as a licence of today

	owned, assigned  int64
	assignedKnown    bool
	changed          int64 // licences that a person wants more or fewer
	inCSP, provision int64
	stays            int64 // of rows that are not moved, or for which nothing is chosen
	besides          int64 // in CSP and of no row
	merged           int
	reassign         reconcile.Tri
	on, first        reconcile.Date
}

// ties tells whether each licence that goes in comes out: owned, and what a
// person changed, is in CSP, to be provisioned, or stays.
func (o *order) ties() bool { return o.in() == o.out() }

func (o *order) in() int64  { return o.owned + o.changed }
func (o *order) out() int64 { return o.inCSP + o.provision + o.stays }

// orders adds up by customer and product: first what is to be provisioned, by
// its day, then the rest.
func (rep *Report) orders() []order {
	type key struct {
		customer int32
		offer    string
		addOn    bool
	}
	at := make(map[key]int)
	var orders []order
	line := func(i int, k key, name, orderID string) *order {
		r := &rep.Plan.Rows[i]
		n, ok := at[k]
		if !ok {
			n = len(orders)
			at[k] = n
			orders = append(orders, order{row: int32(i), customer: rep.CustomerName(r), offer: name, orderID: orderID, addOn: k.addOn,
				key: r.Key, first: r.Sub.Expires, reassign: reconcile.No})
		}
		return &orders[n]
	}
	for i := range rep.Plan.Rows {
		r := &rep.Plan.Rows[i]
		if r.Target == nil || !moved(r) {
			line(i, key{r.Customer, "current\x00" + OfferName(r), false}, OfferName(r), "").add(r)
			continue
		}
		for part, t := range r.Target.Parts() {
			k := key{r.Customer, t.SKUGUID + "\x00" + t.Name, part > 0}
			if part == 0 {
				line(i, k, t.Name, orderID(&t)).add(r)
			} else if r.Provision.N > 0 {
				line(i, k, t.Name, orderID(&t)).order(r)
			}
		}
	}
	orders = append(orders, rep.besides()...)
	slices.SortStableFunc(orders, func(a, b order) int { return compareDates(a.on, b.on) })
	return orders
}

// moved tells rows that are to end in CSP.
func moved(r *reconcile.Row) bool {
	return r.Route != reconcile.RouteNone && r.Route != reconcile.RouteLetExpire
}

func orderID(t *reconcile.Target) string {
	if t.ProductID == "" {
		return ""
	}
	return t.ProductID + "/" + t.SKUID
}

// add counts the licences of a row on both sides.
func (o *order) add(r *reconcile.Row) {
	o.owned += licences(r)
	if r.Sub.Assigned.Known {
		o.assigned, o.assignedKnown = o.assigned+int64(r.Sub.Assigned.N), true
	}
	switch {
	case r.Progress == reconcile.ProgressDone:
		o.merged++
		o.changed += int64(r.Needed().N) - licences(r)
		o.inCSP += int64(r.Needed().N)
	case r.Target == nil || !moved(r):
		o.merged++
		o.inCSP += int64(r.Seen)
		o.stays += licences(r) - int64(r.Seen)
	default:
		o.changed += int64(r.Needed().N) - licences(r)
		o.inCSP += int64(r.Seen)
		o.order(r)
	}
}

// order adds what is to be provisioned for a row.
func (o *order) order(r *reconcile.Row) {
	o.merged++
	if r.Provision.N == 0 {
		return
	}
	o.provision += int64(r.Provision.N)
	if r.MoveOn.Known() && (!o.on.Known() || r.MoveOn < o.on) {
		o.on = r.MoveOn
	}
	// Yes for one is Yes for the order; No needs all.
	switch {
	case r.Reassign == reconcile.Yes:
		o.reassign = reconcile.Yes
	case r.Reassign == reconcile.Unknown && o.reassign == reconcile.No:
		o.reassign = reconcile.Unknown
	}
}

// besides are the CSP subscriptions that belong to no row of the plan.
func (rep *Report) besides() []order {
	var orders []order
	for i := range rep.Plan.Extra {
		s := &rep.Plan.Extra[i].Sub
		c := &s.Customer
		offer := first(s.OfferTitle, s.PartNumber, offerID(s), s.SKUGUID, s.SubscriptionID)
		orders = append(orders, order{row: -1, customer: first(c.Name, c.Domain, c.TenantID), offer: offer, key: s.SubscriptionID,
			besides: int64(s.Licences.N), first: s.Expires})
	}
	return orders
}

// licenceChecks compare licences in and out by customer and product, in sum
// and line by line.
func (rep *Report) licenceChecks() []Check {
	t := rep.Text
	lines := Check{Code: "licence-lines", What: t.Label("check.licence_lines")}
	sum := Check{Code: "licences-out", What: t.Label("check.licences_out")}
	for _, o := range rep.orders() {
		if o.row < 0 || o.addOn {
			continue
		}
		lines.In++
		if o.ties() {
			lines.Out++
		}
		sum.In += o.in()
		sum.Out += o.out()
	}
	return []Check{lines, sum}
}

// licencesTable is what to order, where licences must be reassigned, and that
// none is lost on the way.
func (rep *Report) licencesTable() *Table {
	t := rep.newTable("Licences", "licences", []Column{
		rep.col("customer", "col.customer", Text, 42),
		rep.col("csp_offer", "col.csp_offer", Text, 34),
		rep.col("order_id", "col.order_id", Text, 19),
		rep.col("licences", "col.licences_today", Count, 11),
		rep.col("assigned", "col.assigned", Count, 11),
		rep.col("in_csp", "col.in_csp", Count, 11),
		rep.col("licences_to_provision", "col.licences_new", Count, 11),
		rep.col("stays", "col.licences_stay", Count, 11),
		rep.col("difference", "col.licences_diff", Count, 11),
		rep.col("besides", "col.csp_besides", Count, 11),
		rep.col("merged", "col.merged", Count, 13),
		rep.col("reassign", "col.reassign", Text, 11).indented(),
		rep.col("provision_on", "col.provision_on", Date, 12.5),
		rep.col("expires", "col.first_expiry", Date, 12.5),
		rep.col("key", "col.key", Text, 18).identifier().indented(),
	})
	t.FreezeColumns, t.PrintColumns = 2, 14
	orders := rep.orders()
	t.Len = len(orders)
	t.Row = func(i int, dst []Value) []Value {
		o := &orders[i]
		assigned, reassign := Value{}, Value{}
		if o.assignedKnown {
			assigned = numberCell(o.assigned)
		}
		if o.provision > 0 {
			reassign = textCell(rep.Text.tri(o.reassign))
		}
		difference := o.out() - o.owned
		if o.addOn {
			difference = o.provision
		}
		return append(dst,
			textCell(o.customer),
			textCell(o.offer),
			textCell(o.orderID),
			numberCell(o.owned),
			assigned,
			numberCell(o.inCSP),
			numberCell(o.provision),
			numberCell(o.stays),
			numberCell(difference).when(difference != 0, Strong),
			numberCell(o.besides).when(o.besides != 0, Strong),
			numberCell(int64(o.merged)),
			reassign,
			dateCell(o.on).when(o.on < rep.AsOf, Alarm),
			dateCell(o.first),
			textCell(o.key),
		)
	}
	return t
}
