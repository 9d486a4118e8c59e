package catalog

import (
	"slices"
	"testing"
	"time"

	"cspplan/reconcile"
)

const (
	office365E1  = "18181a46-0d4e-45cd-891e-60aabd171b4e"
	office365E3  = "6fd2c87f-b296-42f0-b197-1e91e994b900"
	office365E5  = "c7df2760-2c81-4ef7-b578-5b5392b571df"
	entraP1      = "078d2b04-f1bd-4111-bbd4-b4b1b354cef4"
	skypePlan2   = "d42c793f-6c78-4f43-92ca-e8f6a02b035f"
	businessBsc  = "3b555118-da6a-4418-894f-7df1e2096870"
	businessStd  = "f245ecc8-75af-4f8e-b61f-27d8114de5f3"
	businessPrem = "cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46"
)

func TestSKUs(t *testing.T) {
	c := load(t)
	tests := []struct{ part, guid, name, former string }{
		{"ENTERPRISEPACK", office365E3, "Office 365 E3", "Office 365 Enterprise E3"},
		{"enterprisepack", office365E3, "Office 365 E3", ""},
		{"AAD_PREMIUM", entraP1, "Microsoft Entra ID P1", "AZURE ACTIVE DIRECTORY PREMIUM P1"},
		{"SPB", businessPrem, "Microsoft 365 Business Premium", "Microsoft 365 Business"},
		{"O365_BUSINESS_PREMIUM", businessStd, "Microsoft 365 Business Standard", "Office 365 Business Premium"},
		// A part number that some copies of the table spell with no-break spaces.
		{"O365_w/o\u00a0Teams\u00a0Bundle_M3", "c2fe850d-fbbb-4858-b67d-bd0c6e746da3", "Microsoft 365 E3 EEA (no Teams)", ""},
	}
	for _, tt := range tests {
		t.Run(tt.part, func(t *testing.T) {
			found := c.SKUsByPart(tt.part)
			if len(found) != 1 {
				t.Fatalf("got %d SKUs, want 1", len(found))
			}
			s := found[0]
			if s.GUID != tt.guid || s.Name != tt.name || !s.Current || len(s.Plans) == 0 {
				t.Errorf("got %s %q, current %v, %d plans; want %s %q", s.GUID, s.Name, s.Current, len(s.Plans), tt.guid, tt.name)
			}
			if tt.former != "" && !slices.Contains(s.Former, tt.former) {
				t.Errorf("former names %q, want %q among them", s.Former, tt.former)
			}
		})
	}
	if n := len(c.SKUsByPart("MCOPSTN5")); n != 2 {
		t.Errorf("MCOPSTN5 is the part number of %d SKUs, want 2", n)
	}
	if s := c.SKU("d4009785-b899-4cab-97b6-d06a7c799507"); s == nil || s.Current {
		t.Errorf("a SKU that left Microsoft's table: got %+v, want it kept and not current", s)
	}
}

func TestOffers(t *testing.T) {
	c := load(t)
	tests := []struct {
		id, name string
		segment  reconcile.Segment
		product  string
		addOn    bool
		seats    int32
	}{
		{"61795CAB-2ABD-43F6-88E9-C9ADAE5746E0", "Microsoft 365 Business", reconcile.Commercial, businessPrem, false, 300},
		{"22355eb0-b6b6-484d-b856-29be1f011300", "Audio Conferencing (Nonprofit Staff Pricing)", reconcile.Charity, "0c266dff-15dd-4b49-8397-2bb16070ed52", true, 0},
	}
	for _, tt := range tests {
		o := c.Offer(tt.id)
		if o == nil {
			t.Fatalf("no offer %s", tt.id)
		}
		if o.Name != tt.name || o.Segment != tt.segment || o.ProductGUID != tt.product || o.AddOn != tt.addOn || o.Max != tt.seats {
			t.Errorf("offer %s: got %+v, want %+v", tt.id, o, tt)
		}
		if o.AddOn != (len(o.Prerequisites) > 0) {
			t.Errorf("offer %s: add-on %v with %d prerequisites", tt.id, o.AddOn, len(o.Prerequisites))
		}
	}
	outside := 0
	for _, o := range c.Offers {
		if !o.InTable {
			outside++
		}
	}
	if outside != 69 {
		t.Errorf("%d offers have no SKU in Microsoft's table, want 69", outside)
	}
}

