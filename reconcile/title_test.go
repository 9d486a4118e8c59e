package reconcile

import (
	"strings"
	"testing"
)

func TestParseTitleWords(t *testing.T) {
	tests := []struct{ title, key string }{
		{"Office 365 Enterprise E3", "e3 office_365"},
		{"O365 E3", "e3 office_365"},
		{"Microsoft Office 365 (Plan E3)", "e3 office_365"},
		{"M365 E3 ShrdSvr ALNG SubsVL MVL PerUsr", "e3 microsoft_365"},
		{"Exchange Online (Plan 2)", "exchange_online p2"},
		{"EXCHANGE ONLINE-ABONNEMENT 2", "exchange_online p2"},
		{"Exchange Online プラン 2", "exchange_online p2"},
		{"Microsoft 365 E5 EEA (no Teams)", "e5 eea microsoft_365 no_teams"},
		{"Microsoft 365 E5 EWR ohne Teams", "e5 eea microsoft_365 no_teams"},
		{"Office 365 E3 for Government", "g3 office_365"},
		{"Office 365 G3 GCC", "g3 office_365"},
		{"Azure Active Directory Premium P1 for Faculty", "entra_id faculty p1"},
		{"Azure Active Directory", "entra_id"},
		{"Project Online Professional (Nonprofit Staff Pricing)", "p3 project"},
		{"Dynamics 365 e-Commerce Tier 2 Band 1", "band_1 dynamics_365 ecommerce tier_2"},
		{"Windows 365 Business 4 vCPU 16 GB 128 GB", "128_gb 16_gb 4_vcpu business windows_365"},
		{"10-Year Audit Log Retention Add On", "10 add_on audit log retention year"},
		{"Microsoft 365 Business Premium (1 Year)", "business microsoft_365 premium"},
		{"Sistema telefonico di Microsoft 365", "phone_system"},
		{"OFFICE 365 ENTREPRISE E5 SANS CONFÉRENCE AUDIO", "e5 no_audio_conferencing office_365"},
		{"Privacy Management \ufffd risk", "management privacy risk"},
		{"", ""},
		{"()", ""},
	}
	for _, tt := range tests {
		if got := parseTitle(tt.title).key; got != tt.key {
			t.Errorf("parseTitle(%q) = %q, want %q", tt.title, got, tt.key)
		}
	}
}

func TestParseTitleMarks(t *testing.T) {
	tests := []struct {
		title                       string
		segment                     Segment
		trial, addOn, promo, termed bool
	}{
		{title: "Office 365 E3"},
		{title: "Office 365 E3 (Nonprofit Staff Pricing)", segment: Charity},
		{title: "Office 365 E3 senza scopo di lucro", segment: Charity},
		{title: "Office 365 E3 sin fines de lucro", segment: Charity},
		{title: "Office 365 A3 for students", segment: Education},
		{title: "Microsoft 365 A5", segment: Education},
		{title: "Power BI Pro for GCC", segment: Government},
		{title: "Office 365 E5 Trial", trial: true},
		{title: "Power BI for Office 365-invoegtoepassing", addOn: true},
		{title: "Microsoft 365 E3 Promo (36 mo)", promo: true, termed: true},
		{title: "Microsoft 365 E3 - 3 year", termed: true},
	}
	for _, tt := range tests {
		got := parseTitle(tt.title)
		if got.segment != tt.segment || got.trial != tt.trial || got.addOn != tt.addOn || got.promo != tt.promo || got.termed != tt.termed {
			t.Errorf("parseTitle(%q): segment %q trial %v add-on %v promo %v term %v", tt.title, got.segment, got.trial, got.addOn, got.promo, got.termed)
		}
	}
}

