package reconcile

import (
	"sync"
	"sync/atomic"
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
	known map[string]*readTitle // the names of the tables: asked most, and nobody waits for a lock
	mu    sync.RWMutex
	read  map[string]*readTitle // all others
}

func (r *readTitles) title(title string) *readTitle {
	if t := r.known[title]; t != nil {
		return t
	}
	r.mu.RLock()
	t, ok := r.read[title]
	r.mu.RUnlock()
	if ok {
		return t
	}
	// Outside the lock: two goroutines may read one title, with equal results.
	t = new(readTitle)
	reader := newTitleReader()
	reader.read(title, t)
	reader.close()
	r.mu.Lock()
	defer r.mu.Unlock()
	if first, ok := r.read[title]; ok {
		return first
	}
	if r.read == nil {
		r.read = map[string]*readTitle{}
	}
	r.read[title] = t
	return t
}

// know takes the names of the tables as the catalogue has them read, and reads
// those that it lacks side by side, before anything else is read.
func (r *readTitles) know(table string, titles []string) {
	known := decodeTitles(table)
	var distinct []string
	for _, title := range titles {
		if _, ok := known[title]; !ok {
			known[title] = nil
			distinct = append(distinct, title)
		}
	}
	for k, t := range readAll(distinct) {
		known[distinct[k]] = t
	}
	r.known = known
}

// readAll reads titles side by side.
func readAll(titles []string) []*readTitle {
	if len(titles) == 0 {
		return nil // and the tables of words need not be read
	}
	read := make([]readTitle, len(titles))
	of := make([]*readTitle, len(titles))
	var next atomic.Int64
	sideBySide(func() {
		reader := newTitleReader()
		defer reader.close()
		takeTurns(&next, len(titles), func(k int) {
			reader.read(titles[k], &read[k])
			of[k] = &read[k]
		})
	})
	return of
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
	near.once.Do(func() { near.names = m.names.rank(&t.offerTitle, seg) })
	return near.names
}
