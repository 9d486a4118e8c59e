package reconcile

import (
	"testing"
	"time"
)

func TestSaleNewestRowCounts(t *testing.T) {
	first, second := NewDate(2024, time.April, 1), NewDate(2025, time.November, 1)
	c := &Catalogue{Sales: []SaleStatus{
		{SKUGUID: "a", Status: SaleAvailable, From: second},
		{SKUGUID: "a", Status: SaleEnded, From: first},
		{SKUGUID: "b", Status: SaleWithdrawn, From: first, Regions: []string{"IT"}},
		{SKUGUID: "b", Status: SaleEnded, From: first},
		{SKUGUID: "c", Status: SaleEnded}, // no day: always
	}}
	c.Index()
	tests := []struct {
		guid, country string
		at            Date
		want          string
	}{
		{"a", "IT", first - 1, SaleAvailable},
		{"a", "IT", first, SaleEnded},
		{"a", "IT", second - 1, SaleEnded},
		{"A", "IT", second, SaleAvailable},
		{"b", "IT", first, SaleWithdrawn},
		{"b", "DE", first, SaleEnded},
		{"b", "", first, SaleWithdrawn},
		{"c", "DE", first, SaleEnded},
		{"", "DE", first, SaleAvailable},
	}
	for _, tt := range tests {
		if got := c.Sale(tt.guid, tt.country, tt.at); got != tt.want {
			t.Errorf("Sale(%q, %q, %s) = %s, want %s", tt.guid, tt.country, tt.at, got, tt.want)
		}
	}
}
