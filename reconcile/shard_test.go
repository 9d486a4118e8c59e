package reconcile

import (
	"errors"
	"fmt"
	"iter"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/govalues/decimal"
	"pgregory.net/rapid"
)

func TestParseShard(t *testing.T) {
	for text, want := range map[string]Shard{"1/1": {1, 1}, "3/7": {3, 7}, "7/7": {7, 7}, "0+1/7": {1, 7}, "6+1/7": {7, 7}} {
		got, err := ParseShard(text)
		if got != want || err != nil {
			t.Errorf("%s: got %v, %v", text, got, err)
		}
		if again, err := ParseShard(got.String()); again != want || err != nil {
			t.Errorf("%s is printed as %s", text, got)
		}
	}
	for _, text := range []string{"", "x", "3", "3/", "/7", "0/7", "8/7", "-1/7", "1/0", "1/-1", "1/7/7", "1,5/7", "3/7 ", "7+1/7", "-1+1/7", "+1/7", "1+2/7", "1+1+1/7", "1/10001", "99999999999999999999/7"} {
		if got, err := ParseShard(text); err == nil {
			t.Errorf("%q was taken as %v", text, got)
		}
	}
}

// sharded plans each shard by itself and joins the parts, in another order.
func sharded(in Inputs, n int) (Plan, error) {
	var parts []ShardPlan
	for k := n; k > 0; k-- {
		own := in
		own.Records = slices.Clone(in.Records)
		parts = append(parts, BuildShard(own, Shard{k, n}))
	}
	in.Records, in.Decisions, in.Previous = nil, nil, nil
	return Join(in, parts)
}

// differs tells how a joined plan differs from the plan of all customers at
// once: in what it says, or in which rows share a match.
func differs(want, got Plan) string {
	want.Catalogue, got.Catalogue = nil, nil
	if !reflect.DeepEqual(want, got) {
		return cmp.Diff(want, got, cmp.AllowUnexported(decimal.Decimal{})) + " "
	}
	first := map[*OfferMatch]int{}
	second := map[*OfferMatch]int{}
	for i := range want.Rows {
		a, b := want.Rows[i].Match, got.Rows[i].Match
		if _, ok := first[a]; !ok {
			first[a] = i
		}
		if _, ok := second[b]; !ok {
			second[b] = i
		}
		if first[a] != second[b] || got.Rows[i].Target != b.Target {
			return fmt.Sprintf("row %d shares its match with row %d, want %d", i, second[b], first[a])
		}
	}
	return ""
}

// genTied draws inputs in which customers hang together in every way: bases of
// other customers, corrections, results of the batch tool, and in which people
// wrote what changes rows, on an earlier run.
func genTied(t *rapid.T) Inputs {
	in := genInputs(t)
	ids := []string{"", "s-1", "s-2", "s-3", "s-4"}
	for i := range in.Records {
		if s := in.Records[i].Sub; s != nil {
			s.Rare.BaseID = rapid.SampledFrom(ids).Draw(t, "base")
			s.AddOn = rapid.SampledFrom([]Tri{Unknown, Yes, No}).Draw(t, "add-on")
			s.Channel = rapid.SampledFrom([]Channel{Direct, LegacyCSP, OtherPartner}).Draw(t, "channel")
		}
		if j := rapid.IntRange(0, len(in.Records)-1).Draw(t, "corrects"); in.Records[j].Problem != nil && in.Records[i].Problem == nil {
			in.Records[i].Corrects = &in.Records[j].Source
		}
	}
	for i := range rapid.IntRange(0, 3).Draw(t, "results") {
		in.Records = append(in.Records, Record{
			Source: Source{File: "result.csv", Row: i + 2}, Role: RoleReference, Hash: hashOf(1000 + i), Exported: today,
			Migration: &Migration{
				SubscriptionID: rapid.SampledFrom(ids).Draw(t, "old"), NewID: rapid.SampledFrom(ids).Draw(t, "new"),
				State: rapid.SampledFrom([]MigrationState{MigrationCompleted, MigrationFailed, MigrationRunning}).Draw(t, "state"),
			},
		})
	}
	before := Build(in)
	for i := range before.Rows {
		r := &before.Rows[i]
		in.Previous = append(in.Previous, PreviousRow{Key: r.Key, Status: r.Status, FirstSeen: today - 2, Licences: r.Sub.Licences})
		if offer := rapid.SampledFrom([]string{"", "", "Office 365 E3", "Microsoft 365 Business Premium"}).Draw(t, "wish"); offer != "" {
			in.Decisions = append(in.Decisions, Decision{Scope: "row", Key: r.Key, Field: "offer_wanted", Value: offer})
		}
	}
	in.Previous = append(in.Previous, PreviousRow{Key: "0123456789abcdef"})
	in.Records = slices.DeleteFunc(in.Records, func(r Record) bool { return r.Source.Row == 3 }) // some vanish
	return in
}

// However many shards there are, their parts make the plan of all customers.
func TestShardsMakeOnePlan(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := genTied(t)
		n := rapid.IntRange(1, 9).Draw(t, "shards")
		want := Build(in)
		got, err := sharded(in, n)
		if err != nil {
			t.Fatal(err)
		}
		if d := differs(want, got); d != "" {
			t.Fatalf("%d shards (-at once, +joined):\n%s", n, d)
		}
	})
}

