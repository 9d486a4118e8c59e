package reconcile_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"cspplan/reconcile"
)

// order writes the evidence of a match as "basis verdict, …".
func order(m *reconcile.OfferMatch) string {
	var out []string
	for _, e := range m.Evidence {
		out = append(out, e.Basis+" "+e.Weight.String())
	}
	return strings.Join(out, ", ")
}

// Each step of the order of evidence, alone and against the one after it.
func TestOrderOfEvidence(t *testing.T) {
	const basicProduct, basicPSA = "CFQ7TTC0LH18", "CFQ7TTC0LH18:0001:CFQ7TTC0XYZ"
	aliases := []reconcile.Alias{{Title: "Contoso Office", SKUGUID: office365E3}, {Title: "Office 365 E5", SKUGUID: office365E1}, {Title: "Contoso post", SKUGUID: businessBasic}}
	decisions := []reconcile.Decision{{Scope: "offer", Key: "Contoso Office", Field: "choice", Value: office365E5}}
	m, _ := newMatcher(t, aliases, decisions)
	tests := []struct {
		name     string
		q        reconcile.OfferQuery
		is, buy  string // SKU GUIDs; empty: nothing
		evidence string
	}{
		{"batch tool alone", reconcile.OfferQuery{NcePsa: basicPSA, Title: "Contoso mail"}, businessBasic, businessBasic, "nce-psa decides, title unknown"},
		{"batch tool and title", reconcile.OfferQuery{NcePsa: basicPSA, Title: "Office 365 Business Essentials"}, businessBasic, businessBasic, "nce-psa buys, former-title decides"},
		{"SKU GUID and title", reconcile.OfferQuery{SKUGUID: office365E3, Title: "O365 E3"}, office365E3, office365E3, "sku-guid decides, title agrees"},
		{"SKU GUID and part number", reconcile.OfferQuery{SKUGUID: office365E3, PartNumber: "ENTERPRISEPACK"}, office365E3, office365E3, "sku-guid decides, part-number agrees"},
		{"SKU GUID against part number", reconcile.OfferQuery{SKUGUID: office365E3, PartNumber: "STANDARDPACK"}, "", "", "sku-guid disagrees, part-number disagrees"},
		{"part number against legacy offer", reconcile.OfferQuery{PartNumber: "STANDARDPACK", OfferID: offerE3}, "", "", "part-number disagrees, offer-id disagrees"},
		{"part number against title", reconcile.OfferQuery{PartNumber: "STANDARDPACK", Title: "Office 365 F3"}, "", "", "part-number disagrees, title disagrees"},
		{"legacy offer against product", reconcile.OfferQuery{OfferID: offerE3, ProductID: basicProduct, ProductSKU: "0001"}, "", "", "offer-id disagrees, product-id disagrees"},
		{"legacy offer and title outside the tables", reconcile.OfferQuery{OfferID: offerE3, Title: "Bureau"}, office365E3, office365E3, "offer-id decides, title unknown"},
		{"SKU GUID of no table against part number", reconcile.OfferQuery{SKUGUID: "12345678-0000-0000-0000-000000000000", PartNumber: "ENTERPRISEPACK"}, "", "", "sku-guid unknown, part-number disagrees"},
		{"SKU GUID against a title of two others", reconcile.OfferQuery{SKUGUID: office365E1, Title: "Visio Plan 2"}, "", "", "sku-guid disagrees, title disagrees"},
		{"product against the title of another family", reconcile.OfferQuery{ProductID: "CFQ7TTC0HD32", ProductSKU: "0002", Title: "Office 365 E3"}, "", "", "product-id unknown, title disagrees"},
		{"product and its own title", reconcile.OfferQuery{ProductID: "CFQ7TTC0HD32", ProductSKU: "0002", Title: "Visio Plan 2"}, "", "", "product-id unknown, title several"},
		{"user's list against title", reconcile.OfferQuery{Title: "Office 365 E5"}, office365E1, office365E1, "alias decides, title disagrees"},
		{"user's list beside an id: what to buy", reconcile.OfferQuery{SKUGUID: office365E1, Title: "Contoso post"}, office365E1, businessBasic, "sku-guid decides, alias buys, title unknown"},
		{"decision over the user's list", reconcile.OfferQuery{Title: "CONTOSO  office"}, office365E3, office365E5, "alias decides, decision overrides, title unknown"},
		{"decision over the id", reconcile.OfferQuery{SKUGUID: office365E1, Title: "Contoso Office"}, office365E1, office365E5, "sku-guid decides, alias disagrees, decision overrides, title unknown"},
		{"unknown part number and title", reconcile.OfferQuery{PartNumber: "AAA-10842", Title: "O365 E3 ShrdSvr ALNG SubsVL MVL PerUsr"}, office365E3, office365E3, "part-number unknown, title decides"},
	}
	for _, tt := range tests {
		r := m.Match(tt.q)
		is, buy := "", ""
		if r.Identified != nil {
			is = r.Identified.SKUGUID
		}
		if r.Target != nil {
			buy = r.Target.SKUGUID
		}
		if is != tt.is || buy != tt.buy || order(r) != tt.evidence {
			t.Errorf("%s: is %q, buy %q by %q; want %q, %q by %q", tt.name, is, buy, order(r), tt.is, tt.buy, tt.evidence)
		}
	}
}

