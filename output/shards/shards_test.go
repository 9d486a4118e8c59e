package shards

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/govalues/decimal"

	"cspplan/reconcile"
)

var now = time.Date(2026, time.November, 23, 4, 15, 0, 0, time.UTC)

// sample is a shard with rows enough for three blocks.
func sample() Shard {
	offer := &reconcile.OfferMatch{Query: reconcile.OfferQuery{Title: "Office 365 E3"}, Target: &reconcile.Target{Name: "Office 365 E3"}, NotHeld: &reconcile.OfferMatch{Basis: "title"}}
	rows := make([]reconcile.ShardRow, 2*blockSize+1)
	for i := range rows {
		r := &rows[i].Row
		r.Key, r.From, r.Sub = string(rune('a'+i%26)), reconcile.Spot{Row: int32(i) + 2}, new(reconcile.Subscription)
		r.Sub.Price.Value = decimal.MustParse("12.50")
		r.Money.CostNow = reconcile.MinorUnits(int64(i))
	}
	s := Shard{
		Header: Header{AsOf: "2026-11-23", Version: "test", Hash: map[string]string{"inputs": "abc"}},
		Plan: reconcile.ShardPlan{
			Shard: reconcile.Shard{K: 2, N: 3}, Records: 5, Rows: len(rows), Region: "Europe", Places: []reconcile.Place{{File: "a.csv"}},
			Customers: []reconcile.Customer{{Key: "c"}}, Matches: []reconcile.SharedMatch{{Match: offer, Kind: reconcile.MatchAsked}},
			Own: []reconcile.OwnRecord{{At: 1, Fate: reconcile.Fate{Outcome: reconcile.Planned}}, {At: 4, Fate: reconcile.Fate{Outcome: reconcile.Rejected, Row: -1}}},
			Each: func(yield func(reconcile.ShardRow, error) bool) {
				for _, r := range rows {
					if !yield(r, nil) {
						return
					}
				}
			},
		},
		Records: make([]reconcile.Record, 5), Common: []byte("what was read"),
	}
	s.Records[1] = reconcile.Record{Source: reconcile.Source{File: "a.csv", Row: 3}, Hash: [16]byte{1}, Sub: &reconcile.Subscription{OfferFacts: &reconcile.OfferFacts{OfferTitle: "E3"}}, Licences: reconcile.Whole(7)}
	s.Records[4] = reconcile.Record{Source: reconcile.Source{File: "a.csv", Row: 6}, Problem: &reconcile.Problem{Code: "bad-date", Cells: []string{"x", ""}}, Sub: &reconcile.Subscription{OfferFacts: &reconcile.OfferFacts{OfferTitle: "E1"}}}
	return s
}

func written(t testing.TB, s Shard) string {
	t.Helper()
	path, err := Write(t.TempDir(), s, now)
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func TestReadsWhatWasWritten(t *testing.T) {
	s := sample()
	path := written(t, s)
	if filepath.Base(path) != "2-of-3.shard" {
		t.Errorf("the file is %s", path)
	}
	f, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	equal := cmp.AllowUnexported(decimal.Decimal{})
	wantHeader := Header{Shard: "2/3", AsOf: "2026-11-23", Version: "test", Layout: layout(), Records: 5, Own: 2, Rows: s.Plan.Rows, Hash: s.Header.Hash}
	if d := cmp.Diff(wantHeader, f.Header); d != "" {
		t.Error(d)
	}
	n := 0
	var want []reconcile.ShardRow
	for r := range s.Plan.Each {
		want = append(want, r)
	}
	for got, err := range f.Plan.Each {
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(want[n], got, equal); d != "" {
			t.Fatalf("row %d (-written, +read):\n%s", n, d)
		}
		n++
	}
	if n != len(want) {
		t.Errorf("read %d rows of %d", n, len(want))
	}
	wantPlan, got := s.Plan, f.Plan
	wantPlan.Each, got.Each = nil, nil
	if d := cmp.Diff(wantPlan, got, equal); d != "" {
		t.Errorf("plan (-written, +read):\n%s", d)
	}
	planned := reconcile.Record{Source: s.Records[1].Source, Licences: reconcile.Whole(7)}
	if d := cmp.Diff([]reconcile.Record{planned, s.Records[4]}, f.Records, equal); d != "" {
		t.Errorf("records (-written, +read):\n%s", d)
	}
	if string(f.Common) != "what was read" {
		t.Errorf("common: %q", f.Common)
	}
}

// TestGobTakesAllFields: gob leaves out what is not exported, without a word.
func TestGobTakesAllFields(t *testing.T) {
	seen := map[reflect.Type]bool{}
	var walk func(reflect.Type)
	walk = func(x reflect.Type) {
		if seen[x] || x == reflect.TypeFor[decimal.Decimal]() { // which packs itself
			return
		}
		seen[x] = true
		switch x.Kind() {
		case reflect.Pointer, reflect.Slice, reflect.Array:
			walk(x.Elem())
		case reflect.Struct:
			for i := range x.NumField() {
				if !x.Field(i).IsExported() {
					t.Errorf("%s.%s would not be written", x, x.Field(i).Name)
				}
				walk(x.Field(i).Type)
			}
		case reflect.Map, reflect.Interface, reflect.Func, reflect.Chan, reflect.Float32, reflect.Float64:
			t.Errorf("%s is in no order, or not exact", x)
		}
	}
	walk(reflect.TypeFor[body]())
	walk(reflect.TypeFor[block]())
}

// No bit of a file can change without notice, nor its end be missing.
func TestDamageIsNoticed(t *testing.T) {
	whole, err := os.ReadFile(written(t, sample()))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "2-of-3.shard")
	check := func(what string, at int, b []byte) {
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Inspect(path); !errors.Is(err, ErrUnusable) || !strings.Contains(err.Error(), path) {
			t.Fatalf("%s at byte %d of %d: got %v", what, at, len(whole), err)
		}
	}
	for at := 0; at < len(whole); at += 1 + at/9 {
		b := bytes.Clone(whole)
		b[at] ^= 1 << (at % 8)
		check("flipped", at, b)
		check("cut", at, whole[:at])
	}
	check("longer", len(whole), append(bytes.Clone(whole), 0))
}

