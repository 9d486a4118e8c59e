package main

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// sharding runs n shards, one after the other in any order, and merges them.
// The folder of the shards is dir; args are those of a run.
func sharding(t *testing.T, n int, dir string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	for _, k := range rand.New(rand.NewPCG(uint64(n), 1)).Perm(n) {
		shard := fmt.Sprintf("%d+1/%d", k, n)
		if code, out, errs := command(t, append([]string{"run", "--shard", shard, "--shards", dir}, args...)...); code != 0 {
			t.Fatalf("shard %s: exit %d\n%s%s", shard, code, out, errs)
		}
	}
	return command(t, append([]string{"merge", "--shards", dir}, args...)...)
}

// published reads everything that a run wrote, with run.json but for its times.
func published(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := contents(t, dir)
	records, err := filepath.Glob(filepath.Join(dir, "*", "run.json"))
	noError(t, err)
	for _, path := range records {
		b, err := os.ReadFile(path)
		noError(t, err)
		var run map[string]any
		noError(t, json.Unmarshal(b, &run))
		delete(run, "started")
		delete(run, "seconds")
		text, err := json.MarshalIndent(run, "", " ")
		noError(t, err)
		rel, _ := filepath.Rel(dir, path)
		files[rel] = string(text)
		mail := filepath.Join(filepath.Dir(path), "mail.txt")
		if b, err = os.ReadFile(mail); err == nil {
			rel, _ = filepath.Rel(dir, mail)
			files[rel] = string(b)
		}
	}
	return files
}

// apart carries out steps in a copy of the folder, where the same has happened
// so far, and returns what lies in plans then.
func apart(t *testing.T, steps func()) map[string]string {
	t.Helper()
	here, err := os.Getwd()
	noError(t, err)
	dir := t.TempDir()
	noError(t, os.CopyFS(dir, os.DirFS(here)))
	keepTimes(t, here, dir)
	noError(t, os.Chdir(dir))
	defer os.Chdir(here)
	steps()
	return published(t, "plans")
}

// keepTimes gives copies the times of their originals: exports are dated by them.
func keepTimes(t *testing.T, from, to string) {
	t.Helper()
	noError(t, filepath.WalkDir(from, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		return os.Chtimes(filepath.Join(to, rel), info.ModTime(), info.ModTime())
	}))
}

func wantSame(t *testing.T, name string, want, got map[string]string) {
	t.Helper()
	for _, file := range slices.Sorted(mapsKeys(want, got)) {
		if want[file] != got[file] {
			short := ""
			if strings.HasSuffix(file, ".json") || strings.HasSuffix(file, ".csv") || strings.HasSuffix(file, ".txt") {
				short = cmp.Diff(want[file], got[file])
			}
			t.Errorf("%s: %s differs from that of a run at once (-at once, +merged)\n%.2000s", name, file, short)
		}
	}
}

func mapsKeys(maps ...map[string]string) func(func(string) bool) {
	return func(yield func(string) bool) {
		seen := map[string]bool{}
		for _, m := range maps {
			for k := range m {
				if !seen[k] {
					seen[k] = true
					if !yield(k) {
						return
					}
				}
			}
		}
	}
}

// Shards, however many, give the bytes of a run at once, in every file of the
// run folder and in the current copies.
func TestShardsGiveTheSameBytes(t *testing.T) {
	t.Chdir(t.TempDir())
	if code, _, errs := command(t, "init", ".", "--as-of", "2026-11-23"); code != 0 {
		t.Fatalf("init: exit %d\n%s", code, errs)
	}
	args := []string{"--as-of", "2026-11-23", "--letters"}
	want := apart(t, func() {
		if code, _, errs := command(t, append([]string{"run"}, args...)...); code != 0 {
			t.Fatalf("run: exit %d\n%s", code, errs)
		}
	})
	counts := []int{1, 2, 7}
	if testing.Short() {
		counts = []int{1, 7}
	}
	for _, n := range counts {
		got := apart(t, func() {
			if code, out, errs := sharding(t, n, "shards", args...); code != 0 || !strings.Contains(out, "agrees") {
				t.Fatalf("%d shards: exit %d\n%s%s", n, code, out, errs)
			}
		})
		wantSame(t, fmt.Sprint(n, " shards"), want, got)
	}
}

