package sheet

import (
	"bytes"
	"compress/flate"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"testing"
	"testing/iotest"

	fast "github.com/klauspost/compress/flate"
)

// unpackBoth unpacks a stream by ours and by compress/flate, and fails unless both
// give the same or both refuse it, in the same way.
func unpackBoth(t *testing.T, packed []byte) {
	t.Helper()
	want, wantErr := io.ReadAll(flate.NewReader(bytes.NewReader(packed)))
	got, gotErr := io.ReadAll(unpackDeflate(bytes.NewReader(packed)))
	if (gotErr == nil) != (wantErr == nil) || errors.Is(gotErr, io.ErrUnexpectedEOF) != errors.Is(wantErr, io.ErrUnexpectedEOF) {
		t.Fatalf("%x: got %v, want %v", packed, gotErr, wantErr)
	}
	if gotErr == nil && !bytes.Equal(got, want) {
		t.Fatalf("%x: got %q, want %q", packed, got, want)
	}
}

func packedBy(t testing.TB, level int, plain []byte, flushEach int) []byte {
	t.Helper()
	var buf bytes.Buffer
	w, err := flate.NewWriter(&buf, level)
	if err != nil {
		t.Fatal(err)
	}
	for len(plain) > 0 {
		n := min(len(plain), flushEach)
		w.Write(plain[:n])
		w.Flush()
		plain = plain[n:]
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// randomText is of letters that occur more and less often, with repetitions near
// and far.
func randomText(r *rand.Rand, size int) []byte {
	var b []byte
	letters := 1 + r.IntN(256)
	for len(b) < size {
		if n := len(b); n > 0 && r.IntN(4) == 0 {
			back := 1 + r.IntN(min(n, 1<<r.IntN(16)))
			for range 3 + r.IntN(1<<r.IntN(10)) {
				b = append(b, b[len(b)-back])
			}
			continue
		}
		b = append(b, byte(min(r.IntN(letters), r.IntN(letters))))
	}
	return b[:size]
}

func TestUnpackerAgrees(t *testing.T) {
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 1))
		plain := randomText(r, r.IntN(1<<(5+r.IntN(15))))
		packed := packedBy(t, int(seed%12)-2, plain, 1+r.IntN(200_000))
		got, err := io.ReadAll(iotest.HalfReader(unpackDeflate(bytes.NewReader(packed))))
		if err != nil || !bytes.Equal(got, plain) {
			t.Fatalf("seed %d: %v", seed, err)
		}
		for range 20 {
			unpackBoth(t, packed[:r.IntN(len(packed))])
			damaged := bytes.Clone(packed)
			damaged[r.IntN(len(damaged))] ^= 1 << r.IntN(8)
			unpackBoth(t, damaged)
		}
	}
}

// A stream of empty blocks can be stopped: it gives nothing for long, but comes
// back.
func TestUnpackerComesBack(t *testing.T) {
	const blocks = 80_000
	packed := make([]byte, blocks*10/8)
	for i := range blocks { // each has ten bits: 0, the fixed codes, and the code of its end, 0000000
		packed[(i*10+1)/8] |= 1 << ((i*10 + 1) % 8)
	}
	z := unpackDeflate(bytes.NewReader(packed))
	reads := 0
	for {
		n, err := z.Read(make([]byte, 10))
		if n > 0 {
			t.Fatal("it has no bytes")
		}
		if err != nil {
			if err != io.ErrUnexpectedEOF {
				t.Error(err)
			}
			break
		}
		reads++
	}
	if reads < blocks/2000 {
		t.Errorf("%d reads of %d blocks", reads, blocks)
	}
}

func FuzzUnpacker(f *testing.F) {
	r := rand.New(rand.NewPCG(1, 1))
	for _, level := range []int{flate.HuffmanOnly, 0, 1, 6} {
		f.Add(packedBy(f, level, randomText(r, 3000), 1000))
		f.Add(packedBy(f, level, randomText(r, 30), 10))
	}
	f.Add([]byte{0x03, 0x00})
	f.Add([]byte{0x4b, 0x04, 0x00})
	f.Fuzz(func(t *testing.T, packed []byte) { unpackBoth(t, packed) })
}

// BenchmarkUnpacker unpacks a sheet as we write one, beside the libraries.
func BenchmarkUnpacker(b *testing.B) {
	var sheet []byte
	r := rand.New(rand.NewPCG(1, 1))
	for i := range 10_000 {
		for k := range 20 {
			sheet = fmt.Appendf(sheet, `<c r="%c%d" s="%d" t="s"><v>%d</v></c>`, 'A'+k, i, 3+k, r.IntN(1+k*k))
		}
		sheet = fmt.Appendf(sheet, `<c r="U%d" s="30" t="inlineStr"><is><t>%016x</t></is></c></row><row r="%d" ht="15" customHeight="1">`, i, r.Uint64(), i+1)
	}
	var packed bytes.Buffer
	w, _ := fast.NewWriter(&packed, fast.BestSpeed)
	w.Write(sheet)
	w.Close()
	for _, u := range []struct {
		name   string
		unpack func(io.Reader) io.ReadCloser
	}{{"ours", unpackDeflate}, {"peer=klauspost", fast.NewReader}, {"peer=standard", flate.NewReader}} {
		b.Run(u.name, func(b *testing.B) {
			b.SetBytes(int64(len(sheet)))
			b.ReportAllocs()
			buf := make([]byte, aheadBytes)
			for b.Loop() {
				in := struct{ io.Reader }{u.unpack(bytes.NewReader(packed.Bytes()))}
				if n, err := io.CopyBuffer(struct{ io.Writer }{io.Discard}, in, buf); n != int64(len(sheet)) || err != nil {
					b.Fatal(n, err)
				}
			}
		})
	}
}
