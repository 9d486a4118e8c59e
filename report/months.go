package report

import (
	"slices"
	"strings"
	"unicode"

	"cspplan/reconcile"
)

const (
	defaultPDFRows = 400
	maxPDFLines    = 4000   // beyond it, later months print one line a month
	maxUrgent      = 20_000 // rows that are printed one by one because they cannot wait; beyond it, nobody reads them on paper
	urgentListed   = 1000   // then the lists of exceptions show the first of them
)

// folding says how much of the plan is printed line by line.
type folding uint8

const (
	unfolded   folding = iota
	byCustomer         // of later months
	byMonth            // later months
	everything         // each month is one line a status
	sumsOnly           // nothing is printed
)

// months groups the plan by month of expiry, rows without a date last, and
// folds what is far away if there is too much of it. Every row is in exactly
// one line; the second result says what was folded.
func (rep *Report) months() ([]MonthGroup, string) {
	groups := rep.groupRows()
	fold := rep.folding(groups)
	months := make([]MonthGroup, len(groups))
	seen := make([]seenIn, len(rep.Plan.Customers))
	folded := 0
	for i, g := range groups {
		months[i] = rep.month(g, fold, int32(i+1), seen)
		for _, l := range months[i].Lines {
			if l.Row < 0 {
				folded += l.Rows
			}
		}
	}
	if folded == 0 {
		return months, ""
	}
	return months, rep.foldedNote(folded, fold == everything)
}

// foldedNote says how many rows paper does not show, and where they stand.
func (rep *Report) foldedNote(folded int, all bool) string {
	t, n := rep.Text, rep.Text.Count(int64(folded))
	late := t.Day(rep.AsOf + soonDays)
	switch {
	case all && rep.RowsInParts():
		return t.Label("pdf.folded_all_parts", "n", n)
	case all:
		return t.Label("pdf.folded_all", "n", n)
	case rep.RowsInParts():
		return t.Label("pdf.folded_parts", "date", late, "n", n)
	}
	return t.Label("pdf.folded", "date", late, "n", n)
}

// folding chooses by the number of lines that would be left.
func (rep *Report) folding(groups []monthRows) folding {
	limit := rep.opt.PDFRows
	if limit == 0 {
		limit = defaultPDFRows
	}
	switch {
	case rep.opt.part != "":
		return sumsOnly
	case rep.opt.PDFFull || len(rep.Plan.Rows) <= limit:
		return unfolded
	case rep.tooManyUrgent():
		return everything
	case rep.countLines(groups) > maxPDFLines:
		return byMonth
	}
	return byCustomer
}

// tooManyUrgent tells whether more rows cannot wait than anybody reads on paper.
func (rep *Report) tooManyUrgent() bool {
	n := 0
	for i := range rep.Plan.Rows {
		if !rep.canWait(&rep.Plan.Rows[i]) {
			n++
		}
	}
	return n > maxUrgent && !rep.opt.PDFFull
}

// A monthRows is the rows of one month: from the one up to, not with, the other.
type monthRows struct{ from, to int }

// groupRows splits the plan, which is in order of expiry, where the month changes.
func (rep *Report) groupRows() []monthRows {
	var groups []monthRows
	last := reconcile.Date(-1 << 31)
	for i := range rep.Plan.Rows {
		if month := monthOf(&rep.Plan.Rows[i]); month != last {
			groups = append(groups, monthRows{from: i})
			last = month
		}
		groups[len(groups)-1].to = i + 1
	}
	return groups
}

func monthOf(r *reconcile.Row) reconcile.Date {
	if !r.Sub.Expires.Known() {
		return 0
	}
	return r.Sub.Expires.FirstOfMonth()
}

// canWait tells whether the row may stand behind a folded line: far away or
// undated, and neither blocked nor at risk.
func (rep *Report) canWait(r *reconcile.Row) bool {
	far := !r.Sub.Expires.Known() || r.Sub.Expires > rep.AsOf+soonDays
	return far && r.Status.Part() != reconcile.CannotMove
}

// foldsInto names the line of its month that a row is folded into: its
// customer's, the month's, or its status'. False: it has a line of its own.
func (rep *Report) foldsInto(r *reconcile.Row, fold folding) (line int32, ok bool) {
	switch fold {
	case everything:
		return int32(r.Status), true
	case byMonth:
		return 0, rep.canWait(r)
	case byCustomer:
		return r.Customer, rep.canWait(r)
	}
	return 0, false
}

// countLines is how many lines folding by customer would leave.
func (rep *Report) countLines(groups []monthRows) int {
	n := 0
	seen := make([]int32, len(rep.Plan.Customers)) // number of the last month with a line of the customer
	for k, g := range groups {
		for i := g.from; i < g.to; i++ {
			r := &rep.Plan.Rows[i]
			if !rep.canWait(r) {
				n++
			} else if seen[r.Customer] != int32(k+1) {
				seen[r.Customer] = int32(k + 1)
				n++
			}
		}
	}
	return n
}

// seenIn tells in which folded lines of a month a customer stands that has several
// customers in a line: one a status at most.
type seenIn struct {
	month int32
	lines uint8
}

