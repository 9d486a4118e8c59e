package report

import (
	"strings"
	"unicode/utf8"

	"cspplan/reconcile"
)

// Shorten cuts a text to n characters, at a space where there is one in the
// last third, and ends it with an ellipsis.
func Shorten(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	runes := []rune(s)
	cut := string(runes[:max(n-1, 0)])
	if i := strings.LastIndexByte(cut, ' '); i > len(cut)*2/3 {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " ,;:.–-(&") + "…"
}

// Finding is the sentence of a finding followed by its evidence, see
// reconcile.Row.Evidence.
func (t *Texts) Finding(code string, evidence []string) string {
	return t.said.of(code, evidence, t.finding)
}

func (t *Texts) finding(code string, evidence []string) string {
	sentence := t.Label("finding."+code, evidence...)
	if evidence := t.Evidence(code, evidence); evidence != "" {
		return sentence + " " + evidence
	}
	return sentence
}

// Lifts says who can lift a finding and how.
func (t *Texts) Lifts(code string) string { return t.Label("lifts." + code) }

// Rejection is why a row cannot be used. A code without a sentence is printed
// as it stands: it is a stable word.
func (t *Texts) Rejection(code string) string { return t.labelOr("reject."+code, code) }

// RouteReason is why a row takes its route.
func (t *Texts) RouteReason(why reconcile.RouteReason) string {
	if why == reconcile.WhyUnknown {
		return ""
	}
	return t.Label("routewhy." + why.String())
}

// Basis says by what an offer was recognised.
func (t *Texts) Basis(code string) string {
	if code == "" {
		return ""
	}
	return t.labelOr("basis."+code, code)
}

// labelOr is a label, or the fallback where there is none.
func (t *Texts) labelOr(key, fallback string) string {
	if t.Has(key) {
		return t.Label(key)
	}
	return fallback
}
