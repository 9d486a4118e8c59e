package reconcile

// A RegisterConflict is a value on which two lines of customer registers
// differ. The newer file's stands; within one file the first line's (rules.md §1).
type RegisterConflict struct {
	Field         string // relationship, delegated_admin, agreement, owner
	Stands, Other Source
	Value         string // of the line that stands
	OtherValue    string
}

// registerFields are what a register says of a customer, as words; empty if it
// does not.
var registerFields = [...]struct {
	code  string
	value func(*RegisterLine) string
}{
	{"relationship", func(l *RegisterLine) string { return known(l.Relationship) }},
	{"delegated_admin", func(l *RegisterLine) string { return known(l.DelegatedAdmin) }},
	{"agreement", func(l *RegisterLine) string { return known(l.Agreement) }},
	{"owner", func(l *RegisterLine) string { return l.Owner }},
}

// known is the word of a value whose zero means that nobody said it.
func known[T interface {
	comparable
	String() string
}](value T) string {
	var unknown T
	if value == unknown {
		return ""
	}
	return value.String()
}

// compareRegisters lists where lines about one customer differ.
func (p *planning) compareRegisters() {
	first := make([][len(registerFields)]int32, len(p.parties)) // 1 + the record that says it first; 0: none yet
	for _, i := range p.ranked {
		rec := &p.in.Records[i]
		if rec.Customer == nil || p.partyOf[i] < 0 {
			continue
		}
		for n, field := range registerFields {
			value := field.value(rec.Customer)
			if value == "" {
				continue
			}
			before := &first[p.partyOf[i]][n]
			if *before == 0 {
				*before = i + 1
				continue
			}
			stands := &p.in.Records[*before-1]
			if was := field.value(stands.Customer); was != value {
				p.plan.Registers = append(p.plan.Registers, RegisterConflict{
					Field: field.code, Stands: stands.Source, Other: rec.Source, Value: was, OtherValue: value,
				})
			}
		}
	}
}
