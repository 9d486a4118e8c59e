//go:build !linux

package main

// useHugePages is for systems on which a program need not ask for large pages.
func useHugePages(uint64) (stop func()) { return func() {} }
