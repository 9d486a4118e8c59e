package reconcile

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// The catalogue is what the world says about offers, regions and days: dated
// tables with their sources. Package catalog loads the embedded one; settings
// may overlay it. Nothing here is changed after loading.

// A Catalogue holds the tables. Its slices are sorted as loaded, so that
// results never depend on map order; the indexes are built by Index.
type Catalogue struct {
	SKUs       []SKU
	Plans      []ServicePlan
	Offers     []LegacyOffer
	Products   []Product
	Pairs      []OfferPair
	Successors []Successor
	Sales      []SaleStatus
	Countries  []Country
	Lifecycle  []LifecycleRule
	Coverage   []PlanCoverage
	Limits     []PlanLimit
	Tables     []TableSource
	Titles     string // its names as ReadNames has read them; those that it lacks are read when a matcher is made

	skuByGUID   map[string]int
	skuByPart   map[string][]int
	offerByID   map[string]int
	productByID map[string]int // ProductID/SKUID
	country     map[string]int
	salesOf     map[string][]int // by SKU GUID
	successors  map[string][]int // by old SKU GUID
	coverage    coverage
	limits      map[string][]int // by plan code or SKU GUID
	limitKinds  []string
}

// A SKU is what licences are assigned by: Microsoft's licensing table.
type SKU struct {
	GUID       string // lower case
	PartNumber string
	OtherParts []string // further spellings of the part number
	Name       string   // current display name
	Former     []string // names it had
	Current    bool     // in the newest table
	FirstSeen  Date
	LastSeen   Date
	Plans      []int32 // indexes into Catalogue.Plans, ascending
}

// A ServicePlan is a component of a SKU that switches a service on.
type ServicePlan struct {
	ID   string // GUID, lower case
	Code string // EXCHANGE_S_ENTERPRISE
	Name string // friendly name
}

// A LegacyOffer is a sellable item of the former CSP price list.
type LegacyOffer struct {
	ID            string // lower-case GUID, the durable offer id
	Name          string
	ProductGUID   string // the SKU GUID; in Microsoft's table unless InTable is false
	ProductName   string
	InTable       bool
	AddOn         bool
	Trial         bool
	Max           int32 // seats a subscription may hold; 0 = not stated
	Prerequisites []string
	Segment       Segment
}

// A Product is an NCE product and SKU that can be ordered.
type Product struct {
	ProductID string
	SKUID     string // four characters
	Title     string // product title
	SKUTitle  string
	Segment   Segment
	Terms     []TermBilling
	Trial     bool
	EST       bool   // Extended Service Term: never a target
	SKUGUID   string // directory SKU it provisions; empty where public data do not say

	// Countries are those in which it is sold, as ISO codes; empty where the
	// file does not say, as the embedded tables never do.
	Countries []string

	Requires []string // ProductID/SKUID of bases of which an add-on needs one; empty: none, or not known
	Own      string   // file of the user's that names the product or its SKU; empty for embedded tables
	Differs  string   // what the embedded table says instead
}

// A TermBilling is a term with a billing plan that is on offer for it.
type TermBilling struct {
	Term    Term
	Billing Billing
}

// An OfferPair is a legacy offer and the NCE product and SKU that a table
// names for it.
type OfferPair struct {
	OfferID   string
	ProductID string
	SKUID     string
	SKUGUID   string
	Kind      string // official, derived, user
	Source    string
	Differs   string // what the embedded table says instead of the user's
}

// A Successor says what took the place of a SKU. Only kinds that
// EquivalentKind accepts may match by themselves; all others are proposals.
type Successor struct {
	OldName    string
	OldGUID    string
	NewName    string
	NewGUIDs   []string // base first, then what must be added to it; empty if outside the catalogue
	Kind       string
	Countries  []string // ISO codes it applies in; empty = everywhere
	When       string   // as the source dates it
	From       Date     // first day it applies; zero = always
	Source     string
	Confidence string
}

// SaleStatus says whether a SKU can be bought by a customer who does not hold
// it yet: available, end-of-sale, withdrawn.
type SaleStatus struct {
	SKUGUID string
	Regions []string // ISO codes of the countries it applies in, because sale ends by country; empty = all
	Status  string
	From    Date
	Source  string
}

// A Country maps a market to its CSP region and billing currency.
type Country struct {
	Code     string // ISO 3166-1 alpha-2 or Partner Center's own code
	Name     string
	Region   string // empty: in no CSP region
	Currency string
}

// A LifecycleRule gives the days that follow the end of a term.
type LifecycleRule struct {
	Channel     Channel
	Programme   Programme // ProgrammeUnknown: any of the channel that has no row of its own
	BoughtFrom  Date      // bought or last renewed on or after; zero = any
	BoughtUntil Date      // … before; zero = any
	EndsFrom    Date      // term ends on or after; zero = any
	EndsUntil   Date      // … before; zero = any
	WorkingDays int       // users go on working
	AdminDays   int       // then only administrators reach the data
	EST         bool      // auto-renew merely off starts the paid Extended Service Term
	Source      string
}

// A TableSource dates a table for About, run.json and `cspplan version`.
type TableSource struct {
	Name   string
	Rows   int
	AsOf   Date
	Source string
	SHA256 string // of a file of the user's; empty for embedded tables
}

