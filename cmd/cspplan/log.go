package main

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"strings"
	"time"
)

// newLog writes to w; nothing when a person is looking at it, whom the summary
// tells it all.
func newLog(s *Settings, w io.Writer) *slog.Logger {
	if screen(w) {
		return slog.New(slog.DiscardHandler)
	}
	return newPlainLog(s, w)
}

// newPlainLog writes to w, whoever looks.
func newPlainLog(s *Settings, w io.Writer) *slog.Logger {
	var level slog.Level
	if err := level.UnmarshalText([]byte(s.Log.Level)); err != nil {
		level = slog.LevelInfo
	}
	opt := &slog.HandlerOptions{Level: level, ReplaceAttr: utcTime}
	if s.Log.Format == "json" {
		return slog.New(slog.NewJSONHandler(w, opt))
	}
	return slog.New(slog.NewTextHandler(w, opt))
}

func utcTime(_ []string, a slog.Attr) slog.Attr {
	if a.Key == slog.TimeKey {
		return slog.String(slog.TimeKey, a.Value.Time().UTC().Format("2006-01-02T15:04:05.000Z"))
	}
	return a
}

// always writes a line whatever log.level says: a monitor waits for it.
func always(log *slog.Logger, level slog.Level, msg string, attrs ...any) {
	r := slog.NewRecord(time.Now(), level, msg, 0)
	r.Add(attrs...)
	log.Handler().Handle(context.Background(), r)
}

// tell says what went wrong where each line must be an event: in a log of JSON.
// The error it returns has been said then; elsewhere main prints it.
func tell(log *slog.Logger, s *Settings, term terminal, msg string, err error) error {
	if err == nil || errors.Is(err, errQuiet) || s.Log.Format != "json" || screen(term.Err) {
		return err
	}
	var said strings.Builder
	printError(&said, err)
	always(log, slog.LevelError, msg, "exit", exitCode(err), "text", strings.TrimRight(said.String(), "\n"))
	return quiet(exitCode(err))
}
