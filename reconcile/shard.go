package reconcile

import (
	"fmt"
	"strconv"
	"strings"
)

// A Shard is one of N parts of the customers: the K-th, from 1. Customers fall
// to a shard by the hash of their key, so that each shard can be planned by
// itself, by any machine that has the inputs.
type Shard struct{ K, N int }

// maxShards keeps a slip of the keyboard from asking for millions of files.
const maxShards = 10_000

// ParseShard reads K/N, such as 3/7, or I+1/N, such as 2+1/7: engines that start
// shards count from 0, and not all of them can add.
func ParseShard(text string) (Shard, error) {
	before, after, _ := strings.Cut(text, "/")
	index, fromNought := strings.CutSuffix(before, "+1")
	k, wrongK := strconv.Atoi(index)
	n, wrongN := strconv.Atoi(after)
	if fromNought {
		k++
	}
	if wrongK != nil || wrongN != nil || n < 1 || n > maxShards || k < 1 || k > n {
		return Shard{}, fmt.Errorf("%q is no shard: it is K/N with K from 1 to N, or I+1/N with I from 0, and N up to %d", text, maxShards)
	}
	return Shard{k, n}, nil
}

func (s Shard) String() string { return fmt.Sprintf("%d/%d", s.K, s.N) }

// holds tells whether what has the key, 16 hex digits, falls to the shard.
func (s Shard) holds(key string) bool {
	hash, err := strconv.ParseUint(key, 16, 64)
	if err != nil {
		panic("reconcile: " + key + " is no key") // see keyOf
	}
	return int(hash%uint64(s.N)) == s.K-1
}

// holdsRecord tells whether a record that names no customer falls to the shard:
// they are dealt out in turn.
func (s Shard) holdsRecord(i int) bool { return i%s.N == s.K-1 }

// keepShard leaves only the records of the shard's customers to be planned, and
// finds all records that the shard answers for. Results of the batch tool name
// no customer and stay with every shard.
func (p *planning) keepShard(s Shard) {
	p.own = make([]int32, 0, len(p.in.Records)/s.N)
	if s.N == 1 {
		for i := range p.in.Records {
			p.own = append(p.own, int32(i))
		}
		return
	}
	t := p.tieParties()
	mine := make([]bool, len(p.parties))
	for n := range mine {
		mine[n] = s.holds(t.least[t.root(int32(n))])
	}
	corrector := p.correctors()
	for i := range p.in.Records {
		n := p.partyOf[i]
		if by, ok := corrector[p.in.Records[i].Source]; ok && p.plan.Fates[i].Outcome == Rejected {
			n = by
		}
		if n >= 0 && mine[n] || n < 0 && s.holdsRecord(i) {
			p.own = append(p.own, int32(i))
		}
	}
	kept := p.ranked[:0]
	for _, i := range p.ranked {
		if n := p.partyOf[i]; n < 0 || mine[n] {
			kept = append(kept, i)
		}
	}
	p.ranked = kept
}

// correctors are the parties of records that people corrected, by the rejected
// row that the record takes the place of.
func (p *planning) correctors() map[Source]int32 {
	found := make(map[Source]int32)
	for _, i := range p.ranked {
		if corrects := p.in.Records[i].Corrects; corrects != nil && p.partyOf[i] >= 0 {
			found[*corrects] = p.partyOf[i]
		}
	}
	return found
}
