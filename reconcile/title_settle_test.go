package reconcile

import "testing"

// Words that another word of the title implies go; the same words stay where
// nothing implies them.
func TestImpliedWords(t *testing.T) {
	tests := []struct{ title, key string }{
		{"Office 365 Enterprise E1", "e1 office_365"},
		{"Office 365 Enterprise E9", "e9 office_365"},
		{"Office 365 Enterprise E0", "e0 enterprise office_365"},
		{"Microsoft 365 Apps for Enterprise GCC", "gcc microsoft_365_apps"},
		{"Microsoft 365 Apps for Enterprise Student", "microsoft_365_apps student"},

		{"Office 365 F3 for Government", "f3 gcc office_365"},
		{"EMS E3 for Government", "enterprise_mobility_security g3"},
		{"Windows E3 for Government", "e3 gcc windows"},
		{"Visio GCC GCC", "gcc visio"},
		{"Visio Plan 2 Plan 2", "p2 p2 visio"},

		{"Microsoft 365 E3 Frontline", "e3 frontline microsoft_365"},
		{"Frontline F1", "f1 frontline"},
		{"Office 365 Education A3", "a3 education office_365"},
		{"Windows 10 Education A3", "a3 windows"},

		{"Azure AD Premium P1", "entra_id p1"},
		{"Azure AD Premium P9", "entra_id p9"},
		{"Azure AD Premium P0", "entra_id p0 premium"},
		{"Azure Information Protection Premium P1", "azure_information_protection p1"},
		{"Azure Information Protection Premium", "azure_information_protection premium"},
		{"Power BI Premium P1", "p1 power_bi premium"},
		{"Defender for Office 365 ATP", "atp defender_for_office_365"},
		{"Microsoft Defender for Endpoint ATP P1", "atp defender_for_endpoint p1"},

		{"Microsoft 365 Audio Conferencing", "audio_conferencing"},
		{"Microsoft 365 E3 with Teams", "e3 microsoft_365"},
		{"Microsoft 365 with Teams", "microsoft_365 with_teams"},
		{"Business with Teams", "business with_teams"},
		{"E3 with Teams", "e3 with_teams"},

		{"Teams なし", "no_teams"},
		{"Office 365 E3 Teams 없음", "e3 no_teams office_365"},
		{"なし Teams", "lacking teams"},
	}
	for _, tt := range tests {
		if got := parseTitle(tt.title).key; got != tt.key {
			t.Errorf("parseTitle(%q) = %q, want %q", tt.title, got, tt.key)
		}
	}
}
