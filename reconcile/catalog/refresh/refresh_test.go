package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cspplan/reconcile/catalog"
)

const (
	planHead  = "Product_Display_Name,String_Id,GUID,Service_Plan_Name,Service_Plan_Id,Service_Plans_Included_Friendly_Names\n"
	skuOne    = "11111111-0000-0000-0000-000000000001"
	skuTwo    = "11111111-0000-0000-0000-000000000002"
	planMail  = "22222222-0000-0000-0000-000000000001"
	planFiles = "22222222-0000-0000-0000-000000000002"
)

// write puts source files into a new folder.
func write(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// mustRefresh runs the command and returns what it printed.
func mustRefresh(t *testing.T, args ...string) string {
	t.Helper()
	var out, errs strings.Builder
	if err := run(args, &out, &errs); err != nil {
		t.Fatalf("refresh %q: %v\n%s", args, err, errs.String())
	}
	return out.String()
}

func read(t *testing.T, dir, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestHistoryIsKept(t *testing.T) {
	tables := t.TempDir()
	first := write(t, map[string]string{"service-plans.csv": "\ufeff" + planHead +
		"Old  Name,PART_ONE ," + strings.ToUpper(skuOne) + ",MAIL," + planMail + ",Mail\n" +
		"Other,PART_TWO," + skuTwo + ",FILES," + planFiles + ",FILES\n"})
	mustRefresh(t, "-tables", tables, "-as-of", "2026-01-01", first)

	second := write(t, map[string]string{"service-plans.csv": planHead +
		"New Name,PART\u00a01," + skuOne + ",MAIL," + planMail + ",Mail\n" +
		"New Name,PART\u00a01," + skuOne + ",NOTES,22222222-0000-0000-0000-000000000000,Notes\n"})
	report := mustRefresh(t, "-tables", tables, "-as-of", "2026-02-01", second)

	wantSKUs := "guid,part,other_parts,name,former,current,first_seen,last_seen,plans\n" +
		skuOne + ",PART 1,PART_ONE,New Name,Old Name,yes,2026-01-01,2026-02-01,1|3\n" +
		skuTwo + ",PART_TWO,,Other,,no,2026-01-01,2026-01-01,2\n"
	if got := read(t, tables, "skus.csv"); got != wantSKUs {
		t.Errorf("skus.csv:\n%swant:\n%s", got, wantSKUs)
	}
	wantPlans := "n,id,code,name\n1," + planMail + ",MAIL,Mail\n2," + planFiles + ",FILES,FILES\n3,22222222-0000-0000-0000-000000000000,NOTES,Notes\n"
	if got := read(t, tables, "plans.csv"); got != wantPlans {
		t.Errorf("plans.csv:\n%swant:\n%s", got, wantPlans)
	}
	for _, line := range []string{
		`skus.csv: renamed ` + skuOne + `: "Old Name" is now "New Name"`,
		`skus.csv: changed ` + skuTwo,
		`skus.csv: 2 rows, 0 added, 0 removed, 1 renamed, 1 changed`,
		`plans.csv: added 22222222-0000-0000-0000-000000000000: "Notes"`,
	} {
		if !strings.Contains(report, line+"\n") {
			t.Errorf("report lacks %q:\n%s", line, report)
		}
	}
}

func TestSameSourcesSameBytes(t *testing.T) {
	tables := t.TempDir()
	sources := write(t, map[string]string{
		"service-plans.csv": planHead + "Suite,SUITE," + skuOne + ",MAIL," + planMail + ",Mail\n",
		"nce-price-list-skus-2026-03-US.csv": "ProductId,SkuId,ProductTitle,SkuTitle,Segment,Terms,Tags\n" +
			"CFQ7TTC0AAAA,1,Suite,SUITE,Commercial,P1M/Monthly|P1M/None,License\n" +
			"CFQ7TTC0AAAA,0002,Suite,Suite,Commercial,P1M/None,License;Trial\n",
		"regions.csv": "country_iso2,country_name,csp_region,currency\nIT,Italy,Europe,EUR\n",
	})
	mustRefresh(t, "-tables", tables, "-as-of", "2026-03-05", sources)
	before := map[string]string{}
	for _, name := range catalog.TableNames() {
		before[name] = read(t, tables, name)
	}
	report := mustRefresh(t, "-tables", tables, "-as-of", "2026-03-05", sources)
	for _, name := range catalog.TableNames() {
		if got := read(t, tables, name); got != before[name] {
			t.Errorf("%s differs the second time:\n%swas:\n%s", name, got, before[name])
		}
	}
	if strings.Contains(report, ": changed") || strings.Contains(report, ": added") {
		t.Errorf("the second run reports changes:\n%s", report)
	}
	want := "CFQ7TTC0AAAA,0001,Suite,SUITE,commercial,P1M/monthly|P1M/,no,no," + skuOne + "\n" +
		"CFQ7TTC0AAAA,0002,Suite,Suite,commercial,P1M/,yes,no,\n"
	if got := before["products.csv"]; !strings.HasSuffix(got, want) {
		t.Errorf("products.csv:\n%swant:\n%s", got, want)
	}
	if got, want := before[catalog.Sources], "products.csv,2,2026-03-01,"; !strings.Contains(got, want) {
		t.Errorf("sources.csv:\n%swant %q in it", got, want)
	}
	if got, want := before["regions.csv"], "RU,Russia,,\n"; !strings.Contains(got, want) {
		t.Errorf("regions.csv lacks %q, a country in no region", want)
	}
}

// A source that cannot be understood is an error that names it, and no table is touched.
func TestRefusedSources(t *testing.T) {
	const successors = "old_sku_or_offer,old_sku_guid,successor_sku_or_offer,successor_sku_guid,kind,why_date,source,confidence\n"
	const products = "ProductId,SkuId,ProductTitle,SkuTitle,Segment,Terms,Tags\n"
	tests := []struct{ name, file, content, want string }{
		{"column missing", "service-plans.csv", "GUID,String_Id\na,b\n", `service-plans.csv has no column "Product_Display_Name"`},
		{"kind without a word", "successors.csv", successors + "A,,B,,merger,2026-01-01,us,high\n", `successors.csv row 2: unknown kind "merger"`},
		{"segment", "nce-price-list-skus-2026.csv", products + "P,1,T,T,Military,P1M/Monthly,License\n", `P/1 has the unknown segment "Military"`},
		{"term", "nce-price-list-skus-2026.csv", products + "P,1,T,T,Commercial,P5Y/Annual,License\n", `unknown term and billing plan "P5Y/Annual"`},
		{"quote", "regions.csv", "country_iso2,country_name\n\"IT,Italy\n", "reading "},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tables := t.TempDir()
			var out, errs strings.Builder
			err := run([]string{"-tables", tables, "-as-of", "2026-01-01", write(t, map[string]string{tt.file: tt.content})}, &out, &errs)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got error %v, want %q", err, tt.want)
			}
			if left, _ := os.ReadDir(tables); len(left) > 0 {
				t.Errorf("%d files were written", len(left))
			}
		})
	}
	if err := run([]string{"-tables", t.TempDir(), write(t, map[string]string{"service-plans.csv": planHead + "N,P," + skuOne + ",M," + planMail + ",M\n"})},
		&strings.Builder{}, &strings.Builder{}); err == nil || !strings.Contains(err.Error(), "-as-of") {
		t.Errorf("without a day: got error %v, want one that names -as-of", err)
	}
}