// So they do on the second night, with what people wrote by day, with rows that
// vanished, and with a plan for each owner.
func TestShardsOfTheSecondNight(t *testing.T) {
	o := newOffice(t, "de")
	o.write("cspplan.yaml", "partner:\n  country: IT\noutput:\n  language: de\n  split_by: owner\n")
	o.night()
	o.edit(currentCopy, "Anna", func(b *book) {
		b.set("Plan", "sub-a", "Notiz", "ruft am Montag an")
		b.set("Plan", "sub-c", "Entscheidung", "vorziehen")
	})
	delete(o.subs, "sub-e")
	o.subs["sub-f"] = subscription{"Woodgrove", "Office 365 E1", 4, "2027-01-31", ""}
	o.export()
	o.tonight()
	args := []string{"--as-of", o.asOf.String(), "--accept", "exports/list.csv"}
	want := apart(t, func() {
		if code, _, errs := command(t, append([]string{"run"}, args...)...); code != 0 {
			t.Fatalf("run: exit %d\n%s", code, errs)
		}
	})
	got := apart(t, func() {
		if code, out, errs := sharding(t, 5, "shards", args...); code != 0 { // more than customers
			t.Fatalf("exit %d\n%s%s", code, out, errs)
		}
	})
	wantSame(t, "second night", want, got)
}

// drawFolder writes a world whose customers hang together across files: exports
// that name them by tenant, by domain or by name alone, the other side, repeated
// rows, a register.
func drawFolder(t *testing.T, r *rand.Rand) {
	t.Helper()
	w := drawWorld(r)
	var weak, other [][]string
	column := func(name string) int { return slices.Index(w.header, name) }
	for _, row := range w.rows {
		line := slices.Clone(row)
		switch r.IntN(5) {
		case 0: // by domain
			line[column("Tenant ID")] = ""
		case 1: // by name and country
			line[column("Tenant ID")], line[column("Domain")] = "", ""
		case 2: // the same subscription, given to another customer
			line[column("Tenant ID")] = w.rows[r.IntN(len(w.rows))][column("Tenant ID")]
		case 3: // as it is, again
		default:
			continue
		}
		line[column("Licences")] = fmt.Sprint(1 + r.IntN(9))
		weak = append(weak, line)
		if r.IntN(2) == 0 {
			other = append(other, []string{row[0], row[1], "csp-" + row[4], row[5], line[column("Licences")], (w.asOf - 5).String(), (w.asOf + 300).String()})
		}
	}
	noError(t, os.MkdirAll("exports", 0o700))
	put(t, "cspplan.yaml", "partner: {name: Cirrus, country: IT}\npolicy: {max_rejected: 100%}\ninputs:\n  - {match: exports/csp.csv, side: csp}\n")
	for name, content := range w.files() {
		put(t, filepath.Join("exports", name), string(content))
	}
	put(t, "exports/weak.csv", string(csvOf(';', w.header, weak)))
	put(t, "exports/csp.csv", string(csvOf(',', []string{"Customer", "Tenant ID", "Subscription ID", "Product", "Licences", "Start date", "End date"}, other)))
}

// Whatever the exports hold, shards give the plan of a run at once.
func TestShardsOfDrawnWorlds(t *testing.T) {
	seeds := 6
	if testing.Short() {
		seeds = 1
	}
	for seed := range seeds {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Chdir(t.TempDir())
			drawFolder(t, rand.New(rand.NewPCG(uint64(seed), 5)))
			args := []string{"--as-of", metamorphicDay.String()}
			want := apart(t, func() {
				if code, out, errs := command(t, append([]string{"run"}, args...)...); code != 0 {
					t.Fatalf("run: exit %d\n%s%s", code, out, errs)
				}
			})
			got := apart(t, func() {
				if code, out, errs := sharding(t, 2+seed, "shards", args...); code != 0 {
					t.Fatalf("exit %d\n%s%s", code, out, errs)
				}
			})
			wantSame(t, "drawn world", want, got)
		})
	}
}

// twoShards leaves two shards of a small office in the folder shards, and returns
// what merges them.
func twoShards(t *testing.T) (merge func(more ...string) (int, string)) {
	t.Helper()
	o := newOffice(t, "en")
	o.write("exports/second.csv", "Customer,Country,Current offer,Licences,Expires,Subscription ID\nFabrikam,IT,Office 365 E1,3,2027-06-30,sub-z\n")
	for _, k := range []string{"1/2", "2/2"} {
		if code, out, errs := command(t, "run", "--shard", k, "--shards", "shards", "--as-of", "2026-11-23"); code != 0 {
			t.Fatalf("exit %d\n%s%s", code, out, errs)
		}
	}
	return func(more ...string) (int, string) {
		code, out, errs := command(t, append([]string{"merge", "--shards", "shards", "--as-of", "2026-11-23"}, more...)...)
		return code, out + errs
	}
}

