package reconcile

import "cmp"

// A Source says where a row was read. Row is the number a person sees: the
// spreadsheet's row, or the first line of a CSV record.
type Source struct {
	File  string // path as given, with forward slashes
	Sheet string // empty for CSV
	Row   int
}

// Role is what a row is for. The zero Role is a row nobody understood, which
// must carry a Problem.
type Role uint8

const (
	RoleNone         Role = iota
	RoleSubscription      // something to move
	RoleInCSP             // the other side: already bought in CSP
	RoleReference         // registers, price lists, results of the batch tool
	RoleOutOfScope        // Azure usage, hardware, …: Note says which
)

// A Record is one data row of one file, understood or not. Package input makes
// one for every data row it meets; Build gives each exactly one Outcome.
type Record struct {
	Source    Source
	SheetAt   int32 // which sheet of its workbook it stands on: rows of an earlier sheet come first
	Role      Role
	Hash      [16]byte      // of header, cells and the customer the file stands for: equal hashes are duplicate rows
	Exported  Date          // when the file was exported, else modified; decides which source is newer
	Licences  Count         // as read, also on rejected rows where readable: the control total
	Problem   *Problem      // set: the row cannot be used and is rejected
	Note      string        // why a row is reference or out of scope
	Sub       *Subscription // RoleSubscription, RoleInCSP
	Customer  *RegisterLine // a line of a customer register or customer list
	Migration *Migration    // a line of the batch tool's results
	Corrects  *Source       // the rejected row that this one, corrected by a person, takes the place of; nil for none
}

// CorrectedRows are the rejected rows whose place a corrected row has taken:
// they are nobody's work any more.
func CorrectedRows(records []Record) map[Source]bool {
	corrected := make(map[Source]bool)
	for i := range records {
		if rec := &records[i]; rec.Corrects != nil && rec.Problem == nil {
			corrected[*rec.Corrects] = true
		}
	}
	return corrected
}

// Slim lets go what reports ask of a record no more once it is planned: they need
// its place and its licences. What is rejected is shown as it was read; what led to
// no row is asked for its subscription id. Rows keep the facts they stand on.
func (rec *Record) Slim(fate *Fate) {
	rec.Hash = [16]byte{}
	if rec.Problem == nil && fate.Outcome != Rejected {
		rec.Customer, rec.Migration = nil, nil
		if fate.Row != noRow {
			rec.Sub = nil
		}
	}
}

// A Problem is why a row is rejected: what stands in which column, what was
// expected instead. Code is one of the reject codes (bad-date, no-licences …).
type Problem struct {
	Code     string
	Column   string // heading as the file spells it
	Value    string
	Expected string
	Cells    []string // of the row, as read
}

// Cells are the cells of a row that was read and rejected, as they were read; none
// of another, and of no record.
func (rec *Record) Cells() []string {
	if rec == nil || rec.Problem == nil {
		return nil
	}
	return rec.Problem.Cells
}

// A Count is a whole number that may be unknown: empty is not zero.
type Count struct {
	N     int32
	Known bool
}

// Whole returns a known count.
func Whole(n int) Count { return Count{N: int32(n), Known: true} }

// A Subscription is the facts of one row. Empty means that the source does not
// say. Ids are text exactly as read; GUIDs compare without regard to case. The
// small fields stand together, which saves a twelfth of its size.
//
// What rows repeat they share: Customer and OfferFacts are never nil, and whoever
// changes them takes a copy first.
type Subscription struct {
	Customer *CustomerFacts
	*OfferFacts
	Rare *Rare // nil: the source says nothing of it

	SubscriptionID string
	Owner          string // account manager that the source or the settings name
	State          string // as the source writes it: active, suspended, warning …

	Price    UnitPrice // what the customer pays for one licence and period
	Currency string    // ISO 4217

	Licences Count
	Assigned Count
	Start    Date
	Expires  Date

	Segment           Segment
	AddOn             Tri
	Trial             Tri
	Promotion         Tri
	Term              Term
	Billing           Billing
	AutoRenew         Tri
	EndOfTerm         EndOfTerm // only where the source says it outright
	Channel           Channel
	Programme         Programme
	MigrationEligible Tri // batch tool: may be migrated
}

// OfferFacts are what names the offer of a subscription. Subscriptions of one offer
// share them: they must not be changed.
type OfferFacts struct {
	OfferTitle string
	OfferID    string // legacy (durable) offer id, a GUID
	SKUGUID    string // directory SKU id
	PartNumber string // directory SKU part number, such as ENTERPRISEPACK
	ProductID  string // NCE product id, CFQ7TTC0…
	ProductSKU string // NCE SKU id, padded to four characters
}

// Rare is what few exports say of a subscription. It stands apart, since most of a
// plan's memory is the facts of its rows.
type Rare struct {
	NcePsa           string // batch tool: Microsoft's own match, ProductId:SkuId[:AvailabilityId]
	IneligibleReason string // batch tool's own words
	BaseID           string // subscription id of the base of an add-on
	MigratedFrom     string // CSP side: subscription id it came from
	ResellerID       string // PartnerID of the reseller on record
	DamagedID        string // heading of a column whose id was damaged by a spreadsheet
}

// nothingRare is what is known of nearly all subscriptions.
var nothingRare Rare

// RareFacts is what the source says of what few say, for reading.
func (s *Subscription) RareFacts() *Rare {
	if s.Rare == nil {
		return &nothingRare
	}
	return s.Rare
}

// CustomerFacts identify a customer: tenant GUID, else domain, else name and
// country (rules.md §1). What is said of one customer many times is shared: it must
// not be changed.
type CustomerFacts struct {
	TenantID string
	Domain   string
	Name     string
	Country  string // ISO 3166-1 alpha-2, upper case; empty if not known
}

// Title is what the customer is called where it is printed: its name, else what
// else is known of its tenant.
func (f *CustomerFacts) Title() string { return cmp.Or(f.Name, f.Domain, f.TenantID) }

// A RegisterLine is one row of a customer register: it enriches every
// subscription of that customer. Rows that say the same may share one: it must not
// be changed.
type RegisterLine struct {
	Customer       *CustomerFacts
	Language       string // two letters, lower case
	Owner          string
	Relationship   Relationship
	DelegatedAdmin Tri
	Agreement      Tri  // customer agreement accepted
	OwnList        bool // the partner's own customer list: being in it means accepted
}
