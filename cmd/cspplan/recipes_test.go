package main

import (
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/alecthomas/kong"
	"github.com/goccy/go-yaml"

	"cspplan/reconcile"
)

// recipes are the blocks of the README's section on running every night, by
// their language.
func recipes(t *testing.T) map[string][]string {
	t.Helper()
	return recipesUnder(t, "Every night", scheduleHelp)
}

// recipesUnder are the blocks of a section of the README that is a help topic,
// too.
func recipesUnder(t *testing.T, heading, help string) map[string][]string {
	t.Helper()
	_, section, found := strings.Cut(readme(t), "## "+heading+"\n\n")
	section, _, closed := strings.Cut(section, "\n## ")
	if !found || !closed {
		t.Fatalf("the README has no section %q", heading)
	}
	if section != help {
		t.Errorf("the help topic and the README's section %q differ", heading)
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
	if _, err := parser.Parse(args); err != nil || len(args) == 0 || !slices.Contains([]string{"run", "schedule", "merge"}, args[0]) {
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

// An indexedJob is what a manifest must say for shards to be all there, each once.
type indexedJob struct {
	Kind string
	Spec struct {
		CompletionMode string `yaml:"completionMode"`
		Completions    int
		BackoffLimit   int `yaml:"backoffLimit"`
		Template       struct {
			Spec struct {
				RestartPolicy string `yaml:"restartPolicy"`
				Containers    []struct {
					Args []string
					Env  []struct{ Name string }
				}
				Volumes []struct{ Name string }
			}
		}
	}
}

func TestRecipesForShards(t *testing.T) {
	r := recipesUnder(t, "Beyond one machine", shardsHelp)
	var jobs []indexedJob
	for _, manifest := range r["yaml"] {
		var job indexedJob
		if err := yaml.Unmarshal([]byte(manifest), &job); err != nil {
			t.Fatal(err)
		}
		if job.Kind != "Job" || job.Spec.Template.Spec.RestartPolicy != "Never" || len(job.Spec.Template.Spec.Containers) != 1 || len(job.Spec.Template.Spec.Volumes) != 1 {
			t.Fatalf("not a job of one container: %+v", job)
		}
		jobs = append(jobs, job)
	}
	if len(jobs) != 2 || jobs[0].Spec.CompletionMode != "Indexed" {
		t.Fatalf("got %+v, want the shards and the merge", jobs)
	}
	pod := jobs[0].Spec.Template.Spec.Containers[0]
	if len(pod.Env) != 1 || pod.Env[0].Name != "JOB_COMPLETION_INDEX" {
		t.Errorf("the index is not among the variables: %+v", pod.Env)
	}
	var shards []string
	for i := range jobs[0].Spec.Completions {
		var args []string
		for _, arg := range pod.Args {
			args = append(args, strings.ReplaceAll(arg, "$(JOB_COMPLETION_INDEX)", strconv.Itoa(i)))
		}
		starts(t, "shard", args)
		shards = append(shards, args[len(args)-1])
	}
	wantAllShards(t, "Kubernetes", shards)
	starts(t, "merge", jobs[1].Spec.Template.Spec.Containers[0].Args)

	if len(r["sh"]) != 2 {
		t.Fatalf("%d lines for shells, want two", len(r["sh"]))
	}
	for n, placeholder := range []string{"{}", "$SLURM_ARRAY_TASK_ID"} {
		commands := strings.Split(strings.ReplaceAll(r["sh"][n], "'", ""), " && ")
		if len(commands) != 2 {
			t.Fatalf("%q is not shards and a merge", r["sh"][n])
		}
		_, args, _ := strings.Cut(commands[0], "cspplan ")
		args, _, _ = strings.Cut(args, " :::")
		shards = nil
		for k := 1; k <= 7; k++ {
			words := strings.Fields(strings.ReplaceAll(args, placeholder, strconv.Itoa(k)))
			starts(t, placeholder, words)
			shards = append(shards, words[len(words)-1])
		}
		wantAllShards(t, placeholder, shards)
		starts(t, placeholder, strings.Fields(strings.TrimPrefix(commands[1], "cspplan ")))
	}
	if !strings.Contains(r["sh"][0], "::: 1 2 3 4 5 6 7 ") || !strings.Contains(r["sh"][1], "--array=1-7 ") {
		t.Errorf("the lines do not count from 1 to 7: %v", r["sh"])
	}
}

// wantAllShards checks that an engine starts each shard once.
func wantAllShards(t *testing.T, engine string, texts []string) {
	t.Helper()
	for i, text := range texts {
		if s, err := reconcile.ParseShard(text); err != nil || s != (reconcile.Shard{K: i + 1, N: len(texts)}) {
			t.Errorf("%s starts shard %q as the %d. of %d: %v", engine, text, i+1, len(texts), err)
		}
	}
}
