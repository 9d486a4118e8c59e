package reconcile

// ties joins the parties that a plan looks at together because their records
// name one subscription: two exports give it to different customers, a CSP
// subscription came from another customer's, an add-on names another
// customer's base. Such customers must fall to one shard, or each would be
// planned without the other. It is a forest of parties and ids.
type ties struct {
	up    []int32          // by node: a node of the same tree; itself at the root
	least []string         // by root: the least key of its parties, empty if it has none
	ids   map[string]int32 // node of a subscription id, folded
	rows  map[Source]int32 // node of a rejected row that people corrected
}

// tieParties ties all parties; the first nodes are theirs.
func (p *planning) tieParties() *ties {
	t := &ties{ids: make(map[string]int32), rows: make(map[Source]int32)}
	for i := range p.parties {
		t.node(p.parties[i].key())
	}
	for _, i := range p.ranked {
		rec := &p.in.Records[i]
		if m := rec.Migration; m != nil {
			t.tieIDs(noParty, m.SubscriptionID, m.NewID)
		}
		if p.partyOf[i] == noParty {
			continue
		}
		if s := rec.Sub; s != nil {
			t.tieIDs(p.partyOf[i], s.SubscriptionID, s.RareFacts().MigratedFrom, s.RareFacts().BaseID)
		}
		if rec.Corrects != nil {
			t.tie(p.partyOf[i], nodeOf(t, t.rows, *rec.Corrects))
		}
	}
	return t
}

// noParty marks a record that names no customer.
const noParty = -1

// tieIDs ties subscription ids with each other and with the party, if there is
// one.
func (t *ties) tieIDs(party int32, ids ...string) {
	with := party
	for _, id := range ids {
		if id = foldID(id); id == "" {
			continue
		}
		n := nodeOf(t, t.ids, id)
		if with != noParty {
			t.tie(with, n)
		}
		with = n
	}
}

// nodeOf is the node of a name, made if need be.
func nodeOf[K comparable](t *ties, nodes map[K]int32, name K) int32 {
	n, known := nodes[name]
	if !known {
		n = t.node("")
		nodes[name] = n
	}
	return n
}

func (t *ties) node(key string) int32 {
	n := int32(len(t.up))
	t.up, t.least = append(t.up, n), append(t.least, key)
	return n
}

func (t *ties) root(n int32) int32 {
	for t.up[n] != n {
		t.up[n] = t.up[t.up[n]] // halves the way for the next who asks
		n = t.up[n]
	}
	return n
}

func (t *ties) tie(a, b int32) {
	a, b = t.root(a), t.root(b)
	if a == b {
		return
	}
	t.up[b] = a
	if t.least[a] == "" || t.least[b] != "" && t.least[b] < t.least[a] {
		t.least[a] = t.least[b]
	}
}
