package reconcile

import (
	"slices"
	"strings"
)

// What sellers add to an offer's name, and how it is taken off.

// undress takes off what a seller adds to an offer's name: commerce platform,
// term, billing, charity pricing, promotion. What it means is kept in t.
func (t *offerTitle) undress(dressing *phrases, out []string, title string, words []string) []string {
	for i := 0; i < len(words); {
		if n := termLength(words[i:]); n > 0 && !(i > 0 && isPlanNumbered(title, words[i-1], words[i])) {
			t.termed = true
			i += n
			continue
		}
		if n := dateLength(words[i:]); n > 0 {
			i += n
			continue
		}
		to, n := dressing.longest(words[i:])
		if n == 0 {
			out = append(out, words[i])
			i++
			continue
		}
		t.promo = t.promo || slices.Contains(to, "promotion")
		if slices.Contains(to, "charity") {
			t.segment = Charity
		}
		i += n
	}
	if last := len(out) - 1; last > 1 && isTrailing(out[last]) {
		out = out[:last]
	}
	if len(out) == 0 {
		return append(out, words...) // nothing but dressing: then it is the title
	}
	return out
}

// isPlanNumbered tells whether the number is that of a plan: of Plan 1 mth, not
// of Plan (1 mth).
func isPlanNumbered(title, plan, number string) bool {
	if !titlePlanWords[plan] {
		return false
	}
	text, _ := foldText(title)
	return strings.Contains(text, plan+" "+number)
}

// termLength tells how many words name a term of CSP: 1 year, 36 mo. Other
// lengths belong to the product: 10-year audit log retention.
func termLength(words []string) int {
	if len(words) < 2 || !isNumber(words[0]) {
		return 0
	}
	unit := titleTermUnits[words[1]]
	if unit == "" || !slices.Contains(titleTermCounts[unit], words[0]) {
		return 0
	}
	if len(words) > 2 && titleTermWords[words[2]] {
		return 3
	}
	return 2
}

// dateLength tells how many words name a day, as invoices name the days they
// bill: from 01/02/2026, 2026-02-28. There is at least one word.
func dateLength(words []string) int {
	n := 0
	if len(words) > 3 && isDateWord(words[0]) {
		n = 1
	}
	if len(words) < n+3 {
		return 0
	}
	first, middle, last := words[n], words[n+1], words[n+2]
	if isYear(first) {
		first, last = last, first
	}
	if !isYear(last) || !isNumber(first) || !isNumber(middle) || len(first) > 2 || len(middle) > 2 {
		return 0
	}
	return n + 3
}

func isYear(w string) bool { return len(w) == 4 && w[:2] == "20" && isNumber(w) }
