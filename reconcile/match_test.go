package reconcile_test

import (
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"cspplan/reconcile"
)

const (
	office365E1     = "18181a46-0d4e-45cd-891e-60aabd171b4e"
	office365E3     = "6fd2c87f-b296-42f0-b197-1e91e994b900"
	office365E5     = "c7df2760-2c81-4ef7-b578-5b5392b571df"
	office365F3     = "4b585984-651b-448a-9e53-3b10f069cf7f"
	microsoft365F3  = "66b55226-6b4f-492c-910c-a3b7a3c9d993"
	businessBasic   = "3b555118-da6a-4418-894f-7df1e2096870"
	businessPremium = "cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46"
	powerBIPro      = "f8a1db68-be16-40ed-86d5-cb42ce701560"
	powerBIProCE    = "420af87e-8177-4146-a780-3786adaffbca"
	callingPlan120  = "54a152dc-90de-4996-93d2-bc47e670fc06"
	midsizeBusiness = "04a7fb0d-32e0-4241-b4f5-3f7618cd1162" // sold no more
	windowsE3       = "6a0f6da5-0b87-4190-a6ae-9bb5a2b9546a"
	entraP1         = "078d2b04-f1bd-4111-bbd4-b4b1b354cef4"
	legacyPlan      = "549c4efe-09a2-462b-9393-9b57dfdea76b" // Dynamics 365 Plan, in no table of SKUs
	offerE3         = "796b6b5f-613c-4e24-a17c-eba730d49c02"
)

