package reconcile

import (
	"maps"
	"reflect"
	"slices"
	"testing"
)

// Whatever an offer is that is nothing to move, its records are told so.
func TestEachOutOfScopeIsACause(t *testing.T) {
	for _, why := range append(slices.Collect(maps.Values(outOfScopeWords)), "azure", "third-party") {
		if got := causeOf(why); got.String() != why {
			t.Errorf("%s is %v", why, got)
		}
	}
}

// Every rejected record has a reason, also one that only Build could not use.
func TestFateProblem(t *testing.T) {
	bad := Problem{Code: "bad-date", Column: "Expires"}
	tests := []struct {
		name string
		fate Fate
		rec  Record
		want Problem
		ok   bool
	}{
		{"by the reader", Fate{Outcome: Rejected}, Record{Problem: &bad}, bad, true},
		{"by the rules", Fate{Outcome: Rejected, Why: CauseNoCustomer}, Record{}, Problem{Code: "no-customer"}, true},
		{"corrected since", Fate{Outcome: Merged}, Record{Problem: &bad}, Problem{}, false},
		{"planned", Fate{Outcome: Planned}, Record{}, Problem{}, false},
	}
	for _, tt := range tests {
		if got, ok := tt.fate.Problem(&tt.rec); !reflect.DeepEqual(got, tt.want) || ok != tt.ok {
			t.Errorf("%s: got %+v, %v, want %+v, %v", tt.name, got, ok, tt.want, tt.ok)
		}
	}
}
