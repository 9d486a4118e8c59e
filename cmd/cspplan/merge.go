package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/gob"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"time"

	"cspplan/input"
	"cspplan/input/sheet"
	"cspplan/output"
	"cspplan/output/shards"
	"cspplan/reconcile"
)

type mergeCmd struct {
	runFlags
	Shards string `help:"Folder with the files of the shards, instead of .shards in the folder for the plans." placeholder:"DIR"`
}

// Run makes the plan of all customers from the files of all shards. From there on
// it is a run like any other: guards, notes, reports, checks, one rename.
func (c *mergeCmd) Run(ctx context.Context, term terminal) error {
	m := &merging{}
	defer m.close()
	return publishing(ctx, &c.runFlags, term, func(j *job) {
		m.job, m.folder = j, j.shardFolder(c.Shards)
		j.steps = []step{
			{"listing the inputs", j.listInputs}, {"reading the shards", m.readShards}, {"reading the history", j.readHistory}, {"guarding", j.guard},
			{"reading the notes", j.readNotes}, {"joining the plan", m.joinPlan}, {"reporting", j.makeReport}, {"publishing", j.publish},
		}
	})
}

// merging is a run whose customers were planned by shards.
type merging struct {
	*job
	folder string
	files  []*shards.File
}

func (m *merging) close() {
	for _, f := range m.files {
		f.Close()
	}
}

// readShards takes the place of reading the inputs: every shard has read them.
func (m *merging) readShards(ctx context.Context) error {
	m.progress.stage("Reading the shards")
	found, err := m.completeSet()
	if err != nil {
		return err
	}
	if most := int(m.memory / mergeRowBytes); most > 0 && found[0].header.Records > most {
		return m.noRoom(most)
	}
	rows := 0
	for _, f := range found {
		file, err := shards.Open(f.path)
		if err != nil {
			return m.refuse(err.Error())
		}
		m.files = append(m.files, file)
		rows += len(file.Plan.Own)
	}
	var read shared
	if err := gob.NewDecoder(bytes.NewReader(m.files[0].Common)).Decode(&read); err != nil {
		return m.refuse(fmt.Sprintf("%s: it does not tell what was read", m.files[0].Path))
	}
	m.batch = input.Batch{Files: read.Files, Prices: read.Prices, Records: make([]reconcile.Record, rows)}
	for _, f := range m.files {
		for i, own := range f.Plan.Own {
			if own.At >= 0 && int(own.At) < len(m.batch.Records) { // Join says what is wrong with others
				m.batch.Records[own.At] = f.Records[i]
			}
		}
		f.Records = nil
	}
	if changed := m.changedInputs(ctx); len(changed) > 0 {
		return m.refuse(changed...)
	}
	return m.takeBatch()
}

// changedInputs tells which inputs are not those that the shards were made of. A
// zip archive is compared as a whole.
func (m *merging) changedInputs(ctx context.Context) []string {
	var changed []string
	listed := make(map[string]bool)
	for _, f := range m.job.files {
		listed[f.Name] = true
		i := slices.IndexFunc(m.batch.Files, func(r input.FileReport) bool { return r.Name == f.Name })
		switch {
		case i < 0:
			changed = append(changed, f.Name+" is new since the shards were made")
		case m.changed(ctx, f, m.batch.Files[i]):
			changed = append(changed, f.Name+" has changed since the shards were made")
		}
	}
	for _, r := range m.batch.Files {
		if !listed[r.Name] && r.Packing != sheet.InArchive {
			changed = append(changed, r.Name+" has vanished since the shards were made")
		}
	}
	return changed
}

// changed tells whether a file is not the one that was read, by what an id of a
// run is made of: its bytes and its day. What nobody could open has no bytes.
func (m *merging) changed(ctx context.Context, f input.File, was input.FileReport) bool {
	if was.SHA256 == "" {
		return false
	}
	now, err := sheet.OpenFile(ctx, f.Path, f.Name, m.settings.readOptions(m.asOf).Limits)
	if err != nil {
		return true
	}
	defer now.Close()
	digest, err := now.Digest()
	return err != nil || digest.SHA256 != was.SHA256 || now.Modified().Format(time.DateOnly) != was.Modified.Format(time.DateOnly)
}

// joinPlan takes the place of planning.
func (m *merging) joinPlan(context.Context) error {
	m.readBefore()
	if err := m.sameRun(); err != nil {
		return err
	}
	var parts []reconcile.ShardPlan
	for _, f := range m.files {
		parts = append(parts, f.Plan)
	}
	in := m.planInputs()
	in.Records = nil
	var err error
	m.plan, err = reconcile.Join(in, parts)
	if err != nil {
		return m.refuse(err.Error())
	}
	for _, f := range m.files {
		f.Forget()
	}
	m.ledger, m.batch.Records = m.plan.Ledger(m.batch.Records), nil
	m.settlePlan()
	return nil
}

