package output

// An edit is a cell in which a person wrote something else than it showed.
type edit struct {
	cell   noteCell
	value  string
	before string // what the person saw there
	anew   bool   // the person saw it as stale
	by     string
	when   string
	facts  noteFacts
}

// take merges one edit: a three-way merge of what the person saw, what they
// wrote, and what stands now. If somebody else wrote into the same cell
// meanwhile, the later time wins and the other text is kept.
func (n *Notes) take(e edit) {
	now, ok := n.inForce[e.cell]
	same := ok && now.value == e.value
	foreign := ok && !same && now.value != e.before
	switch {
	case same && !e.anew:
		return // they agree
	case foreign && now.when > e.when:
		n.keep(e.note(), keptOverwritten, true)
		return
	case foreign:
		n.keep(now, keptOverwritten, false)
	case ok && now.value != "":
		n.found-- // replaced by somebody who saw it; its trace is the earlier run's notes.csv
	}
	if e.value != "" {
		n.found++
	}
	n.inForce[e.cell], n.fresh[e.cell] = e.note(), true
}

func (e edit) note() note {
	return note{cell: e.cell, value: e.value, by: e.by, when: e.when, facts: e.facts}
}

// keep sets a text aside. New ones were found tonight; the others were in force.
// The same text is kept once for the same reason.
func (n *Notes) keep(line note, why string, isNew bool) {
	if line.value == "" {
		return
	}
	id := keptText{line.cell, line.value, why}
	known := n.keptOnce[id]
	switch {
	case known && !isNew:
		n.found--
	case !known && isNew:
		n.found++
	}
	if known {
		return
	}
	line.state, line.why, line.facts.Until = stateKept, why, n.until.String()
	line.facts.MadeOn = ""
	n.kept = append(n.kept, line)
	n.keptOnce[id] = true
}

// keptText is what makes two kept texts the same.
type keptText struct {
	cell       noteCell
	value, why string
}
