package input

import (
	"fmt"
	"strings"

	"github.com/govalues/decimal"

	"cspplan/input/sheet"
	"cspplan/reconcile"
)

// subscription fills a record with the facts of a subscription, or with the
// first problem that makes the row unusable.
func (b *builder) subscription(row sheet.Row, rec *reconcile.Record) {
	sub := &reconcile.Subscription{Customer: b.customerOf(row), Owner: b.owner(row)}
	b.ids(row, sub)
	b.words(row, sub)
	licences, licencesProblem := b.count(row, fLicences)
	sub.Licences, rec.Licences = licences, licences
	b.line = nil
	if b.layout.lines {
		if line, ok := b.charge(row, sub); ok {
			b.line, licencesProblem = line, nil
			if line.credit {
				sub.Licences = reconcile.Count{}
			}
		}
		rec.Exported = b.invoiced(row, rec.Exported)
	}
	sub.Assigned = b.assigned(row)
	expires, dateProblem := b.expiry(row)
	sub.Expires, sub.Start = expires, b.start(row)
	if b.line == nil || !b.line.credit {
		b.money(row, sub) // what is given back is no price
	}

	if role, note := b.scopeOf(row, sub); role != reconcile.RoleNone {
		rec.Role, rec.Note = role, note
		if role == reconcile.RoleOutOfScope || role == reconcile.RoleReference {
			rec.Licences = licences
			return
		}
	}
	for _, problem := range []*reconcile.Problem{b.offerProblem(sub), licencesProblem, dateProblem, b.customerProblem(sub)} {
		if problem != nil {
			b.reject(rec, row, *problem)
			return
		}
	}
	rec.Sub = sub
	rec.Customer = b.lineOfRegister(row, sub.Customer, sub.Owner)
}

func (b *builder) owner(row sheet.Row) string {
	if text := b.text(row, fOwner); !blank(text) {
		return b.intern(text)
	}
	return b.rule.Owner
}

// ids reads everything that identifies the subscription and its offer.
func (b *builder) ids(row sheet.Row, sub *reconcile.Subscription) {
	sub.SubscriptionID = strings.Clone(plainID(b.id(row, fSubscriptionID, sub)))
	sub.OfferTitle = b.title(row)
	identify(sub, b.id(row, fOfferID, sub), &sub.OfferID)
	identify(sub, b.id(row, fProductID, sub), &sub.SKUGUID)
	identify(sub, b.id(row, fSKUID, sub), &sub.SKUGUID)
	if text := b.id(row, fPartNumber, sub); text != "" {
		partNumber(sub, text)
	}
	sub.BaseID = strings.Clone(plainID(b.id(row, fBaseID, sub)))
	sub.MigratedFrom = strings.Clone(plainID(b.id(row, fMigratedFrom, sub)))
	if f := b.damagedCustomer(row); f != noField {
		b.markDamaged(row, f, sub)
	}
	for _, s := range []*string{&sub.OfferID, &sub.SKUGUID, &sub.PartNumber, &sub.ProductID, &sub.ProductSKU} {
		*s = b.intern(*s)
	}
}

// id reads one id as text. One that a spreadsheet has damaged is named and left
// out, so that nothing is matched by it.
func (b *builder) id(row sheet.Row, f field, sub *reconcile.Subscription) string {
	cell := b.cell(row, f)
	text, isDamaged := readID(cell, b.guids(f))
	if f == fSKUID {
		text, isDamaged = readSKUID(cell)
	}
	if isDamaged {
		b.markDamaged(row, f, sub)
		return ""
	}
	return text
}

// markDamaged remembers the first column of a row whose id is damaged.
func (b *builder) markDamaged(row sheet.Row, f field, sub *reconcile.Subscription) {
	sub.DamagedID = firstOf(sub.DamagedID, b.headingOf(f))
	b.warnDamaged(row, f)
}

func (b *builder) warnDamaged(row sheet.Row, f field) {
	b.warn(row, f, "id-damaged", fmt.Sprintf("%q is an id that a spreadsheet has rewritten; nothing is matched by it: export it again as text", shorten(b.cell(row, f).Text, 40)))
}

// guids reports whether a layout always holds GUIDs in a field, so that digits
// alone are damage.
func (b *builder) guids(f field) bool {
	return b.layout.own && (f == fSubscriptionID || f == fOfferID)
}

// title is the offer's name: the offer column, else the columns that stand in
// for it where a row leaves it empty.
func (b *builder) title(row sheet.Row) string {
	for _, f := range append([]field{fOffer}, fallbacks[fOffer]...) {
		if text := b.text(row, f); !blank(text) {
			return b.intern(strings.Join(strings.Fields(text), " "))
		}
	}
	return ""
}

