package input

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cspplan/input/sheet"
	"cspplan/reconcile"
)

// readMatrix writes content as a file and reads it as an offer matrix.
func readMatrix(t *testing.T, name, content string) (OfferMatrix, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return ReadOfferMatrix(t.Context(), path, name, sheet.Limits{})
}

const matrixHeader = "ProductTitle,ProductId,SkuId,SkuTitle,ProvisioningId,ProvisioningString,MinLicenses,MaxLicenses,AssetOwnershipLimit,AssetOwnershipLimitType,ProductSkuPreRequisites,ProductSkuConversion,Description,AllowedCountries\n"

func TestOfferMatrixRows(t *testing.T) {
	const guid = "3b555118-da6a-4418-894f-7df1e2096870"
	tests := []struct {
		name, row string
		want      string // product/sku guid segment; empty: no product
		fault     string // column and value of the fault; empty: none
	}{
		{"as published", "Microsoft 365 Business Basic,CFQ7TTC0LH18,0001,Microsoft 365 Business Basic," + guid + ",O365_BUSINESS_ESSENTIALS,1,300,2,ConcurrentCount,,\"CFQ7TTC0LDPB/0001,CFQ7TTC0LF8Q/0001\",Best for,AD;AE", "CFQ7TTC0LH18/0001 " + guid + " commercial", ""},
		{"zeros lost, upper case, braces", "Basic,CFQ7TTC0LH18,1,Basic,{" + strings.ToUpper(guid) + "},X,1,300,,,,,,", "CFQ7TTC0LH18/0001 " + guid + " commercial", ""},
		{"letters in the SKU id", "Basic,cfq7ttc0lh18,00m,Basic," + guid + ",X,,,,,,,,", "CFQ7TTC0LH18/000M " + guid + " commercial", ""},
		{"nonprofit by its title", "Basic,CFQ7TTC0LH18,0009,Basic (Non-Profit Pricing)," + guid + ",X,,,,,,,,", "CFQ7TTC0LH18/0009 " + guid + " charity", ""},
		{"perpetual software provisions nothing", "Windows,CFQ7TTC0LH18,0009,Windows,,,,,,,,,,", "", ""},
		{"a name where the GUID should be", "Basic,CFQ7TTC0LH18,0001,Basic,O365_BUSINESS_ESSENTIALS,X,,,,,,,,", "", "ProvisioningId O365_BUSINESS_ESSENTIALS"},
		{"a GUID cut short", "Basic,CFQ7TTC0LH18,0001,Basic,3b555118-da6a-4418-894f-7df1e209687,X,,,,,,,,", "", "ProvisioningId 3b555118-da6a-4418-894f-7df1e209687"},
		{"no product id", "Basic,LH18,0001,Basic," + guid + ",X,,,,,,,,", "", "ProductId LH18"},
		{"a SKU id of five", "Basic,CFQ7TTC0LH18,00001,Basic," + guid + ",X,,,,,,,,", "", "SkuId 00001"},
		{"a SKU id that Excel made 1E+02", "Basic,CFQ7TTC0LH18,1E+02,Basic," + guid + ",X,,,,,,,,", "", "SkuId 1E+02"},
		{"no title at all", ",CFQ7TTC0LH18,0001,," + guid + ",X,,,,,,,,", "", "SkuTitle "},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m, err := readMatrix(t, "matrix.csv", "\ufeff"+matrixHeader+tt.row+"\n")
			if err != nil {
				t.Fatal(err)
			}
			got, fault := "", ""
			if p := m.Offers.Products; len(p) == 1 {
				got = p[0].ProductID + "/" + p[0].SKUID + " " + p[0].SKUGUID + " " + p[0].Segment.String()
			}
			if f := m.Faults; len(f) == 1 {
				fault = f[0].Problem.Column + " " + f[0].Problem.Value
			}
			if got != tt.want || fault != tt.fault {
				t.Errorf("got %q with fault %q, want %q with %q", got, fault, tt.want, tt.fault)
			}
		})
	}
}