func edit(t *testing.T, path string, change func([]byte) []byte) {
	t.Helper()
	b, err := os.ReadFile(path)
	noError(t, err)
	noError(t, os.WriteFile(path, change(b), 0o600))
}

// Shards that are not all of one plan, each once and whole, publish nothing, and
// the message names them.
func TestMergeRefuses(t *testing.T) {
	again := func(t *testing.T, args ...string) {
		if code, out, errs := command(t, append([]string{"run", "--shard", "1/2", "--shards", "shards"}, args...)...); code != 0 {
			t.Fatalf("exit %d\n%s%s", code, out, errs)
		}
	}
	one, two := filepath.Join("shards", "1-of-2.shard"), filepath.Join("shards", "2-of-2.shard")
	copied := func(t *testing.T, from, to string) {
		b, err := os.ReadFile(from)
		noError(t, err)
		put(t, to, string(b))
	}
	for name, c := range map[string]struct {
		harm func(*testing.T)
		want []string
	}{
		"none":    {func(t *testing.T) { noError(t, os.RemoveAll("shards")) }, []string{"shards holds no shard", "no earlier plan exists", "--shard K/N"}},
		"missing": {func(t *testing.T) { noError(t, os.Remove(two)) }, []string{"missing: shard 2/2"}},
		"doubled": {func(t *testing.T) { copied(t, one, filepath.Join("shards", "copy.shard")) },
			[]string{"shard 1/2 is there 2 times: " + one + ", " + filepath.Join("shards", "copy.shard")}},
		"doubled and missing": {func(t *testing.T) { copied(t, one, two) }, []string{"shard 1/2 is there 2 times: " + one + ", " + two, "missing: shard 2/2"}},
		"of another number": {func(t *testing.T) {
			if code, _, errs := command(t, "run", "--shard", "3/7", "--shards", "shards", "--as-of", "2026-11-23"); code != 0 {
				t.Fatal(errs)
			}
		}, []string{"of 2 shards: " + one + ", " + two, "of 7 shards: " + filepath.Join("shards", "3-of-7.shard")}},
		"cut short":     {func(t *testing.T) { edit(t, two, func(b []byte) []byte { return b[:len(b)-1] }) }, []string{two, "damaged or cut short"}},
		"cut to a line": {func(t *testing.T) { edit(t, two, func(b []byte) []byte { return b[:20] }) }, []string{two, "damaged or cut short"}},
		"empty":         {func(t *testing.T) { edit(t, two, func([]byte) []byte { return nil }) }, []string{two, "no shard of a plan"}},
		"a flipped bit": {func(t *testing.T) { edit(t, one, func(b []byte) []byte { b[len(b)/2] ^= 4; return b }) }, []string{one, "damaged or cut short"}},
		"something else": {func(t *testing.T) { put(t, filepath.Join("shards", "x.shard"), "PK\x03\x04 and more") },
			[]string{filepath.Join("shards", "x.shard"), "no shard of a plan"}},
		"another format": {func(t *testing.T) {
			edit(t, one, func(b []byte) []byte { return []byte(strings.Replace(string(b), "shard 1\n", "shard 2\n", 1)) })
		}, []string{one, "another version"}},
		"a folder":       {func(t *testing.T) { noError(t, os.Mkdir(filepath.Join("shards", "d.shard"), 0o700)) }, []string{"d.shard", "it is no file"}},
		"another day":    {func(t *testing.T) { again(t, "--as-of", "2026-11-22") }, []string{one + " was made of: as at 2026-11-22, not 2026-11-23"}},
		"other settings": {func(t *testing.T) { again(t, "--as-of", "2026-11-23", "--letters") }, []string{one + " was made of: other settings"}},
		"changed inputs": {func(t *testing.T) { edit(t, "exports/list.csv", func(b []byte) []byte { return append(b, '\n') }) },
			[]string{"exports/list.csv has changed since the shards were made"}},
		"a new input": {func(t *testing.T) { put(t, "exports/new.csv", "Customer\n") }, []string{"exports/new.csv is new since the shards were made"}},
		"an input gone": {func(t *testing.T) { noError(t, os.Remove("exports/second.csv")) },
			[]string{"exports/second.csv has vanished since the shards were made"}},
		"one of other inputs": {func(t *testing.T) {
			edit(t, "exports/list.csv", func(b []byte) []byte { return append(b, '\n') })
			again(t, "--as-of", "2026-11-23")
		}, []string{two + " was made of: other inputs"}},
		"a run in between": {func(t *testing.T) {
			if code, _, errs := command(t, "run", "--as-of", "2026-11-20"); code != 0 {
				t.Fatal(errs)
			}
		}, []string{one + " was made of: another earlier run", two}},
	} {
		t.Run(name, func(t *testing.T) {
			merge := twoShards(t)
			before, _ := filepath.Glob("plans/2026-11-2?-*")
			c.harm(t)
			code, said := merge()
			if code != exitInput {
				t.Errorf("exit %d, want %d", code, exitInput)
			}
			for _, want := range append(c.want, "Nothing was published", "Exit 3") {
				if !strings.Contains(said, want) {
					t.Errorf("it does not say %q:\n%s", want, said)
				}
			}
			if after, _ := filepath.Glob("plans/2026-11-23-*"); len(after) > 0 {
				t.Errorf("%v was published, before %v", after, before)
			}
		})
	}
}

