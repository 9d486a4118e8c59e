package main

import (
	"fmt"
	"os"
	"runtime"
	"runtime/pprof"
)

// profiles are for whoever makes cspplan faster: flags that no help lists,
// good with every command. Read the files with go tool pprof.
type profiles struct {
	CPU    string `name:"cpuprofile" hidden:"" placeholder:"FILE"`
	Memory string `name:"memprofile" hidden:"" placeholder:"FILE"`
}

// around runs what is to be measured and writes the files that were asked for.
func (p profiles) around(command func() error) error {
	if p.CPU != "" {
		f, err := os.Create(p.CPU)
		if err != nil {
			return usage(fmt.Errorf("--cpuprofile: %w", err), "name a file that can be written")
		}
		defer f.Close()
		if err := pprof.StartCPUProfile(f); err != nil {
			return fmt.Errorf("--cpuprofile: %w", err)
		}
		defer pprof.StopCPUProfile()
	}
	err := command()
	if p.Memory == "" {
		return err
	}
	if kept := writeHeap(p.Memory); kept != nil && err == nil {
		err = kept
	}
	return err
}

// writeHeap writes what is alive and, with -sample_index=alloc_space, all that
// was ever asked for.
func writeHeap(name string) error {
	f, err := os.Create(name)
	if err != nil {
		return usage(fmt.Errorf("--memprofile: %w", err), "name a file that can be written")
	}
	defer f.Close()
	runtime.GC()
	if err := pprof.WriteHeapProfile(f); err != nil {
		return fmt.Errorf("--memprofile: %w", err)
	}
	return nil
}
