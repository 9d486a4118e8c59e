package reconcile

// The words of the field, one type each. Their strings are the words of
// plan.csv and of every machine-readable file; package report translates them
// for people. The zero value of each is the cautious one.

// word returns names[i], or the empty string for a value out of range.
func word(names []string, i uint8) string {
	if int(i) >= len(names) {
		return ""
	}
	return names[i]
}

// parseWord finds s among names.
func parseWord[T ~uint8](names []string, s string) (T, bool) {
	for i, n := range names {
		if n == s {
			return T(i), true
		}
	}
	return 0, false
}

// Status says whether a row can move. The order is from worst to best, so that
// the smaller of two is the worse.
type Status uint8

const (
	Blocked Status = iota
	DataLoss
	Decide
	Ready
	Done
)

var statusWords = []string{"blocked", "data-loss", "decide", "ready", "done"}

func (s Status) String() string { return word(statusWords, uint8(s)) }

// ParseStatus is the inverse of Status.String.
func ParseStatus(s string) (Status, bool) { return parseWord[Status](statusWords, s) }

// PriceBasis is whose price it is that a CSP offer costs.
type PriceBasis uint8

const (
	BasisUnknown PriceBasis = iota // no price, or none is asked for
	BasisERP                       // the retail price
	BasisSell                      // the partner's own
)

var basisWords = []string{"", "erp", "sell"}

func (b PriceBasis) String() string { return word(basisWords, uint8(b)) }

// Part is the third of the plan a row counts for: cannot move, to decide, can move.
type Part uint8

const (
	CannotMove Part = iota
	ToDecide
	CanMove
	NoPart // done: outside the status tables
)

// Part maps the status to its part (product.md, "Status").
func (s Status) Part() Part {
	switch s {
	case Blocked, DataLoss:
		return CannotMove
	case Decide:
		return ToDecide
	case Ready:
		return CanMove
	}
	return NoPart
}

// Outcome is what became of an input row. Every row has exactly one.
type Outcome uint8

const (
	OutcomeMissing Outcome = iota // a fault of ours: control totals stop the run
	Planned
	Merged
	InCSP
	Reference
	Rejected
	Duplicate
	OutOfScope
)

var outcomeWords = []string{"", "planned", "merged", "in-csp", "reference", "rejected", "duplicate", "out-of-scope"}

func (o Outcome) String() string { return word(outcomeWords, uint8(o)) }

// Outcomes lists all outcomes in the order in which they are printed.
var Outcomes = []Outcome{Planned, Merged, InCSP, Reference, Rejected, Duplicate, OutOfScope}

// Tri is yes, no or not known.
type Tri uint8

const (
	Unknown Tri = iota
	Yes
	No
)

var triWords = []string{"unknown", "yes", "no"}

func (t Tri) String() string { return word(triWords, uint8(t)) }

// TriOf turns a known truth value into a Tri.
func TriOf(b bool) Tri {
	if b {
		return Yes
	}
	return No
}

// Channel groups programmes by how the customer bought (rules.md §4).
type Channel uint8

const (
	ChannelUnknown Channel = iota
	Direct
	Volume
	OtherPartner
	LegacyCSP
)

var channelWords = []string{"unknown", "direct", "volume", "partner", "legacy-csp"}

func (c Channel) String() string { return word(channelWords, uint8(c)) }

// ParseChannel is the inverse of Channel.String.
func ParseChannel(s string) (Channel, bool) { return parseWord[Channel](channelWords, s) }

// Programme is the agreement the source subscription was bought under.
type Programme uint8

const (
	ProgrammeUnknown Programme = iota
	MOSA
	MCA
	MCAE
	EA
	OpenValue
	MPSA
	NCE
	Legacy
)

var programmeWords = []string{"unknown", "mosa", "mca", "mca-e", "ea", "open-value", "mpsa", "nce", "legacy"}

func (p Programme) String() string { return word(programmeWords, uint8(p)) }

// ParseProgramme is the inverse of Programme.String.
func ParseProgramme(s string) (Programme, bool) { return parseWord[Programme](programmeWords, s) }

// Relationship is the state of the reseller relationship with the tenant.
type Relationship uint8

const (
	RelationshipUnknown Relationship = iota
	RelationshipNone
	RelationshipRequested
	RelationshipAccepted
)

var relationshipWords = []string{"unknown", "none", "requested", "accepted"}

func (r Relationship) String() string { return word(relationshipWords, uint8(r)) }

// Term is the commitment: one month, one year, three years.
type Term uint8

const (
	TermUnknown Term = iota
	P1M
	P1Y
	P3Y
)

var termWords = []string{"", "P1M", "P1Y", "P3Y"}

func (t Term) String() string { return word(termWords, uint8(t)) }

// ParseTerm is the inverse of Term.String.
func ParseTerm(s string) (Term, bool) { return parseWord[Term](termWords, s) }

