package output

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"cspplan/reconcile"
	"cspplan/report"
)

// A parsedEvent is the properties of one VEVENT by name, unescaped.
type parsedEvent map[string]string

var contentLine = regexp.MustCompile(`^([A-Z0-9-]+)((?:;[A-Z-]+=[^;:]+)*):(.*)$`)

// parseCalendar reads an iCalendar file as strictly as RFC 5545 is written. It
// shares nothing with the writer.
func parseCalendar(t testing.TB, file []byte) (calendar map[string]string, events []parsedEvent) {
	t.Helper()
	lines := bytes.Split(file, []byte("\r\n"))
	if last := lines[len(lines)-1]; len(last) != 0 {
		t.Fatalf("the file ends in %q, not in CRLF", last)
	}
	var unfolded []string
	for i, line := range lines[:len(lines)-1] {
		switch {
		case len(line) > 75:
			t.Errorf("line %d has %d octets, more than 75", i+1, len(line))
		case !utf8.Valid(line):
			t.Errorf("line %d is cut inside a character: %q", i+1, line)
		case bytes.ContainsFunc(line, unicode.IsControl):
			t.Errorf("line %d holds a control character: %q", i+1, line)
		}
		if line[0] == ' ' {
			unfolded[len(unfolded)-1] += string(line[1:])
			continue
		}
		unfolded = append(unfolded, string(line))
	}
	calendar = map[string]string{}
	var open []string
	for _, line := range unfolded {
		m := contentLine.FindStringSubmatch(line)
		if m == nil {
			t.Fatalf("%q is no content line", line)
		}
		name, params, value := m[1], m[2], m[3]
		switch name {
		case "BEGIN":
			open = append(open, value)
			if value == "VEVENT" {
				events = append(events, parsedEvent{})
			}
			continue
		case "END":
			if len(open) == 0 || open[len(open)-1] != value {
				t.Fatalf("%q ends what %q began", value, open)
			}
			open = open[:len(open)-1]
			continue
		}
		into := calendar
		if len(open) == 2 {
			into = events[len(events)-1]
		}
		if _, twice := into[name]; twice {
			t.Errorf("%s stands twice", name)
		}
		into[name] = parsedValue(t, name, params, value)
	}
	if len(open) != 0 {
		t.Errorf("%q is never ended", open)
	}
	return calendar, events
}

