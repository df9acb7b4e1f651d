package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// folder writes an outside folder with one country that is wrong in one thing.
func folder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for name, body := range map[string]string{
		"countries.csv": "iso2,iso3,m49,region_code,subregion_code,intermediate_code,un_regional_group,ldc,lldc,sids," +
			"official_languages,name_ar,name_en,name_es,name_fr,name_ru,name_zh\n" +
			"AO,AGO,24,2,202,17,African Group,0,0,0,pt,أنغولا,Angola (the),Angola,Angola (l'),Ангола,安哥拉\n",
		"ties.csv":                "a,b,contiguous,distance_km\nAGO,ZAR,1,549\nAGO,NAM,0,2000\n",
		"cldr/territoryInfo.json": `{"supplemental":{"territoryInfo":{"AO":{"languagePopulation":{"fr":{"_officialStatus":"official"}}}}}}`,
	} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestEveryUnexplainedDifferenceIsNamed(t *testing.T) {
	var stdout, stderr bytes.Buffer
	if code := run([]string{folder(t)}, &stdout, &stderr); code != 1 {
		t.Errorf("exit code %d, want 1", code)
	}
	var got []string
	for line := range strings.Lines(stdout.String()) {
		if rest, ok := strings.CutPrefix(line, "different: "); ok && !strings.HasPrefix(rest, "country listed") {
			got = append(got, strings.TrimSpace(rest))
		}
	}
	want := []string{
		`ldc AO: "1" here, "0" there`,
		`languages AO: "pt" here, "fr" there`,
		`border AO NA: "1" here, "0" there`,
		`distance AO NA: `,
	}
	if len(got) != len(want) {
		t.Fatalf("got %q, want %q", got, want)
	}
	for i := range want {
		if !strings.HasPrefix(got[i], want[i]) {
			t.Errorf("got %q, want %q", got[i], want[i])
		}
	}
}

func TestAnExplanationWithoutADifferenceFails(t *testing.T) {
	var stdout, stderr bytes.Buffer
	run([]string{folder(t)}, &stdout, &stderr)
	if !strings.Contains(stdout.String(), "explained, but not different: name zh CG") {
		t.Error("an explanation that no difference needs is not reported")
	}
}

func TestTheFolderIsTheOnlyArgument(t *testing.T) {
	for _, args := range [][]string{nil, {"a", "b"}} {
		var stdout, stderr bytes.Buffer
		if code := run(args, &stdout, &stderr); code != 2 || !strings.Contains(stderr.String(), "usage:") {
			t.Errorf("run(%q) = %d, %q", args, code, stderr.String())
		}
	}
}
