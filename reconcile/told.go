package reconcile

// Told is what few rows have: further records, what people wrote into the row,
// what the batch tool said of it.
type Told struct {
	Sources   []Source // of all its records if there are several, the planned one first; see Plan.Sources
	Origins   []Origin // which of them gave which field
	Migration Migration
	Note      string // what a person wrote
	Wish      Wish
	Accepted  Acceptance
}

// nothingTold stands for the rows without; nobody writes to it.
var nothingTold Told

// told is what the row was told, for reading.
func (r *Row) told() *Told {
	if r.Told == nil {
		return &nothingTold
	}
	return r.Told
}

// tell is the same for writing.
func (r *Row) tell() *Told {
	if r.Told == nil {
		r.Told = new(Told)
	}
	return r.Told
}

// Origins tells which source gave which field; nil if there is one source.
func (r *Row) Origins() []Origin { return r.told().Origins }

// Migration is what the batch tool says became of it; the zero Migration if it
// says nothing. It must not be changed.
func (r *Row) Migration() *Migration { return &r.told().Migration }

// Note is what a person wrote about the row; empty for most.
func (r *Row) Note() string { return r.told().Note }

// Wish is what a person wants otherwise. It must not be changed.
func (r *Row) Wish() *Wish { return &r.told().Wish }

// Accepted is until when a person accepts its findings. It must not be changed.
func (r *Row) Accepted() *Acceptance { return &r.told().Accepted }
