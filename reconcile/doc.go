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
//	records  → subscriptions   one outcome for each record, nothing dropped
//	offers   → matches         ids, then dated tables, then decisions, then titles
//	rows     → findings        region, rules, route, dates, money
//	findings → status          the worst one wins
//	rows     → order           expiry, folded customer name, offer, key
package reconcile
