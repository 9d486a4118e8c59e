package report

import (
	"cmp"
	"slices"

	"cspplan/reconcile"
)

// An exception is a finding that keeps a subscription from Ready: its rule gives
// Blocked, Data-loss risk or Decide, and the subscription is neither Ready nor
// done. A subscription may have several. While somebody has accepted what keeps
// a subscription from moving, none of its exceptions is open; they go on ageing.

// A PastException is an exception as the run before recorded it.
type PastException struct {
	Key      uint64         // KeyHash of the row's key
	Since    reconcile.Date // as-of date of the first run that had it without a break
	Rule     int16          // index into reconcile.Rules; RuleUnknown: of another version of this program
	Accepted bool           // somebody had accepted it until a day: it was not open
}

// RuleUnknown stands for a rule that this version does not have.
const RuleUnknown = int16(-1)

// ruleNumbers are the indexes of reconcile.Rules by code.
var ruleNumbers = func() map[string]int16 {
	numbers := make(map[string]int16, len(reconcile.Rules))
	for i := range reconcile.Rules {
		numbers[reconcile.Rules[i].Code] = int16(i)
	}
	return numbers
}()

// ExceptionRule is the index of the rule that a finding comes from, and whether
// such a finding keeps a row from Ready. What no rule of this version finds is
// RuleUnknown.
func ExceptionRule(code string) (rule int16, keeps bool) {
	rule, ok := ruleNumbers[code]
	if !ok {
		return RuleUnknown, false
	}
	return rule, reconcile.Rules[rule].Severity < reconcile.Ready
}

// exceptionState is how an exception stands since the run before.
type exceptionState uint8

const (
	opened   exceptionState = iota // it was not open then
	rolled                         // it was open then, too
	accepted                       // it is not open: somebody has accepted it until a day
)

// An exception is one finding of one row. Plans of millions of rows have as many
// of them: they are small.
type exception struct {
	row   int32
	since reconcile.Date
	rule  int16
	state exceptionState
}

func (e *exception) severity() reconcile.Status { return reconcile.Rules[e.rule].Severity }

// A closing is how an exception that was open at the run before has closed.
type closing uint8

const (
	closedCleared   closing = iota // it is no longer true
	closedDone                     // the subscription is done
	closedInCSP                    // what was to be provisioned is in CSP, or the subscription itself is
	closedAccepted                 // somebody has accepted it until a day
	closedByPerson                 // somebody decided, or chose an offer
	closedGone                     // the subscription is in no export any more
	closedUnplanned                // its row is read and not planned any more
	closings
)

var closingWords = [closings]string{"cleared", "done", "csp", "accepted", "person", "gone", "unplanned"}

// A closedException was open at the run before and is not any more.
type closedException struct {
	past    PastException
	row     int32 // index into Plan.Rows; −1: not planned any more
	before  int32 // index into Options.Previous; −1: not known
	how     closing
	outcome reconcile.Outcome // of a row that is not planned any more
}

// A RollForward ties the exceptions of the run before to those of this one:
// open before + opened − closed = open now.
type RollForward struct {
	First bool // no run before: nothing was opened, closed or rolled forward
	Kinds []KindOfException
	Total KindOfException
	Ages  Ages

	exceptions []exception // opened, rolled forward, accepted; see order
	closed     []closedException
	closedBy   [closings]int
}

// A KindOfException counts the exceptions that one rule finds. Rolled = Before −
// Closed; Open = Opened + Rolled.
type KindOfException struct {
	What   string
	Status reconcile.Status // that it gives
	Before, Opened, Closed, Rolled, Open,
	Accepted int // accepted until a day, in none of the others
	Oldest int // age in days of the oldest open one; −1: none is open
}

// rollForward finds the exceptions of the plan and holds them against those of
// the run before.
func (rep *Report) rollForward() RollForward {
	b := newRollBuilder(rep)
	for i := range rep.Plan.Rows {
		b.add(int32(i))
	}
	if rep.opt.part == "" {
		b.addUnplanned()
	}
	b.explainClosed()
	b.order()
	rf := RollForward{First: !rep.opt.PreviousDate.Known(), Ages: b.ages, exceptions: b.exceptions, closed: b.closed, closedBy: b.closedBy}
	rf.Kinds, rf.Total = b.kindsShown()
	return rf
}

// rollBuilder adds up the exceptions row by row.
type rollBuilder struct {
	rep        *Report
	past       []PastException // by key
	seen       []bool          // of past: its row is planned
	exceptions []exception
	closed     []closedException
	closedBy   [closings]int
	kinds      []KindOfException // by rule, then that of rules that are not known
	ages       Ages
	money      map[string]int // currency → index into ages.Money
}

func newRollBuilder(rep *Report) *rollBuilder {
	b := &rollBuilder{rep: rep, past: rep.opt.Outstanding, money: make(map[string]int)}
	b.seen = make([]bool, len(b.past))
	b.kinds = make([]KindOfException, len(reconcile.Rules)+1)
	for i := range b.kinds {
		b.kinds[i].Oldest = -1
	}
	for _, l := range rep.Money.Lines {
		b.money[l.Currency] = len(b.ages.Money)
		b.ages.Money = append(b.ages.Money, CurrencyAges{Currency: l.Currency})
	}
	return b
}

