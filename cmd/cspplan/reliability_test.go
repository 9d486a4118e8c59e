//go:build reliability

package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"cspplan/output"
)

var full = flag.Bool("full", false, "inject at every call instead of a sample")

// calls are what a run writes by. Faults are injected at the n-th call of one
// of them, counted by strace for each thread.
var calls = []string{"openat", "write", "pwrite64", "copy_file_range", "fsync", "renameat", "unlinkat", "close", "fchmodat", "mkdirat", "flock"}

// TestReliability breaks runs of the built program in the ways in which
// machines break them, and prints a scorecard: one line a way, how often it was
// tried, how often something was wrong. Ways that this machine cannot try are
// named as skipped.
func TestReliability(t *testing.T) {
	w := newReliabilityWorld(t)
	var card []string
	score := func(name string, try func(t *testing.T) (tried, wrong int)) {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			tried, wrong := try(t)
			line := fmt.Sprintf("%-52s tried %4d   wrong %d   %s   %.0f s", name, tried, wrong, map[bool]string{true: "pass", false: "FAIL"}[wrong == 0 && tried > 0], time.Since(start).Seconds())
			if t.Skipped() {
				line = fmt.Sprintf("%-52s skipped", name)
			}
			card = append(card, line)
			if wrong > 0 {
				t.Fail()
			}
		})
	}
	score("killed at a system call", w.killedAtCall)
	score("killed at any time", w.killedAtTime)
	score("a call fails (no space, I/O error)", w.failingCall)
	score("disk of any size fills up", w.fullDisk)
	score("disk fills up under 30,000 rows", w.fullDiskUnderManyRows)
	score("folder that cannot be written", w.readOnly)
	score("simultaneous starts", w.simultaneous)
	score("input vanishes or is replaced during the run", w.movingInput)
	score("history damaged", w.damagedHistory)
	score("one bad file among good ones", w.isolation)
	score("modes under umask 000", w.modes)
	score("canaries in every cell", w.canaries)
	score("nights in one process", w.nights)
	score("no network unless mail is configured", w.network)
	fmt.Println("\n" + strings.Join(card, "\n"))
}

// A reliabilityWorld is a folder with a plan of yesterday, a decision that
// somebody wrote into its workbook since, and what an undisturbed run of today
// makes of it.
type reliabilityWorld struct {
	program string
	home    string // of the untouched folder
	files   map[string]string
	runID   string
}

const today = "2026-11-24"

func newReliabilityWorld(t *testing.T) *reliabilityWorld {
	t.Helper()
	dir := t.TempDir()
	w := &reliabilityWorld{program: filepath.Join(dir, "cspplan"), home: filepath.Join(dir, "home")}
	must(t, exec.Command("go", "build", "-o", w.program, ".").Run())
	must(t, exec.Command(w.program, "init", w.home, "--as-of", "2026-11-23").Run())
	if out := w.run(t, w.home, "2026-11-23"); out.code != exitOK {
		t.Fatalf("first run: exit %d\n%s", out.code, out.stderr)
	}
	decide(t, filepath.Join(w.home, "plans", "csp-plan.xlsx"))
	undisturbed := w.copyOfHome(t)
	if out := w.run(t, undisturbed, today); out.code != exitOK {
		t.Fatalf("undisturbed run: exit %d\n%s", out.code, out.stderr)
	}
	runs, err := output.Runs(filepath.Join(undisturbed, "plans"))
	must(t, err)
	w.runID = runs[len(runs)-1].ID
	w.files = hashes(t, filepath.Join(undisturbed, "plans"))
	return w
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// decide writes a note into the first row of the plan, as a person does.
func decide(t *testing.T, workbook string) {
	t.Helper()
	f, err := excelize.OpenFile(workbook)
	must(t, err)
	rows, err := f.GetRows("Plan")
	must(t, err)
	for at, row := range rows {
		if column := slices.Index(row, "✎ Note"); column >= 0 {
			cell, err := excelize.CoordinatesToCellName(column+1, at+2)
			must(t, err)
			must(t, f.SetCellStr("Plan", cell, "called, waits for the board"))
			must(t, f.SaveAs(workbook))
			must(t, f.Close())
			return
		}
	}
	t.Fatal("sheet Plan has no column for notes")
}

// copyOfHome copies the folder with its file times, which are part of a run's id.
func (w *reliabilityWorld) copyOfHome(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "copy")
	must(t, exec.Command("cp", "-a", w.home, dir).Run())
	return dir
}