// A foundShard is a file that is a shard, as far as its header and sum tell.
type foundShard struct {
	path   string
	header shards.Header
	shard  reconcile.Shard
}

// completeSet finds the files of all shards, in their order. Everything that is
// wrong with them is said at once.
func (m *merging) completeSet() ([]foundShard, error) {
	paths, err := shards.List(m.folder)
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(paths) == 0 {
		return nil, m.refuse(fmt.Sprintf("%s holds no shard", m.folder))
	}
	if err != nil {
		return nil, fail(exitInput, fmt.Errorf("listing the shards: %w", err), fmt.Sprintf("Check that %s can be read.", m.folder))
	}
	if err := output.PrivateFolder(m.folder); err != nil {
		return nil, shardFolderFailure(err, m.folder)
	}
	var found []foundShard
	var wrong []string
	for _, path := range paths {
		h, err := shards.Inspect(path)
		if err == nil {
			var s reconcile.Shard
			if s, err = reconcile.ParseShard(h.Shard); err == nil {
				found = append(found, foundShard{path, h, s})
				continue
			}
		}
		wrong = append(wrong, err.Error())
	}
	if wrong = append(wrong, setFaults(found)...); len(wrong) > 0 {
		return nil, m.refuse(wrong...)
	}
	slices.SortFunc(found, func(a, b foundShard) int { return cmp.Compare(a.shard.K, b.shard.K) })
	return found, nil
}

// setFaults tells what keeps shards from being all of one N, each once.
func setFaults(found []foundShard) []string {
	names := make(map[reconcile.Shard][]string)
	counts := make(map[int]int)
	for _, f := range found {
		names[f.shard] = append(names[f.shard], f.path)
		counts[f.shard.N]++
	}
	var faults []string
	if len(counts) > 1 {
		for _, n := range slices.Sorted(maps.Keys(counts)) {
			var of []string
			for _, f := range found {
				if f.shard.N == n {
					of = append(of, f.path)
				}
			}
			faults = append(faults, fmt.Sprintf("of %d shards: %s", n, strings.Join(of, ", ")))
		}
		return append(faults, "shards of one plan are all of the same number")
	}
	for n := range counts {
		var missing []string
		for k := 1; k <= n; k++ {
			s := reconcile.Shard{K: k, N: n}
			switch twice := names[s]; {
			case len(twice) == 0:
				missing = append(missing, s.String())
			case len(twice) > 1:
				faults = append(faults, fmt.Sprintf("shard %s is there %d times: %s", s, len(twice), strings.Join(twice, ", ")))
			}
		}
		if len(missing) > 0 {
			faults = append(faults, "missing: shard "+strings.Join(missing, ", "))
		}
	}
	return faults
}

// differences are the parts of the run id, as people call them.
var differences = map[string]string{
	"version": "another version of cspplan", "settings": "other settings", "inputs": "other inputs", "catalogue": "other tables of the settings",
	"previous": "another earlier run", "previous-exceptions": "another record of its exceptions", "trend": "other earlier runs", "notes": "other notes: a workbook was saved in between",
}

// sameRun refuses shards that were made of something else than this run.
func (m *merging) sameRun() error {
	here := m.shardHeader()
	var wrong []string
	for _, f := range m.files {
		var differs []string
		if f.Header.AsOf != here.AsOf {
			differs = append(differs, fmt.Sprintf("as at %s, not %s", f.Header.AsOf, here.AsOf))
		}
		for _, part := range sortedKeys(differences) {
			if f.Header.Hash[part] != here.Hash[part] {
				differs = append(differs, differences[part])
			}
		}
		if len(differs) > 0 {
			wrong = append(wrong, fmt.Sprintf("%s was made of: %s", f.Path, strings.Join(differs, "; ")))
		}
	}
	if len(wrong) > 0 {
		return m.refuse(wrong...)
	}
	return nil
}

// refuse stops a merge whose shards make no plan.
func (m *merging) refuse(wrong ...string) error {
	text := wrong[0]
	if len(wrong) > 1 {
		text = "the shards make no plan\n    " + strings.Join(wrong, "\n    ")
	}
	return &failure{code: exitInput, word: "shards", err: errors.New(text),
		hint: fmt.Sprintf("Nothing was published; %s\nMake those shards again with the same settings, inputs and --as-of (cspplan run --shard K/N), remove what does not belong to them from %s, then: cspplan merge", m.lastPlan(), m.folder)}
}
