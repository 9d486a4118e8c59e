package report

import (
	"testing"

	"cspplan/reconcile"
)

// smallCatalogue has one SKU that holds mail, chat and a plan without data of
// its own, and one that took its place.
func smallCatalogue() *reconcile.Catalogue {
	c := &reconcile.Catalogue{
		Plans: []reconcile.ServicePlan{
			{ID: "1", Code: "EXCHANGE_S_FOUNDATION", Name: "Exchange Foundation"},
			{ID: "2", Code: "EXCHANGE_S_ENTERPRISE", Name: "Exchange Online (Plan 2)"},
			{ID: "3", Code: "TEAMS1", Name: "Microsoft Teams"},
		},
		SKUs: []reconcile.SKU{
			{GUID: "old", Name: "Old Suite", Plans: []int32{0, 1, 2}, LastSeen: asOf},
			{GUID: "new", Name: "New Suite", Current: true, Plans: []int32{1}, LastSeen: asOf},
		},
		Successors: []reconcile.Successor{
			{OldGUID: "old", NewName: "New Suite", NewGUIDs: []string{"new"}, Kind: reconcile.KindReplacement},
			{OldGUID: "old", NewName: "Bigger Suite", Kind: "upgrade-path"},
		},
		Tables: []reconcile.TableSource{{Name: "skus.csv", Source: "the table", AsOf: asOf}, {Name: "regions.csv", Source: "the page", AsOf: asOf}},
	}
	c.Index()
	return c
}

