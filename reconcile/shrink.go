package reconcile

// What a lesser plan leaves less of. Two plans of one service are told apart by
// Catalogue.PlansLost; how much less there is stands in a dated table, because
// Microsoft changes sizes without changing plans.

// The kinds of what a plan gives. Sizes are in GB; the others are there or not.
const (
	LimitMailbox  = "mailbox"
	LimitArchive  = "archive"
	LimitOneDrive = "onedrive"
)

// A PlanLimit is how much of something a service plan gives: GB of a mailbox,
// an archive or OneDrive; 1 for a right such as litigation hold, desktop apps,
// shared computers, Windows Enterprise, a telephone or dial-in numbers. A row
// for a SKU goes before those for its plans.
type PlanLimit struct {
	Of     string // code of a service plan, or GUID of a SKU
	What   string
	Amount int
	From   Date // zero: always
	Until  Date // last day; zero: open
	Source string
}

// A Shrink is something of which there is less. None left is To 0.
type Shrink struct {
	What     string
	From, To int
	Source   string // of the lesser amount, else of the greater
}

// Shrinks compares what the SKUs from give with what the SKUs to give on a day,
// in the order of the table. What from does not give cannot shrink. Unknown SKUs
// give nothing: ask SKU first whether the comparison means anything.
func (c *Catalogue) Shrinks(from, to []string, at Date) []Shrink {
	var shrinks []Shrink
	has, gets := c.limitsOf(from, at), c.limitsOf(to, at)
	for _, what := range c.limitKinds {
		before, after := has[what], gets[what]
		if before == nil {
			continue
		}
		s := Shrink{What: what, From: before.Amount, Source: before.Source}
		if after != nil {
			s.To, s.Source = after.Amount, after.Source
		}
		if s.From > s.To {
			shrinks = append(shrinks, s)
		}
	}
	return shrinks
}

// limitsOf is the most that SKUs give of each kind.
func (c *Catalogue) limitsOf(guids []string, at Date) map[string]*PlanLimit {
	most := make(map[string]*PlanLimit)
	for _, guid := range guids {
		s := c.SKU(guid)
		if s == nil {
			continue
		}
		own := make(map[string]*PlanLimit)
		for _, i := range s.Plans {
			c.addLimits(own, c.Plans[i].Code, at)
		}
		said := make(map[string]*PlanLimit)
		c.addLimits(said, s.GUID, at)
		for what, l := range said {
			own[what] = l
		}
		for what, l := range own {
			if most[what] == nil || l.Amount > most[what].Amount {
				most[what] = l
			}
		}
	}
	return most
}

// addLimits takes the greatest amounts that are in force on a day.
func (c *Catalogue) addLimits(to map[string]*PlanLimit, of string, at Date) {
	for _, i := range c.limits[of] {
		l := &c.Limits[i]
		if l.From > at || l.Until.Known() && l.Until < at {
			continue
		}
		if to[l.What] == nil || l.Amount > to[l.What].Amount {
			to[l.What] = l
		}
	}
}

func (c *Catalogue) indexLimits() {
	c.limits, c.limitKinds = make(map[string][]int), nil
	kinds := make(map[string]bool)
	for i := range c.Limits {
		l := &c.Limits[i]
		c.limits[l.Of] = append(c.limits[l.Of], i)
		if !kinds[l.What] {
			kinds[l.What] = true
			c.limitKinds = append(c.limitKinds, l.What)
		}
	}
}
