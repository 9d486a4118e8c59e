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
	sub := b.newSubscription()
	sub.Customer, sub.Owner = b.customerOf(row), b.owner(row)
	b.ids(row, sub)
	b.words(row, sub)
	b.remarks(row, sub)
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
	for _, problem := range [...]*reconcile.Problem{b.offerProblem(sub), licencesProblem, dateProblem, b.customerProblem(sub)} {
		if problem != nil {
			b.reject(rec, row, *problem)
			return
		}
	}
	rec.Sub = b.taken(sub)
	if b.saysOfCustomer {
		rec.Customer = b.lineOfRegister(row, sub.Customer, sub.Owner)
	}
}

func (b *builder) owner(row sheet.Row) string {
	return firstOf(b.once(fOwner, b.text(row, fOwner), somebody), b.rule.Owner)
}

// ids reads everything that identifies the subscription and its offer.
func (b *builder) ids(row sheet.Row, sub *reconcile.Subscription) {
	sub.SubscriptionID = b.ownID(row, fSubscriptionID, sub)
	b.offer(row, sub)
	if id := b.ownID(row, fBaseID, sub); id != "" {
		rare(sub).BaseID = id
	}
	if id := b.ownID(row, fMigratedFrom, sub); id != "" {
		rare(sub).MigratedFrom = id
	}
	if f := b.damagedCustomer(row); f != noField {
		b.markDamaged(row, f, sub)
	}
}

// readOffer reads what names the offer.
func (b *builder) readOffer(row sheet.Row, sub *reconcile.Subscription) {
	b.titled = b.title(row)
	sub.OfferFacts = &reconcile.OfferFacts{OfferTitle: b.titled.text}
	identify(sub, b.id(row, fOfferID, sub), &sub.OfferID)
	identify(sub, b.id(row, fProductID, sub), &sub.SKUGUID)
	identify(sub, b.id(row, fSKUID, sub), &sub.SKUGUID)
	if id := b.id(row, fPartNumber, sub); id.text != "" {
		partNumber(sub, id)
	}
}

// id reads the id of an offer. One that a spreadsheet has damaged is named and
// left out, so that nothing is matched by it.
func (b *builder) id(row sheet.Row, f field, sub *reconcile.Subscription) idText {
	cell := b.cell(row, f)
	if cell.Text == "" {
		return idText{}
	}
	known := &b.seen.ids[f]
	if cell.Kind == sheet.Text {
		if id, ok := known.get(cell.Text); ok {
			return id
		}
	}
	text, isDamaged := b.readID(cell, f)
	if isDamaged {
		b.markDamaged(row, f, sub)
		return idText{}
	}
	id := newIDText(b.store.keep(text))
	if cell.Kind == sheet.Text {
		known.put(cell.Text, id)
	}
	return id
}

// ownID reads the id of a subscription, which hardly another row has.
func (b *builder) ownID(row sheet.Row, f field, sub *reconcile.Subscription) string {
	cell := b.cell(row, f)
	switch {
	case cell.Text == "":
		return ""
	case cell.Kind == sheet.Text && usualForm(cell.Text):
		return b.own.keep(cell.Text)
	}
	text, isDamaged := b.readID(cell, f)
	if isDamaged {
		b.markDamaged(row, f, sub)
		return ""
	}
	return b.own.keep(plainID(text))
}

func (b *builder) readID(cell sheet.Cell, f field) (text string, isDamaged bool) {
	if f == fSKUID {
		return readSKUID(cell)
	}
	return readID(cell, b.guids(f))
}

