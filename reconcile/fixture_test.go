package reconcile

import (
	"fmt"
	"reflect"
	"slices"
	"testing"

	"github.com/govalues/decimal"
)

// The world of these tests: a small catalogue in the shape of the real tables,
// one partner in Italy, and a subscription with nothing wrong.

const (
	skuE3      = "6fd2c87f-b296-42f0-b197-1e91e994b900" // on sale, holds plans 0-2
	skuE4      = "1392051d-0cb9-4b7a-88d5-621fee5e8711" // replaced by E3, which lacks plan 3
	skuOld     = "11111111-0000-4000-8000-000000000001" // replaced by E3, nothing lost
	skuGone    = "11111111-0000-4000-8000-000000000002" // retired, no successor
	skuEnded   = "11111111-0000-4000-8000-000000000003" // end of sale
	skuToEnd   = "11111111-0000-4000-8000-000000000004" // replaced by skuEnded
	skuBP      = "cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46" // a Business SKU
	skuNoTeams = "00e1ec7b-e4a3-40d1-9441-b69b597ab222" // a Business SKU newer than the former price list
	skuAudio   = "0c266dff-15dd-4b49-8397-2bb16070ed52" // an add-on

	tenantA = "aaaaaaaa-0000-4000-8000-000000000001"
	tenantB = "bbbbbbbb-0000-4000-8000-000000000002"
)

