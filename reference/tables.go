package reference

import (
	"embed"
	"fmt"
	"strconv"
	"strings"
)

//go:embed data/aliases.tsv data/borders.tsv data/countries.tsv data/currencies.tsv
//go:embed data/languages.tsv data/regions.tsv data/relations.tsv
var files embed.FS

// distances is the upper triangle of the table of distances in kilometres,
// row by row in alpha-2 order, two bytes each, the higher one first. It is
// kept ready-made because floating point may round differently from one kind
// of processor to another, and a score must not.
//
//go:embed data/distances.bin
var distances string

// all is everything that this package knows. It is filled before main starts
// and only read afterwards.
var all = load()

type tables struct {
	countries  []country // index 0 is "none"
	byAlpha2   [26 * 26]Country
	byAlpha3   map[string]Country
	byM49      [1000]Country
	rows       []int // where the row of a country begins in distances, less its own index
	regions    []region
	byRegion   [1000]Region
	languages  map[Language]*names
	aliases    map[string]Language
	relations  map[[2]string]Relation
	currencies map[Currency]currency
}

// load reads the embedded tables. They are part of the program and tested
// with it, so a mistake in them is a mistake of ours: load panics.
func load() *tables {
	t := &tables{
		byAlpha3:   map[string]Country{},
		languages:  make(map[Language]*names, 1024),
		aliases:    make(map[string]Language, 512),
		relations:  map[[2]string]Relation{},
		currencies: map[Currency]currency{},
	}
	t.loadLanguages()
	t.loadRelations()
	t.loadRegions()
	t.loadCountries()
	t.loadBorders()
	t.loadDistances()
	t.loadCurrencies()
	return t
}

// eachRow calls use with the fields of every row of an embedded table after
// the comments and the heading. Fields share the memory of the file. The
// slice is used again for the next row.
func eachRow(table string, fields int, use func(f []string)) {
	body, err := files.ReadFile("data/" + table)
	if err != nil {
		panic(fmt.Sprintf("reference: embedded table %s: %v", table, err))
	}
	rest, f, heading := string(body), make([]string, fields), true
	for line := 1; rest != ""; line++ {
		var row string
		row, rest, _ = strings.Cut(rest, "\n")
		if row == "" || row[0] == '#' {
			continue
		}
		if heading {
			heading = false
			continue
		}
		if n := strings.Count(row, "\t") + 1; n != fields {
			panic(fmt.Sprintf("reference: %s:%d: %d fields where %d are expected", table, line, n, fields))
		}
		for i := range f {
			f[i], row, _ = strings.Cut(row, "\t")
		}
		use(f)
	}
}

// must returns a looked-up value of an embedded table, or panics naming what
// was not found.
func must[T any](v T, ok bool) func(table, key string) T {
	return func(table, key string) T {
		if !ok {
			panic(fmt.Sprintf("reference: %s refers to unknown %q", table, key))
		}
		return v
	}
}

func mustNumber(table, s string) int {
	n, err := strconv.Atoi(s)
	return must(n, err == nil)(table, s)
}