// kind counts the exceptions of a rule.
func (b *rollBuilder) kind(rule int16) *KindOfException {
	if rule == RuleUnknown {
		return &b.kinds[len(b.kinds)-1]
	}
	return &b.kinds[rule]
}

// pastOf are the exceptions that a row had at the run before.
func (b *rollBuilder) pastOf(key string) (from, to int) {
	if len(b.past) == 0 {
		return 0, 0
	}
	hash := KeyHash(key)
	from, _ = slices.BinarySearchFunc(b.past, hash, func(p PastException, key uint64) int { return cmp.Compare(p.Key, key) })
	for to = from; to < len(b.past) && b.past[to].Key == hash; to++ {
		b.seen[to] = true
	}
	return from, to
}

// add finds the exceptions of a row of the plan, and what has closed on it.
func (b *rollBuilder) add(row int32) {
	r := &b.rep.Plan.Rows[row]
	from, to := b.pastOf(r.Key)
	first := len(b.exceptions)
	if r.Status < reconcile.Ready {
		b.addFindings(row, r, b.past[from:to])
	}
	now := b.exceptions[first:]
	for _, past := range b.past[from:to] {
		if !past.Accepted && !slices.ContainsFunc(now, func(e exception) bool { return e.rule == past.Rule && e.state != accepted }) {
			b.closed = append(b.closed, closedException{past: past, row: row, before: -1})
		}
		if !past.Accepted {
			b.kind(past.Rule).Before++
		}
	}
	b.addAges(r, now)
}

// addFindings adds the findings that keep a row from Ready.
func (b *rollBuilder) addFindings(row int32, r *reconcile.Row, past []PastException) {
	for _, f := range r.Findings() {
		rule, keeps := ExceptionRule(f.Code)
		if !keeps {
			continue
		}
		e := exception{row: row, rule: rule, since: b.rep.AsOf}
		at := slices.IndexFunc(past, func(p PastException) bool { return p.Rule == rule })
		if at >= 0 {
			e.since = min(past[at].Since, b.rep.AsOf)
		}
		kind := b.kind(rule)
		switch {
		case r.Accepted().InForce:
			e.state = accepted
			kind.Accepted++
		case at >= 0 && !past[at].Accepted:
			e.state = rolled
			kind.Rolled++
		default:
			kind.Opened++
		}
		b.exceptions = append(b.exceptions, e)
	}
}

// order sorts opened ones by severity, those that were rolled forward by age,
// then both as the plan is sorted.
func (b *rollBuilder) order() {
	slices.SortFunc(b.exceptions, func(x, y exception) int {
		if x.state != y.state {
			return cmp.Compare(x.state, y.state)
		}
		if x.state == rolled && x.since != y.since {
			return cmp.Compare(x.since, y.since)
		}
		return cmp.Or(cmp.Compare(x.severity(), y.severity()), cmp.Compare(x.row, y.row), cmp.Compare(x.rule, y.rule))
	})
}

// kindsShown are the kinds of which there is anything, gravest first, and all of
// them together.
func (b *rollBuilder) kindsShown() (kinds []KindOfException, total KindOfException) {
	t := b.rep.Text
	total = KindOfException{What: t.Label("rf.total"), Oldest: -1}
	for i := range b.exceptions {
		if e := &b.exceptions[i]; e.state != accepted {
			k := b.kind(e.rule)
			k.Oldest = max(k.Oldest, int(b.rep.AsOf-e.since))
		}
	}
	for _, c := range b.closed {
		b.kind(c.past.Rule).Closed++
	}
	for i := range b.kinds {
		k := b.kinds[i]
		k.Open = k.Opened + k.Rolled
		if k.Before+k.Open+k.Accepted == 0 {
			continue
		}
		past := PastException{Rule: RuleUnknown}
		if i < len(reconcile.Rules) {
			past.Rule = int16(i)
		}
		k.What, k.Status = t.ruleName(past.Rule), past.severity()
		kinds = append(kinds, k)
		total.Before += k.Before
		total.Opened += k.Opened
		total.Closed += k.Closed
		total.Rolled += k.Rolled
		total.Open += k.Open
		total.Accepted += k.Accepted
		total.Oldest = max(total.Oldest, k.Oldest)
	}
	return kinds, total
}

// segment are the exceptions of one state, in order.
func (rf *RollForward) segment(state exceptionState) []exception {
	start := func(s exceptionState) int {
		at, _ := slices.BinarySearchFunc(rf.exceptions, s, func(e exception, s exceptionState) int { return cmp.Compare(e.state, s) })
		return at
	}
	return rf.exceptions[start(state):start(state+1)]
}

// EachException yields every exception of the plan for the record that the next
// run compares with: the key of its row, the code of the finding, the day from
// which its age counts, and whether somebody has accepted it.
func (rep *Report) EachException(yield func(key, code string, since reconcile.Date, isAccepted bool) bool) {
	for i := range rep.RollForward.exceptions {
		e := &rep.RollForward.exceptions[i]
		if !yield(rep.Plan.Rows[e.row].Key, reconcile.Rules[e.rule].Code, e.since, e.state == accepted) {
			return
		}
	}
}
