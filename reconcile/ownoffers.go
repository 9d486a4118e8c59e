package reconcile

import (
	"slices"
	"strings"
)

// OwnOffers is what the user's own files say about offers: an offer matrix,
// with or without its sheet of mappings, or a price list. It goes before the
// embedded tables.
type OwnOffers struct {
	Name     string // of the file
	Products []Product
	Pairs    []OfferPair
	Offers   []LegacyOffer
}

// A Disagreement is where the user's file and an embedded table differ. The
// user's file counts.
type Disagreement struct {
	File     string
	Offer    string // the id both speak of
	Own      string
	Embedded string
}

// AddOwn lays the user's offers over the catalogue and indexes it again. It
// returns where they differ from what it holds.
func (c *Catalogue) AddOwn(own OwnOffers) []Disagreement {
	var differ []Disagreement
	note := func(offer, ownSays, embedded string) {
		differ = append(differ, Disagreement{File: own.Name, Offer: offer, Own: ownSays, Embedded: embedded})
	}
	for _, p := range own.Products {
		p.Own = own.Name
		known := c.Product(p.ProductID, p.SKUID)
		if known == nil {
			c.Products = append(c.Products, p)
			continue
		}
		if known.SKUGUID != "" && p.SKUGUID != "" && foldID(known.SKUGUID) != foldID(p.SKUGUID) {
			known.Differs = "the embedded table says SKU " + known.SKUGUID
			note(p.ProductID+"/"+p.SKUID, p.SKUGUID, known.SKUGUID)
		}
		known.add(p)
	}
	for _, p := range own.Pairs {
		p.Kind, p.Source = "user", own.Name
		for _, known := range c.Pairs {
			if foldID(known.OfferID) == foldID(p.OfferID) && known.Kind != "user" && !samePair(known, p) {
				embedded := known.ProductID + "/" + PadSKUID(known.SKUID)
				p.Differs = "the embedded table says " + embedded
				note(p.OfferID, p.ProductID+"/"+PadSKUID(p.SKUID), embedded)
			}
		}
		c.Pairs = append(c.Pairs, p)
	}
	for _, o := range own.Offers {
		o.InTable = c.SKU(o.ProductGUID) != nil
		switch known := c.Offer(o.ID); {
		case known == nil:
			c.Offers = append(c.Offers, o)
		case foldID(known.ProductGUID) != foldID(o.ProductGUID):
			note(o.ID, o.ProductGUID, known.ProductGUID)
			known.ProductGUID, known.InTable = o.ProductGUID, o.InTable
		}
	}
	c.Index()
	return differ
}

// add takes what the user's row says and the product does not know better: the
// embedded table has its segment and terms.
func (p *Product) add(own Product) {
	p.Own = own.Own
	if own.SKUGUID != "" {
		p.SKUGUID = own.SKUGUID
	}
	if len(own.Requires) > 0 {
		p.Requires = own.Requires
	}
	if len(own.Terms) > 0 {
		p.Terms = own.Terms
	}
	if len(own.Countries) > 0 {
		p.Countries = own.Countries
	}
}

// Offered is what a price list sells on a day or later: each product with the
// terms and billing plans that it has a price for. Lines without a title, such
// as the partner's own sell prices, say nothing of what is on offer.
func Offered(name string, lines []PriceLine, on Date) OwnOffers {
	own := OwnOffers{Name: name}
	at := make(map[string]int)
	for i := range lines {
		line := &lines[i]
		if line.Sell || line.Title == "" || line.To.Known() && line.To < on {
			continue
		}
		key := priceKey(line.ProductID, line.SKUID)
		n, ok := at[key]
		if !ok {
			n = len(own.Products)
			at[key] = n
			p := Product{ProductID: line.ProductID, SKUID: PadSKUID(line.SKUID), Title: line.Title, SKUTitle: line.Title, Trial: true}
			p.Segment, _, p.EST = TitleKind(line.Title)
			if line.Segment != SegmentUnknown {
				p.Segment = line.Segment
			}
			own.Products = append(own.Products, p)
		}
		p := &own.Products[n]
		if line.Billing != BillingUnknown { // a trial is given without a billing plan
			p.Trial = false
		}
		if t := (TermBilling{Term: line.Term, Billing: line.Billing}); !slices.Contains(p.Terms, t) {
			p.Terms = append(p.Terms, t)
		}
	}
	return own
}

func samePair(a, b OfferPair) bool {
	return strings.EqualFold(a.ProductID, b.ProductID) && strings.EqualFold(PadSKUID(a.SKUID), PadSKUID(b.SKUID))
}

// TitleKind is what a title of an NCE price list or offer matrix says about the
// product beside its name.
func TitleKind(title string) (segment Segment, trial, est bool) {
	t := parseTitle(title)
	segment = t.segment
	if segment == SegmentUnknown {
		segment = Commercial
	}
	return segment, t.trial, strings.Contains(strings.ToLower(title), "extended service term")
}
