package main

import (
	"bytes"
	"strings"
	"testing"
)

func TestPlainWriter(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"plain", "Caffè 東京\t1\n", "Caffè 東京\t1\n"},
		{"escape", "a\x1b[31mred\n", `a\u001b[31mred` + "\n"},
		{"bell, delete, carriage return", "\a\x7f\r", `\u0007\u007f\u000d`},
		{"control of ISO 8859", "x\u009b2J", `x\u009b2J`},
		{"turned direction", "a\u202egpj.exe", `a\u202egpj.exe`},
		{"line separator", "a\u2028b", `a\u2028b`},
		{"no UTF-8", "a\xffb", "a\uFFFDb"},
		{"ends inside a character", "a\xe2\x80", "a\uFFFD\uFFFD"},
	}
	for _, tt := range tests {
		for _, step := range []int{1, 2, 100} {
			var out bytes.Buffer
			w := &plainWriter{w: &out}
			for rest := tt.text; rest != ""; {
				n := min(step, len(rest))
				if got, err := w.Write([]byte(rest[:n])); got != n || err != nil {
					t.Fatalf("Write = %d, %v, want %d", got, err, n)
				}
				rest = rest[n:]
			}
			w.flush()
			if got := out.String(); got != tt.want {
				t.Errorf("%s in steps of %d: got %q, want %q", tt.name, step, got, tt.want)
			}
		}
	}
}

func BenchmarkPlainWriter(b *testing.B) {
	text := []byte(strings.Repeat(`{"file":"exports/abbonamenti.csv","row":12,"cells":["Caffè Società","2026-11-30"]}`+"\n", 1000))
	w := &plainWriter{w: new(bytes.Buffer)}
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		w.w.(*bytes.Buffer).Reset()
		w.Write(text)
	}
}
