package reconcile

import (
	"slices"
	"testing"
)

// ending are the steps that end the old subscription.
var ending = map[NextCode]bool{NextAutorenew: true, NextEndRenewal: true, NextEndEST: true, NextVerifyEnd: true,
	NextEndSet: true, NextTransferred: true, NextEndOver: true}

// No step asks anybody to end the old subscription before its replacement is
// active with enough licences, whatever is known of it.
func TestNothingEndsBeforeItsReplacement(t *testing.T) {
	programmes := []Programme{ProgrammeUnknown, MOSA, MCA, MCAE, EA, OpenValue, MPSA, NCE, Legacy}
	ended := 0
	for _, channel := range []Channel{ChannelUnknown, Direct, Volume, OtherPartner, LegacyCSP} {
		for _, programme := range programmes {
			for _, renew := range []Tri{Unknown, Yes, No} {
				for _, end := range []EndOfTerm{EndUnknown, EndRenew, EndEST, EndCancel} {
					for _, expires := range []string{"", "2026-11-22", "2026-11-23", "2027-02-28"} {
						for _, there := range []int{0, 19, 20} {
							s := newSituation()
							s.Sub.Channel, s.Sub.Programme, s.Sub.AutoRenew, s.Sub.EndOfTerm, s.Sub.Expires = channel, programme, renew, end, day(expires)
							s.Previous = []PreviousRow{{Key: keyOf("sub", "s-1"), FirstSeen: day("2026-11-01")}}
							if there > 0 {
								s.csp("N-1", func(c *Subscription) { c.Licences = Whole(there) })
							}
							r := s.first(t)
							if ending[r.Next.Code] {
								ended++
								if r.Seen < 20 || r.Progress < ProgressProvisioned {
									t.Fatalf("%v %v renew %v end %v expires %s: %s with %d of 20 licences", channel, programme, renew, end, expires, r.Next.Code, r.Seen)
								}
							}
							if off := r.Next.Code == NextEndRenewal; ending[r.Next.Code] && r.StopRenewalBy.Known() && off != r.RenewalOffEnds {
								t.Fatalf("%v %v renew %v end %v: %s, but stopping the renewal ends it: %v", channel, programme, renew, end, r.Next.Code, r.RenewalOffEnds)
							}
							if r.StopRenewalBy.Known() && (r.StopRenewalBy < r.ActBy || r.StopRenewalBy < s.AsOf || r.StopRenewalBy > max(r.Sub.Expires, s.AsOf)) {
								t.Fatalf("%v %v expires %s: stop the renewal by %v, act by %v", channel, programme, expires, r.StopRenewalBy, r.ActBy)
							}
						}
					}
				}
			}
		}
	}
	if ended == 0 {
		t.Error("no row was ever to end: the test tests nothing")
	}
}

// With all licences in CSP a question that is still open comes first, whichever
// rule asks it: only what has expired, and nothing else, is left to be ended.
func TestNothingEndsWhileAQuestionIsOpen(t *testing.T) {
	provisioned := 0
	for _, rule := range ruleCases() {
		for _, test := range rule.cases {
			s := newSituation()
			test.edit(s)
			if len(s.Previous) == 0 {
				s.Previous = []PreviousRow{{Key: keyOf("sub", "s-1"), FirstSeen: day("2026-01-01")}}
			}
			s.csp("N-77", func(c *Subscription) {
				c.SKUGUID, c.OfferTitle, c.Licences, c.Customer = s.Sub.SKUGUID, s.Sub.OfferTitle, s.Sub.Licences, s.Sub.Customer
			})
			p := s.build()
			r := &p.Rows[p.Fates[0].Row]
			if r.Progress < ProgressProvisioned || r.Status >= Ready {
				continue
			}
			provisioned++
			if open := slices.DeleteFunc(r.openCodes(), func(code string) bool { return code == "expired" }); len(open) > 0 && ending[r.Next.Code] {
				t.Errorf("%s/%s: %s with %v open", rule.code, test.name, r.Next.Code, open)
			}
		}
	}
	if provisioned < 30 {
		t.Errorf("only %d cases are provisioned and open: the test tests little", provisioned)
	}
}

