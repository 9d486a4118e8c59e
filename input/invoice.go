package input

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"cspplan/input/sheet"
	"cspplan/reconcile"
)

// An invoice has many lines of one subscription: one a month, and for each
// change of seats a credit of the former number and a charge of the new one.
// Together they are one subscription. What it is now stands on the line of its
// newest charge; a quantity is never a sum of lines, since a prorated charge
// repeats seats that are charged already. Older lines keep what identifies the
// subscription and are merged into it: they are history, not contradiction.
//
// Charge types after Microsoft, "Charge types in reconciliation files", which
// invoices of other languages translate: a line of a type that nobody knows is
// told by its signs.

// A charge is one line of an invoice that is about a subscription.
type charge struct {
	at       int // its record in the file
	start    reconcile.Date
	kind     chargeKind
	credit   bool
	quantity int32
}

type chargeKind uint8

const (
	fullCharge  chargeKind = iota // of all seats: cycle fees, purchases, renewals
	deltaCharge                   // of a change; may hold the change or the new number
	sideCharge                    // of money alone
)

var chargeKinds = map[string]chargeKind{
	"addquantity": deltaCharge, "removequantity": deltaCharge, "movequantity": deltaCharge,
	"customercredit": sideCharge, "onetimerefund": sideCharge, "discount": sideCharge, "offset": sideCharge,
}

// cancelling are the first words of charges that give money back.
var cancelling = []string{"cancel", "customercredit", "removequantity", "onetimerefund"}

// charge reads what kind of line a row of an invoice is. A credit holds no
// number of licences that anybody has; its negative number is no fault.
func (b *builder) charge(row sheet.Row, sub *reconcile.Subscription) (*charge, bool) {
	cell := b.cell(row, fLicences)
	text, _, ok := b.column(fLicences).numbers.read(cell)
	quantity, negative := strings.CutPrefix(text, "-")
	count, whole := parseCount(quantity)
	if !ok || !whole || sub.SubscriptionID == "" {
		return nil, false
	}
	kind := fold(b.text(row, fChargeType))
	c := &charge{kind: chargeKinds[kind], quantity: count.N, credit: negative || b.negative(row, fAmount) || b.negative(row, fPrice)}
	for _, word := range cancelling {
		c.credit = c.credit || strings.HasPrefix(kind, word) && !b.positive(row, fAmount)
	}
	if b.has(fChargeStart) {
		c.start, _ = b.column(fChargeStart).dates.read(b.cell(row, fChargeStart))
	}
	return c, true
}

func (b *builder) negative(row sheet.Row, f field) bool {
	text := b.figure(row, f)
	return strings.HasPrefix(text, "-") && strings.ContainsAny(text, "123456789")
}

func (b *builder) positive(row sheet.Row, f field) bool {
	text := b.figure(row, f)
	return !strings.HasPrefix(text, "-") && strings.ContainsAny(text, "123456789")
}

func (b *builder) figure(row sheet.Row, f field) string {
	if !b.has(f) {
		return ""
	}
	text, _, _ := b.column(f).numbers.read(b.cell(row, f))
	return text
}

// invoiced is the day up to which a line of an invoice tells the truth: it was
// written for its period, however late the file was fetched.
func (b *builder) invoiced(row sheet.Row, exported reconcile.Date) reconcile.Date {
	if !b.has(fChargeEnd) {
		return exported
	}
	end, result := b.column(fChargeEnd).dates.read(b.cell(row, fChargeEnd))
	if result != dateRead || !end.Known() {
		return exported
	}
	return min(exported, end)
}

// A line is a charge with its record.
type line struct {
	charge
	rec    *reconcile.Record
	result *fileResult
}

// settleInvoices lets the lines of each subscription, over all invoices, speak
// as one.
func settleInvoices(results []fileResult) {
	type key struct {
		role reconcile.Role
		id   string
	}
	groups := make(map[key][]line)
	var order []key
	for i := range results {
		for _, c := range results[i].charges {
			rec := &results[i].records[c.at]
			if rec.Sub == nil {
				continue
			}
			k := key{rec.Role, strings.ToLower(rec.Sub.SubscriptionID)}
			if groups[k] == nil {
				order = append(order, k)
			}
			groups[k] = append(groups[k], line{c, rec, &results[i]})
		}
	}
	for _, k := range order {
		settleLines(groups[k])
	}
}

