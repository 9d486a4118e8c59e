package main

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"cspplan/reconcile"
	"cspplan/report"
)

// The shapes below are fixed: acceptance checks and scripts read them.
type matchJSON struct {
	Title      string          `json:"title"`
	PartNumber string          `json:"part_number"`
	Identified *identityJSON   `json:"identified"`
	Match      string          `json:"match"`
	CSPOffer   *offerJSON      `json:"csp_offer"`
	PlansLost  []string        `json:"plans_lost"`
	Less       []string        `json:"less,omitempty"`     // what there is less of: mailbox, archive …
	NotHeld    *notHeldJSON    `json:"not_held,omitempty"` // what those buy instead who do not hold the offer
	Candidates []candidateJSON `json:"candidates"`
	OutOfScope string          `json:"out_of_scope,omitempty"`
	Parts      []titlePartJSON `json:"parts"`
	Evidence   []evidenceJSON  `json:"evidence"`
}

type notHeldJSON struct {
	CSPOffer  *offerJSON `json:"csp_offer"`
	PlansLost []string   `json:"plans_lost"`
	Less      []string   `json:"less,omitempty"`
}

type titlePartJSON struct {
	Kind string `json:"kind"`
	Part string `json:"part"`
}

type evidenceJSON struct {
	Basis   string   `json:"basis"`
	Given   string   `json:"given"`
	Names   []string `json:"names"`
	Verdict string   `json:"verdict"`
}

type identityJSON struct {
	SKUGUID string `json:"sku_guid"`
	Part    string `json:"sku_part_number"`
	Name    string `json:"name"`
	Basis   string `json:"basis"`
}

type offerJSON struct {
	SKUGUID   string `json:"sku_guid"`
	Name      string `json:"name"`
	ProductID string `json:"product_id"`
	SKUID     string `json:"sku_id"`

	AddOns  []*offerJSON `json:"add_ons,omitempty"` // to be bought beside it
	Own     string       `json:"by,omitempty"`      // file of the user's that names the order id
	Differs string       `json:"differs,omitempty"` // what the embedded table says instead
}

func newOffer(t *reconcile.Target) *offerJSON {
	o := &offerJSON{SKUGUID: t.SKUGUID, Name: t.Name, ProductID: t.ProductID, SKUID: t.SKUID, Own: t.Own, Differs: t.Differs}
	for i := range t.AddOns {
		o.AddOns = append(o.AddOns, newOffer(&t.AddOns[i]))
	}
	return o
}

type candidateJSON struct {
	SKUGUID string   `json:"sku_guid"`
	AddOns  []string `json:"add_ons,omitempty"` // SKU GUIDs to be bought beside it
	Name    string   `json:"name"`
	Score   int      `json:"score"`
	Why     string   `json:"why"`
	Lost    []string `json:"plans_lost,omitempty"`
	Less    []string `json:"less,omitempty"`
}

