package main

import (
	"context"
	"errors"
	"fmt"

	"cspplan/output"
)

// Exit codes, fixed for schedulers and monitors (see the README).
const (
	exitOK          = 0
	exitWarnings    = 1 // check found unusable rows; run --strict wrote with warnings
	exitUsage       = 2 // wrong command line or settings
	exitInput       = 3 // input missing, none usable, too many rejected rows, a guard
	exitTotals      = 4 // control totals differ
	exitOutput      = 5 // output or notes cannot be read or written
	exitBusy        = 6 // another run holds the lock
	exitInternal    = 7
	exitInterrupted = 130
)

// exitCodes tell what each code means, for people.
var exitCodes = []struct {
	code    int
	meaning string
}{
	{exitOK, "written, or this run exists already; warnings allowed"},
	{exitWarnings, "`check` found rows or files that cannot be used; `run --strict` wrote with warnings"},
	{exitUsage, "wrong command line or settings"},
	{exitInput, "input missing or none usable; too many rejected rows; a file shrank, vanished or is too old (`--accept FILE` lifts it); shards that make no plan"},
	{exitTotals, "control totals differ: the reports are in `plans/failed/<time>/`, marked *do-not-use*"},
	{exitOutput, "output or notes cannot be read or written"},
	{exitBusy, "another run holds the lock"},
	{exitInternal, "internal fault"},
	{exitInterrupted, "interrupted"},
}

// A failure is an error with the exit code it leads to, what stays as it was
// and what a person can do about it.
type failure struct {
	code  int
	err   error
	hint  string // what to do, one or more lines
	found string // what stood there, cells among it: for a person at a terminal only
	word  string // stable code of the cause, such as missing-column; may be empty
}

func (f *failure) Error() string { return f.err.Error() }
func (f *failure) Unwrap() error { return f.err }

func fail(code int, err error, hint string) error {
	return &failure{code: code, err: err, hint: hint}
}

// usage is a wrong command line or setting.
func usage(err error, hint string) error { return fail(exitUsage, err, hint) }

// exitCode maps an error to the exit code of the process.
func exitCode(err error) int {
	var f *failure
	switch {
	case err == nil:
		return exitOK
	case errors.As(err, &f):
		return f.code
	case errors.Is(err, context.Canceled):
		return exitInterrupted
	case errors.Is(err, output.ErrBusy):
		return exitBusy
	}
	return exitInternal
}

func interrupted(err error) error {
	return fail(exitInterrupted, fmt.Errorf("interrupted: %w", err), "Nothing was published; the last plan stands. Run again to start over.")
}

func internalFault(err error) error {
	return fail(exitInternal, err, "Nothing was published; the last plan stands. Please report this with run.json of the failed folder.")
}

func lockFailure(err error, dir string) error {
	if errors.Is(err, output.ErrBusy) {
		return fail(exitBusy, err, "wait until it has finished; nothing was changed")
	}
	if errors.Is(err, output.ErrOpenFolder) {
		return fail(exitOutput, err, fmt.Sprintf("Take that right away (chmod o-w %s), or name another folder in output.dir.", dir))
	}
	return fail(exitOutput, err, fmt.Sprintf("check that %s can be written", dir))
}

func totalsFailure(err error, folder string) error {
	return fail(exitTotals, err, fmt.Sprintf("Nothing was published. The reports are in %s, marked \"do not use\".\nThe current copies were not replaced. Send run.json of that folder to whoever maintains cspplan.", folder))
}

// exitWord names the cause without any content of the files.
func exitWord(err error) string {
	var f *failure
	if errors.As(err, &f) && f.word != "" {
		return f.word
	}
	return map[int]string{
		exitUsage: "usage", exitInput: "input", exitTotals: "control-totals", exitOutput: "output",
		exitBusy: "busy", exitInternal: "internal", exitInterrupted: "interrupted",
	}[exitCode(err)]
}
