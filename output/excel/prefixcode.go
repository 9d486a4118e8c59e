package excel

import (
	"math/bits"
	"slices"
)

// A code of deflate (RFC 1951): symbols that come up often get fewer bits. Codes
// are made from their lengths alone, in bits, which is all that a reader is told.

// longestCode is how many bits a symbol has at most: fewer than the 15 that there
// may be, so that a byte and a repeat fit into 64 bits, at the price of a
// thousandth of the size.
const longestCode = 12

// A coded is the code of a symbol, its bits in the order in which they are written.
type coded struct {
	bits uint32
	n    uint8
}

// codeLengths gives each symbol that comes up its length, at most limit, so that
// the text becomes as short as such codes can make it, or nearly so where the limit
// gets in the way. At least two symbols are given one: some readers refuse less.
func codeLengths(counts []int32, limit int, lengths []uint8) {
	clear(lengths)
	used := make([]int, 0, len(counts))
	for symbol, n := range counts {
		if n > 0 {
			used = append(used, symbol)
		}
	}
	for symbol := 0; len(used) < 2; symbol++ {
		if counts[symbol] == 0 {
			used = append(used, symbol)
		}
	}
	slices.SortFunc(used, func(a, b int) int {
		if counts[a] != counts[b] {
			return int(counts[a]) - int(counts[b])
		}
		return a - b
	})
	weights := make([]int64, len(used))
	for i, symbol := range used {
		weights[i] = int64(max(counts[symbol], 1))
	}
	byLength := shorten(depths(weights), limit)
	next := len(used)
	for length := 1; length <= limit; length++ {
		for range byLength[length] {
			next--
			lengths[used[next]] = uint8(length)
		}
	}
}

// depths counts the leaves of each depth in the best tree over weights that rise.
// Both the leaves and the nodes over two of them come up in the order of their
// weight, so that the next two lightest are always at the heads of two queues.
func depths(weights []int64) []int {
	n := len(weights)
	nodes := make([]int64, 0, n)
	parent := make([]int, 2*n) // leaves first, then nodes
	leaf, node := 0, 0
	lightest := func() int {
		if node == len(nodes) || leaf < n && weights[leaf] <= nodes[node] {
			leaf++
			return leaf - 1
		}
		node++
		return n + node - 1
	}
	weigh := func(i int) int64 {
		if i < n {
			return weights[i]
		}
		return nodes[i-n]
	}
	for len(nodes) < n-1 {
		a, b := lightest(), lightest()
		parent[a], parent[b] = n+len(nodes), n+len(nodes)
		nodes = append(nodes, weigh(a)+weigh(b))
	}
	depth := make([]int, 2*n)
	counted := make([]int, n+1)
	for i := n + len(nodes) - 2; i >= 0; i-- {
		depth[i] = depth[parent[i]] + 1
		if i < n {
			counted[depth[i]]++
		}
	}
	return counted
}

// shorten lets no leaf be deeper than the limit: each that is takes a place beside
// one that is moved down by one level to make room.
func shorten(counted []int, limit int) []int {
	at := make([]int, max(limit, len(counted))+1)
	copy(at, counted)
	for depth := limit + 1; depth < len(at); depth++ {
		at[limit] += at[depth]
		at[depth] = 0
	}
	room := 1 << limit // in leaves of the deepest level
	for depth := 1; depth <= limit; depth++ {
		room -= at[depth] << (limit - depth)
	}
	for ; room < 0; room++ {
		at[limit]--
		for depth := limit - 1; ; depth-- {
			if at[depth] > 0 {
				at[depth]--
				at[depth+1] += 2
				break
			}
		}
	}
	return at
}

// codesOf makes the codes of symbols from their lengths.
func codesOf(lengths []uint8, codes []coded) {
	var count, next [longestCode + 1]uint16
	for _, n := range lengths {
		count[n]++
	}
	count[0] = 0
	for n := 1; n <= longestCode; n++ {
		next[n] = (next[n-1] + count[n-1]) << 1
	}
	for symbol, n := range lengths {
		codes[symbol] = coded{uint32(bits.Reverse16(next[n]) >> (16 - n)), n}
		next[n]++
	}
}
