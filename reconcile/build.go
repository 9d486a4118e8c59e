package reconcile

import "sync"

// Build decides what becomes of every record. It is a pure function: equal
// inputs give equal plans, and the order of the records does not matter, since
// a row's rank is its export date and the place where it stands.
//
// Of the records it relies on what package input promises: a record without a
// Problem has a Role and what that role needs.
func Build(in Inputs) Plan {
	p := newPlanning(in)
	p.identify()
	p.keepShard(Shard{1, 1})
	p.planCustomers()
	p.forgetDrafts()
	p.list()
	return p.plan
}

// BuildLedger is Build for who is done with the records, which in holds no more
// then: they are let go before the rows are made, and accounted for. Where memory is
// needed most, they were a tenth of it.
func BuildLedger(in *Inputs) (Plan, []LedgerLine) {
	p := newPlanning(*in)
	p.recordsAreOurs, in.Records = true, nil
	p.identify()
	p.keepShard(Shard{1, 1})
	p.planCustomers()
	p.forgetDrafts()
	p.list()
	plan, ledger := p.plan, p.ledger
	plan.gather()
	return plan, ledger
}

// build is Build for who asks more than the plan.
func build(in Inputs) *planning {
	p := newPlanning(in)
	p.identify()
	p.keepShard(Shard{1, 1})
	p.planCustomers()
	p.list()
	return p
}

// identify is the part that needs every record.
func (p *planning) identify() {
	p.sortOut()           // rejected, duplicates, reference, out of scope
	p.identifyCustomers() // tenant, domain, name; what registers add
}

// planCustomers plans the customers of the ranked records: all of them, or those
// of a shard.
func (p *planning) planCustomers() {
	p.mergeSubscriptions() // the same subscription in several records
	p.matchOffers()        // what it is, what to buy
	p.suspectTwins()       // one subscription in two files, once without its id
	p.orderRows()          // expiry, customer, offer, key
	p.replaceEnded()       // what new customers buy instead
	p.applyDecisions()     // what people wrote, and the route that follows
	p.setDates()           // by when, and what happens at the end
	p.compareSides()       // what is in CSP already
	p.planRows()           // what to buy, money, findings, status, next step
}

// forgetDrafts lets go what nobody asks for once each row is judged: where memory
// is needed most, a tenth of it.
func (p *planning) forgetDrafts() {
	p.drafts, p.families = nil, families{}
}

// list lists what the rows are about.
func (p *planning) list() {
	p.listCustomers()
	p.listMatches()
	p.listVanished()
}

// planning carries a Build from step to step. Each step fills what the next
// ones read; nothing is taken back.
type planning struct {
	in   Inputs
	fold *folder

	recordsAreOurs bool // nobody else looks at what the records hold

	matcher *Matcher
	plan    Plan
	ledger  []LedgerLine // of the records, which are let go for it: see orderRows

	exported []Date  // by record: its export date, or a newer one of a duplicate
	own      []int32 // records that this plan answers for: all, or those of a shard
	ranked   []int32 // records that are neither rejected nor duplicates, see rank
	partyOf  []int32 // by record: index into parties, -1 if it names none
	parties  []party // customers, with and without rows
	drafts   []draft // planned subscriptions; parallel to plan.Rows once ordered
	others   []cspSubscription
	results  map[string]int32 // by folded legacy subscription id: the record of the batch tool's result
	notes    notes
	titles   numberedTexts // of the drafts, until they are matched
	offers   numberedTexts // the same, folded
	names    numberedTexts // what customers are called, folded
	answers  []*OfferMatch // distinct ones of the drafts
	clouds   []Cloud       // that the answers name
	rowsOf   Grouped       // by party
	othersOf Grouped       // by party
	families families
	carriers sync.Map        // SKU of an add-on → its bases, see carriersOf
	caps     map[string]bool // Business SKUs, whose seats are pooled by tenant
	prices   priceList

	partyName []int32 // by party: which of names it has
	nameRanks []int32 // by name: where it stands among all of them

	tenantsOfPartner []Tenant // the one of partner.country first
}

func newPlanning(in Inputs) *planning {
	in.Policy.fillDefaults()
	p := &planning{in: in, fold: newFolder()}
	p.matcher = NewMatcher(in.Catalogue, in.Aliases, in.Decisions, in.AsOf)
	p.plan = emptyPlan(in)
	p.plan.Fates = make([]Fate, len(in.Records))
	p.plan.Choices = p.matcher.chosenNow
	p.notes = readNotes(in.Decisions)
	p.caps = businessSKUs(in.Catalogue)
	p.prices = newPriceList(in.Prices)
	return p
}

func emptyPlan(in Inputs) Plan {
	return Plan{AsOf: in.AsOf, Partner: in.Partner, Policy: in.Policy, Catalogue: in.Catalogue}
}

// planRows works out each row. What a customer holds in all is counted between
// the two passes, because rules about caps ask for it.
func (p *planning) planRows() {
	p.eachRow(func(i int) {
		r, d := &p.plan.Rows[i], &p.drafts[i]
		p.setProvisioning(r, d)
		p.setStopRenewal(r)
	})
	p.groupTransfers()
	p.findFamilies()
	p.othersOf = grouped(len(p.others), len(p.parties), func(i int) int32 { return p.others[i].party })
	p.judgeRows()
}

// judgeRows says what is true of each row and what to do next. It goes from customer
// to customer, so that what one holds is counted once; the rows of a large one are
// judged side by side.
func (p *planning) judgeRows() {
	judges := sync.Pool{New: func() any { return p.newJudge() }}
	judgeAll := func(rows []int32) {
		j := judges.Get().(*judge)
		defer judges.Put(j)
		for _, i := range rows {
			p.judgeRow(j, &p.plan.Rows[i], &p.drafts[i])
		}
	}
	p.eachParty(func(n int32) {
		if rows := p.rowsOf.Of(n); 0 < len(rows) && len(rows) <= rowsAtOnce {
			judgeAll(rows)
		}
	})
	for n := range p.parties {
		if rows := p.rowsOf.Of(int32(n)); len(rows) > rowsAtOnce {
			InParts(len(rows), func(from, to int) { judgeAll(rows[from:to]) })
		}
	}
}

func (p *planning) judgeRow(j *judge, r *Row, d *draft) {
	p.setMoney(r, d)
	j.judge(r, d)
	p.accept(r, d)
	r.Next = p.next(r, d)
}

// eachRow does something to each row that asks nothing of other rows, side by
// side.
func (p *planning) eachRow(do func(i int)) { eachOf(len(p.plan.Rows), do) }

// eachDraft does the same to each draft.
func (p *planning) eachDraft(do func(i int)) { eachOf(len(p.drafts), do) }

func eachOf(n int, do func(i int)) {
	InParts(n, func(from, to int) {
		for i := from; i < to; i++ {
			do(i)
		}
	})
}
