package input

import (
	"strings"

	"cspplan/input/sheet"
	"cspplan/reconcile"
)

// seen is what a builder remembers of the cells of earlier rows. What a cell
// means depends on its column alone, and most columns repeat themselves: a few
// words, some hundreds of offers. So each text is read once, and the records that
// have it share one copy.
type seen struct {
	words  [fieldCount]memo[uint8]
	texts  [fieldCount]memo[string]
	ids    [fieldCount]memo[idText]
	titles memo[title]

	customers joint[whose]
	people    slab[reconcile.CustomerFacts]
	offers    joint[offerCells]
	said      joint[wordCells]

	saysOfCustomer bool                    // there may be columns of lineOfRegister
	described      *reconcile.RegisterLine // the last one
	lines          slab[reconcile.RegisterLine]

	store textStore
	own   textStore // of ids that no other row has: a plan lets go of these, and of no block in which an offer's name stands
	subs  slab[reconcile.Subscription]
	sub   *reconcile.Subscription // to be filled next; nil: none yet

	who    *whose // of the row that is being read; nil: not known yet
	titled title  // of that row
	facts  rowFacts
}

// newSeen remembers nothing yet of the rows of a table.
func newSeen(t *table) (s seen) {
	s.customers.columns, s.customers.memo.most = t.columnsOf(customerColumns[:]), mostCustomers
	s.offers.columns, s.offers.memo.most = t.columnsOf(offerColumns), mostTitles
	s.said.columns = t.columnsOf(wordColumns[:])
	s.saysOfCustomer = t.layout.own || t.layout.register || len(t.columnsOf(registerColumns[:])) > 0
	return s
}

// columnsOf are the columns of those fields that have one.
func (t *table) columnsOf(fields []field) (columns []int) {
	for _, f := range fields {
		if i, ok := t.at.of(f); ok {
			columns = append(columns, i)
		}
	}
	return columns
}

// once is a text of a field as read makes it of the cell. The result is kept, and
// shared by the rows that repeat it.
func (b *builder) once(f field, text string, read func(string) string) string {
	if text == "" {
		return ""
	}
	known := &b.texts[f]
	made, ok := known.get(text)
	if !ok {
		made = b.store.keep(read(text))
		known.put(text, made)
	}
	return made
}

// kept is a text of a field as it stands.
func (b *builder) kept(f field, text string) string { return b.once(f, text, asItStands) }

func asItStands(text string) string { return text }

// somebody is a text of a field unless it says nothing.
func somebody(text string) string {
	if blank(text) {
		return ""
	}
	return text
}

func squeeze(text string) string { return strings.Join(strings.Fields(text), " ") }

// An idText is the id in a cell: as it stands, and what its shape says.
type idText struct {
	text      string
	guid      bool   // text is a GUID, perhaps in brackets
	productID string // of new commerce
	skuID     string
}

func newIDText(text string) idText {
	id := idText{text: text, guid: isGUID(text)}
	id.productID, id.skuID, _ = splitNCE(text)
	return id
}

// newSubscription is an empty subscription. It is the same one until it is taken
// by a record.
func (b *builder) newSubscription() *reconcile.Subscription {
	if b.sub == nil {
		b.sub = b.subs.next()
	} else {
		*b.sub = reconcile.Subscription{}
	}
	return b.sub
}

func (b *builder) taken(sub *reconcile.Subscription) *reconcile.Subscription {
	b.sub = nil
	return sub
}

// customerColumns are those that decide whose a row is.
var customerColumns = [...]field{fTenantID, fDomain, fCustomer, fTenant, fCustomerID, fCountry}

// whose is what the columns of the customer say together.
type whose struct {
	facts    *reconcile.CustomerFacts
	names    bool  // the row says itself whose it is
	borrowed bool  // the facts are those of the file
	damaged  field // the column whose damaged id would have said it; noField: none
	strange  bool  // the country is none that is known
}

// whoseRow reads the columns of the customer. A customer has several rows, and
// they share one copy.
func (b *builder) whoseRow(row sheet.Row) *whose {
	if b.who == nil {
		if b.who = b.customers.find(row); b.who == nil {
			b.who = b.customers.keep(b.readCustomer(b.customers.kept(row)))
		}
	}
	return b.who
}

// How many customers and offers a builder remembers. Offers are a few hundred
// until people retype them.
const mostCustomers, mostTitles = 1 << 15, 1 << 14

// offerColumns are those that decide which offer a row is about.
var offerColumns = append([]field{fOfferID, fProductID, fSKUID, fPartNumber}, titleColumns...)

// offerCells is what the columns of the offer say together.
type offerCells struct {
	title title
	facts *reconcile.OfferFacts
	term  reconcile.Term // that a part number names
}

// offer reads the columns of the offer. Rows whose ids are damaged are read one by
// one, for their warnings.
func (b *builder) offer(row sheet.Row, sub *reconcile.Subscription) {
	known := b.offers.find(row)
	if known == nil {
		warned := b.warned
		b.readOffer(row, sub)
		if b.warned == warned {
			b.offers.keep(offerCells{b.titled, sub.OfferFacts, sub.Term})
		}
		return
	}
	b.titled, sub.OfferFacts, sub.Term = known.title, known.facts, known.term
}

// wordColumns are those that hold words of a fixed vocabulary.
var wordColumns = [...]field{fAddOn, fTrial, fPromotion, fState, fAutoRenew, fEndOfTerm, fSegment, fTerm, fTermBilling, fBilling, fChannel, fProgramme, fEligible}

// wordCells is what these columns say together.
type wordCells struct {
	state                                        string
	addOn, trial, promotion, autoRenew, eligible reconcile.Tri
	endOfTerm                                    reconcile.EndOfTerm
	segment                                      reconcile.Segment
	term                                         reconcile.Term
	billing                                      reconcile.Billing
	channel                                      reconcile.Channel
	programme                                    reconcile.Programme
}

// words reads the columns of words. Rows with one that nobody knows are read one by
// one, for their warnings, and so are those whose part number names a term.
func (b *builder) words(row sheet.Row, sub *reconcile.Subscription) {
	if sub.Term != reconcile.TermUnknown {
		b.readWords(row, sub)
		return
	}
	known := b.said.find(row)
	if known == nil {
		warned := b.warned
		b.readWords(row, sub)
		if b.warned == warned {
			b.said.keep(wordCells{sub.State, sub.AddOn, sub.Trial, sub.Promotion, sub.AutoRenew, sub.MigrationEligible,
				sub.EndOfTerm, sub.Segment, sub.Term, sub.Billing, sub.Channel, sub.Programme})
		}
		return
	}
	sub.State, sub.AddOn, sub.Trial, sub.Promotion, sub.AutoRenew = known.state, known.addOn, known.trial, known.promotion, known.autoRenew
	sub.MigrationEligible, sub.EndOfTerm, sub.Segment, sub.Term = known.eligible, known.endOfTerm, known.segment, known.term
	sub.Billing, sub.Channel, sub.Programme = known.billing, known.channel, known.programme
}