func TestProducts(t *testing.T) {
	c := load(t)
	tests := []struct {
		product, sku, title, guid string
		trial, est                bool
	}{
		{"CFQ7TTC0LF8R", "1", "Office 365 E3", office365E3, false, false},
		{"CFQ7TTC0LF8R", "0008", "Office 365 E3", "", true, false},
		{"CFQ7TTC0LF8R", "0020", "Office 365 E3 (no Teams)", "", false, false},
		{"CFQ7TTC0LH18", "0001", "Microsoft 365 Business Basic", businessBsc, false, false}, // two SKUs have the name, Microsoft printed which
		{"CFQ7TTC0HD32", "0002", "Visio Plan 2", "", false, false},                          // two SKUs have the name
		{"CFQ7TTC0LH18", "001H", "Microsoft 365 Business Basic (no Teams) - Extended Service Term", "", false, true},
	}
	for _, tt := range tests {
		p := c.Product(tt.product, tt.sku)
		if p == nil {
			t.Errorf("no product %s/%s", tt.product, tt.sku)
			continue
		}
		guid := tt.guid
		if tt.title == "Office 365 E3 (no Teams)" { // not EEA: has a SKU of its own
			guid = c.SKUsByPart("Office_365_E3_(no_Teams)")[0].GUID
		}
		if p.SKUTitle != tt.title || p.SKUGUID != guid || p.Trial != tt.trial || p.EST != tt.est {
			t.Errorf("%s/%s: got %+v, want %+v", tt.product, tt.sku, p, tt)
		}
	}
	e3 := c.Product("CFQ7TTC0LF8R", "0001")
	if want := (reconcile.TermBilling{Term: reconcile.P3Y, Billing: reconcile.Triennial}); !slices.Contains(e3.Terms, want) {
		t.Errorf("Office 365 E3 is sold for %v, want %v among them", e3.Terms, want)
	}
}

func TestRegionOf(t *testing.T) {
	c := load(t)
	tests := []struct {
		code, region string
		known        bool
	}{
		{"GB", "Europe", true}, {"UK", "Europe", true}, {"it", "Europe", true}, {" EL ", "Europe", true}, {"CH", "Europe", true},
		{"JP", "Japan", true}, {"BR", "Brazil", true}, {"GU", "United States", true}, {"US", "United States", true},
		{"XK", "Middle East, Central Europe, and Eastern Europe", true}, {"XS", "Latin America and the Caribbean", true},
		{"RU", "", true}, {"BY", "", true}, {"KP", "", true},
		{"", "", false}, {"ZZ", "", false}, {"Italy", "", false}, {"AN", "", false},
	}
	for _, tt := range tests {
		if region, known := c.RegionOf(tt.code); region != tt.region || known != tt.known {
			t.Errorf("RegionOf(%q) = %q, %v; want %q, %v", tt.code, region, known, tt.region, tt.known)
		}
	}
	var none []string
	for _, country := range c.Countries {
		if country.Region != "" && country.Currency == "" {
			none = append(none, country.Code)
		}
	}
	if want := []string{"BA", "KN", "MK", "PS", "VA"}; !slices.Equal(none, want) {
		t.Errorf("countries without a stated currency: %v, want %v", none, want)
	}
}

// day reads a date that the test itself wrote.
func day(t *testing.T, s string) reconcile.Date {
	t.Helper()
	d, err := reconcile.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestDays(t *testing.T) {
	c := load(t)
	tests := []struct {
		name         string
		channel      reconcile.Channel
		programme    reconcile.Programme
		bought, ends string
		working      int
		admin        int
		est          bool
	}{
		{"direct, MOSA", reconcile.Direct, reconcile.MOSA, "2026-06-01", "2027-05-31", 30, 90, false},
		{"direct, MCA, the day before EST", reconcile.Direct, reconcile.MCA, "2026-02-08", "2027-02-07", 30, 90, false},
		{"direct, MCA, the first day of EST", reconcile.Direct, reconcile.MCA, "2026-02-09", "2027-02-08", 0, 90, true},
		{"direct, MCA, purchase not known", reconcile.Direct, reconcile.MCA, "", "2027-02-08", 0, 90, true},
		{"direct, programme not known", reconcile.Direct, reconcile.ProgrammeUnknown, "2020-01-01", "2027-01-01", 0, 90, false},
		{"enterprise agreement", reconcile.Volume, reconcile.EA, "", "2026-12-31", 0, 150, false},
		{"open value", reconcile.Volume, reconcile.OpenValue, "", "2026-12-31", 0, 120, false},
		{"MPSA has no row", reconcile.Volume, reconcile.MPSA, "", "2026-12-31", 0, 120, false},
		{"volume, programme not known", reconcile.Volume, reconcile.ProgrammeUnknown, "", "", 0, 120, false},
		{"legacy CSP", reconcile.LegacyCSP, reconcile.Legacy, "", "2026-12-31", 0, 90, false},
		{"NCE, ends the day before EST", reconcile.OtherPartner, reconcile.NCE, "2025-05-04", "2026-05-03", 30, 90, false},
		{"NCE, ends on the first day of EST", reconcile.OtherPartner, reconcile.NCE, "2025-05-05", "2026-05-04", 0, 90, true},
		{"NCE, bought before the EST terms", reconcile.OtherPartner, reconcile.NCE, "2025-03-31", "2028-03-30", 30, 90, false},
		{"NCE, bought with the EST terms", reconcile.OtherPartner, reconcile.NCE, "2025-04-01", "2028-03-31", 0, 90, true},
		{"NCE, no date known", reconcile.OtherPartner, reconcile.NCE, "", "", 0, 90, true},
		{"other partner, programme not known", reconcile.OtherPartner, reconcile.ProgrammeUnknown, "", "2026-12-31", 0, 90, true},
		{"other partner, legacy", reconcile.OtherPartner, reconcile.Legacy, "", "2026-12-31", 0, 90, false},
		{"channel follows from the programme", reconcile.ChannelUnknown, reconcile.EA, "", "2026-12-31", 0, 150, false},
		{"nothing known", reconcile.ChannelUnknown, reconcile.ProgrammeUnknown, "", "", 0, 90, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r, ok := c.Days(tt.channel, tt.programme, day(t, tt.bought), day(t, tt.ends))
			if !ok || r.WorkingDays != tt.working || r.AdminDays != tt.admin || r.EST != tt.est {
				t.Errorf("got %d + %d days, EST %v, found %v; want %d + %d, %v", r.WorkingDays, r.AdminDays, r.EST, ok, tt.working, tt.admin, tt.est)
			}
			if r.Source == "" {
				t.Error("the row names no source")
			}
		})
	}
}