func TestIdentify(t *testing.T) {
	m, _ := newMatcher(t, nil, nil)
	at2019 := reconcile.NewDate(2019, 6, 1)
	tests := []struct {
		name  string
		q     reconcile.OfferQuery
		guid  string // empty: nothing identified
		basis string
		class reconcile.MatchClass
	}{
		{"current name", reconcile.OfferQuery{Title: "Office 365 E3"}, office365E3, "title", reconcile.MatchSame},
		{"former name", reconcile.OfferQuery{Title: "Office 365 Enterprise E3"}, office365E3, "former-title", reconcile.MatchRenamed},
		{"former name written like a part number", reconcile.OfferQuery{Title: "Office_365_Enterprise_E3"}, office365E3, "former-title", reconcile.MatchRenamed},
		{"former name of another family", reconcile.OfferQuery{Title: "Office 365 Business Essentials"}, businessBasic, "former-title", reconcile.MatchRenamed},
		{"title with tier changed", reconcile.OfferQuery{Title: "Office 365 E7"}, "", "", reconcile.MatchDifferent},
		{"tier missing", reconcile.OfferQuery{Title: "Enterprise Mobility + Security"}, "", "", reconcile.MatchDifferent},
		{"a part number's words run together", reconcile.OfferQuery{Title: "Project Professional"}, "", "", reconcile.MatchDifferent},
		{"abbreviation of a family", reconcile.OfferQuery{Title: "EMS"}, "", "", reconcile.MatchDifferent},
		{"abbreviation with tier", reconcile.OfferQuery{Title: "EMS E5"}, "b05e124f-c7cc-45a0-a6aa-8cf78c946968", "title", reconcile.MatchSame},
		{"plan number missing", reconcile.OfferQuery{Title: "Exchange Online"}, "", "", reconcile.MatchDifferent},
		{"add-on of a base", reconcile.OfferQuery{Title: "Microsoft 365 E3 Add-on"}, "", "", reconcile.MatchDifferent},
		{"Italian", reconcile.OfferQuery{Title: "OFFICE 365 ENTERPRISE E5 SENZA AUDIOCONFERENZA"}, "26d45bd9-adf1-46cd-a9e1-51e9a5524128", "title", reconcile.MatchRenamed},
		{"SKU GUID", reconcile.OfferQuery{SKUGUID: strings.ToUpper(office365E3)}, office365E3, "sku-guid", reconcile.MatchSame},
		{"SKU GUID behind the tenant's", reconcile.OfferQuery{SKUGUID: "11111111-2222-3333-4444-555555555555_" + office365E3}, office365E3, "sku-guid", reconcile.MatchSame},
		{"SKU GUID with a title outside the tables", reconcile.OfferQuery{SKUGUID: office365E3, Title: "Contoso office bundle"}, office365E3, "sku-guid", reconcile.MatchRenamed},
		{"SKU GUID with a former name", reconcile.OfferQuery{SKUGUID: microsoft365F3, Title: "Microsoft 365 F1", At: at2019}, microsoft365F3, "sku-guid", reconcile.MatchRenamed},
		{"part number", reconcile.OfferQuery{PartNumber: "ENTERPRISEPACK"}, office365E3, "part-number", reconcile.MatchSame},
		{"part number of two SKUs, of which the GUID names one", reconcile.OfferQuery{SKUGUID: callingPlan120, PartNumber: "MCOPSTN5"}, callingPlan120, "sku-guid", reconcile.MatchSame},
		{"part number of an account", reconcile.OfferQuery{PartNumber: "contoso:enterprisepack"}, office365E3, "part-number", reconcile.MatchSame},
		{"part number as title", reconcile.OfferQuery{Title: "contoso:ENTERPRISEPACK"}, office365E3, "part-number", reconcile.MatchSame},
		{"part number of two SKUs", reconcile.OfferQuery{PartNumber: "MCOPSTN5"}, "", "", reconcile.MatchAmbiguous},
		{"part number of two SKUs and a title", reconcile.OfferQuery{PartNumber: "MCOPSTN5", Title: "Skype for Business PSTN Domestic Calling (120 Minutes)"}, callingPlan120, "part-number", reconcile.MatchSame},
		{"volume licensing part number", reconcile.OfferQuery{PartNumber: "AAA-10842", Title: "O365 E3 ShrdSvr ALNG SubsVL MVL PerUsr"}, office365E3, "title", reconcile.MatchSame},
		{"legacy offer id", reconcile.OfferQuery{OfferID: strings.ToUpper(offerE3)}, office365E3, "offer-id", reconcile.MatchSame},
		{"legacy product outside the table, by its own GUID", reconcile.OfferQuery{SKUGUID: legacyPlan}, legacyPlan, "sku-guid", reconcile.MatchDifferent},
		{"a GUID and a title that nobody knows", reconcile.OfferQuery{SKUGUID: "12345678-0000-0000-0000-000000000000", Title: "Contoso bundle"}, "", "", reconcile.MatchNone},
		{"present and former name of one SKU", reconcile.OfferQuery{Title: "Microsoft Entra ID P1 (formerly Azure AD Premium P1)"}, entraP1, "title", reconcile.MatchRenamed},
		{"present name, and one that means nothing", reconcile.OfferQuery{Title: "Microsoft Entra ID P1 (formerly Contoso Directory P1)"}, "", "", reconcile.MatchDifferent},
		{"names of two SKUs", reconcile.OfferQuery{Title: "Microsoft Entra ID P1 (formerly Azure AD Premium P2)"}, "", "", reconcile.MatchDifferent},
		{"batch tool's product without an availability", reconcile.OfferQuery{NcePsa: "CFQ7TTC0LH18:0001", Title: "Contoso mail"}, businessBasic, "nce-psa", reconcile.MatchRenamed},
		{"batch tool's product alone", reconcile.OfferQuery{NcePsa: "CFQ7TTC0LH18", Title: "Contoso mail"}, "", "", reconcile.MatchNone},
		{"NCE product", reconcile.OfferQuery{ProductID: "CFQ7TTC0LH18", ProductSKU: "1"}, businessBasic, "product-id", reconcile.MatchSame},
		{"one title, several SKUs", reconcile.OfferQuery{Title: "Visio Plan 2"}, "", "", reconcile.MatchAmbiguous},
		{"one title, one of them on the price list", reconcile.OfferQuery{Title: "Microsoft 365 Business Basic"}, businessBasic, "title", reconcile.MatchSame},
		{"one title, one of them on the former price list", reconcile.OfferQuery{Title: "Windows 10 Enterprise E3", Segment: reconcile.Education}, windowsE3, "former-title", reconcile.MatchRenamed},
		{"one title, the price list names another", reconcile.OfferQuery{Title: "Dynamics 365 for Talent"}, "", "", reconcile.MatchAmbiguous},
		{"the same run together", reconcile.OfferQuery{Title: "Dynamics365forTalent"}, "", "", reconcile.MatchAmbiguous},
		{"title before it changed its SKU", reconcile.OfferQuery{Title: "Microsoft 365 F1", At: at2019}, microsoft365F3, "former-title", reconcile.MatchRenamed},
		{"title after it changed its SKU", reconcile.OfferQuery{Title: "Microsoft 365 F1"}, "", "", reconcile.MatchAmbiguous},
		{"charity title of a shared SKU", reconcile.OfferQuery{Title: "Office 365 E3 (Nonprofit Staff Pricing)"}, office365E3, "title", reconcile.MatchSame},
		{"charity title of its own SKU", reconcile.OfferQuery{Title: "Power BI Pro (Nonprofit Staff Pricing)"}, powerBIProCE, "former-title", reconcile.MatchSame},
		{"commercial title of the same name", reconcile.OfferQuery{Title: "Power BI Pro"}, powerBIPro, "title", reconcile.MatchSame},
		{"charity by the row's segment", reconcile.OfferQuery{Title: "Power BI Pro", Segment: reconcile.Charity}, powerBIProCE, "former-title", reconcile.MatchSame},
		{"charity title without evidence of a charity SKU", reconcile.OfferQuery{Title: "Power BI Premium Per User (Non-Profit Pricing)"}, "", "title", reconcile.MatchSame},
		{"government title", reconcile.OfferQuery{Title: "Office 365 Enterprise E3 for Government"}, "535a3a29-c5f0-42fe-8215-d3b9e1f38c4a", "title", reconcile.MatchRenamed},
		{"other vendor", reconcile.OfferQuery{Title: "Adobe Acrobat Pro DC"}, "", "", reconcile.MatchNone},
		{"nothing", reconcile.OfferQuery{}, "", "", reconcile.MatchNone},
	}
	for _, tt := range tests {
		r := m.Match(tt.q)
		guid, basis := "", ""
		if r.Identified != nil {
			guid, basis = r.Identified.SKUGUID, r.Identified.Basis
		}
		if guid != tt.guid || basis != tt.basis || r.Class != tt.class {
			t.Errorf("%s: identified %q by %q as %s, want %q by %q as %s", tt.name, guid, basis, r.Class, tt.guid, tt.basis, tt.class)
		}
	}
}

