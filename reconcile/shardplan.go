package reconcile

import "iter"

// A ShardPlan is the plan of the customers of one shard, and what became of the
// records that it answers for. All parts of one N together hold every row, every
// customer and the fate of every record once: see Join.
type ShardPlan struct {
	Shard   Shard
	Records int // that were read, by all shards alike
	Rows    int // of the plan that fall to this shard

	Region    string             // of the partner
	Choices   []ChoiceState      // by all shards alike
	Registers []RegisterConflict // by all shards alike
	Places    []Place            // by all shards alike
	Vanished  []PreviousRow      // what this shard does not see; gone is what no shard sees
	Customers []Customer         // without their Rows
	Extra     []InCSPRow
	Matches   []SharedMatch
	Own       []OwnRecord

	// Each is the rows in the order of the plan. Row.Customer is an index into
	// Customers; Row.Match and Row.Target are left out, see SharedMatch. After an error
	// nothing follows.
	Each iter.Seq2[ShardRow, error]
}

// A ShardRow is a row with the index of its match in ShardPlan.Matches.
type ShardRow struct {
	Row   Row
	Match int32
}

// A SharedMatch is the match of an offer. Rows share it, across shards too, unless
// it stands for one row alone.
type SharedMatch struct {
	Match *OfferMatch
	Kind  MatchKind
}

// A MatchKind is what made a match.
type MatchKind uint8

const (
	MatchAlone   MatchKind = iota // a person's wish for one row
	MatchAsked                    // the matcher's
	MatchNotHeld                  // the matcher's, for who does not hold what is asked for
)

// An OwnRecord is what became of the record with the index At. Fate.Row counts
// the rows of the part.
type OwnRecord struct {
	At   int32
	Fate Fate
}

// BuildShard plans the customers of a shard as Build plans all of them. It needs
// all records: who a customer is can depend on any of them (rules.md §1), and so
// do duplicates and registers.
func BuildShard(in Inputs, s Shard) ShardPlan {
	p := newPlanning(in)
	p.identify()
	p.keepShard(s)
	p.planCustomers()
	p.list()
	part := ShardPlan{
		Shard: s, Records: len(in.Records), Rows: len(p.plan.Rows),
		Region: p.plan.Region, Choices: p.plan.Choices, Registers: p.plan.Registers, Places: p.plan.Places, Vanished: p.plan.Vanished,
		Customers: p.plan.Customers, Extra: p.plan.Extra,
	}
	for i := range part.Customers {
		part.Customers[i].Rows = nil
	}
	for _, i := range p.own {
		part.Own = append(part.Own, OwnRecord{i, p.plan.Fates[i]})
	}
	matches := p.shareMatches(&part)
	part.Each = func(yield func(ShardRow, error) bool) {
		for i := range p.plan.Rows {
			row := p.plan.Rows[i]
			row.Match, row.Target = nil, nil
			if !yield(ShardRow{row, matches[i]}, nil) {
				return
			}
		}
	}
	return part
}

// shareMatches lists the distinct matches of the rows, and tells each row's.
func (p *planning) shareMatches(part *ShardPlan) []int32 {
	at := make(map[*OfferMatch]int32)
	of := make([]int32, len(p.plan.Rows))
	for i := range p.plan.Rows {
		r := &p.plan.Rows[i]
		if r.Target != r.Match.Target {
			panic("reconcile: a row buys what its match does not say")
		}
		n, known := at[r.Match]
		if !known {
			n = int32(len(part.Matches))
			at[r.Match] = n
			part.Matches = append(part.Matches, SharedMatch{r.Match, p.matchKind(&p.drafts[i], r.Match)})
		}
		of[i] = n
	}
	return of
}

func (p *planning) matchKind(d *draft, m *OfferMatch) MatchKind {
	switch asked := p.matchOf(d); m {
	case asked:
		return MatchAsked
	case asked.NotHeld:
		return MatchNotHeld
	}
	return MatchAlone
}
