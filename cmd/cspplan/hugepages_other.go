//go:build !linux

package main

// useHugePages is for systems on which a program need not ask for large pages.
func useHugePages() (stop func()) { return func() {} }
