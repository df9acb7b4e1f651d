package platform_test

import (
	"bytes"
	"strings"
	"sync"
	"testing"

	"entente/cooperation"
	"entente/platform"
)

func TestWhatIsDerivedIsTheSameOnEveryReplicaAndAfterAStart(t *testing.T) {
	p := newPlace(t)
	replicas := []*platform.Platform{p.open(), p.open(), p.open()}
	derived := make([][]byte, len(replicas))
	var all sync.WaitGroup
	for i, r := range replicas { // none has a key: all want to make one
		all.Go(func() { derived[i] = r.Derive("webhook", "w", "1") })
	}
	all.Wait()
	again := p.open().Derive("webhook", "w", "1")
	for i, d := range derived {
		if len(d) != 32 || !bytes.Equal(d, again) {
			t.Errorf("replica %d derives %x, and a later start %x", i, d, again)
		}
	}
	if replicas[0].HasAccounts() {
		t.Error("the key is taken for somebody's account")
	}
	p.verify()
}

func TestDerivedBytesDifferByPurposePartAndKey(t *testing.T) {
	on := newPlace(t).open()
	other := newPlace(t).open()
	seen := map[string]string{}
	for name, d := range map[string][]byte{
		"one":             on.Derive("link", "a", "b"),
		"another purpose": on.Derive("calendar", "a", "b"),
		"joined parts":    on.Derive("link", "ab"),
		"other parts":     on.Derive("link", "a", "c"),
		"moved border":    on.Derive("link", "ab", ""),
		"another place":   other.Derive("link", "a", "b"),
	} {
		if twin, known := seen[string(d)]; known {
			t.Errorf("%s derives the same as %s", name, twin)
		}
		seen[string(d)] = name
	}
}

func TestAConfiguredKeyIsUsedAndNotWrittenDown(t *testing.T) {
	p := newPlace(t)
	open := func(key string) (*platform.Platform, error) {
		on, err := platform.Open(t.Context(), platform.Options{Store: p.store(), Conventions: p.set.All(), Teller: teller{}, Key: key})
		if err == nil {
			t.Cleanup(on.Close)
		}
		return on, err
	}
	one, err := open(strings.Repeat("k", 32))
	if err != nil {
		t.Fatal(err)
	}
	two, err := open(strings.Repeat("l", 32))
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Equal(one.Derive("x"), two.Derive("x")) {
		t.Error("the configured key makes no difference")
	}
	if n, _, err := p.store().Head(t.Context(), platform.AccountsLog); n != 0 || err != nil {
		t.Errorf("%d commits were written, %v", n, err)
	}
	if _, err := open("short"); err == nil || strings.Contains(err.Error(), "short") {
		t.Errorf("a short key: %v", err)
	}
}

func TestTheKeyIsMadeBeforeACommandNeedsIt(t *testing.T) {
	on := newPlace(t).open()
	if err := on.EnsureKey(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := on.CreateUser(t.Context(), system, cooperation.User{Name: "Ann", Language: "en"}); err != nil {
		t.Fatal(err)
	}
	if !on.HasAccounts() {
		t.Error("there is an account")
	}
}
