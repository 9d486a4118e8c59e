package pdf

import (
	"fmt"
	"strings"
	"testing"

	"cspplan/reconcile"
	"cspplan/report"
)

// drawnOnce is a document that knows its pages, as after the first pass.
func drawnOnce(t *testing.T, r *report.Report, paper string) *document {
	t.Helper()
	faces, err := newTypefaces(Options{NoSystemFonts: true})
	if err != nil {
		t.Fatal(err)
	}
	size, err := paperOf(paper)
	if err != nil {
		t.Fatal(err)
	}
	d := newDocument(r, faces, size, layout{})
	d.draw()
	return d
}

// TestMoneyIsOnePage: with eight currencies, each with all there is to say,
// the plan begins on page 3.
func TestMoneyIsOnePage(t *testing.T) {
	for _, lang := range report.Languages {
		r := sample(t, lang, 87)
		if n := len(r.Money.Lines); n != 8 {
			t.Fatalf("the sample has %d currencies, want 8", n)
		}
		for i := range r.Money.Lines {
			l := &r.Money.Lines[i]
			l.OverlapToday, l.LockedIn, l.CreditWe, l.CreditCustomer, l.PrepaidLost = 9_999_999, 99_999_999, 999_999, 999_999, 9_999_999
			l.CanMove, l.CanMoveNow, l.CanMoveCSP = 99_999_999, 55_555_555, 66_666_666
		}
		d := drawnOnce(t, r, "a4")
		if got := d.seen.starts[sectionPlan]; got != 3 {
			t.Errorf("%s: the plan begins on page %d, want 3", lang, got)
		}
	}
}

// TestSignaturesAreNotAlone: the page that is signed names inputs it covers,
// however many there are.
func TestSignaturesAreNotAlone(t *testing.T) {
	for _, n := range []int{1, 2, 5, 12, 20, 26, 33, 47, 90} {
		r := sample(t, "en", 14)
		r.Inputs = nil
		for i := range n {
			r.Inputs = append(r.Inputs, report.InputLine{File: fmt.Sprintf("exports/file-%02d.csv", i+1), Rows: i, SHA256: "a3f9c1e077b2aa10"})
		}
		document, drawn := draw(t, r, Options{NoSystemFonts: true})
		pages := strings.Split(tool(t, document, "pdftotext", "-layout", "FILE", "-"), "\f")
		last := pages[drawn.Pages-1]
		for _, want := range []string{"Sign-off", "Signature", fmt.Sprintf("file-%02d.csv", n), fmt.Sprintf("file-%02d.csv", max(1, n-1))} {
			if !strings.Contains(last, want) {
				t.Errorf("%d inputs: the last page lacks %q", n, want)
			}
		}
	}
}

// TestShortLists: a list that is cut says so below its last row, and a cost
// that is not known is told from nought and from a done row.
func TestShortLists(t *testing.T) {
	free := subscription{expires: asOf + 500, customer: "Unpriced Ltd", offer: "Office 365 E1", status: reconcile.Ready, licences: 3}
	r := sampleOf(t, "en", append(spread(87), free))
	r.Exceptions.Others = []report.OtherExceptions{{Title: "Renews soon", More: 14}}
	for i := range 15 {
		r.Exceptions.Others[0].Lines = append(r.Exceptions.Others[0].Lines, [3]string{"Customer", "Offer", fmt.Sprintf("day %d", i+1)})
	}
	text := packed(tool(t, mustDraw(t, r), "pdftotext", "-layout", "FILE", "-"))
	for _, want := range []string{"day 15 and 14 more: workbook, Plan", "¹ No price in the input.", "Done: "} {
		if !strings.Contains(text, packed(want)) {
			t.Errorf("the text lacks %q", want)
		}
	}
	if n := strings.Count(text, noPriceSign); n != r.Money.NoPrice+1 {
		t.Errorf("%s stands %d times, want once a row without a price and once to explain it: %d", noPriceSign, n, r.Money.NoPrice+1)
	}
}

func mustDraw(t *testing.T, r *report.Report) []byte {
	t.Helper()
	document, _ := draw(t, r, Options{NoSystemFonts: true})
	return document
}

// TestMonthNames: below sixteen columns no name is made smaller than the
// caption, in any language.
func TestMonthNames(t *testing.T) {
	for _, lang := range report.Languages {
		d := blank(t)
		x := texts(t, lang)
		room := (d.right-d.left)/16 - 0.6
		for _, b := range []report.MonthBar{
			{Label: x.Label("time.expired"), Short: x.Label("time.expired_short")}, {Label: x.Label("time.later"), Short: x.Label("time.later_short")},
			{Label: x.Label("time.none"), Short: x.Label("time.none_short")},
		} {
			names := d.monthName(&b, room)
			for _, name := range names {
				if !d.fits(name, room, captionStyle) || len(names) > 2 {
					t.Errorf("%s: %q stands as %q, which does not fit %.1f mm", lang, b.Label, names, room)
				}
			}
		}
	}
}

func TestBound(t *testing.T) {
	for s, want := range map[string]string{
		"To decide: 11. Already expired: 3.": "To decide:\u00a011. Already expired:\u00a03.",
		"À décider : 11":                     "À décider\u00a0:\u00a011",
		"EUR\u00a01 · CHF\u00a02":            "EUR\u00a01\u00a0· CHF\u00a02",
	} {
		if got := bound.Replace(s); got != want {
			t.Errorf("%q: got %q, want %q", s, got, want)
		}
	}
}

// TestNoCredits: the half without an amount shows dashes, not a heading above
// nothing.
func TestNoCredits(t *testing.T) {
	r := sample(t, "en", 3)
	for i := range r.Money.Lines {
		l := &r.Money.Lines[i]
		l.OverlapToday, l.CreditWe, l.CreditCustomer, l.PrepaidLost = 100, 0, 0, 0
	}
	text := packed(tool(t, mustDraw(t, r), "pdftotext", "-raw", "-f", "2", "-l", "2", "FILE", "-"))
	_, below, found := strings.Cut(text, "endedearly")
	if !found || !strings.HasPrefix(below, "–––") {
		t.Errorf("below the heads of the credits stands %.20q, want three dashes", below)
	}
}
