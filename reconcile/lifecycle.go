package reconcile

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
	for _, r := range c.Lifecycle {
		if r.Channel == ch && (r.Programme == p || r.Programme == ProgrammeUnknown) &&
			within(bought, r.BoughtFrom, r.BoughtUntil) && within(ends, r.EndsFrom, r.EndsUntil) {
			return r, true
		}
	}
	return LifecycleRule{}, false
}

// within tells whether d is on or after from and before until; a zero bound
// does not bound.
func within(d, from, until Date) bool {
	if from.Known() && (!d.Known() || d < from) {
		return false
	}
	return !until.Known() || d.Known() && d < until
}
