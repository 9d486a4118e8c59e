package report

import (
	"slices"

	"cspplan/reconcile"
)

// A customerLine adds up the rows of one customer. Done rows are in none of
// its counts; a customer with nothing else shows as done.
type customerLine struct {
	customer int32
	planRow  int32 // its first row on Plan that is not done, else its first
	first    reconcile.Date
	daysLeft int32
	byStatus [4]int32
	subs     int32
	worst    reconcile.Status
	credit   reconcile.CreditAskedBy
	licences int64
}

// customerLines is one line a customer, in the order of its first expiry.
func (rep *Report) customerLines() []customerLine {
	at := make([]int32, len(rep.Plan.Customers))
	lines := make([]customerLine, 0, rep.Customers)
	for i := range rep.Plan.Rows {
		r := &rep.Plan.Rows[i]
		if at[r.Customer] == 0 {
			lines = append(lines, customerLine{customer: r.Customer, planRow: int32(i), worst: reconcile.Done})
			at[r.Customer] = int32(len(lines))
		}
		if active(r) {
			lines[at[r.Customer]-1].add(i, r)
		}
	}
	slices.SortStableFunc(lines, func(a, b customerLine) int { return compareDates(a.first, b.first) })
	return lines
}

// add counts row i of the plan.
func (l *customerLine) add(i int, r *reconcile.Row) {
	if l.subs == 0 {
		l.planRow = int32(i)
	}
	if !l.first.Known() && r.Sub.Expires.Known() {
		l.first, l.daysLeft = r.Sub.Expires, r.DaysLeft
	}
	l.worst = min(l.worst, r.Status)
	l.byStatus[r.Status]++
	l.subs++
	l.licences += licences(r)
	l.credit = max(l.credit, r.CreditAskedBy)
}

// customersTable is one row a customer: people phone customers, not subscriptions.
func (rep *Report) customersTable(lines []customerLine) *Table {
	t := rep.newTable("Customers", "customers", []Column{
		rep.col("status", "status.worst", Text, 17),
		rep.col("expires", "col.first_expiry", Date, 12.5),
		rep.col("days_left", "col.days_left", Days, 8),
		rep.col("customer", "col.customer", Text, 46).wrapped().indented().linked(),
		rep.col("subscriptions", "col.subscriptions_short", Count, 9),
		rep.col("blocked", "status.blocked", Count, 9),
		rep.col("data-loss", "col.data_loss", Count, 9),
		rep.col("decide", "status.decide", Count, 9),
		rep.col("ready", "status.ready", Count, 9),
		rep.col("licences", "col.licences", Count, 10).barred(),
		rep.col("relationship", "col.relationship", Text, 14).indented(),
		rep.col("delegated_admin", "col.dap", Text, 11),
		rep.col("credit_asked_by", "col.credit_who", Text, 33),
		rep.col("owner", "col.owner", Text, 12).editable(EditOwner),
		rep.col("note", "col.customer_note", Text, 40).editable(EditText),
		rep.col("country", "col.country", Text, 9),
		rep.col("region", "col.region_customer", Text, 14),
		rep.col("domain", "col.tenant", Text, 36),
		rep.col("key", "col.key", Text, 18).identifier(),
	})
	t.PrintColumns = 15 // to the note; the rest is for filters
	t.Len = len(lines)
	t.Row = func(i int, dst []Value) []Value { return rep.customerCells(&lines[i], dst) }
	t.PlanRow = func(i int) int { return int(lines[i].planRow) }
	return t
}

func (rep *Report) customerCells(l *customerLine, dst []Value) []Value {
	t, c := rep.Text, &rep.Plan.Customers[l.customer]
	burns := l.first.Known() && l.daysLeft <= urgentDays
	days := Value{}
	if l.first.Known() {
		days = Value{Form: Form{Kind: Days}, N: int64(l.daysLeft)}
	}
	dst = append(dst, t.statusCell(l.worst), dateCell(l.first).when(burns, Alarm), days.when(burns, Alarm),
		textCell(customerTitle(c)), numberCell(int64(l.subs)))
	for _, n := range l.byStatus {
		dst = append(dst, numberCell(int64(n)))
	}
	return append(dst,
		numberCell(l.licences),
		textCell(t.relationship(c.Relationship)),
		textCell(t.tri(c.DelegatedAdmin)),
		textCell(t.creditBy(l.credit)),
		textCell(c.Owner),
		textCell(c.Note),
		textCell(c.Facts.Country),
		textCell(t.region(c.Region)),
		textCell(c.Facts.Domain),
		textCell(c.Key),
	)
}

