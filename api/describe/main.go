// Command describe puts the description of the API together: the files of the
// folder description, one a noun, become openapi.json, which is published and
// from which the code is generated. Run it with go generate ./api.
//
// Every file is read with shared.yaml before it, so that the anchors there are
// known in it. Keys at the top that begin with x- hold anchors and are left out.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"go.yaml.in/yaml/v3"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "describe FOLDER FILE")
		os.Exit(2)
	}
	if err := write(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// write makes the file from the folder.
func write(folder, file string) error {
	whole, err := merged(folder)
	if err != nil {
		return err
	}
	plain, err := json.Marshal(whole)
	if err != nil {
		return err
	}
	doc, err := openapi3.NewLoader().LoadFromData(plain) // every reference has its target, every key is known
	if err != nil {
		return err
	}
	text, err := json.Marshal(doc)
	if err != nil {
		return err
	}
	return os.WriteFile(file, append(text, '\n'), 0o644) //nolint:gosec // a public file
}

// merged is what the files of the folder say together.
func merged(folder string) (map[string]any, error) {
	const first = "shared.yaml"
	shared, err := os.ReadFile(filepath.Join(folder, first))
	if err != nil {
		return nil, err
	}
	names, err := filepath.Glob(filepath.Join(folder, "*.yaml"))
	if err != nil {
		return nil, err
	}
	slices.Sort(names)
	whole := map[string]any{}
	for _, name := range names {
		if filepath.Base(name) == first {
			continue
		}
		own, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		var part map[string]any
		if err := yaml.Unmarshal(slices.Concat(shared, []byte("\n"), own), &part); err != nil {
			return nil, fmt.Errorf("%s (lines count from the beginning of %s): %w", name, first, err)
		}
		for key := range part {
			if strings.HasPrefix(key, "x-") {
				delete(part, key)
			}
		}
		if err := merge(whole, part, ""); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	return whole, nil
}

// merge adds part to whole. Tables are joined, lists are put behind each
// other; nothing may be said twice.
func merge(whole, part map[string]any, path string) error {
	for key, value := range part {
		before, twice := whole[key]
		if !twice {
			whole[key] = value
			continue
		}
		at := path + "/" + key
		if list, ok := before.([]any); ok {
			if more, ok := value.([]any); ok {
				whole[key] = slices.Concat(list, more)
				continue
			}
		}
		table, ok := before.(map[string]any)
		more, also := value.(map[string]any)
		if !ok || !also {
			return fmt.Errorf("%s is said twice", at)
		}
		if err := merge(table, more, at); err != nil {
			return err
		}
	}
	return nil
}
