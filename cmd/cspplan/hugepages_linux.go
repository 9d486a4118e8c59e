package main

import (
	"bufio"
	"bytes"
	"os"
	"reflect"
	"strconv"
	"sync"
	"syscall"
	"time"
)

// Plans are read in other orders than they lie in memory. With pages of 4 KiB the
// processor finds the place of most rows of a large one only after a look into
// tables that its caches do not hold. Linux gives the heap pages of 2 MiB by itself
// where transparent_hugepage/enabled says always; where it says madvise, as most
// systems do, a program has to ask, and the runtime of Go does not.
const hugePagesSetting = "/sys/kernel/mm/transparent_hugepage/enabled"

// Advice to the system on a range of memory; the package syscall names only the first two.
const (
	adviseHuge     = syscall.MADV_HUGEPAGE
	adviseOrdinary = syscall.MADV_NOHUGEPAGE
	adviseCollapse = 25 // MADV_COLLAPSE: what stands in small pages moves into a large one, since Linux 6.1
)

const followEvery = 100 * time.Millisecond // a heap grows by some 10 MB meanwhile

// useHugePages keeps a heap of at least so many bytes in large pages, as it grows,
// until it is told to stop.
func useHugePages(least uint64) (stop func()) {
	setting, err := os.ReadFile(hugePagesSetting)
	if err != nil || !bytes.Contains(setting, []byte("[madvise]")) {
		return func() {}
	}
	h := &heapPages{least: least}
	h.from = uint64(reflect.ValueOf(h).Pointer())
	end := make(chan struct{})
	var following sync.WaitGroup
	following.Go(func() {
		look := time.NewTicker(followEvery)
		defer look.Stop()
		for {
			select {
			case <-end:
				return
			case <-look.C:
				h.follow()
			}
		}
	})
	return func() {
		close(end)
		following.Wait()
		h.release()
	}
}

// heapPages are the pages of the heap. It grows upwards from its first object; what
// else is mapped stands far above it.
type heapPages struct {
	least uint64 // a smaller heap stays as it is
	from  uint64 // the first object
	asked uint64 // up to where large pages are asked for
	moved uint64 // up to where what was in use before that was moved into large ones
	tries int    // to go on from there
}

// farAbove is further than any heap reaches, and below all other mappings.
const farAbove = 1 << 40

// mostTries is how often pages that are busy are tried again before they stay small.
const mostTries = 10

// follow asks for large pages for what the heap has grown by. The system gives them
// where nothing is used yet. What was used before it moves when it is told to, and
// best a while later: pages that it has just given out it calls busy.
func (h *heapPages) follow() {
	ranges, mapped := h.ranges()
	if mapped < h.least {
		return
	}
	before := h.asked
	for _, r := range ranges {
		if r.to > h.asked {
			_ = advise(max(r.from, h.asked), r.to, adviseHuge)
			h.asked = r.to
		}
	}
	for _, r := range ranges {
		if r.to = min(r.to, before); r.to > h.moved && r.from < r.to {
			h.move(addressRange{max(r.from, h.moved), r.to})
		}
	}
}

func (h *heapPages) move(r addressRange) {
	err := advise(r.from, r.to, adviseCollapse) // of another error than this it learns that there was nothing to move
	if h.tries++; err == syscall.EAGAIN && h.tries < mostTries {
		return
	}
	h.moved, h.tries = r.to, 0
}

// release lets the system give back in small pieces what is free: a schedule waits
// for days.
func (h *heapPages) release() {
	if h.asked == 0 {
		return
	}
	ranges, _ := h.ranges()
	for _, r := range ranges {
		_ = advise(r.from, r.to, adviseOrdinary)
	}
}

// An addressRange is mapped memory, from its first byte to the one after its last.
type addressRange struct{ from, to uint64 }

// ranges are the mappings of the heap, in order, and how many bytes they are.
func (h *heapPages) ranges() (ranges []addressRange, mapped uint64) {
	maps, err := os.Open("/proc/self/maps")
	if err != nil {
		return nil, 0
	}
	defer maps.Close()
	lines := bufio.NewScanner(maps)
	for lines.Scan() {
		r, ok := writableRange(lines.Bytes())
		if ok && r.to > h.from && r.from < h.from+farAbove {
			ranges = append(ranges, r)
			mapped += r.to - r.from
		}
	}
	return ranges, mapped
}

// writableRange reads a line of /proc/self/maps, such as
// "c000000000-c000400000 rw-p 00000000 00:00 0"; false where it is of something else
// than memory that is private and can be written.
func writableRange(line []byte) (addressRange, bool) {
	addresses, rest, _ := bytes.Cut(line, []byte(" "))
	from, to, found := bytes.Cut(addresses, []byte("-"))
	if !found || !bytes.HasPrefix(rest, []byte("rw-p ")) {
		return addressRange{}, false
	}
	a, errFrom := strconv.ParseUint(string(from), 16, 64)
	b, errTo := strconv.ParseUint(string(to), 16, 64)
	return addressRange{a, b}, errFrom == nil && errTo == nil
}

// advise tells the system how a range of memory is used.
func advise(from, to uint64, advice uintptr) syscall.Errno {
	_, _, err := syscall.Syscall(syscall.SYS_MADVISE, uintptr(from), uintptr(to-from), advice)
	return err
}
