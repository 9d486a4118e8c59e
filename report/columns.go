package report

import (
	"strconv"
	"strings"

	"cspplan/reconcile"
)

// A planColumn is one column of the plan. The workbook's sheet Plan, plan.csv
// and the explanations on About are all made from this table and from nothing
// else.
type planColumn struct {
	code   string // stable word; the name in plan.csv if csv is set
	label  string // key of the heading; empty: not on the sheet
	kind   Kind
	width  float64
	edit   EditKind
	id     bool
	indent bool
	cell   func(*Report, *reconcile.Row) Value  // nil: not on the sheet
	csv    func(*Report, *reconcile.Row) string // nil: not in plan.csv
}

// planColumns is in the order of the sheet; the columns of plan.csv that the
// sheet does not show follow. csvOrder gives the order in plan.csv.
var planColumns = []planColumn{
	{code: "status", label: "status", kind: Text, width: 17,
		cell: func(rep *Report, r *reconcile.Row) Value { return rep.Text.statusCell(r.Status) },
		csv:  func(_ *Report, r *reconcile.Row) string { return r.Status.String() }},
	{code: "expires", label: "col.expires", kind: Date, width: 12.5,
		cell: func(_ *Report, r *reconcile.Row) Value { return dateCell(r.Sub.Expires).when(burning(r), Alarm) },
		csv:  func(_ *Report, r *reconcile.Row) string { return r.Sub.Expires.String() }},
	{code: "days_left", label: "col.days_left", kind: Days, width: 8,
		cell: func(_ *Report, r *reconcile.Row) Value { return daysCell(r).when(burning(r), Alarm) },
		csv:  daysLeftCSV},
	{code: "customer", label: "col.customer", kind: Text, width: 42, indent: true,
		cell: func(rep *Report, r *reconcile.Row) Value { return textCell(rep.CustomerName(r)) },
		csv:  (*Report).CustomerName},
	{code: "current_offer", label: "col.current_offer", kind: Text, width: 32,
		cell: func(_ *Report, r *reconcile.Row) Value { return textCell(OfferName(r)) },
		csv:  func(_ *Report, r *reconcile.Row) string { return OfferName(r) }},
	{code: "licences", label: "col.licences", kind: Count, width: 9,
		cell: func(_ *Report, r *reconcile.Row) Value { return countCell(r.Sub.Licences) },
		csv:  func(_ *Report, r *reconcile.Row) string { return countCSV(r.Sub.Licences) }},
	{code: "next", label: "col.do_next", kind: Text, width: 56, indent: true,
		cell: func(rep *Report, r *reconcile.Row) Value { return textCell(rep.Text.Next(r.Next)) },
		csv: func(rep *Report, r *reconcile.Row) string {
			return rep.english.nextWith(r.Next, reconcile.Date.String)
		}},
	{code: "decision", label: "col.decision", kind: Text, width: 13, edit: EditDecision,
		cell: decisionCell,
		csv:  func(_ *Report, r *reconcile.Row) string { return r.Decision.String() }},
	{code: "owner", label: "col.owner", kind: Text, width: 12, edit: EditOwner,
		cell: func(_ *Report, r *reconcile.Row) Value { return textCell(r.Owner) },
		csv:  func(_ *Report, r *reconcile.Row) string { return r.Owner }},
	{code: "planned_date", label: "col.planned", kind: Date, width: 12.5, edit: EditDate,
		cell: plannedCell,
		csv:  func(_ *Report, r *reconcile.Row) string { return r.Planned.String() }},
	{code: "note", label: "col.note", kind: Text, width: 38, edit: EditText, indent: true,
		cell: func(_ *Report, r *reconcile.Row) Value { return textCell(r.Note) },
		csv:  func(_ *Report, r *reconcile.Row) string { return r.Note }},
	{code: "offer_wanted", label: "col.offer_wanted", kind: Text, width: 30, edit: EditText, indent: true,
		cell: offerWantedCell,
		csv:  func(_ *Report, r *reconcile.Row) string { return r.Wish().Offer }},
	{code: "licences_wanted", label: "col.licences_wanted", kind: Count, width: 11, edit: EditCount,
		cell: licencesWantedCell,
		csv:  func(_ *Report, r *reconcile.Row) string { return countCSV(r.Wish().Licences) }},
	{code: "accepted_until", label: "col.accepted_until", kind: Date, width: 12.5, edit: EditDate,
		cell: func(_ *Report, r *reconcile.Row) Value {
			return dateCell(r.Accepted().Until).when(!r.Accepted().InForce && r.Status < reconcile.Ready, Alarm)
		},
		csv: func(_ *Report, r *reconcile.Row) string { return r.Accepted().Until.String() }},
	{code: "csp_offer", label: "col.csp_offer", kind: Text, width: 34, indent: true,
		cell: func(rep *Report, r *reconcile.Row) Value {
			return textCell(first(TargetName(r), rep.Text.Label("match.to_choose")))
		},
		csv: func(_ *Report, r *reconcile.Row) string { return TargetName(r) }},
	{code: "match", label: "col.match", kind: Text, width: 16,
		cell: func(rep *Report, r *reconcile.Row) Value { return textCell(rep.Text.Match(matchOf(r).Class)) },
		csv:  func(_ *Report, r *reconcile.Row) string { return matchOf(r).Class.String() }},
	{code: "licences_to_provision", label: "col.licences_new", kind: Count, width: 11,
		cell: provisionCell,
		csv:  func(_ *Report, r *reconcile.Row) string { return countCSV(r.Provision) }},
	{code: "csp_term", label: "col.csp_term", kind: Text, width: 9, indent: true,
		cell: func(rep *Report, r *reconcile.Row) Value { return textCell(rep.Text.term(r.CSPTerm)) },
		csv:  func(_ *Report, r *reconcile.Row) string { return r.CSPTerm.String() }},
	{code: "csp_billing", label: "col.csp_billing", kind: Text, width: 10,
		cell: func(rep *Report, r *reconcile.Row) Value { return textCell(rep.Text.billing(r.CSPBilling)) },
		csv:  func(_ *Report, r *reconcile.Row) string { return r.CSPBilling.String() }},
	{code: "csp_start", label: "col.csp_start", kind: Date, width: 12.5,
		cell: func(_ *Report, r *reconcile.Row) Value { return dateCell(r.CSPStart) },
		csv:  func(_ *Report, r *reconcile.Row) string { return r.CSPStart.String() }},
	{code: "reassign", label: "col.reassign", kind: Text, width: 10, indent: true,
		cell: func(rep *Report, r *reconcile.Row) Value { return textCell(rep.Text.tri(r.Reassign)) },
		csv:  func(_ *Report, r *reconcile.Row) string { return r.Reassign.String() }},
	{code: "users_to_reassign", label: "col.users_to_reassign", kind: Count, width: 10,
		cell: func(_ *Report, r *reconcile.Row) Value { return countCell(r.UsersToReassign) },
		csv:  func(_ *Report, r *reconcile.Row) string { return countCSV(r.UsersToReassign) }},
	{code: "region", label: "col.region_customer", kind: Text, width: 14, indent: true,
		cell: func(rep *Report, r *reconcile.Row) Value {
			return textCell(rep.Text.region(r.Region))
		},
		csv: func(_ *Report, r *reconcile.Row) string { return r.Region }},
	{code: "country", label: "col.country", kind: Text, width: 9,
		cell: func(rep *Report, r *reconcile.Row) Value { return textCell(rep.country(r)) },
		csv:  (*Report).country},
	{code: "relationship", label: "col.relationship", kind: Text, width: 14,
		cell: func(rep *Report, r *reconcile.Row) Value { return textCell(rep.Text.relationship(r.Relationship)) },
		csv:  func(_ *Report, r *reconcile.Row) string { return r.Relationship.String() }},
	{code: "delegated_admin", label: "col.dap", kind: Text, width: 11,
		cell: func(rep *Report, r *reconcile.Row) Value { return textCell(rep.Text.tri(r.DelegatedAdmin)) },
		csv:  func(_ *Report, r *reconcile.Row) string { return r.DelegatedAdmin.String() }},
	{code: "channel", label: "col.channel", kind: Text, width: 21,
		cell: func(rep *Report, r *reconcile.Row) Value { return textCell(rep.Text.channel(r.Sub.Channel)) },
		csv:  func(_ *Report, r *reconcile.Row) string { return r.Sub.Channel.String() }},
	{code: "programme", label: "col.programme", kind: Text, width: 20,
		cell: func(rep *Report, r *reconcile.Row) Value { return textCell(rep.Text.programme(r.Sub.Programme)) },
		csv:  func(_ *Report, r *reconcile.Row) string { return r.Sub.Programme.String() }},
	{code: "route", label: "col.route", kind: Text, width: 26,
		cell: func(rep *Report, r *reconcile.Row) Value { return textCell(rep.Text.route(r.Route)) },
		csv:  func(_ *Report, r *reconcile.Row) string { return r.Route.String() }},
	{code: "transfer_request", label: "col.transfer_request", kind: Text, width: 10,
		cell: func(_ *Report, r *reconcile.Row) Value { return textCell(transferText(r)) },
		csv:  func(_ *Report, r *reconcile.Row) string { return transferText(r) }},
	{code: "progress", label: "col.progress", kind: Text, width: 18,
		cell: func(rep *Report, r *reconcile.Row) Value { return textCell(rep.Text.progress(r.Progress)) },
		csv:  func(_ *Report, r *reconcile.Row) string { return r.Progress.String() }},
	{code: "migration", label: "col.migration", kind: Text, width: 26,
		cell: func(rep *Report, r *reconcile.Row) Value {
			return textCell(rep.Text.migrationText(r.Migration())).when(r.Has("migration-failed") || r.Has("migration-vanished") || r.Has("migration-overdue"), Alarm)
		},
		csv: func(_ *Report, r *reconcile.Row) string { return r.Migration().State.String() }},
	{code: "act_by", label: "col.act_by", kind: Date, width: 12.5,
		cell: func(rep *Report, r *reconcile.Row) Value { return rep.deadlineCell(r, r.ActBy) },
		csv:  func(_ *Report, r *reconcile.Row) string { return r.ActBy.String() }},
	{code: "credit_asked_by", label: "col.credit_who", kind: Text, width: 33, indent: true,
		cell: func(rep *Report, r *reconcile.Row) Value { return textCell(rep.Text.creditBy(r.CreditAskedBy)) },
		csv:  func(_ *Report, r *reconcile.Row) string { return r.CreditAskedBy.String() }},
	{code: "auto_renew", label: "col.autorenew", kind: Text, width: 9,
		cell: autoRenewCell,
		csv:  func(_ *Report, r *reconcile.Row) string { return r.Sub.AutoRenew.String() }},
	{code: "end_of_term", label: "col.end_of_term", kind: Text, width: 22,
		cell: func(rep *Report, r *reconcile.Row) Value { return textCell(rep.Text.endOfTerm(r.EndOfTerm)) },
		csv:  func(_ *Report, r *reconcile.Row) string { return r.EndOfTerm.String() }},
	{code: "stop_renewal_by", label: "col.stop_renewal_by", kind: Date, width: 12.5,
		cell: func(rep *Report, r *reconcile.Row) Value { return rep.deadlineCell(r, r.StopRenewalBy) },
		csv:  func(_ *Report, r *reconcile.Row) string { return r.StopRenewalBy.String() }},
	{code: "access_lost_on", label: "col.access_lost", kind: Date, width: 12.5,
		cell: func(_ *Report, r *reconcile.Row) Value { return dateCell(r.AccessLost) },
		csv:  func(_ *Report, r *reconcile.Row) string { return r.AccessLost.String() }},
	{code: "data_deleted_on", label: "col.data_deleted", kind: Date, width: 12.5,
		cell: func(rep *Report, r *reconcile.Row) Value { return rep.deadlineCell(r, r.DataDeleted) },
		csv:  func(_ *Report, r *reconcile.Row) string { return r.DataDeleted.String() }},
	{code: "currency", label: "col.currency", kind: Text, width: 9, indent: true,
		cell: func(_ *Report, r *reconcile.Row) Value { return textCell(r.Money.Currency) },
		csv:  func(_ *Report, r *reconcile.Row) string { return r.Money.Currency }},
	moneyColumn("cost_now_year", "col.cost_now", 14, func(m *reconcile.Money) reconcile.Amount { return m.CostNow }),
	{code: "csp_currency", label: "col.csp_currency", kind: Text, width: 9, indent: true,
		cell: func(_ *Report, r *reconcile.Row) Value { return textCell(r.Money.CSPCurrency) },
		csv:  func(_ *Report, r *reconcile.Row) string { return r.Money.CSPCurrency }},
	{code: "cost_csp_year", label: "col.cost_csp", kind: Amount, width: 14,
		cell: func(_ *Report, r *reconcile.Row) Value { return amountCell(r.Money.CostCSP, r.Money.CSPCurrency) },
		csv:  func(_ *Report, r *reconcile.Row) string { return r.Money.CostCSP.Text(r.Money.CSPCurrency) }},
	{code: "difference_year", label: "col.cost_diff", kind: Difference, width: 13,
		cell: func(_ *Report, r *reconcile.Row) Value { return differenceCell(r.Money.Difference, r.Money.Currency) },
		csv:  func(_ *Report, r *reconcile.Row) string { return r.Money.Difference.Text(r.Money.Currency) }},
	moneyColumn("overlap_today", "col.overlap_today", 14, func(m *reconcile.Money) reconcile.Amount { return m.OverlapToday }),
	moneyColumn("overlap_planned", "col.overlap_planned", 14, func(m *reconcile.Money) reconcile.Amount { return m.OverlapPlanned }),
	moneyColumn("prepaid_lost", "col.prepaid_lost", 14, func(m *reconcile.Money) reconcile.Amount { return m.PrepaidLost }),
	moneyColumn("locked_in_if_missed", "col.locked_in", 14, func(m *reconcile.Money) reconcile.Amount { return m.LockedIn }),
	moneyColumn("credit_at_most", "col.credit_max", 14, func(m *reconcile.Money) reconcile.Amount { return m.CreditAtMost }),
	{code: "domain", label: "col.tenant", kind: Text, width: 36, indent: true,
		cell: func(rep *Report, r *reconcile.Row) Value { return textCell(rep.domain(r)) },
		csv:  (*Report).domain},
	{code: "tenant_id", label: "col.customer_id", kind: Text, width: 37, id: true,
		cell: func(rep *Report, r *reconcile.Row) Value { return textCell(rep.tenantID(r)) },
		csv:  (*Report).tenantID},
	{code: "subscription_id", label: "col.subscription_id", kind: Text, width: 37, id: true,
		cell: func(_ *Report, r *reconcile.Row) Value { return textCell(r.Sub.SubscriptionID) },
		csv:  func(_ *Report, r *reconcile.Row) string { return r.Sub.SubscriptionID }},
	{code: "source", label: "col.source", kind: Text, width: 26,
		cell: func(rep *Report, r *reconcile.Row) Value { return textCell(rep.Text.origins(r)) }},
	{code: "key", label: "col.key", kind: Text, width: 18, id: true,
		cell: func(_ *Report, r *reconcile.Row) Value { return textCell(r.Key) },
		csv:  func(_ *Report, r *reconcile.Row) string { return r.Key }},

	{code: "relationship_by", csv: func(_ *Report, r *reconcile.Row) string { return r.RelationshipBy.String() }},
	{code: "partner_region", csv: func(rep *Report, r *reconcile.Row) string { return rep.partnerRegion(r.Region, r.SameRegion) }},
	{code: "same_region", csv: func(_ *Report, r *reconcile.Row) string { return r.SameRegion.String() }},
	{code: "current_offer_id", csv: func(_ *Report, r *reconcile.Row) string { return offerID(r.Sub) }},
	{code: "current_sku_guid", csv: func(_ *Report, r *reconcile.Row) string { return currentSKU(r) }},
	{code: "assigned", csv: func(_ *Report, r *reconcile.Row) string { return countCSV(r.Sub.Assigned) }},
	{code: "match_basis", csv: func(_ *Report, r *reconcile.Row) string { return matchOf(r).Basis }},
	{code: "match_score", csv: func(_ *Report, r *reconcile.Row) string { return strconv.Itoa(matchOf(r).Score) }},
	{code: "csp_product_id", csv: func(_ *Report, r *reconcile.Row) string {
		return targetIDs(r, func(t *reconcile.Target) string { return t.ProductID })
	}},
	{code: "csp_sku_id", csv: func(_ *Report, r *reconcile.Row) string {
		return targetIDs(r, func(t *reconcile.Target) string { return t.SKUID })
	}},
	{code: "csp_sku_guid", csv: func(_ *Report, r *reconcile.Row) string {
		return targetIDs(r, func(t *reconcile.Target) string { return t.SKUGUID })
	}},
	{code: "plans_lost", csv: func(_ *Report, r *reconcile.Row) string { return list(r.PlansLost()) }},
	{code: "term", csv: func(_ *Report, r *reconcile.Row) string { return r.Sub.Term.String() }},
	{code: "billing", csv: func(_ *Report, r *reconcile.Row) string { return r.Sub.Billing.String() }},
	{code: "findings", csv: func(_ *Report, r *reconcile.Row) string { return findingCodes(r) }},
	{code: "source_file", csv: func(_ *Report, r *reconcile.Row) string {
		return sourceList(r, func(s reconcile.Source) string { return s.File })
	}},
	{code: "source_sheet", csv: func(_ *Report, r *reconcile.Row) string {
		return sourceList(r, func(s reconcile.Source) string { return s.Sheet })
	}},
	{code: "source_row", csv: func(_ *Report, r *reconcile.Row) string {
		return sourceList(r, func(s reconcile.Source) string { return strconv.Itoa(s.Row) })
	}},
}

