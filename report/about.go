package report

import (
	"strings"

	"github.com/govalues/decimal"

	"cspplan/reconcile"
)

// The pages of Microsoft that the rules come from and that people need when
// they end a subscription or ask for a credit.
const (
	movingPage     = "https://learn.microsoft.com/partner-center/transition-seat-based-services"
	cancelPage     = "https://learn.microsoft.com/microsoft-365/commerce/subscriptions/cancel-your-subscription"
	privilegesPage = "https://learn.microsoft.com/partner-center/customers-revoke-admin-privileges"
)

// aboutTable explains each column of the plan, then the file as a whole.
func (rep *Report) aboutTable() *Table {
	t := rep.newTable("About", "about", []Column{
		rep.col("column", "col.column", Text, 36),
		rep.col("code", "col.csv_name", Text, 24),
		rep.col("meaning", "col.meaning", Text, 90).wrapped(),
		rep.col("example", "col.example", Text, 50).wrapped(),
	})
	t.Note = rep.Text.Label("about.what")
	t.Protected = true
	t.FreezeColumns = 1
	sample := rep.sample()
	t.Len = len(planColumns)
	t.Row = func(i int, dst []Value) []Value {
		c := &planColumns[i]
		code, name := c.code, c.code
		if c.label != "" {
			name = rep.Text.Label(c.label)
		}
		if c.csv == nil {
			code = ""
		}
		return append(dst, textCell(name), textCell(code), textCell(rep.Text.Label("meaning."+c.code)), textCell(sample.example(c)))
	}
	t.Lead = rep.aboutLeads()
	return t
}

func (rep *Report) aboutLeads() []Lead {
	t := rep.Text
	marks := Lead{Title: t.Label("about.marks"), Columns: []Column{
		rep.col("status", "status", Text, 36),
		rep.col("meaning", "col.meaning", Text, 90),
	}}
	for s := reconcile.Blocked; s <= reconcile.Ready; s++ {
		marks.Rows = append(marks.Rows, []Value{t.statusCell(s), textCell(t.Label("status." + s.String() + ".why"))})
	}
	marks.Rows = append(marks.Rows,
		[]Value{t.statusCell(reconcile.Done), textCell(t.Label("status.done.why"))},
		[]Value{textCell(t.Label("about.yellow")), textCell(t.Label("plan.yours"))})
	leads := []Lead{
		marks,
		rep.textLead("pdf.rules", append(rep.RuleTexts, rep.RulesSource, t.Label("about.multichannel"))...),
		rep.rulesLead(),
		rep.textLead("about.notes", t.Label("about.notes_keep"), t.Label("about.notes_gone"), t.Label("about.notes_sort")),
		rep.textLead("about.pages", t.Named(t.Label("about.page_moving"), movingPage),
			t.Named(t.Label("about.page_cancel"), cancelPage), t.Named(t.Label("about.page_privileges"), privilegesPage)),
		rep.tablesLead(),
		rep.textLead("about.data", t.Label("about.licence"), t.Label("about.accessible")),
	}
	if len(rep.opt.Choices) > 0 {
		leads = append(leads, rep.choicesLead())
	}
	return leads
}

// tablesLead lists the tables that offers, regions and days are judged by, with
// their dates: the embedded ones, then the user's own, which go before them.
func (rep *Report) tablesLead() Lead {
	lead := Lead{Title: rep.Text.Label("about.tables"), Columns: []Column{
		rep.col("table", "col.table", Text, 36),
		rep.col("rows", "col.rows", Count, 24),
		rep.col("source", "col.offer_source", Text, 90).wrapped().indented(),
		rep.col("as_at", "col.as_at", Date, 50),
	}}
	if rep.Plan.Catalogue == nil {
		return lead
	}
	for _, t := range rep.Plan.Catalogue.Tables {
		lead.Rows = append(lead.Rows, []Value{textCell(t.Name), numberCell(int64(t.Rows)), textCell(rep.sourceOf(t)), dateCell(t.AsOf)})
	}
	return lead
}

// choicesLead lists what people chose for offers, with who and when.
func (rep *Report) choicesLead() Lead {
	lead := Lead{Title: rep.Text.Label("about.choices"), Columns: []Column{
		rep.col("offer", "col.current_offer", Text, 36),
		rep.col("choice", "col.choice", Text, 24),
		rep.col("candidate", "col.candidate", Text, 90).wrapped(),
		rep.col("who", "col.who", Text, 50),
	}}
	words := rep.choices()
	for _, c := range rep.opt.Choices {
		lead.Rows = append(lead.Rows, []Value{textCell(c.Offer), textCell(words[choiceOf(c.Offer, c.SKUGUID)]),
			textCell(rep.offerNames(strings.Split(c.SKUGUID, "+"))), textCell(strings.TrimSpace(c.By + " " + c.When))})
	}
	return lead
}