func TestTitleIDDisagree(t *testing.T) {
	m, _ := newMatcher(t, nil, nil)
	tests := []struct {
		name string
		q    reconcile.OfferQuery
		want bool
	}{
		{"another tier", reconcile.OfferQuery{SKUGUID: office365E1, Title: "Office 365 E5"}, true},
		{"two ids", reconcile.OfferQuery{SKUGUID: office365E1, OfferID: offerE3}, true},
		{"GUID of no SKU", reconcile.OfferQuery{SKUGUID: "12345678-0000-0000-0000-000000000000", Title: "Office 365 E3"}, true},
		{"another name of the SKU", reconcile.OfferQuery{SKUGUID: office365F3, Title: "Office 365 F1"}, false},
		{"charity price of the SKU", reconcile.OfferQuery{SKUGUID: office365E3, Title: "Office 365 E3 (Non-Profit Pricing)"}, false},
		{"product title of a variant", reconcile.OfferQuery{SKUGUID: "46c3a859-c90d-40b3-9551-6178a48d5c18", Title: "Office 365 E3"}, false},
		{"name shared by two SKUs", reconcile.OfferQuery{SKUGUID: "38b434d2-a15e-4cde-9a98-e737c75623e1", Title: "Visio Plan 2"}, false},
		{"title that means nothing", reconcile.OfferQuery{SKUGUID: office365E1, Title: "Office 365 E9"}, false},
	}
	for _, tt := range tests {
		r := m.Match(tt.q)
		if r.Flags.TitleIDDisagree != tt.want {
			t.Errorf("%s: disagree %v, want %v", tt.name, r.Flags.TitleIDDisagree, tt.want)
		}
		if tt.want && (r.Identified != nil || r.Target != nil || len(r.Candidates) == 0) {
			t.Errorf("%s: something was chosen: %+v", tt.name, r)
		}
	}
}

