package main

import (
	"github.com/alecthomas/kong"
	completion "github.com/jotaen/kong-completion"
)

// completionCmd prints what a shell needs to complete commands and flags.
type completionCmd struct{ completion.Completion }

// completes answers a shell that asks for completions and ends the program; on
// any other start it does nothing.
func completes(parser *kong.Kong) { completion.Register(parser) }