// words reads the columns that hold words of a fixed vocabulary.
func (b *builder) words(row sheet.Row, sub *reconcile.Subscription) {
	sub.AddOn = word(b, row, fAddOn, parseAddOn)
	sub.Trial = word(b, row, fTrial, parseTrial)
	sub.Promotion = promotion(b.text(row, fPromotion))
	sub.State = b.state(row)
	sub.ResellerID = b.intern(b.text(row, fResellerID))
	sub.AutoRenew = word(b, row, fAutoRenew, b.autoRenew(sub))
	if end := word(b, row, fEndOfTerm, parseEndOfTerm); end != reconcile.EndUnknown {
		sub.EndOfTerm = end
	}
	sub.Segment = word(b, row, fSegment, parseSegment)
	term := word(b, row, fTerm, parseTerm)
	if term != reconcile.TermUnknown {
		sub.Term = term
	}
	sub.Billing = word(b, row, fBilling, parseBilling)
	if prose := b.text(row, fTermBilling); prose != "" {
		termWord, billingWord := proseTerm(prose)
		if known, ok := reconcile.ParseTerm(termWord); ok && sub.Term == reconcile.TermUnknown {
			sub.Term = known
		}
		if known, ok := reconcile.ParseBilling(billingWord); ok && sub.Billing == reconcile.BillingUnknown {
			sub.Billing = known
		}
	}
	b.bought(row, sub)
	sub.NcePsa = b.intern(b.text(row, fNcePsa))
	sub.MigrationEligible = word(b, row, fEligible, parseTri)
	sub.IneligibleReason = b.intern(b.text(row, fIneligible))
}

// word reads a cell by a vocabulary and warns of words that nobody knows; they
// read as the cautious zero value.
func word[T any](b *builder, row sheet.Row, f field, parse func(string) (T, bool)) T {
	text := b.text(row, f)
	value, ok := parse(text)
	if !ok {
		b.warn(row, f, "word-unknown", fmt.Sprintf("%q is not known and reads as unknown", shorten(text, 60)))
	}
	return value
}

// autoRenew reads auto-renew; a cell that says outright what happens at the
// end of the term says it for both.
func (b *builder) autoRenew(sub *reconcile.Subscription) func(string) (reconcile.Tri, bool) {
	return func(text string) (reconcile.Tri, bool) {
		if value, ok := parseTri(text); ok {
			return value, true
		}
		end, ok := parseEndOfTerm(text)
		if end == reconcile.EndUnknown {
			return reconcile.Unknown, ok
		}
		sub.EndOfTerm = end
		return reconcile.TriOf(end == reconcile.EndRenew), true
	}
}

// state is what the source calls the state of the subscription, in the English
// word if it is known by another.
func (b *builder) state(row sheet.Row) string {
	text := b.text(row, fState)
	if blank(text) {
		return ""
	}
	value, ok := lookUp(stateWords, text)
	if !ok {
		b.warn(row, fState, "word-unknown", fmt.Sprintf("%q is not known as a state; it is passed on as it stands", shorten(text, 60)))
	}
	return b.intern(firstOf(value, text))
}

// promotion reads yes and no; anything else is the promotion's name or id.
func promotion(text string) reconcile.Tri {
	value, ok := parseTri(text)
	if !ok {
		return reconcile.Yes
	}
	return value
}

// parseAddOn reads yes and no, the kind of the offer, and the qualifier list
// ["Add-on"] of invoices in any of the languages, where an empty list says
// nothing.
func parseAddOn(text string) (reconcile.Tri, bool) {
	folded := fold(text)
	switch value, ok := parseTri(text); {
	case ok || folded == "":
		return value, true
	case strings.Contains(folded, "addon"), named(text, fAddOn):
		return reconcile.Yes, true
	case folded == "base" || folded == "baseoffer" || folded == "baseproduct" || folded == "standalone":
		return reconcile.No, true
	}
	return reconcile.Unknown, strings.HasPrefix(text, "[") || strings.HasPrefix(text, "{")
}

// parseTrial reads yes and no, and a type such as Trial or Paid.
func parseTrial(text string) (reconcile.Tri, bool) {
	folded := fold(text)
	switch value, ok := parseTri(text); {
	case ok:
		return value, true
	case strings.Contains(folded, "trial"), named(text, fTrial):
		return reconcile.Yes, true
	case folded == "paid", folded == "purchased":
		return reconcile.No, true
	}
	return reconcile.Unknown, folded == "free"
}

// named reports whether a cell says what its column is headed in some language:
// ["Componente aggiuntivo"] among the qualifiers.
func named(text string, f field) bool {
	return headingFields()[fold(strings.Trim(text, "[]\"«» "))].field == f
}

// bought reads where and under which agreement it was bought: from the row,
// else the settings, else what the layout implies. Channel and programme
// complete each other.
func (b *builder) bought(row sheet.Row, sub *reconcile.Subscription) {
	var implied reconcile.Programme
	sub.Channel = word(b, row, fChannel, func(text string) (reconcile.Channel, bool) {
		channel, programme, ok := parseChannel(text)
		implied = programme
		return channel, ok
	})
	sub.Programme = word(b, row, fProgramme, parseProgramme)
	if sub.Programme == reconcile.ProgrammeUnknown {
		sub.Programme = implied
	}
	if sub.Channel == reconcile.ChannelUnknown && sub.Programme == reconcile.ProgrammeUnknown {
		sub.Channel, sub.Programme = b.rule.Channel, b.rule.Programme
	}
	if sub.Channel == reconcile.ChannelUnknown && sub.Programme == reconcile.ProgrammeUnknown {
		sub.Channel, sub.Programme = b.layout.channel, b.layout.programme
	}
	if sub.Channel == reconcile.ChannelUnknown && b.role != reconcile.RoleInCSP {
		sub.Channel = channelOf(sub.Programme)
	}
	if sub.Channel == reconcile.LegacyCSP && sub.Programme == reconcile.ProgrammeUnknown {
		sub.Programme = reconcile.Legacy
	}
}

