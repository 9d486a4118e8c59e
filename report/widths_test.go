package report

import (
	"strings"
	"testing"
	"unicode/utf8"

	"cspplan/reconcile"
)

// A heading that breaks within a word cannot be read, and a status that is cut
// may be taken for another.
func TestColumnsFitTheLanguage(t *testing.T) {
	for _, lang := range Languages {
		p, opt := samplePlan(mixed()...)
		opt.Text = texts(t, lang)
		rep := Compute(p, opt)
		for _, table := range rep.Tables {
			for _, c := range table.Columns {
				for _, word := range strings.Fields(strings.ReplaceAll(c.Heading, "-", " ")) {
					if float64(utf8.RuneCountInString(word))*0.9 > c.Width {
						t.Errorf("%s, %s: %q of %q is wider than %.1f", lang, table.ID, word, c.Heading, c.Width)
					}
				}
				if c.Code != "status" {
					continue
				}
				for _, status := range opt.Text.statuses() {
					if float64(utf8.RuneCountInString(status))*0.97 > c.Width {
						t.Errorf("%s, %s: %q is wider than %.1f", lang, table.ID, status, c.Width)
					}
				}
			}
		}
		credit := rep.Table("Credits").Columns[3]
		for _, by := range []reconcile.CreditAskedBy{reconcile.CreditByPartner, reconcile.CreditByCustomer} {
			if text := opt.Text.creditBy(by); float64(utf8.RuneCountInString(text)) > credit.Width {
				t.Errorf("%s: %q is wider than %.1f", lang, text, credit.Width)
			}
		}
	}
}

// Widths for English are those of the design, where its words fit.
func TestColumnsKeepTheirWidth(t *testing.T) {
	columns := compute(t, "en", mixed()...).Table("Plan").Columns
	for i, want := range []float64{17.02, 12.5, 8, 42, 32, 9, 56, 16.05, 12, 12.5, 38} {
		if got := columns[i].Width; got < want-0.01 || got > want+0.01 {
			t.Errorf("%s: got %.2f, want %.2f", columns[i].Heading, got, want)
		}
	}
}

func TestDays(t *testing.T) {
	day := reconcile.NewDate(2026, 11, 3)
	for lang, want := range map[string]string{"en": "3 Nov 2026", "it": "3 nov 2026", "de": "3. Nov. 2026", "fr": "3 nov. 2026", "es": "3 nov 2026"} {
		if got := texts(t, lang).Day(day); got != want {
			t.Errorf("%s: got %q, want %q", lang, got, want)
		}
	}
	if got := texts(t, "de").Day(reconcile.NewDate(2027, 5, 1)); got != "1. Mai 2027" {
		t.Errorf("got %q, want May in full and without a point", got)
	}
}
