package report

import (
	"cmp"
	"slices"
	"sync"

	"cspplan/reconcile"
)

// An order is what one customer has and needs of one product: two old
// subscriptions may become one order, and an offer of base and add-on takes two.
// What is not moved stands under the offer that it has. A plan has nearly as many
// orders as rows, so each knows its rows, and is added up when it is said.
type order struct {
	more    *[]int32       // its rows after the first, in order; nil: there are none, as for most
	at      int32          // its first row
	besides bool           // it has no row: at is an index into Plan.Extra
	part    int32          // which part of the offer to buy; above 0 it is bought beside another offer: nobody holds it as a licence of today
	on      reconcile.Date // first day to provision
}

// rows are those that an order stands for, in order.
func (o *order) rows(yield func(i int32) bool) {
	if o.besides || !yield(o.at) || o.more == nil {
		return
	}
	for _, i := range *o.more {
		if !yield(i) {
			return
		}
	}
}

// orderSums is what the rows of an order add up to.
type orderSums struct {
	owned, assigned  int64
	assignedKnown    bool
	changed          int64 // licences that a person wants more or fewer
	inCSP, provision int64
	stays            int64 // of rows that are not moved, or for which nothing is chosen
	besides          int64 // in CSP and of no row
	merged           int
	reassign         reconcile.Tri
	on               reconcile.Date
}

// ties tells whether each licence that goes in comes out: owned, and what a
// person changed, is in CSP, to be provisioned, or stays.
func (o *orderSums) ties() bool { return o.in() == o.out() }

func (o *orderSums) in() int64  { return o.owned + o.changed }
func (o *orderSums) out() int64 { return o.inCSP + o.provision + o.stays }

// sums adds up an order.
func (rep *Report) sums(o *order) orderSums {
	sums := orderSums{reassign: reconcile.No}
	if o.besides {
		sums.besides = int64(rep.Plan.Extra[o.at].Sub.Licences.N)
		return sums
	}
	for i := range o.rows {
		if r := &rep.Plan.Rows[i]; o.part == 0 {
			sums.add(r)
		} else {
			sums.order(r)
		}
	}
	return sums
}

// orders groups the rows by customer and product: first what is to be
// provisioned, by its day, then the rest. It counts the lines in which all
// licences tie, and all licences, on the way.
func (rep *Report) orders() ([]order, orderTotals) {
	customers := len(rep.Plan.Customers)
	rowsOf := reconcile.GroupRows(rep.Plan.Rows, customers)
	all := make([]order, 0, len(rep.Plan.Rows)) // nearly as many
	var totals orderTotals
	var mu sync.Mutex
	groupings := sync.Pool{New: func() any { return new(grouping) }}
	reconcile.InParts(customers, func(from, to int) {
		g := groupings.Get().(*grouping)
		defer groupings.Put(g)
		g.orders = g.orders[:0]
		for n := from; n < to; n++ {
			g.customer(rep, rowsOf.Of(int32(n)))
		}
		var own orderTotals
		for k := range g.orders {
			sums := rep.sums(&g.orders[k])
			g.orders[k].on = sums.on
			own.add(&g.orders[k], &sums)
		}
		mu.Lock()
		defer mu.Unlock()
		all = append(all, g.orders...)
		totals.plus(own)
	})
	slices.SortFunc(all, func(a, b order) int {
		if c := compareDates(a.on, b.on); c != 0 {
			return c
		}
		return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.part, b.part))
	})
	for i := range rep.Plan.Extra {
		all = append(all, order{at: int32(i), besides: true})
	}
	return all, totals
}

// orderTotals are the sums over the orders that stand for rows.
type orderTotals struct {
	lines, tie int64
	in, out    int64
}

func (t *orderTotals) add(o *order, sums *orderSums) {
	if o.part > 0 {
		return
	}
	t.plus(orderTotals{1, 0, sums.in(), sums.out()})
	if sums.ties() {
		t.tie++
	}
}

func (t *orderTotals) plus(more orderTotals) {
	t.lines += more.lines
	t.tie += more.tie
	t.in += more.in
	t.out += more.out
}

