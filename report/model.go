package report

import (
	"sync"

	"cspplan/reconcile"
)

// A Report is one computed model of a run.
type Report struct {
	Text *Texts          // labels and formats of the language
	Plan *reconcile.Plan // what it was computed from

	Partner   string
	Region    string // the partner's CSP region
	AsOf      reconcile.Date
	RunID     string
	InputHash string // first eight hex digits of the hash over all inputs
	Version   string

	Title    string // Moving customers to CSP
	Subtitle string // Migration plan in order of expiry: counts
	Headline string
	Alarm    bool // the headline burns (vermillion)
	Agree    bool // all control totals agree

	Subscriptions, Customers int
	Licences                 int64

	Windows  Windows
	Timeline []MonthBar
	DoFirst  DoFirst
	Sheets   []SheetLine

	Tables []*Table // list sheets in the order of the workbook; Start and Money are not among them

	Elsewhere string // which workbooks hold the subscriptions where this one lists none of them; empty: it does

	Money  Money
	Months []MonthGroup // the plan by month, folded as the settings say; "no date" last
	Folded string       // sentence that says what was folded, or empty

	KeyFigures  [4]KeyFigure
	AskFinance  []string // may hold {page}: the PDF writer puts in the page of the exceptions
	Exceptions  Exceptions
	RuleTexts   []string // the six rules of the page
	RulesSource string   // whose rules, with the page's date
	Checks      []Check
	Inputs      []InputLine
	Sources     []string // catalogue and price list with their dates
	Solved      []Solved // offers that a person's word has settled since the run before
	Changes     []Change
	ChangesNote string // the line when there is nothing to compare with
	RollForward RollForward
	Trend       []TrendPoint // oldest first, this run last; one point on a first run, none in the workbook of a part
	Settings    []Setting
	Owners      []string // for the drop-down of the Owner column
	MoneyNotes  []string
	Converted   *Converted // all currencies in one, if the settings give rates

	Chart    []MonthBar                             // Timeline with the last month folded into "later", for the workbook
	Outcomes [reconcile.OutOfScope + 1]OutcomeTotal // by reconcile.Outcome
	Matches  [reconcile.MatchSame + 1]int           // planned rows by reconcile.MatchClass

	opt      Options
	letters  *Letters
	english  *Texts  // of plan.csv
	rejected []int32 // indexes of Options.Ledger
	allRows  *Table  // Plan with its rows, where Tables has it without; else nil

	orderList   []order
	orderTotals orderTotals

	expectations []expectation
	dataHeld     *sync.Map // what is kept in the service plans of a SKU, by *reconcile.SKU: most rows at risk ask for it

	urgent   urgency
	headline string // what Headline says while all totals agree
	alarm    bool
}

// OutcomeTotal is what became of the input rows: how many, with which licences.
type OutcomeTotal struct {
	Rows     int
	Licences int64
}

// Windows is status × time to expiry. Done rows stand beside it; rows without
// a date are in Total and Licences and in none of the four windows. Monthly
// terms that renew are in the first two windows and not in the headline.
type Windows struct {
	Rows           [4]WindowRow // blocked, data-loss, decide, ready
	All            WindowRow
	Done           int
	DoneLicences   int64
	NoDate         int
	NoDateLicences int64
	Monthly        int
	Accepted       int // rows whose findings somebody has accepted until a day; they stay in the table
}

// A WindowRow counts subscriptions and licences of one status: expired, up to
// 30 days, 31 to 90, more than 90.
type WindowRow struct {
	Status   reconcile.Status
	Subs     [4]int
	Lics     [4]int64
	Total    int
	Licences int64
}

// A MonthBar is one column of the expiry timeline: licences by status, indexed
// by reconcile.Status (blocked … ready).
type MonthBar struct {
	Label    string // Nov, expired, later, no date
	Short    string // the same in a word that fits under a narrow column: past for expired
	Year     string // set under the first month and each January
	Month    reconcile.Date
	Licences [4]int64
	Total    int64
}

// DoFirst is the list of customers to call.
type DoFirst struct {
	Lines []DoFirstLine
	Note  string
}

// A DoFirstLine is one customer, by earliest expiry.
type DoFirstLine struct {
	Status        reconcile.Status
	FirstExpiry   reconcile.Date
	DaysLeft      int32
	Customer      string
	PlanRow       int    // index of its first row in the plan
	Table         string // that the line leads to: Plan, or Customers where Plan lists no rows
	Row           int    // index of its row there
	Subscriptions int
	Licences      int64
	Next          string
}

// A SheetLine is one line of the list of sheets on Start.
type SheetLine struct {
	ID   string
	Name string
	Rows int
	What string
}

