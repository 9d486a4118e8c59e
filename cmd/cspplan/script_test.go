package main

import (
	"flag"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "rewrite golden files and the expected texts of scripts")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"cspplan": main})
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