// What a merge needs no more lies where it does no harm: shards are made again in
// their place, and a second merge finds the run there.
func TestShardsAgain(t *testing.T) {
	merge := twoShards(t)
	if code, _, errs := command(t, "run", "--shard", "2/2", "--shards", "shards", "--as-of", "2026-11-23"); code != 0 {
		t.Fatal(errs)
	}
	if files, _ := filepath.Glob("shards/*"); len(files) != 2 {
		t.Errorf("got %v, want two files", files)
	}
	if runtime.GOOS != "windows" {
		for _, path := range []string{"shards", "shards/1-of-2.shard"} {
			if info, err := os.Stat(path); err != nil || info.Mode().Perm()&0o077 != 0 {
				t.Errorf("others may look into %s: %v, %v", path, info.Mode(), err)
			}
		}
	}
	if code, said := merge("--dry-run"); code != 0 || !strings.Contains(said, "dry run") {
		t.Errorf("dry run: exit %d\n%s", code, said)
	}
	if _, err := os.Stat("plans/csp-plan.xlsx"); err == nil {
		t.Error("the dry run wrote a plan")
	}
	if code, said := merge(); code != 0 {
		t.Errorf("exit %d\n%s", code, said)
	}
	if code, said := merge(); code != 0 || !strings.Contains(said, "Exists") {
		t.Errorf("again: exit %d\n%s", code, said)
	}
}

// A shard publishes nothing, leaves no failed folder and holds no lock; a wrong
// command line says what is right.
func TestShardCommandLine(t *testing.T) {
	twoShards(t)
	for _, shard := range []string{"0/7", "8/7", "x", "", "1", "7+1/7"} {
		code, _, errs := command(t, "run", "--shard", shard, "--as-of", "2026-11-23")
		if code != exitUsage || !strings.Contains(errs, "K/N") {
			t.Errorf("--shard %q: exit %d\n%s", shard, code, errs)
		}
	}
	if code, _, errs := command(t, "run", "--shards", "shards", "--as-of", "2026-11-23"); code != exitUsage || !strings.Contains(errs, "name the shard too") {
		t.Errorf("--shards alone: exit %d\n%s", code, errs)
	}
	if code, _, errs := command(t, "run", "--shard", "1/2", "--input", "nothing/*", "--as-of", "2026-11-23"); code != exitInput {
		t.Errorf("no input: exit %d\n%s", code, errs)
	}
	if left, _ := filepath.Glob("plans/*"); len(left) > 0 {
		t.Errorf("shards left %v", left)
	}
	code, out, _ := command(t, "run", "--shard", "1/2", "--dry-run", "--json", "--as-of", "2026-11-23")
	var h struct {
		Shard   string
		Records int
		Hash    map[string]string
	}
	if err := json.Unmarshal([]byte(out), &h); code != 0 || err != nil || h.Shard != "1/2" || h.Records != 6 || h.Hash["inputs"] == "" {
		t.Errorf("exit %d, %v: %s", code, err, out)
	}
	if _, err := os.Stat("plans"); err == nil {
		t.Error("a dry run made a folder")
	}
	if code, out, errs := command(t, "run", "--shard", "1/1", "--as-of", "2026-11-23"); code != 0 || !strings.Contains(out, filepath.Join("plans", ".shards", "1-of-1.shard")) {
		t.Errorf("exit %d\n%s%s", code, out, errs)
	}
	if code, out, errs := command(t, "merge", "--as-of", "2026-11-23", "--quiet"); code != 0 {
		t.Errorf("exit %d\n%s%s", code, out, errs)
	}
}