// parsedValue checks a value by the type of its property and returns its text.
func parsedValue(t testing.TB, name, params, value string) string {
	t.Helper()
	switch name {
	case "DTSTART", "DTEND":
		if _, err := time.Parse("20060102", value); err != nil || params != ";VALUE=DATE" {
			t.Errorf("%s%s:%s is no day", name, params, value)
		}
	case "DTSTAMP", "LAST-MODIFIED":
		if _, err := time.Parse("20060102T150405Z", value); err != nil {
			t.Errorf("%s:%s is no time in UTC", name, value)
		}
	case "SUMMARY", "DESCRIPTION", "X-WR-CALNAME", "X-WR-CALDESC":
		rest := regexp.MustCompile(`\\[\\;,nN]`).ReplaceAllString(value, "")
		if strings.ContainsAny(rest, `\;,`) {
			t.Errorf("%s is not escaped: %s", name, value)
		}
		return strings.NewReplacer(`\\`, `\`, `\;`, ";", `\,`, ",", `\n`, "\n").Replace(value)
	}
	return value
}

// checkEvents holds what every calendar must keep: what is required, days that
// end a day later, UIDs that stand once.
func checkEvents(t testing.TB, calendar map[string]string, events []parsedEvent) {
	t.Helper()
	for name, want := range map[string]string{"VERSION": "2.0", "METHOD": "PUBLISH", "CALSCALE": "GREGORIAN"} {
		if calendar[name] != want {
			t.Errorf("%s is %q, want %q", name, calendar[name], want)
		}
	}
	seen := map[string]bool{}
	for _, e := range events {
		for _, name := range []string{"UID", "DTSTAMP", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY", "STATUS", "TRANSP"} {
			if e[name] == "" {
				t.Errorf("event %s has no %s", e["UID"], name)
			}
		}
		start, _ := time.Parse("20060102", e["DTSTART"])
		if got, want := e["DTEND"], start.AddDate(0, 0, 1).Format("20060102"); got != want {
			t.Errorf("event on %s ends on %s, want %s", e["DTSTART"], got, want)
		}
		if seen[e["UID"]] {
			t.Errorf("UID %s stands twice", e["UID"])
		}
		seen[e["UID"]] = true
	}
}

func writtenCalendar(t testing.TB, c *report.Calendar, asOf reconcile.Date) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := writeCalendar(&b, c, asOf); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Names of customers are anything that a cell can hold.
func TestCalendarOfHostileNames(t *testing.T) {
	tests := []struct{ name, want string }{
		{"Caffè Aurora", "Caffè Aurora"},
		{"A\r\nEND:VEVENT\r\nEND:VCALENDAR", "A END:VEVENT END:VCALENDAR"},
		{"A\nATTACH:file:///etc/passwd", "A ATTACH:file:///etc/passwd"},
		{`semi;colon, comma \ back\nslash`, `semi;colon, comma \ back\nslash`},
		{"tab\tand\x00nul\u2028line\u0085next", "tab and nul line next"},
		{"Ltd\u202eevil\u2066", "Ltdevil"},
		{"bad \xff bytes", "bad \ufffd bytes"},
		{strings.Repeat("有限会社", 60), strings.Repeat("有限会社", 60)},
		{strings.Repeat("🚀", 40), strings.Repeat("🚀", 40)},
		{strings.Repeat("x", 500), strings.Repeat("x", 500)},
	}
	for _, tt := range tests {
		c := report.Calendar{Owner: "Anna", Title: tt.name, Note: tt.name, Events: []report.CalendarEvent{
			{Key: "0123456789abcdef", Owner: "Anna", Day: asOf + 4, Summary: tt.name, Details: tt.name},
		}}
		calendar, events := parseCalendar(t, writtenCalendar(t, &c, asOf))
		checkEvents(t, calendar, events)
		if len(events) != 1 || events[0]["SUMMARY"] != tt.want || calendar["X-WR-CALNAME"] != tt.want {
			t.Errorf("%q: got %d events, summary %q, title %q; want one, %q", tt.name, len(events), events[0]["SUMMARY"], calendar["X-WR-CALNAME"], tt.want)
		}
	}
}

func FuzzCalendar(f *testing.F) {
	f.Add("Caffè, Aurora", "END:VCALENDAR\r\n;x")
	f.Fuzz(func(t *testing.T, summary, details string) {
		c := report.Calendar{Title: summary, Events: []report.CalendarEvent{
			{Key: "1", Day: asOf, Summary: "a " + summary, Details: details}, {Key: "2", Day: asOf, Summary: "b"},
		}}
		calendar, events := parseCalendar(t, writtenCalendar(t, &c, asOf))
		checkEvents(t, calendar, events)
		if len(events) != 2 || events[1]["SUMMARY"] != "b" {
			t.Errorf("%q, %q: %d events, want 2", summary, details, len(events))
		}
	})
}

// An import of the next night finds the same event with a higher sequence
// number; who takes it over gets an event of their own.
func TestCalendarKeepsUIDs(t *testing.T) {
	event := report.CalendarEvent{Key: "0123456789abcdef", Owner: "Anna", Day: asOf + 4, Summary: "x"}
	uid := func(e report.CalendarEvent, on reconcile.Date) (string, string, string) {
		_, events := parseCalendar(t, writtenCalendar(t, &report.Calendar{Owner: e.Owner, Title: "t", Events: []report.CalendarEvent{e}}, on))
		return events[0]["UID"], events[0]["SEQUENCE"], events[0]["STATUS"]
	}
	first, n, status := uid(event, asOf)
	later := event
	later.Day, later.Summary = asOf+9, "y"
	second, m, _ := uid(later, asOf+1)
	if first != second || fmt.Sprintf("%08s", n) >= fmt.Sprintf("%08s", m) || status != "CONFIRMED" {
		t.Errorf("UIDs %s and %s, sequence %s then %s, status %s; want one UID, a rising sequence, CONFIRMED", first, second, n, m, status)
	}
	later.State, later.Since = report.EventDone, asOf+1
	if same, _, status := uid(later, asOf+1); same != first || status != "CANCELLED" {
		t.Errorf("done: UID %s, status %s; want %s, CANCELLED", same, status, first)
	}
	later.Owner = "Zoe"
	if other, _, _ := uid(later, asOf+1); other == first {
		t.Error("the event of another owner has the same UID")
	}
}

func TestCalendarStateIsReadBack(t *testing.T) {
	want := []report.CalendarEvent{
		{Key: "01", Owner: "Anna", Day: asOf + 4, Customer: "=1+1", Offer: "Office 365 E3"},
		{Key: "02", Owner: "@zoe", Day: asOf - 4, State: report.EventGone, Since: asOf, Customer: "a,\"b\"\nc", Offer: "-"},
	}
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "run"), 0o700); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := writeCalendarState(&b, []report.Calendar{{Events: want}}); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "run", calendarState), b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	got, err := ReadCalendar(dir, "run")
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("read back (-want +got), error %v:\n%s", err, diff)
	}
	if none, err := ReadCalendar(dir, "older"); none != nil || err != nil {
		t.Errorf("a run without calendars: got %v, %v", none, err)
	}
	if err := os.WriteFile(filepath.Join(dir, "run", calendarState), []byte("key,owner,day,state,since,customer,offer\n1,a,2026-11-24,lost,,b,c\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := ReadCalendar(dir, "run"); err == nil || !strings.Contains(err.Error(), `"lost"`) {
		t.Errorf("a damaged state: got error %v, want one that names \"lost\"", err)
	}
}

// The calendars are published beside the plan, under the names of the owners'
// workbooks; that of an owner without anything to do goes, if nobody changed it.
func TestPublishCalendars(t *testing.T) {
	job := splitPlan(t, report.SplitNone, 0, "Anna Bianchi", "")
	job.Calendars = true
	res, err := Publish(t.Context(), job)
	if err != nil {
		t.Fatal(err)
	}
	anna := partFile(report.Part{Name: "Anna Bianchi", Key: "Anna Bianchi"}, ".ics")
	nobody := partFile(report.Part{Name: "unassigned", Key: "unassigned"}, ".ics")
	if want := []string{workbookName, "csp-plan.pdf", anna, nobody}; !slices.Equal(res.Copies, want) {
		t.Errorf("current copies %q, want %q", res.Copies, want)
	}
	for _, name := range []string{anna, nobody} {
		b, err := os.ReadFile(filepath.Join(job.Dir, name))
		if err != nil {
			t.Fatal(err)
		}
		calendar, events := parseCalendar(t, b)
		checkEvents(t, calendar, events)
		if len(events) != 1 {
			t.Errorf("%s has %d events, want 1", name, len(events))
		}
	}
	if _, listed := res.Run.output(calendarState); !listed {
		t.Error("run.json does not list calendar.csv")
	}

	next := splitPlan(t, report.SplitNone, 0, "Anna Bianchi", "Anna Bianchi")
	next.Calendars, next.Dir, next.Before = true, job.Dir, res.Run.Outputs
	next.Run.ID = "2026-11-24-00000002"
	if _, err := Publish(t.Context(), next); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(job.Dir, nobody)); err == nil {
		t.Errorf("%s is still there", nobody)
	}
}

func TestOneLineAtAGlance(t *testing.T) {
	for _, text := range append(hostileCells, "", "a b", " a", "a ", "a  b", "Renew 25 × Office", "a\u2028b", "a\u200fb", "x~y", "x\x7fy") {
		if got, want := oneLine(text), tidiedLine(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}
