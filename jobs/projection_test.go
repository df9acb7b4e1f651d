package jobs_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"entente/jobs"
)

// mirror is a projection that counts.
type mirror struct {
	mu       sync.Mutex
	behind   bool
	projects int
	fail     error
}

func (m *mirror) Behind(context.Context, string) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.behind, nil
}

func (m *mirror) Project(context.Context, string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.projects++
	if m.fail != nil {
		return m.fail
	}
	m.behind = false
	return nil
}

func (m *mirror) set(behind bool, fail error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.behind, m.fail = behind, fail
}

func (m *mirror) count() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.projects
}

func TestWhatIsCommittedIsProjectedByOneReplica(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		held, m := newClaims(), &mirror{behind: true}
		for _, holder := range []string{"one", "two"} {
			work, err := jobs.Start(t.Context(), jobs.Options{Platform: newInstallation(), Claims: held, Holder: holder, Projector: m})
			if err != nil {
				t.Fatal(err)
			}
			defer func() { work.Stop(t.Context()) }()
		}
		synctest.Wait()
		if m.count() != 1 {
			t.Errorf("at the start it was projected %d times", m.count())
		}
		time.Sleep(30 * time.Second)
		synctest.Wait()
		if m.count() != 1 {
			t.Errorf("with nothing to do it was projected %d times", m.count())
		}
		m.set(true, errors.New("the line went dead"))
		time.Sleep(12 * time.Second)
		synctest.Wait()
		failed := m.count()
		m.set(true, nil)
		time.Sleep(12 * time.Second)
		synctest.Wait()
		if failed < 2 || m.count() != failed+1 {
			t.Errorf("after a failure it was projected %d times, then %d", failed, m.count())
		}
	})
}
