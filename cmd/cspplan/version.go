package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"text/tabwriter"

	"cspplan/reconcile/catalog"
)

// version is stamped by the Makefile (-ldflags -X); an unstamped build says so.
var version = "dev"

// programVersion is the stamped version, else the module's.
func programVersion() string {
	if version != "dev" {
		return version
	}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" && info.Main.Version != "(devel)" {
		return info.Main.Version
	}
	return version
}

type versionCmd struct{}

// Run prints the version, the Go version and how old the embedded tables are.
func (versionCmd) Run(term terminal) error {
	tables, err := catalog.Dates()
	if err != nil {
		return fmt.Errorf("reading the dates of the embedded tables: %w", err)
	}
	fmt.Fprintf(term.Out, "cspplan %s   %s %s/%s\n", programVersion(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
	w := tabwriter.NewWriter(term.Out, 0, 0, 2, ' ', 0)
	for _, t := range tables {
		fmt.Fprintf(w, "%s\t%d rows\tas at %s\t%s\n", t.Name, t.Rows, t.AsOf, t.Source)
	}
	return w.Flush()
}
