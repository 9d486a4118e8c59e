package pdf

import "cspplan/report"

// nameOf is a customer's name as drawn. Behind a name in a script that cannot
// be shaped stands the tenant's domain, which everyone can read.
func (d *document) nameOf(name, domain string) printable {
	if !unshaped(name) {
		return d.clean(name)
	}
	d.tally.unshaped++
	if domain == "" {
		domain = d.domains[name]
	}
	if domain == "" {
		return d.clean(name)
	}
	return d.clean(name + " (" + domain + ")")
}

// unshapedDomains finds the domains of such names: the exceptions name
// customers alone, the plan has their domains.
func unshapedDomains(r *report.Report) map[string]string {
	domains := make(map[string]string)
	for i := range r.Months {
		for j := range r.Months[i].Lines {
			l := &r.Months[i].Lines[j]
			if l.Domain != "" && unshaped(l.Customer) {
				domains[l.Customer] = l.Domain
			}
		}
	}
	return domains
}