// example prints what a cell of the column looks like in this language; for a
// column of plan.csv alone, what stands there.
func (rep *Report) example(c *planColumn) string {
	r := &rep.Plan.Rows[0]
	if c.cell == nil {
		return string(c.csv(nil, rep, r))
	}
	return rep.Text.Show(c.cell(rep, r), r.Sub.Currency)
}

// sample is a report about one invented subscription.
func (rep *Report) sample() *Report {
	expires := reconcile.NewDate(2027, 1, 31)
	day := func(before int) reconcile.Date { return expires - reconcile.Date(before) }
	const skuE3 = "6fd2c87f-b296-42f0-b197-1e91e994b900"
	match := &reconcile.OfferMatch{
		Identified: &reconcile.Identity{SKUGUID: skuE3, PartNumber: "ENTERPRISEPACK", Name: "Office 365 E3"},
		Class:      reconcile.MatchSame, Basis: "sku-guid", Score: 100, PlansLost: []string{"Yammer Enterprise"},
	}
	contoso := &reconcile.CustomerFacts{
		TenantID: "d2f6a8b4-1c3e-4f57-8a90-6b7c5d4e3f21", Domain: "contoso.onmicrosoft.com", Name: "Contoso S.p.A.", Country: "IT",
	}
	row := reconcile.Row{
		Key: "3f1c0a9be2d47765",
		Sub: &reconcile.Subscription{
			Customer: contoso, OfferFacts: &reconcile.OfferFacts{OfferTitle: "Office 365 E3", OfferID: "796b6b5f-613c-4e24-a17c-eba730d49c02"},
			SubscriptionID: "0b5a3c1e-7d42-4f7a-9a51-2f6f0d9c8e11",
			Licences:       reconcile.Whole(25), Assigned: reconcile.Whole(23), Expires: expires, Term: reconcile.P1Y, Billing: reconcile.Annual,
			AutoRenew: reconcile.No, Channel: reconcile.Direct, Programme: reconcile.MCA,
			Price: reconcile.UnitPrice{Value: decimal.MustNew(276, 0), Per: reconcile.PerYear, Known: true}, Currency: "EUR",
		},
		From:  reconcile.Spot{Row: 12},
		Match: match, Target: &reconcile.Target{SKUGUID: skuE3, Name: "Office 365 E3", ProductID: "CFQ7TTC0LF8R", SKUID: "0001"},
		SameRegion: reconcile.Yes, Status: reconcile.Ready, Route: reconcile.RouteBuyReassignEnd,
		Found:    &[]reconcile.Finding{{Code: "credit-possible"}},
		DaysLeft: 69, ActBy: day(9), RelationshipBy: day(30), DecideBy: day(30), EndOfTerm: reconcile.EndCancel,
		AccessLost: day(0), DataDeleted: day(-90), Provision: reconcile.Whole(25), CSPTerm: reconcile.P1Y, CSPBilling: reconcile.Annual,
		CSPStart: day(9), Reassign: reconcile.No, UsersToReassign: reconcile.Whole(0), Loses: true,
		Relationship: reconcile.RelationshipAccepted, DelegatedAdmin: reconcile.Yes, CreditAskedBy: reconcile.CreditByPartner,
		Money: reconcile.Money{
			CostNow: reconcile.MinorUnits(690000), CSPCurrency: "EUR", CostCSP: reconcile.MinorUnits(675000),
			OverlapToday: reconcile.MinorUnits(130438), OverlapPlanned: reconcile.MinorUnits(17014),
			PrepaidLost: reconcile.MinorUnits(130438), LockedIn: reconcile.MinorUnits(0),
		},
		Next:     reconcile.Next{Code: reconcile.NextProvision, Date: day(9), N: 25},
		Decision: reconcile.ChoiceMove, Planned: day(9), Owner: "Anna Rossi", Told: &reconcile.Told{Note: "Kick-off 12:00"},
	}
	plan := &reconcile.Plan{
		AsOf: day(69), Region: rep.Region, Rows: []reconcile.Row{row}, Places: []reconcile.Place{{File: "exports/contoso.xlsx", Sheet: "Subscriptions"}},
		Customers: []reconcile.Customer{{Key: "9d0e4b7712aa53c8", Facts: contoso, Region: rep.Region, Rows: []int32{0}}},
	}
	return &Report{Text: rep.Text, english: rep.english, Plan: plan, Region: rep.Region, AsOf: plan.AsOf}
}