// settleLines finds the line that says what the subscription is now, counts its
// seats, and takes from the others what it overrules.
func settleLines(lines []line) {
	slices.SortStableFunc(lines, func(a, b line) int { return cmp.Compare(a.start, b.start) })
	standing := standingLine(lines)
	if standing < 0 {
		for _, l := range lines {
			l.rec.Sub.Licences = reconcile.Count{}
			l.warn("credits-only", "the invoice holds only credits of this subscription: its number of licences is not known")
		}
		return
	}
	now := lines[standing]
	count, open := seats(lines, standing)
	now.rec.Sub.Licences = reconcile.Whole(int(count))
	if open != nil {
		open.warn("seats-changed", fmt.Sprintf("changes the seats after the charge of row %d and does not say whether %d is the change or the new number: %d is counted until the next full charge",
			now.rec.Source.Row, open.quantity, count))
	}
	for i, l := range lines {
		if i != standing && l.credit && l.kind == fullCharge && l.start >= now.start && l.quantity == now.quantity {
			l.warn("credited-in-full", fmt.Sprintf("gives back all %d licences of the charge of row %d: the subscription may have been cancelled", l.quantity, now.rec.Source.Row))
		}
		switch {
		case i == standing:
		case rivals(l, now) && !hasCredit(lines, l.start, l.quantity):
			// two charges of one day for different numbers: both speak
		default:
			overrule(l.rec.Sub, now.rec.Sub)
		}
	}
}

func rivals(a, b line) bool {
	return a.start == b.start && a.kind == fullCharge && b.kind == fullCharge && !a.credit && a.quantity != b.quantity
}

// standingLine is the newest charge of all seats; of several of one day the
// one that no credit of that day takes back. It is -1 if all are credits.
func standingLine(lines []line) int {
	best := -1
	for _, kind := range []chargeKind{fullCharge, deltaCharge} {
		for i, l := range lines {
			if l.credit || l.kind != kind {
				continue
			}
			if best < 0 || l.start > lines[best].start || hasCredit(lines, lines[best].start, lines[best].quantity) {
				best = i
			}
		}
		if best >= 0 {
			return best
		}
	}
	return best
}

// hasCredit reports whether a credit of the same day gives the number back.
func hasCredit(lines []line, start reconcile.Date, quantity int32) bool {
	return slices.ContainsFunc(lines, func(l line) bool {
		return l.credit && l.kind != sideCharge && l.start == start && l.quantity == quantity
	})
}

// seats is the number of seats after the changes that follow the standing
// line. A change that gives the former number back charges the new one; a
// credit alone takes its number away; of a charge alone nobody can tell, and
// the smaller number stands, which never calls a move done too early.
func seats(lines []line, standing int) (count int32, open *line) {
	count = lines[standing].quantity
	for i := 0; i < len(lines); {
		n := i + 1
		for n < len(lines) && lines[n].start == lines[i].start {
			n++
		}
		day := lines[i:n]
		i = n
		if day[0].start < lines[standing].start {
			continue
		}
		count, open = seatsAfter(day, count, open)
	}
	return count, open
}

func seatsAfter(day []line, count int32, open *line) (int32, *line) {
	var charges, credits []*line
	for k := range day {
		switch l := &day[k]; {
		case l.kind != deltaCharge:
		case l.credit:
			credits = append(credits, l)
		default:
			charges = append(charges, l)
		}
	}
	returned := slices.ContainsFunc(credits, func(l *line) bool { return l.quantity == count })
	switch {
	case len(charges) == 1 && returned:
		return charges[0].quantity, nil
	case len(charges) > 0:
		return count, charges[0]
	}
	for _, l := range credits {
		count = max(count-l.quantity, 0)
	}
	return count, open
}

// overrule takes from a line what the standing one says itself.
func overrule(old, now *reconcile.Subscription) {
	drop := func(known bool, values ...*string) {
		for _, v := range values {
			if known {
				*v = ""
			}
		}
	}
	old.Licences, old.Assigned = reconcile.Count{}, reconcile.Count{}
	offer := *old.OfferFacts
	old.OfferFacts = &offer
	drop(now.OfferID != "" || now.ProductID != "", &old.OfferID, &old.ProductID, &old.ProductSKU, &old.SKUGUID, &old.PartNumber)
	drop(now.OfferTitle != "", &old.OfferTitle)
	drop(now.State != "", &old.State)
	if now.Expires.Known() {
		old.Expires, old.Start = 0, 0
	}
	if now.Term != reconcile.TermUnknown {
		old.Term = reconcile.TermUnknown
	}
	if now.Billing != reconcile.BillingUnknown {
		old.Billing = reconcile.BillingUnknown
	}
	if now.Price.Known {
		old.Price, old.Currency = reconcile.UnitPrice{}, ""
	}
	old.AutoRenew = reconcile.Unknown
}

func (l line) warn(code, message string) {
	l.result.report.Warnings = append(l.result.report.Warnings, Warning{Sheet: l.rec.Source.Sheet, Row: l.rec.Source.Row, Rows: 1, Code: code, Message: message})
}
