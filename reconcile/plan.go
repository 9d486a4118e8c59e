package reconcile

import (
	"slices"
	"strings"

	"github.com/govalues/decimal"
)

// Inputs is everything a plan is made of.
type Inputs struct {
	Records   []Record            // every row that was read, in file order then row order
	Copies    map[string][]string // by file of records: files that hold the same bytes and were not read again
	Catalogue *Catalogue
	Prices    []PriceLine
	Aliases   []Alias
	Decisions []Decision
	Previous  []PreviousRow // planned rows of the run before, for first-seen dates and vanished rows
	Partner   Partner
	Policy    Policy
	AsOf      Date
}

// Partner is who moves customers to itself.
type Partner struct {
	Name    string
	Country string   // ISO 3166-1 alpha-2 of the CSP tenant
	Tenants []Tenant // further CSP tenants, each with its country
	// Provider is who an indirect reseller buys from; without a country the
	// partner buys from Microsoft, or nobody says.
	Provider Provider
	Address  string
	Contact  string
}

// A Tenant is one CSP tenant of the partner.
type Tenant struct {
	ID      string
	Name    string
	Country string
	Cloud   Cloud
}

// A Provider is an indirect provider.
type Provider struct{ Name, Country string }

// Policy is the thresholds people agreed on; package cmd fills it from the
// settings (rules.md §10).
type Policy struct {
	LeadDays         int
	RelationshipDays int
	WarnDays         int
	DecideDays       int
	SeatCap          int     // seats of one Business SKU a tenant may hold
	SubscriptionCap  int     // subscriptions a tenant may hold
	MaxTermMonths    int     // no term is longer
	Weekend          [7]bool // indexed by time.Weekday
	Holidays         []Date
}

// A PriceLine is the price of a CSP offer for one licence and one term.
type PriceLine struct {
	ProductID string
	SKUID     string
	Term      Term
	Billing   Billing
	Currency  string
	Market    string
	Title     string          // of the SKU, as the list writes it; empty where it has none
	Segment   Segment         // unknown where the list does not say
	UnitPrice decimal.Decimal // partner cost for the whole term: never compared with what a customer pays
	ERP       decimal.Decimal // retail price for the whole term
	HasERP    bool
	Sell      bool // the partner's own sell price: goes before ERP
	From, To  Date
	Unread    bool // of a rejected row: where this price might apply, nobody knows it
	Source    Source
}

// An Alias is an offer title or id that the user mapped by hand.
type Alias struct {
	Title     string
	OfferID   string
	SKUGUID   string // what it is; several joined by + are what to buy for it, the base first
	ProductID string // what to buy, optional
	SKUID     string
	Never     bool // never propose this SKU for this title
	By, Note  string
}

// parts are the SKUs of the alias.
func (a *Alias) parts() []string { return strings.Split(foldID(a.SKUGUID), "+") }

// meansLike tells whether two lines stand for one thing.
func (a *Alias) meansLike(b Alias) bool {
	return foldID(a.SKUGUID) == foldID(b.SKUGUID) && foldID(a.ProductID) == foldID(b.ProductID) && PadSKUID(a.SKUID) == PadSKUID(b.SKUID)
}

// A Decision is what a person wrote about a subscription, a customer or an
// offer. Scope says which; Key is the row key, the customer key or the folded
// offer title.
type Decision struct {
	Scope string // row, customer, offer, credit
	Key   string
	Field string // decision, owner, planned_date, note, choice, …
	Value string
	By    string
	When  string
	State string
	Why   string
	Facts string
}

// A PreviousRow is what the run before knew of a planned row.
type PreviousRow struct {
	Key       string
	Status    Status
	Expires   Date
	Customer  string
	Offer     string
	CSPOffer  string
	Licences  Count
	FirstSeen Date
	Progress  Progress
	Migration MigrationState
	Written   uint64 // what people had written of it, as Row.Written
}

// A Plan is the result: the rows in order, what became of every record, and
// who the customers are.
type Plan struct {
	AsOf      Date
	Partner   Partner
	Region    string // the partner's CSP region
	Policy    Policy
	Catalogue *Catalogue
	Rows      []Row      // by expiry, folded customer name, offer, key; undated last
	Customers []Customer // by first expiry, then folded name
	Fates     []Fate     // parallel to Inputs.Records
	Places    []Place    // where the records stand
	Extra     []InCSPRow // in CSP without any row of the plan
	Vanished  []PreviousRow
	Choices   []ChoiceState      // of people, with the facts they stand on
	Matches   []OfferMatch       // one for each distinct offer, by title
	Registers []RegisterConflict // what registers say differently of one customer
}