// moneyColumn is an amount in the currency of what the customer pays now.
func moneyColumn(code, label string, width float64, of func(*reconcile.Money) reconcile.Amount) planColumn {
	return planColumn{code: code, label: label, kind: Amount, width: width,
		cell: func(_ *Report, r *reconcile.Row) Value { return amountCell(of(&r.Money), r.Money.Currency) },
		csv:  func(_ *Report, r *reconcile.Row) string { return of(&r.Money).Text(r.Money.Currency) }}
}

// burning: thirty days or less to go, or expired, and not done yet.
func burning(r *reconcile.Row) bool {
	return r.Sub.Expires.Known() && r.DaysLeft <= urgentDays && r.Status != reconcile.Done
}

func daysCell(r *reconcile.Row) Value {
	if !r.Sub.Expires.Known() {
		return Value{}
	}
	return Value{Kind: Days, N: int64(r.DaysLeft)}
}

// deadlineCell burns once the day has passed and the row is still to be moved.
func (rep *Report) deadlineCell(r *reconcile.Row, d reconcile.Date) Value {
	return dateCell(d).when(d < rep.AsOf && r.Status != reconcile.Done, Alarm)
}

// StaleMark stands behind a decision that was made on facts which have changed.
// Whoever picks the same word again, without it, decides anew.
const StaleMark = "?"

