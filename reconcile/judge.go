package reconcile

import (
	"encoding/binary"
	"slices"
)

// A judge applies the rules to rows. Rows of a plan repeat few sets of findings,
// so those that are equal share one list: by themselves they took more memory
// than the facts they are about. A judge is for one goroutine.
type judge struct {
	ruleContext
	inForce []int // rules that apply on the as-of date
	lists   map[ruleSet]*[]Finding
	kept    map[string]*[]Finding // those with evidence of their own, by codes and evidence
	key     []byte
}

// A ruleSet is a set of indexes into Rules.
type ruleSet [2]uint64

func (s *ruleSet) add(n int)      { s[n/64] |= 1 << (n % 64) }
func (s *ruleSet) has(n int) bool { return s[n/64]&(1<<(n%64)) != 0 }

// keptRules are the rules whose findings keep evidence.
var keptRules = func() (kept ruleSet) {
	for n := range Rules {
		if Rules[n].kept != nil {
			kept.add(n)
		}
	}
	return kept
}()

// mostKept is how many lists with evidence of their own are remembered: what
// differs from row to row is not worth a place.
const mostKept = 4096

func (p *planning) newJudge() *judge {
	j := &judge{ruleContext: ruleContext{planning: p, sales: map[soldTo]string{}}, lists: map[ruleSet]*[]Finding{}, kept: map[string]*[]Finding{}}
	for n := range Rules {
		if Rules[n].Applies(p.in.AsOf) {
			j.inForce = append(j.inForce, n)
		}
	}
	return j
}

// judge gives the row its findings. The worst of them gives the status; what is
// done is done.
func (j *judge) judge(r *Row, d *draft) {
	j.draft = d
	if d.accepted == nil {
		r.Found = j.list(r, j.fired(r))
	} else {
		j.oneByOne(r)
	}
	r.Status = Ready
	for _, f := range r.Findings() {
		r.Status = min(r.Status, f.Severity)
	}
	if r.Progress == ProgressDone {
		r.Status = Done
	}
}

// oneByOne is for rows whose findings somebody has accepted: that rule asks which
// findings there are before its own.
func (j *judge) oneByOne(r *Row) {
	list := []Finding(nil)
	r.Found = &list
	for _, n := range j.inForce {
		if Rules[n].holds(&j.ruleContext, r) {
			list = append(list, Rules[n].finding(&j.ruleContext, r))
		}
	}
}

func (j *judge) fired(r *Row) (fired ruleSet) {
	for _, n := range j.inForce {
		if Rules[n].holds(&j.ruleContext, r) {
			fired.add(n)
		}
	}
	return fired
}

// list is the list of findings of a set of rules on a row.
func (j *judge) list(r *Row, fired ruleSet) *[]Finding {
	if fired == (ruleSet{}) {
		return nil
	}
	if fired[0]&keptRules[0]|fired[1]&keptRules[1] != 0 {
		return j.listKept(r, fired)
	}
	list, known := j.lists[fired]
	if !known {
		list = j.newList(r, fired)
		j.lists[fired] = list
	}
	return list
}

// listKept is the same where findings keep evidence.
func (j *judge) listKept(r *Row, fired ruleSet) *[]Finding {
	list := j.newList(r, fired)
	j.key = j.key[:0]
	for i := range *list {
		f := &(*list)[i]
		j.key = append(binary.AppendUvarint(append(j.key, f.Code...), uint64(len(f.Args))), ' ')
		for _, arg := range f.Args { // lengths go before, since texts may hold anything
			j.key = append(binary.AppendUvarint(j.key, uint64(len(arg))), arg...)
		}
	}
	if shared, known := j.kept[string(j.key)]; known {
		return shared
	}
	if len(j.kept) < mostKept {
		j.kept[string(j.key)] = list
	}
	return list
}

func (j *judge) newList(r *Row, fired ruleSet) *[]Finding {
	var list []Finding
	for _, n := range j.inForce {
		if fired.has(n) {
			list = append(list, Rules[n].finding(&j.ruleContext, r))
		}
	}
	list = slices.Clip(list)
	return &list
}