// A regionPair is a tenant region and a country in it.
type regionPair struct{ region, country string }

type regionSum struct {
	pair      regionPair
	same      reconcile.Tri
	customers int
	subs      int
	licences  int64
	first     reconcile.Date
}

// regionsTable holds the tenants' regions against ours, earliest expiry first.
func (rep *Report) regionsTable() *Table {
	sums := rep.regionSums()
	var regions []string
	for _, s := range sums {
		regions = append(regions, rep.Text.region(s.pair.region))
	}
	t := rep.newTable("Regions", "regions", []Column{
		rep.col("region", "col.region_customer", Text, widthOf(20, regions...)),
		rep.col("country", "col.country", Text, 15),
		rep.col("partner_region", "col.region_partner", Text, widthOf(20, rep.Text.region(rep.Region))),
		rep.col("same_region", "col.same_region", Text, 14),
		rep.col("customers", "col.customers", Count, 11),
		rep.col("subscriptions", "col.subscriptions", Count, 13),
		rep.col("licences", "col.licences", Count, 11),
		rep.col("expires", "col.first_expiry", Date, 12.5),
	})
	t.FreezeColumns = 2
	t.Note = rep.regionSource()
	t.Len = len(sums)
	t.Row = func(i int, dst []Value) []Value {
		s := sums[i]
		return append(dst,
			textCell(rep.Text.region(s.pair.region)),
			textCell(first(s.pair.country, rep.Text.Label("unknown"))),
			textCell(rep.Text.region(rep.partnerRegion(s.pair.region, s.same))),
			rep.sameRegionCell(s.same),
			numberCell(int64(s.customers)),
			numberCell(int64(s.subs)),
			numberCell(s.licences),
			dateCell(s.first),
		)
	}
	return t
}

// partnerRegion is the region of our CSP tenant that serves the customer: where
// we have one in the customer's region it is that, else our first one's.
func (rep *Report) partnerRegion(region string, same reconcile.Tri) string {
	if same == reconcile.Yes {
		return first(region, rep.Region)
	}
	return rep.Region
}

func (rep *Report) regionSums() []*regionSum {
	type key struct {
		regionPair
		same reconcile.Tri
	}
	at := make(map[key]*regionSum)
	var sums []*regionSum
	of := make([]*regionSum, len(rep.Plan.Customers)) // of each customer the first; nearly all have one
	type further struct {
		customer int32
		sum      *regionSum
	}
	counted := make(map[further]bool)
	for i := range rep.Plan.Rows {
		r := &rep.Plan.Rows[i]
		if !active(r) {
			continue
		}
		k := key{regionPair{rep.Plan.RegionOf(r), rep.country(r)}, r.SameRegion}
		s := of[r.Customer]
		if s == nil || s.pair != k.regionPair || s.same != k.same {
			s = at[k]
		}
		if s == nil {
			s = &regionSum{pair: k.regionPair, same: k.same, first: r.Sub.Expires}
			at[k] = s
			sums = append(sums, s)
		}
		switch first := of[r.Customer]; {
		case first == nil:
			of[r.Customer] = s
			s.customers++
		case first != s && !counted[further{r.Customer, s}]:
			counted[further{r.Customer, s}] = true
			s.customers++
		}
		s.subs++
		s.licences += licences(r)
	}
	return sums
}

func (rep *Report) sameRegionCell(same reconcile.Tri) Value {
	look := [...]struct {
		status reconcile.Status
		look   Look
	}{reconcile.Unknown: {reconcile.Decide, DecideLook}, reconcile.Yes: {reconcile.Ready, ReadyLook}, reconcile.No: {reconcile.Blocked, BlockedLook}}[same]
	return textCell(Mark(look.status) + " " + rep.Text.tri(same)).with(look.look)
}

// regionSource names the table that maps countries to regions, with its date.
func (rep *Report) regionSource() string {
	if rep.Plan.Catalogue == nil {
		return ""
	}
	for _, s := range rep.Plan.Catalogue.Tables {
		if s.Name == "regions.csv" {
			return rep.Text.Label("regions.source", "source", s.Source, "date", rep.Text.Day(s.AsOf))
		}
	}
	return ""
}
