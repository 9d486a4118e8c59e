package reconcile_test

import (
	"fmt"
	"slices"
	"testing"

	"cspplan/reconcile"
)

// proposed lists the proposals of a match as "score name".
func proposed(m *reconcile.OfferMatch) []string {
	var out []string
	for _, c := range m.Candidates {
		out = append(out, fmt.Sprint(c.Score, " ", c.Name))
	}
	return out
}

// Proposals for titles that mean nothing for certain: shared rare words count
// most, then letters; a tier, plan or kind of customer more or less counts
// against an offer. Words are as rare as the tables make them: a refresh of the
// tables may move a score by one or two.
func TestProposals(t *testing.T) {
	m, _ := newMatcher(t, nil, nil)
	for _, tt := range []struct {
		title   string
		segment reconcile.Segment
		want    []string
	}{
		{"Microsoft Teams Rooms Pro without Audio", reconcile.Commercial, []string{"51 Microsoft Teams Rooms Pro", "50 Microsoft Teams Rooms Pro without Audio Conferencing",
			"40 Microsoft Teams Rooms Pro for GCC", "31 Microsoft Teams Rooms Basic without Audio Conferencing", "30 Microsoft Teams Rooms Standard without Audio Conferencing"}},
		{"Microsoft Entra ID Basic Add-on", reconcile.Commercial, []string{"59 Microsoft Entra ID Basic", "47 Microsoft Entra Suite Add-on for Microsoft Entra ID P2",
			"30 Microsoft Entra ID P1", "30 Microsoft Entra ID P2"}},
		{"Microsoft 365 E3 no Exchange Add-on", reconcile.Commercial, []string{"30 Microsoft 365 E3"}}, // not its twin for 500 users, named later
		{"Skype Meeting Video Interop", reconcile.Commercial, []string{"68 Skype Meeting Video Interop for Skype for Business"}},
		{"Power BI Pro Plus", reconcile.Commercial, []string{"61 Power BI Pro", "61 Power BI Pro CE", "48 Power BI Pro for Faculty", "46 Power BI Pro for GCC"}},
		{"Power BI Pro Plus", reconcile.Charity, []string{"61 Power BI Pro CE", "59 Power BI Pro", "46 Power BI Pro for Faculty", "44 Power BI Pro for GCC"}},
		{"Contoso Planner", reconcile.Commercial, nil},
	} {
		if got := proposed(m.Match(reconcile.OfferQuery{Title: tt.title, Segment: tt.segment})); !slices.Equal(got, tt.want) {
			t.Errorf("%q, %v: got %q, want %q", tt.title, tt.segment, got, tt.want)
		}
	}
}

// What the tables name for an offer that is sold no more stands before what
// only comes near, whole and each once; of countries only the customer's.
func TestProposalsOfTheTables(t *testing.T) {
	m, _ := newMatcher(t, nil, nil)
	for _, tt := range []struct {
		title, country string
		want           []string
	}{
		{"Office 365 Midsize Business", "", []string{"89 Microsoft 365 Business Standard", "89 Microsoft 365 Business Premium", "89 Office 365 E3", "40 Office 365 E5", "38 Office 365 F3"}},
		{"LITEPACK", "", []string{"89 Microsoft 365 Business Basic", "89 Microsoft 365 Business Standard"}},
		{"Office 365 E1", "", nil},
		{"Office 365 E1", "IT", []string{"89 Office 365 E1 EEA (no Teams) + Microsoft Teams EEA"}},
		{"Office 365 E1", "US", []string{"89 Office 365 E1 (no Teams) + Microsoft Teams Enterprise"}},
	} {
		if got := proposed(m.Match(m.Question(reconcile.OfferQuery{Title: tt.title, Country: tt.country}))); !slices.Equal(got, tt.want) {
			t.Errorf("%q in %q: got %q, want %q", tt.title, tt.country, got, tt.want)
		}
	}
}

// A proposal says in which parts it agrees with the title, compared with the
// nearest of all the names of its SKU.
func TestProposalsCompareTheNearestName(t *testing.T) {
	m, _ := newMatcher(t, nil, nil)
	for _, tt := range []struct {
		q    reconcile.OfferQuery
		want []string // of the first proposals: name and reasons
	}{
		{reconcile.OfferQuery{Title: "Office 365 Business Premium", SKUGUID: businessBasic}, []string{
			"Microsoft 365 Business Basic [{named-by [basis sku-guid]} {agree [parts business microsoft_365]} {title-only [parts standard]} {offer-only [parts basic]}]",
			"Microsoft 365 Business Standard [{named-by [basis title]} {all-agree []}]"}},
		{reconcile.OfferQuery{Title: "Exchange Online Archiving"}, []string{
			"Exchange Online Archiving for Exchange Online [{equal [part EXCHANGEARCHIVE_ADDON]} {agree [parts archiving exchange_online]} {offer-only [parts exchange_online]}]",
			"Exchange Online Archiving for Exchange Server [{equal [part EXCHANGEARCHIVE]} {agree [parts archiving exchange_online]} {offer-only [parts exchange server]}]"}},
		{reconcile.OfferQuery{Title: "EMS A3 Faculty Trial"}, []string{
			"Enterprise Mobility + Security A3 for Faculty [{agree [parts enterprise_mobility_security faculty]} {title-only [parts a3 trial]} {offer-only [parts edu]}]"}},
	} {
		var got []string
		for _, c := range m.Match(tt.q).Candidates {
			got = append(got, fmt.Sprint(c.Name, " ", c.Why))
		}
		if len(got) < len(tt.want) || !slices.Equal(got[:len(tt.want)], tt.want) {
			t.Errorf("%+v: got %q, want first %q", tt.q, got, tt.want)
		}
	}
}

// Where the question is what to buy, a proposal says by which id it is ordered;
// where it is what the row is, it says none.
func TestProposalsToBuy(t *testing.T) {
	m, _ := newMatcher(t, nil, nil)
	for _, tt := range []struct{ title, first, order string }{
		{"Office 365 E4", "Office 365 E5", "CFQ7TTC0LF8S/0002"},
		{"Office 365 E9", "Office 365 E3", ""},
	} {
		r := m.Match(reconcile.OfferQuery{Title: tt.title})
		if len(r.Candidates) == 0 {
			t.Fatalf("%q: nothing is proposed", tt.title)
		}
		if c := r.Candidates[0]; c.Name != tt.first || c.OrderID != tt.order {
			t.Errorf("%q: got %s by %q, want %s by %q", tt.title, c.Name, c.OrderID, tt.first, tt.order)
		}
	}
}
