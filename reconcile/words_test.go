package reconcile

import "testing"

// A value that no word stands for is printed as nothing, so that a newer file
// of the other side breaks no report.
func TestWordsOutOfRange(t *testing.T) {
	for name, got := range map[string]string{"after the last": Status(len(statusWords)).String(), "far": Route(200).String()} {
		if got != "" {
			t.Errorf("%s: got %q, want nothing", name, got)
		}
	}
	if got := Done.String(); got != "done" {
		t.Errorf("the last: got %q, want done", got)
	}
}
