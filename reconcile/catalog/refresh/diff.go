package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
)

// identity says which columns of a table name a row; without an entry the
// whole row does. title is the column whose change is a rename.
var identity = map[string]struct {
	key   []string
	title string
}{
	"skus.csv":          {[]string{"guid"}, "name"},
	"plans.csv":         {[]string{"id"}, "name"},
	"legacy_offers.csv": {[]string{"id"}, "name"},
	"products.csv":      {[]string{"product_id", "sku_id"}, "sku_title"},
	"regions.csv":       {[]string{"code"}, "name"},
	"sources.csv":       {[]string{"table"}, ""},
}

// printDiff tells what became of a table: rows added, removed, renamed,
// otherwise changed; one line each, in key order, then a line of counts.
func printDiff(w io.Writer, old, now table) {
	was, is := byKey(old), byKey(now)
	counts := map[string]int{}
	say := func(what, key, detail string) {
		counts[what]++
		fmt.Fprintf(w, "%s: %s %s%s\n", now.name, what, key, detail)
	}
	for _, key := range sortedKeys(was, is) {
		a, had := was[key]
		b, has := is[key]
		switch id := identity[now.name]; {
		case !had:
			say("added", key, titled(id.title, b))
		case !has:
			say("removed", key, titled(id.title, a))
		case id.title != "" && a[id.title] != b[id.title]:
			say("renamed", key, fmt.Sprintf(": %q is now %q", a[id.title], b[id.title]))
		case !equalRows(a, b):
			say("changed", key, "")
		}
	}
	fmt.Fprintf(w, "%s: %d rows, %d added, %d removed, %d renamed, %d changed\n", now.name, len(now.rows),
		counts["added"], counts["removed"], counts["renamed"], counts["changed"])
}

func titled(column string, row map[string]string) string {
	if column == "" || row[column] == "" {
		return ""
	}
	return fmt.Sprintf(": %q", row[column])
}

func byKey(t table) map[string]map[string]string {
	out := make(map[string]map[string]string, len(t.rows))
	for _, row := range t.rows {
		rec := make(map[string]string, len(row))
		for i, cell := range row {
			rec[t.columns[i]] = cell
		}
		parts := row
		if id, ok := identity[t.name]; ok {
			parts = nil
			for _, k := range id.key {
				parts = append(parts, rec[k])
			}
		}
		out[strings.Join(parts, "/")] = rec
	}
	return out
}

func sortedKeys(a, b map[string]map[string]string) []string {
	var keys []string
	for k := range a {
		keys = append(keys, k)
	}
	for k := range b {
		if _, both := a[k]; !both {
			keys = append(keys, k)
		}
	}
	slices.Sort(keys)
	return keys
}

func equalRows(a, b map[string]string) bool {
	for k, v := range a {
		if b[k] != v {
			return false
		}
	}
	return len(a) == len(b)
}