func TestFoldTitle(t *testing.T) {
	for _, title := range []string{"Office 365 E3", " OFFICE\u00a0365   e3 ", "Office 365 – E3", "Óffice 365 (E3)"} {
		if got := FoldTitle(title); got != "office 365 e3" {
			t.Errorf("FoldTitle(%q) = %q", title, got)
		}
	}
	for title, want := range map[string]string{
		"L’entreprise d'essai": "entreprise essai", "Bob's plan": "bob s plan", "plan l": "plan l", "D L'E": "d e",
		"Caff\u00e8": "caffe", "ÉÀ": "ea", "x\u0300y\u036fz": "xyz", "Straße ŁØı": "strasse loi",
	} {
		if got := FoldTitle(title); got != want {
			t.Errorf("FoldTitle(%q) = %q, want %q", title, got, want)
		}
	}
}

// A phrase that two languages use in two meanings would make tables depend on
// the order of the tables.
func TestLanguagesAgree(t *testing.T) {
	said := map[string]string{}
	for _, table := range titleLanguages {
		for _, list := range newPhrases(table).byFirst {
			for _, p := range list {
				from, to := strings.Join(p.words, " "), strings.Join(p.to, " ")
				if other, ok := said[from]; ok && other != to {
					t.Errorf("%q means %q and %q", from, other, to)
				}
				said[from] = to
			}
		}
	}
}

func FuzzParseTitle(f *testing.F) {
	for _, s := range []string{"Office 365 E3", "w/o", "l'", "1 year", "プラン1", "\xff", "no", "plan 1 plan 2", "\xf2ӫ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, title string) {
		got := parseTitle(title)
		if again := parseTitle(strings.ToUpper(strings.ToLower(title))); title == strings.ToLower(title) && isPlainASCII(title) && again.key != got.key {
			t.Errorf("%q: case changes the meaning: %q, %q", title, got.key, again.key)
		}
		if FoldTitle(FoldTitle(title)) != FoldTitle(title) {
			t.Errorf("%q: folding twice differs", title)
		}
	})
}

