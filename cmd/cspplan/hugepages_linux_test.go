package main

import (
	"bytes"
	"os"
	"reflect"
	"runtime"
	"strconv"
	"syscall"
	"testing"
	"time"
)

func TestWritableRange(t *testing.T) {
	for _, c := range []struct {
		line string
		want addressRange
		ok   bool
	}{
		{"c000000000-c000400000 rw-p 00000000 00:00 0 ", addressRange{0xc000000000, 0xc000400000}, true},
		{"2187a7800000-2187b7800000 rw-p 00000000 00:00 0                      [anon: Go: heap]", addressRange{0x2187a7800000, 0x2187b7800000}, true},
		{"c000400000-c004000000 ---p 00000000 00:00 0 ", addressRange{}, false},
		{"00400000-00401000 r--p 00000000 fe:00 123  /bin/cspplan", addressRange{}, false},
		{"7f0000000000-7f0000001000 rw-s 00000000 00:01 7  /dev/zero", addressRange{}, false},
		{"", addressRange{}, false},
		{"c000000000 rw-p 00000000 00:00 0", addressRange{}, false},
		{"what-else rw-p 00000000 00:00 0", addressRange{}, false},
	} {
		if got, ok := writableRange([]byte(c.line)); ok != c.ok || ok && got != c.want {
			t.Errorf("%q: %x, %v, want %x, %v", c.line, got, ok, c.want, c.ok)
		}
	}
}

// skipWithoutHugePages skips where the system does not listen to a program that
// asks for large pages, or cannot move what stands in small ones.
func skipWithoutHugePages(tb testing.TB) {
	tb.Helper()
	if setting, err := os.ReadFile(hugePagesSetting); err != nil || !bytes.Contains(setting, []byte("[madvise]")) {
		tb.Skip("large pages are not a program's to ask for on this system")
	}
	page, err := syscall.Mmap(-1, 0, 8<<20, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	if err != nil {
		tb.Fatal(err)
	}
	defer func() { _ = syscall.Munmap(page) }()
	for i := 0; i < len(page); i += 4096 {
		page[i] = 1
	}
	from := uint64(reflect.ValueOf(page).Pointer())
	for range mostTries {
		if advise(from, from+uint64(len(page)), adviseCollapse) == 0 {
			return
		}
		time.Sleep(followEvery)
	}
	tb.Skip("this system does not move small pages into large ones")
}

// hugeBytes is how much of the memory of this process stands in large pages.
func hugeBytes(tb testing.TB) uint64 {
	tb.Helper()
	rollup, err := os.ReadFile("/proc/self/smaps_rollup")
	if err != nil {
		tb.Skip(err)
	}
	_, after, _ := bytes.Cut(rollup, []byte("AnonHugePages:"))
	kib, err := strconv.ParseUint(string(bytes.TrimSpace(after[:bytes.Index(after, []byte("kB"))])), 10, 64)
	if err != nil {
		tb.Fatal(err)
	}
	return kib << 10
}

// A large heap that is in use comes to stand in large pages.
func TestUseHugePages(t *testing.T) {
	skipWithoutHugePages(t)
	stop := useHugePages(256 << 20)
	defer stop()
	before := hugeBytes(t)
	kept := manyRecords(512 << 20)
	want := uint64(64 << 20) // far from all: some pages are busy, and the system finds few large ones beside other programs; without asking there are none
	for range 50 {
		if hugeBytes(t) >= before+want {
			break
		}
		time.Sleep(followEvery)
	}
	if huge := hugeBytes(t) - before; huge < want {
		t.Errorf("%d MB of 512 stand in large pages, want %d", huge>>20, want>>20)
	}
	runtime.KeepAlive(kept)
}

// wideRecord is as large as the facts of a row.
type wideRecord [19]uint64

func manyRecords(bytes int) []*wideRecord {
	records := make([]*wideRecord, bytes/(19*8))
	for i := range records {
		records[i] = &wideRecord{uint64(i)}
	}
	return records
}

// BenchmarkHugePages goes from record to record through a gigabyte, in an order in
// which they do not stand, as planning and the collector of garbage do: in pages as
// the system gives them, and in large ones.
func BenchmarkHugePages(b *testing.B) {
	skipWithoutHugePages(b)
	for _, c := range []struct {
		name   string
		use    func() (stop func())
		settle time.Duration // until the pages have moved
	}{
		{"ordinary", func() func() { return func() {} }, 0},
		{"large", func() func() { return useHugePages(256 << 20) }, 10 * time.Second},
	} {
		b.Run(c.name, func(b *testing.B) {
			stop := c.use()
			defer stop()
			records := manyRecords(1 << 30)
			for i, r := range records { // each tells the next: nothing can be fetched before it is known
				r[0] = uint64((i + 7_368_787) % len(records)) // a prime: comes to all of them
			}
			time.Sleep(c.settle)
			at := uint64(0)
			for b.Loop() {
				at = records[at][0]
			}
			b.ReportMetric(float64(hugeBytes(b)>>20), "MB-large")
			runtime.KeepAlive(at)
		})
	}
}