// Index builds the look-up tables; it is called once, after loading and after
// every overlay. Where an id occurs twice the first row counts.
func (c *Catalogue) Index() {
	Together(c.indexSKUs, c.indexOffers, c.indexFacts)
}

func (c *Catalogue) indexSKUs() {
	c.skuByGUID = make(map[string]int, len(c.SKUs))
	c.skuByPart = make(map[string][]int, len(c.SKUs))
	for i := range c.SKUs {
		s := &c.SKUs[i]
		if _, ok := c.skuByGUID[foldID(s.GUID)]; !ok {
			c.skuByGUID[foldID(s.GUID)] = i
		}
		for _, part := range append([]string{s.PartNumber}, s.OtherParts...) {
			key := foldID(part)
			if !slices.Contains(c.skuByPart[key], i) {
				c.skuByPart[key] = append(c.skuByPart[key], i)
			}
		}
	}
}

// indexOffers indexes what is sold: legacy offers and NCE products.
func (c *Catalogue) indexOffers() {
	c.offerByID = make(map[string]int, len(c.Offers))
	for i := range c.Offers {
		if _, ok := c.offerByID[foldID(c.Offers[i].ID)]; !ok {
			c.offerByID[foldID(c.Offers[i].ID)] = i
		}
	}
	c.productByID = make(map[string]int, len(c.Products))
	for i := range c.Products {
		key := foldID(c.Products[i].ProductID + "/" + c.Products[i].SKUID)
		if _, ok := c.productByID[key]; !ok {
			c.productByID[key] = i
		}
	}
}

// indexFacts indexes what is known of SKUs, plans and countries.
func (c *Catalogue) indexFacts() {
	c.country = make(map[string]int, len(c.Countries))
	for i := range c.Countries {
		if _, ok := c.country[c.Countries[i].Code]; !ok {
			c.country[c.Countries[i].Code] = i
		}
	}
	c.salesOf = make(map[string][]int)
	for i := range c.Sales {
		key := foldID(c.Sales[i].SKUGUID)
		c.salesOf[key] = append(c.salesOf[key], i)
	}
	c.successors = make(map[string][]int)
	for i := range c.Successors {
		if key := foldID(c.Successors[i].OldGUID); key != "" {
			c.successors[key] = append(c.successors[key], i)
		}
	}
	c.coverage = newCoverage(c)
	c.indexLimits()
}

// foldID makes ids comparable: GUIDs and part numbers differ by case between
// exports, and no-break spaces occur inside part numbers.
//
// Nearly all ids are written as they compare, and each row has a dozen looked up.
func foldID(id string) string {
	if isFolded(id) {
		return id
	}
	return strings.ToLower(strings.TrimSpace(strings.ReplaceAll(id, "\u00a0", " ")))
}

// isFolded tells whether an id is what foldID makes of it, for certain: ASCII
// without capitals and without white space around it.
func isFolded(id string) bool {
	for i := range len(id) {
		if c := id[i]; c-'A' < 26 || c >= utf8.RuneSelf {
			return false
		}
	}
	return id == "" || id[0] > ' ' && id[len(id)-1] > ' '
}

// SKU finds a SKU by its GUID in any case; nil if there is none.
func (c *Catalogue) SKU(guid string) *SKU {
	if i, ok := c.skuByGUID[foldID(guid)]; ok && guid != "" {
		return &c.SKUs[i]
	}
	return nil
}

// SKUsByPart finds the SKUs with a part number: more than one where Microsoft's
// table gives it twice.
func (c *Catalogue) SKUsByPart(part string) []*SKU {
	if strings.TrimSpace(part) == "" {
		return nil
	}
	var found []*SKU
	for _, i := range c.skuByPart[foldID(part)] {
		found = append(found, &c.SKUs[i])
	}
	return found
}

// Offer finds a legacy offer by its durable offer id; nil if there is none.
func (c *Catalogue) Offer(id string) *LegacyOffer {
	if i, ok := c.offerByID[foldID(id)]; ok && id != "" {
		return &c.Offers[i]
	}
	return nil
}

// Product finds an NCE product by product id and SKU id. SKU ids that lost
// their leading zeros in a spreadsheet are padded first.
func (c *Catalogue) Product(productID, skuID string) *Product {
	if i, ok := c.productByID[foldID(productID+"/"+PadSKUID(skuID))]; ok && productID != "" {
		return &c.Products[i]
	}
	return nil
}

// productByRef finds a product by ProductID/SKUID.
func (c *Catalogue) productByRef(ref string) *Product {
	product, sku, _ := strings.Cut(ref, "/")
	return c.Product(product, sku)
}

// PadSKUID gives an NCE SKU id its four characters back: 1 is 0001.
func PadSKUID(id string) string {
	if id = strings.TrimSpace(id); id == "" {
		return ""
	}
	return strings.Repeat("0", max(0, 4-len(id))) + id
}

// Country finds a market by its upper-case code.
func (c *Catalogue) Country(code string) (Country, bool) {
	if i, ok := c.country[code]; ok {
		return c.Countries[i], true
	}
	return Country{}, false
}