// Money is the money by currency, and by month.
type Money struct {
	Lines    []CurrencyLine // most subscriptions first, then code
	Months   []string       // headings of ByMonth: twelve months, later, no date, expired first if any
	ByMonth  []CurrencyMonths
	NoPrice  int // subscriptions without a price now
	NoPriceL int64
	Main     string // currency with most subscriptions
}

// A CurrencyLine is one currency. Amounts are in its minor units; CostNow is
// the sum of the three parts. CostCSP, Difference and their counts cover rows
// whose CSP price is in this currency.
type CurrencyLine struct {
	Currency                           string
	Subscriptions                      int
	Licences                           int64
	CostNow, Cannot, ToDecide, CanMove int64
	CanMoveNow, CanMoveCSP             int64 // rows that can move and have both prices in this currency
	CostCSP, Difference                int64
	BothPrices                         int // rows in Difference
	CSPRows                            int // rows in CostCSP
	OverlapToday, OverlapPlanned       int64
	OverlapReady                       int64 // of rows that are Ready with the relationship accepted
	PrepaidLost, LockedIn              int64
	CreditWe, CreditCustomer           int64 // at most, by who asks
}

// CurrencyMonths is the cost now of one currency by month of expiry, minor units.
type CurrencyMonths struct {
	Currency string
	Cost     []int64
}

// A MonthGroup is one month of the plan in the PDF.
type MonthGroup struct {
	Title    string
	Month    reconcile.Date // zero: no date
	Subs     int
	Lines    []PlanLine
	Licences int64
	Totals   []Total

	Done         int // of Subs: they are in no total of money
	DoneLicences int64
}

// A Total is an amount of one currency.
type Total struct {
	Currency string
	Minor    int64
}

// A PlanLine is one line of the plan in the PDF: a subscription, or, where
// folded, one customer or one month. Rows says how many subscriptions it
// stands for.
type PlanLine struct {
	Row      int // index into Plan.Rows; -1 if folded
	Rows     int
	Keys     uint64 // hash total of the keys it stands for
	Status   reconcile.Status
	Expires  reconcile.Date
	Burning  bool // 30 days or less
	Customer string
	Domain   string // shown behind names in scripts that cannot be shaped
	Offer    string
	Arrow    string // → CSP offer, → same offer, → no offer chosen, → blocked: …
	ArrowBad bool
	Licences int64
	Costs    []Total // one for a row with a price; one a currency if folded
	NoPrice  bool    // the cost of a subscription that is not done is not known
}

// A KeyFigure is one of the four figures of page 1.
type KeyFigure struct {
	Number string // "6", "EUR 351,742"
	What   string
	How    string
	Alarm  bool
}

// Exceptions is what finance should know beyond the plan.
type Exceptions struct {
	RegionTitle string
	Regions     []RegionLine
	DataRule    string // why data is lost
	RegionRule  string
	RegionDo    string
	MoreRegions int // customers that are not among them
	DataLoss    []DataLossLine
	MoreLoss    int // rows that are not among them
	Others      []OtherExceptions
	Rejected    []RejectedLine // at most 20
	MoreRejects int
}

// A RegionLine is one customer outside the partner's region.
type RegionLine struct {
	Customer      string
	Region        string
	Subscriptions int
	Licences      int64
	FirstExpiry   reconcile.Date
}

// A DataLossLine is one row at risk.
type DataLossLine struct {
	DecideBy  reconcile.Date
	Now       bool // decide-by is past
	Customer  string
	Offer     string
	Licences  int64
	Candidate string // best candidate with its score, or a dash
	Why       string // the finding's sentence
	Lost      string // what would be lost; empty if not known
}

// OtherExceptions is a titled list of three columns: customer, offer, detail.
type OtherExceptions struct {
	Title string
	Lines [][3]string // at most 15
	More  int         // rows that are not among them
}

// A RejectedLine is a row that could not be used.
type RejectedLine struct {
	Place  string // file:row
	Reason string // column, reason, value
}

// A Check is one control total: In and Out must be equal.
type Check struct {
	Code    string
	What    string
	In, Out int64
	Digits  int  // digits after the point, for money
	Detail  bool // one of many, summed up by a check before it: paper shows it only if it differs
}

// Agrees tells whether both sides are equal.
func (c Check) Agrees() bool { return c.In == c.Out }

// An InputLine is one file that was read or refused.
type InputLine struct {
	File     string
	Layout   string
	Rows     int
	Bytes    int64
	Modified string // RFC 3339, UTC; empty if not known
	SHA256   string
	Refused  string // message, if the file was not read
	Outcomes [8]int // by reconcile.Outcome
}

// A Change is one difference to the run before.
type Change struct {
	Kind        string // worse, changed, better, new, gone
	Expires     reconcile.Date
	Customer    string
	Offer       string
	What        string
	Before, Now string
	Source      string
}

// A Setting is one value in force, for Control totals.
type Setting struct{ Name, Value string }
