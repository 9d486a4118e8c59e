package reconcile

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
	Tables     []TableSource

	skuByGUID   map[string]int
	skuByPart   map[string][]int
	offerByID   map[string]int
	productByID map[string]int // ProductID/SKUID
	country     map[string]int
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
}

// A Successor says what took the place of a SKU. Only kinds that
// EquivalentKind accepts may match by themselves; all others are proposals.
type Successor struct {
	OldName    string
	OldGUID    string
	NewName    string
	NewGUIDs   []string // base first, then what must be added to it; empty if outside the catalogue
	Kind       string
	When       string // as the source dates it
	From       Date   // first day it applies; zero = always
	Source     string
	Confidence string
}

// SaleStatus says whether a SKU can be bought by a customer who does not hold
// it yet: available, end-of-sale, withdrawn.
type SaleStatus struct {
	SKUGUID string
	Regions []string // CSP regions it applies to; empty = all
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
}