func TestPlansLost(t *testing.T) {
	c := load(t)
	guids := func(parts ...string) []string {
		t.Helper()
		var out []string
		for _, part := range parts {
			found := c.SKUsByPart(part)
			if len(found) == 0 {
				t.Fatalf("no SKU %s", part)
			}
			out = append(out, found[0].GUID)
		}
		return out
	}
	tests := []struct {
		name     string
		from, to []string
		want     []string // codes that must be among the lost; nil: nothing is lost
	}{
		{"E3 to E5", guids("ENTERPRISEPACK"), guids("ENTERPRISEPREMIUM"), nil},
		{"E3 to E3", guids("ENTERPRISEPACK"), guids("ENTERPRISEPACK"), nil},
		{"E3 to E1", guids("ENTERPRISEPACK"), guids("STANDARDPACK"), []string{"EXCHANGE_S_ENTERPRISE", "SHAREPOINTENTERPRISE", "OFFICESUBSCRIPTION"}},
		{"E5 to E3", guids("ENTERPRISEPREMIUM"), guids("ENTERPRISEPACK"), []string{"MCOEV", "THREAT_INTELLIGENCE"}},
		{"Microsoft 365 E3 to E5", guids("SPE_E3"), guids("SPE_E5"), nil},
		{"Business Standard to Premium", guids("O365_BUSINESS_PREMIUM"), guids("SPB"), nil},
		{"Business Premium to Standard", guids("SPB"), guids("O365_BUSINESS_PREMIUM"), []string{"AAD_PREMIUM", "INTUNE_A"}},
		{"Exchange Plan 2 to Plan 1", guids("EXCHANGEENTERPRISE"), guids("EXCHANGESTANDARD"), []string{"EXCHANGE_S_ENTERPRISE"}},
		{"Entra P1 to P2", guids("AAD_PREMIUM"), guids("AAD_PREMIUM_P2"), nil},
		{"E1 to E1 without Teams", guids("STANDARDPACK"), guids("Office_365_w/o_Teams_Bundle_E1"), []string{"TEAMS1"}},
		{"E1 to E1 without Teams and Teams beside it", guids("STANDARDPACK"), guids("Office_365_w/o_Teams_Bundle_E1", "Microsoft_Teams_EEA_New"), nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := column(c.PlansLost(tt.from, tt.to), func(p reconcile.ServicePlan) string { return p.Code })
			if tt.want == nil && len(got) > 0 {
				t.Errorf("lost %v, want nothing", got)
			}
			for _, code := range tt.want {
				if !slices.Contains(got, code) {
					t.Errorf("lost %v, want %s among them", got, code)
				}
			}
		})
	}
}

