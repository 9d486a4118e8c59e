package reconcile_test

import (
	"slices"
	"testing"

	"cspplan/reconcile"
)

// A title that leaves out for whom or for what it is fits several offers
// equally; one that begins the names of many, or of one, fits none.
func TestTitlesShortForSeveral(t *testing.T) {
	const archivingOnline, archivingServer = "ee02fd1b-340e-4a4b-b355-4a514e4c8943", "90b5e015-709a-4b8b-b08e-3200f994494c"
	m, _ := newMatcher(t, nil, nil)
	tests := []struct {
		name  string
		query reconcile.OfferQuery
		want  reconcile.MatchClass
	}{
		{"for what", reconcile.OfferQuery{Title: "Exchange Online Archiving"}, reconcile.MatchAmbiguous},
		{"for whom", reconcile.OfferQuery{Title: "Office 365 A3"}, reconcile.MatchAmbiguous},
		{"whole", reconcile.OfferQuery{Title: "Exchange Online Archiving for Exchange Server"}, reconcile.MatchSame},
		{"an id says which", reconcile.OfferQuery{Title: "Exchange Online Archiving", SKUGUID: archivingServer}, reconcile.MatchRenamed},
		{"a part number says which", reconcile.OfferQuery{Title: "Exchange Online Archiving", PartNumber: "EXCHANGEARCHIVE_ADDON"}, reconcile.MatchRenamed},
		{"an id that nobody knows", reconcile.OfferQuery{Title: "Exchange Online Archiving", SKUGUID: "00000000-0000-4000-8000-0000000000aa"}, reconcile.MatchDifferent},
		{"a family of dozens", reconcile.OfferQuery{Title: "Dynamics 365"}, reconcile.MatchDifferent},
		{"a name of its own beside longer ones", reconcile.OfferQuery{Title: "Power BI Pro"}, reconcile.MatchSame},
		{"an unfinished word", reconcile.OfferQuery{Title: "Exchange Online Archi"}, reconcile.MatchDifferent},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := m.Match(m.Question(test.query)); got.Class != test.want {
				t.Errorf("got %v, want %v", got.Class, test.want)
			}
		})
	}
	forServer := []reconcile.Decision{{Scope: "offer", Key: "Exchange Online Archiving", Field: "choice", Value: "never:" + archivingOnline}}
	m, _ = newMatcher(t, nil, forServer)
	if got := m.Match(reconcile.OfferQuery{Title: "Exchange Online Archiving"}); got.Class != reconcile.MatchDifferent || len(got.Candidates) == 0 || got.Candidates[0].SKUGUID != archivingServer {
		t.Errorf("one of the two ruled out: got %v, %+v; want the other proposed", got.Class, got.Candidates)
	}
	m, _ = newMatcher(t, nil, nil)
	var best []string
	for _, c := range m.Match(m.Question(reconcile.OfferQuery{Title: "Exchange Online Archiving"})).Candidates {
		best = append(best, c.SKUGUID)
	}
	if want := []string{archivingOnline, archivingServer}; len(best) < 2 || !slices.Equal(best[:2], want) {
		t.Errorf("proposals begin with %v, want %v", best, want)
	}
}