// hashes are the SHA-256 of all files below a folder but those that tell when
// and where a run took place.
func hashes(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || d.Name() == "run.json" || d.Name() == output.LockName {
			return err
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		sum := sha256.Sum256(b)
		name, err := filepath.Rel(dir, path)
		files[filepath.ToSlash(name)] = hex.EncodeToString(sum[:])
		return err
	})
	must(t, err)
	return files
}

type ended struct {
	code           int
	stdout, stderr string
}

// run runs the program in a folder; before are the words of a program that
// starts it, such as strace.
func (w *reliabilityWorld) run(t *testing.T, dir, asOf string, before ...string) ended {
	t.Helper()
	args := append(slices.Clone(before), w.program, "run", "-c", filepath.Join(dir, "cspplan.yaml"), "--as-of", asOf)
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Env = append(os.Environ(), "TMPDIR="+w.tmp(t, dir), "GOMAXPROCS=2")
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	code := 0
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		code = exit.ExitCode()
		if s, ok := exit.Sys().(syscall.WaitStatus); ok && s.Signaled() {
			code = -int(s.Signal())
		}
	} else if err != nil {
		t.Fatal(err)
	}
	return ended{code: code, stdout: stdout.String(), stderr: stderr.String()}
}

func (w *reliabilityWorld) tmp(t *testing.T, dir string) string {
	t.Helper()
	tmp := filepath.Join(filepath.Dir(dir), "tmp")
	must(t, os.MkdirAll(tmp, 0o700))
	return tmp
}

// strace finds the program that injects faults.
func strace(t *testing.T, inject string) []string {
	t.Helper()
	path, err := exec.LookPath("strace")
	if err != nil {
		t.Skip("strace is not installed")
	}
	if exec.Command(path, "-o", os.DevNull, "true").Run() != nil {
		t.Skip("this machine allows no tracing")
	}
	call, _, _ := strings.Cut(inject, ":")
	return []string{path, "-f", "-qq", "-o", os.DevNull, "-e", "trace=" + call, "-e", "inject=" + inject}
}

// whole says what is wrong with the output folder right after a broken run:
// every file that can be seen must be one of yesterday's or today's, unharmed.
func (w *reliabilityWorld) whole(t *testing.T, dir string) (faults []string) {
	t.Helper()
	before := hashes(t, filepath.Join(w.home, "plans"))
	for name, hash := range hashes(t, filepath.Join(dir, "plans")) {
		if strings.HasPrefix(name, ".work-") || strings.HasPrefix(name, "failed/") {
			continue
		}
		if hash != before[name] && hash != w.files[name] {
			faults = append(faults, name+" is neither yesterday's nor today's")
		}
	}
	for name := range before {
		if _, err := os.Stat(filepath.Join(dir, "plans", filepath.FromSlash(name))); err != nil {
			faults = append(faults, name+" is gone")
		}
	}
	runs, err := output.Runs(filepath.Join(dir, "plans"))
	if err != nil {
		faults = append(faults, err.Error())
	}
	for _, r := range runs {
		for _, o := range r.Outputs {
			if info, err := os.Stat(filepath.Join(dir, "plans", r.ID, o.Name)); err != nil || info.Size() != o.Bytes {
				faults = append(faults, r.ID+"/"+o.Name+" is not what run.json says")
			}
		}
	}
	if left, _ := os.ReadDir(w.tmp(t, dir)); len(left) > 0 {
		faults = append(faults, "left in the folder for temporary files: "+left[0].Name())
	}
	return faults
}

// again runs undisturbed and says what differs from the run that never was
// disturbed.
func (w *reliabilityWorld) again(t *testing.T, dir string) (faults []string) {
	t.Helper()
	if out := w.run(t, dir, today); out.code != exitOK {
		return []string{fmt.Sprintf("run again: exit %d\n%s", out.code, out.stderr)}
	}
	got := hashes(t, filepath.Join(dir, "plans"))
	for name := range got {
		if strings.HasPrefix(name, "failed/") {
			delete(got, name)
		}
	}
	for name, hash := range w.files {
		if got[name] != hash {
			faults = append(faults, "run again: "+name+" differs")
		}
		delete(got, name)
	}
	for name := range got {
		faults = append(faults, "run again: left "+name)
	}
	return faults
}