func TestWhatToBuy(t *testing.T) {
	aliases := []reconcile.Alias{
		{Title: "Contoso Office", SKUGUID: office365E3},
		{Title: "Contoso Basic", SKUGUID: businessBasic, ProductID: "CFQ7TTC0LH18", SKUID: "0001"},
		{Title: "Contoso mail", SKUGUID: office365E1, Never: true},
		{Title: "Contoso midsize", SKUGUID: midsizeBusiness},
	}
	decisions := []reconcile.Decision{
		{Scope: "offer", Key: "Office 365 E4", Field: "choice", Value: office365E5},
		{Scope: "offer", Key: "office 365 midsize business", Field: "choice", Value: "never:" + businessPremium},
		{Scope: "row", Key: "office 365 e1", Field: "choice", Value: office365E5},
	}
	m, _ := newMatcher(t, aliases, decisions)
	tests := []struct {
		name, title string
		nce         string
		class       reconcile.MatchClass
		basis       string
		target      string // SKU GUID
		order       string // product/SKU
		lost        bool
	}{
		{"the SKU again", "Office 365 E3", "", reconcile.MatchSame, "title", office365E3, "CFQ7TTC0LF8R/0001", false},
		{"charity orders the charity product", "Office 365 E3 (Nonprofit Staff Pricing)", "", reconcile.MatchSame, "title", office365E3, "CFQ7TTC0LF8R/0014", false},
		{"batch tool", "Office 365 Enterprise E3", "CFQ7TTC0LF8R:0001:CFQ7TTC0XYZ", reconcile.MatchRenamed, "nce-psa", office365E3, "CFQ7TTC0LF8R/0001", false},
		{"alias says what it is", "Contoso Office", "", reconcile.MatchRenamed, "alias", office365E3, "CFQ7TTC0LF8R/0001", false},
		{"alias says what to buy", "Contoso Basic", "", reconcile.MatchRenamed, "alias", businessBasic, "CFQ7TTC0LH18/0001", false},
		{"alias of what is sold no more", "Contoso midsize", "", reconcile.MatchDifferent, "alias", "", "", false},
		{"a trial", "Microsoft Teams Trial", "", reconcile.MatchDifferent, "title", "", "", false},
		{"a trial by another word", "Microsoft Teams Exploratory", "", reconcile.MatchDifferent, "title", "", "", false},
		{"a person's choice", "OFFICE 365 E4", "", reconcile.MatchEquivalent, "decision", office365E5, "CFQ7TTC0LF8S/0002", false},
		{"retired with several options", "Office 365 E4 for Government", "", reconcile.MatchDifferent, "", "", "", false},
		{"end of sale stays the target", "Office 365 E1", "", reconcile.MatchSame, "title", office365E1, "CFQ7TTC0LF8Q/0001", false},
	}
	for _, tt := range tests {
		r := m.Match(reconcile.OfferQuery{Title: tt.title, NcePsa: tt.nce})
		guid, order := "", ""
		if r.Target != nil {
			guid, order = r.Target.SKUGUID, r.Target.ProductID+"/"+r.Target.SKUID
		}
		if r.Class != tt.class || r.Basis != tt.basis || guid != tt.target || order != tt.order {
			t.Errorf("%s: %s by %q: %s %s, want %s by %q: %s %s", tt.name, r.Class, r.Basis, guid, order, tt.class, tt.basis, tt.target, tt.order)
		}
	}
}

