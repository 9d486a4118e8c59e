package main

import (
	"context"
	"flag"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "rewrite golden files and the expected texts of scripts")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"cspplan": main,
		"cspplan-miscounts": func() {
			faulty(func(j *job) { j.batch.Files[0].Rows++ })
		},
		"cspplan-breaks": func() {
			faulty(func(*job) { panic("a state that cannot be") })
		},
	})
}

// faulty is a program with a fault of its own: it runs as `cspplan run` does,
// and after the inputs have been read something happens that must not.
func faulty(fault func(*job)) {
	term := terminal{In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Now: time.Now}
	j, err := newJob(&runFlags{AsOf: "2026-11-23"}, term)
	if err == nil {
		j.steps = slices.Insert(j.steps, 2, step{"breaking", func(context.Context) error {
			fault(j)
			return nil
		}})
		if err = j.carryOut(context.Background()); err != nil {
			printError(os.Stderr, err)
		}
	}
	os.Exit(exitCode(err))
}

// TestScripts runs the program as people and schedulers do. Each script is a
// transcript: commands, then what must be printed, exist or not exist.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script", UpdateScripts: *update, RequireExplicitExec: true, RequireUniqueNames: true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("TZ", "UTC")
			env.Setenv("HOME", env.WorkDir)
			return nil
		},
	})
}
