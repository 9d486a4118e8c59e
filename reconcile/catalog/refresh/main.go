package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"cspplan/reconcile"
)

func main() {
	if err := run(os.Args[1:], os.Stdout, os.Stderr); err != nil {
		if !errors.Is(err, flag.ErrHelp) {
			fmt.Fprintln(os.Stderr, "refresh:", err)
		}
		os.Exit(1)
	}
}

func run(args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("refresh", flag.ContinueOnError)
	flags.SetOutput(stderr)
	tables := flags.String("tables", "reconcile/catalog/tables", "folder of the embedded tables")
	asOf := flags.String("as-of", "", "day of service-plans.csv, if no catalog-skus.csv tells it")
	flags.Usage = func() {
		fmt.Fprintln(stderr, "usage: refresh [-tables DIR] [-as-of YYYY-MM-DD] SOURCES-DIR")
		flags.PrintDefaults()
	}
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() != 1 {
		flags.Usage()
		return errors.New("exactly one folder of source files is needed")
	}
	day, err := reconcile.ParseDate(*asOf)
	if err != nil {
		return fmt.Errorf("-as-of: %w", err)
	}
	return refresh(flags.Arg(0), *tables, day, stdout)
}

// refresh builds every table in memory first: a source that cannot be
// understood leaves all files as they were.
func refresh(sources, tables string, asOf reconcile.Date, report io.Writer) error {
	set, err := openTables(tables)
	if err != nil {
		return err
	}
	src := sourceDir{dir: sources, asOf: asOf}
	for _, build := range []func(sourceDir, *tableSet) error{
		buildSKUs, buildOffers, buildProducts, buildPairs, buildSuccessors, buildRegions,
	} {
		if err := build(src, set); err != nil {
			return err
		}
	}
	set.countRows()
	return set.save(report)
}

// A sourceDir is the folder of files to read from.
type sourceDir struct {
	dir  string
	asOf reconcile.Date
}

// find returns the last file by name that fits the pattern, or "" if none does.
func (s sourceDir) find(pattern string) (string, error) {
	found, err := filepath.Glob(filepath.Join(s.dir, pattern))
	if err != nil {
		return "", fmt.Errorf("looking for %s: %w", pattern, err)
	}
	if len(found) == 0 {
		return "", nil
	}
	return found[len(found)-1], nil // Glob sorts
}
