package reconcile_test

import (
	"testing"

	"cspplan/reconcile"
)

// A title means what it meant on the day of the purchase, to the day.
func TestTitleOnItsDay(t *testing.T) {
	m, _ := newMatcher(t, nil, nil)
	const aadPremium = "078d2b04-f1bd-4111-bbd4-b4b1b354cef4"
	tests := []struct {
		title string
		day   reconcile.Date
		guid  string // empty: not certain
	}{
		{"Microsoft 365 F1", reconcile.NewDate(2020, 3, 31), microsoft365F3},
		{"Microsoft 365 F1", reconcile.NewDate(2020, 4, 1), ""},
		{"Microsoft 365 F1", reconcile.NewDate(2020, 4, 2), ""},
		{"Microsoft 365 F1", 0, ""},
		{"M365 F1 (1 Year)", reconcile.NewDate(2019, 12, 31), microsoft365F3},
		{"Azure Active Directory Premium", reconcile.NewDate(2016, 9, 14), aadPremium},
		{"Azure Active Directory Premium", reconcile.NewDate(2016, 9, 15), ""},
		{"Azure Active Directory Premium", reconcile.NewDate(2016, 9, 30), ""},
		{"Office 365 Business Premium", reconcile.NewDate(2020, 4, 20), "f245ecc8-75af-4f8e-b61f-27d8114de5f3"},
		{"Office 365 Business Premium", reconcile.NewDate(2024, 1, 1), "f245ecc8-75af-4f8e-b61f-27d8114de5f3"},
		{"Microsoft 365 Business", reconcile.NewDate(2019, 5, 1), businessPremium},
		{"Microsoft 365 Business", reconcile.NewDate(2025, 5, 1), businessPremium},
	}
	for _, tt := range tests {
		got := ""
		if id := m.Match(reconcile.OfferQuery{Title: tt.title, At: tt.day}).Identified; id != nil {
			got = id.SKUGUID
		}
		if got != tt.guid {
			t.Errorf("%q bought %s: got %q, want %q", tt.title, tt.day, got, tt.guid)
		}
	}
}

// Queries that have one answer are one question; those that may have two are not.
func TestQuestion(t *testing.T) {
	m, _ := newMatcher(t, nil, nil)
	ask := func(title, country string, day reconcile.Date) reconcile.OfferQuery {
		return m.Question(reconcile.OfferQuery{Title: title, Country: country, At: day})
	}
	before, after := reconcile.NewDate(2019, 1, 1), reconcile.NewDate(2024, 1, 1)
	tests := []struct {
		name string
		a, b reconcile.OfferQuery
		same bool
	}{
		{"days of a title that kept its SKU", ask("Office 365 E3", "IT", before), ask("Office 365 E3", "IT", after), true},
		{"days of a title that went to another SKU", ask("M365 F1", "IT", before), ask("M365 F1", "IT", after), false},
		{"days of one era", ask("M365 F1", "IT", after), ask("M365 F1", "IT", after+40), true},
		{"countries with one rule of sale", ask("Office 365 E3", "IT", after), ask("Office 365 E3", "de", after), true},
		{"countries with two", ask("Office 365 E3", "IT", after), ask("Office 365 E3", "US", after), false},
		{"country not known", ask("Office 365 E3", "IT", after), ask("Office 365 E3", "", after), false},
		{"two titles", ask("Office 365 E3", "IT", after), ask("Office 365 E5", "IT", after), false},
	}
	for _, tt := range tests {
		if (tt.a == tt.b) != tt.same {
			t.Errorf("%s: %+v and %+v, want the same question: %v", tt.name, tt.a, tt.b, tt.same)
		}
		if m.Question(tt.a) != tt.a {
			t.Errorf("%s: the question of %+v is another one", tt.name, tt.a)
		}
	}
}
