// Package mail sends the mail text of a run and keeps what could not be sent.
//
// A [Message] goes out through a [Server] in one SMTP conversation: TLS unless
// the server is this machine, then login, then the text to everybody whom the
// server accepts. An [Outbox] remembers, in a hidden folder beside the runs,
// which run's mail went to whom, so that one that was not accepted is tried
// again by the next run and none is sent twice.
//
// This is the only part of the program that uses the network, and it does so
// only when it is given a server. What a run is, what the mail says and in which
// language is decided elsewhere.
package mail
