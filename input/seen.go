package input

import (
	"encoding/binary"
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
	whose  memo[whose]
	key    []byte // scratch

	store textStore
	subs  []reconcile.Subscription // room for the next ones
	made  int
	used  bool // the first of subs is not empty any more

	who   *whose // of the row that is being read; nil: not known yet
	ofOne whose
	facts rowFacts
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
// by a record (taken): allocating many at once is half the price.
func (b *builder) newSubscription() *reconcile.Subscription {
	if len(b.subs) == 0 {
		b.subs = make([]reconcile.Subscription, min(max(1, b.made), 64))
		b.made += len(b.subs)
	}
	if b.used {
		b.subs[0] = reconcile.Subscription{}
	}
	b.used = true
	return &b.subs[0]
}

func (b *builder) taken(sub *reconcile.Subscription) *reconcile.Subscription {
	b.subs, b.used = b.subs[1:], false
	return sub
}

// customerColumns are those that decide whose a row is.
var customerColumns = [...]field{fTenantID, fDomain, fCustomer, fTenant, fCustomerID, fCountry}

// whose is what the columns of the customer say together.
type whose struct {
	facts    reconcile.CustomerFacts
	names    bool  // the row says itself whose it is
	borrowed bool  // the facts are those of the file
	damaged  field // the column whose damaged id would have said it; noField: none
	strange  bool  // the country is none that is known
}

// whoseRow reads the columns of the customer. A customer has several rows, and
// they share one copy.
func (b *builder) whoseRow(row sheet.Row) *whose {
	if b.who != nil {
		return b.who
	}
	b.key = b.key[:0]
	for _, f := range customerColumns {
		cell := b.cell(row, f)
		b.key = binary.AppendUvarint(append(b.key, byte(cell.Kind)), uint64(len(cell.Text)))
		b.key = append(b.key, cell.Text...)
	}
	b.seen.whose.most = mostCustomers
	if b.who = b.seen.whose.find(b.key); b.who == nil {
		b.ofOne = b.readCustomer(row)
		b.seen.whose.put(string(b.key), b.ofOne)
		b.who = &b.ofOne
	}
	return b.who
}

// How many customers and offers a builder remembers. Offers are a few hundred
// until people retype them.
const mostCustomers, mostTitles = 1 << 15, 1 << 14
