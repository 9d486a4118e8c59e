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
	cell   func(*Report, *reconcile.Row) Value // nil: not on the sheet
	csv    csvCell                             // nil: not in plan.csv
}

// A csvCell appends what stands in plan.csv. Most rows pass through it 71 times:
// it makes no text that is thrown away.
type csvCell func(dst []byte, rep *Report, r *reconcile.Row) []byte

// planColumns is in the order of the sheet; the columns of plan.csv that the
// sheet does not show follow. csvOrder gives the order in plan.csv.
var planColumns = []planColumn{
	{code: "status", label: "status", kind: Text, width: 17,
		cell: func(rep *Report, r *reconcile.Row) Value { return rep.Text.statusCell(r.Status) },
		csv:  func(dst []byte, _ *Report, r *reconcile.Row) []byte { return append(dst, r.Status.String()...) }},
	{code: "expires", label: "col.expires", kind: Date, width: 12.5,
		cell: func(_ *Report, r *reconcile.Row) Value { return dateCell(r.Sub.Expires).when(burning(r), Alarm) },
		csv:  func(dst []byte, _ *Report, r *reconcile.Row) []byte { return r.Sub.Expires.Append(dst) }},
	{code: "days_left", label: "col.days_left", kind: Days, width: 8,
		cell: func(_ *Report, r *reconcile.Row) Value { return daysCell(r).when(burning(r), Alarm) },
		csv:  appendDaysLeft},
	{code: "customer", label: "col.customer", kind: Text, width: 42, indent: true,
		cell: func(rep *Report, r *reconcile.Row) Value { return textCell(rep.CustomerName(r)) },
		csv:  func(dst []byte, rep *Report, r *reconcile.Row) []byte { return append(dst, rep.CustomerName(r)...) }},
	{code: "current_offer", label: "col.current_offer", kind: Text, width: 32,
		cell: func(_ *Report, r *reconcile.Row) Value { return textCell(OfferName(r)) },
		csv:  func(dst []byte, _ *Report, r *reconcile.Row) []byte { return append(dst, OfferName(r)...) }},
	{code: "licences", label: "col.licences", kind: Count, width: 9,
		cell: func(_ *Report, r *reconcile.Row) Value { return countCell(r.Sub.Licences) },
		csv:  func(dst []byte, _ *Report, r *reconcile.Row) []byte { return appendCount(dst, r.Sub.Licences) }},
	{code: "next", label: "col.do_next", kind: Text, width: 56, indent: true,
		cell: func(rep *Report, r *reconcile.Row) Value { return textCell(rep.Text.Next(r)) },
		csv: func(dst []byte, rep *Report, r *reconcile.Row) []byte {
			return rep.english.appendNext(dst, r, true)
		}},
	{code: "decision", label: "col.decision", kind: Text, width: 13, edit: EditDecision,
		cell: decisionCell,
		csv:  func(dst []byte, _ *Report, r *reconcile.Row) []byte { return append(dst, r.Decision.String()...) }},
	{code: "owner", label: "col.owner", kind: Text, width: 12, edit: EditOwner,
		cell: func(_ *Report, r *reconcile.Row) Value { return textCell(r.Owner) },
		csv:  func(dst []byte, _ *Report, r *reconcile.Row) []byte { return append(dst, r.Owner...) }},
	{code: "planned_date", label: "col.planned", kind: Date, width: 12.5, edit: EditDate,
		cell: plannedCell,
		csv:  func(dst []byte, _ *Report, r *reconcile.Row) []byte { return r.Planned.Append(dst) }},
	{code: "note", label: "col.note", kind: Text, width: 38, edit: EditText, indent: true,
		cell: func(_ *Report, r *reconcile.Row) Value { return textCell(r.Note()) },
		csv:  func(dst []byte, _ *Report, r *reconcile.Row) []byte { return append(dst, r.Note()...) }},
	{code: "offer_wanted", label: "col.offer_wanted", kind: Text, width: 30, edit: EditText, indent: true,
		cell: offerWantedCell,
		csv:  func(dst []byte, _ *Report, r *reconcile.Row) []byte { return append(dst, r.Wish().Offer...) }},
	{code: "licences_wanted", label: "col.licences_wanted", kind: Count, width: 11, edit: EditCount,
		cell: licencesWantedCell,
		csv:  func(dst []byte, _ *Report, r *reconcile.Row) []byte { return appendCount(dst, r.Wish().Licences) }},
	{code: "accepted_until", label: "col.accepted_until", kind: Date, width: 12.5, edit: EditDate,
		cell: func(_ *Report, r *reconcile.Row) Value {
			return dateCell(r.Accepted().Until).when(!r.Accepted().InForce && r.Status < reconcile.Ready, Alarm)
		},
		csv: func(dst []byte, _ *Report, r *reconcile.Row) []byte { return r.Accepted().Until.Append(dst) }},
	{code: "csp_offer", label: "col.csp_offer", kind: Text, width: 34, indent: true,
		cell: cspOfferCell,
		csv:  func(dst []byte, _ *Report, r *reconcile.Row) []byte { return append(dst, TargetName(r)...) }},
	{code: "match", label: "col.match", kind: Text, width: 16,
		cell: func(rep *Report, r *reconcile.Row) Value { return textCell(rep.Text.Match(matchOf(r).Class)) },
		csv:  func(dst []byte, _ *Report, r *reconcile.Row) []byte { return append(dst, matchOf(r).Class.String()...) }},
	{code: "licences_to_provision", label: "col.licences_new", kind: Count, width: 11,
		cell: provisionCell,
		csv:  func(dst []byte, _ *Report, r *reconcile.Row) []byte { return appendCount(dst, r.Provision) }},
	{code: "csp_term", label: "col.csp_term", kind: Text, width: 9, indent: true,
		cell: func(rep *Report, r *reconcile.Row) Value { return textCell(rep.Text.term(r.CSPTerm)) },
		csv:  func(dst []byte, _ *Report, r *reconcile.Row) []byte { return append(dst, r.CSPTerm.String()...) }},
	{code: "csp_billing", label: "col.csp_billing", kind: Text, width: 10,
		cell: func(rep *Report, r *reconcile.Row) Value { return textCell(rep.Text.billing(r.CSPBilling)) },
		csv:  func(dst []byte, _ *Report, r *reconcile.Row) []byte { return append(dst, r.CSPBilling.String()...) }},
	{code: "csp_start", label: "col.csp_start", kind: Date, width: 12.5,
		cell: func(_ *Report, r *reconcile.Row) Value { return dateCell(r.CSPStart) },
		csv:  func(dst []byte, _ *Report, r *reconcile.Row) []byte { return r.CSPStart.Append(dst) }},
	{code: "reassign", label: "col.reassign", kind: Text, width: 10, indent: true,
		cell: func(rep *Report, r *reconcile.Row) Value { return textCell(rep.Text.tri(r.Reassign)) },
		csv:  func(dst []byte, _ *Report, r *reconcile.Row) []byte { return append(dst, r.Reassign.String()...) }},
	{code: "users_to_reassign", label: "col.users_to_reassign", kind: Count, width: 10,
		cell: func(_ *Report, r *reconcile.Row) Value { return countCell(r.UsersToReassign) },
		csv:  func(dst []byte, _ *Report, r *reconcile.Row) []byte { return appendCount(dst, r.UsersToReassign) }},
	{code: "region", label: "col.region_customer", kind: Text, width: 14, indent: true,
		cell: func(rep *Report, r *reconcile.Row) Value {
			return textCell(rep.Text.region(rep.Plan.RegionOf(r)))
		},
		csv: func(dst []byte, rep *Report, r *reconcile.Row) []byte { return append(dst, rep.Plan.RegionOf(r)...) }},
	{code: "country", label: "col.country", kind: Text, width: 9,
		cell: func(rep *Report, r *reconcile.Row) Value { return textCell(rep.country(r)) },
		csv:  func(dst []byte, rep *Report, r *reconcile.Row) []byte { return append(dst, rep.country(r)...) }},
	{code: "relationship", label: "col.relationship", kind: Text, width: 14,
		cell: func(rep *Report, r *reconcile.Row) Value { return textCell(rep.Text.relationship(r.Relationship)) },
		csv:  func(dst []byte, _ *Report, r *reconcile.Row) []byte { return append(dst, r.Relationship.String()...) }},
	{code: "delegated_admin", label: "col.dap", kind: Text, width: 11,
		cell: func(rep *Report, r *reconcile.Row) Value { return textCell(rep.Text.tri(r.DelegatedAdmin)) },
		csv:  func(dst []byte, _ *Report, r *reconcile.Row) []byte { return append(dst, r.DelegatedAdmin.String()...) }},
	{code: "channel", label: "col.channel", kind: Text, width: 21,
		cell: func(rep *Report, r *reconcile.Row) Value { return textCell(rep.Text.channel(r.Sub.Channel)) },
		csv:  func(dst []byte, _ *Report, r *reconcile.Row) []byte { return append(dst, r.Sub.Channel.String()...) }},
	{code: "programme", label: "col.programme", kind: Text, width: 20,
		cell: func(rep *Report, r *reconcile.Row) Value { return textCell(rep.Text.programme(r.Sub.Programme)) },
		csv:  func(dst []byte, _ *Report, r *reconcile.Row) []byte { return append(dst, r.Sub.Programme.String()...) }},
	{code: "route", label: "col.route", kind: Text, width: 26,
		cell: func(rep *Report, r *reconcile.Row) Value { return textCell(rep.Text.route(r.Route)) },
		csv:  func(dst []byte, _ *Report, r *reconcile.Row) []byte { return append(dst, r.Route.String()...) }},
	{code: "transfer_request", label: "col.transfer_request", kind: Text, width: 10,
		cell: func(_ *Report, r *reconcile.Row) Value { return textCell(transferText(r)) },
		csv:  func(dst []byte, _ *Report, r *reconcile.Row) []byte { return append(dst, transferText(r)...) }},
	{code: "progress", label: "col.progress", kind: Text, width: 18,
		cell: func(rep *Report, r *reconcile.Row) Value { return textCell(rep.Text.progress(r.Progress)) },
		csv:  func(dst []byte, _ *Report, r *reconcile.Row) []byte { return append(dst, r.Progress.String()...) }},
	{code: "migration", label: "col.migration", kind: Text, width: 26,
		cell: migrationCell,
		csv: func(dst []byte, _ *Report, r *reconcile.Row) []byte {
			return append(dst, r.Migration().State.String()...)
		}},
	{code: "act_by", label: "col.act_by", kind: Date, width: 12.5,
		cell: func(rep *Report, r *reconcile.Row) Value { return rep.deadlineCell(r, r.ActBy) },
		csv:  func(dst []byte, _ *Report, r *reconcile.Row) []byte { return r.ActBy.Append(dst) }},
	{code: "credit_asked_by", label: "col.credit_who", kind: Text, width: 33, indent: true,
		cell: func(rep *Report, r *reconcile.Row) Value { return textCell(rep.Text.creditBy(r.CreditAskedBy)) },
		csv:  func(dst []byte, _ *Report, r *reconcile.Row) []byte { return append(dst, r.CreditAskedBy.String()...) }},
	{code: "auto_renew", label: "col.autorenew", kind: Text, width: 9,
		cell: autoRenewCell,
		csv:  func(dst []byte, _ *Report, r *reconcile.Row) []byte { return append(dst, r.Sub.AutoRenew.String()...) }},
	{code: "end_of_term", label: "col.end_of_term", kind: Text, width: 22,
		cell: func(rep *Report, r *reconcile.Row) Value { return textCell(rep.Text.endOfTerm(r.EndOfTerm)) },
		csv:  func(dst []byte, _ *Report, r *reconcile.Row) []byte { return append(dst, r.EndOfTerm.String()...) }},
	{code: "stop_renewal_by", label: "col.stop_renewal_by", kind: Date, width: 12.5,
		cell: func(rep *Report, r *reconcile.Row) Value { return rep.deadlineCell(r, r.StopRenewalBy) },
		csv:  func(dst []byte, _ *Report, r *reconcile.Row) []byte { return r.StopRenewalBy.Append(dst) }},
	{code: "access_lost_on", label: "col.access_lost", kind: Date, width: 12.5,
		cell: func(_ *Report, r *reconcile.Row) Value { return dateCell(r.AccessLost) },
		csv:  func(dst []byte, _ *Report, r *reconcile.Row) []byte { return r.AccessLost.Append(dst) }},
	{code: "data_deleted_on", label: "col.data_deleted", kind: Date, width: 12.5,
		cell: func(rep *Report, r *reconcile.Row) Value { return rep.deadlineCell(r, r.DataDeleted) },
		csv:  func(dst []byte, _ *Report, r *reconcile.Row) []byte { return r.DataDeleted.Append(dst) }},
	{code: "currency", label: "col.currency", kind: Text, width: 9, indent: true,
		cell: func(_ *Report, r *reconcile.Row) Value { return textCell(r.Sub.Currency) },
		csv:  func(dst []byte, _ *Report, r *reconcile.Row) []byte { return append(dst, r.Sub.Currency...) }},
	moneyColumn("cost_now_year", "col.cost_now", 14, func(r *reconcile.Row) reconcile.Amount { return r.Money.CostNow }),
	{code: "csp_currency", label: "col.csp_currency", kind: Text, width: 9, indent: true,
		cell: func(_ *Report, r *reconcile.Row) Value { return textCell(r.Money.CSPCurrency) },
		csv:  func(dst []byte, _ *Report, r *reconcile.Row) []byte { return append(dst, r.Money.CSPCurrency...) }},
	{code: "cost_csp_year", label: "col.cost_csp", kind: Amount, width: 14,
		cell: func(_ *Report, r *reconcile.Row) Value { return amountCell(r.Money.CostCSP, r.Money.CSPCurrency) },
		csv: func(dst []byte, _ *Report, r *reconcile.Row) []byte {
			return r.Money.CostCSP.Append(dst, r.Money.CSPCurrency)
		}},
	{code: "difference_year", label: "col.cost_diff", kind: Difference, width: 13,
		cell: func(_ *Report, r *reconcile.Row) Value { return differenceCell(r.Difference(), r.Sub.Currency) },
		csv: func(dst []byte, _ *Report, r *reconcile.Row) []byte {
			return r.Difference().Append(dst, r.Sub.Currency)
		}},
	moneyColumn("overlap_today", "col.overlap_today", 14, func(r *reconcile.Row) reconcile.Amount { return r.Money.OverlapToday }),
	moneyColumn("overlap_planned", "col.overlap_planned", 14, func(r *reconcile.Row) reconcile.Amount { return r.Money.OverlapPlanned }),
	moneyColumn("prepaid_lost", "col.prepaid_lost", 14, func(r *reconcile.Row) reconcile.Amount { return r.Money.PrepaidLost }),
	moneyColumn("locked_in_if_missed", "col.locked_in", 14, func(r *reconcile.Row) reconcile.Amount { return r.Money.LockedIn }),
	moneyColumn("credit_at_most", "col.credit_max", 14, (*reconcile.Row).CreditAtMost),
	{code: "domain", label: "col.tenant", kind: Text, width: 36, indent: true,
		cell: func(rep *Report, r *reconcile.Row) Value { return textCell(rep.domain(r)) },
		csv:  func(dst []byte, rep *Report, r *reconcile.Row) []byte { return append(dst, rep.domain(r)...) }},
	{code: "tenant_id", label: "col.customer_id", kind: Text, width: 37, id: true,
		cell: func(rep *Report, r *reconcile.Row) Value { return textCell(rep.tenantID(r)) },
		csv:  func(dst []byte, rep *Report, r *reconcile.Row) []byte { return append(dst, rep.tenantID(r)...) }},
	{code: "subscription_id", label: "col.subscription_id", kind: Text, width: 37, id: true,
		cell: func(_ *Report, r *reconcile.Row) Value { return textCell(r.Sub.SubscriptionID) },
		csv:  func(dst []byte, _ *Report, r *reconcile.Row) []byte { return append(dst, r.Sub.SubscriptionID...) }},
	{code: "source", label: "col.source", kind: Text, width: 26,
		cell: func(rep *Report, r *reconcile.Row) Value { return textCell(rep.origins(r)) }},
	{code: "key", label: "col.key", kind: Text, width: 18, id: true,
		cell: func(_ *Report, r *reconcile.Row) Value { return textCell(r.Key) },
		csv:  func(dst []byte, _ *Report, r *reconcile.Row) []byte { return append(dst, r.Key...) }},

	{code: "relationship_by", csv: func(dst []byte, _ *Report, r *reconcile.Row) []byte { return r.RelationshipBy.Append(dst) }},
	{code: "partner_region", kind: Text, csv: func(dst []byte, rep *Report, r *reconcile.Row) []byte {
		return append(dst, rep.partnerRegion(rep.Plan.RegionOf(r), r.SameRegion)...)
	}},
	{code: "same_region", kind: Text, csv: func(dst []byte, _ *Report, r *reconcile.Row) []byte { return append(dst, r.SameRegion.String()...) }},
	{code: "current_offer_id", kind: Text, csv: func(dst []byte, _ *Report, r *reconcile.Row) []byte { return append(dst, offerID(r.Sub)...) }},
	{code: "current_sku_guid", kind: Text, csv: func(dst []byte, _ *Report, r *reconcile.Row) []byte { return append(dst, currentSKU(r)...) }},
	{code: "assigned", csv: func(dst []byte, _ *Report, r *reconcile.Row) []byte { return appendCount(dst, r.Sub.Assigned) }},
	{code: "match_basis", kind: Text, csv: func(dst []byte, _ *Report, r *reconcile.Row) []byte { return append(dst, matchOf(r).Basis...) }},
	{code: "match_score", csv: func(dst []byte, _ *Report, r *reconcile.Row) []byte {
		return strconv.AppendInt(dst, int64(matchOf(r).Score), 10)
	}},
	{code: "csp_product_id", kind: Text, csv: func(dst []byte, _ *Report, r *reconcile.Row) []byte {
		return appendTargetIDs(dst, r, func(t *reconcile.Target) string { return t.ProductID })
	}},
	{code: "csp_sku_id", kind: Text, csv: func(dst []byte, _ *Report, r *reconcile.Row) []byte {
		return appendTargetIDs(dst, r, func(t *reconcile.Target) string { return t.SKUID })
	}},
	{code: "csp_sku_guid", kind: Text, csv: func(dst []byte, _ *Report, r *reconcile.Row) []byte {
		return appendTargetIDs(dst, r, func(t *reconcile.Target) string { return t.SKUGUID })
	}},
	{code: "plans_lost", kind: Text, csv: func(dst []byte, _ *Report, r *reconcile.Row) []byte { return appendList(dst, r.PlansLost()) }},
	{code: "term", kind: Text, csv: func(dst []byte, _ *Report, r *reconcile.Row) []byte { return append(dst, r.Sub.Term.String()...) }},
	{code: "billing", kind: Text, csv: func(dst []byte, _ *Report, r *reconcile.Row) []byte { return append(dst, r.Sub.Billing.String()...) }},
	{code: "findings", kind: Text, csv: func(dst []byte, _ *Report, r *reconcile.Row) []byte { return appendFindings(dst, r) }},
	{code: "source_file", kind: Text, csv: func(dst []byte, rep *Report, r *reconcile.Row) []byte {
		return appendSources(dst, rep, r, func(dst []byte, s *reconcile.Source) []byte { return appendItem(dst, s.File) })
	}},
	{code: "source_sheet", kind: Text, csv: func(dst []byte, rep *Report, r *reconcile.Row) []byte {
		return appendSources(dst, rep, r, func(dst []byte, s *reconcile.Source) []byte { return appendItem(dst, s.Sheet) })
	}},
	{code: "source_row", csv: func(dst []byte, rep *Report, r *reconcile.Row) []byte {
		return appendSources(dst, rep, r, func(dst []byte, s *reconcile.Source) []byte { return strconv.AppendInt(dst, int64(s.Row), 10) })
	}},
}

