package main

import (
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// compose is what the tests look at in docker-compose.yml.
type compose struct {
	Services map[string]service
	Volumes  map[string]any
}

type service struct {
	Image       string
	Build       string
	Entrypoint  []string
	Command     []string
	Environment map[string]string
	Volumes     []string
	Healthcheck struct{ Test []string }
	NetworkMode string                                `yaml:"network_mode"`
	DependsOn   map[string]struct{ Condition string } `yaml:"depends_on"`
}

func readCompose(t *testing.T) compose {
	t.Helper()
	content, err := os.ReadFile("../../docker-compose.yml")
	if err != nil {
		t.Fatal(err)
	}
	var c compose
	if err := yaml.Unmarshal(content, &c); err != nil {
		t.Fatal(err)
	}
	return c
}

// members are the services that run a database server.
func (c compose) members() []string {
	var names []string
	for name, s := range c.Services {
		if len(s.Command) > 0 && s.Command[0] == "mongod" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

func TestTheReplicaSetHasThreeMembersThatAreAskedForTheirHealth(t *testing.T) {
	c := readCompose(t)
	members := c.members()
	if want := []string{"mongo1", "mongo2", "mongo3"}; !slices.Equal(members, want) {
		t.Fatalf("members %q, want %q", members, want)
	}
	data := map[string]string{}
	for _, name := range members {
		s := c.Services[name]
		for _, argument := range []string{"--replSet", "entente", "--keyFile", "/keys/replica.key", "--bind_ip_all"} {
			if !slices.Contains(s.Command, argument) {
				t.Errorf("%s is started without %s", name, argument)
			}
		}
		if len(s.Healthcheck.Test) == 0 {
			t.Errorf("%s is not asked for its health", name)
		}
		if s.DependsOn["keys"].Condition != "service_completed_successfully" || !slices.Contains(s.Volumes, "keys:/keys:ro") {
			t.Errorf("%s does not wait for the key file, or cannot read it", name)
		}
		for _, v := range s.Volumes {
			if volume, found := strings.CutSuffix(v, ":/data/db"); found {
				data[volume] = name
			}
		}
		if c.Services["replica-set"].DependsOn[name].Condition != "service_healthy" {
			t.Errorf("the replica set is made before %s is healthy", name)
		}
	}
	if len(data) != len(members) {
		t.Errorf("%d members share the volumes of data %v", len(members), data)
	}
}

func TestEveryVolumeIsDeclared(t *testing.T) {
	c := readCompose(t)
	used := 0
	for name, s := range c.Services {
		for _, v := range s.Volumes {
			volume, _, _ := strings.Cut(v, ":")
			used++
			if _, declared := c.Volumes[volume]; !declared {
				t.Errorf("%s uses the volume %s, which is not declared", name, volume)
			}
		}
	}
	if used == 0 {
		t.Error("no service uses a volume")
	}
}

func TestEntenteWaitsForTheReplicaSetAndKnowsAllItsMembers(t *testing.T) {
	c := readCompose(t)
	s := c.Services["entente"]
	if s.Build != "." || s.DependsOn["replica-set"].Condition != "service_completed_successfully" {
		t.Error("entente is not built from here, or does not wait for the replica set")
	}
	hosts := strings.Join(c.members(), ":27017,") + ":27017"
	for _, part := range []string{"@" + hosts + "/entente?", "replicaSet=entente", "authSource=admin"} {
		if !strings.Contains(s.Environment["ENTENTE_STORE"], part) {
			t.Errorf("ENTENTE_STORE %q lacks %q", s.Environment["ENTENTE_STORE"], part)
		}
	}
	made := c.Services["replica-set"].Command[0]
	for _, member := range c.members() {
		if !strings.Contains(made, `host: "`+member+`:27017"`) {
			t.Errorf("the replica set is made without %s", member)
		}
	}
	// MongoDB lets nobody make a first user whose roles are not of the database admin.
	if first := strings.Index(made, `user: "administrator"`); first < 0 || first > strings.Index(made, `user: "entente"`) {
		t.Error("the first user is not the administrator")
	}
	if c.Services["replica-set"].NetworkMode != "service:mongo1" {
		t.Error("the first user is not made from the host of a member")
	}
}

// TestTheProgramTakesTheConfigurationOfTheContainers starts the program with
// the variables of docker-compose.yml over those of the Dockerfile.
func TestTheProgramTakesTheConfigurationOfTheContainers(t *testing.T) {
	variables := imageVariables(t)
	maps.Copy(variables, readCompose(t).Services["entente"].Environment)
	options := optionVariables(reflect.TypeFor[commands]())
	var env []string
	for name, value := range variables {
		if !slices.Contains(options, name) {
			t.Errorf("%s is no option of the program", name)
		}
		env = append(env, name+"="+strings.ReplaceAll(value, "${ENTENTE_MONGO_PASSWORD}", "canary"))
	}
	printed := must(t, env, "config")
	for _, line := range []string{"ENTENTE_SMTP=mail:1025", "ENTENTE_SMTP_TLS=none", "ENTENTE_PUBLIC_URL=http://127.0.0.1:8080"} {
		if !strings.Contains(printed, line+"\n") {
			t.Errorf("the configuration lacks %s:\n%s", line, printed)
		}
	}
	if strings.Contains(printed, "canary") {
		t.Errorf("the password of the store is printed:\n%s", printed)
	}
}

// imageVariables are the variables that the Dockerfile sets.
func imageVariables(t *testing.T) map[string]string {
	t.Helper()
	content, err := os.ReadFile("../../Dockerfile")
	if err != nil {
		t.Fatal(err)
	}
	variables := map[string]string{}
	for _, found := range regexp.MustCompile(`\b(ENTENTE_\w+)=(\S+)`).FindAllStringSubmatch(string(content), -1) {
		variables[found[1]] = found[2]
	}
	if len(variables) == 0 {
		t.Fatal("the Dockerfile sets no variable")
	}
	return variables
}

// optionVariables collects the variables in the tags of a struct and those
// below it.
func optionVariables(t reflect.Type) []string {
	var names []string
	for f := range t.Fields() {
		if name := f.Tag.Get("env"); name != "" {
			names = append(names, name)
		}
		if f.Type.Kind() == reflect.Struct {
			names = append(names, optionVariables(f.Type)...)
		}
	}
	return names
}

func TestTheKeysAreMadeOnceAndOnlyTheirOwnersReadThem(t *testing.T) {
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("there is no bash here")
	}
	folder := t.TempDir()
	s := readCompose(t).Services["keys"]
	script := strings.ReplaceAll(strings.ReplaceAll(s.Command[0], "$$", "$"), "/keys", folder)
	start := func() {
		// The owner is not changed: that takes root and the users of the image.
		output, err := exec.Command(bash, s.Entrypoint[1], "chown() { :; }\n"+script).CombinedOutput()
		if err != nil {
			t.Fatalf("the keys are not made: %v\n%s", err, output)
		}
	}
	start()
	first := readKeys(t, folder)
	// A key file of MongoDB has 6 to 1024 characters of base64.
	if key := first["replica.key"]; len(key) < 6 || len(key) > 1024 || !regexp.MustCompile(`^[A-Za-z0-9+/=]+$`).MatchString(key) {
		t.Errorf("the key file has %d characters: %.40q…", len(key), key)
	}
	if len(first["administrator.password"]) < 32 || len(first) != 2 {
		t.Errorf("the keys are %v", slices.Collect(maps.Keys(first)))
	}
	start()
	if !maps.Equal(first, readKeys(t, folder)) {
		t.Error("a second start made other keys, with which the members do not know each other")
	}
}

func readKeys(t *testing.T, folder string) map[string]string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	keys := map[string]string{}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil {
			t.Fatal(err)
		}
		if mode := info.Mode(); mode != fs.FileMode(0o400) {
			t.Errorf("%s has the mode %v; MongoDB refuses a key that others may read", e.Name(), mode)
		}
		content, err := os.ReadFile(filepath.Join(folder, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		keys[e.Name()] = string(content)
	}
	return keys
}
