package reconcile

import (
	"runtime"
	"sync"
)

// readTitle is a title with what the matcher works out of it once, however
// many queries hold it: a title occurs with many purchase months and countries.
type readTitle struct {
	offerTitle
	folded string // FoldTitle
	dated  struct {
		once sync.Once
		is   bool // see isDated
	}
	near [2]struct {
		once  sync.Once
		names []ranked
	}
}

// readTitles reads each distinct title once.
type readTitles struct {
	mu   sync.RWMutex
	read map[string]*readTitle
}

func (r *readTitles) title(title string) *readTitle {
	r.mu.RLock()
	t, ok := r.read[title]
	r.mu.RUnlock()
	if ok {
		return t
	}
	// Outside the lock: two goroutines may read one title, with equal results.
	reader := newTitleReader()
	t = reader.read(title)
	reader.close()
	r.mu.Lock()
	defer r.mu.Unlock()
	if first, ok := r.read[title]; ok {
		return first
	}
	r.read[title] = t
	return t
}

// readAhead reads titles side by side: half of the start of every command that
// matches goes into reading some 3,000 names.
func (r *readTitles) readAhead(titles []string) {
	var work sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	for w := range workers {
		work.Go(func() {
			for i := w; i < len(titles); i += workers {
				r.title(titles[i])
			}
		})
	}
	work.Wait()
}

// parse is parseTitle, remembered.
func (m *Matcher) parse(title string) *offerTitle { return &m.titles.title(title).offerTitle }

// fold is FoldTitle, remembered.
func (m *Matcher) fold(title string) string { return m.titles.title(title).folded }

// nearest names of a title, best of each SKU; charities are ranked apart.
func (m *Matcher) near(title string, seg Segment) []ranked {
	t, kind := m.titles.title(title), 0
	if seg == Charity {
		kind = 1
	}
	near := &t.near[kind]
	near.once.Do(func() { near.names = m.names.rank(t.offerTitle, seg) })
	return near.names
}