func reportFaults(t *testing.T, what string, faults []string) int {
	if len(faults) == 0 {
		return 0
	}
	slices.Sort(faults)
	t.Errorf("%s:\n  %s", what, strings.Join(faults, "\n  "))
	return 1
}

// steps are the numbers of the calls at which a fault is injected, up to the
// last one: a call that never comes leaves the run undisturbed, which ends the
// row of numbers.
func steps(call string) (first, step int) {
	if *full {
		return 1, 1
	}
	return 1, map[string]int{"openat": 17, "write": 5, "close": 13, "pwrite64": 3}[call]
}

// atEachCall injects a fault at calls 1, 2, … until a run is not disturbed.
func (w *reliabilityWorld) atEachCall(t *testing.T, fault string, check func(dir string, out ended) []string) (tried, wrong int) {
	for _, call := range calls {
		first, step := steps(call)
		for n := first; n < 2000; n += max(step, 1) {
			inject := fmt.Sprintf("%s:%s:when=%d", call, fault, n)
			dir := w.copyOfHome(t)
			out := w.run(t, dir, today, strace(t, inject)...)
			if out.code == exitOK && n > first && w.undisturbed(t, dir) {
				break
			}
			tried++
			wrong += reportFaults(t, inject, check(dir, out))
		}
	}
	return tried, wrong
}

func (w *reliabilityWorld) undisturbed(t *testing.T, dir string) bool {
	t.Helper()
	got := hashes(t, filepath.Join(dir, "plans"))
	for name, hash := range w.files {
		if got[name] != hash {
			return false
		}
	}
	return true
}

func (w *reliabilityWorld) killedAtCall(t *testing.T) (tried, wrong int) {
	return w.atEachCall(t, "signal=KILL", func(dir string, _ ended) []string {
		return append(w.whole(t, dir), w.again(t, dir)...)
	})
}

func (w *reliabilityWorld) killedAtTime(t *testing.T) (tried, wrong int) {
	count := 20
	if *full {
		count = 200
	}
	for n := range count {
		dir := w.copyOfHome(t)
		after := time.Duration(n) * 700 * time.Millisecond / time.Duration(count)
		cmd := exec.Command(w.program, "run", "-c", filepath.Join(dir, "cspplan.yaml"), "--as-of", today)
		cmd.Env = append(os.Environ(), "TMPDIR="+w.tmp(t, dir))
		must(t, cmd.Start())
		time.Sleep(after)
		cmd.Process.Kill()
		cmd.Wait()
		tried++
		wrong += reportFaults(t, fmt.Sprintf("killed after %s", after), append(w.whole(t, dir), w.again(t, dir)...))
	}
	return tried, wrong
}

func (w *reliabilityWorld) failingCall(t *testing.T) (tried, wrong int) {
	faults := []string{"error=ENOSPC"}
	if *full {
		faults = []string{"error=ENOSPC", "error=EIO", "error=EDQUOT"}
	}
	for _, fault := range faults {
		n, bad := w.atEachCall(t, fault, func(dir string, out ended) []string {
			var faults []string
			// The Go runtime itself ends the process (2) when the call that fails
			// is one of its own, and an input that cannot be opened is a warning (0).
			switch out.code {
			case exitOK, exitInput, exitOutput, exitUsage:
			default:
				faults = append(faults, fmt.Sprintf("exit %d\n%s", out.code, out.stderr))
			}
			if out.code == exitOutput && !strings.Contains(out.stderr, "plans") {
				faults = append(faults, "the message names no path: "+out.stderr)
			}
			return append(faults, w.wholeOrOther(t, dir)...)
		})
		tried, wrong = tried+n, wrong+bad
	}
	return tried, wrong
}

