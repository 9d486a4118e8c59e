package main

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// typeFaults compares the values of a settings file with what Settings holds,
// and reports each that is of another kind by its line and key. The YAML
// library stops at the first, names it by its Go type, and takes 1.5 for 1.
func typeFaults(content []byte) []error {
	file, err := parser.ParseBytes(content, 0)
	if err != nil || len(file.Docs) == 0 || file.Docs[0].Body == nil {
		return nil // decoding shows where the syntax is wrong
	}
	var w typeWalk
	w.value(file.Docs[0].Body, reflect.TypeFor[Settings](), "settings")
	return w.faults
}

type typeWalk struct{ faults []error }

func (w *typeWalk) value(node ast.Node, want reflect.Type, key string) {
	switch n := node.(type) {
	case *ast.AnchorNode:
		w.value(n.Value, want, key)
		return
	case *ast.TagNode, *ast.AliasNode, *ast.NullNode, nil:
		return // what it stands for is decoded by the library
	}
	switch want {
	case reflect.TypeFor[Percent]():
		if err := new(Percent).UnmarshalYAML([]byte(node.String())); err != nil {
			w.add(node, key, "a share between 0% and 100%, such as 10%")
		}
		return
	case reflect.TypeFor[Size]():
		if err := new(Size).UnmarshalYAML([]byte(node.String())); err != nil {
			w.faults = append(w.faults, fmt.Errorf("line %d, %s: %w", node.GetToken().Position.Line, key, err))
		}
		return
	}
	switch want.Kind() {
	case reflect.Struct:
		w.keys(node, key, func(name string) (reflect.Type, bool) { return fieldType(want, name) })
	case reflect.Map:
		w.keys(node, key, func(string) (reflect.Type, bool) { return want.Elem(), true })
	case reflect.Slice:
		list, ok := node.(*ast.SequenceNode)
		if !ok {
			w.add(node, key, "a list: one line with a dash for each, or [one, two]")
			return
		}
		for i, item := range list.Values {
			w.value(item, want.Elem(), fmt.Sprintf("%s[%d]", key, i))
		}
	case reflect.Bool:
		if node.Type() != ast.BoolType {
			w.add(node, key, "true or false")
		}
	case reflect.Int, reflect.Int64:
		if node.Type() != ast.IntegerType {
			w.add(node, key, "a whole number")
		}
	default:
		if _, scalar := node.(ast.ScalarNode); !scalar {
			w.add(node, key, "one text; put it in quotes if it holds : or {")
		}
	}
}

// keys checks each value of a mapping by the type that its key has. Keys that
// nobody knows are reported by the decoder.
func (w *typeWalk) keys(node ast.Node, key string, typeOf func(string) (reflect.Type, bool)) {
	mapping, ok := node.(ast.MapNode)
	if !ok {
		w.add(node, key, "keys with values, each on its own line below it")
		return
	}
	for each := mapping.MapRange(); each.Next(); {
		name := each.Key().String()
		path := name
		if key != "settings" {
			path = key + "." + name
		}
		want, known := typeOf(name)
		switch {
		case isSecretKey(name):
			w.faults = append(w.faults, secretFault(each.Key().GetToken().Position.Line, path))
		case known:
			w.value(each.Value(), want, path)
		case key == smtpKey: // the decoder would show the line, and with it what people hide under names of their own
			w.faults = append(w.faults, fmt.Errorf("line %d, %s: is not known here; known are %s", each.Key().GetToken().Position.Line, path, strings.Join(smtpKeys(), ", ")))
		}
	}
}

func (w *typeWalk) add(node ast.Node, key, want string) {
	token := node.GetToken()
	if strings.HasPrefix(key, smtpKey) {
		w.faults = append(w.faults, fmt.Errorf("line %d, %s: expected %s", token.Position.Line, key, want))
		return
	}
	w.faults = append(w.faults, fmt.Errorf("line %d, %s: found %s, expected %s", token.Position.Line, key, foundKind(node), want))
}

// foundKind shows a value as it stands, or says that it is several.
func foundKind(node ast.Node) string {
	switch node.(type) {
	case *ast.SequenceNode:
		return "a list"
	case ast.MapNode:
		return "keys with values"
	}
	text := []rune(strings.Trim(node.String(), `"'`))
	if len(text) > 40 {
		text = append(text[:39], '…')
	}
	return fmt.Sprintf("%q", string(text))
}

// fieldType is the type of the setting that a YAML key names.
func fieldType(settings reflect.Type, key string) (reflect.Type, bool) {
	for i := range settings.NumField() {
		if f := settings.Field(i); f.Tag.Get("yaml") == key {
			return f.Type, true
		}
	}
	return nil, false
}
