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
}

// A phrase that two languages use in two meanings would make titles depend on
// the order of the tables.
func TestLanguagesAgree(t *testing.T) {
	said := map[string]string{}
	for _, table := range titleLanguages {
		for _, list := range newPhrases(table) {
			for _, p := range list {
				from := strings.Join(p.words, " ")
				if other, ok := said[from]; ok && other != p.to {
					t.Errorf("%q means %q and %q", from, other, p.to)
				}
				said[from] = p.to
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
