package reconcile_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"cspplan/reconcile"
)

const (
	skuBusinessBasic    = "3b555118-da6a-4418-894f-7df1e2096870"
	skuBusinessStandard = "f245ecc8-75af-4f8e-b61f-27d8114de5f3"
	skuBusinessPremium  = "cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46"
	skuPhone            = "e43b5b99-8dfb-405f-9987-dc307f34bcbd"
	skuExchange1        = "4b9405b0-7788-4568-add1-99614e613b69"
	skuExchange2        = "19ec0d23-8335-4cbd-94ac-6050e30712fa"
	skuM365F1           = "50f60901-3181-4b75-8a2c-4c8e4c1d5a72"
	skuE4               = "1392051d-0cb9-4b7a-88d5-621fee5e8711"
)

// What a lesser plan leaves less of, by the day: the mailboxes of the Business
// plans grew in 2026.
func TestShrinks(t *testing.T) {
	_, c := newMatcher(t, nil, nil)
	tests := []struct {
		name     string
		from, to []string
		at, want string
	}{
		{"Exchange Plan 2 to Plan 1", []string{skuExchange2}, []string{skuExchange1}, "2026-11-23", "archive 1500 50, hold 1 0, mailbox 100 50"},
		{"and back", []string{skuExchange1}, []string{skuExchange2}, "2026-11-23", ""},
		{"E3 to Business Standard, before the change", []string{office365E3}, []string{skuBusinessStandard}, "2026-07-31", "archive 1500 50, hold 1 0, mailbox 100 50, onedrive 5120 1024, shared 1 0"},
		{"E3 to Business Standard, after it", []string{office365E3}, []string{skuBusinessStandard}, "2026-08-01", "archive 1500 50, hold 1 0, onedrive 5120 1024, shared 1 0"},
		{"E1 keeps 50 GB, Business Basic has more", []string{skuBusinessBasic}, []string{office365E1}, "2026-08-01", "mailbox 100 50"},
		{"E3 to Business Premium: it has the archive", []string{office365E3}, []string{skuBusinessPremium}, "2026-08-01", "onedrive 5120 1024"},
		{"E3 to F3", []string{office365E3}, []string{office365F3}, "2026-11-23", "archive 1500 0, desktop 1 0, folders 1 0, hold 1 0, mailbox 100 2, onedrive 5120 2, shared 1 0"},
		{"F3 to F1, which has a plan but no mailbox", []string{office365F3}, []string{skuM365F1}, "2026-11-23", "mailbox 2 0"},
		{"E4 to E3: the telephone", []string{skuE4}, []string{office365E3}, "2026-11-23", ""},
		{"what both parts give counts", []string{office365E3}, []string{skuExchange2, office365E1}, "2026-11-23", "desktop 1 0, onedrive 5120 1024, shared 1 0"},
		{"an unknown SKU gives nothing", []string{"unknown"}, []string{office365E1}, "2026-11-23", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			at, err := reconcile.ParseDate(tt.at)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, s := range c.Shrinks(tt.from, tt.to, at) {
				got = append(got, s.What+" "+strconv.Itoa(s.From)+" "+strconv.Itoa(s.To))
				if s.Source == "" {
					t.Errorf("%s has no source", s.What)
				}
			}
			slices.Sort(got)
			if strings.Join(got, ", ") != tt.want {
				t.Errorf("got %s, want %s", strings.Join(got, ", "), tt.want)
			}
		})
	}
}

// What the tables call equivalent by themselves loses nothing.
func TestEquivalentsLoseNothing(t *testing.T) {
	m, c := newMatcher(t, nil, nil)
	for i := range c.SKUs {
		r := m.Match(reconcile.OfferQuery{SKUGUID: c.SKUs[i].GUID, Country: "IT"})
		if r.Class == reconcile.MatchEquivalent && len(r.PlansLost)+len(r.Shrinks) > 0 {
			t.Errorf("%s: equivalent %s loses %v %v", c.SKUs[i].Name, r.Target.Name, r.PlansLost, r.Shrinks)
		}
	}
}
