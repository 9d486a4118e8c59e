package output

// bases are what each run wrote into its workbook, read when first asked for.
type bases struct {
	dir   string
	known history
	read  map[string]map[noteCell]string
}

func newBases(dir string, known history) *bases {
	return &bases{dir: dir, known: known, read: map[string]map[noteCell]string{}}
}

// of is what a run's workbook showed in the cells for people; gone if that
// run's folder or notes are not there or not as they were written.
func (b *bases) of(id string) (base map[noteCell]string, gone bool) {
	if base, ok := b.read[id]; ok {
		return base, base == nil
	}
	b.read[id] = nil
	run, ok := b.run(id)
	if !ok {
		return nil, true
	}
	lines, err := readNotes(b.dir, run)
	if err != nil {
		return nil, true
	}
	base = map[noteCell]string{}
	for _, state := range []string{stateInForce, stateStale, stateShown} { // what is shown goes last
		for _, line := range lines {
			if line.state == state {
				base[line.cell] = line.value
			}
		}
	}
	b.read[id] = base
	return base, false
}

func (b *bases) run(id string) (Run, bool) {
	for _, r := range b.known.whole {
		if r.ID == id {
			return r, true
		}
	}
	return Run{}, false
}

// newest is what the newest run's workbook showed.
func (b *bases) newest() map[noteCell]string {
	base, _ := b.of(b.known.newest.ID)
	return base
}
