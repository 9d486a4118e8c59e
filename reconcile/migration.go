package reconcile

// What Microsoft's batch migration tool says became of an upload comes back as
// its result files. They never take the place of the CSP side's exports, but a
// completed migration names the new subscription and its licences.

// A MigrationState is how far the batch tool has come with a subscription.
type MigrationState uint8

const (
	MigrationNone      MigrationState = iota
	MigrationReported                 // a state in words that nobody has published
	MigrationScheduled                // for a day, or for the renewal
	MigrationCancelled                // the schedule was taken back
	MigrationRunning
	MigrationVanished // uploaded, or under way last time, and in no result now
	MigrationFailed
	MigrationCompleted
)

var migrationWords = []string{"", "reported", "scheduled", "cancelled", "running", "vanished", "failed", "completed"}

func (m MigrationState) String() string { return word(migrationWords, uint8(m)) }

// ParseMigrationState is the inverse of MigrationState.String.
func ParseMigrationState(s string) (MigrationState, bool) {
	return parseWord[MigrationState](migrationWords, s)
}

// A Migration is one line of the batch tool's results.
type Migration struct {
	SubscriptionID string // legacy subscription
	State          MigrationState
	Word           string // the state as the tool writes it
	ErrorCode      string
	Reason         string // why it failed, in the tool's own words
	NewID          string // NCE subscription that took its place
	Licences       Count  // of the new one
	On             Date   // day it is scheduled for; zero if for the renewal or not scheduled
	OnRenewal      bool   // scheduled for the day of the renewal
}

// readMigrations finds the result that counts for each subscription. A
// completed migration stays one, whatever a second attempt says; else the
// newest export speaks, and of equally new ones the graver state.
func (p *planning) readMigrations() {
	p.results = make(map[string]int32)
	for _, i := range p.ranked { // newest first
		m := p.in.Records[i].Migration
		if m == nil || m.SubscriptionID == "" {
			continue
		}
		id := foldID(m.SubscriptionID)
		if best, known := p.results[id]; !known || p.overrules(i, best) {
			p.results[id] = i
		}
	}
}

// overrules tells whether result i speaks rather than best, which is at least
// as new.
func (p *planning) overrules(i, best int32) bool {
	a, b := p.in.Records[i].Migration, p.in.Records[best].Migration
	switch {
	case b.State == MigrationCompleted:
		return false
	case a.State == MigrationCompleted:
		return true
	}
	return p.exported[i] == p.exported[best] && a.State > b.State
}

// attachMigrations gives each draft what became of its upload: its own result,
// that of the base it was uploaded with, or the fact that there is none.
func (p *planning) attachMigrations() {
	p.readMigrations()
	uploaded := p.uploadedIDs()
	awaited := make(map[string]bool) // keys of rows of which the run before awaited a result
	for i := range p.in.Previous {
		switch was := &p.in.Previous[i]; was.Migration {
		case MigrationScheduled, MigrationRunning, MigrationVanished:
			awaited[was.Key] = true
		}
	}
	vanished := Migration{State: MigrationVanished}
	for i := range p.drafts {
		d := &p.drafts[i]
		id := d.id()
		if id == "" {
			continue
		}
		if n, ok := p.results[id]; ok {
			d.own().migration, d.own().from = p.in.Records[n].Migration, new(p.in.Records[n].Source)
			continue
		}
		if n, ok := p.results[foldID(d.sub.RareFacts().BaseID)]; ok && d.sub.RareFacts().BaseID != "" && p.in.Records[n].Migration.State == MigrationFailed {
			// the tool leaves out the add-ons of a base that failed
			d.own().migration, d.own().from = p.in.Records[n].Migration, new(p.in.Records[n].Source)
			continue
		}
		if upload, given := uploaded[id]; given {
			from := upload // of few: a variable that is pointed to is made anew for each row
			d.own().migration, d.own().from = &vanished, &from
		} else if len(awaited) > 0 && awaited[keyText(d.key)] {
			d.own().migration = &vanished
		}
	}
}

// addMigrated counts completed migrations as CSP subscriptions, unless an
// export of the CSP side shows the same one: then that one is told where it
// came from.
func (p *planning) addMigrated() {
	shown := make(map[string]int, len(p.others))
	for i := range p.others {
		shown[foldID(p.others[i].sub.SubscriptionID)] = i
		if p.others[i].origin != "" {
			shown["from "+p.others[i].origin] = i
		}
	}
	for i := range p.drafts {
		d := &p.drafts[i]
		m := d.migration
		if m == nil || m.State != MigrationCompleted || foldID(m.SubscriptionID) != d.id() {
			continue
		}
		if n, known := shown[foldID(m.NewID)]; known && m.NewID != "" {
			if o := &p.others[n]; o.origin == "" {
				o.origin = d.id()
			}
			continue
		}
		if _, known := shown["from "+d.id()]; known {
			continue
		}
		licences := m.Licences
		fill(&licences, d.sub.Licences) // a migration keeps the number unless the upload changed it
		p.others = append(p.others, cspSubscription{
			sub: &Subscription{Customer: d.sub.Customer, OfferFacts: new(OfferFacts), SubscriptionID: m.NewID, Licences: licences,
				Rare: &Rare{MigratedFrom: m.SubscriptionID}},
			source: *d.from, party: d.party, origin: d.id(), active: true, left: int(licences.N), reported: true,
		})
	}
}