// The former offer matrix is a workbook: offers, mappings to new commerce, and
// what is deprecated.
func TestOfferMatrixWorkbook(t *testing.T) {
	const e3, mail, gone, edu = "796b6b5f-613c-4e24-a17c-eba730d49c02", "195416c1-3447-423a-b37b-ee59a99a19c4", "11111111-0000-4000-8000-000000000009", "11111111-0000-4000-8000-00000000000e"
	const skuE3, skuMail = "6fd2c87f-b296-42f0-b197-1e91e994b900", "4b9405b0-7788-4568-add1-99614e613b69"
	content := workbook(t, "",
		"Read me", [][]any{{"Offer matrix"}, {"Month", "November 2026"}},
		"Office_Dynamics_Windows_Intune", [][]any{
			{"Offer Display Name", "Durable Offer ID", "Provisioning ID", "Offer Type", "Depends On"},
			{"Office 365 Enterprise E3", strings.ToUpper(e3), skuE3, "License", nil},
			{"Contoso Add-on", gone, skuMail, "License", strings.ToUpper(e3) + ", " + mail},
		},
		"NCE Mapping", [][]any{
			{"Legacy offers and what took their place"},
			{"Offer Display Name", "Durable Offer ID", "Provisioning ID", "Modern ProductID/SkuID", "Migration enabled"},
			{"Office 365 Enterprise E3", e3, skuE3, "CFQ7TTC0LF8R/1", "Yes"},
			{"Exchange Online (Plan 1)", mail, skuMail, "CFQ7TTC0LH16:0001", "No"},
			{"No longer sold", gone, skuMail, "N/A", "No"},
			{"Wrong", edu, skuMail, "LF8R-0001", "Yes"},
			{"Damaged", "7.96E+35", skuMail, "CFQ7TTC0LF8R/0001", "Yes"},
			{nil, nil, nil, "CFQ7TTC0LF8R/0001", "Yes"},
		},
		"Legacy Deprecated", [][]any{
			{"Offer Display Name", "Durable Offer ID", "Provisioning ID"},
			{"Former offer", "22222222-0000-4000-8000-000000000009", skuMail},
		})
	m, err := readMatrix(t, "offer-matrix-2026-11.xlsx", content)
	if err != nil {
		t.Fatal(err)
	}
	var pairs, faults []string
	for _, p := range m.Offers.Pairs {
		pairs = append(pairs, p.OfferID+" "+p.ProductID+"/"+p.SKUID+" "+p.SKUGUID)
	}
	for _, f := range m.Faults {
		faults = append(faults, fmt.Sprintf("%s!%s:%d: column %s: %q, expected %s", f.File, f.Sheet, f.Row, f.Problem.Column, f.Problem.Value, f.Problem.Expected))
	}
	if got, want := strings.Join(pairs, "\n"), e3+" CFQ7TTC0LF8R/0001 "+skuE3+"\n"+mail+" CFQ7TTC0LH16/0001 "+skuMail; got != want {
		t.Errorf("pairs:\n%s\nwant\n%s", got, want)
	}
	if len(m.Offers.Offers) != 4 || len(m.Offers.Offers[1].Prerequisites) != 2 || !m.Offers.Offers[1].AddOn {
		t.Errorf("offers: %+v, want E3, the add-on with two bases, Exchange and the former offer", m.Offers.Offers)
	}
	for i, want := range []string{"offer-matrix-2026-11.xlsx!NCE Mapping:6: column Modern ProductID/SkuID: \"LF8R-0001\"", "!NCE Mapping:7: column Durable Offer ID", "!NCE Mapping:8: column Durable Offer ID"} {
		if i >= len(faults) || !strings.Contains(faults[i], want) {
			t.Errorf("fault %d: want %s in %q", i, want, faults)
		}
	}
	if m.AsOf != reconcile.NewDate(2026, 11, 1) || len(m.SHA256) != 64 {
		t.Errorf("as of %v, hash %q", m.AsOf, m.SHA256)
	}
}

// What the file says twice and differently says nothing; twice the same is once.
func TestOfferMatrixContradictions(t *testing.T) {
	const a, b = "3b555118-da6a-4418-894f-7df1e2096870", "6fd2c87f-b296-42f0-b197-1e91e994b900"
	row := func(sku, guid string) string { return "X,CFQ7TTC0LH18," + sku + ",X," + guid + ",P,,,,,,,,\n" }
	m, err := readMatrix(t, "m.csv", matrixHeader+row("0001", a)+row("0002", a)+row("1", b)+row("0002", a)+row("0001", a))
	if err != nil {
		t.Fatal(err)
	}
	if p := m.Offers.Products; len(p) != 1 || p[0].SKUID != "0002" {
		t.Errorf("got %+v, want 0002 alone", p)
	}
	if len(m.Faults) != 1 || m.Faults[0].Row != 4 || m.Faults[0].Problem.Column != "ProvisioningId" {
		t.Errorf("faults %v, want the contradiction on line 4", m.Faults)
	}
}

// Two mappings of one legacy offer that differ are both left out, and both rows
// are named.
func TestOfferMatrixMappingsThatDiffer(t *testing.T) {
	const offer, a, b = "91fd106f-4b2c-4938-95ac-f54f74e9a239", "18181a46-0d4e-45cd-891e-60aabd171b4e", "6fd2c87f-b296-42f0-b197-1e91e994b900"
	const q, r = "CFQ7TTC0LF8Q/0001", "CFQ7TTC0LF8R/0001"
	for _, test := range []struct {
		name   string
		rows   [][3]string // offer, SKU, product
		pairs  int
		column string // of the fault, in row 3 about row 2
	}{
		{"another product", [][3]string{{offer, a, q}, {strings.ToUpper(offer), a, r}}, 0, "Modern ProductID/SkuID"},
		{"another SKU", [][3]string{{offer, a, q}, {offer, b, q}}, 0, "Provisioning ID"},
		{"a third that agrees with the first", [][3]string{{offer, a, q}, {offer, a, r}, {offer, a, q}}, 0, "Modern ProductID/SkuID"},
		{"a SKU that only one names", [][3]string{{offer, "", q}, {offer, a, q}}, 1, ""},
		{"the same twice", [][3]string{{offer, a, q}, {offer, a, strings.ToLower(q)}}, 1, ""},
	} {
		content := "Durable Offer ID,Provisioning ID,Modern ProductID/SkuID\n"
		for _, row := range test.rows {
			content += strings.Join(row[:], ",") + "\n"
		}
		m, err := readMatrix(t, "m.csv", content)
		if err != nil {
			t.Fatal(err)
		}
		if len(m.Offers.Pairs) != test.pairs {
			t.Errorf("%s: got pairs %+v, want %d", test.name, m.Offers.Pairs, test.pairs)
		}
		if test.column == "" {
			if len(m.Faults) != 0 {
				t.Errorf("%s: got faults %v, want none", test.name, m.Faults)
			}
			continue
		}
		if len(m.Faults) != 1 || m.Faults[0].Row != 3 || m.Faults[0].Problem.Column != test.column || !strings.Contains(m.Faults[0].Problem.Expected, "row 2") {
			t.Errorf("%s: got faults %v, want column %s of row 3 against row 2", test.name, m.Faults, test.column)
		}
	}
}

