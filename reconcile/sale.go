package reconcile

import "slices"

// The sale status of a SKU, from good to bad.
const (
	SaleAvailable = "available"
	SaleNotListed = "not-listed"     // in no CSP price list that is known: perhaps for nobody
	SaleEnded     = "end-of-sale"    // only for customers who hold it
	SaleElsewhere = "not-in-country" // not for customers in this country
	SaleWithdrawn = "withdrawn"      // for nobody
)

// Sale tells whether a SKU can be bought on a day by a customer in a country
// who does not hold it yet. The newest row for the country counts, the worse
// one of a day. No row means available: the table lists what ended. Where the
// country is not known, a row for any country counts.
func (c *Catalogue) Sale(skuGUID, country string, at Date) string {
	country = CountryCode(country)
	status, since := SaleAvailable, Date(0)
	for _, i := range c.salesOf[foldID(skuGUID)] {
		s := c.Sales[i]
		if s.From > at || !appliesIn(s.Regions, country) {
			continue
		}
		if s.From > since || s.From == since && saleRank(s.Status) > saleRank(status) {
			status, since = s.Status, s.From
		}
	}
	return status
}

// saleVaries tells whether the table has a row for the SKU that holds in some
// countries only.
func (c *Catalogue) saleVaries(skuGUID string) bool {
	return slices.ContainsFunc(c.salesOf[foldID(skuGUID)], func(i int) bool { return len(c.Sales[i].Regions) > 0 })
}

func appliesIn(countries []string, country string) bool {
	return len(countries) == 0 || country == "" || slices.Contains(countries, country)
}

func saleRank(status string) int {
	return slices.Index([]string{SaleAvailable, SaleNotListed, SaleEnded, SaleElsewhere, SaleWithdrawn}, status)
}

// worstSale is the sale status of an offer: that of its part which is hardest
// to get.
func (c *Catalogue) worstSale(t *Target, country string, at Date) string {
	worst := SaleAvailable
	for _, guid := range t.GUIDs() {
		if status := c.Sale(guid, country, at); guid != "" && saleRank(status) > saleRank(worst) {
			worst = status
		}
	}
	return worst
}

// soldIn tells whether the order ids of an offer are sold in a country: what may
// be bought follows the customer's market, which the user's offer matrix lists
// (AllowedCountries). A country that is not known, or a product whose countries
// are not, is no reason to doubt it.
func (c *Catalogue) soldIn(t *Target, country string) bool {
	country = CountryCode(country)
	barred := func(part *Target) bool {
		p := c.Product(part.ProductID, part.SKUID)
		return p != nil && !appliesIn(p.Countries, country)
	}
	for i := range t.AddOns {
		if barred(&t.AddOns[i]) {
			return false
		}
	}
	return !barred(t)
}