// money reads the currency and the unit price.
func (b *builder) money(row sheet.Row, sub *reconcile.Subscription) {
	sub.Currency = b.currency(row)
	for _, f := range []field{fPrice, fPriceMonth, fPriceYear, fPriceTerm, fCostYear} {
		if !b.has(f) || sub.Price.Known || b.role == reconcile.RoleInCSP {
			continue
		}
		value, code, ok := b.amount(row, f)
		if !ok || !b.sameCurrency(row, f, code, sub.Currency) {
			continue
		}
		price := reconcile.UnitPrice{Value: value, Per: b.period(f, sub), Known: true, Partner: b.layout.invoice}
		if f == fCostYear {
			if price.Value, ok = perLicence(value, sub.Licences); !ok {
				continue
			}
		}
		sub.Price = price
		if sub.Currency == "" {
			sub.Currency = firstOf(code, firstOf(b.column(f).currency, b.rule.Currency))
		}
	}
	sub.Currency = firstOf(sub.Currency, b.rule.Currency)
}

// sameCurrency reports whether a price cell, its heading and the currency column
// agree as far as they say anything. A price that is labelled twice is in neither
// currency for certain.
func (b *builder) sameCurrency(row sheet.Row, f field, cell, column string) bool {
	c := b.column(f)
	symbol := c.numbers.scan(b.cell(row, f)).symbol
	said, by := firstOf(cell, symbol), "the cell"
	if said == "" {
		said, by = c.currency, "the heading"
	}
	other, otherBy := column, "the currency column"
	if other == "" && by == "the cell" {
		other, otherBy = c.currency, "the heading"
	}
	if said == "" || other == "" || said == other || said == symbol && admits(symbol, other) {
		return true
	}
	b.warn(row, f, "price-not-read", fmt.Sprintf("%s says %s and %s %s; the row has no price", by, said, otherBy, other))
	return false
}

// perLicence shares the cost of a row among its licences. Nineteen digits are
// enough to get the cost back to the cent.
func perLicence(cost decimal.Decimal, licences reconcile.Count) (decimal.Decimal, bool) {
	if !licences.Known || licences.N == 0 {
		return decimal.Decimal{}, false
	}
	share, err := cost.Quo(decimal.MustNew(int64(licences.N), 0))
	return share, err == nil
}

// period is what a unit price is paid for: what the heading or the layout
// says, else the billing period (interfaces.md, the generic layout).
func (b *builder) period(f field, sub *reconcile.Subscription) reconcile.Period {
	switch {
	case f == fPriceMonth || f == fPrice && b.layout.pricePer == reconcile.PerMonth:
		return reconcile.PerMonth
	case f == fPriceYear || f == fCostYear:
		return reconcile.PerYear
	case f == fPriceTerm:
		return [...]reconcile.Period{reconcile.PeriodUnknown, reconcile.PerMonth, reconcile.PerYear, reconcile.PerThreeYears}[sub.Term]
	}
	return [...]reconcile.Period{reconcile.PeriodUnknown, reconcile.PerMonth, reconcile.PerYear, reconcile.PerThreeYears}[sub.Billing]
}

func (b *builder) currency(row sheet.Row) string {
	text := b.text(row, fCurrency)
	code, ok := parseCurrency(text)
	if !ok {
		b.warn(row, fCurrency, "currency-unknown", fmt.Sprintf("%q is no currency code of ISO 4217", shorten(text, 20)))
	}
	return b.intern(code)
}

// amount reads a price; one that cannot be read is no price, and says so.
func (b *builder) amount(row sheet.Row, f field) (value decimal.Decimal, currency string, ok bool) {
	cell, numbers := b.cell(row, f), b.column(f).numbers
	text, currency, ok := numbers.read(cell)
	if ok {
		if value, err := decimal.Parse(text); err == nil && !value.IsNeg() {
			return value, currency, true
		}
	}
	switch {
	case numbers.ambiguous(cell):
		b.warn(row, f, "price-not-read", fmt.Sprintf("%q could be thousands or decimals; the row has no price: say which in the settings, inputs: [{match: %q, decimal: \",\"}] or \".\"", shorten(cell.Text, 40), b.source.File))
	case !numbers.missing(cell):
		b.warn(row, f, "price-not-read", fmt.Sprintf("%q is not read as a price; the row has none", shorten(cell.Text, 40)))
	}
	return decimal.Decimal{}, "", false
}
