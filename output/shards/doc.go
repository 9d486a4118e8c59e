// Package shards writes the plan of one shard into a file and reads the files of
// all shards back: what `run --shard` leaves for `merge`.
//
//	cspplan shard 1      what the file is, and in which format
//	{"shard":"3/7",…}    its Header, one line of JSON for people and programs
//	body                 customers, offers, what all shards say alike
//	blocks               records the shard answers for, then rows in order
//	SHA-256              32 bytes over all before
//
// Body and blocks are in encoding/gob. Nothing of a file is used before its
// checksum has been found right. A file is for one night on machines with one
// and the same program: it is no archive, and another build refuses it.
package shards