// TestWhatKilledShardsLeft: hidden files of a day ago go, those of a shard that
// may still be writing stay.
func TestWhatKilledShardsLeft(t *testing.T) {
	dir := t.TempDir()
	for name, age := range map[string]time.Duration{".2-of-3.shard-1": 25 * time.Hour, ".2-of-3.shard-2": time.Hour, ".1-of-3.shard-3": 25 * time.Hour} {
		path := filepath.Join(dir, name)
		if err := errors.Join(os.WriteFile(path, nil, 0o600), os.Chtimes(path, now, now.Add(-age))); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := Write(dir, sample(), now); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	if want := []string{".1-of-3.shard-3", ".2-of-3.shard-2", "2-of-3.shard"}; !reflect.DeepEqual(names, want) {
		t.Errorf("got %v, want %v", names, want)
	}
	if paths, err := List(dir); err != nil || len(paths) != 1 {
		t.Errorf("listed %v, %v", paths, err)
	}
}

func TestWriteFails(t *testing.T) {
	dir := t.TempDir()
	s := sample()
	broken := errors.New("broken")
	s.Plan.Each = func(yield func(reconcile.ShardRow, error) bool) { yield(reconcile.ShardRow{}, broken) }
	if _, err := Write(dir, s, now); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
	if left, _ := os.ReadDir(dir); len(left) > 0 {
		t.Errorf("it left %v", left)
	}
}

// FuzzOpen: whatever a file says under a right sum, it is read or refused.
func FuzzOpen(f *testing.F) {
	whole, err := os.ReadFile(written(f, sample()))
	if err != nil {
		f.Fatal(err)
	}
	content := whole[:len(whole)-sha256.Size]
	f.Add(content)
	f.Add(content[:len(content)/2])
	f.Add(bytes.Replace(content, []byte(`"own":2`), []byte(`"own":-2`), 1))
	f.Add(bytes.Replace(content, []byte(`"rows":`), []byte(`"rows":99999999`), 1))
	f.Add(bytes.Replace(content, []byte(`"records":5`), []byte(`"records":999999999999`), 1))
	f.Fuzz(func(t *testing.T, content []byte) {
		sum := sha256.Sum256(content)
		path := filepath.Join(t.TempDir(), "x.shard")
		if err := os.WriteFile(path, append(bytes.Clone(content), sum[:]...), 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := Open(path)
		if err != nil {
			if !errors.Is(err, ErrUnusable) {
				t.Fatalf("got %v", err)
			}
			return
		}
		defer s.Close()
		rows := 0
		for _, err := range s.Plan.Each {
			if err != nil {
				return
			}
			rows++
		}
		if rows < s.Header.Rows {
			t.Fatalf("%d of %d rows, and no error", rows, s.Header.Rows)
		}
	})
}
