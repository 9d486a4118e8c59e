package output

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"cspplan/reconcile"
	"cspplan/report"
)

// writeCalendars writes the calendar of each owner, and what the next run needs
// to close their events.
func (job *Job) writeCalendars(work string) error {
	if !job.Calendars {
		return nil
	}
	calendars := job.Report.Calendars()
	for i := range calendars {
		c := &calendars[i]
		name := partFile(report.Part{Name: c.Owner, Key: c.Owner}, calendarExt)
		err := job.put(work, name, func(w io.Writer) error { return writeCalendar(w, c, job.Report.AsOf) })
		if err != nil {
			return err
		}
	}
	return job.put(work, calendarState, func(w io.Writer) error { return writeCalendarState(w, calendars) })
}

const calendarExt = ".ics"

// firstSequence is the day that sequence numbers are counted from.
var firstSequence = reconcile.NewDate(2000, 1, 1)

// writeCalendar writes an iCalendar file (RFC 5545). An event keeps its UID from
// night to night, and its sequence number is the day of the run: an import finds
// the event of an earlier night and takes the newer one.
func writeCalendar(w io.Writer, c *report.Calendar, asOf reconcile.Date) error {
	cal := contentLines{w: bufio.NewWriterSize(w, csvBytes)}
	cal.line("BEGIN", "VCALENDAR")
	cal.line("VERSION", "2.0")
	cal.line("PRODID", "-//cspplan//CSP migration plan//EN")
	cal.line("CALSCALE", "GREGORIAN")
	cal.line("METHOD", "PUBLISH")
	cal.text("X-WR-CALNAME", c.Title)
	if c.Note != "" {
		cal.text("X-WR-CALDESC", c.Note)
	}
	cal.line("REFRESH-INTERVAL;VALUE=DURATION", "P1D")
	cal.line("X-PUBLISHED-TTL", "P1D")
	night := calendarNight{stamp: icsDay(asOf) + "T000000Z", sequence: strconv.Itoa(max(0, int(asOf-firstSequence))), owner: ownerUID(c.Owner)}
	for i := range c.Events {
		cal.event(&c.Events[i], night)
	}
	cal.line("END", "VCALENDAR")
	return cal.w.Flush()
}

// calendarNight is what all events of a calendar have in common in one night.
type calendarNight struct{ stamp, sequence, owner string }

// event writes an all-day event that leaves its owner free. A closed one is
// cancelled, and its title says so where a program does not heed that.
func (l *contentLines) event(e *report.CalendarEvent, night calendarNight) {
	status := "CONFIRMED"
	if e.State != report.EventOpen {
		status = "CANCELLED"
	}
	l.line("BEGIN", "VEVENT")
	l.line("UID", e.Key+night.owner)
	l.line("DTSTAMP", night.stamp)
	l.line("LAST-MODIFIED", night.stamp)
	l.line("SEQUENCE", night.sequence)
	l.line("DTSTART;VALUE=DATE", icsDay(e.Day))
	l.line("DTEND;VALUE=DATE", icsDay(e.Day+1))
	l.text("SUMMARY", e.Summary)
	if e.Details != "" {
		l.lines("DESCRIPTION", e.Details)
	}
	l.line("STATUS", status)
	l.line("TRANSP", "TRANSPARENT")
	l.line("X-MICROSOFT-CDO-BUSYSTATUS", "FREE")
	l.line("END", "VEVENT")
}

// ownerUID is the end of the UIDs of an owner's events, behind the keys of the
// rows: who takes a subscription over gets an event of their own, and that of the
// former owner is cancelled, in whatever order the two calendars are imported.
func ownerUID(owner string) string {
	sum := sha256.Sum256([]byte(owner))
	return "-" + hex.EncodeToString(sum[:4]) + "@cspplan"
}

func icsDay(d reconcile.Date) string { return strings.ReplaceAll(d.String(), "-", "") }

// contentLines writes the lines of an iCalendar file. The writer keeps its first
// error for Flush.
type contentLines struct {
	w     *bufio.Writer
	whole []byte // the line at hand, before it is folded
}

// maxContentLine is the most bytes of a line, without its end (RFC 5545, 3.1).
const maxContentLine = 75

// line writes a property whose value is ours. Longer ones are folded between
// characters, never inside one.
func (l *contentLines) line(name, value string) {
	l.whole = append(append(append(l.whole[:0], name...), ':'), value...)
	rest := l.whole
	for room := maxContentLine; len(rest) > room; room = maxContentLine - 1 { // the space that continues a line counts
		cut := room
		for !utf8.RuneStart(rest[cut]) {
			cut--
		}
		l.w.Write(rest[:cut])
		l.w.WriteString("\r\n ")
		rest = rest[cut:]
	}
	l.w.Write(rest)
	l.w.WriteString("\r\n")
}

var escapeText = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`)

// text writes a property whose value may hold anything, on one line: no name can
// begin a property of its own.
func (l *contentLines) text(name, value string) { l.line(name, escapeText.Replace(oneLine(value))) }

// lines writes a text of several lines.
func (l *contentLines) lines(name, value string) {
	lines := strings.Split(value, "\n")
	for i := range lines {
		lines[i] = oneLine(lines[i])
	}
	l.line(name, escapeText.Replace(strings.Join(lines, "\n")))
}

// oneLine turns line breaks and control characters of any kind into spaces and
// drops marks that turn the direction of a text.
func oneLine(s string) string {
	if isOneLine(s) { // as nearly all are: the rest of this takes a third of the time of a calendar
		return s
	}
	return tidiedLine(s)
}

// isOneLine tells texts of characters that can be seen, with single spaces within:
// they stay what they are.
func isOneLine(s string) bool {
	last := ' '
	for _, r := range s {
		switch {
		case r > ' ' && r <= '~':
		case r == ' ' && last != ' ':
		case r < 0xa0, r == utf8.RuneError, r == '\u2028', r == '\u2029', unicode.Is(unicode.Bidi_Control, r):
			return false
		}
		last = r
	}
	return last != ' ' || s == ""
}

func tidiedLine(s string) string {
	return strings.Join(strings.FieldsFunc(strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Bidi_Control, r):
			return -1
		case unicode.IsControl(r) || r == '\u2028' || r == '\u2029':
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd")), func(r rune) bool { return r == ' ' }), " ")
}
