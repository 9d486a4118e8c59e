package main

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"cspplan/input"
	"cspplan/input/sheet"
	"cspplan/output"
	"cspplan/reconcile"
	"cspplan/reconcile/catalog"
)

// facts is what is known before any input is read: the embedded tables with
// the user's files laid over them.
type facts struct {
	catalogue *reconcile.Catalogue
	prices    []reconcile.PriceLine
	aliases   []reconcile.Alias
	warnings  []output.RunWarning // rows of the user's files that give nothing, and what they say against the embedded tables
}

// loadFacts loads the embedded tables and lays the user's files over them: the
// tables of catalog.tables, the days of policy.lifecycle, the offer matrix. A
// file that cannot be read stops the run, since its absence would change what
// is matched.
func (s *Settings) loadFacts() (facts, error) {
	var f facts
	var err error
	if f.catalogue, err = catalog.Load(); err != nil {
		return f, fmt.Errorf("loading the embedded tables: %w", err)
	}
	for _, load := range []func(*Settings) error{f.layTables, f.layLifecycle, f.layOfferMatrix, f.readAliases, f.readPrices} {
		if err := load(s); err != nil {
			return f, err
		}
	}
	return f, nil
}

// layTables reads the CSV files of catalog.tables, each named like an embedded
// table.
func (f *facts) layTables(s *Settings) error {
	if s.Catalog.Tables == "" {
		return nil
	}
	hint := "each file of the folder is named and laid out like an embedded table; `cspplan catalog` lists them, the README says more"
	dir := s.resolve(s.Catalog.Tables)
	entries, err := os.ReadDir(dir) // sorted by name
	if err != nil {
		return fail(exitInput, fmt.Errorf("catalog.tables: %w", err), hint)
	}
	var own []catalog.OwnTable
	for _, entry := range entries {
		if entry.IsDir() || !strings.EqualFold(filepath.Ext(entry.Name()), ".csv") || strings.HasPrefix(entry.Name(), ".") {
			continue
		}
		table, err := readOwnTable(dir, s.Catalog.Tables, entry.Name())
		if err != nil {
			return fail(exitInput, fmt.Errorf("catalog.tables: %w", err), hint)
		}
		own = append(own, table)
	}
	if len(own) == 0 {
		return fail(exitInput, fmt.Errorf("catalog.tables: the folder %s holds no CSV file", s.Catalog.Tables), hint)
	}
	if err := catalog.Overlay(f.catalogue, own); err != nil {
		return fail(exitInput, fmt.Errorf("catalog.tables: %w", err), hint)
	}
	return nil
}

func readOwnTable(dir, shown, name string) (catalog.OwnTable, error) {
	path := filepath.Join(dir, name)
	info, err := os.Stat(path)
	if err != nil {
		return catalog.OwnTable{}, err
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return catalog.OwnTable{}, err
	}
	sum := sha256.Sum256(data)
	return catalog.OwnTable{Name: strings.ToLower(name), File: filepath.ToSlash(filepath.Join(shown, name)), Data: data,
		AsOf: reconcile.DateOf(info.ModTime().UTC()), SHA256: hex.EncodeToString(sum[:])}, nil
}

// layLifecycle puts the settings' own days in the place of the tables': first
// those of channels, then those of programmes, which say more.
func (f *facts) layLifecycle(s *Settings) error {
	for _, byProgramme := range []bool{false, true} {
		for _, name := range sortedKeys(s.Policy.Lifecycle) {
			channel, programme, _ := lifecycleKey(name)
			if days := s.Policy.Lifecycle[name]; byProgramme == (programme != reconcile.ProgrammeUnknown) {
				f.catalogue.OverrideDays(channel, programme, days.Working, days.Admin, "settings: policy.lifecycle."+name)
			}
		}
	}
	return nil
}

// layOfferMatrix reads the partner's offer matrix. Its rows that cannot be used
// are warnings; where it differs from the embedded tables it counts, and that is
// said too.
func (f *facts) layOfferMatrix(s *Settings) error {
	name := s.Catalog.OfferMatrix
	if name == "" {
		return nil
	}
	hint := "give the offer matrix as it was downloaded (CSV or XLSX), with its sheet NCE Mapping if it has one"
	matrix, err := input.ReadOfferMatrix(context.Background(), s.resolve(name), name, s.Limits.limits())
	if err != nil {
		var refused *sheet.Refusal
		if errors.As(err, &refused) {
			return &failure{code: exitInput, err: fmt.Errorf("catalog.offer_matrix: %w", err), hint: hint, word: refused.Code}
		}
		return fail(exitInput, fmt.Errorf("catalog.offer_matrix: %w", err), hint)
	}
	for _, fault := range matrix.Faults {
		f.warnings = append(f.warnings, output.RunWarning{File: fault.File, Sheet: fault.Sheet, Row: fault.Row, Column: fault.Problem.Column,
			Code: "bad-table-row", Text: fmt.Sprintf("%q is not used: expected %s", fault.Problem.Value, fault.Problem.Expected)})
	}
	for _, d := range f.catalogue.AddOwn(matrix.Offers) {
		f.warnings = append(f.warnings, output.RunWarning{File: d.File, Code: "table-differs",
			Text: fmt.Sprintf("%s: your file says %s and is followed; the embedded table says %s", d.Offer, d.Own, d.Embedded)})
	}
	f.catalogue.Tables = append(f.catalogue.Tables, reconcile.TableSource{Name: filepath.ToSlash(name), Rows: matrix.Rows, AsOf: matrix.AsOf,
		Source: "own offer matrix: goes before pairs.csv and products.csv", SHA256: matrix.SHA256})
	return nil
}

func (f *facts) readAliases(s *Settings) (err error) {
	name := s.Catalog.Aliases
	if name == "" {
		return nil
	}
	if f.aliases, err = input.ReadAliases(s.resolve(name), name); err != nil {
		return fail(exitInput, fmt.Errorf("catalog.aliases: %w", err), "columns: title,offer_id,sku_guid,product_id,sku_id,note")
	}
	for _, a := range f.aliases {
		if a.ProductID != "" || a.SKUGUID == "" {
			continue
		}
		for guid := range strings.SplitSeq(a.SKUGUID, "+") {
			if f.catalogue.SKU(guid) == nil {
				f.warnings = append(f.warnings, output.RunWarning{File: name, Column: "sku_guid", Code: "bad-table-row",
					Text: fmt.Sprintf("%q of %q is the GUID of no SKU that the tables know: the line does nothing", guid, cmp.Or(a.Title, a.OfferID))})
			}
		}
	}
	return nil
}

func (f *facts) readPrices(s *Settings) error {
	c := s.Catalog
	if c.PriceList != "" {
		lines, err := input.ReadPriceList(s.resolve(c.PriceList), c.PriceList)
		if err != nil {
			return fail(exitInput, fmt.Errorf("catalog.price_list: %w", err), "give the licence-based price list as it was downloaded (CSV)")
		}
		f.prices = append(f.prices, lines...)
	}
	if c.SellPrices != "" {
		lines, err := input.ReadSellPrices(s.resolve(c.SellPrices), c.SellPrices)
		if err != nil {
			return fail(exitInput, fmt.Errorf("catalog.sell_prices: %w", err), "columns: product_id,sku_id,term,billing,currency,price (for the whole term)")
		}
		f.prices = append(f.prices, lines...)
	}
	return nil
}
