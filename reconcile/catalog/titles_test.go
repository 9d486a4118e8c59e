package catalog

import (
	"flag"
	"os"
	"testing"
)

var update = flag.Bool("update", false, "write titles.tsv anew")

// What the program holds of the names of its tables is what reading them today
// yields.
func TestTitlesAreThoseOfTheTables(t *testing.T) {
	c := load(t)
	want := c.ReadNames()
	if *update {
		if err := os.WriteFile("titles.tsv", []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if c.Titles != want {
		t.Error("titles.tsv is not what reading the names of the tables yields: run make tables")
	}
}