func TestStopRenewalBy(t *testing.T) {
	tests := []struct {
		name, expires, want string
		edit                func(*situation)
	}{
		{"the day before", "2027-01-29", "2027-01-28", nil},
		{"a weekend before", "2027-02-01", "2027-01-29", nil},
		{"a holiday before", "2027-01-29", "2027-01-27", func(s *situation) { s.Policy.Holidays = []Date{day("2027-01-28")} }},
		{"ends today: now", "2026-11-23", "2026-11-23", nil},
		{"ended yesterday", "2026-11-22", "", nil},
		{"never before the replacement", "2027-02-28", "2027-02-26", func(s *situation) { s.Policy.LeadDays = 0 }},
		{"no lead days, ends on a working day", "2027-01-29", "2027-01-29", func(s *situation) { s.Policy.LeadDays = 0 }},
		{"set to end", "2027-01-29", "", func(s *situation) { s.Sub.EndOfTerm = EndCancel }},
		{"an agreement runs out", "2027-01-29", "", func(s *situation) { s.Sub.Channel, s.Sub.Programme, s.Sub.AutoRenew = Volume, OpenValue, Unknown }},
		{"a legacy subscription runs out", "2027-01-29", "", func(s *situation) { s.Sub.Channel, s.Sub.Programme, s.Sub.AutoRenew = LegacyCSP, Legacy, Unknown }},
		{"bought direct, nobody knows whether it renews", "2027-01-29", "2027-01-28", func(s *situation) { s.Sub.AutoRenew = Unknown }},
		{"a transfer stops nothing", "2027-01-29", "", func(s *situation) { s.Sub.Channel, s.Sub.Programme = OtherPartner, NCE }},
		{"the customer leaves", "2027-01-29", "", move("leaves")},
		{"scheduled with the batch tool, which does not call it eligible yet", "2027-01-29", "", all(onRenewal, barred("Subscription is too close to its term end."))},
		{"no expiry", "", "", nil},
		{"leap day", "2028-03-01", "2028-02-29", nil},
	}
	for _, tt := range tests {
		s := newSituation()
		s.Sub.Expires = day(tt.expires)
		if tt.edit != nil {
			tt.edit(s)
		}
		if got := s.first(t).StopRenewalBy; got != day(tt.want) {
			t.Errorf("%s: got %v, want %s", tt.name, got, tt.want)
		}
	}
}

// Switching the renewal off ends a source only where no Extended Service Term
// follows; else, and where nobody knows, it must be set to cancel.
func TestRenewalOffEnds(t *testing.T) {
	for _, tt := range []struct {
		name string
		edit func(*situation)
		want bool
	}{
		{"direct, MOSA", bought(Direct, MOSA), true},
		{"direct, MOSA, of which the source says that it goes on", all(bought(Direct, MOSA), set(func(s *Subscription) { s.EndOfTerm = EndEST })), false},
		{"direct, MCA renewed since the change", bought(Direct, MCA), false},
		{"direct, programme not known", bought(Direct, ProgrammeUnknown), false},
		{"volume that renews", bought(Volume, OpenValue), true},
		{"legacy that renews", bought(LegacyCSP, Legacy), true},
		{"channel not known", bought(ChannelUnknown, ProgrammeUnknown), false},
	} {
		s := newSituation()
		tt.edit(s)
		if r := s.first(t); r.RenewalOffEnds != tt.want || !r.StopRenewalBy.Known() {
			t.Errorf("%s: got %v, to be stopped by %v; want %v", tt.name, r.RenewalOffEnds, r.StopRenewalBy, tt.want)
		}
	}
}
