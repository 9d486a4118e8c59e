package report

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"cspplan/reconcile"
)

func TestNext(t *testing.T) {
	en := texts(t, "en")
	day := reconcile.NewDate(2026, 12, 7)
	tests := []struct {
		next  reconcile.Next
		offer string
		want  string
	}{
		{reconcile.Next{Code: reconcile.NextProvision, Date: day, N: 20, Of: 25}, "Office 365 E3", "On 7 Dec 2026 provision 20 × Office 365 E3."},
		{reconcile.Next{Code: reconcile.NextProvision, N: 20}, "Office 365 E3", "Provision 20 × Office 365 E3; find out the expiry."},
		{reconcile.Next{Code: reconcile.NextMoreAssigned, N: 30, Of: 25}, "", "More assigned than licences: 30 of 25. Clarify."},
		{reconcile.Next{Code: reconcile.NextChoose, N: 3}, "", "Choose an offer (see Unmatched)."},
		{reconcile.Next{Code: reconcile.NextConfirm}, "Microsoft 365 E5 and a very long name that goes on until nobody reads it any more at all",
			"Confirm Microsoft 365 E5 and a very long name that goes on until…; reassign licences."},
	}
	for _, tt := range tests {
		if got := en.Next(rowOf(tt.next, tt.offer, "")); got != tt.want {
			t.Errorf("%+v: got %q, want %q", tt.next, got, tt.want)
		}
	}
}

// rowOf is a row with a next step, the offer to buy and who accepted its findings;
// empty: there is none.
func rowOf(n reconcile.Next, offer, who string) *reconcile.Row {
	r := &reconcile.Row{Next: n, Told: &reconcile.Told{Accepted: reconcile.Acceptance{By: who}}}
	if offer != "" {
		r.Target = &reconcile.Target{Name: offer}
	}
	return r
}

// Every step in every language says what its label says.
func TestNextFillsItsLabel(t *testing.T) {
	offers := []string{"", " ", "Office 365 E3", "Microsoft 365 E5 and a very long name that goes on until nobody reads it any more at all", "有限会社"}
	for _, lang := range Languages {
		said := texts(t, lang)
		for key := range said.labels {
			word, isStep := strings.CutPrefix(key, "next.")
			if !isStep {
				continue
			}
			code, known := reconcile.ParseNextCode(strings.TrimSuffix(word, "_undated"))
			if !known {
				t.Errorf("%s: no step is called so", key)
			}
			for i, offer := range offers {
				n, who := reconcile.Next{Code: code, N: int32(1999 * i), Of: 7}, []string{"", "Ada"}[i%2]
				if !strings.HasSuffix(word, "_undated") {
					n.Date = reconcile.NewDate(2026, time.Month(5+i), 7)
				}
				number := n.N
				if code == reconcile.NextMoreAssigned {
					number = n.Of
				}
				want := said.Label(key, "date", said.Day(n.Date), "n", said.Count(int64(number)), "a", said.Count(int64(n.N)),
					"who", first(who, "–"), "sheet", said.Label("sheet.unmatched"))
				room := nextLimit - utf8.RuneCountInString(strings.ReplaceAll(want, "{offer}", ""))
				want = strings.ReplaceAll(want, "{offer}", Shorten(first(offer, said.Label("match.to_choose")), room))
				r := rowOf(n, offer, who)
				if got := said.Next(r); got != want {
					t.Errorf("%s: %+v: got %q, want %q", lang, n, got, want)
				}
				if got := string(said.appendNext([]byte("×"), r, false)); got != "×"+want {
					t.Errorf("%s: %+v: got %q, want %q behind ×", lang, n, got, want)
				}
			}
		}
	}
}

func TestShorten(t *testing.T) {
	tests := []struct {
		in   string
		n    int
		want string
	}{
		{"Office 365 E3", 20, "Office 365 E3"},
		{"Office 365 E3", 13, "Office 365 E3"},
		{"Office 365 E3 Developer", 16, "Office 365 E3…"},
		{"Donaudampfschifffahrtsgesellschaft", 10, "Donaudamp…"},
		{"有限会社さくら印刷", 5, "有限会社…"},
	}
	for _, tt := range tests {
		if got := Shorten(tt.in, tt.n); got != tt.want {
			t.Errorf("Shorten(%q, %d): got %q, want %q", tt.in, tt.n, got, tt.want)
		}
	}
}

func TestFindingSentences(t *testing.T) {
	tests := []struct {
		lang string
		f    reconcile.Finding
		want string
	}{
		{"en", reconcile.Finding{Code: "expired", Args: []string{"expires", "2026-11-19", "state", ""}}, "The subscription has expired or is not active any more. Expires: 19 Nov 2026."},
		{"it", reconcile.Finding{Code: "more-assigned-than-licences", Args: []string{"a", "30", "n", "25"}}, "Ci sono più utenti assegnati che licenze. Assegnate: 30; Licenze: 25."},
		{"en", reconcile.Finding{Code: "prepaid-lost", Args: []string{"amount", "1304.38", "currency", "EUR"}}, "Ending early loses prepaid money. Amount: EUR\u00a01,304.38."},
		{"en", reconcile.Finding{Code: "sources-disagree", Args: []string{"field", "licences", "value", "20", "source", "b.csv:3", "other", "25", "other_source", "a.csv:12",
			"field", "term", "value", "P1Y", "source", "b.csv:3", "other", "P3Y", "other_source", "a.csv:12"}},
			"Two sources give different values. Licences: 20 (b.csv:3), 25 (a.csv:12); Term: 1 year (b.csv:3), 3 years (a.csv:12)."},
		{"en", reconcile.Finding{Code: "decision-stale", Args: []string{"was", "licences=20; expires=2026-12-01; price=", "now", "licences=25; expires=2026-12-01; price="}},
			"The facts changed after the decision. Before: Licences 20, Expires 1 Dec 2026; Now: Licences 25, Expires 1 Dec 2026."},
		{"de", reconcile.Finding{Code: "promotion"}, "Eine Aktion gilt oder wurde genutzt."},
	}
	for _, tt := range tests {
		if got := texts(t, tt.lang).Finding(tt.f.Code, tt.f.Args); got != tt.want {
			t.Errorf("%s %s:\n got %s\nwant %s", tt.lang, tt.f.Code, got, tt.want)
		}
	}
}