func day(s string) Date {
	d, err := ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

var today = day("2026-11-23") // a Monday

func world() *Catalogue {
	yearly := []TermBilling{{P1M, Monthly}, {P1Y, Annual}, {P1Y, Monthly}, {P3Y, Triennial}}
	c := &Catalogue{
		Plans: []ServicePlan{{ID: "p0", Code: "EXCHANGE", Name: "Exchange"}, {ID: "p1", Code: "SHAREPOINT", Name: "SharePoint"},
			{ID: "p2", Code: "OFFICE", Name: "Office apps"}, {ID: "p3", Code: "VOICE", Name: "Cloud PBX"}},
		SKUs: []SKU{
			{GUID: skuE3, PartNumber: "ENTERPRISEPACK", Name: "Office 365 E3", Current: true, Plans: []int32{0, 1, 2}},
			{GUID: skuE4, PartNumber: "ENTERPRISEWITHSCAL", Name: "Office 365 E4", Plans: []int32{0, 1, 2, 3}},
			{GUID: skuOld, PartNumber: "OLDPACK", Name: "Office 365 Midsize Business", Plans: []int32{0, 1}},
			{GUID: skuGone, PartNumber: "GONE", Name: "Microsoft StaffHub", Plans: []int32{0}},
			{GUID: skuEnded, PartNumber: "PROJECTESSENTIALS", Name: "Project Online Essentials", Current: true, Plans: []int32{1}},
			{GUID: skuToEnd, PartNumber: "PROJECTLITE", Name: "Project Lite", Plans: []int32{1}},
			{GUID: skuBP, PartNumber: "SPB", Name: "Microsoft 365 Business Premium", Current: true, Plans: []int32{0, 1, 2}},
			{GUID: skuNoTeams, PartNumber: "SPB_NO_TEAMS", Name: "Microsoft 365 Business Premium (no Teams)", Current: true, Plans: []int32{0, 1}},
			{GUID: skuAudio, PartNumber: "MCOMEETADV", Name: "Microsoft 365 Audio Conferencing", Current: true, Plans: []int32{3}},
		},
		Offers: []LegacyOffer{{ID: "61795cab-2abd-43f6-88e9-c9adae5746e0", Name: "Microsoft 365 Business", ProductGUID: skuBP,
			ProductName: "Microsoft 365 Business", InTable: true, Max: 300, Segment: Commercial}},
		Products: []Product{
			{ProductID: "CFQ7TTC0LF8R", SKUID: "0001", Title: "Office 365 E3", SKUTitle: "Office 365 E3", Segment: Commercial, Terms: yearly, SKUGUID: skuE3},
			{ProductID: "CFQ7TTC0LCHC", SKUID: "0002", Title: "Microsoft 365 Business Premium", SKUTitle: "Microsoft 365 Business Premium", Segment: Commercial, Terms: yearly, SKUGUID: skuBP},
			{ProductID: "CFQ7TTC0LHSL", SKUID: "0001", Title: "Microsoft 365 Audio Conferencing", SKUTitle: "Microsoft 365 Audio Conferencing", Segment: Commercial, Terms: yearly, SKUGUID: skuAudio},
		},
		Successors: []Successor{
			{OldGUID: skuE4, NewGUIDs: []string{skuE3}, Kind: KindReplacement},
			{OldGUID: skuOld, NewGUIDs: []string{skuE3}, Kind: KindReplacement},
			{OldGUID: skuToEnd, NewGUIDs: []string{skuEnded}, Kind: KindReplacement},
		},
		Sales: []SaleStatus{{SKUGUID: skuEnded, Status: SaleEnded, From: day("2025-01-01")}},
		Countries: []Country{{Code: "IT", Region: "Europe", Currency: "EUR"}, {Code: "DE", Region: "Europe", Currency: "EUR"},
			{Code: "CH", Region: "Europe", Currency: "CHF"}, {Code: "JP", Region: "Japan", Currency: "JPY"},
			{Code: "CN", Region: "China", Currency: "CNY"}, {Code: "US", Region: "United States", Currency: "USD"}, {Code: "BY"}},
		Lifecycle: []LifecycleRule{
			{Channel: Direct, Programme: MOSA, WorkingDays: 30, AdminDays: 90},
			{Channel: Direct, Programme: MCA, BoughtUntil: day("2026-02-09"), WorkingDays: 30, AdminDays: 90},
			{Channel: Direct, Programme: MCA, AdminDays: 90, EST: true},
			{Channel: Direct, AdminDays: 90},
			{Channel: Volume, Programme: EA, AdminDays: 150},
			{Channel: Volume, AdminDays: 120},
			{Channel: LegacyCSP, AdminDays: 90},
			{Channel: OtherPartner, Programme: NCE, EndsUntil: day("2026-05-04"), WorkingDays: 30, AdminDays: 90},
			{Channel: OtherPartner, Programme: NCE, BoughtUntil: day("2025-04-01"), WorkingDays: 30, AdminDays: 90},
			{Channel: OtherPartner, Programme: NCE, AdminDays: 90, EST: true},
			{Channel: OtherPartner, AdminDays: 90, EST: true},
		},
	}
	c.Index()
	return c
}

func euros(s string, per Period) UnitPrice {
	return UnitPrice{Value: decimal.MustParse(s), Per: per, Known: true}
}

// good is a subscription that is Ready: same offer, same region, accepted.
func good() Subscription {
	return Subscription{
		Customer:       &CustomerFacts{TenantID: tenantA, Domain: "contoso.com", Name: "Contoso", Country: "IT"},
		SubscriptionID: "S-1", OfferFacts: &OfferFacts{OfferTitle: "Office 365 E3", SKUGUID: skuE3}, Rare: new(Rare), Segment: Commercial,
		Licences: Whole(20), Assigned: Whole(20),
		Start: day("2026-03-01"), Expires: day("2027-02-28"), Term: P1Y, Billing: Monthly, AutoRenew: Yes,
		Channel: Direct, Programme: MOSA, Price: euros("10", PerMonth), Currency: "EUR",
	}
}

// apart is a copy that shares nothing.
func apart(s Subscription) Subscription {
	customer, offer, rare := *s.Customer, *s.OfferFacts, *s.Rare
	s.Customer, s.OfferFacts, s.Rare = &customer, &offer, &rare
	return s
}

// situation is what a test changes before it builds.
type situation struct {
	Inputs
	Sub      Subscription
	Register RegisterLine
}

func (s *situation) add(role Role, sub Subscription) *Record {
	n := len(s.Records) + 1
	s.Records = append(s.Records, Record{Source: Source{File: fmt.Sprintf("more%02d.csv", n), Row: 2}, Role: role,
		Hash: hashOf(n), Exported: day("2026-11-20"), Licences: sub.Licences, Sub: &sub})
	return &s.Records[len(s.Records)-1]
}

func hashOf(n int) (h [16]byte) {
	h[0], h[1], h[2], h[15] = byte(n), byte(n>>8), byte(n>>16), 1
	return h
}

func newSituation() *situation {
	policy := Policy{LeadDays: 7, RelationshipDays: 21, WarnDays: 30, DecideDays: 30}
	policy.Weekend[0], policy.Weekend[6] = true, true
	return &situation{
		Inputs: Inputs{Catalogue: world(), AsOf: today, Partner: Partner{Country: "IT"}, Policy: policy},
		Sub:    good(),
		Register: RegisterLine{Customer: &CustomerFacts{TenantID: tenantA}, Relationship: RelationshipAccepted,
			DelegatedAdmin: Yes},
	}
}

// build plans the situation: its subscription stands in subs.csv, row 2. It does
// so at once, by three shards, and with records that nobody asks for again: whatever
// a test is about, that must not change it.
func (s *situation) build() Plan {
	want := Build(s.inputs())
	got, err := sharded(s.inputs(), 3)
	if err != nil {
		panic(err)
	}
	if d := differs(want, got); d != "" {
		panic("three shards make another plan (-at once, +joined):\n" + d)
	}
	if d := differs(want, spending(s.inputs())); d != "" {
		panic("records that are let go make another plan (-kept, +let go):\n" + d)
	}
	if !reflect.DeepEqual(nothingSeldom, seldom{}) || nothingTold.Sources != nil || nothingRare != (Rare{}) {
		panic("somebody has written to what all rows share")
	}
	return want
}

// spending builds from a copy of the records, which may be used up.
func spending(in Inputs) Plan {
	in.Records = slices.Clone(in.Records)
	for i := range in.Records {
		if rec := &in.Records[i]; rec.Sub != nil {
			sub := *rec.Sub
			rec.Sub = &sub
		}
	}
	p, _ := BuildLedger(&in)
	return p
}

func (s *situation) inputs() Inputs {
	in := s.Inputs
	in.Records = append([]Record{
		{Source: Source{File: "subs.csv", Row: 2}, Role: RoleSubscription, Hash: hashOf(9001), Exported: day("2026-11-20"), Licences: s.Sub.Licences, Sub: &s.Sub},
		{Source: Source{File: "register.csv", Row: 2}, Role: RoleReference, Hash: hashOf(9002), Exported: day("2026-11-20"), Customer: &s.Register},
	}, in.Records...)
	return in
}

// first builds and returns the row of the situation's own subscription.
func (s *situation) first(t *testing.T) *Row {
	t.Helper()
	p := s.build()
	n := p.Fates[0].Row
	if n < 0 {
		t.Fatalf("the subscription is not planned: %v", p.Fates[0])
	}
	return &p.Rows[n]
}

func codes(r *Row) []string {
	var found []string
	for _, f := range r.Findings() {
		found = append(found, f.Code)
	}
	return found
}

func arg(f Finding, name string) string {
	if i := slices.Index(f.Args, name); i >= 0 && i%2 == 0 {
		return f.Args[i+1]
	}
	return ""
}

func decide(key, field, value string) Decision {
	return Decision{Scope: "row", Key: key, Field: field, Value: value, When: "2026-11-22T18:00:00Z"}
}