// An orderName tells the products of one customer apart.
type orderName struct {
	skuGUID string
	name    string
	current bool // the offer of today, not one to buy
	addOn   bool
}

// fewOrders is up to how many rows of a customer are compared one by one, since
// to ask a map takes longer.
const fewOrders = 16

// A grouping puts the rows of one customer after the other into orders.
type grouping struct {
	orders []order
	first  int // of the customer's orders
	names  []orderName
	at     map[orderName]int // of customers with many rows
}

// customer appends the orders of a customer, by the rows they begin with.
func (g *grouping) customer(rep *Report, rows []int32) {
	g.first, g.names, g.at = len(g.orders), g.names[:0], nil
	if len(rows) > fewOrders {
		g.at = make(map[orderName]int)
	}
	for _, i := range rows {
		r := &rep.Plan.Rows[i]
		if r.Target == nil || !moved(r) {
			g.put(i, 0, orderName{current: true, name: OfferName(r)})
			continue
		}
		g.put(i, 0, orderName{skuGUID: r.Target.SKUGUID, name: r.Target.Name})
		for part := range r.Target.AddOns {
			if t := &r.Target.AddOns[part]; r.Provision.N > 0 {
				g.put(i, int32(part)+1, orderName{skuGUID: t.SKUGUID, name: t.Name, addOn: true})
			}
		}
	}
}

// put adds a row to the order of a product.
func (g *grouping) put(i, part int32, name orderName) {
	n := g.find(&name)
	if n < 0 {
		n = len(g.names)
		g.names = append(g.names, name)
		if g.at != nil {
			g.at[name] = n
		}
		g.orders = append(g.orders, order{at: i, part: part})
		return
	}
	o := &g.orders[g.first+n]
	if o.more == nil {
		o.more = new([]int32)
	}
	*o.more = append(*o.more, i)
}

func (g *grouping) find(name *orderName) int {
	if g.at == nil {
		return slices.Index(g.names, *name)
	}
	if n, known := g.at[*name]; known {
		return n
	}
	return -1
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
func (o *orderSums) add(r *reconcile.Row) {
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
func (o *orderSums) order(r *reconcile.Row) {
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

// licenceChecks compare licences in and out by customer and product, in sum
// and line by line.
func (rep *Report) licenceChecks() []Check {
	t, totals := rep.Text, rep.orderTotals
	return []Check{
		{Code: "licence-lines", What: t.Label("check.licence_lines"), In: totals.lines, Out: totals.tie},
		{Code: "licences-out", What: t.Label("check.licences_out"), In: totals.in, Out: totals.out},
	}
}

// orderCells are what an order is called: customer, offer, order id, first
// expiry, key.
func (rep *Report) orderCells(o *order) (customer, offer, id string, expires reconcile.Date, key string) {
	if o.besides {
		s := &rep.Plan.Extra[o.at].Sub
		return first(s.Customer.Name, s.Customer.Domain, s.Customer.TenantID),
			first(s.OfferTitle, s.PartNumber, offerID(s), s.SKUGUID, s.SubscriptionID), "", s.Expires, s.SubscriptionID
	}
	r := &rep.Plan.Rows[o.at]
	if r.Target == nil || !moved(r) {
		return rep.CustomerName(r), OfferName(r), "", r.Sub.Expires, r.Key
	}
	t := r.Target
	if o.part > 0 {
		t = &t.AddOns[o.part-1]
	}
	return rep.CustomerName(r), t.Name, orderID(t), r.Sub.Expires, r.Key
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
	orders := rep.orderList
	t.Len = len(orders)
	t.Row = func(i int, dst []Value) []Value {
		o, addOn := rep.sums(&orders[i]), orders[i].part > 0
		customer, offer, id, expires, key := rep.orderCells(&orders[i])
		assigned, reassign := Value{}, Value{}
		if o.assignedKnown {
			assigned = numberCell(o.assigned)
		}
		if o.provision > 0 {
			reassign = textCell(rep.Text.tri(o.reassign))
		}
		difference := o.out() - o.owned
		if addOn {
			difference = o.provision
		}
		return append(dst,
			textCell(customer),
			textCell(offer),
			textCell(id),
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
			dateCell(expires),
			textCell(key),
		)
	}
	return t
}
