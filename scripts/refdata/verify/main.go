// Command verify holds the tables of the room reference against an outside
// folder with countries.csv, ties.csv and cldr/territoryInfo.json, and prints
// how many facts agree. A difference fails unless allowed.tsv explains it; an
// explanation that no difference needs fails too.
package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

func run(args []string, stdout, stderr io.Writer) int {
	if len(args) != 1 {
		fmt.Fprintln(stderr, "usage: scripts/verify-data DIR (a folder with countries.csv, ties.csv, cldr/territoryInfo.json)")
		return 2
	}
	r, err := newReport()
	if err != nil {
		fmt.Fprintln(stderr, "verify-data:", err)
		return 1
	}
	err = errors.Join(
		r.countries(filepath.Join(args[0], "countries.csv")),
		r.territories(filepath.Join(args[0], "cldr", "territoryInfo.json")),
		r.ties(filepath.Join(args[0], "ties.csv")),
	)
	if err != nil {
		fmt.Fprintln(stderr, "verify-data:", err)
		return 1
	}
	if failed := r.print(stdout); failed > 0 {
		fmt.Fprintf(stderr, "verify-data: %d unexplained\n", failed)
		return 1
	}
	return 0
}

// eachRecord calls use with every record of a CSV file, by column name.
func eachRecord(file string, use func(record map[string]string)) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	reader := csv.NewReader(f)
	reader.ReuseRecord = true
	var columns []string
	for {
		fields, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		if columns == nil {
			columns = append(columns, fields...)
			continue
		}
		record := make(map[string]string, len(columns))
		for i, column := range columns {
			record[column] = fields[i]
		}
		use(record)
	}
}
