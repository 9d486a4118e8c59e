package excel

import (
	"bytes"
	"fmt"
	"hash/crc32"
	"math/rand/v2"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"

	"cspplan/report"
)

// TestSameBytesOnAnyNumberOfProcessors: lists of many blocks, of which some meet
// styles that no sample shows, one that only the last row has.
func TestSameBytesOnAnyNumberOfProcessors(t *testing.T) {
	r := sample(t, 9*blockRows+7)
	row := r.Tables[0].Row
	r.Tables[0].Row = func(i int, dst []report.Value) []report.Value {
		dst = row(i, dst)
		if i%(blockRows-1) == blockRows/2 || i == r.Tables[0].Len-1 {
			dst[4].Look = report.Look(i * 7 % 9)
			dst[14].Digits = uint8(i * 5 % 7)
		}
		return dst
	}
	first, written := workbook(t, r, Options{})
	if rows := bytes.Count(parts(t, first)["xl/worksheets/sheet2.xml"], []byte("<row ")); rows != headRow+r.Tables[0].Len {
		t.Errorf("the sheet has %d rows, want %d", rows, headRow+r.Tables[0].Len)
	}
	for _, n := range []int{1, 2, 3, 8} {
		before := runtime.GOMAXPROCS(n)
		again, w := workbook(t, r, Options{})
		runtime.GOMAXPROCS(before)
		if !bytes.Equal(first, again) {
			t.Errorf("%d processors gave other bytes: %d and %d of them", n, len(first), len(again))
		}
		if !w.Plan.Equal(written.Plan) || w.Plan.Rows != r.Tables[0].Len {
			t.Errorf("%d processors counted %+v, then %+v", n, written.Plan, w.Plan)
		}
	}
}

// TestPanicOfARowReachesTheCaller: rows are made where nobody could catch it.
func TestPanicOfARowReachesTheCaller(t *testing.T) {
	r := sample(t, 4*blockRows)
	row := r.Tables[0].Row
	r.Tables[0].Row = func(i int, dst []report.Value) []report.Value {
		if i == 3*blockRows+1 {
			panic("row on fire")
		}
		return row(i, dst)
	}
	defer func() {
		if got := recover(); got != "row on fire" {
			t.Errorf("the caller got %v, want the panic of the row", got)
		}
	}()
	Write(&bytes.Buffer{}, r, Options{Tmp: t.TempDir()})
}

// TestWritingEndsWhenAsked: between two blocks, without the rest of the rows.
func TestWritingEndsWhenAsked(t *testing.T) {
	r := sample(t, 40*blockRows)
	var made atomic.Int64
	row := r.Tables[0].Row
	r.Tables[0].Row = func(i int, dst []report.Value) []report.Value { made.Add(1); return row(i, dst) }
	stop := fmt.Errorf("enough")
	if _, err := Write(&bytes.Buffer{}, r, Options{Tmp: t.TempDir(), Stop: func() error { return stop }}); err == nil || !strings.Contains(err.Error(), "enough") {
		t.Errorf("got error %v, want that of Stop", err)
	}
	if most := int64(sampleRows + (4*runtime.GOMAXPROCS(0)+2)*blockRows); made.Load() > most {
		t.Errorf("%d rows were made after the end, want at most %d", made.Load(), most)
	}
}

// TestBrokenRowNamesItsPlace: a row with a cell too many, far from the sample.
func TestBrokenRowNamesItsPlace(t *testing.T) {
	r := sample(t, 3*blockRows)
	row := r.Tables[0].Row
	r.Tables[0].Row = func(i int, dst []report.Value) []report.Value {
		dst = row(i, dst)
		if i == 2*blockRows+1 {
			dst = append(dst, report.Value{})
		}
		return dst
	}
	_, err := Write(&bytes.Buffer{}, r, Options{Tmp: t.TempDir()})
	if want := fmt.Sprintf("writing workbook: sheet Plan: row %d has 19 cells for 18 columns", 2*blockRows+1+firstDataRow); err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestJoinSums(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	data := make([]byte, 300_000)
	for i := range data {
		data[i] = byte(rng.Uint32())
	}
	for _, cut := range []int{0, 1, 7, 8, 63, 255, 256, 65_536, 150_000, 299_999, 300_000} {
		got := joinSums(crc32.ChecksumIEEE(data[:cut]), crc32.ChecksumIEEE(data[cut:]), uint64(len(data)-cut))
		if want := crc32.ChecksumIEEE(data); got != want {
			t.Errorf("cut at %d: got %08x, want %08x", cut, got, want)
		}
	}
}
