package catalog

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"cspplan/reconcile"
)

// load is the catalogue of the embedded tables.
func load(t testing.TB) *reconcile.Catalogue {
	t.Helper()
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestLoadIsRepeatable(t *testing.T) {
	if a, b := load(t), load(t); !reflect.DeepEqual(a, b) {
		t.Error("two loads differ")
	}
}

// The rows that sources.csv counts are the rows that were decoded, and no table
// shrinks without somebody noticing.
func TestRowCounts(t *testing.T) {
	c := load(t)
	got := map[string][2]int{ // decoded, at least
		"skus.csv": {len(c.SKUs), 621}, "plans.csv": {len(c.Plans), 796}, "legacy_offers.csv": {len(c.Offers), 274},
		"products.csv": {len(c.Products), 1393}, "pairs.csv": {len(c.Pairs), 57}, "successors.csv": {len(c.Successors) - 15, 207}, "successors_by_hand.csv": {15, 15},
		"sale_status.csv": {len(c.Sales), 113}, "regions.csv": {len(c.Countries), 253}, "lifecycle.csv": {len(c.Lifecycle), 16},
		"plan_equivalents.csv": {len(c.Coverage), 100}, "plan_limits.csv": {len(c.Limits), 69}, "plan_names.csv": {renamedPlans(t, c), 52},
	}
	if len(c.Tables) != len(got) {
		t.Errorf("sources.csv dates %d tables, want %d", len(c.Tables), len(got))
	}
	for _, table := range c.Tables {
		n := got[table.Name]
		if n[0] != table.Rows || n[0] < n[1] {
			t.Errorf("%s: %d rows decoded, sources.csv says %d, want at least %d", table.Name, n[0], table.Rows, n[1])
		}
		if !table.AsOf.Known() || table.Source == "" {
			t.Errorf("%s has no date or no source", table.Name)
		}
	}
}

// renamedPlans counts the rows of plan_names.csv whose plan has the name.
func renamedPlans(t *testing.T, c *reconcile.Catalogue) int {
	t.Helper()
	n := 0
	if err := decodeEmbedded("plan_names.csv", func(r *row) {
		code, name := r.text(), r.text()
		r.text()
		if slices.ContainsFunc(c.Plans, func(p reconcile.ServicePlan) bool { return p.Code == code && p.Name == name }) {
			n++
		}
	}); err != nil {
		t.Fatal(err)
	}
	return n
}

// No name that a customer may read is a code.
func TestPlanNamesAreWords(t *testing.T) {
	for _, p := range load(t).Plans {
		if strings.Contains(p.Name, "_") || p.Name == strings.ToUpper(p.Name) && len(p.Name) > 12 {
			t.Errorf("plan %s is called %q: give it a name in plan_names.csv", p.Code, p.Name)
		}
	}
}

// Limits speak of plans and SKUs that exist, and of each kind at one time once.
func TestPlanLimits(t *testing.T) {
	c := load(t)
	codes := map[string]bool{}
	for _, p := range c.Plans {
		codes[p.Code] = true
	}
	for _, l := range c.Limits {
		if !codes[l.Of] && c.SKU(l.Of) == nil {
			t.Errorf("limit of %q, which is neither a plan nor a SKU", l.Of)
		}
		if l.Source == "" {
			t.Errorf("limit of %q has no source", l.Of)
		}
	}
	unique(t, "limit", column(c.Limits, func(l reconcile.PlanLimit) string { return l.Of + " " + l.What + " " + l.From.String() }))
}

// unique reports values that occur twice.
func unique(t *testing.T, what string, ids []string) {
	t.Helper()
	seen := map[string]bool{}
	for _, id := range ids {
		if seen[id] {
			t.Errorf("%s %q occurs twice", what, id)
		}
		seen[id] = true
	}
}

func column[T any](rows []T, id func(T) string) []string {
	out := make([]string, len(rows))
	for i, r := range rows {
		out[i] = id(r)
	}
	return out
}

func TestIDsAreUnique(t *testing.T) {
	c := load(t)
	unique(t, "SKU", column(c.SKUs, func(s reconcile.SKU) string { return s.GUID }))
	unique(t, "service plan", column(c.Plans, func(p reconcile.ServicePlan) string { return p.ID }))
	unique(t, "offer", column(c.Offers, func(o reconcile.LegacyOffer) string { return o.ID }))
	unique(t, "product", column(c.Products, func(p reconcile.Product) string { return p.ProductID + "/" + p.SKUID }))
	unique(t, "country", column(c.Countries, func(c reconcile.Country) string { return c.Code }))
	unique(t, "pair of offer", column(c.Pairs, func(p reconcile.OfferPair) string { return p.OfferID }))
	unique(t, "sale status", column(c.Sales, func(s reconcile.SaleStatus) string {
		return s.SKUGUID + s.From.String() + strings.Join(s.Regions, "|")
	}))
}

// References between tables must resolve: a dangling one would be a proposal
// that nobody can buy, or a rule that never fires.
func TestReferences(t *testing.T) {
	c := load(t)
	// SKUs that only the offer list or a pair printed by Microsoft knows.
	legacy := map[string]bool{}
	for _, p := range c.Pairs {
		legacy[p.SKUGUID] = p.Kind == "official"
	}
	for _, o := range c.Offers {
		legacy[o.ProductGUID] = true
		if (c.SKU(o.ProductGUID) != nil) != o.InTable {
			t.Errorf("offer %s %q: in the SKU table is %v", o.ID, o.Name, o.InTable)
		}
	}
	for _, s := range c.Successors {
		for _, guid := range s.NewGUIDs {
			if c.SKU(guid) == nil && !legacy[guid] {
				t.Errorf("successor of %q: unknown SKU %s", s.OldName, guid)
			}
		}
		if s.OldGUID != "" && c.SKU(s.OldGUID) == nil && !legacy[s.OldGUID] {
			t.Errorf("successor of %q: unknown SKU %s", s.OldName, s.OldGUID)
		}
		for _, code := range s.Countries {
			if _, known := c.RegionOf(code); !known {
				t.Errorf("successor of %q: unknown country %q", s.OldName, code)
			}
		}
	}
	for _, p := range c.Products {
		if p.SKUGUID != "" && c.SKU(p.SKUGUID) == nil && !legacy[p.SKUGUID] {
			t.Errorf("product %s/%s: unknown SKU %s", p.ProductID, p.SKUID, p.SKUGUID)
		}
		if p.SKUGUID != "" && (p.Trial || p.EST || p.Segment != reconcile.Commercial) {
			t.Errorf("product %s/%s %q may not name a SKU", p.ProductID, p.SKUID, p.SKUTitle)
		}
		if len(p.Terms) == 0 {
			t.Errorf("product %s/%s %q has no term", p.ProductID, p.SKUID, p.SKUTitle)
		}
	}
	for _, s := range c.Sales {
		if c.SKU(s.SKUGUID) == nil && !legacy[s.SKUGUID] {
			t.Errorf("sale status of an unknown SKU %s", s.SKUGUID)
		}
	}
	codes := map[string]bool{}
	for _, p := range c.Plans {
		codes[p.Code] = true
	}
	for _, row := range c.Coverage {
		for _, code := range append(slices.Clone(row.Plans), row.CoveredBy...) {
			if !codes[code] {
				t.Errorf("plan coverage: no service plan has the code %q", code)
			}
		}
	}
}

// Names, part numbers and titles carry none of the blanks that Microsoft's
// table has around and inside them.
func TestTextIsTidy(t *testing.T) {
	c := load(t)
	var texts []string
	for _, s := range c.SKUs {
		texts = append(append(append(texts, s.Name, s.PartNumber), s.Former...), s.OtherParts...)
	}
	for _, p := range c.Products {
		texts = append(texts, p.Title, p.SKUTitle)
	}
	for _, o := range c.Offers {
		texts = append(texts, o.Name, o.ProductName)
	}
	for _, s := range texts {
		if s == "" || s != strings.TrimSpace(s) || strings.ContainsAny(s, "\u00a0\t\n") {
			t.Errorf("untidy text %q", s)
		}
	}
}

func TestBrokenTables(t *testing.T) {
	const header = "code,name,region,currency\n"
	country := func(r *row) { _, _, _, _ = r.text(), r.text(), r.text(), r.text() }
	tests := []struct {
		name, table, data string
		decode            func(*row)
		want              string
	}{
		{"no rows at all", "regions.csv", "", country, `table regions.csv: columns are not`},
		{"other columns", "regions.csv", "code,name\n", country, `table regions.csv: columns are not`},
		{"a cell too few", "regions.csv", header + "IT,Italy\n", country, "table regions.csv: record on line 2"},
		{"cells left over", "regions.csv", header + "IT,Italy,Europe,EUR\n", func(r *row) { r.text() }, "row 2: 1 of 4 columns read"},
		{"upper-case GUID", "regions.csv", header + "6FD2C87F-B296-42F0-B197-1E91E994B900,,,\n",
			func(r *row) { r.guid() }, `row 2: column code: "6FD2C87F-B296-42F0-B197-1E91E994B900" is not a GUID in lower case`},
		{"no date", "regions.csv", header + "IT,Italy,1.2.2026,EUR\n",
			func(r *row) { r.text(); r.text(); r.date() }, `column region: "1.2.2026" is not a date`},
		{"neither yes nor no", "regions.csv", header + "true,,,\n", func(r *row) { r.yes() }, `column code: "true" is neither yes nor no`},
		{"no term", "regions.csv", header + "P2Y/annual,,,\n", func(r *row) { r.terms() }, `column code: "P2Y/annual" is not a term`},
		{"second row", "regions.csv", header + "1,,,\nx,,,\n",
			func(r *row) { r.number(); r.text(); r.text(); r.text() }, `row 3: column code: "x" is not a number`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			err := decodeTable(tt.table, strings.NewReader(tt.data), tt.decode)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got error %v, want %q", err, tt.want)
			}
		})
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		load(b)
	}
}