func TestFlags(t *testing.T) {
	m, c := newMatcher(t, nil, nil)
	flags := func(q reconcile.OfferQuery) reconcile.MatchFlags { return m.Match(q).Flags }
	if f := flags(reconcile.OfferQuery{Title: "Office 365 E3"}); !f.SaleUnknown || f.Segment != reconcile.SegmentUnknown || f.Trial || f.AddOn || f.NoOrderID {
		t.Errorf("Office 365 E3: %+v", f)
	}
	if f := flags(reconcile.OfferQuery{Title: "Office 365 E3 (Nonprofit Staff Pricing) Trial"}); !f.Trial || f.Segment != reconcile.Charity {
		t.Errorf("trial of a charity: %+v", f)
	}
	if f := flags(reconcile.OfferQuery{PartNumber: "TEAMS_EXPLORATORY"}); !f.Trial {
		t.Errorf("trial by another word: %+v", f)
	}
	if f := flags(reconcile.OfferQuery{Title: "Office 365 A3 for students"}); f.Segment != reconcile.Education {
		t.Errorf("A3: %+v", f)
	}
	if f := flags(reconcile.OfferQuery{Title: "Office 365 Multi-Geo Capabilities Promo"}); !f.Promotion {
		t.Errorf("promotion: %+v", f)
	}
	if f := flags(reconcile.OfferQuery{Title: "Clipchamp Premium Add-on"}); !f.AddOn {
		t.Errorf("add-on: %+v", f)
	}
	if f := flags(reconcile.OfferQuery{PartNumber: "MCOMEETADV"}); !f.AddOn {
		t.Errorf("add-on by the former price list: %+v", f)
	}
	if f := flags(reconcile.OfferQuery{Title: "Office 365 E3", OfferID: "7,96E+15"}); !f.DamagedID {
		t.Errorf("damaged id: %+v", f)
	}
	if r := m.Match(reconcile.OfferQuery{Title: "Office 365 E4"}); !r.Flags.Discontinued || r.Class != reconcile.MatchDifferent ||
		len(r.Candidates) == 0 || r.Candidates[0].Why[0].Code != "successor" {
		t.Errorf("Office 365 E4: %+v", r)
	}
	i := slices.IndexFunc(c.Offers, func(o reconcile.LegacyOffer) bool { return o.Name == "Dynamics 365 Layout" })
	if r := m.Match(reconcile.OfferQuery{OfferID: c.Offers[i].ID}); r.Identified == nil || r.Identified.InTable || r.Target != nil || !r.Flags.Discontinued {
		t.Errorf("legacy product outside the table: %+v", r)
	}
}

// What the matcher must never choose.
func TestNeverATarget(t *testing.T) {
	m, c := newMatcher(t, nil, nil)
	check := func(q reconcile.OfferQuery) {
		r := m.Match(q)
		if r.Target == nil || r.Target.ProductID == "" {
			return
		}
		if p := c.Product(r.Target.ProductID, r.Target.SKUID); p != nil && (p.EST || p.Trial) {
			t.Errorf("%+v: the target is %s", q, p.SKUTitle)
		}
	}
	for _, p := range c.Products {
		check(reconcile.OfferQuery{ProductID: p.ProductID, ProductSKU: p.SKUID})
		check(reconcile.OfferQuery{Title: p.SKUTitle, Segment: p.Segment})
	}
	for _, s := range c.SKUs {
		check(reconcile.OfferQuery{SKUGUID: s.GUID})
		check(reconcile.OfferQuery{SKUGUID: s.GUID, Segment: reconcile.Charity})
	}
	for _, o := range c.Offers {
		check(reconcile.OfferQuery{OfferID: o.ID, Title: o.Name})
		if r := m.Match(reconcile.OfferQuery{OfferID: o.ID, Title: o.Name}); r.Flags.TitleIDDisagree {
			t.Errorf("offer %q does not agree with its own title", o.Name)
		}
	}
}

