package catalog

import (
	"slices"
	"strings"
	"testing"

	"cspplan/reconcile"
)

func own(name, data string) OwnTable {
	return OwnTable{Name: name, File: "tables/" + name, Data: []byte(data), AsOf: reconcile.NewDate(2026, 11, 1), SHA256: "f00d"}
}

func TestOverlay(t *testing.T) {
	tests := []struct {
		name   string
		tables []OwnTable
		check  func(*reconcile.Catalogue) bool
	}{
		{"a sale status is added", []OwnTable{own("sale_status.csv", "sku_guid,countries,status,from,source\n"+businessPrem+",,end-of-sale,2026-10-01,our distributor\n")},
			func(c *reconcile.Catalogue) bool {
				return c.Sale(businessPrem, "IT", day(t, "2026-10-01")) == reconcile.SaleEnded && c.Sale(businessPrem, "IT", day(t, "2026-09-30")) == reconcile.SaleAvailable
			}},
		{"a later row takes back an embedded one", []OwnTable{own("sale_status.csv", "sku_guid,countries,status,from,source\n"+strings.ToUpper(office365E3)+",IT|DE,available,2025-11-01,sold again\n")},
			func(c *reconcile.Catalogue) bool {
				at := day(t, "2026-11-23")
				return c.Sale(office365E3, "IT", at) == reconcile.SaleAvailable && c.Sale(office365E3, "FR", at) == reconcile.SaleEnded
			}},
		{"a country is overridden, semicolons, columns in another order", []OwnTable{own("regions.csv", "\ufeffname;code;currency;region\r\nItaly;IT;CHF;Japan\r\n;;;\r\n")},
			func(c *reconcile.Catalogue) bool {
				region, _ := c.RegionOf("IT")
				other, _ := c.RegionOf("DE")
				italy, _ := c.Country("IT")
				return region == "Japan" && other == "Europe" && italy.Currency == "CHF"
			}},
		{"days after the end", []OwnTable{own("lifecycle.csv", "channel,programme,bought_from,bought_until,ends_from,ends_until,working_days,admin_days,est,source\nvolume,ea,,,,,5,60,no,our contract\n")},
			func(c *reconcile.Catalogue) bool { return c.Lifecycle[0].WorkingDays == 5 }},
		{"a new SKU with plans by code", []OwnTable{own("skus.csv", "guid,part,other_parts,name,former,current,first_seen,last_seen,plans\n11111111-2222-4333-8444-555555555555,NEW_PACK,,New Pack,,yes,2026-10-01,2026-11-01,EXCHANGE_S_ENTERPRISE|TEAMS1\n")},
			func(c *reconcile.Catalogue) bool {
				s := c.SKU("11111111-2222-4333-8444-555555555555")
				return s != nil && len(s.Plans) == 2 && slices.IsSorted(s.Plans) && len(c.SKUs) == 622
			}},
		{"own successors take the place of all of that SKU and kind", []OwnTable{own("successors.csv", "old_name,old_guid,new_name,new_guids,kind,countries,from,when,source,confidence\nOffice 365 E3,"+office365E3+",Microsoft 365 Business Premium,"+businessPrem+",end-of-sale-new-customers,,,always,ours,high\n")},
			func(c *reconcile.Catalogue) bool {
				var net []string
				for _, s := range c.SuccessorsOf(office365E3, day(t, "2026-11-23")) {
					if s.Kind == reconcile.KindNetNew {
						net = append(net, s.NewName)
					}
				}
				return slices.Equal(net, []string{"Microsoft 365 Business Premium"})
			}},
		{"a table with its header alone", []OwnTable{own("pairs.csv", "offer_id,product_id,sku_id,sku_guid,kind,source\n")},
			func(c *reconcile.Catalogue) bool { return len(c.Pairs) == 57 }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := load(t)
			if err := Overlay(c, tt.tables); err != nil {
				t.Fatal(err)
			}
			if !tt.check(c) {
				t.Error("the row has not the effect it should have")
			}
			if last := c.Tables[len(c.Tables)-1]; last.Name != tt.tables[0].File || last.SHA256 != "f00d" || last.AsOf.String() != "2026-11-01" {
				t.Errorf("tables end with %+v, want the own one with its day and hash", last)
			}
		})
	}
}

// The folder's own sources.csv dates its tables.
func TestOverlaySources(t *testing.T) {
	c := load(t)
	err := Overlay(c, []OwnTable{own("sources.csv", "table,rows,as_of,source\nregions.csv,1,2026-05-05,our list\n"), own("regions.csv", "code,name,region,currency\nIT,Italy,Europe,EUR\n")})
	last := c.Tables[len(c.Tables)-1]
	if err != nil || last.AsOf.String() != "2026-05-05" || last.Source != "our list" || last.Rows != 1 {
		t.Errorf("got %+v, %v; want the day and source that the folder says", last, err)
	}
}

