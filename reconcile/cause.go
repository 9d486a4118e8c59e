package reconcile

import "slices"

// A Cause is why a record became what it did. It is a number, since there is one for
// each record; words that differ from record to record stay with the record.
type Cause uint8

const (
	CauseOfRecord Cause = iota // none but what the record says: its Problem or its Note

	CauseNotUnderstood // rejected, though the reader found no problem
	CauseNoCustomer
	CauseDuplicate
	CauseSameID    // merged with a record of the same subscription id
	CauseCorrected // merged with the record that a person made of it

	// Its offer is nothing to move, see OfferMatch.OutOfScope.
	CauseAzure
	CauseThirdParty
	CauseHardware
	CauseDomain
	CauseService
)

var causeWords = []string{"", "not-understood", "no-customer", "duplicate", "same_id", "corrected",
	"azure", "third-party", "hardware", "domain", "service"}

func (c Cause) String() string { return word(causeWords, uint8(c)) }

// causeOf is the cause with a word.
func causeOf(text string) Cause {
	n := slices.Index(causeWords, text)
	if n < 0 {
		panic("reconcile: " + text + " is no cause")
	}
	return Cause(n)
}
