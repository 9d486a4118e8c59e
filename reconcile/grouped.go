package reconcile

// Grouped are numbers of things, such as rows, by the group that each belongs to,
// such as its customer. All stand in one list: there are nearly as many customers as
// rows.
type Grouped struct {
	from    []int32 // by group, where its things begin; of one more, where the last ends
	members []int32
}

// Of are the things of a group, in order.
func (g *Grouped) Of(group int32) []int32 {
	from, to := g.from[group], g.from[group+1]
	return g.members[from:to:to]
}

// GroupRows groups rows by so many customers.
func GroupRows(rows []Row, customers int) Grouped {
	return grouped(len(rows), customers, func(i int) int32 { return rows[i].Customer })
}

// grouped groups n things into so many groups.
func grouped(n, groups int, of func(i int) int32) Grouped {
	g := Grouped{make([]int32, groups+1), make([]int32, n)}
	for i := range n {
		g.from[of(i)]++
	}
	end := int32(0)
	for group, count := range g.from { // where each ends, until its things are put before it
		end += count
		g.from[group] = end
	}
	for i := n - 1; i >= 0; i-- {
		group := of(i)
		g.from[group]--
		g.members[g.from[group]] = int32(i)
	}
	return g
}
