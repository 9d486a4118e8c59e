package report

import (
	"strconv"
	"testing"
)

func TestKeyNumberIsThatOfItsDigits(t *testing.T) {
	for _, key := range []string{"0", "0000000000000003", "ffffffffffffffff", "DEADbeef00c0ffee", "1a2b", "", "none", "12g4", "+12", "0x12", "12345678901234567", "1_2", "é234567890123456"} {
		want, err := strconv.ParseUint(key, 16, 64)
		if got, ok := KeyNumber(key); ok != (err == nil) || ok && got != want {
			t.Errorf("KeyNumber(%q) = %d, %v, want %d, %v", key, got, ok, want, err)
		}
	}
}

func BenchmarkKeyNumber(b *testing.B) {
	keys := make([]string, 1000)
	for i := range keys {
		keys[i] = strconv.FormatUint(uint64(i+1)*0x9e3779b97f4a7c15|1<<63, 16)
	}
	for b.Loop() {
		for _, key := range keys {
			KeyHash(key)
		}
	}
}

func BenchmarkKeyNumberOfStrconv(b *testing.B) {
	keys := make([]string, 1000)
	for i := range keys {
		keys[i] = strconv.FormatUint(uint64(i+1)*0x9e3779b97f4a7c15|1<<63, 16)
	}
	for b.Loop() {
		for _, key := range keys {
			strconv.ParseUint(key, 16, 64)
		}
	}
}
