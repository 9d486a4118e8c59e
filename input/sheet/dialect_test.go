package sheet

import (
	"slices"
	"strings"
	"testing"
)

func TestDialect(t *testing.T) {
	tests := []struct {
		name, in, setting string
		delimiter         rune
		want              []string
	}{
		{"comma", "a,b\n1,2\n", "", ',', []string{"1:a|b", "2:1|2"}},
		{"semicolon", "a;b\n1;2\n", "", ';', []string{"1:a|b", "2:1|2"}},
		{"tab", "a\tb\n1\t2\n", "", '\t', []string{"1:a|b", "2:1|2"}},
		{"bar", "a|b\n1|2\n", "", '|', []string{"1:a|b", "2:1|2"}},
		{"one column", "Offer\nMicrosoft 365 E3\n", "", ',', []string{"1:Offer", "2:Microsoft 365 E3"}},
		{"decimal commas", "Name;Price\nA;1,50\nB;2,50\n", "", ';', []string{"1:Name|Price", "2:A|1,50", "3:B|2,50"}},
		{"decimal commas in every record", "Name, short;Price\nA;1,50\n", "", ';', []string{"1:Name, short|Price", "2:A|1,50"}},
		{"semicolons in a text", "Id,Name,Seats\n1,All Apps; Multi Language; x,2\n2,Photoshop; Europe; x,3\n", "", ',',
			[]string{"1:Id|Name|Seats", "2:1|All Apps; Multi Language; x|2", "3:2|Photoshop; Europe; x|3"}},
		{"addresses with commas", "Name;City\nRossi, Via Po, Torino;IT\nVerdi, Via Po, Torino;IT\n", "", ';',
			[]string{"1:Name|City", "2:Rossi, Via Po, Torino|IT", "3:Verdi, Via Po, Torino|IT"}},
		{"as many records with more cells", "a,b,c;d\n1,2,3;4\n", "", ',', []string{"1:a|b|c;d", "2:1|2|3;4"}},
		{"title block", "Report, all tenants\nMade 2026-11-23\n\na;b;c\n1;2;3\n4;5;6\n", "", ';',
			[]string{"1:Report, all tenants", "2:Made 2026-11-23", "4:a|b|c", "5:1|2|3", "6:4|5|6"}},
		{"delimiters in quotes", "\"a;b\",\"c;d\"\n\"1;2\",\"3;4\"\n", "", ',', []string{"1:a;b|c;d", "2:1;2|3;4"}},
		{"sep line", "sep=;\na,x;b\n", "", ';', []string{"2:a,x|b"}},
		{"quoted sep line", "\"sep=\t\"\r\na\tb\r\n", "", '\t', []string{"2:a|b"}},
		{"sep line with mark", "\xEF\xBB\xBFSEP=|\na|b\n", "", '|', []string{"2:a|b"}},
		{"settings", "a,b;c\n", ",", ',', []string{"1:a|b;c"}},
		{"settings over sep line", "sep=,\na;b\n", ";", ';', []string{"2:a|b"}},
		{"settings say tab", "a,b\tc,d\n", "tab", '\t', []string{"1:a,b|c,d"}},
		{"spaces before quotes", "\"a\", \"b\", \"c\"\n\"1\", \"2, 3\", \"4\"\n", "", ',', []string{"1:a|b|c", "2:1|2, 3|4"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := open(t, write(t, "t.csv", []byte(tt.in)), Options{Delimiter: tt.setting})
			got, err := rows(b.Sheets[0])
			if err != nil {
				t.Fatal(err)
			}
			if b.Delimiter != tt.delimiter || !slices.Equal(got, tt.want) {
				t.Errorf("got %q %q, want %q %q", b.Delimiter, got, tt.delimiter, tt.want)
			}
		})
	}
}

// A damaged line in the part that is sniffed changes neither the delimiter nor
// the other rows.
func TestDialectDamagedLine(t *testing.T) {
	text := "id;name;seats\n" + strings.Repeat("1;a;2\n", 20) + "5;\"open;1\n" + strings.Repeat("6;b;3\n", 2000)
	b := open(t, write(t, "t.csv", []byte(text)), Options{})
	got, err := rows(b.Sheets[0])
	if err != nil || len(got) != 2022 || got[21] != `22:!5;"open;1` || got[22] != "23:6|b|3" {
		t.Fatalf("got %d rows, %q, %v", len(got), got[20:24], err)
	}
}

func TestDelimiterSettingRefused(t *testing.T) {
	for _, setting := range []string{"::", "\"", "\n", "\xff"} {
		r := refusalOf(t, write(t, "t.csv", []byte("a,b\n")), Options{Delimiter: setting})
		wantRefused(t, r, CodeUnreadable, "t.csv", "settings", "delimiter")
	}
}
