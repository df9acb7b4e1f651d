package i18n

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	goi18n "github.com/nicksnyder/go-i18n/v2/i18n"
)

//go:embed messages/*.json
var files embed.FS

// embedded is the folder of the texts that the program ships with.
func embedded() fs.FS {
	folder, err := fs.Sub(files, "messages")
	if err != nil {
		panic(err) // the name of the embedded folder is wrong: a mistake in this file
	}
	return folder
}

// text is one message of one language with the file that it stands in.
type text struct {
	file    string
	lang    string
	message *goi18n.Message
}

// readFolder reads all message files of a folder, in the order of their names.
func readFolder(folder fs.FS) ([]text, error) {
	names, err := fs.Glob(folder, "*.json")
	if err != nil {
		return nil, err
	}
	var all []text
	seen := make(map[[2]string]string) // language and key → file
	for _, name := range names {
		texts, err := readFile(folder, name)
		if err != nil {
			return nil, fmt.Errorf("message file %s: %w", name, err)
		}
		for _, t := range texts {
			at := [2]string{t.lang, t.message.ID}
			if other, twice := seen[at]; twice {
				return nil, fmt.Errorf("message file %s: key %s is already defined in %s", name, t.message.ID, other)
			}
			seen[at] = name
		}
		all = append(all, texts...)
	}
	return all, nil
}

func readFile(folder fs.FS, name string) ([]text, error) {
	lang := fileLanguage(name)
	if !slices.Contains(Languages(), lang) {
		return nil, fmt.Errorf("the name must end in one of %s before .json", strings.Join(Languages(), ", "))
	}
	content, err := fs.ReadFile(folder, name)
	if err != nil {
		return nil, err
	}
	if err := checkKeysOnce(content); err != nil {
		return nil, err
	}
	messages, err := goi18n.ParseMessageBytes(content, json.Unmarshal)
	if err != nil {
		return nil, err
	}
	texts := make([]text, 0, len(messages))
	for _, m := range messages {
		for form, source := range forms(m) {
			if _, err := parseTemplate(source); err != nil {
				return nil, fmt.Errorf("key %s (%s): %w", m.ID, form, err)
			}
		}
		texts = append(texts, text{file: name, lang: lang, message: m})
	}
	return texts, nil
}

// fileLanguage is the part of the name before the extension: "fr" of "words.fr.json".
func fileLanguage(name string) string {
	return strings.TrimPrefix(path.Ext(strings.TrimSuffix(name, ".json")), ".")
}

// forms lists the texts that a message has, by plural category.
func forms(m *goi18n.Message) map[string]string {
	all := map[string]string{
		"zero": m.Zero, "one": m.One, "two": m.Two, "few": m.Few, "many": m.Many, "other": m.Other,
	}
	for form, source := range all {
		if source == "" {
			delete(all, form)
		}
	}
	return all
}

// checkKeysOnce refuses a key that stands twice in one file: the JSON decoder
// would silently keep the last.
func checkKeysOnce(content []byte) error {
	decoder := json.NewDecoder(bytes.NewReader(content))
	if opening, err := decoder.Token(); err != nil {
		return err
	} else if opening != json.Delim('{') {
		return errors.New("a message file is one JSON object")
	}
	seen := make(map[string]bool)
	for decoder.More() {
		token, err := decoder.Token()
		if err != nil {
			return err
		}
		key, _ := token.(string)
		if seen[key] {
			return fmt.Errorf("key %s stands there twice", key)
		}
		seen[key] = true
		var value json.RawMessage
		if err := decoder.Decode(&value); err != nil {
			return fmt.Errorf("key %s: %w", key, err)
		}
	}
	return nil
}

// checkOverlay reports every key and argument of an overlay that the embedded
// texts do not know: such a text would never be shown, or be shown with a hole.
func checkOverlay(base, over []text) error {
	known := make(map[[2]string]map[string]bool)
	for _, t := range base {
		known[[2]string{t.lang, t.message.ID}] = arguments(t.message)
	}
	var mistakes []error
	for _, t := range over {
		allowed, ok := known[[2]string{t.lang, t.message.ID}]
		if !ok {
			mistakes = append(mistakes, fmt.Errorf("message file %s: there is no key %s", t.file, t.message.ID))
			continue
		}
		for name := range arguments(t.message) {
			if !allowed[name] {
				mistakes = append(mistakes, fmt.Errorf("message file %s: key %s has no argument %s", t.file, t.message.ID, name))
			}
		}
	}
	return errors.Join(mistakes...)
}

// arguments are the names of the arguments that any form of a message uses.
func arguments(m *goi18n.Message) map[string]bool {
	names := make(map[string]bool)
	for _, source := range forms(m) {
		parts, err := parseTemplate(source)
		if err != nil {
			continue // readFile has refused it
		}
		for _, p := range parts {
			if p.argument != "" {
				names[p.argument] = true
			}
		}
	}
	return names
}