// moneyColumn is an amount in the currency of what the customer pays now.
func moneyColumn(code, label string, width float64, of func(*reconcile.Row) reconcile.Amount) planColumn {
	return planColumn{code: code, label: label, kind: Amount, width: width,
		cell: func(_ *Report, r *reconcile.Row) Value { return amountCell(of(r), r.Sub.Currency) },
		csv: func(dst []byte, _ *Report, r *reconcile.Row) []byte {
			return of(r).Append(dst, r.Sub.Currency)
		}}
}

// burning: thirty days or less to go, or expired, and not done yet.
func burning(r *reconcile.Row) bool {
	return r.Sub.Expires.Known() && r.DaysLeft <= urgentDays && r.Status != reconcile.Done
}

func daysCell(r *reconcile.Row) Value {
	if !r.Sub.Expires.Known() {
		return Value{}
	}
	return Value{Form: Form{Kind: Days}, N: int64(r.DaysLeft)}
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

func cspOfferCell(rep *Report, r *reconcile.Row) Value {
	name := TargetName(r)
	if blank(name) {
		name = rep.Text.Label("match.to_choose")
	}
	return textCell(name)
}

func migrationCell(rep *Report, r *reconcile.Row) Value {
	text := rep.Text.migrationText(r.Migration())
	if text == "" {
		return Value{}
	}
	return textCell(text).when(r.Has("migration-failed") || r.Has("migration-vanished") || r.Has("migration-overdue"), Alarm)
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

func appendDaysLeft(dst []byte, _ *Report, r *reconcile.Row) []byte {
	if !r.Sub.Expires.Known() {
		return dst
	}
	return strconv.AppendInt(dst, int64(r.DaysLeft), 10)
}

func appendCount(dst []byte, c reconcile.Count) []byte {
	if !c.Known {
		return dst
	}
	return strconv.AppendInt(dst, int64(c.N), 10)
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

// appendList is list.
func appendList(dst []byte, items []string) []byte {
	for i, s := range items {
		if i > 0 {
			dst = append(dst, '|')
		}
		dst = appendItem(dst, s)
	}
	return dst
}

func appendItem(dst []byte, s string) []byte { return append(dst, listItem(s)...) }

func appendSources(dst []byte, rep *Report, r *reconcile.Row, part func([]byte, *reconcile.Source) []byte) []byte {
	sources := rep.Plan.Sources(r)
	for i := range sources {
		if i > 0 {
			dst = append(dst, '|')
		}
		dst = part(dst, &sources[i])
	}
	return dst
}

func appendFindings(dst []byte, r *reconcile.Row) []byte {
	for i, f := range r.Findings() {
		if i > 0 {
			dst = append(dst, '|')
		}
		dst = appendItem(dst, f.Code)
	}
	return dst
}