func TestDataAtRisk(t *testing.T) {
	tests := []struct {
		name string
		row  func(*reconcile.Row)
		want string
	}{
		{"nothing chosen", func(r *reconcile.Row) { r.Target = nil }, "mailboxes, chat history"},
		{"nothing lost", func(*reconcile.Row) {}, ""},
		{"chat lost", func(r *reconcile.Row) { r.Loses, r.Match.PlansLost = true, []string{"Microsoft Teams"} }, "chat history"},
		{"a plan without data lost", func(r *reconcile.Row) { r.Loses, r.Match.PlansLost = true, []string{"Exchange Foundation"} }, "Exchange Foundation"},
		{"sizes and what stores nothing", func(r *reconcile.Row) {
			r.Loses, r.Match.PlansLost = true, []string{"Exchange Foundation"}
			r.Match.Shrinks = []reconcile.Shrink{{What: "archive", From: 1500, To: 50}, {What: "mailbox", From: 2, To: 0}, {What: "onedrive", From: 5120, To: 1024}}
		}, "mail archive 50 GB instead of 1.5 TB, no mailbox any more, OneDrive 1 TB instead of 5 TB, Exchange Foundation"},
		{"users without a licence", func(r *reconcile.Row) { r.Found = &[]reconcile.Finding{{Code: "more-assigned-than-licences"}} }, "mailboxes, chat history"},
		{"unknown offer", func(r *reconcile.Row) { r.Target, r.Match.Identified = nil, nil }, "not known"},
		{"deleted yesterday", func(r *reconcile.Row) { r.DataDeleted = asOf - 1 }, "probably deleted, check the backup"},
		{"deleted today at the earliest", func(r *reconcile.Row) { r.DataDeleted = asOf }, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p, opt := samplePlan(subscription{customer: "A", offer: "Old Suite", days: 60, licences: 1, status: reconcile.DataLoss})
			p.Catalogue, opt.Text = smallCatalogue(), texts(t, "en")
			r := &p.Rows[0]
			r.Match.Identified = &reconcile.Identity{SKUGUID: "OLD", Name: "Old Suite"}
			tt.row(r)
			if got := Compute(p, opt).dataAtRisk(r); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestCandidateRisk(t *testing.T) {
	p, opt := samplePlan(subscription{customer: "A", offer: "Old Suite", days: 60, licences: 1, status: reconcile.DataLoss, noOffer: true})
	p.Catalogue, opt.Text = smallCatalogue(), texts(t, "en")
	m := p.Rows[0].Match
	m.Identified = &reconcile.Identity{SKUGUID: "old"}
	m.Candidates = []reconcile.Candidate{{SKUGUID: "new", Name: "New Suite", Score: 80, PlansLost: []string{"Microsoft Teams"}}, {SKUGUID: "twin", Name: "Twin", Score: 70}}
	opt.Choices = []Choice{{Offer: "Old Suite", SKUGUID: "NEW", Word: "use"}}
	rep := Compute(p, opt)
	if got, want := joined(rep, "Unmatched", 0), "Old Suite|1|1|1|22 Jan 2027||1|New Suite|80|80||chat history|Use this|new|"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	row := rep.Table("Unmatched").Row(1, nil)
	if row[11].Text != "none" || row[11].Look == Alarm {
		t.Errorf("a candidate that loses nothing: got %+v", row[11])
	}
	if got, want := joined(rep, "OfferCatalogue", 1), "old|Old Suite|Discontinued|New Suite|Exchange Foundation; Exchange Online (Plan 2); Microsoft Teams|mailboxes, chat history|the table|23 Nov 2026"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestRisksSayEverythingThatKeepsARow(t *testing.T) {
	rep := compute(t, "en", subscription{customer: "A", offer: "O", days: -3, licences: 1, status: reconcile.DataLoss, findings: []string{"expired", "no-equivalent", "no-price"}, noOffer: true})
	got := cells(rep, "Risks", 0)
	if want := "The subscription has expired or is not active any more. Expires: 20 Nov 2026. No equivalent CSP offer is known. Match: No equivalent; Title: O; Candidates: 1."; got[6] != want {
		t.Errorf("why: got %q, want %q", got[6], want)
	}
	if want := rep.Text.Lifts("expired") + " " + rep.Text.Lifts("no-equivalent"); got[7] != want {
		t.Errorf("lifts: got %q, want %q", got[7], want)
	}
}

// Rows with one title whose ids differ have matches of their own, yet people
// choose by title: it stands once, with the candidates of all of them.
func TestUnmatchedIsByTitle(t *testing.T) {
	open := subscription{customer: "A", offer: "Apps for Business", days: 60, licences: 6, status: reconcile.Decide, noOffer: true}
	second := open
	second.customer, second.offer, second.licences, second.days = "B", "APPS FOR  BUSINESS", 2, 70
	p, opt := samplePlan(open, second)
	opt.Text = texts(t, "en")
	p.Rows[0].Match = &reconcile.OfferMatch{Candidates: []reconcile.Candidate{{SKUGUID: "one", Name: "One", Score: 89}, {SKUGUID: "two", Name: "Two", Score: 60}}}
	p.Rows[1].Match = &reconcile.OfferMatch{Candidates: []reconcile.Candidate{{SKUGUID: "ONE", Name: "One", Score: 89}, {SKUGUID: "three", Name: "Three", Score: 70}}}
	opt.Choices = []Choice{{Offer: "apps for business", SKUGUID: "three", Word: "never"}}
	rep := Compute(p, opt)
	want := []string{
		"Apps for Business|2|8|2|22 Jan 2027||1|One|89|89||not known||one|Apps for Business,,one,,,",
		"Apps for Business|2|8|2|22 Jan 2027||2|Three|70|70||not known|Never|three|Apps for Business,,three,,,",
		"Apps for Business|2|8|2|22 Jan 2027||3|Two|60|60||not known||two|Apps for Business,,two,,,",
	}
	if n := rep.Table("Unmatched").Len; n != len(want) {
		t.Fatalf("got %d rows, want %d", n, len(want))
	}
	for i := range want {
		if got := joined(rep, "Unmatched", i); got != want[i] {
			t.Errorf("%d: got %s, want %s", i, got, want[i])
		}
	}
}

// Once the data is gone, nothing says to provision: it would not come back.
func TestRisksOnceTheDataIsGone(t *testing.T) {
	p, opt := samplePlan(subscription{customer: "A", offer: "O", days: -200, licences: 1, status: reconcile.DataLoss, findings: []string{"expired"}})
	opt.Text = texts(t, "en")
	for _, c := range []struct {
		name    string
		deleted reconcile.Date
		state   string
		want    string
	}{
		{"yesterday", p.AsOf - 1, "", "data_gone"},
		{"today", p.AsOf, "", "expired"},
		{"says the source", 0, "Deprovisioned", "data_gone"},
		{"not known", 0, "Disabled", "expired"},
	} {
		p.Rows[0].DataDeleted, p.Rows[0].Sub.State = c.deleted, c.state
		rep := Compute(p, opt)
		got := cells(rep, "Risks", 0)
		if want := rep.Text.Lifts(c.want); got[7] != want {
			t.Errorf("%s: lifts: got %q, want %q", c.name, got[7], want)
		}
		if gone := got[8] == rep.Text.Label("data.deleted"); gone != (c.want == "data_gone") {
			t.Errorf("%s: data at risk: got %q", c.name, got[8])
		}
	}
}
