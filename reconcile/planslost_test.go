package reconcile

import (
	"slices"
	"testing"
)

func TestPlansLostCoverage(t *testing.T) {
	c := &Catalogue{
		Plans: []ServicePlan{{"p0", "MAIL_1", "Mail 1"}, {"p1", "MAIL_2", "Mail 2"}, {"p2", "BASE", "Base"},
			{"p3", "OLD", "RETIRED - Old"}, {"p4", "FILES", "Files"}},
		SKUs: []SKU{{GUID: "small", Plans: []int32{0, 2, 3}}, {GUID: "large", Plans: []int32{1}}, {GUID: "both", Plans: []int32{0, 4}}},
		Coverage: []PlanCoverage{
			{Plans: []string{"MAIL_1"}, CoveredBy: []string{"MAIL_2"}},
			{Plans: []string{"BASE"}},
		},
	}
	c.Index()
	tests := []struct {
		name     string
		from, to []string
		want     []string
	}{
		{"covered, technical and retired plans are no loss", []string{"small"}, []string{"large"}, nil},
		{"the smaller plan does not cover the larger", []string{"large"}, []string{"small"}, []string{"MAIL_2"}},
		{"nothing to go to", []string{"small"}, nil, []string{"MAIL_1"}},
		{"two targets together", []string{"small", "both"}, []string{"large", "both"}, nil},
		{"several sources, each plan once, in table order", []string{"both", "small", "both"}, nil, []string{"MAIL_1", "FILES"}},
		{"an unknown SKU has no plans", []string{"unknown"}, []string{"large"}, nil},
		{"ids in any case", []string{"SMALL"}, []string{"Large"}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, p := range c.PlansLost(tt.from, tt.to) {
				got = append(got, p.Code)
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}