func TestOfferMatrixRefused(t *testing.T) {
	for name, content := range map[string]string{
		"a price list":  "ProductId,SkuId,TermDuration,BillingPlan,UnitPrice\nCFQ7TTC0LH18,0001,P1Y,Annual,5\n",
		"empty":         "",
		"not a table":   "\x00\x01\x02\x03",
		"an old matrix": "Product,Country\nOffice,IT\n",
	} {
		t.Run(name, func(t *testing.T) {
			if m, err := readMatrix(t, "m.csv", content); err == nil {
				t.Errorf("got %+v, want an error that says what is missing", m)
			}
		})
	}
	if _, err := ReadOfferMatrix(t.Context(), filepath.Join(t.TempDir(), "none.csv"), "none.csv", sheet.Limits{}); err == nil || !strings.Contains(err.Error(), "none.csv") {
		t.Errorf("a file that is not there: got %v", err)
	}
}

func TestDayOfFile(t *testing.T) {
	modified := reconcile.NewDate(2026, 3, 4)
	for name, want := range map[string]reconcile.Date{
		"tables/offer-matrix-2026-11-02.xlsx": reconcile.NewDate(2026, 11, 2),
		"matrix_20261102.csv":                 reconcile.NewDate(2026, 11, 2),
		"matrix 2026.11.csv":                  reconcile.NewDate(2026, 11, 1),
		"matrix.csv":                          modified,
		"2026/matrix.csv":                     modified,
		"v120261199.csv":                      modified,
	} {
		if got := dayOfFile(name, modified); got != want {
			t.Errorf("%s: got %v, want %v", name, got, want)
		}
	}
}

// A row of the file is a product, a pair, an offer, a fault or says nothing; none
// stops the others, and no product or pair is half read.
func FuzzOfferMatrix(f *testing.F) {
	f.Add("Basic,CFQ7TTC0LH18,0001,Basic,3b555118-da6a-4418-894f-7df1e2096870,X,1,300,2,C,CFQ7TTC0LDPB/0001,,,AD")
	f.Add("\"Basic,CFQ7TTC0LH18\n,0001")
	f.Fuzz(func(t *testing.T, row string) {
		path := filepath.Join(t.TempDir(), "m.csv")
		last := "Last,CFQ7TTC0ZZZZ,0001,Last,6fd2c87f-b296-42f0-b197-1e91e994b900,X,,,,,,,,\n"
		if err := os.WriteFile(path, []byte(matrixHeader+row+"\n"+last), 0o600); err != nil {
			t.Fatal(err)
		}
		m, err := ReadOfferMatrix(t.Context(), path, "m.csv", sheet.Limits{})
		if err != nil {
			return
		}
		for _, p := range m.Offers.Products {
			if len(p.ProductID) != 12 || len(p.SKUID) != 4 || !isGUID(p.SKUGUID) || p.SKUTitle == "" {
				t.Errorf("half a product: %+v", p)
			}
		}
	})
}

// AllowedCountries limits where a product is sold, unless a row does not say.
func TestOfferMatrixCountries(t *testing.T) {
	const basic = "Basic,CFQ7TTC0LH18,0001,Basic,3b555118-da6a-4418-894f-7df1e2096870,X,,,,,,,,"
	for rows, want := range map[string]string{
		basic + "AD;ae; UK\n":           "AD AE GB",
		basic + "\n":                    "",
		basic + "All\n":                 "",
		basic + "IT\n" + basic + "DE\n": "IT DE",
		basic + "IT\n" + basic + "\n":   "",
	} {
		m, err := readMatrix(t, "matrix.csv", matrixHeader+rows)
		if err != nil || len(m.Offers.Products) != 1 {
			t.Fatalf("%q: got %+v, %v", rows, m.Offers.Products, err)
		}
		if got := strings.Join(m.Offers.Products[0].Countries, " "); got != want {
			t.Errorf("%q: got %q, want %q", rows, got, want)
		}
	}
}
