package reconcile

import (
	"slices"
	"testing"
)

// finding is the finding of a row with its evidence, or an empty one.
func finding(r *Row, code string) Finding {
	if i := slices.IndexFunc(r.Findings(), func(f Finding) bool { return f.Code == code }); i >= 0 {
		f := r.Findings()[i]
		f.Args = r.Evidence(f)
		return f
	}
	return Finding{}
}

// What a finding says to people: how many of them it concerns, who could take
// the customer, where it was read.
func TestEvidence(t *testing.T) {
	named := func(s *situation) { s.Partner.Name = "Cirrus" }
	tests := []struct {
		name, code, arg, want string
		edit                  func(*situation)
	}{
		{"people over the licences", "more-assigned-than-licences", "over", "1", licences(20, 21)},
		{"people over fewer licences", "more-assigned-than-licences", "over", "5", all(licences(20, 20), wrote("licences_wanted", "15"))},
		{"the regions that the partner serves", "region-mismatch", "ours", "Europe: Cirrus (IT)", all(named, country("JP"))},
		{"one region once", "region-mismatch", "ours", "Europe: Cirrus (IT)|United States: u-1 (US)", all(named, country("JP"), tenants(Tenant{ID: "u-1", Country: "US"}))},
		{"no region of a tenant outside all of them", "region-mismatch", "ours", "United States: u-1 (US)", all(named, country("JP"), partnerIn("BY"), tenants(Tenant{ID: "u-1", Country: "US"}))},
		{"the tenant that takes the customer", "other-tenant", "tenant", "u-1 (JP)", all(country("JP"), tenants(Tenant{ID: "u-1", Country: "JP"}))},
		{"and its region", "other-tenant", "region", "Japan", all(country("JP"), tenants(Tenant{ID: "u-1", Country: "JP"}))},
		{"the line of the result", "migration-failed", "place", "results.csv:2", uploaded(Migration{State: MigrationFailed})},
		{"no line where no result was read", "migration-vanished", "place", "", all(eligible, underWay(MigrationScheduled))},
	}
	for _, tt := range tests {
		s := newSituation()
		tt.edit(s)
		r := s.first(t)
		f := finding(r, tt.code)
		if f.Code == "" || arg(f, tt.arg) != tt.want {
			t.Errorf("%s: got %+v in %v, want %s %q", tt.name, f, codes(r), tt.arg, tt.want)
		}
	}
}