// wholeOrOther is whole for a run that may have read less than all inputs: its
// files need not be those of the undisturbed run, but must be what its run.json
// says.
func (w *reliabilityWorld) wholeOrOther(t *testing.T, dir string) (faults []string) {
	t.Helper()
	before := hashes(t, filepath.Join(w.home, "plans"))
	now := hashes(t, filepath.Join(dir, "plans"))
	for name, hash := range before {
		if strings.Contains(name, "/") && now[name] != hash {
			faults = append(faults, name+" of yesterday's run was touched")
		}
	}
	runs, err := output.Runs(filepath.Join(dir, "plans"))
	if err != nil {
		faults = append(faults, err.Error())
	}
	published := map[string]bool{before["csp-plan.xlsx"]: true, before["csp-plan.pdf"]: true}
	for _, r := range runs {
		for _, o := range r.Outputs {
			published[o.SHA256] = true
			if now[r.ID+"/"+o.Name] != o.SHA256 && r.AsOf == today {
				faults = append(faults, r.ID+"/"+o.Name+" is not what run.json says")
			}
		}
	}
	for _, name := range []string{"csp-plan.xlsx", "csp-plan.pdf"} {
		if !published[now[name]] {
			faults = append(faults, "the current copy of "+name+" is no run's")
		}
	}
	return faults
}

func (w *reliabilityWorld) readOnly(t *testing.T) (tried, wrong int) {
	setpriv, err := exec.LookPath("setpriv")
	if err != nil && os.Getuid() == 0 {
		t.Skip("the administrator may write everywhere, and setpriv is not installed")
	}
	dir := w.copyOfHome(t)
	var before []string
	if os.Getuid() == 0 {
		must(t, exec.Command("chmod", "-R", "a+rX", filepath.Dir(filepath.Dir(dir))).Run())
		must(t, exec.Command("chown", "-R", "65534", dir).Run())
		must(t, os.Chmod(w.tmp(t, dir), 0o777))
		before = []string{setpriv, "--reuid", "65534", "--clear-groups"}
	}
	plans := filepath.Join(dir, "plans")
	was := hashes(t, plans)
	must(t, os.Chmod(plans, 0o500))
	out := w.run(t, dir, today, before...)
	must(t, os.Chmod(plans, 0o700))
	var faults []string
	if out.code != exitOutput || !strings.Contains(out.stderr, "plans") {
		faults = append(faults, fmt.Sprintf("exit %d, want 5 with the path\n%s", out.code, out.stderr))
	}
	for name, hash := range hashes(t, plans) {
		if was[name] != hash {
			faults = append(faults, name+" was touched")
		}
	}
	return 1, reportFaults(t, "read-only folder", faults)
}

func (w *reliabilityWorld) simultaneous(t *testing.T) (tried, wrong int) {
	rounds, starts := 2, 50
	if *full {
		rounds = 10
	}
	for round := range rounds {
		dir := w.copyOfHome(t)
		w.tmp(t, dir)
		outs := make([]ended, starts)
		var group sync.WaitGroup
		for n := range starts {
			group.Go(func() { outs[n] = w.run(t, dir, today) })
		}
		group.Wait()
		published := 0
		var faults []string
		for _, out := range outs {
			switch {
			case out.code == exitOK && strings.Contains(out.stdout, "Written"):
				published++
			case out.code == exitOK, out.code == exitBusy && strings.Contains(out.stderr, "process"):
			default:
				faults = append(faults, fmt.Sprintf("exit %d\n%s", out.code, out.stderr))
			}
		}
		if published != 1 {
			faults = append(faults, fmt.Sprintf("%d runs published, want 1", published))
		}
		faults = append(append(faults, w.whole(t, dir)...), w.again(t, dir)...)
		tried += starts
		wrong += reportFaults(t, fmt.Sprintf("round %d", round+1), faults)
	}
	return tried, wrong
}