// markDamaged remembers the first column of a row whose id is damaged.
func (b *builder) markDamaged(row sheet.Row, f field, sub *reconcile.Subscription) {
	if sub.RareFacts().DamagedID == "" {
		rare(sub).DamagedID = b.headingOf(f)
	}
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

// titleColumns are the offer column, and those that stand in for it where a row
// leaves it empty.
var titleColumns = append([]field{fOffer}, fallbacks[fOffer]...)

// title is the offer's name.
func (b *builder) title(row sheet.Row) title {
	b.titles.most = mostTitles
	for _, f := range titleColumns {
		text := b.text(row, f)
		if text == "" {
			continue
		}
		t, ok := b.titles.get(text)
		if !ok {
			t = newTitle(b.store.keep(squeeze(somebody(text))))
			b.titles.put(text, t)
		}
		if t.text != "" {
			return t
		}
	}
	return title{}
}

// readWords reads the columns that hold words of a fixed vocabulary.
func (b *builder) readWords(row sheet.Row, sub *reconcile.Subscription) {
	sub.AddOn = word(b, row, fAddOn, parseAddOn)
	sub.Trial = word(b, row, fTrial, parseTrial)
	sub.Promotion = word(b, row, fPromotion, parsePromotion)
	sub.State = b.state(row)
	renewal := word(b, row, fAutoRenew, parseRenewal)
	sub.AutoRenew, sub.EndOfTerm = renewal.parts()
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
	sub.MigrationEligible = word(b, row, fEligible, parseTri)
}

// remarks reads the texts that are kept as they stand.
func (b *builder) remarks(row sheet.Row, sub *reconcile.Subscription) {
	if text := b.text(row, fResellerID); text != "" {
		rare(sub).ResellerID = b.kept(fResellerID, text)
	}
	if text := b.text(row, fNcePsa); text != "" {
		rare(sub).NcePsa = b.kept(fNcePsa, text)
	}
	if text := b.text(row, fIneligible); text != "" {
		rare(sub).IneligibleReason = b.kept(fIneligible, text)
	}
}

// rare is what few exports say of a subscription, for writing.
func rare(sub *reconcile.Subscription) *reconcile.Rare {
	if sub.Rare == nil {
		sub.Rare = new(reconcile.Rare)
	}
	return sub.Rare
}

// word reads a cell by a vocabulary and warns of words that nobody knows; they
// read as the cautious zero value, as an empty cell does.
func word[T ~uint8](b *builder, row sheet.Row, f field, parse func(string) (T, bool)) T {
	text := b.text(row, f)
	if text == "" {
		return 0
	}
	known := &b.seen.words[f]
	if value, ok := known.get(text); ok {
		return T(value)
	}
	value, ok := parse(text)
	if !ok {
		b.warnUnknown(row, f, text)
		return value
	}
	known.put(text, uint8(value))
	return value
}

func (b *builder) warnUnknown(row sheet.Row, f field, word string) {
	b.warn(row, f, "word-unknown", fmt.Sprintf("%q is not known and reads as unknown", shorten(word, 60)))
}

// A renewal is what a cell says of auto-renew, and of the end of the term if it
// says that outright.
type renewal uint8

func newRenewal(renew reconcile.Tri, end reconcile.EndOfTerm) renewal {
	return renewal(renew) | renewal(end)<<4
}

func (r renewal) parts() (reconcile.Tri, reconcile.EndOfTerm) {
	return reconcile.Tri(r & 15), reconcile.EndOfTerm(r >> 4)
}

// parseRenewal reads auto-renew; a cell that says outright what happens at the
// end of the term says it for both.
func parseRenewal(text string) (renewal, bool) {
	if value, ok := parseTri(text); ok {
		return newRenewal(value, reconcile.EndUnknown), true
	}
	end, ok := parseEndOfTerm(text)
	if end == reconcile.EndUnknown {
		return 0, ok
	}
	return newRenewal(reconcile.TriOf(end == reconcile.EndRenew), end), true
}

// state is what the source calls the state of the subscription, in the English
// word if it is known by another.
func (b *builder) state(row sheet.Row) string {
	text := b.text(row, fState)
	state := b.once(fState, text, knownState)
	if state == unknownState {
		b.warn(row, fState, "word-unknown", fmt.Sprintf("%q is not known as a state; it is passed on as it stands", shorten(text, 60)))
		return b.store.keep(text)
	}
	return state
}

// unknownState stands for words that are no state that is known.
const unknownState = "?"

func knownState(text string) string {
	if blank(text) {
		return ""
	}
	value, ok := lookUp(stateWords, text)
	if !ok {
		return unknownState
	}
	return firstOf(value, text)
}

// parsePromotion reads yes and no; anything else is the promotion's name or id.
func parsePromotion(text string) (reconcile.Tri, bool) {
	value, ok := parseTri(text)
	if !ok {
		return reconcile.Yes, true
	}
	return value, true
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

// A bySource is the channel that a cell names, and the programme if it names that.
type bySource uint8

func (s bySource) parts() (reconcile.Channel, reconcile.Programme) {
	return reconcile.Channel(s & 15), reconcile.Programme(s >> 4)
}

func parseSource(text string) (bySource, bool) {
	channel, programme, ok := parseChannel(text)
	return bySource(channel) | bySource(programme)<<4, ok
}

// bought reads where and under which agreement it was bought: from the row,
// else the settings, else what the layout implies. Channel and programme
// complete each other.
func (b *builder) bought(row sheet.Row, sub *reconcile.Subscription) {
	channel, implied := word(b, row, fChannel, parseSource).parts()
	sub.Channel = channel
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
	code := b.once(fCurrency, text, knownCurrency)
	if code == unknownCurrency {
		b.warn(row, fCurrency, "currency-unknown", fmt.Sprintf("%q is no currency code of ISO 4217", shorten(text, 20)))
		return ""
	}
	return code
}

// unknownCurrency stands for texts that are no currency.
const unknownCurrency = "?"

func knownCurrency(text string) string {
	code, ok := parseCurrency(text)
	if !ok {
		return unknownCurrency
	}
	return code
}

// amount reads a price; one that cannot be read is no price, and says so.
func (b *builder) amount(row sheet.Row, f field) (value decimal.Decimal, currency string, ok bool) {
	cell, numbers := b.cell(row, f), b.column(f).numbers
	text, currency, ok := numbers.read(cell)
	if ok {
		if value, err := parseAmount(text); err == nil && !value.IsNeg() {
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