func TestFirstDay(t *testing.T) {
	tests := []struct{ why, want string }{
		{"old name seen 2021-10-13; new name first seen 2024-01-20", "2024-01-20"},
		{"end of sale 2026-05-01", "2026-05-01"},
		{"E4 retired April 7 2017; does not auto-renew", "2017-04-07"},
		{"offered August 23 to December 31 2023; narrower dial-out", "2023-08-23"},
		{"from October 1 2023", "2023-10-01"},
		{"Partner Center allowed this in-place upgrade", ""},
	}
	for _, tt := range tests {
		if got := firstDay(tt.why); got != tt.want {
			t.Errorf("firstDay(%q) = %q, want %q", tt.why, got, tt.want)
		}
	}
}

func TestSegment(t *testing.T) {
	tests := []struct{ name, want string }{
		{"Office 365 E3", "commercial"},
		{"Office 365 E3 (Nonprofit Staff Pricing)", "charity"},
		{"Unified Operations – Order Lines (Nonprofits Pricing)", "charity"},
		{"Office 365 A3 for students", "education"},
		{"Office 365 G3 GCC", "government"},
		{"Dynamics 365 for Talent Comprehensive Hiring", "commercial"},
	}
	for _, tt := range tests {
		if got := segment(tt.name); got != tt.want {
			t.Errorf("segment(%q) = %s, want %s", tt.name, got, tt.want)
		}
	}
}