// movingInput changes, cuts, replaces and removes an export while runs read it:
// the run takes one whole state of it or says that it was being written.
func (w *reliabilityWorld) movingInput(t *testing.T) (tried, wrong int) {
	count := 20
	if *full {
		count = 200
	}
	dir := w.copyOfHome(t)
	export := filepath.Join(dir, "exports", "international.csv")
	whole, err := os.ReadFile(export)
	must(t, err)
	stop := make(chan struct{})
	var group sync.WaitGroup
	group.Go(func() {
		for n := 0; ; n++ {
			select {
			case <-stop:
				return
			case <-time.After(time.Duration(1+n%7) * time.Millisecond):
			}
			switch n % 4 {
			case 0:
				os.WriteFile(export, whole[:len(whole)/2], 0o600)
			case 1:
				os.WriteFile(export, whole, 0o600)
			case 2:
				os.Remove(export)
			case 3:
				os.WriteFile(export+".new", whole, 0o600)
				os.Rename(export+".new", export)
			}
		}
	})
	for range count {
		out := w.run(t, dir, today)
		var faults []string
		if out.code != exitOK && out.code != exitInput {
			faults = append(faults, fmt.Sprintf("exit %d\n%s", out.code, out.stderr))
		}
		faults = append(faults, w.wholeOrOther(t, dir)...)
		tried++
		wrong += reportFaults(t, "moving input", faults)
	}
	close(stop)
	group.Wait()
	return tried, wrong
}

// damagedHistory cuts and flips the files of yesterday's run. Whatever the run
// then does, it must not lose the note, nor go on from a record that lies.
func (w *reliabilityWorld) damagedHistory(t *testing.T) (tried, wrong int) {
	runs, err := output.Runs(filepath.Join(w.home, "plans"))
	must(t, err)
	id := runs[len(runs)-1].ID
	parts := 3
	if *full {
		parts = 25
	}
	for _, name := range []string{"run.json", "plan.csv", "notes.csv", "workbook-state.csv", "first-seen.csv", "exceptions.csv", "csp-plan.xlsx"} {
		for part := range parts {
			for _, cut := range []bool{true, false} {
				dir := w.copyOfHome(t)
				path := filepath.Join(dir, "plans", id, name)
				b, err := os.ReadFile(path)
				must(t, err)
				at := len(b) * part / parts
				if cut {
					b = b[:at]
				} else {
					b[at] ^= 0x55
				}
				must(t, os.WriteFile(path, b, 0o600))
				out := w.run(t, dir, today)
				tried++
				wrong += reportFaults(t, fmt.Sprintf("%s cut %v at %d", name, cut, at), w.afterDamage(dir, out))
			}
		}
	}
	return tried, wrong
}

func (w *reliabilityWorld) afterDamage(dir string, out ended) []string {
	switch out.code {
	case exitOutput: // stopped rather than lose a note: the edited workbook stands as it was
		edited, err1 := os.ReadFile(filepath.Join(w.home, "plans", "csp-plan.xlsx"))
		now, err2 := os.ReadFile(filepath.Join(dir, "plans", "csp-plan.xlsx"))
		if err := errors.Join(err1, err2); err != nil || !bytes.Equal(edited, now) {
			return []string{"stopped, but the edited workbook was replaced"}
		}
		return nil
	case exitOK:
		found, err := filepath.Glob(filepath.Join(dir, "plans", today+"-*", "notes.csv"))
		if err != nil || len(found) != 1 {
			return []string{"published without notes.csv"}
		}
		notes, err := os.ReadFile(found[0])
		if err != nil || !bytes.Contains(notes, []byte("called, waits for the board")) {
			return []string{"the note is lost"}
		}
		return nil
	}
	return []string{fmt.Sprintf("exit %d\n%s", out.code, out.stderr)}
}

// isolation puts bad files beside the good ones: the plan stays as it is.
func (w *reliabilityWorld) isolation(t *testing.T) (tried, wrong int) {
	planOf := func(dir string) []byte {
		b, err := os.ReadFile(filepath.Join(dir, "plans", w.newest(t, dir), "plan.csv"))
		must(t, err)
		return b
	}
	clean := w.copyOfHome(t)
	w.run(t, clean, today)
	want := planOf(clean)
	for name, bytes := range map[string]string{
		"empty.csv": "", "cut.xlsx": "PK\x03\x04\x14\x00", "old.xls": "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "list.pdf": "%PDF-1.7\n",
		"zeros.csv": strings.Repeat("\x00", 5000), "page.xls": "<html><body><p>Sign in</p></body></html>", "letter.txt": "Dear partner,\nplease find …\n",
		"open quote.csv": "Customer,Country,Offer,Licences,Expires\n\"never closed", "binary.csv": "\x01\x02\x03\xff\xfe\xfd", "gzip.csv": "\x1f\x8b\x08\x00cut",
	} {
		dir := w.copyOfHome(t)
		must(t, os.WriteFile(filepath.Join(dir, "exports", name), []byte(bytes), 0o600))
		out := w.run(t, dir, today)
		var faults []string
		switch {
		case out.code != exitOK:
			faults = append(faults, fmt.Sprintf("exit %d\n%s", out.code, out.stderr))
		case !slices.Equal(planOf(dir), want):
			faults = append(faults, "the good files' plan differs")
		case !strings.Contains(out.stdout+out.stderr, name):
			faults = append(faults, "the bad file is not named")
		}
		tried++
		wrong += reportFaults(t, name, faults)
	}
	return tried, wrong
}

