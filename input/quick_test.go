package input

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/govalues/decimal"

	"cspplan/input/sheet"
	"cspplan/reconcile"
)

// Every day of the years that are believed, and those around them, is read by
// hand as by the calendar.
func TestISODays(t *testing.T) {
	for day := reconcile.NewDate(firstYear-1, time.January, 1); day <= reconcile.NewDate(lastYear+1, time.December, 31); day++ {
		text := day.Time().Format(time.DateOnly)
		want, form := calendarDay(text[:4], text[5:7], text[8:])
		if got, ok := isoDay(text); ok != (form == fixedDate) || ok && got != want {
			t.Fatalf("%s: got %v, %v, want %v", text, got, ok, want)
		}
	}
	for _, text := range []string{"2026-02-29", "2100-02-29", "2026-13-01", "2026-00-10", "2026-01-00", "2026-04-31", "2026-1-011", "2026/01/01", "1970-01-01", "9999-12-31", "2026-01-0x", "+026-01-01"} {
		if got, ok := isoDay(text); ok {
			t.Errorf("%s is read as %v", text, got)
		}
	}
}

// FuzzQuick holds what is read by hand to what the functions for everything read.
func FuzzQuick(f *testing.F) {
	for _, s := range []string{"29", "79.90", "1.000", "0.5", "007", ".5", "5.", "1e3", "1000001", "2026-02-29", "2026-11-30", "123456789012345678.9", "{0f}", "n/a", "nicht verfügbar", "…",
		"0d44e5ec-7f0c-4dc5-9f33-5a4b1e2f6a10", "0d44e5ec-7f0c-4dc5-9f33-5a4b1e2f6a1g", "CFQ7TTC0LF8R:0001", "Totale", "Contoso Total", " a"} {
		f.Add(s, uint8(sheet.Text))
		f.Add(s, uint8(sheet.Number))
		f.Add(s, uint8(sheet.Date))
	}
	f.Fuzz(func(t *testing.T, text string, kind uint8) {
		cell := trimmed(sheet.Cell{Kind: sheet.CellKind(kind) % (sheet.Fault + 1), Text: text})
		if cell.Kind == sheet.Empty && cell.Text != "" {
			t.Skip() // there is none
		}
		if found, ok := quickDate(cell); ok {
			if want := (calendar{}).scanDate(cell); found != want {
				t.Fatalf("%+v is read as %+v by hand, as %+v with care", cell, found, want)
			}
		}
		number := scanNumber(cell)
		if found, ok := quickNumber(cell); ok && found != number {
			t.Fatalf("%+v is read as %+v by hand, as %+v with care", cell, found, number)
		}
		if count, ok := quickCount(cell); ok {
			digits, settled := number.settle(0)
			if want, whole := parseCount(digits); !settled || !whole || want != count || number.signs {
				t.Fatalf("%+v is %v by hand, %v with care", cell, count, want)
			}
		}
		if digits, ok := number.settle('.'); ok {
			got, err := parseAmount(digits)
			want, wantErr := decimal.Parse(digits)
			if (err == nil) != (wantErr == nil) || err == nil && (got != want) {
				t.Fatalf("%q is %v, %v by hand, %v, %v with care", digits, got, err, want, wantErr)
			}
		}
		if usualForm(text) {
			if id, damaged := readID(sheet.Cell{Kind: sheet.Text, Text: text}, true); damaged || id != text || bareGUID(text) != text || blank(text) || isTotalWord(text) {
				t.Fatalf("%q has the usual form of a GUID and is none", text)
			}
		}
		if cell.Text != "" && blank(cell.Text) != plainlyBlank(cell.Text) {
			t.Fatalf("%q: blank is %v", cell.Text, blank(cell.Text))
		}
		if !mayEqual(text, cell.Text) && strings.EqualFold(squeeze(text), squeeze(cell.Text)) && text == strings.TrimSpace(text) {
			t.Fatalf("%q may equal %q", text, cell.Text)
		}
	})
}

