//go:build reliability

package main

import (
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// fullDisk lets the disk run full at any point of a run of some rows, the last
// of which may have room enough.
func (w *reliabilityWorld) fullDisk(t *testing.T) (tried, wrong int) {
	for kib := 64; kib <= 1024; kib += 64 {
		dir := w.copyOfHome(t)
		plans := w.smallDisk(t, dir, 64+kib)
		out := w.run(t, dir, today)
		var faults []string
		if out.code != exitOutput && out.code != exitOK {
			faults = append(faults, fmt.Sprintf("exit %d\n%s", out.code, out.stderr))
		}
		if out.code == exitOutput {
			faults = append(faults, w.untouched(t, plans)...)
		}
		faults = append(faults, w.wholeOrOther(t, dir)...)
		tried++
		wrong += reportFaults(t, fmt.Sprintf("%d KiB of room", kib), faults)
		must(t, syscall.Unmount(plans, 0))
	}
	return tried, wrong
}

// fullDiskUnderManyRows lets it run full while the rows of a workbook wait in
// temporary files: a workbook that fits into memory has none.
func (w *reliabilityWorld) fullDiskUnderManyRows(t *testing.T) (tried, wrong int) {
	const waiting = "keeping a part of the workbook"
	reached := false
	for mib := 12; mib <= 32; mib += 2 {
		dir := w.copyOfHome(t)
		must(t, os.WriteFile(filepath.Join(dir, "exports", "many.csv"), manyRows(30_000), 0o600))
		plans := w.smallDisk(t, dir, mib<<10)
		out := w.run(t, dir, today)
		reached = reached || strings.Contains(out.stderr, waiting)
		var faults []string
		if out.code != exitOutput {
			faults = append(faults, fmt.Sprintf("exit %d\n%s", out.code, out.stderr))
		}
		faults = append(faults, w.untouched(t, plans)...)
		faults = append(faults, leftovers(t, filepath.Dir(dir))...)
		tried++
		wrong += reportFaults(t, fmt.Sprintf("%d MiB of room", mib), faults)
		must(t, syscall.Unmount(plans, 0))
	}
	if !reached {
		wrong += reportFaults(t, "disk under many rows", []string{"no disk ran full while rows were waiting"})
	}
	return tried, wrong
}

// manyRows is an export of n subscriptions.
func manyRows(n int) []byte {
	b := []byte("Customer,Tenant ID,Country,Current offer,Licences,Expires,Subscription ID,Bought from,Unit price,Currency,Billing\n")
	for i := range n {
		b = fmt.Appendf(b, "Customer %d,22222222-0000-4000-8000-%012d,IT,Office 365 E3,%d,2027-%02d-15,many-%08d,Direct from Microsoft,20,EUR,Monthly\n",
			i/5, i/5, i%50+1, i%12+1, i)
	}
	return b
}

// smallDisk puts the plans of a folder on a disk of their own that has room for
// so many KiB more, and returns their path.
func (w *reliabilityWorld) smallDisk(t *testing.T, dir string, kib int) string {
	t.Helper()
	plans, aside := filepath.Join(dir, "plans"), filepath.Join(dir, "aside")
	used := 0
	for name := range hashes(t, plans) {
		info, err := os.Stat(filepath.Join(plans, filepath.FromSlash(name)))
		must(t, err)
		used += int(info.Size()/4096+1) * 4
	}
	must(t, os.Rename(plans, aside))
	must(t, os.Mkdir(plans, 0o700))
	if err := syscall.Mount("tmpfs", plans, "tmpfs", 0, fmt.Sprintf("size=%dk", used+kib)); err != nil {
		t.Skipf("mounting needs the administrator: %v", err)
	}
	t.Cleanup(func() { syscall.Unmount(plans, 0) })
	must(t, exec.Command("cp", "-a", aside+"/.", plans).Run())
	return plans
}

// untouched compares yesterday's files with what they were, or with today's.
func (w *reliabilityWorld) untouched(t *testing.T, plans string) (faults []string) {
	t.Helper()
	now := hashes(t, plans)
	for name, hash := range hashes(t, filepath.Join(w.home, "plans")) {
		if now[name] != hash && now[name] != w.files[name] {
			faults = append(faults, name+" was touched")
		}
	}
	return faults
}

// leftovers are temporary files and folders that a run left below a folder.
func leftovers(t *testing.T, dir string) (found []string) {
	t.Helper()
	must(t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if strings.HasPrefix(d.Name(), ".work-") || strings.HasPrefix(d.Name(), "cspplan-part-") {
			found = append(found, "left behind: "+path)
		}
		return err
	}))
	return found
}
