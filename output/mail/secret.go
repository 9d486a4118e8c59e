package mail

import (
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
)

// A Secret is a password. However it is printed, logged or encoded, it shows as
// three asterisks.
type Secret struct{ text string }

const masked = "***"

// NewSecret holds a password.
func NewSecret(text string) Secret { return Secret{text} }

// String hides the password.
func (Secret) String() string { return masked }

// GoString hides the password from %#v.
func (Secret) GoString() string { return masked }

// MarshalText hides the password from JSON, YAML and the log.
func (Secret) MarshalText() ([]byte, error) { return []byte(masked), nil }

// Format hides the password from every other verb, which would print the field.
func (Secret) Format(f fmt.State, _ rune) { io.WriteString(f, masked) }

// hide takes the password out of a text that a server sent: some repeat what
// they were given, also as it was encoded for the login.
func (s Secret) hide(text, user string) string {
	if s.text == "" {
		return text
	}
	encode := base64.StdEncoding.EncodeToString
	for _, shape := range []string{s.text, encode([]byte(s.text)), encode([]byte("\x00" + user + "\x00" + s.text))} {
		text = strings.ReplaceAll(text, shape, masked)
	}
	return text
}

// maxSecret is far more than any password has.
const maxSecret = 4 << 10

// SecretFromEnv reads a password from an environment variable.
func SecretFromEnv(name string) (Secret, error) {
	text := os.Getenv(name)
	if text == "" {
		return Secret{}, errors.New("the environment variable that mail.smtp.password_env names is not set or empty for this process")
	}
	return oneLine(text, "the environment variable that mail.smtp.password_env names")
}

// SecretFromFile reads a password from a file that its owner alone can read.
// Neither the path nor the content stands in an error: people write the
// password itself in the place of a path.
func SecretFromFile(path string) (Secret, error) {
	const what = "the file that mail.smtp.password_file names"
	info, err := os.Stat(path)
	if err != nil {
		return Secret{}, fmt.Errorf("%s cannot be read: %w", what, withoutPath(err))
	}
	if !info.Mode().IsRegular() { // opening a pipe would wait for its writer
		return Secret{}, fmt.Errorf("%s is no ordinary file", what)
	}
	f, err := os.Open(path)
	if err != nil {
		return Secret{}, fmt.Errorf("%s cannot be read: %w", what, withoutPath(err))
	}
	defer f.Close()
	if info, err = f.Stat(); err != nil {
		return Secret{}, fmt.Errorf("%s cannot be read: %w", what, withoutPath(err))
	}
	if mode := info.Mode().Perm(); runtime.GOOS != "windows" && mode&0o077 != 0 { // there, rights are no mode
		return Secret{}, fmt.Errorf("%s may be read by others (mode %04o): chmod 600 it, and change the password if others have used this machine", what, mode)
	}
	b, err := io.ReadAll(io.LimitReader(f, maxSecret+1))
	if err != nil {
		return Secret{}, fmt.Errorf("%s cannot be read: %w", what, withoutPath(err))
	}
	return oneLine(strings.TrimPrefix(string(b), "\ufeff"), what)
}

// oneLine takes the line end off that editors add. A second line would be a
// file that holds something else.
func oneLine(text, what string) (Secret, error) {
	text = strings.TrimSuffix(strings.TrimSuffix(text, "\n"), "\r")
	switch {
	case text == "":
		return Secret{}, fmt.Errorf("%s holds no password", what)
	case len(text) > maxSecret || strings.ContainsAny(text, "\r\n\x00"):
		return Secret{}, fmt.Errorf("%s holds more than one line; it should hold the password and nothing else", what)
	}
	return Secret{text}, nil
}

func withoutPath(err error) error {
	var path *os.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}