// plainlyBlank is blank in the plainest way.
func plainlyBlank(text string) bool {
	if len(text) > 60 || text[0] >= '0' && text[0] <= '9' {
		return false
	}
	folded := fold(text)
	_, missing := vocabulary()[wordKey{missingWords, folded}]
	return missing || folded == "" && strings.Trim(text, " \t\r\n\u00a0-–—―_./*?") == ""
}

// A memo knows what was put last of each text, or nothing, and gives up where
// texts do not repeat.
func TestMemo(t *testing.T) {
	var m memo[int]
	for i := range 50_000 {
		text := fmt.Sprint(i * i % 700)
		n, ok := m.get(text)
		if ok && strconv.Itoa(n) != text {
			t.Fatalf("%s is remembered as %d", text, n)
		}
		if !ok {
			m.put(text, i*i%700)
		}
	}
	if m.off || len(m.slots) > 1<<10 {
		t.Errorf("of few texts the memo holds %d slots, given up: %v", len(m.slots), m.off)
	}
	for i := range 50_000 {
		text := fmt.Sprint("x", i)
		if _, ok := m.get(text); ok {
			t.Fatalf("%s was never put", text)
		}
		m.put(text, i)
	}
	if !m.off || m.slots != nil {
		t.Error("a memo of texts that never repeat is not given up")
	}
	if _, ok := m.get("x1"); ok {
		t.Error("a memo that was given up remembers")
	}
}

// What is kept of lent texts stays when they are gone.
func TestTextStore(t *testing.T) {
	var s textStore
	lent := []byte("Contoso")
	var kept []string
	for range 30_000 {
		kept = append(kept, s.keep(string(lent)))
	}
	long := s.keep(strings.Repeat("x", 2*mostStored))
	if s.keep("") != "" || len(long) != 2*mostStored {
		t.Error("an empty or a long text is not kept")
	}
	for i, k := range kept {
		if k != "Contoso" {
			t.Fatalf("text %d is %q", i, k)
		}
	}
}

// Subscriptions are handed out one by one, each empty.
func TestSubscriptionsAreEmpty(t *testing.T) {
	var b builder
	seen := map[*reconcile.Subscription]bool{}
	for i := range 500 {
		sub := b.newSubscription()
		if *sub != (reconcile.Subscription{}) || seen[sub] {
			t.Fatalf("subscription %d is not new: %+v", i, sub)
		}
		if sub.Owner = "x"; i%3 != 0 {
			seen[b.taken(sub)] = true
		}
	}
}

// An empty cell reads as unknown in every vocabulary, which is not looked up.
func TestEmptyWords(t *testing.T) {
	check := func(name string, value uint8, ok bool) {
		if value != 0 || !ok {
			t.Errorf("%s reads an empty cell as %d, %v", name, value, ok)
		}
	}
	both := func(name string, parse func() (uint8, bool)) { v, ok := parse(); check(name, v, ok) }
	both("tri", func() (uint8, bool) { v, ok := parseTri(""); return uint8(v), ok })
	both("add-on", func() (uint8, bool) { v, ok := parseAddOn(""); return uint8(v), ok })
	both("trial", func() (uint8, bool) { v, ok := parseTrial(""); return uint8(v), ok })
	both("promotion", func() (uint8, bool) { v, ok := parsePromotion(""); return uint8(v), ok })
	both("renewal", func() (uint8, bool) { v, ok := parseRenewal(""); return uint8(v), ok })
	both("end of term", func() (uint8, bool) { v, ok := parseEndOfTerm(""); return uint8(v), ok })
	both("segment", func() (uint8, bool) { v, ok := parseSegment(""); return uint8(v), ok })
	both("term", func() (uint8, bool) { v, ok := parseTerm(""); return uint8(v), ok })
	both("billing", func() (uint8, bool) { v, ok := parseBilling(""); return uint8(v), ok })
	both("source", func() (uint8, bool) { v, ok := parseSource(""); return uint8(v), ok })
	both("programme", func() (uint8, bool) { v, ok := parseProgramme(""); return uint8(v), ok })
	both("relationship", func() (uint8, bool) { v, ok := parseRelationship(""); return uint8(v), ok })
}
