package input

import (
	"context"
	"os"
	"path/filepath"
	"testing"
)

func TestParseLanguage(t *testing.T) {
	tests := []struct {
		text, want string
		ok         bool
	}{
		{"", "", true}, {"n/a", "", true}, {"it", "it", true}, {"it-IT", "it", true}, {"de_CH", "de", true}, {"FR", "fr", true},
		{"Italiano", "it", true}, {"Deutsch", "de", true}, {"イタリア語", "it", true}, {"castellano", "es", true}, {"nl-BE", "nl", true},
		{"whatever they like", "", false},
	}
	for _, tt := range tests {
		if got, ok := parseLanguage(tt.text); got != tt.want || ok != tt.ok {
			t.Errorf("%q: got %q, %v, want %q, %v", tt.text, got, ok, tt.want, tt.ok)
		}
	}
}

// A register says in which language a customer is written to.
func TestRegisterLanguage(t *testing.T) {
	path := filepath.Join(t.TempDir(), "register.csv")
	text := "Customer;Country;Account manager;Sprache\nContoso;CH;Anna;Italiano\nFabrikam;CH;Anna;Klingonisch wohl kaum\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	batch, err := Read(context.Background(), []File{{Path: path, Name: "register.csv"}}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range batch.Records {
		got = append(got, r.Customer.Language)
	}
	if len(got) != 2 || got[0] != "it" || got[1] != "" {
		t.Errorf("languages %q, want it and none", got)
	}
	if w := batch.Files[0].Warnings; len(w) != 1 || w[0].Code != "word-unknown" || w[0].Row != 3 {
		t.Errorf("warnings %+v, want word-unknown in row 3", w)
	}
}