// A Fate is what became of one record.
type Fate struct {
	Row     int32 // index into Plan.Rows for planned and merged, else -1
	Other   int32 // index of the record it repeats or adds to; -1: none
	Outcome Outcome
	Why     Cause
}

// Problem is why a record was rejected; false if it was not. A record that
// Build could not use carries no problem of its own, only the reason of its fate.
func (f *Fate) Problem(r *Record) (Problem, bool) {
	switch {
	case f.Outcome != Rejected:
		return Problem{}, false
	case r != nil && r.Problem != nil:
		return *r.Problem, true
	}
	return Problem{Code: f.Why.String()}, true
}

// A Customer is one tenant with everything it holds.
type Customer struct {
	Key            string // 16 hex, stable
	Facts          *CustomerFacts
	Region         string
	Relationship   Relationship
	DelegatedAdmin Tri
	Agreement      Tri
	Language       string // two letters, of a register; empty if none says
	Owner          string
	Note           string
	Rows           []int32 // indexes into Plan.Rows, in order
}

// A Row is one planned subscription. Ten million of them must fit into memory
// beside their records: what several rows share they point to, and what few of
// them have stands in Told.
type Row struct {
	Key    string
	Sub    *Subscription // merged facts: those of the record itself where nothing is to be added to it
	From   Spot          // of the planned record, see Plan.Sources
	Match  *OfferMatch   // shared by all rows with the same offer
	Target *Target       // what to buy; nil if nothing is chosen
	Told   *Told         // nil for most rows; read it through Migration, Wish, …

	Found *[]Finding // see Findings; rows share them and must not change them
	Owner string

	Customer int32           // index into Plan.Customers
	DaysLeft int32           // expires − as-of, meaningful only if Expires is known
	Seen     int32           // CSP licences already there for this row
	Transfer TransferRequest // N 0: none

	FirstSeen      Date
	ActBy          Date
	RelationshipBy Date
	DecideBy       Date
	StopRenewalBy  Date // last safe day to stop the renewal of the source; zero where there is none to stop
	AccessLost     Date
	DataDeleted    Date
	MoveOn         Date // day to provision, or to ask for the transfer; zero if nothing gives one
	CSPStart       Date
	Planned        Date

	Provision       Count // licences to provision; unknown unless something is to be bought
	UsersToReassign Count

	Status         Status
	SameRegion     Tri
	Route          Route
	RouteWhy       RouteReason
	Progress       Progress
	EndOfTerm      EndOfTerm
	RenewalOffEnds bool // stopping the renewal ends the source; else it must be set to cancel at the end of its term
	CSPTerm        Term
	CSPBilling     Billing
	Reassign       Tri
	Loses          bool // its users lose what the match says, see PlansLost and Shrinks
	Relationship   Relationship
	DelegatedAdmin Tri
	CreditAskedBy  CreditAskedBy
	Decision       Choice

	Money Money
	Next  Next
}

// RegionOf is the CSP region of the row's tenant; empty if it is not known.
func (p *Plan) RegionOf(r *Row) string { return p.Customers[r.Customer].Region }

// Expired tells whether the last day is over.
func (r *Row) Expired(asOf Date) bool { return r.Sub.Expires.Known() && r.Sub.Expires < asOf }

// PlansLost are the friendly names of the service plans that its users lose.
func (r *Row) PlansLost() []string {
	if !r.Loses {
		return nil
	}
	return r.Match.PlansLost
}

// Shrinks is what its users get less of.
func (r *Row) Shrinks() []Shrink {
	if !r.Loses {
		return nil
	}
	return r.Match.Shrinks
}

// Findings are what rules found of the row: gravest first, then in the order of Rules.
func (r *Row) Findings() []Finding {
	if r.Found == nil {
		return nil
	}
	return *r.Found
}

// Has tells whether the row carries the finding.
func (r *Row) Has(code string) bool {
	findings := r.Findings()
	for i := range findings {
		if findings[i].Code == code {
			return true
		}
	}
	return false
}

// Money is all amounts of a row (rules.md §6). Overlap, prepaid, lock-in and
// credit are views of the same money and are never summed with each other.
type Money struct {
	CostNow         Amount // a year, as all but those in CSP in the currency of Row.Sub
	CSPCurrency     string
	CostCSP         Amount // a year
	OverlapToday    Amount
	OverlapPlanned  Amount
	PrepaidLost     Amount
	LockedIn        Amount
	FirstPaymentCSP Amount
	CSPBasis        PriceBasis
	CSPMissing      bool // a price list is at hand, and it does not price what is to be bought
}

