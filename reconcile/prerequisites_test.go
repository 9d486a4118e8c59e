package reconcile

import "testing"

// audioNeeds says which bases Audio Conferencing was sold with.
func audioNeeds(c *Catalogue, bases ...string) {
	audio := LegacyOffer{ID: "c94271d8-b431-4a25-a3c5-a57737a1c909", Name: "Audio Conferencing", ProductName: "Audio Conferencing", ProductGUID: skuAudio, AddOn: true, InTable: true, Segment: Commercial}
	for i, base := range bases {
		id := "11111111-0000-4000-9000-00000000000" + string(rune('1'+i))
		c.Offers = append(c.Offers, LegacyOffer{ID: id, Name: "Base", ProductName: "Base", ProductGUID: base, InTable: true, Segment: Commercial})
		audio.Prerequisites = append(audio.Prerequisites, id)
	}
	c.Offers = append(c.Offers, audio)
	c.Index()
}

// An add-on moves to a base that carries it; otherwise it is orphaned, whether
// it names its base or not.
func TestAddOnNeedsACarrier(t *testing.T) {
	base := func(sku string) func(*situation) {
		return func(s *situation) {
			sub := good()
			sub.SubscriptionID, sub.SKUGUID, sub.OfferTitle = "S-2", sku, ""
			s.add(RoleSubscription, sub)
		}
	}
	migratedBase := func(sku string) func(*situation) {
		return func(s *situation) {
			s.csp("N-2", func(sub *Subscription) { sub.Rare.MigratedFrom, sub.SKUGUID, sub.OfferTitle = "S-2", sku, "" })
		}
	}
	emptied := func(s *situation) { // nothing is bought for a base without licences
		for _, rec := range s.Records {
			if rec.Role == RoleSubscription && rec.Sub.SubscriptionID == "S-2" {
				rec.Sub.Licences = Whole(0)
			}
		}
	}
	staysBehind := func(s *situation) {
		s.Decisions = append(s.Decisions, decide(keyOf("sub", "s-2"), "decision", "no"))
	}
	inCSP := func(licences int) func(*situation) {
		return func(s *situation) {
			s.csp("N-9", func(sub *Subscription) {
				sub.SKUGUID, sub.OfferTitle, sub.Licences = skuE3, "", Whole(licences)
			})
		}
	}
	otherBase := func(s *situation) {
		sub := good()
		sub.SubscriptionID, sub.SKUGUID, sub.OfferTitle = "S-3", skuBP, ""
		s.add(RoleSubscription, sub)
	}
	tests := []struct {
		name   string
		names  string // base that the add-on names
		needs  []string
		edit   []func(*situation)
		orphan bool
	}{
		{"the base stays and carries it", "S-2", []string{skuE3}, []func(*situation){base(skuE3)}, false},
		{"the base becomes one that carries it", "S-2", []string{skuOld, skuE3}, []func(*situation){base(skuOld)}, false},
		{"the base becomes one that does not", "S-2", []string{skuOld}, []func(*situation){base(skuOld)}, true},
		{"the named base changes and never was one that carries it", "S-2", []string{skuBP}, []func(*situation){base(skuOld)}, true},
		{"the base was migrated as one that carries it, whatever was planned", "S-2", []string{skuOld}, []func(*situation){base(skuOld), migratedBase(skuOld)}, false},
		{"the base was migrated as one that does not", "S-2", []string{skuOld}, []func(*situation){base(skuOld), migratedBase(skuBP)}, true},
		{"the base has no licences left and was migrated as it is", "S-2", []string{skuBP}, []func(*situation){base(skuE3), emptied, migratedBase(skuE3)}, false},
		{"the base has no licences left and was migrated as another that does not", "S-2", []string{skuE3}, []func(*situation){base(skuE3), emptied, migratedBase(skuBP)}, true},
		{"the base was to carry it and was migrated as one that does not", "S-2", []string{skuE3}, []func(*situation){base(skuE3), migratedBase(skuBP)}, true},
		{"unnamed: the only base becomes one that does not", "", []string{skuOld}, []func(*situation){base(skuOld)}, true},
		{"unnamed: another base goes on to carry it", "", []string{skuOld, skuBP}, []func(*situation){base(skuOld), otherBase}, false},
		{"unnamed: the only base that carries it stays behind, another moves", "", []string{skuE3}, []func(*situation){base(skuE3), staysBehind, otherBase}, true},
		{"unnamed: one that carries it stays behind, another moves and carries it", "", []string{skuE3, skuBP}, []func(*situation){base(skuE3), staysBehind, otherBase}, false},
		{"unnamed: one without licences stays behind", "", []string{skuE3}, []func(*situation){base(skuE3), emptied, otherBase}, false},
		{"unnamed: the one that carries it stays behind, another is in CSP", "", []string{skuE3}, []func(*situation){base(skuE3), staysBehind, inCSP(3)}, false},
		{"unnamed: the one that carries it stays behind, the one in CSP is empty", "", []string{skuE3}, []func(*situation){base(skuE3), staysBehind, inCSP(0)}, true},
		{"the named base was to stay behind and was migrated all the same", "S-2", []string{skuE3}, []func(*situation){base(skuE3), staysBehind, migratedBase(skuE3)}, false},
		{"unnamed: no base carries it today either", "", []string{skuBP}, []func(*situation){base(skuOld)}, false},
		{"no table says what carries it", "S-2", nil, []func(*situation){base(skuOld)}, false},
		{"the named base stays as it is, whatever the table says", "S-2", []string{skuBP}, []func(*situation){base(skuE3)}, false},
		{"the base becomes what new customers buy instead of a carrier", "S-2", []string{skuE3}, []func(*situation){withTeamsEnded, base(skuOld)}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := newSituation()
			s.Sub.SKUGUID, s.Sub.OfferTitle, s.Sub.AddOn, s.Sub.Rare.BaseID = skuAudio, "Microsoft 365 Audio Conferencing", Yes, tt.names
			if tt.needs != nil {
				audioNeeds(s.Catalogue, tt.needs...)
			}
			for _, edit := range tt.edit {
				edit(s)
			}
			if r := s.first(t); r.Has("orphaned-add-on") != tt.orphan {
				t.Errorf("got findings %v, want orphaned-add-on: %v", codes(r), tt.orphan)
			}
		})
	}
}
