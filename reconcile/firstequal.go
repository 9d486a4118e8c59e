package reconcile

import (
	"hash/maphash"
	"math/bits"
	"runtime"
	"strings"
)

// Rows are told apart by ids, customers and titles. A map of them grows while it
// is filled, on one processor, and its keys are looked at again in each step; here
// each is hashed once, side by side, and the steps that follow work with numbers.

// seed is what texts are hashed with. It differs from run to run; nothing that
// comes of it does.
var seed = maphash.MakeSeed()

// alone is the hash of what equals nothing else, whatever it is.
const alone = 0

// hashOfText is never alone.
func hashOfText(s string) uint64 { return maphash.String(seed, s) | 1 }

// mixed makes one hash of two; it is never alone.
func mixed(a, b uint64) uint64 {
	high, low := bits.Mul64(a^0x9e3779b97f4a7c15, b|1)
	return high ^ low | 1
}

// firstEqual finds, for each of n things, the first that equals it: itself if it
// is new. Hash and equal are called from several goroutines; equal, only for
// things of one hash. Things whose hash is alone equal nothing.
func firstEqual(n int, hash func(i int) uint64, equal func(i, k int) bool) []int32 {
	hashes := make([]uint64, n)
	InParts(n, func(from, to int) {
		for i := from; i < to; i++ {
			hashes[i] = hash(i)
		}
	})
	first := make([]int32, n)
	shares := uint64(runtime.GOMAXPROCS(0))
	if n <= rowsAtOnce {
		shares = 1
	}
	works := make([]func(), shares)
	for share := range shares {
		works[share] = func() { fileShare(hashes, first, share, shares, equal) }
	}
	Together(works...)
	return first
}

// fileShare does so for the things whose hash falls to one of several shares. All
// equal ones fall to the same, so that the shares do not ask each other anything.
func fileShare(hashes []uint64, first []int32, share, shares uint64, equal func(i, k int) bool) {
	mine := func(h uint64) bool {
		high, _ := bits.Mul64(h, shares)
		return high == share
	}
	count := 0
	for i, h := range hashes {
		if h == alone {
			if share == 0 {
				first[i] = int32(i)
			}
		} else if mine(h) {
			count++
		}
	}
	t := fewFirsts(hashes, count)
	for i, h := range hashes {
		if h == alone || !mine(h) {
			continue
		}
		at := t.place(h)
		for ; t.at[at] != 0; at = t.after(at) {
			if k := int(t.at[at]) - 1; hashes[k] == h && equal(k, i) {
				first[i] = int32(k)
				break
			}
		}
		if t.at[at] == 0 {
			first[i] = int32(i)
			t.put(at, i)
		}
	}
}

// A firstTable holds things that are the first of their kind, each at the place of
// its hash or at the next free one after that.
type firstTable struct {
	at     []int32 // 1 + the thing; 0 is free
	hashes []uint64
	count  int // of all things, which may all be new
	room   int // for more firsts
}

// fewOf is how many things there are to a first while the table is small: a million
// rows hold a few thousand titles, and the table of those fits the processor's
// cache. Where there are more, most things tend to be firsts.
const fewOf = 16

func fewFirsts(hashes []uint64, count int) *firstTable {
	t := &firstTable{hashes: hashes, count: count, room: count/fewOf + 1}
	t.at = make([]int32, 2<<bits.Len(uint(t.room)))
	return t
}

func (t *firstTable) place(hash uint64) uint64 {
	return hash >> 1 & uint64(len(t.at)-1) // the lowest bit says nothing
}

func (t *firstTable) after(at uint64) uint64 { return (at + 1) & uint64(len(t.at)-1) }

// put files a first at a free place.
func (t *firstTable) put(at uint64, thing int) {
	t.at[at] = int32(thing + 1)
	if t.room--; t.room == 0 {
		t.widen()
	}
}

// widen makes room for all things.
func (t *firstTable) widen() {
	small := t.at
	t.at, t.room = make([]int32, 2<<bits.Len(uint(t.count))), t.count
	for _, k := range small {
		if k == 0 {
			continue
		}
		at := t.place(t.hashes[k-1])
		for t.at[at] != 0 {
			at = t.after(at)
		}
		t.at[at] = k
	}
}

// numbered gives those that are their own first a number each, in their order,
// and tells every thing its number, in place of its first: firsts[n] is where n
// was given out.
func numbered(first []int32) (firsts, number []int32) {
	distinct := 0
	for i, k := range first {
		if int(k) == i {
			distinct++
		}
	}
	firsts = make([]int32, 0, distinct)
	for i, k := range first {
		if int(k) == i {
			first[i] = int32(len(firsts))
			firsts = append(firsts, int32(i))
		} else {
			first[i] = first[k]
		}
	}
	return firsts, first
}

// numberedTexts are distinct texts, each with a number, and who has which.
type numberedTexts struct {
	texts []string
	of    []int32
}

// distinctTexts gives each distinct one of n texts a number, in the order in which
// they come up.
func distinctTexts(n int, text func(i int) string) numberedTexts {
	firsts, number := numbered(firstEqual(n, func(i int) uint64 { return hashOfText(text(i)) },
		func(i, k int) bool { return text(i) == text(k) }))
	texts := make([]string, len(firsts))
	for at, i := range firsts {
		texts[at] = text(int(i))
	}
	return numberedTexts{texts, number}
}

// ranks tells, for each number, where its text stands among all of them.
func (t *numberedTexts) ranks() []int32 {
	order := make([]int32, len(t.texts))
	for n := range order {
		order[n] = int32(n)
	}
	sortSideBySide(order, func(a, b int32) int { return strings.Compare(t.texts[a], t.texts[b]) })
	ranks := make([]int32, len(order))
	for rank, n := range order {
		ranks[n] = int32(rank)
	}
	return ranks
}