// Many customers fall to shards evenly.
func TestShardsAreEven(t *testing.T) {
	s := newSituation()
	for i := range 700 {
		sub := good()
		sub.SubscriptionID, sub.Customer = fmt.Sprint(i), &CustomerFacts{TenantID: fmt.Sprint("tenant ", i), Country: "IT"}
		s.add(RoleSubscription, sub)
	}
	for k := 1; k <= 7; k++ {
		if p := BuildShard(s.inputs(), Shard{k, 7}); p.Rows < 70 || p.Rows > 130 || len(p.Customers) != p.Rows {
			t.Errorf("shard %d has %d rows of %d customers, want about 100", k, p.Rows, len(p.Customers))
		}
	}
}

func TestJoinRefuses(t *testing.T) {
	s := newSituation()
	for i := range 8 {
		sub := good()
		sub.SubscriptionID, sub.Customer = fmt.Sprint(i), &CustomerFacts{TenantID: fmt.Sprint("tenant ", i), Country: "IT"}
		s.add(RoleSubscription, sub)
	}
	in := s.inputs()
	rows := func(p ShardPlan, change func([]ShardRow) []ShardRow) iter.Seq2[ShardRow, error] {
		var list []ShardRow
		for r := range p.Each {
			list = append(list, r)
		}
		list = change(list)
		return func(yield func(ShardRow, error) bool) {
			for _, r := range list {
				if !yield(r, nil) {
					return
				}
			}
		}
	}
	for name, c := range map[string]struct {
		change func([]ShardPlan) []ShardPlan
		want   string
	}{
		"none":            {func([]ShardPlan) []ShardPlan { return nil }, "there is none"},
		"missing":         {func(p []ShardPlan) []ShardPlan { return p[:1] }, "shard 1/2"},
		"twice":           {func(p []ShardPlan) []ShardPlan { return []ShardPlan{p[0], p[0]} }, "where 2/2"},
		"three of two":    {func(p []ShardPlan) []ShardPlan { return append(p, p[0]) }, "shard 1/2"},
		"other inputs":    {func(p []ShardPlan) []ShardPlan { p[1].Records++; return p }, "shard 2/2 of 11 rows"},
		"a fate too few":  {func(p []ShardPlan) []ShardPlan { p[0].Own = p[0].Own[1:]; return p }, "answer for"},
		"a fate too many": {func(p []ShardPlan) []ShardPlan { p[0].Own[0] = p[1].Own[0]; return p }, "not its own"},
		"a fate nowhere":  {func(p []ShardPlan) []ShardPlan { p[0].Own[0].At = 99; return p }, "not its own"},
		"a row nowhere":   {func(p []ShardPlan) []ShardPlan { p[0].Own[0].Fate.Row = 99; return p }, "leads nowhere"},
		"repeats nothing": {func(p []ShardPlan) []ShardPlan { p[0].Own[0].Fate.Other = 99; return p }, "repeats none"},
		"no places":       {func(p []ShardPlan) []ShardPlan { p[0].Places = nil; return p }, "its facts are not there"},
		"no customer":     {func(p []ShardPlan) []ShardPlan { p[0].Customers = nil; return p }, "customer"},
		"a lone customer": {func(p []ShardPlan) []ShardPlan {
			p[0].Customers = append(p[0].Customers, Customer{Facts: new(CustomerFacts)})
			return p
		}, "has no row"},
		"a customer without facts": {func(p []ShardPlan) []ShardPlan { p[1].Customers[0].Facts = nil; return p }, "facts of a customer"},
		"no match":                 {func(p []ShardPlan) []ShardPlan { p[0].Matches = nil; return p }, "offer"},
		"a row too few": {func(p []ShardPlan) []ShardPlan {
			p[0].Each = rows(p[0], func(l []ShardRow) []ShardRow { return l[1:] })
			return p
		}, "missing"},
		"a row too many": {func(p []ShardPlan) []ShardPlan {
			p[0].Each = rows(p[0], func(l []ShardRow) []ShardRow { return append(l, l[len(l)-1]) })
			return p
		}, "more rows"},
		"out of order": {func(p []ShardPlan) []ShardPlan {
			p[0].Each = rows(p[0], func(l []ShardRow) []ShardRow { slices.Reverse(l); return l })
			return p
		}, "out of order"},
	} {
		parts := []ShardPlan{BuildShard(in, Shard{1, 2}), BuildShard(in, Shard{2, 2})}
		if parts[0].Rows < 2 || parts[1].Rows < 2 {
			t.Fatal("the customers of this test do not fall to both shards")
		}
		_, err := Join(in, c.change(parts))
		if !errors.Is(err, ErrNotOnePlan) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", name, err, c.want)
		}
	}
	parts := []ShardPlan{BuildShard(in, Shard{1, 1})}
	broken := errors.New("broken")
	parts[0].Each = func(yield func(ShardRow, error) bool) { yield(ShardRow{}, broken) }
	if _, err := Join(in, parts); !errors.Is(err, broken) {
		t.Errorf("a shard that cannot be read: got %v", err)
	}
}
