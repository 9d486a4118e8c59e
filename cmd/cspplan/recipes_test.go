package main

import (
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/alecthomas/kong"
	"github.com/goccy/go-yaml"
)

// recipes are the blocks of the README's section on running every night, by
// their language.
func recipes(t *testing.T) map[string][]string {
	t.Helper()
	_, section, found := strings.Cut(readme(t), "## Every night\n\n")
	section, _, closed := strings.Cut(section, "\n## ")
	if !found || !closed {
		t.Fatal("the README has no section on running every night")
	}
	if section != scheduleHelp {
		t.Error("`cspplan help schedule` and the README's section on running every night differ")
	}
	blocks := map[string][]string{}
	for _, m := range regexp.MustCompile("(?ms)^   ```(\\w+)\n(.*?)^   ```$").FindAllStringSubmatch(section, -1) {
		blocks[m[1]] = append(blocks[m[1]], regexp.MustCompile(`(?m)^   `).ReplaceAllString(m[2], ""))
	}
	return blocks
}

// starts checks that the program takes the arguments that a recipe gives it.
func starts(t *testing.T, recipe string, args []string) {
	t.Helper()
	parser, err := kong.New(&commandLine{}, kong.Name("cspplan"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := parser.Parse(args); err != nil || len(args) == 0 || args[0] != "run" && args[0] != "schedule" {
		t.Errorf("%s: the program does not take %q: %v", recipe, args, err)
	}
}

// command is what follows the program's name on a line of a recipe.
func commandOn(t *testing.T, line string) []string {
	t.Helper()
	m := regexp.MustCompile(`cspplan(?:\.exe)? ((?:run|schedule)[^>'|&]*)`).FindStringSubmatch(line)
	if m == nil {
		t.Fatalf("no command on %q", line)
	}
	return strings.Fields(strings.TrimSuffix(strings.TrimSpace(m[1]), " 2"))
}

func TestRecipesForShells(t *testing.T) {
	r := recipes(t)
	starts(t, "sh", commandOn(t, r["sh"][0]))
	starts(t, "Task Scheduler", commandOn(t, r["powershell"][0]))
	for _, want := range []string{"-StartWhenAvailable", "-MultipleInstances IgnoreNew", "Register-ScheduledTask"} {
		if !strings.Contains(r["powershell"][0], want) {
			t.Errorf("the recipe for Windows lacks %s", want)
		}
	}
	line := strings.TrimSpace(r["crontab"][0])
	fields := strings.SplitN(line, " ", 6)
	if _, err := newTimetable(strings.Join(fields[:5], " "), time.UTC); err != nil || strings.Contains(line, "%") {
		t.Errorf("cron does not take %q: %v", line, err)
	}
	starts(t, "cron", commandOn(t, fields[5]))
}

func TestRecipesForSystemd(t *testing.T) {
	var units []map[string]string
	for _, unit := range recipes(t)["ini"] {
		keys, section := map[string]string{}, ""
		for line := range strings.Lines(unit) {
			line = strings.TrimSpace(line)
			key, value, isKey := strings.Cut(line, "=")
			switch {
			case line == "" || strings.HasPrefix(line, "#"):
			case strings.HasPrefix(line, "[") && strings.HasSuffix(line, "]"):
				section = line
			case isKey && section != "":
				keys[section+key] = value
			default:
				t.Errorf("not a line of a unit: %q", line)
			}
		}
		units = append(units, keys)
	}
	if len(units) != 2 {
		t.Fatalf("%d units, want a service and a timer", len(units))
	}
	service, timer := units[0], units[1]
	starts(t, "systemd", commandOn(t, service["[Service]ExecStart"]))
	if service["[Service]Type"] != "oneshot" || timer["[Timer]OnCalendar"] == "" || timer["[Timer]Persistent"] != "true" || timer["[Install]WantedBy"] != "timers.target" {
		t.Errorf("the units are not those of a nightly run: %v %v", service, timer)
	}
}

func TestRecipeForLaunchd(t *testing.T) {
	d := xml.NewDecoder(strings.NewReader(recipes(t)["xml"][0]))
	var texts []string
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if text, ok := token.(xml.CharData); ok && strings.TrimSpace(string(text)) != "" {
			texts = append(texts, strings.TrimSpace(string(text)))
		}
	}
	all := strings.Join(texts, " ")
	starts(t, "launchd", commandOn(t, strings.Split(all, " WorkingDirectory")[0]))
	if !strings.Contains(all, "StartCalendarInterval Hour 4 Minute 15") {
		t.Errorf("the property list has no time: %s", all)
	}
}

func TestRecipesForContainers(t *testing.T) {
	var job struct {
		Kind string
		Spec struct {
			Schedule          string
			TimeZone          string `yaml:"timeZone"`
			ConcurrencyPolicy string `yaml:"concurrencyPolicy"`
			JobTemplate       struct {
				Spec struct {
					Template struct {
						Spec struct {
							RestartPolicy string `yaml:"restartPolicy"`
							Containers    []struct{ Args []string }
						}
					}
				}
			} `yaml:"jobTemplate"`
		}
	}
	if err := yaml.Unmarshal([]byte(recipes(t)["yaml"][0]), &job); err != nil {
		t.Fatal(err)
	}
	pod := job.Spec.JobTemplate.Spec.Template.Spec
	if job.Kind != "CronJob" || job.Spec.ConcurrencyPolicy != "Forbid" || pod.RestartPolicy != "Never" || len(pod.Containers) != 1 {
		t.Fatalf("not one run at a time: %+v", job)
	}
	at, err := time.LoadLocation(job.Spec.TimeZone)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := newTimetable(job.Spec.Schedule, at); err != nil {
		t.Error(err)
	}
	starts(t, "Kubernetes", pod.Containers[0].Args)
	if image := recipes(t)["dockerfile"][0]; !strings.Contains(image, "FROM scratch\n") || !strings.Contains(image, `ENTRYPOINT ["/cspplan"]`) {
		t.Errorf("the image is not the program alone: %s", image)
	}
}
