package reconcile

import (
	"cmp"
	"slices"

	"github.com/govalues/decimal"
)

// A priceList finds the price of what is to be bought.
type priceList map[string][]PriceLine

func newPriceList(lines []PriceLine) priceList {
	l := make(priceList)
	for _, line := range lines {
		key := priceKey(line.ProductID, line.SKUID)
		l[key] = append(l[key], line)
	}
	return l
}

func priceKey(productID, skuID string) string { return foldID(productID + "/" + PadSKUID(skuID)) }

// A priceQuestion is what must agree for a price to be the right one. Prices
// are valid by the day of the order and may differ by market.
type priceQuestion struct {
	product, sku string
	term         Term
	billing      Billing
	at           Date
	country      string // of the customer
	region       string
	currencies   [2]string // welcome ones: today's, then the country's
}

// find returns the price of one licence for the whole term. The partner's own
// sell price goes before the list's retail price; the customer's market before
// a list without markets, before another market of the region; a welcome
// currency before others; the latest list before older ones. Several unwelcome
// currencies leave the price open.
func (l priceList) find(c *Catalogue, q priceQuestion) (PriceLine, bool) {
	var best PriceLine
	var bestRank [4]int
	found, open := false, false
	lines := l[priceKey(q.product, q.sku)]
	for _, line := range lines {
		rank, fits := q.rank(c, &line)
		if !fits || line.Unread {
			continue
		}
		switch order := slices.Compare(rank[:], bestRank[:]); {
		case !found || order < 0:
			best, bestRank, found, open = line, rank, true, false
		case order == 0 && line.Currency != best.Currency:
			open = true
		case order == 0 && comparePlaces(line.Source, best.Source) < 0:
			best = line
		}
	}
	for _, line := range lines {
		if line.Unread && q.mayAnswer(c, line, bestRank) {
			return PriceLine{}, false
		}
	}
	return best, found && !open
}

// mayAnswer tells whether a line that could not be read might answer the
// question at least as well as the best one: what it does not say fits.
func (q *priceQuestion) mayAnswer(c *Catalogue, line PriceLine, best [4]int) bool {
	line.HasERP = true
	line.Term, line.Billing = cmp.Or(line.Term, q.term), cmp.Or(line.Billing, q.billing)
	line.Currency = cmp.Or(line.Currency, q.currencies[0], q.currencies[1], "XXX")
	line.From = cmp.Or(line.From, q.at)
	rank, fits := q.rank(c, &line)
	return fits && slices.Compare(rank[:], best[:]) <= 0
}

// rank tells whether a line answers the question, and how well: less is better.
func (q *priceQuestion) rank(c *Catalogue, line *PriceLine) ([4]int, bool) {
	if line.Term != q.term || line.Billing != q.billing || line.Currency == "" || !line.Sell && !line.HasERP ||
		line.From > q.at || line.To.Known() && line.To < q.at {
		return [4]int{}, false
	}
	rank := [4]int{0, 0, 2, -int(line.From)}
	if !line.Sell {
		rank[0] = 1
	}
	switch {
	case line.Market == q.country && q.country != "":
	case line.Market == "":
		rank[1] = 1
	default:
		region, known := c.RegionOf(line.Market)
		if !known || region != q.region {
			return rank, false
		}
		rank[1] = 2
	}
	for n, currency := range q.currencies {
		if currency != "" && currency == line.Currency {
			rank[2] = n
			break
		}
	}
	if rank[2] == 2 {
		rank[3] = 0 // which list is newer does not tell which currency is meant
	}
	return rank, true
}

// value is what the customer pays, and on which basis. What the partner
// pays is never compared with what a customer pays.
func (line *PriceLine) value() (decimal.Decimal, PriceBasis) {
	if line.Sell {
		return line.UnitPrice, BasisSell
	}
	return line.ERP, BasisERP
}