// Another SKU GUID always comes with the plans that are lost.
func TestPlansLostAreComputed(t *testing.T) {
	choice := reconcile.Decision{Scope: "offer", Key: "Office 365 E5", Field: "choice", Value: office365E1}
	m, _ := newMatcher(t, nil, []reconcile.Decision{choice})
	r := m.Match(reconcile.OfferQuery{Title: "Office 365 E5"})
	if r.Class != reconcile.MatchEquivalent || r.Target.SKUGUID != office365E1 || len(r.PlansLost) == 0 {
		t.Errorf("E5 to E1: %s, %d plans lost", r.Class, len(r.PlansLost))
	}
}

// What a person chose for a title that means nothing is not proposed again.
func TestChosenOfferIsNoProposal(t *testing.T) {
	choice := reconcile.Decision{Scope: "offer", Key: "Office 365 E9", Field: "choice", Value: office365E3}
	m, _ := newMatcher(t, nil, []reconcile.Decision{choice})
	r := m.Match(reconcile.OfferQuery{Title: "Office 365 E9"})
	if r.Target == nil || r.Target.SKUGUID != office365E3 || len(r.Candidates) == 0 {
		t.Fatalf("got target %+v, candidates %+v", r.Target, r.Candidates)
	}
	if slices.ContainsFunc(r.Candidates, func(c reconcile.Candidate) bool { return c.SKUGUID == office365E3 }) {
		t.Errorf("the target is among the proposals: %+v", r.Candidates)
	}
}

func TestForbiddenOffer(t *testing.T) {
	never := reconcile.Decision{Scope: "offer", Key: "Office 365 E9", Field: "choice", Value: "never:" + office365E3}
	m, _ := newMatcher(t, nil, []reconcile.Decision{never})
	r := m.Match(reconcile.OfferQuery{Title: "OFFICE 365 E9"})
	if len(r.Candidates) == 0 || slices.ContainsFunc(r.Candidates, func(c reconcile.Candidate) bool { return c.SKUGUID == office365E3 }) {
		t.Errorf("candidates: %+v", r.Candidates)
	}
}

// An offer that a person ruled out for a title is neither taken nor proposed,
// even where the title is its very name.
func TestForbiddenByItsName(t *testing.T) {
	never := reconcile.Decision{Scope: "offer", Key: "Office 365 E3", Field: "choice", Value: "never:" + office365E3}
	m, _ := newMatcher(t, nil, []reconcile.Decision{never})
	for _, q := range []reconcile.OfferQuery{{Title: "Office 365 E3"}, {Title: "OFFICE 365 E3", SKUGUID: office365E3}} {
		r := m.Match(q)
		if q.SKUGUID == "" && r.Identified != nil {
			t.Errorf("%+v: is taken for %+v", q, r.Identified)
		}
		named := slices.ContainsFunc(r.Candidates, func(c reconcile.Candidate) bool { return c.SKUGUID == office365E3 })
		if r.Target != nil || named || r.Class == reconcile.MatchSame {
			t.Errorf("%+v: got %s, target %+v, candidates %+v", q, r.Class, r.Target, r.Candidates)
		}
	}
	if r := m.Match(reconcile.OfferQuery{Title: "Dynamics 365 Commerce Ratings and Reviews"}); r.Target == nil {
		t.Errorf("a product without a SKU: got %s, want it bought", r.Class)
	}
}