func TestSale(t *testing.T) {
	c := load(t)
	tests := []struct{ name, guid, country, at, want string }{
		{"E3 in Italy, the day before", office365E3, "IT", "2023-09-30", reconcile.SaleAvailable},
		{"E3 in Italy, the first day", office365E3, "IT", "2023-10-01", reconcile.SaleEnded},
		{"E3 in Switzerland", office365E3, "CH", "2023-10-01", reconcile.SaleEnded},
		{"E3 in the United Kingdom, Europe but not EEA", office365E3, "UK", "2023-10-01", reconcile.SaleAvailable},
		{"E3 in the United Kingdom, six months later", office365E3, "GB", "2024-04-01", reconcile.SaleEnded},
		{"E3, country not known", office365E3, "", "2023-10-01", reconcile.SaleEnded},
		{"Business Premium", businessPrem, "IT", "2026-11-23", reconcile.SaleAvailable},
		{"Skype for Business", skypePlan2, "US", "2021-07-31", reconcile.SaleWithdrawn},
		{"Skype for Business, upper case", "D42C793F-6C78-4F43-92CA-E8F6A02B035F", "US", "2026-11-23", reconcile.SaleWithdrawn},
		{"a SKU nobody lists", "00000000-0000-0000-0000-000000000000", "US", "2026-11-23", reconcile.SaleAvailable},
	}
	for _, tt := range tests {
		if got := c.Sale(tt.guid, tt.country, day(t, tt.at)); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.name, got, tt.want)
		}
	}
}

func TestSuccessorsOf(t *testing.T) {
	c := load(t)
	find := func(guid string, at reconcile.Date, kind string) []reconcile.Successor {
		return slices.DeleteFunc(c.SuccessorsOf(guid, at), func(s reconcile.Successor) bool { return s.Kind != kind })
	}
	if got := find(office365E3, reconcile.NewDate(2023, time.September, 30), reconcile.KindNetNew); len(got) != 0 {
		t.Errorf("before 2023-10-01: got %v, want none", got)
	}
	got := find(office365E3, reconcile.NewDate(2023, time.October, 1), reconcile.KindNetNew)
	if len(got) != 1 {
		t.Fatalf("from 2023-10-01: got %v, want one", got)
	}
	s := got[0]
	if want := []string{"d711d25a-a21c-492f-bd19-aae1e8ebaf30", "7e74bd05-2c47-404e-829a-ba95c66fe8e5"}; !slices.Equal(s.NewGUIDs, want) {
		t.Errorf("successor of Office 365 E3: got %v, want the suite first, then Teams: %v", s.NewGUIDs, want)
	}
	if s.OldName != "Office 365 E3" || s.AppliesIn("GB") || s.AppliesIn("") || !s.AppliesIn("el") {
		t.Errorf("got %q in %v, want Office 365 E3 in the EEA and Switzerland only", s.OldName, s.Countries)
	}
	later := find(office365E3, reconcile.NewDate(2024, time.April, 1), reconcile.KindNetNew)
	for country, want := range map[string]string{"IT": "Office 365 E3 EEA (no Teams) + Microsoft Teams EEA", "US": "Office 365 E3 (no Teams) + Microsoft Teams Enterprise"} {
		fits := slices.DeleteFunc(slices.Clone(later), func(s reconcile.Successor) bool { return !s.AppliesIn(country) })
		if len(fits) != 1 || fits[0].NewName != want {
			t.Errorf("in %s from 2024-04-01: got %v, want only %q", country, fits, want)
		}
	}
	business := find("cc13a803-544e-4464-b4e4-6d6169a138fa", reconcile.NewDate(2026, time.November, 23), reconcile.KindReplacement)
	names := column(business, func(s reconcile.Successor) string { return s.NewName })
	if want := []string{"Dynamics 365 Business Central Essentials", "Dynamics 365 Business Central Premium"}; !slices.Equal(names, want) {
		t.Errorf("a choice of successors: got %q, want %q", names, want)
	}
	if renamed := find(entraP1, reconcile.NewDate(2024, time.January, 20), reconcile.KindRename); len(renamed) != 1 {
		t.Errorf("renames of Entra ID P1: got %v, want one", renamed)
	}
}

// A kind nobody thought about must not slip into the tables: whether it may
// match by itself is a decision.
func TestSuccessorKinds(t *testing.T) {
	want := map[string]bool{
		"rename": false, "replacement": true, "replacement-option": false, "replacement-outside": false, "end-of-sale": false,
		"end-of-sale-new-customers": true, "alternative": false, "upgrade-path": false, "trial-conversion": false, "service-retirement": false,
		"optional-transition": false, "manual-migration": false, "no-auto-renewal": false, "retired": false,
	}
	for _, s := range load(t).Successors {
		if _, ok := want[s.Kind]; !ok {
			t.Errorf("successor of %q has the unknown kind %q", s.OldName, s.Kind)
		}
		if reconcile.EquivalentKind(s.Kind) != want[s.Kind] {
			t.Errorf("EquivalentKind(%q) = %v, want %v", s.Kind, !want[s.Kind], want[s.Kind])
		}
	}
}