// Numbers, days, terms and negations at their edges: one step too far and they
// are words of the offer, which must agree like all others.
func TestParseTitleEdges(t *testing.T) {
	tests := []struct{ title, key string }{
		{"Exchange Online Plan 9", "exchange_online p9"},
		{"Exchange Online Plan 0", "0 exchange_online"},
		{"Exchange Online Plan 10", "10 exchange_online"},
		{"Exchange Online Plan", "exchange_online"},
		{"Exchange Plan 1", "exchange_online p1"},
		{"Exchange", "exchange"},
		{"SharePoint Plan 2G", "gcc p2 sharepoint_online"},
		{"SharePoint Plan 9G", "gcc p9 sharepoint_online"},
		{"SharePoint Plan 0G", "0g sharepoint"},
		{"SharePoint Plan 2H", "2h sharepoint"},
		{"SharePoint Plan 1G", "gcc p1 sharepoint_online"},
		{"Lync Plan 2", "online p2 skype_for_business"},
		{"Office 365 E9", "e9 office_365"},
		{"Office 365 Plan P1", "office_365 p1"},

		{"Office 365 E3 from 01/02/2026 to 28/02/2026", "e3 office_365"},
		{"Office 365 E3 2026-02-28", "e3 office_365"},
		{"Office 365 E3 1/2/2026", "e3 office_365"},
		{"Office 365 E3 123/2/2026", "123 2 2026 e3 office_365"},
		{"Office 365 E3 1/123/2026", "1 123 2026 e3 office_365"},
		{"Office 365 E3 1/2/1999", "1 1999 2 e3 office_365"},
		{"Office 365 E3 1/2", "1 2 e3 office_365"},
		{"Office 365 E3 from 1/2", "1 2 e3 from office_365"},

		{"Exchange Online Plan 1 mth", "exchange_online p1"},
		{"Exchange Online Plan (1 mth)", "exchange_online"},
		{"Office 365 E3 12 months term", "e3 office_365"},
		{"Office 365 E3 24 months", "24 e3 months office_365"},
		{"Office 365 E3 2 year", "2 e3 office_365 year"},
		{"Office 365 E3 3 year commitment", "e3 office_365"},
		{"1 year", "1 year"},
		{"1", "1"},

		{"O365E3", "e3 office_365"},
		{"exchgonlnplan1", "exchange_online p1"},
		{"exchgonlnplan9", "exchange_online p9"},
		{"exchgonlnplan0", "exchgonlnplan0"},
		{"Office365 E3", "e3 office_365"},
		{"Windows10 Enterprise E3", "e3 windows"},
		{"Dynamics 365 Tier2", "dynamics_365 tier_2"},
		{"Exchange Online Plan10", "10 exchange_online"},
		{"Contoso7", "contoso7"},
		{"Windows 365 Enterprise 4vCPU 16GB 128GB", "128_gb 16_gb 4_vcpu enterprise windows_365"},
		{"Power Apps 10 GB", "10_gb power_apps"},
		{"Power Apps 90 GB", "90_gb power_apps"},
		{"Power Apps 10gb", "10_gb power_apps"},
		{"Power Apps 10gx", "10gx power_apps"},
		{"Power Apps GB 10", "10 gb power_apps"},
		{"Dynamics 365 Tier 2", "dynamics_365 tier_2"},
		{"Dynamics 365 2 Tier", "2 dynamics_365 tier"},
		{"Dynamics 365 365 GB", "365 dynamics_365 gb"},

		{"Office 365 E3 w/o Teams", "e3 no_teams office_365"},
		{"Office 365 E3 w/ Teams", "e3 office_365"},
		{"Office 365 E3 without", "e3 office_365 without"},
		{"Office 365 E3 without Teams without Audio Conferencing", "e3 no_audio_conferencing no_teams office_365"},
		{"Office 365 with Teams", "office_365 with_teams"},
		{"Microsoft 365 Business Premium with Teams", "business microsoft_365 premium"},

		{"Windows 10 Enterprise E3", "e3 windows"},
		{"Windows 11 Enterprise", "11 enterprise windows"},
		{"Azure AD Premium", "entra_id premium"},
		{"Microsoft Defender for Office 365 ATP (Plan 1)", "defender_for_office_365 p1"},
		{"Microsoft 365 F1 Frontline", "f1 microsoft_365"},
		{"Frontline", "frontline"},
		{"Microsoft 365 E5 Phone System", "e5 microsoft_365 phone_system"},
		{"Office 365 A3 for Government", "a3 gcc office_365"},
		{"Office 365 P1 for Government", "gcc office_365 p1"},
		{"Office 365 E3 for Government (Government Community Cloud Pricing)", "g3 office_365"},
		{"Microsoft 365 Apps for Enterprise", "enterprise microsoft_365_apps"},
		{"Microsoft 365 Apps for Enterprise for faculty", "faculty microsoft_365_apps"},
		{"Company E3", "e3"},
		{"Company", "company"},

		{"Office 365 version d'essai", "office_365 trial"},
		{"Office 365 E3 Commercial", "e3 office_365"},
		{"Commercial E3", "commercial e3"},
		{"Visio Commercial", "commercial visio"},
		{"Annual", "annual"},
	}
	for _, tt := range tests {
		if got := parseTitle(tt.title).key; got != tt.key {
			t.Errorf("parseTitle(%q) = %q, want %q", tt.title, got, tt.key)
		}
	}
}

// A title that says "and" may put two offers into one; in the names of products
// it joins nothing.
func TestTitlesThatJoin(t *testing.T) {
	for title, want := range map[string]bool{
		"Office 365 E3": false, "Office 365 E3 and Visio": true, "and Visio": true, "Office 365 E3 + Visio": true, "Office 365 E3 & Visio": true,
		"Planner and Project Plan 3": false, "Planner & Project Plan 3": false, "Project and Planner": true,
	} {
		if got := parseTitle(title).joins; got != want {
			t.Errorf("%q joins: %v, want %v", title, got, want)
		}
	}
}