// A Finding is one rule that fired on a row, with its evidence. Args fill the
// placeholders of the sentence `finding.<code>` and of its details.
type Finding struct {
	Code     string
	Args     []string // name, value, name, value … where only the making of the plan knows them; see Row.Evidence
	Severity Status   // the status its rule gives
}

// An InCSPRow is a CSP subscription that belongs to no planned row.
type InCSPRow struct {
	Source   Source
	Customer string // its key; that of a Customer only where one with planned rows holds it
	Sub      Subscription
}

// An OfferQuery is what a row says about its offer. Equal queries are matched once.
type OfferQuery struct {
	Title      string
	PartNumber string
	SKUGUID    string
	OfferID    string
	ProductID  string
	ProductSKU string
	NcePsa     string
	Segment    Segment
	Country    string // ISO code of the tenant's country: sale ends by country; empty counts the stricter rule
	Wanted     bool   // it is what a person wants for a row: what is chosen for its title elsewhere does not turn it into another
	At         Date   // when it was bought, else as-of: titles change their meaning
}

// An OfferMatch answers two questions: what is it, and what to buy.
type OfferMatch struct {
	Query      OfferQuery
	Identified *Identity
	Class      MatchClass
	Target     *Target
	Basis      string // code: nce-psa, sku-guid, part-number, offer-id, product-id, alias, offer-matrix, decision, title, former-title, successor
	Score      int    // 0–100; 100 for ids
	PlansLost  []string
	Shrinks    []Shrink     // what there is less of, though nothing that holds it is lost
	Candidates []Candidate  // best first, at most 5
	Choice     *ChoiceState // what a person chose for it; not taken once its facts have changed
	NotHeld    *OfferMatch  // the answer for a customer who does not hold the target, whose sale has ended; nil if no table has one
	Flags      MatchFlags
	OutOfScope string     // azure, hardware, third-party …: why this is nothing to move
	Evidence   []Evidence // what the row holds, in the order in which it counts
}

// MatchFlags are what the matcher noticed and rules turn into findings.
type MatchFlags struct {
	TitleIDDisagree bool
	DamagedID       bool
	Trial           bool
	Segment         Segment
	AddOn           bool
	Discontinued    bool
	SaleUnknown     bool // end of sale and not shown that the tenant holds it
	NoOrderID       bool
	Promotion       bool
}

// An Identity is the SKU, legacy offer or NCE product that a row names.
type Identity struct {
	SKUGUID    string
	PartNumber string
	Name       string
	Basis      string
	InTable    bool // false: a legacy product identified by its own GUID only
}

// A Target is a CSP offer to buy.
type Target struct {
	SKUGUID   string
	Name      string
	ProductID string
	SKUID     string
	Segment   Segment
	Terms     []TermBilling
	Own       string   // file of the user's that names the order id
	Differs   string   // what the embedded table says instead of it
	AddOns    []Target // further SKUs that the equivalent needs, bought beside it; they have none themselves
}

// Parts are what is to be bought, each on a line of the order: the base, then
// its add-ons.
func (t *Target) Parts() []Target { return append([]Target{*t}, t.AddOns...) }

// GUIDs are the SKUs of the parts.
func (t *Target) GUIDs() []string {
	guids := []string{t.SKUGUID}
	for i := range t.AddOns {
		guids = append(guids, t.AddOns[i].SKUGUID)
	}
	return guids
}

// ID names the offer as choices of people do: the SKUs of its parts.
func (t *Target) ID() string { return offerID(t.GUIDs()) }

// lacksOrderID tells whether a part cannot be ordered by an id.
func (t *Target) lacksOrderID() bool {
	return t.ProductID == "" || slices.ContainsFunc(t.AddOns, func(p Target) bool { return p.ProductID == "" })
}

// offerID joins the SKUs of an offer, base first; an offer of one SKU is named
// by its GUID.
func offerID(guids []string) string { return foldID(strings.Join(guids, "+")) }

// A Candidate is a proposal: ranked, never taken by itself.
type Candidate struct {
	SKUGUID   string
	AddOns    []string // GUIDs of what must be bought beside it
	OrderID   string   // ProductID/SKUID of the base, empty if not known
	Name      string
	Score     int
	Why       []Reason // the reasons for its rank
	PlansLost []string
	Shrinks   []Shrink
}

// GUIDs are the SKUs that the proposal consists of, base first.
func (c *Candidate) GUIDs() []string { return append([]string{c.SKUGUID}, c.AddOns...) }

// ID names the proposal as choices of people do.
func (c *Candidate) ID() string { return offerID(c.GUIDs()) }
