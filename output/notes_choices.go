package output

import (
	"strings"

	"cspplan/reconcile"
	"cspplan/report"
)

// Choices of offers stand in the cell of a candidate: "use" or "never". For the
// plan they become decisions about the offer.

const (
	choiceUse   = "use"
	choiceNever = "never"
)

// choiceOf is the folded title and the candidate's SKU that a cell is about.
func (c noteCell) choiceOf() (offer, skuGUID string) {
	i := strings.LastIndexByte(c.key, '|')
	if i < 0 {
		return c.key, ""
	}
	return c.key[:i], c.key[i+1:]
}

// chosen are the choices as decisions of scope offer. Two offers to use for one
// contradict each other: then none is taken.
func (n *Notes) chosen() []reconcile.Decision {
	uses := n.uses()
	var list []reconcile.Decision
	for _, line := range n.sorted() {
		offer, guid := line.cell.choiceOf()
		if line.cell.scope != "offer" || line.value == choiceUse && uses[offer] > 1 {
			continue
		}
		d := line.decision()
		d.Key, d.Value = offer, guid
		switch line.value {
		case choiceUse:
		case choiceNever:
			d.Value = "never:" + guid
		default:
			continue // cleared
		}
		list = append(list, d)
	}
	return list
}

// uses counts, for each offer, the candidates to use.
func (n *Notes) uses() map[string]int {
	uses := map[string]int{}
	for cell, line := range n.inForce {
		if offer, _ := cell.choiceOf(); cell.scope == "offer" && line.value == choiceUse {
			uses[offer]++
		}
	}
	return uses
}

// warnChoices says which offers have two candidates to use.
func (n *Notes) warnChoices() {
	twice := 0
	for _, count := range n.uses() {
		if count > 1 {
			twice++
		}
	}
	if twice > 0 {
		n.warn("", "choice-twice", "%d offers have more than one candidate to use on Unmatched; none of them is taken until one is left", twice)
	}
}

// choices shows them on Unmatched.
func (n *Notes) choices() []report.Choice {
	var list []report.Choice
	for _, line := range n.sorted() {
		if line.cell.scope == "offer" && line.value != "" {
			offer, guid := line.cell.choiceOf()
			list = append(list, report.Choice{Offer: offer, SKUGUID: guid, Word: line.value,
				By: line.by, When: line.when, Stale: line.state == stateStale})
		}
	}
	return list
}

// settleChoice looks whether the facts of a choice still stand: what the title
// means, whether the chosen offer is sold and what it lacks.
func (line *note) settleChoice(p *reconcile.Plan) {
	offer, id := line.cell.choiceOf()
	for _, c := range p.Choices {
		if line.value != choiceUse || c.Key != offer || !strings.EqualFold(c.Value, id) {
			continue
		}
		if line.facts.MadeOn == "" {
			line.facts.MadeOn = c.Facts
		}
		switch {
		case line.facts.MadeOn != c.Facts:
			line.state, line.why = stateStale, "now "+c.Facts
		case line.state == stateStale:
			line.state, line.why = stateInForce, ""
		}
	}
}
