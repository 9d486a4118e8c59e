package shards

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"reflect"

	"cspplan/reconcile"
)

// A Header says what a file holds and what it was made of.
type Header struct {
	Shard   string            `json:"shard"` // K/N
	AsOf    string            `json:"as_of"`
	Version string            `json:"version"`
	Layout  string            `json:"layout"`  // of the types that the file holds
	Records int               `json:"records"` // that were read, of all customers
	Own     int               `json:"own"`     // of these, that this shard answers for
	Rows    int               `json:"rows"`    // of the plan
	Hash    map[string]string `json:"hash"`    // what the run id is made of, each part hashed
}

// body is what stands before the blocks.
type body struct {
	Region    string
	Choices   []reconcile.ChoiceState
	Registers []reconcile.RegisterConflict
	Places    []reconcile.Place
	Vanished  []reconcile.PreviousRow
	Customers []reconcile.Customer
	Extra     []reconcile.InCSPRow
	Matches   []reconcile.SharedMatch
	Common    []byte // the caller's: what it read, in its own encoding
}

// A block is up to blockSize things of one kind.
type block struct {
	Own  []ownRecord
	Rows []reconcile.ShardRow
}

// blockSize bounds what is held beside the plan while a file is written or read.
const blockSize = 512

// An ownRecord is a record of the shard with what became of it.
type ownRecord struct {
	At     int32
	Fate   reconcile.Fate
	Record reconcile.Record
}

// layout is a hash over the fields of all types in the file. Two builds of one
// version may differ in them, and gob passes over fields that only one side has.
func layout() string {
	h := sha256.New()
	seen := map[reflect.Type]bool{}
	var describe func(reflect.Type)
	describe = func(t reflect.Type) {
		fmt.Fprintf(h, "%s %s\n", t, t.Kind())
		if seen[t] {
			return
		}
		seen[t] = true
		switch t.Kind() {
		case reflect.Pointer, reflect.Slice, reflect.Array:
			describe(t.Elem())
		case reflect.Struct:
			for i := range t.NumField() {
				fmt.Fprintf(h, "%s ", t.Field(i).Name)
				describe(t.Field(i).Type)
			}
		}
	}
	describe(reflect.TypeFor[body]())
	describe(reflect.TypeFor[block]())
	return hex.EncodeToString(h.Sum(nil)[:8])
}
