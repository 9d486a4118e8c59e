// Package reconcile decides what becomes of every row that was read: which
// subscription it belongs to, which CSP offer takes its place, what stands in
// the way, by when somebody must act, and what it costs.
//
// It is pure. Records, catalogue, register, decisions, policy and the as-of
// date go in; a Plan comes out. It reads no file, asks no clock, and writes no
// sentence: findings and next steps are codes with their evidence, which
// package report turns into words.
//
// The steps, in this order (Build):
//
//	records       → fates          rejected, duplicate, reference, out of scope; nothing dropped
//	facts         → customers      tenant, domain, name; what registers add; region
//	records       → subscriptions  the newest export wins, disagreements are remembered
//	offers        → matches        ids, then dated tables, then decisions, then titles
//	subscriptions → rows           by expiry, folded customer name, offer, key
//	rows          → decisions      what people wrote, as long as its facts hold
//	rows          → dates          deadlines, end of term, access and data
//	both sides    → progress       CSP licences, each counted once
//	rows          → plan           route, what to buy, money, findings, status, next step
package reconcile