// add tells whether the customer has not been seen in the line of the month.
func (s *seenIn) add(month, line int32) bool {
	if s.month != month {
		*s = seenIn{month: month}
	}
	before := s.lines
	s.lines |= 1 << line
	return s.lines != before
}

// month makes the lines of one group, the number-th. A folded line stands where the
// first row it stands for would.
func (rep *Report) month(rows monthRows, fold folding, number int32, seen []seenIn) MonthGroup {
	g := MonthGroup{Month: monthOf(&rep.Plan.Rows[rows.from]), Subs: rows.to - rows.from}
	g.Title = rep.Text.LongMonth(g.Month)
	at := make(map[int32]int)        // name of a folded line → its index
	customers := make(map[int]int64) // of a folded line, by its index
	for i := rows.from; i < rows.to; i++ {
		r := &rep.Plan.Rows[i]
		g.Licences += licences(r)
		if !active(r) {
			g.Done++
			g.DoneLicences += licences(r)
		}
		if active(r) && r.Money.CostNow.Known() {
			g.Totals = addTotal(g.Totals, r.Sub.Currency, r.Money.CostNow.Minor())
		}
		if fold == sumsOnly {
			continue
		}
		name, folds := rep.foldsInto(r, fold)
		if !folds {
			g.Lines = append(g.Lines, rep.planLine(i, r))
			continue
		}
		n, ok := at[name]
		if !ok {
			n = len(g.Lines)
			at[name] = n
			g.Lines = append(g.Lines, PlanLine{Row: -1, Status: r.Status, Expires: r.Sub.Expires, Customer: rep.CustomerName(r), Domain: rep.unshaped(r)})
		}
		if fold != byCustomer && seen[r.Customer].add(number, name) {
			customers[n]++
		}
		g.Lines[n].fold(r)
	}
	for _, n := range at {
		l := &g.Lines[n]
		sortTotals(l.Costs)
		l.Offer = rep.Text.Label("pdf.folded_subs", "n", rep.Text.Count(int64(l.Rows)))
		if fold != byCustomer {
			l.Customer, l.Domain = rep.Text.Label("pdf.folded_customers", "n", rep.Text.Count(customers[n])), ""
		}
	}
	sortTotals(g.Totals)
	return g
}

// fold adds a row to a folded line.
func (l *PlanLine) fold(r *reconcile.Row) {
	l.Rows++
	l.Keys += KeyHash(r.Key)
	l.Status = min(l.Status, r.Status)
	l.Licences += licences(r)
	l.NoPrice = l.NoPrice || active(r) && !r.Money.CostNow.Known()
	if active(r) && r.Money.CostNow.Known() {
		l.Costs = addTotal(l.Costs, r.Sub.Currency, r.Money.CostNow.Minor())
	}
}

// planLine is one subscription. Done rows show no cost: they are in no total.
func (rep *Report) planLine(i int, r *reconcile.Row) PlanLine {
	l := PlanLine{
		Row: i, Rows: 1, Keys: KeyHash(r.Key), Status: r.Status, Expires: r.Sub.Expires, Burning: burning(r),
		Customer: rep.CustomerName(r), Domain: rep.unshaped(r), Offer: OfferName(r), Licences: licences(r),
	}
	l.Arrow, l.ArrowBad = rep.arrow(r)
	l.NoPrice = active(r) && !r.Money.CostNow.Known()
	if active(r) && r.Money.CostNow.Known() {
		l.Costs = []Total{{Currency: r.Sub.Currency, Minor: r.Money.CostNow.Minor()}}
	}
	return l
}

// arrow says what the offer becomes, and whether that is bad news.
func (rep *Report) arrow(r *reconcile.Row) (text string, bad bool) {
	t := rep.Text
	switch code, elsewhere := barredElsewhere(r); {
	case elsewhere:
		return "→ " + rep.barrier(r, code), true
	case r.Status == reconcile.Blocked:
		return t.Label("pdf.arrow_blocked", "region", t.region(rep.Plan.RegionOf(r))), true
	case r.Route == reconcile.RouteLetExpire:
		return "→ " + t.route(r.Route), false
	case r.Target == nil:
		return t.Label("pdf.arrow_none"), true
	case matchOf(r).Class == reconcile.MatchSame:
		return t.Label("pdf.arrow_same"), false
	}
	return "→ " + TargetName(r), false
}

// unshaped is the tenant's domain where the customer's name is in a script
// that the PDF cannot set properly.
func (rep *Report) unshaped(r *reconcile.Row) string {
	for _, c := range rep.CustomerName(r) {
		if c >= 0x590 && unicode.In(c, unicode.Arabic, unicode.Hebrew, unicode.Thai, unicode.Devanagari) {
			return rep.domain(r)
		}
	}
	return ""
}

func addTotal(totals []Total, currency string, minor int64) []Total {
	for i := range totals {
		if totals[i].Currency == currency {
			totals[i].Minor += minor
			return totals
		}
	}
	return append(totals, Total{Currency: currency, Minor: minor})
}

func sortTotals(totals []Total) {
	slices.SortFunc(totals, func(a, b Total) int { return strings.Compare(a.Currency, b.Currency) })
}