func (w *reliabilityWorld) newest(t *testing.T, dir string) string {
	t.Helper()
	runs, err := output.Runs(filepath.Join(dir, "plans"))
	must(t, err)
	return runs[len(runs)-1].ID
}

func (w *reliabilityWorld) modes(t *testing.T) (tried, wrong int) {
	dir := w.copyOfHome(t)
	must(t, os.RemoveAll(filepath.Join(dir, "plans")))
	out := w.run(t, dir, today, "sh", "-c", `umask 000; exec "$@"`, "sh")
	var faults []string
	if out.code != exitOK {
		faults = append(faults, fmt.Sprintf("exit %d\n%s", out.code, out.stderr))
	}
	err := filepath.WalkDir(filepath.Join(dir, "plans"), func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		want := fs.FileMode(0o600)
		if d.IsDir() {
			want = 0o700
		}
		if err == nil && info.Mode().Perm() != want {
			faults = append(faults, fmt.Sprintf("%s has mode %o, want %o", path, info.Mode().Perm(), want))
		}
		tried++
		return err
	})
	must(t, err)
	return tried, reportFaults(t, "modes", faults)
}

// canaries looks for the contents of cells in the log and in run.json.
func (w *reliabilityWorld) canaries(t *testing.T) (tried, wrong int) {
	dir := w.copyOfHome(t)
	exports := filepath.Join(dir, "exports")
	must(t, os.RemoveAll(exports))
	must(t, os.Mkdir(exports, 0o700))
	rows := "Customer,Domain,Country,Offer,Offer ID,Licences,Expires,Subscription ID,Unit price,Currency,Note of ours\n"
	for n := range 20 {
		rows += fmt.Sprintf("kanary-a%d,kanary-b%d.example,IT,kanary-c%d Office 365,kanary-d%d,%s,%s,kanary-e%d,%s,kanary-g%d,kanary-h%d\n", n, n, n, n,
			[]string{"5", "kanary-i", "-1"}[n%3], []string{"2027-01-31", "kanary-j", "31/02/2027"}[n%3], n, []string{"10", "kanary-k"}[n%2], n, n)
	}
	must(t, os.WriteFile(filepath.Join(exports, "a.csv"), []byte(rows), 0o600))
	args := []string{"run", "-c", filepath.Join(dir, "cspplan.yaml"), "--as-of", today}
	for _, f := range w.inputsOfHome(t) {
		args = append(args, "--accept", f)
	}
	args = append(args, "--accept", "exports/a.csv")
	cmd := exec.Command(w.program, args...)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	cmd.Run()
	places := map[string][]byte{"the log": stderr.Bytes(), "the summary": stdout.Bytes()}
	found, _ := filepath.Glob(filepath.Join(dir, "plans", today+"-*", "run.json"))
	if len(found) != 1 {
		return 1, reportFaults(t, "canaries", []string{"not published\n" + stderr.String()})
	}
	record, err := os.ReadFile(found[0])
	must(t, err)
	places["run.json"] = record
	var faults []string
	for place, text := range places {
		tried++
		if at := bytes.Index(text, []byte("kanary")); at >= 0 {
			faults = append(faults, fmt.Sprintf("%s holds %q", place, text[max(0, at-60):min(len(text), at+20)]))
		}
	}
	return tried, reportFaults(t, "canaries", faults)
}

func (w *reliabilityWorld) inputsOfHome(t *testing.T) []string {
	t.Helper()
	runs, err := output.Runs(filepath.Join(w.home, "plans"))
	must(t, err)
	var names []string
	for _, in := range runs[len(runs)-1].Inputs {
		names = append(names, in.Path)
	}
	return names
}
