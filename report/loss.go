package report

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"cspplan/reconcile"
)

// What is lost, in words that a customer understands: kinds of data first, then
// sizes, then the services that store nothing.

// Shrink says what there is less of: "mailbox 50 GB instead of 100 GB".
func (t *Texts) Shrink(s reconcile.Shrink) string {
	if s.To == 0 || !isSize(s.What) {
		return t.Label("less." + s.What + ".none")
	}
	return t.Label("less."+s.What, "from", t.size(s.From), "to", t.size(s.To))
}

// shrinkArgs reads a shrink back from the argument of a finding: what, from, to.
func (t *Texts) shrinkArgs(value string) string {
	parts := strings.Fields(value)
	if len(parts) != 3 {
		return value
	}
	from, _ := strconv.Atoi(parts[1])
	to, _ := strconv.Atoi(parts[2])
	return t.Shrink(reconcile.Shrink{What: parts[0], From: from, To: to})
}

func isSize(what string) bool {
	return what == reconcile.LimitMailbox || what == reconcile.LimitArchive || what == reconcile.LimitOneDrive
}

// size writes GB as people do: 50 GB, 1.5 TB.
func (t *Texts) size(gb int) string {
	switch {
	case gb >= 1024 && gb%1024 == 0:
		return fmt.Sprintf("%d TB", gb/1024)
	case gb >= 1000 && gb%1000 == 0:
		return fmt.Sprintf("%d TB", gb/1000)
	case gb > 1000:
		return fmt.Sprintf("%d%s%d TB", gb/1000, t.point, gb%1000/100)
	}
	return fmt.Sprintf("%d GB", gb)
}

// lossOf says what a change from one SKU loses: plans by name, and sizes.
func (rep *Report) lossOf(fromSKU string, plans []string, shrinks []reconcile.Shrink) string {
	var words []string
	if kinds := rep.dataIn(fromSKU, plans); kinds != "" && len(plans) > 0 {
		words = append(words, kinds)
	}
	for _, s := range shrinks {
		words = append(words, rep.Text.Shrink(s))
	}
	for _, name := range rep.plainPlans(fromSKU, plans) {
		if !slices.Contains(words, name) {
			words = append(words, name)
		}
	}
	return strings.Join(words, ", ")
}

// plainPlans are the plans among some that store nothing of their own, and those
// of a SKU that the catalogue does not know.
func (rep *Report) plainPlans(skuGUID string, plans []string) []string {
	c := rep.Plan.Catalogue
	if c == nil {
		return plans
	}
	sku := c.SKU(skuGUID)
	return slices.DeleteFunc(slices.Clone(plans), func(name string) bool {
		return sku != nil && slices.ContainsFunc(sku.Plans, func(i int32) bool {
			return c.Plans[i].Name == name && dataKind(c.Plans[i].Code) != ""
		})
	})
}
