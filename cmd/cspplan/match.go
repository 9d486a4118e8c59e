package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"cspplan/input"
	"cspplan/reconcile"
	"cspplan/reconcile/catalog"
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
	cat, err := catalog.Load()
	if err != nil {
		return fmt.Errorf("loading the embedded tables: %w", err)
	}
	var aliases []reconcile.Alias
	if s.Catalog.Aliases != "" {
		if aliases, err = input.ReadAliases(s.resolve(s.Catalog.Aliases), s.Catalog.Aliases); err != nil {
			return fail(exitInput, err, "columns: title,offer_id,sku_guid,product_id,sku_id,note")
		}
	}
	region, _ := cat.RegionOf(s.partner().Country)
	matcher := reconcile.NewMatcher(cat, aliases, nil, asOf)
	w := bufio.NewWriter(term.Out)
	defer w.Flush()
	return c.eachTitle(term.In, func(title, part string) error {
		m := matcher.Match(reconcile.OfferQuery{Title: title, PartNumber: part, Segment: segment, Region: region, At: asOf})
		if c.JSON {
			return printMatchJSON(w, title, part, m)
		}
		printMatch(w, title, m)
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
}

type candidateJSON struct {
	SKUGUID string `json:"sku_guid"`
	Name    string `json:"name"`
	Score   int    `json:"score"`
	Why     string `json:"why"`
}

func printMatchJSON(w io.Writer, title, part string, m *reconcile.OfferMatch) error {
	out := matchJSON{Title: title, PartNumber: part, Match: m.Class.String(), PlansLost: append([]string{}, m.PlansLost...), Candidates: []candidateJSON{}, OutOfScope: m.OutOfScope}
	if id := m.Identified; id != nil {
		out.Identified = &identityJSON{SKUGUID: id.SKUGUID, Part: id.PartNumber, Name: id.Name, Basis: id.Basis}
	}
	if t := m.Target; t != nil {
		out.CSPOffer = &offerJSON{SKUGUID: t.SKUGUID, Name: t.Name, ProductID: t.ProductID, SKUID: t.SKUID}
	}
	for _, c := range m.Candidates {
		out.Candidates = append(out.Candidates, candidateJSON{SKUGUID: c.SKUGUID, Name: c.Name, Score: c.Score, Why: c.Why})
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(out)
}

func printMatch(w io.Writer, title string, m *reconcile.OfferMatch) {
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
	if t := m.Target; t != nil {
		order := "no order id known: give your offer matrix or price list"
		if t.ProductID != "" {
			order = t.ProductID + "/" + t.SKUID
		}
		fmt.Fprintf(w, "  buy        %s   %s\n", t.Name, order)
	}
	if len(m.PlansLost) > 0 {
		fmt.Fprintf(w, "  lost       %s\n", strings.Join(m.PlansLost, "; "))
	}
	for i, c := range m.Candidates {
		fmt.Fprintf(w, "  %d. %3d     %s   %s\n", i+1, c.Score, c.Name, c.Why)
	}
}