// Months is the length of the term, 0 if unknown.
func (t Term) Months() int { return [...]int{0, 1, 12, 36}[t] }

// Billing is how often the term is invoiced.
type Billing uint8

const (
	BillingUnknown Billing = iota
	Monthly
	Annual
	Triennial
)

var billingWords = []string{"", "monthly", "annual", "triennial"}

func (b Billing) String() string { return word(billingWords, uint8(b)) }

// ParseBilling is the inverse of Billing.String.
func ParseBilling(s string) (Billing, bool) { return parseWord[Billing](billingWords, s) }

// EndOfTerm is what happens when the term ends and nobody acts.
type EndOfTerm uint8

const (
	EndUnknown EndOfTerm = iota
	EndRenew
	EndEST // goes on as the paid Extended Service Term
	EndCancel
)

var endWords = []string{"unknown", "renew", "est", "cancel"}

func (e EndOfTerm) String() string { return word(endWords, uint8(e)) }

// Segment is the kind of customer an offer is made for.
type Segment uint8

const (
	SegmentUnknown Segment = iota
	Commercial
	Education
	Charity
	Government
)

var segmentWords = []string{"", "commercial", "education", "charity", "government"}

func (s Segment) String() string { return word(segmentWords, uint8(s)) }

// ParseSegment is the inverse of Segment.String.
func ParseSegment(s string) (Segment, bool) { return parseWord[Segment](segmentWords, s) }

// MatchClass is how the current offer and the CSP offer relate (rules.md §2).
type MatchClass uint8

const (
	MatchNone MatchClass = iota
	MatchAmbiguous
	MatchDifferent
	MatchEquivalent
	MatchRenamed
	MatchSame
)

var matchWords = []string{"none", "ambiguous", "different", "equivalent", "renamed", "same"}

func (m MatchClass) String() string { return word(matchWords, uint8(m)) }

// Route is how a row moves (rules.md §5).
type Route uint8

const (
	RouteNone Route = iota
	RouteBAM
	RouteChannelTransfer
	RoutePartnerTransfer
	RouteLetExpire
	RouteBuyReassignEnd
)

var routeWords = []string{"none", "bam", "channel-transfer", "partner-transfer", "let-expire", "buy-reassign-end"}

func (r Route) String() string { return word(routeWords, uint8(r)) }

// RouteReason is why a row takes its route: the text routewhy.<word>.
type RouteReason uint8

const (
	WhyUnknown RouteReason = iota
	WhyRegion
	WhyOtherCloud
	WhyProvider
	WhyNothingToProvision
	WhyCustomerLeaves
	WhyNotToBeMoved
	WhyEnded
	WhyTrial
	WhyMigrationEligible
	WhyMigrationNotEligible
	WhyEARenews
	WhyNCEAtPartner
	WhyPartnerNotNCE
	WhyDirect
	WhyVolume
	WhyChannelUnknown
	WhyOtherOffer
)

var routeReasonWords = []string{
	"", "region", "other-cloud", "provider", "nothing-to-provision", "customer-leaves", "not-to-be-moved", "ended", "trial",
	"migration-eligible", "migration-not-eligible", "ea-renews", "nce-at-partner", "partner-not-nce", "direct", "volume", "channel-unknown", "other-offer",
}

func (w RouteReason) String() string { return word(routeReasonWords, uint8(w)) }

// Progress is how far the move has come.
type Progress uint8

const (
	ProgressOpen Progress = iota
	ProgressRequested
	ProgressAccepted
	ProgressPartly
	ProgressProvisioned
	ProgressDone
)

var progressWords = []string{"open", "requested", "accepted", "partly-provisioned", "provisioned", "done"}

func (p Progress) String() string { return word(progressWords, uint8(p)) }

// Choice is a person's decision about a row.
type Choice uint8

const (
	ChoiceNone Choice = iota
	ChoiceMove
	ChoiceEarly
	ChoiceWait
	ChoiceNo
	ChoiceLeaves
	ChoiceDone
)

var choiceWords = []string{"", "move", "early", "wait", "no", "leaves", "done"}

func (c Choice) String() string { return word(choiceWords, uint8(c)) }

// ParseChoice is the inverse of Choice.String.
func ParseChoice(s string) (Choice, bool) { return parseWord[Choice](choiceWords, s) }

// CreditAskedBy is who asks Microsoft 365 billing support for a credit.
type CreditAskedBy uint8

const (
	CreditNone CreditAskedBy = iota
	CreditByCustomer
	CreditByPartner
)

var creditWords = []string{"none", "customer", "partner"}

func (c CreditAskedBy) String() string { return word(creditWords, uint8(c)) }

// ParseProgress is the inverse of Progress.String.
func ParseProgress(s string) (Progress, bool) { return parseWord[Progress](progressWords, s) }