func decisionCell(rep *Report, r *reconcile.Row) Value {
	word := rep.Text.choice(r.Decision)
	if word != "" && r.Has("decision-stale") {
		return textCell(word + " " + StaleMark).with(Alarm)
	}
	return textCell(word)
}

// offerWantedCell and licencesWantedCell show what a person wrote; where it has
// no effect any more, with the mark behind it.
func offerWantedCell(_ *Report, r *reconcile.Row) Value {
	if r.Wish().Offer != "" && r.Wish().OfferStale {
		return textCell(r.Wish().Offer + " " + StaleMark).with(Alarm)
	}
	return textCell(r.Wish().Offer)
}

func licencesWantedCell(_ *Report, r *reconcile.Row) Value {
	if r.Wish().Licences.Known && r.Wish().LicencesStale {
		return textCell(countCSV(r.Wish().Licences) + " " + StaleMark).with(Alarm)
	}
	return countCell(r.Wish().Licences)
}

func plannedCell(rep *Report, r *reconcile.Row) Value {
	return dateCell(r.Planned).when(r.Planned < rep.AsOf && r.Decision != reconcile.ChoiceDone, Alarm)
}

func provisionCell(_ *Report, r *reconcile.Row) Value {
	return countCell(r.Provision).when(r.Provision.N != 0 && r.Provision != r.Sub.Licences, Strong)
}

