package sheet

import "testing"

func TestIsDateFormat(t *testing.T) {
	for code, want := range map[string]bool{
		"yyyy-mm-dd": true, "DD/MM/YYYY": true, "d. mmm yy": true, "mmmm": true, "m/d/yy h:mm": true,
		"[$-409]d-mmm-yy;@": true, "[$-F800]dddd, mmmm dd, yyyy": true, `yyyy"年"m"月"d"日"`: true,
		"hh:mm": true, "h:mm:ss AM/PM": true, "mm:ss.0": true, "mm:ss.000": true, "[Red]dd/mm/yyyy": true, `dd\-mm\-yyyy`: true,

		"General": false, "0": false, "0.00": false, "#,##0.00": false, "0.00E+00": false, "0%": false, "@": false, "# ?/?": false,
		"[h]:mm": false, "[mm]:ss": false, "[ss]": false, `0 "days"`: false, `"ymd"`: false, `0.00 \d`: false, "[Red]0.00": false,
		"#,##0.00 [$USD]": false, "#,##0.00 USD": false, "0.00_d": false, "[DBNum1]General": false, "[Magenta]@": false, "": false, "[": false, `"`: false, `\`: false,
	} {
		if got := isDateFormat(code); got != want {
			t.Errorf("isDateFormat(%q) = %v, want %v", code, got, want)
		}
	}
}

func TestBuiltinDate(t *testing.T) {
	for id, want := range map[int]bool{
		-1: false, 0: false, 13: false, 14: true, 22: true, 23: false, 26: false, 27: true, 36: true, 37: false,
		44: false, 45: true, 47: true, 48: false, 49: false, 50: true, 58: true, 59: false, 164: false,
	} {
		if got := builtinDate(id); got != want {
			t.Errorf("builtinDate(%d) = %v, want %v", id, got, want)
		}
	}
}

func TestSerialDate(t *testing.T) {
	tests := []struct {
		digits   string
		date1904 bool
		want     string // empty: stays a number
	}{
		{"61", false, "1900-03-01"}, {"60", false, ""}, {"59", false, ""}, {"1", false, ""}, {"0", false, ""}, {"-1", false, ""},
		{"60.999999", false, "1900-03-01"}, // rounds to midnight
		{"44895", false, "2022-11-30"}, {"44895", true, "2026-12-01"},
		{"36526", false, "2000-01-01"}, {"36585", false, "2000-02-29"}, {"45351", false, "2024-02-29"},
		{"0", true, "1904-01-01"}, {"-1", true, ""},
		{"45658.999999999", false, "2025-01-02"}, {"45658.99998", false, "2025-01-01T23:59:58"}, {"4.5658E4", false, "2025-01-01"},
		{"46387.000011574", false, "2026-12-31T00:00:01"},
		{"2958465", false, "9999-12-31"}, {"2958465.9999999", false, ""}, {"2958466", false, ""}, {"2957003", true, "9999-12-31"}, {"2957004", true, ""},
		{"1e300", false, ""}, {"NaN", false, ""}, {"x", false, ""},
	}
	for _, tt := range tests {
		if got, ok := serialDate(tt.digits, tt.date1904); got != tt.want || ok != (tt.want != "") {
			t.Errorf("serialDate(%q, %v) = %q, %v, want %q", tt.digits, tt.date1904, got, ok, tt.want)
		}
	}
}

func TestIsNumber(t *testing.T) {
	for text, want := range map[string]bool{
		"0": true, "-1": true, "+1": true, "1.5": true, ".5": true, "5.": true, "1E5": true, "1e-5": true, "1.23E+05": true,
		"": false, ".": false, "-": false, "1,5": false, "1 000": false, "0x1F": false, "NaN": false, "Inf": false, "1E": false, "1E+": false, "E5": false, "1_000": false, "--1": false, "1.2.3": false,
	} {
		if got := isNumber(text); got != want {
			t.Errorf("isNumber(%q) = %v, want %v", text, got, want)
		}
	}
}

func TestColumnName(t *testing.T) {
	for column, want := range map[int]string{0: "A", 25: "Z", 26: "AA", 255: "IV", 256: "IW", 701: "ZZ", 702: "AAA", 16383: "XFD"} {
		if got := columnName(column); got != want {
			t.Errorf("columnName(%d) = %q, want %q", column, got, want)
		}
	}
}
