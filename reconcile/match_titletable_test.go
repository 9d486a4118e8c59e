package reconcile

import (
	"reflect"
	"strings"
	"testing"
)

// A title written down and read back is what reading it anew yields.
func TestTitleTable(t *testing.T) {
	titles := []string{
		"Office 365 E3", "office 365 e3", "Microsoft 365 Business Premium (1 Year)", "Exchange Online (Plan 2) Trial - 12 mo",
		"Project Online Professional + Visio", "Audio Conferencing add-on for GCC", "Shift campaign promo Office 365 E1", "Éducation à l'essai",
		"Microsoft 365 A3 for faculty (Nonprofit Staff Pricing)", "プラン", "Plan", "=", "()", "",
	}
	var table strings.Builder
	for i, read := range readAll(titles) {
		table.Write(read.appendLine(nil, titles[i]))
	}
	known := decodeTitles(table.String())
	for _, title := range titles {
		got, want := known[title], readAll([]string{title})[0]
		if len(got.words) == 0 && len(want.words) == 0 {
			got.words, want.words = nil, nil
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%q:\n got %+v\nwant %+v", title, got, want)
		}
	}
	if len(known) != len(titles) {
		t.Errorf("%d titles read back, want %d", len(known), len(titles))
	}
}