func TestOverlayFaults(t *testing.T) {
	const sales = "sku_guid,countries,status,from,source\n"
	tests := []struct {
		name, table, data string
		want              []string
	}{
		{"no table of this name", "sale-status.csv", sales, []string{"tables/sale-status.csv", "there is no table of this name", "sale_status.csv"}},
		{"the list kept by hand", "successors_by_hand.csv", "", []string{"there is no table of this name", "successors.csv"}},
		{"empty", "sale_status.csv", "", []string{"tables/sale_status.csv: the file is empty", sales[:len(sales)-1]}},
		{"a column is missing", "sale_status.csv", "sku_guid,countries,status,source\n", []string{"tables/sale_status.csv:1", `no column "from"`}},
		{"a column too many", "sale_status.csv", "sku_guid,countries,status,from,source,note\n", []string{`column "note" stands twice or is none`}},
		{"a word", "sale_status.csv", sales + businessPrem + ",,gone,2026-01-01,x\n", []string{"tables/sale_status.csv:2", "column status", `"gone"`, "end-of-sale"}},
		{"a date, on its line", "sale_status.csv", sales + "\n" + businessPrem + ",,withdrawn,1/2/2026,x\n", []string{"tables/sale_status.csv:3", "column from", `"1/2/2026"`}},
		{"no GUID", "sale_status.csv", sales + "SPB,,withdrawn,2026-01-02,x\n", []string{"tables/sale_status.csv:2", "column sku_guid", `"spb"`}},
		{"two faults at once", "sale_status.csv", sales + "SPB,,withdrawn,2026-01-02,x\n" + businessPrem + ",,gone,,x\n", []string{"tables/sale_status.csv:2", "tables/sale_status.csv:3"}},
		{"the same row twice", "regions.csv", "code,name,region,currency\nIT,Italy,Europe,EUR\nDE,Germany,Europe,EUR\nIT,Italia,Europe,EUR\n", []string{"tables/regions.csv:4", `"IT" stands on line 2 already`}},
		{"a SKU that nobody knows", "sale_status.csv", sales + "11111111-2222-4333-8444-555555555555,,withdrawn,,x\n", []string{"tables/sale_status.csv:2", "is no SKU that is known", "skus.csv"}},
		{"a country that nobody knows", "sale_status.csv", sales + businessPrem + ",EU,withdrawn,,x\n", []string{`"EU" is no country`, "regions.csv"}},
		{"a cell too few", "sale_status.csv", sales + businessPrem + ",,withdrawn\n", []string{"tables/sale_status.csv", "line 2"}},
		{"a workbook", "sale_status.csv", "PK\x03\x04\x00\x00", []string{"tables/sale_status.csv", "save it as CSV UTF-8"}},
		{"a plan that nobody knows", "skus.csv", "guid,part,other_parts,name,former,current,first_seen,last_seen,plans\n11111111-2222-4333-8444-555555555555,X,,X,,yes,,,NO_SUCH\n", []string{"column plans", `"NO_SUCH"`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			err := Overlay(load(t), []OwnTable{own(tt.table, tt.data)})
			if err == nil {
				t.Fatal("no error")
			}
			for _, want := range tt.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("got %q, want %q in it", err, want)
				}
			}
			if strings.Contains(err.Error(), "EOF") {
				t.Errorf("got %q, which names EOF as a cause", err)
			}
		})
	}
}

// Every line that holds something is a row or a fault: none is lost in silence.
func FuzzOwnTable(f *testing.F) {
	f.Add("sale_status.csv", []byte("sku_guid,countries,status,from,source\n"+businessPrem+",,withdrawn,2026-01-02,x\n"))
	f.Add("regions.csv", []byte("code;name;region;currency\n\nIT;Italy;Europe;EUR\n"))
	f.Add("regions.csv", []byte("currency,name,region,code\nEUR,\"Ita\nly\",Europe,IT\n"))
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		if columns[name] == nil {
			return
		}
		records, lines, err := ownRecords(own(name, string(data)))
		if err != nil {
			return
		}
		if len(records) != len(lines) || !slices.IsSorted(lines) {
			t.Errorf("%d rows on lines %v", len(records), lines)
		}
		for _, cells := range records {
			if len(cells) != len(columns[name]) {
				t.Errorf("row %q has %d cells, want %d", cells, len(cells), len(columns[name]))
			}
		}
	})
}
