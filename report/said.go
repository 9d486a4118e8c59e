package report

import (
	"encoding/binary"
	"sync"
)

// mostSaid bounds the findings that are kept in words: some say what no other row
// says, and keeping those would gain nothing.
const mostSaid = 10_000

// said are findings in words, by what they say. A plan of 200,000 rows has some
// hundred thousand findings and some thousand that differ, and its sheets, its
// PDF and the workbooks of its parts say the same ones again.
type said struct {
	mu    sync.RWMutex
	texts map[string]string
}

// of is the finding in words, asked for once if there is room to keep it.
func (s *said) of(code string, evidence []string, say func(string, []string) string) string {
	var space [256]byte
	key := keyOf(code, evidence, space[:0])
	s.mu.RLock()
	text, ok := s.texts[string(key)]
	s.mu.RUnlock()
	if ok {
		return text
	}
	text = say(code, evidence)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.texts == nil {
		s.texts = make(map[string]string)
	}
	if len(s.texts) < mostSaid {
		s.texts[string(key)] = text
	}
	return text
}

// keyOf tells a finding from every other one: its words, each behind its length.
func keyOf(code string, evidence []string, key []byte) []byte {
	key = append(binary.AppendUvarint(key, uint64(len(code))), code...)
	for _, word := range evidence {
		key = append(binary.AppendUvarint(key, uint64(len(word))), word...)
	}
	return key
}
