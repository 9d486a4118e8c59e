package reconcile

// The checks of what could lose data or interrupt users.

func expired(c *ruleContext, r *Row) bool { return r.Expired(c.in.AsOf) || ended(r.Sub) }

// noEquivalent: nothing is chosen to buy. Where the title fits several SKUs or
// contradicts the id, the offer is known to exist and the question is another.
func noEquivalent(_ *ruleContext, r *Row) bool {
	f := &r.Match.Flags
	return r.Target == nil && r.Match.Class != MatchAmbiguous && !f.TitleIDDisagree && !f.DamagedID
}

func servicesLost(_ *ruleContext, r *Row) bool { return len(r.PlansLost())+len(r.Shrinks()) > 0 }

func moreAssigned(_ *ruleContext, r *Row) bool {
	return r.Sub.Assigned.Known && r.Needed().Known && r.Sub.Assigned.N > r.Needed().N
}

// orphanedAddOn: the base that the add-on names is not moved with it, or becomes
// an offer that does not carry it. A base that is in CSP already is no loss.
func orphanedAddOn(c *ruleContext, r *Row) bool {
	if !isAddOn(r) { // which settles it, and most rows are none
		return false
	}
	base := foldID(r.Sub.RareFacts().BaseID)
	return base != "" && base != c.draft.id() && !c.families.moves[base] || c.losesBase(r, c.draft)
}

// baseUnknown: the add-on names no base, and no base of this customer moves or
// is in CSP, while a purchase is refused without one in the tenant.
func baseUnknown(c *ruleContext, r *Row) bool {
	return r.Sub.RareFacts().BaseID == "" && !c.families.of(c.draft.party).based
}

var ifBaseNamed = exemption{"base-named", func(_ *ruleContext, r *Row) bool { return r.Sub.RareFacts().BaseID != "" }}

// familySplit: the batch tool migrates a base with all of its add-ons, and
// refuses them all if one may not be migrated.
func familySplit(c *ruleContext, r *Row) bool {
	return c.families.barred[familyOf(r, c.draft)]
}

var ifNotBAM = exemption{"not-bam", func(_ *ruleContext, r *Row) bool { return r.Route != RouteBAM }}

var (
	ifProvisioned = exemption{"provisioned", func(_ *ruleContext, r *Row) bool { return r.Progress >= ProgressProvisioned }}
	ifUndated     = exemption{"undated", func(_ *ruleContext, r *Row) bool { return !r.Sub.Expires.Known() }}
)