func TestOutOfScope(t *testing.T) {
	m, _ := newMatcher(t, nil, nil)
	tests := map[string]string{
		"Microsoft Azure": "azure", "Azure plan": "azure", "Azure Reserved VM Instances": "azure",
		"Azure usage, West Europe": "azure", "Azure Plan (DZH318Z0BPS6)": "azure", "Azure subscription 1": "azure", "Azure Virtual Machines - West Europe": "azure",
		"Azure reserved VM instance D2s v3": "azure", "Consumo Azure, Italy North": "azure", "Azure-Verbrauch": "azure", "Azure Monitor": "azure",
		"Azure Information Protection Premium P1": "", "Azure AD P1": "", "Azure P2": "", "Azure A3": "", "Azure Active Dirctory Premium": "", "Azure Rights Management": "",
		"Office 365 Azure": "", "Office 365 E3 and Azure usage": "", "Azure Advanced Threat Protection for Users": "", "Windows 365 usage": "",
		"Managed Printer": "hardware", "Surface Laptop 5": "hardware", "Domain": "domain", "Adobe Creative Cloud": "third-party",
		"Azure Information Protection Plan 9": "", "Power BI for Salesforce": "", "Microsoft Teams Rooms for Zoom": "", "Contoso": "",
		"Veeam Backup for Microsoft 365": "third-party", "Office 365 Backup by Acronis": "third-party", "Backup for Microsoft 365": "", "Office 365 E3 (formerly with Zoom)": "",
	}
	for title, want := range tests {
		if got := m.Match(reconcile.OfferQuery{Title: title}).OutOfScope; got != want {
			t.Errorf("%q: out of scope %q, want %q", title, got, want)
		}
	}
}

func TestCandidatesSayWhy(t *testing.T) {
	m, _ := newMatcher(t, nil, nil)
	r := m.Match(reconcile.OfferQuery{Title: "Office 365 E3 for Telco"})
	if len(r.Candidates) == 0 || len(r.Candidates) > 5 || r.Candidates[0].SKUGUID != office365E3 {
		t.Fatalf("candidates: %+v", r.Candidates)
	}
	want := []reconcile.Reason{{Code: "agree", Args: []string{"parts", "e3 office_365"}}, {Code: "title-only", Args: []string{"parts", "telco"}}}
	if !reflect.DeepEqual(r.Candidates[0].Why, want) {
		t.Errorf("why: %v, want %v", r.Candidates[0].Why, want)
	}
	for i := 1; i < len(r.Candidates); i++ {
		if r.Candidates[i].Score > r.Candidates[i-1].Score {
			t.Errorf("candidates are not best first: %+v", r.Candidates)
		}
	}
}

func TestMatchFromSeveralGoroutines(t *testing.T) {
	m, _ := newMatcher(t, nil, nil)
	var wg sync.WaitGroup
	got := make([]*reconcile.OfferMatch, 8)
	for i := range got {
		wg.Go(func() { got[i] = m.Match(reconcile.OfferQuery{Title: "Office 365 E3"}) })
	}
	wg.Wait()
	for _, r := range got {
		if r != got[0] {
			t.Error("equal queries have different answers")
		}
	}
}

// The user overlays the table of successors: one replacement matches, two are
// a choice.
func TestReplacements(t *testing.T) {
	_, c := newMatcher(t, nil, nil)
	const gone = "04a7fb0d-32e0-4241-b4f5-3f7618cd1162" // Office 365 Midsize Business
	c.Sales = append(c.Sales, reconcile.SaleStatus{SKUGUID: gone, Status: reconcile.SaleWithdrawn})
	c.Successors = append(c.Successors, reconcile.Successor{OldName: "Office 365 Midsize Business", OldGUID: gone, NewName: "Office 365 E3 + Office 365 F3",
		NewGUIDs: []string{office365E3, office365F3}, Kind: reconcile.KindReplacement})
	c.Index()
	r := reconcile.NewMatcher(c, nil, nil, matchAsOf).Match(reconcile.OfferQuery{SKUGUID: gone})
	if r.Class != reconcile.MatchEquivalent || r.Basis != "successor" || r.Target.SKUGUID != office365E3 || len(r.Target.AddOns) != 1 || r.Target.AddOns[0].Name != "Office 365 F3" || r.Target.AddOns[0].ProductID == "" {
		t.Errorf("one replacement: %s %+v", r.Class, r.Target)
	}
	c.Successors = append(c.Successors, reconcile.Successor{OldGUID: gone, NewName: "Office 365 E1", NewGUIDs: []string{office365E1}, Kind: reconcile.KindReplacement})
	c.Index()
	r = reconcile.NewMatcher(c, nil, nil, matchAsOf).Match(reconcile.OfferQuery{SKUGUID: gone})
	if r.Class != reconcile.MatchDifferent || r.Target != nil || len(r.Candidates) < 2 {
		t.Errorf("two replacements: %s %+v", r.Class, r.Candidates)
	}
}

