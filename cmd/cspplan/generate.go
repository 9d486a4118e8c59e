package main

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"cspplan/reconcile"
	"cspplan/reconcile/catalog"
)

// generateCmd is for whoever makes cspplan faster: exports of any size, of
// plausible content, the same bytes for the same flags. No help lists it.
type generateCmd struct {
	Dir    string `arg:"" help:"New folder to write: settings, exports/, and offers.csv for other programs."`
	Rows   int    `default:"200000" help:"Subscriptions."`
	Format string `default:"csv" enum:"csv,xlsx,xlsx-inline" help:"csv, xlsx (shared strings, as Excel writes them) or xlsx-inline."`
	Split  string `default:"none" enum:"none,owner,customer" help:"output.split_by of the settings."`
	Seed   uint64 `default:"1" help:"Another seed gives other customers."`
	AsOf   string `name:"as-of" default:"2026-11-23" help:"Lay the dates out around this day." placeholder:"YYYY-MM-DD"`
}

// maxExcelRows is what fits below the heading of a sheet.
const maxExcelRows = 1_048_575

// Run writes the folder. It never overwrites.
func (c *generateCmd) Run(term terminal) error {
	asOf, err := reconcile.ParseDate(c.AsOf)
	if err != nil {
		return usage(fmt.Errorf("--as-of: %w", err), "write it as 2026-11-23")
	}
	if c.Rows < 1 || c.Format != "csv" && c.Rows > maxExcelRows {
		return usage(fmt.Errorf("--rows: %d do not fit in one %s file", c.Rows, c.Format), fmt.Sprintf("give 1 to %d for a workbook, any number for csv", maxExcelRows))
	}
	cat, err := catalog.Load()
	if err != nil {
		return fmt.Errorf("loading the embedded tables: %w", err)
	}
	entries, err := os.ReadDir(c.Dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) || len(entries) > 0 {
		return usage(fmt.Errorf("generate: %s is no new folder", c.Dir), "nothing was written; name a new folder")
	}
	if err := c.write(newPortfolio(cat, asOf, c.Seed)); err != nil {
		return fail(exitOutput, fmt.Errorf("generate: %w", err), fmt.Sprintf("check that %s can be written", c.Dir))
	}
	fmt.Fprintf(term.Out, "Wrote %d subscriptions to %s.\nNext:  cd %s && cspplan run --as-of %s\n", c.Rows, c.Dir, c.Dir, c.AsOf)
	return nil
}

func (c *generateCmd) write(p *portfolio) error {
	if err := os.MkdirAll(filepath.Join(c.Dir, "exports"), 0o755); err != nil {
		return err
	}
	settings := fmt.Sprintf("partner:\n  name: Cirrus Partner S.p.A.\n  country: IT\noutput:\n  split_by: %s\n", c.Split)
	if err := os.WriteFile(filepath.Join(c.Dir, "cspplan.yaml"), []byte(settings), 0o644); err != nil {
		return err
	}
	if err := toFile(filepath.Join(c.Dir, "offers.csv"), p.writeOffers); err != nil {
		return err
	}
	kind, _, _ := strings.Cut(c.Format, "-")
	return toFile(filepath.Join(c.Dir, "exports", "subscriptions."+kind), func(w io.Writer) error {
		switch c.Format {
		case "xlsx":
			return p.writeWorkbook(w, c.Rows, true)
		case "xlsx-inline":
			return p.writeWorkbook(w, c.Rows, false)
		}
		return p.writeCSV(w, c.Rows)
	})
}

// toFile writes a file through a buffer.
func toFile(path string, write func(io.Writer) error) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(f, 1<<20)
	return errors.Join(write(w), w.Flush(), f.Close())
}

// writeCSV writes as many subscriptions, in constant memory.
func (p *portfolio) writeCSV(out io.Writer, rows int) error {
	w := csv.NewWriter(out)
	w.UseCRLF = true
	if err := w.Write(portfolioHeadings()); err != nil {
		return err
	}
	for range rows {
		if err := w.Write(p.next().cells[:]); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}

// writeOffers lists the offers with a price a month, for programs that know no
// catalogue of their own.
func (p *portfolio) writeOffers(out io.Writer) error {
	w := csv.NewWriter(out)
	if err := w.Write([]string{"SkuId", "SkuPartNumber", "Title", "Term", "Billing", "ListPrice"}); err != nil {
		return err
	}
	for _, o := range p.offers {
		if err := w.Write([]string{o.guid, o.part, o.name, "P1Y", "Monthly", cents(o.price)}); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}

// cents prints hundredths as a decimal.
func cents(n int) string { return strconv.Itoa(n/100) + fmt.Sprintf(".%02d", n%100) }
