package reconcile

import "slices"

// ChannelOf is the channel that a programme belongs to.
func ChannelOf(p Programme) Channel {
	switch p {
	case MOSA, MCA, MCAE:
		return Direct
	case EA, OpenValue, MPSA:
		return Volume
	case NCE:
		return OtherPartner
	case Legacy:
		return LegacyCSP
	}
	return ChannelUnknown
}

// Days finds what follows the end of a term: the first row of the lifecycle
// table that fits. bought is the day of the purchase or, if later, of the last
// renewal; ends is the end of the term. A date that is not known fits no row
// that asks for one, so that the longer periods of older rules are never
// granted on a guess. An unknown channel follows from the programme. It is
// false only if the table has no row for the channel at all.
func (c *Catalogue) Days(ch Channel, p Programme, bought, ends Date) (LifecycleRule, bool) {
	if ch == ChannelUnknown {
		ch = ChannelOf(p)
	}
	for i := range c.Lifecycle {
		r := &c.Lifecycle[i]
		if r.Channel == ch && (r.Programme == p || r.Programme == ProgrammeUnknown) &&
			within(bought, r.BoughtFrom, r.BoughtUntil) && within(ends, r.EndsFrom, r.EndsUntil) {
			return *r, true
		}
	}
	return LifecycleRule{}, false
}

// OverrideDays puts other days in the place of those of a programme, or, if that
// is unknown, of a whole channel. What the rows say besides (when they apply,
// and whether the Extended Service Term follows) stands: days are policy, the
// rest is not. A programme without rows of its own gets those of its channel.
// Who overrides both overrides the channel first.
func (c *Catalogue) OverrideDays(ch Channel, p Programme, working, admin int, source string) {
	rules := slices.Clone(c.Lifecycle)
	found := false
	for i := range rules {
		r := &rules[i]
		if p == ProgrammeUnknown && r.Channel == ch || p != ProgrammeUnknown && r.Programme == p {
			r.WorkingDays, r.AdminDays, r.Source, found = working, admin, source, true
		}
	}
	if !found {
		var own []LifecycleRule
		for _, r := range rules {
			if r.Channel == ChannelOf(p) && r.Programme == ProgrammeUnknown {
				r.Programme, r.WorkingDays, r.AdminDays, r.Source = p, working, admin, source
				own = append(own, r)
			}
		}
		rules = append(own, rules...)
	}
	c.Lifecycle = rules
}

// within tells whether d is on or after from and before until; a zero bound
// does not bound.
func within(d, from, until Date) bool {
	if from.Known() && (!d.Known() || d < from) {
		return false
	}
	return !until.Known() || d.Known() && d < until
}