func printMatchJSON(w io.Writer, text *report.Texts, title, part string, m *reconcile.OfferMatch) error {
	out := matchJSON{Title: title, PartNumber: part, Match: m.Class.String(), PlansLost: append([]string{}, m.PlansLost...), Candidates: []candidateJSON{},
		OutOfScope: m.OutOfScope, Parts: []titlePartJSON{}, Evidence: []evidenceJSON{}}
	if id := m.Identified; id != nil {
		out.Identified = &identityJSON{SKUGUID: id.SKUGUID, Part: id.PartNumber, Name: id.Name, Basis: id.Basis}
	}
	if t := m.Target; t != nil {
		out.CSPOffer = newOffer(t)
	}
	out.Less = shrinks(text, m.Shrinks)
	if other := m.NotHeld; other != nil && other.Target != nil {
		out.NotHeld = &notHeldJSON{newOffer(other.Target), append([]string{}, other.PlansLost...), shrinks(text, other.Shrinks)}
	}
	for _, c := range m.Candidates {
		out.Candidates = append(out.Candidates, candidateJSON{SKUGUID: c.SKUGUID, AddOns: c.AddOns, Name: c.Name, Score: c.Score, Why: text.Why(c.Why),
			Lost: c.PlansLost, Less: shrinks(text, c.Shrinks)})
	}
	for _, p := range reconcile.TitleParts(title) {
		out.Parts = append(out.Parts, titlePartJSON{p.Kind, p.Word})
	}
	for _, e := range m.Evidence {
		out.Evidence = append(out.Evidence, evidenceJSON{e.Basis, e.Given, append([]string{}, e.Names...), e.Weight.String()})
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(out)
}

// printMatch tells what a title was matched to and why: its parts, the evidence
// in the order in which it counts, the proposals with what keeps each of them
// from matching.
func printMatch(w io.Writer, text *report.Texts, title string, m *reconcile.OfferMatch) {
	fmt.Fprintf(w, "%s\n", title)
	printParts(w, text, title)
	for i, e := range m.Evidence {
		fmt.Fprintf(w, "  evidence   %d. %s\n", i+1, evidenceLine(text, e))
	}
	if m.Identified == nil {
		fmt.Fprintln(w, "  is         not known for certain")
	} else {
		fmt.Fprintf(w, "  is         %s   %s   %s   by %s\n", m.Identified.Name, m.Identified.PartNumber, m.Identified.SKUGUID, m.Identified.Basis)
	}
	fmt.Fprintf(w, "  match      %s\n", m.Class)
	if c := m.Choice; c != nil {
		how := "overrides the tables"
		if c.Was != "" {
			how = "is not taken any more: made on " + c.Was + ", now " + c.Facts
		}
		fmt.Fprintf(w, "  choice     of %s on %s, %s\n", orUnknown(c.By), orUnknown(c.When), how)
	}
	if m.Flags.TitleIDDisagree {
		fmt.Fprintln(w, "  disagree   what the row holds names different offers: nothing is chosen")
	}
	if m.OutOfScope != "" {
		fmt.Fprintf(w, "  out of scope: %s\n", m.OutOfScope)
	}
	if m.Target != nil {
		printTarget(w, "buy", "and", m.Target)
	}
	if m.NotHeld != nil {
		fmt.Fprintln(w, "  sale       only for customers who hold it; others buy instead:")
		printTarget(w, "  buy", "  and", m.NotHeld.Target)
		printLost(w, "    lost     ", text, m.NotHeld)
	}
	printLost(w, "  lost       ", text, m)
	for i, c := range m.Candidates {
		fmt.Fprintf(w, "  %d. %3d     %s   %s\n", i+1, c.Score, c.Name, text.Why(c.Why))
		if lost := append(slices.Clone(c.PlansLost), shrinks(text, c.Shrinks)...); len(lost) > 0 {
			fmt.Fprintf(w, "             loses: %s\n", strings.Join(lost, "; "))
		}
	}
}

// printLost says what users lose by a match: services and sizes; nothing where
// there is no loss.
func printLost(w io.Writer, label string, text *report.Texts, m *reconcile.OfferMatch) {
	if lost := append(slices.Clone(m.PlansLost), shrinks(text, m.Shrinks)...); len(lost) > 0 {
		fmt.Fprintf(w, "%s%s\n", label, strings.Join(lost, "; "))
	}
}

// printTarget prints each part of an offer with its order id, and who says so.
func printTarget(w io.Writer, first, further string, offer *reconcile.Target) {
	verb := first
	for _, t := range offer.Parts() {
		order := "no order id known: give your offer matrix or price list"
		if t.ProductID != "" {
			order = t.ProductID + "/" + t.SKUID
		}
		if t.Own != "" {
			order += "   by your " + t.Own
		}
		if t.Differs != "" {
			order += "; " + t.Differs
		}
		fmt.Fprintf(w, "  %-10s %s   %s\n", verb, t.Name, order)
		verb = further
	}
}

// shrinks says what there is less of.
func shrinks(text *report.Texts, list []reconcile.Shrink) []string {
	var out []string
	for _, s := range list {
		out = append(out, text.Shrink(s))
	}
	return out
}

// printParts groups the parts of a title by kind.
func printParts(w io.Writer, text *report.Texts, title string) {
	var said []string
	parts := reconcile.TitleParts(title)
	for i := 0; i < len(parts); {
		kind, words := parts[i].Kind, []string{}
		for ; i < len(parts) && parts[i].Kind == kind; i++ {
			words = append(words, parts[i].Word)
		}
		said = append(said, kind+": "+text.Parts(words))
	}
	if len(said) > 0 {
		fmt.Fprintf(w, "  parts      %s\n", strings.Join(said, " · "))
	}
}

func evidenceLine(text *report.Texts, e reconcile.Evidence) string {
	names := "nothing known"
	if len(e.Names) > 0 {
		names = strings.Join(e.Names, " | ")
	}
	return fmt.Sprintf("%-10s %s: %q names %s", e.Weight, text.Source(e.Basis), e.Given, names)
}
