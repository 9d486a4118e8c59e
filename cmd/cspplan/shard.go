package main

import (
	"bytes"
	"context"
	"encoding/gob"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"

	"cspplan/input"
	"cspplan/output"
	"cspplan/output/shards"
	"cspplan/reconcile"
)

// A run may be shared between machines: each plans the customers of one shard
// (`run --shard K/N`) and leaves a file, and `merge` makes the plan of them. A
// shard publishes nothing, takes no lock and sends no mail: the engine that
// started it watches its exit code.

// shardsDir is where the files of shards are, in the folder for the plans.
const shardsDir = ".shards"

// shardFolder is the folder that a flag names, else the one beside the plans.
func (j *job) shardFolder(flag string) string {
	if flag != "" {
		return flag
	}
	return filepath.Join(j.dir, shardsDir)
}

// A shardJob is what one shard is made of and what came of it.
type shardJob struct {
	shard  reconcile.Shard
	folder string
	plan   reconcile.ShardPlan
	path   string // of the file; empty on a dry run
}

// shared is what merge needs of the inputs, and every shard has read.
type shared struct {
	Files  []input.FileReport
	Prices []reconcile.PriceLine
}

func (c *runCmd) runShard(ctx context.Context, term terminal) error {
	shard, err := reconcile.ParseShard(*c.Shard)
	if err != nil {
		return usage(fmt.Errorf("--shard: %w", err), "the third of seven is --shard 3/7; an engine that counts from 0 writes --shard 2+1/7")
	}
	j, err := newJob(&c.runFlags, term)
	if err != nil {
		return err
	}
	j.shard = &shardJob{shard: shard, folder: j.shardFolder(c.Shards)}
	j.steps = []step{
		{"listing the inputs", j.listInputs}, {"reading", j.readInputs}, {"reading the history", j.readHistory}, {"guarding", j.guard},
		{"reading the notes", j.readNotes}, {"planning", j.planShard}, {"writing the shard", j.writeShard},
	}
	j.log.Info("shard started", "shard", shard.String(), "version", programVersion(), "asat", j.asOf.String(), "settings", j.settings.path)
	err = j.attended(ctx)
	if c.Strict && err == nil && len(j.record.Warnings) > 0 {
		err = quiet(exitWarnings)
	}
	told := tell(j.log, j.settings, term, "shard failed", err)
	attrs := []any{"shard", shard.String(), "exit", exitCode(err), "ms", term.Now().Sub(j.started).Milliseconds()}
	if err != nil && !errors.Is(err, errQuiet) {
		always(j.log, slog.LevelError, "shard finished", append(attrs, "error", exitWord(err))...)
		return told
	}
	always(j.log, slog.LevelInfo, "shard finished", append(attrs, "rows", j.shard.plan.Rows)...)
	return errors.Join(j.answerShard(), told)
}

func (j *job) planShard(context.Context) error {
	j.readBefore()
	j.shard.plan = reconcile.BuildShard(j.planInputs(), j.shard.shard)
	return nil
}

// shardHeader says what the shard was made of. Whoever merges works out the same
// before the notes are settled, which needs the plan of all customers.
func (j *job) shardHeader() shards.Header {
	return shards.Header{AsOf: j.asOf.String(), Version: programVersion(), Hash: j.hashParts()}
}

func (j *job) writeShard(context.Context) error {
	if j.cmd.DryRun {
		return nil
	}
	j.progress.stage("Writing the shard")
	var common bytes.Buffer
	if err := gob.NewEncoder(&common).Encode(shared{j.batch.Files, j.batch.Prices}); err != nil {
		return fmt.Errorf("packing what was read: %w", err)
	}
	if err := output.PrivateFolder(j.shard.folder); err != nil {
		return shardFolderFailure(err, j.shard.folder)
	}
	path, err := shards.Write(j.shard.folder, shards.Shard{
		Header: j.shardHeader(), Plan: j.shard.plan, Records: j.batch.Records, Common: common.Bytes(),
	}, j.started)
	if err != nil {
		return fail(exitOutput, err, fmt.Sprintf("Check that %s can be written and has room, then start the shard again.", j.shard.folder))
	}
	j.shard.path = path
	return nil
}

func shardFolderFailure(err error, dir string) error {
	if errors.Is(err, output.ErrOpenFolder) {
		return fail(exitOutput, err, fmt.Sprintf("Take that right away (chmod o-w %s), or name another folder with --shards.", dir))
	}
	return fail(exitOutput, err, fmt.Sprintf("Check that %s can be written, or name another folder with --shards.", dir))
}

// answerShard says what was written, and what comes next.
func (j *job) answerShard() error {
	s, w := j.shard, j.term.Out
	if j.cmd.JSON {
		h := j.shardHeader()
		h.Shard, h.Records, h.Own, h.Rows = s.shard.String(), s.plan.Records, len(s.plan.Own), s.plan.Rows
		enc := json.NewEncoder(w)
		enc.SetIndent("", "  ")
		return enc.Encode(h)
	}
	fmt.Fprintf(w, "Shard %s: %s subscriptions of %s customers; %s of %s rows read are its own.\n", s.shard,
		grouped(s.plan.Rows), grouped(len(s.plan.Customers)), grouped(len(s.plan.Own)), grouped(s.plan.Records))
	if s.path != "" && !j.cmd.Quiet {
		fmt.Fprintf(w, "Written   %s\nWhen all %d shards are there:  cspplan merge\n", s.path, s.shard.N)
	}
	return nil
}