// What the evidence names stands first, in the order of the evidence.
func TestDisagreementListsWhatIsNamed(t *testing.T) {
	m, _ := newMatcher(t, nil, nil)
	tests := []struct {
		q    reconcile.OfferQuery
		want []string // part of the reason: by what it is named
	}{
		{reconcile.OfferQuery{SKUGUID: office365E1, PartNumber: "ENTERPRISEPACK"}, []string{"sku-guid", "part-number"}},
		{reconcile.OfferQuery{SKUGUID: office365E1, Title: "Office 365 E5"}, []string{"sku-guid", "title"}},
		{reconcile.OfferQuery{OfferID: offerE3, Title: "Power BI Pro"}, []string{"offer-id", "title"}},
	}
	for _, tt := range tests {
		r := m.Match(tt.q)
		for i, by := range tt.want {
			if i >= len(r.Candidates) || !slices.Equal(r.Candidates[i].Why[0].Args, []string{"basis", by}) {
				t.Fatalf("%+v: candidate %d of %+v is not the one named by %s", tt.q, i+1, r.Candidates, by)
			}
		}
		for i := 1; i < len(r.Candidates); i++ {
			if r.Candidates[i].Score >= r.Candidates[i-1].Score && i < len(tt.want)+1 {
				t.Errorf("%+v: candidates are not best first: %+v", tt.q, r.Candidates)
			}
		}
	}
}

func TestTitleParts(t *testing.T) {
	tests := map[string]string{
		"Office 365 Enterprise E3 (no Teams)":             "family office_365, tier e3, without no_teams",
		"Exchange Online (プラン 2)":                         "family exchange_online, plan p2",
		"Power BI Pro (Nonprofit Staff Pricing)":          "family power_bi, edition pro, segment charity",
		"[NCE] Microsoft 365 Business Premium (1 Year)":   "family microsoft_365, edition business, edition premium",
		"Microsoft 365 F5 Security Add-on, annual, trial": "family microsoft_365, tier f5, add-on add_on, trial trial, other security",
		"": "",
	}
	for title, want := range tests {
		var got []string
		for _, p := range reconcile.TitleParts(title) {
			got = append(got, fmt.Sprint(p.Kind, " ", p.Word))
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("%q: got %q, want %q", title, strings.Join(got, ", "), want)
		}
	}
}

// What each piece of evidence names, as `explain` prints it.
func TestEvidenceNames(t *testing.T) {
	aliases := []reconcile.Alias{
		{Title: "Contoso Office", SKUGUID: office365E3},
		{Title: "Contoso Basic", ProductID: "CFQ7TTC0LH18", SKUID: "1"},
		{Title: "Contoso both", SKUGUID: office365E3, ProductID: "CFQ7TTC0LF8R", SKUID: "0001"},
		{Title: "Contoso bundle", SKUGUID: office365E1 + "+" + powerBIPro},
	}
	m, _ := newMatcher(t, aliases, nil)
	for _, tt := range []struct {
		q    reconcile.OfferQuery
		want string // basis, weight and names of the first evidence
	}{
		{reconcile.OfferQuery{Title: "Contoso Office"}, "alias decides [Office 365 E3]"},
		{reconcile.OfferQuery{Title: "Contoso Basic"}, "alias buys [CFQ7TTC0LH18/0001]"},
		{reconcile.OfferQuery{Title: "Contoso both"}, "alias decides [Office 365 E3 CFQ7TTC0LF8R/0001]"},
		{reconcile.OfferQuery{Title: "Contoso bundle"}, "alias buys [Office 365 E1 Power BI Pro]"},
		{reconcile.OfferQuery{NcePsa: "CFQ7TTC0LH18:0001"}, "nce-psa decides [Microsoft 365 Business Basic]"},
		{reconcile.OfferQuery{NcePsa: "CFQ7TTC0ZZZZ:0001"}, "nce-psa buys []"},
		{reconcile.OfferQuery{NcePsa: "nothing"}, "nce-psa unknown []"},
		{reconcile.OfferQuery{Title: "Dynamics 365 Commerce Ratings and Reviews"}, "title decides [Dynamics 365 Commerce Ratings and Reviews]"},
		{reconcile.OfferQuery{SKUGUID: legacyPlan}, "sku-guid decides [Dynamics 365 Plan]"},
		{reconcile.OfferQuery{SKUGUID: "12345678-0000-0000-0000-000000000000"}, "sku-guid unknown []"},
	} {
		r := m.Match(tt.q)
		got := ""
		if len(r.Evidence) > 0 {
			e := r.Evidence[0]
			got = fmt.Sprint(e.Basis, " ", e.Weight, " ", e.Names)
		}
		if got != tt.want {
			t.Errorf("%+v: got %s, want %s", tt.q, got, tt.want)
		}
	}
}

// A score of 100 is an id; a title that names a product alone is spelled.
func TestScoreOfAProduct(t *testing.T) {
	m, _ := newMatcher(t, nil, nil)
	for _, tt := range []struct {
		q    reconcile.OfferQuery
		want int
	}{
		{reconcile.OfferQuery{ProductID: "CFQ7TTC0HD42", ProductSKU: "000C"}, 100},
		{reconcile.OfferQuery{Title: "Dynamics 365 Commerce Ratings and Reviews"}, 98},
		{reconcile.OfferQuery{Title: "Office 365 E3"}, 98},
		{reconcile.OfferQuery{Title: "E3 Office 365"}, 95},
	} {
		if r := m.Match(tt.q); r.Score != tt.want || r.Target == nil {
			t.Errorf("%+v: got %d, target %+v, want %d", tt.q, r.Score, r.Target, tt.want)
		}
	}
}
