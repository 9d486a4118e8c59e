package report

import (
	"encoding/binary"
	"sync"
)

// mostSaid bounds the findings that are kept in words: each of two generations has
// so many.
const mostSaid = 5000

// said are findings in words, by what they say. A plan of 200,000 rows says most of
// its hundred thousands again and again, and in the order of its dates: so those
// that were said last are kept, and when there are enough of them, those before
// them are forgotten.
type said struct {
	mu            sync.RWMutex
	texts, before map[string]string
}

// of is the finding in words.
func (s *said) of(code string, evidence []string, say func(string, []string) string) string {
	var space [256]byte
	key := keyOf(code, evidence, space[:0])
	s.mu.RLock()
	text, ok := s.texts[string(key)]
	if !ok {
		text = s.before[string(key)]
	}
	s.mu.RUnlock()
	if ok {
		return text
	}
	if text == "" {
		text = say(code, evidence)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.texts == nil || len(s.texts) >= mostSaid {
		s.texts, s.before = make(map[string]string), s.texts
	}
	s.texts[string(key)] = text
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