func autoRenewCell(rep *Report, r *reconcile.Row) Value {
	soon := r.Sub.Expires.Known() && r.DaysLeft >= 0 && int(r.DaysLeft) <= rep.Plan.Policy.WarnDays
	return textCell(rep.Text.onOff(r.Sub.AutoRenew)).when(soon && r.Sub.AutoRenew == reconcile.Yes && r.Status != reconcile.Done, Alarm)
}

// transferText is which of the customer's requests for a transfer the row goes
// into: 1/2.
func transferText(r *reconcile.Row) string {
	if r.Transfer.N == 0 {
		return ""
	}
	return strconv.Itoa(int(r.Transfer.N)) + "/" + strconv.Itoa(int(r.Transfer.Of))
}

func daysLeftCSV(_ *Report, r *reconcile.Row) string {
	if !r.Sub.Expires.Known() {
		return ""
	}
	return strconv.Itoa(int(r.DaysLeft))
}

func countCSV(c reconcile.Count) string {
	if !c.Known {
		return ""
	}
	return strconv.Itoa(int(c.N))
}

// list joins with "|", the one separator of lists in a cell; a bar inside an
// item would split it and is shown broken.
func list(items []string) string {
	if len(items) == 1 {
		return listItem(items[0])
	}
	clean := make([]string, len(items))
	for i, s := range items {
		clean[i] = listItem(s)
	}
	return strings.Join(clean, "|")
}

func listItem(s string) string { return strings.ReplaceAll(s, "|", "¦") }

func sourceList(r *reconcile.Row, part func(reconcile.Source) string) string {
	if len(r.Sources()) == 1 {
		return listItem(part(r.Sources()[0]))
	}
	parts := make([]string, len(r.Sources()))
	for i, s := range r.Sources() {
		parts[i] = part(s)
	}
	return list(parts)
}

func findingCodes(r *reconcile.Row) string {
	codes := make([]string, len(r.Findings))
	for i := range r.Findings {
		codes[i] = r.Findings[i].Code
	}
	return list(codes)
}