// Who may buy is told by the title first, then by the ids, then by the name of
// the SKU that they identify; a commercial legacy offer says nothing against
// what the row says.
func TestSegmentOfATitleOrAnID(t *testing.T) {
	m, _ := newMatcher(t, nil, nil)
	const (
		e3           = "796B6B5F-613C-4E24-A17C-EBA730D49C02"
		e3Charity    = "D27F14DF-AECE-49BD-B769-D4E28A24963E"
		premiumStaff = "000J" // of Microsoft 365 Business Premium, CFQ7TTC0LCHC
	)
	for _, test := range []struct {
		q    reconcile.OfferQuery
		want reconcile.Segment
	}{
		{reconcile.OfferQuery{Title: "Office 365 A3 for faculty", OfferID: e3Charity}, reconcile.Education},
		{reconcile.OfferQuery{Title: "Office 365 E3", OfferID: e3Charity}, reconcile.Charity},
		{reconcile.OfferQuery{Title: "Office 365 E3", OfferID: e3Charity, Segment: reconcile.Commercial}, reconcile.Charity},
		{reconcile.OfferQuery{Title: "Office 365 E3", OfferID: e3, Segment: reconcile.Charity}, reconcile.Charity},
		{reconcile.OfferQuery{Title: "Office 365 E3", OfferID: e3}, reconcile.SegmentUnknown},
		{reconcile.OfferQuery{ProductID: "CFQ7TTC0LCHC", ProductSKU: premiumStaff}, reconcile.Charity},
		{reconcile.OfferQuery{ProductID: "CFQ7TTC0LCHC", ProductSKU: premiumStaff, Segment: reconcile.Commercial}, reconcile.Charity},
		{reconcile.OfferQuery{ProductID: "CFQ7TTC0GZ1D", ProductSKU: "000M"}, reconcile.Education},
		{reconcile.OfferQuery{ProductID: "CFQ7TTC0LFN5", ProductSKU: "0017"}, reconcile.Government}, // its SKU is not public
		{reconcile.OfferQuery{SKUGUID: powerBIProCE}, reconcile.Charity},                            // sold to charities only
		{reconcile.OfferQuery{SKUGUID: powerBIPro}, reconcile.SegmentUnknown},
		{reconcile.OfferQuery{SKUGUID: powerBIProCE, Segment: reconcile.Education}, reconcile.Education},
		{reconcile.OfferQuery{PartNumber: "M365EDU_A3_FACULTY"}, reconcile.Education},
		{reconcile.OfferQuery{PartNumber: "M365EDU_A3_FACULTY", Segment: reconcile.Charity}, reconcile.Charity},
		{reconcile.OfferQuery{PartNumber: "ENTERPRISEPACK"}, reconcile.SegmentUnknown},
		{reconcile.OfferQuery{PartNumber: "ENTERPRISEPACK", Segment: reconcile.Government}, reconcile.Government},
	} {
		if got := m.Match(test.q).Flags.Segment; got != test.want {
			t.Errorf("%+v: got %v, want %v", test.q, got, test.want)
		}
	}
}
