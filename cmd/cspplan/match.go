package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"cspplan/reconcile"
	"cspplan/report"
)

type matchCmd struct {
	Titles  []string `arg:"" optional:"" help:"Offer titles, or - for one a line on standard input (TITLE, TAB, PART NUMBER)." sep:"none"`
	Config  string   `short:"c" help:"Settings file; optional here." placeholder:"FILE"`
	AsOf    string   `name:"as-of" help:"Titles change their meaning: the day they were read. Default today." placeholder:"YYYY-MM-DD"`
	Segment string   `help:"commercial, education, charity or government." placeholder:"SEGMENT"`
	JSON    bool     `name:"json" help:"One JSON object a title, in input order."`
}

// Run matches titles: what is it, and what to buy.
func (c *matchCmd) Run(term terminal) error {
	s, err := loadSettings(c.Config)
	if err != nil {
		return err
	}
	asOf, err := asOfDate(c.AsOf, &s, term.Now())
	if err != nil {
		return err
	}
	segment, ok := reconcile.ParseSegment(c.Segment)
	if !ok {
		return usage(fmt.Errorf("--segment: %q is no segment", c.Segment), "use commercial, education, charity or government")
	}
	f, err := s.loadFacts()
	if err != nil {
		return err
	}
	for _, w := range f.warnings {
		fmt.Fprintln(term.Err, warningLine(w, nil))
	}
	f.catalogue.AddOwn(reconcile.Offered("price list", f.prices, asOf))
	region, _ := f.catalogue.RegionOf(s.partner().Country)
	matcher := reconcile.NewMatcher(f.catalogue, f.aliases, nil, asOf)
	text, err := report.LoadTexts("en")
	if err != nil {
		return err
	}
	w := bufio.NewWriter(term.Out)
	defer w.Flush()
	return c.eachTitle(term.In, func(title, part string) error {
		m := matcher.Match(reconcile.OfferQuery{Title: title, PartNumber: part, Segment: segment, Region: region, At: asOf})
		if c.JSON {
			return printMatchJSON(w, text, title, part, m)
		}
		printMatch(w, text, title, m)
		return nil
	})
}

// eachTitle takes titles from the arguments, or from standard input where none
// or - is given.
func (c *matchCmd) eachTitle(in io.Reader, use func(title, part string) error) error {
	if len(c.Titles) > 0 && !(len(c.Titles) == 1 && c.Titles[0] == "-") {
		for _, t := range c.Titles {
			title, part, _ := strings.Cut(t, "\t")
			if err := use(title, part); err != nil {
				return err
			}
		}
		return nil
	}
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		title, part, _ := strings.Cut(strings.TrimRight(lines.Text(), "\r"), "\t")
		if err := use(title, part); err != nil {
			return err
		}
	}
	if err := lines.Err(); err != nil {
		return usage(fmt.Errorf("reading titles: %w", err), "give one title a line")
	}
	return nil
}

// The shapes below are fixed: acceptance checks and scripts read them.
type matchJSON struct {
	Title      string          `json:"title"`
	PartNumber string          `json:"part_number"`
	Identified *identityJSON   `json:"identified"`
	Match      string          `json:"match"`
	CSPOffer   *offerJSON      `json:"csp_offer"`
	PlansLost  []string        `json:"plans_lost"`
	Less       []string        `json:"less,omitempty"` // what there is less of: mailbox, archive …
	Candidates []candidateJSON `json:"candidates"`
	OutOfScope string          `json:"out_of_scope,omitempty"`
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
	out := matchJSON{Title: title, PartNumber: part, Match: m.Class.String(), PlansLost: append([]string{}, m.PlansLost...), Candidates: []candidateJSON{}, OutOfScope: m.OutOfScope}
	if id := m.Identified; id != nil {
		out.Identified = &identityJSON{SKUGUID: id.SKUGUID, Part: id.PartNumber, Name: id.Name, Basis: id.Basis}
	}
	if t := m.Target; t != nil {
		out.CSPOffer = newOffer(t)
	}
	out.Less = shrinks(text, m.Shrinks)
	for _, c := range m.Candidates {
		out.Candidates = append(out.Candidates, candidateJSON{SKUGUID: c.SKUGUID, AddOns: c.AddOns, Name: c.Name, Score: c.Score, Why: c.Why,
			Lost: c.PlansLost, Less: shrinks(text, c.Shrinks)})
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(out)
}

func printMatch(w io.Writer, text *report.Texts, title string, m *reconcile.OfferMatch) {
	fmt.Fprintf(w, "%s\n", title)
	if m.Identified == nil {
		fmt.Fprintln(w, "  is         not known for certain")
	} else {
		fmt.Fprintf(w, "  is         %s   %s   %s   by %s\n", m.Identified.Name, m.Identified.PartNumber, m.Identified.SKUGUID, m.Identified.Basis)
	}
	fmt.Fprintf(w, "  match      %s\n", m.Class)
	if m.OutOfScope != "" {
		fmt.Fprintf(w, "  out of scope: %s\n", m.OutOfScope)
	}
	if m.Target != nil {
		for n, part := range m.Target.Parts() {
			printPart(w, [...]string{"buy", "and"}[min(n, 1)], &part)
		}
	}
	if other := m.NotHeld; other != nil {
		fmt.Fprintln(w, "  sale       only for customers who hold it; others buy instead:")
		for n, part := range other.Target.Parts() {
			printPart(w, [...]string{"  buy", "  and"}[min(n, 1)], &part)
		}
	}
	if len(m.PlansLost) > 0 {
		fmt.Fprintf(w, "  lost       %s\n", strings.Join(m.PlansLost, "; "))
	}
	if len(m.Shrinks) > 0 {
		fmt.Fprintf(w, "  less       %s\n", strings.Join(shrinks(text, m.Shrinks), "; "))
	}
	for i, c := range m.Candidates {
		fmt.Fprintf(w, "  %d. %3d     %s   %s\n", i+1, c.Score, c.Name, c.Why)
		if loss := append(slices.Clone(c.PlansLost), shrinks(text, c.Shrinks)...); len(loss) > 0 {
			fmt.Fprintf(w, "             loses: %s\n", strings.Join(loss, "; "))
		}
	}
}

// printPart prints one offer to buy with its order id, and who says so.
func printPart(w io.Writer, verb string, t *reconcile.Target) {
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
}

// shrinks says what there is less of.
func shrinks(text *report.Texts, list []reconcile.Shrink) []string {
	var out []string
	for _, s := range list {
		out = append(out, text.Shrink(s))
	}
	return out
}
