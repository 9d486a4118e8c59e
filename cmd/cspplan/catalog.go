package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"cspplan/reconcile"
	"cspplan/reconcile/catalog"
	"cspplan/report"
)

type catalogCmd struct {
	Search []string `arg:"" optional:"" help:"Words, a part number or a GUID; without any: how much is known, and from when."`
	Rules  bool     `help:"The rules instead: code, severity, sentence, source, validity."`
	JSON   bool     `name:"json" help:"JSON Lines."`
}

// Run prints what the program knows about offers, or its rules.
func (c *catalogCmd) Run(term terminal) error {
	cat, err := catalog.Load()
	if err != nil {
		return fmt.Errorf("loading the embedded tables: %w", err)
	}
	if c.Rules {
		return printRules(term.Out, c.JSON)
	}
	if len(c.Search) == 0 && !c.JSON {
		for _, t := range cat.Tables {
			fmt.Fprintf(term.Out, "%-16s %6d rows   as at %s   %s\n", t.Name, t.Rows, t.AsOf, t.Source)
		}
		fmt.Fprintln(term.Out, "\nSearch with words, a part number or a GUID:  cspplan catalog Office 365 E3")
		return nil
	}
	return c.printOffers(term.Out, cat)
}

// offerEntry is one SKU as `catalog` prints it.
type offerEntry struct {
	SKUGUID    string          `json:"sku_guid"`
	PartNumber string          `json:"sku_part_number"`
	Name       string          `json:"name"`
	Former     []string        `json:"former_names"`
	Current    bool            `json:"in_current_table"`
	LastSeen   string          `json:"as_of"`
	Plans      []string        `json:"service_plans"`
	Products   []string        `json:"order_ids"`
	Successors []successorJSON `json:"successors"`
}

type successorJSON struct {
	Name   string `json:"name"`
	Kind   string `json:"kind"`
	When   string `json:"when"`
	Source string `json:"source"`
}

func (c *catalogCmd) printOffers(w io.Writer, cat *reconcile.Catalogue) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	found := 0
	for i := range cat.SKUs {
		sku := &cat.SKUs[i]
		if !c.wants(sku) {
			continue
		}
		found++
		entry := describeSKU(cat, sku)
		if c.JSON {
			if err := enc.Encode(entry); err != nil {
				return fmt.Errorf("printing the catalogue: %w", err)
			}
			continue
		}
		printOffer(w, entry)
	}
	if found == 0 && !c.JSON {
		fmt.Fprintf(w, "No offer holds %q. `cspplan match %q` ranks what is near.\n", strings.Join(c.Search, " "), strings.Join(c.Search, " "))
	}
	return nil
}

// wants tells whether every word of the search stands in one of the SKU's names or ids.
func (c *catalogCmd) wants(sku *reconcile.SKU) bool {
	all := strings.ToLower(strings.Join(append([]string{sku.Name, sku.PartNumber, sku.GUID}, sku.Former...), "\n"))
	for _, word := range c.Search {
		if !strings.Contains(all, strings.ToLower(word)) {
			return false
		}
	}
	return true
}

func describeSKU(cat *reconcile.Catalogue, sku *reconcile.SKU) offerEntry {
	e := offerEntry{
		SKUGUID: sku.GUID, PartNumber: sku.PartNumber, Name: sku.Name, Former: append([]string{}, sku.Former...),
		Current: sku.Current, LastSeen: sku.LastSeen.String(), Plans: []string{}, Products: []string{}, Successors: []successorJSON{},
	}
	for _, p := range sku.Plans {
		e.Plans = append(e.Plans, cat.Plans[p].Name)
	}
	for i := range cat.Products {
		if p := &cat.Products[i]; p.SKUGUID == sku.GUID {
			e.Products = append(e.Products, p.ProductID+"/"+p.SKUID+" "+p.Segment.String())
		}
	}
	for i := range cat.Successors {
		if s := &cat.Successors[i]; s.OldGUID == sku.GUID {
			e.Successors = append(e.Successors, successorJSON{Name: s.NewName, Kind: s.Kind, When: s.When, Source: s.Source})
		}
	}
	return e
}

func printOffer(w io.Writer, e offerEntry) {
	state := "in the current table"
	if !e.Current {
		state = "no longer in the table"
	}
	fmt.Fprintf(w, "%s   %s   %s\n  %s, last seen %s\n", e.Name, e.PartNumber, e.SKUGUID, state, e.LastSeen)
	for _, line := range []struct {
		name  string
		items []string
	}{{"former names", e.Former}, {"order by", e.Products}, {"service plans", e.Plans}} {
		if len(line.items) > 0 {
			fmt.Fprintf(w, "  %s: %s\n", line.name, strings.Join(line.items, "; "))
		}
	}
	for _, s := range e.Successors {
		fmt.Fprintf(w, "  then: %s (%s; %s)\n", s.Name, s.Kind, s.When)
	}
	fmt.Fprintln(w)
}

// ruleJSON is one rule of `catalog --rules --json`.
type ruleJSON struct {
	Code       string `json:"code"`
	Severity   string `json:"severity"`
	Sentence   string `json:"sentence"`
	Lifts      string `json:"lifts"`
	Who        string `json:"who"`
	Source     string `json:"source"`
	SourceDate string `json:"source_date"`
	Setting    string `json:"setting,omitempty"`
	Since      string `json:"since,omitempty"`
	Until      string `json:"until,omitempty"`
}

// printRules prints the one slice of rules with its sentences.
func printRules(w io.Writer, asJSON bool) error {
	text, err := report.LoadTexts("en")
	if err != nil {
		return err
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for i := range reconcile.Rules {
		r := &reconcile.Rules[i]
		line := ruleJSON{
			Code: r.Code, Severity: r.Severity.String(), Sentence: text.Label(r.Sentence()),
			Lifts: text.Lifts(r.Code), Who: text.Label(r.Who), Source: r.Source, SourceDate: r.SourceDate.String(),
			Setting: r.Threshold, Since: r.Since.String(), Until: r.Until.String(),
		}
		if asJSON {
			if err := enc.Encode(line); err != nil {
				return fmt.Errorf("printing the rules: %w", err)
			}
			continue
		}
		fmt.Fprintf(w, "%-28s %-10s %s\n", r.Code, line.Severity, line.Sentence)
		for _, more := range []string{"lifted: " + line.Lifts, "by: " + line.Who, "source: " + text.RuleSource(r)} {
			fmt.Fprintf(w, "%40s%s\n", "", more)
		}
	}
	return nil
}
