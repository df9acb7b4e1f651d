package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// start starts the program on a store, waits until it is ready, lets f use it
// and stops it. It returns how long the program took to be ready.
func start(ctx context.Context, program, folder string, f func(url string, pid int) error) (took time.Duration, err error) {
	defer os.RemoveAll(folder)
	address, err := freeAddress(ctx)
	if err != nil {
		return 0, err
	}
	// The matcher would run at the first slot after the start and disturb what
	// is measured: its slots are put far away.
	command := exec.CommandContext(ctx, program, "serve", "--addr", address, "--store", "sqlite://"+filepath.Join(folder, "entente.db"),
		"--log-level", "error", "--match-slots", "0 0 29 2 *", "--rate-address", "0", "--rate-account", "0") // one client asks more than any person does
	command.Stderr = os.Stderr
	began := time.Now()
	if err := command.Start(); err != nil {
		return 0, err
	}
	defer func() {
		err = errors.Join(err, command.Process.Signal(syscall.SIGTERM))
		if wait := command.Wait(); wait != nil {
			err = errors.Join(err, wait)
		}
	}()
	url := "http://" + address
	if err := ready(ctx, url); err != nil {
		return 0, err
	}
	took = time.Since(began)
	return took, f(url, command.Process.Pid)
}

func freeAddress(ctx context.Context) (string, error) {
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

// ready asks until the server says that it is.
func ready(ctx context.Context, url string) error {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Minute)
	defer cancel()
	for {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, url+"/readyz", nil)
		if err != nil {
			return err
		}
		if answer, err := http.DefaultClient.Do(request); err == nil {
			answer.Body.Close()
			if answer.StatusCode == http.StatusOK {
				return nil
			}
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("the server did not get ready: %w", ctx.Err())
		case <-time.After(2 * time.Millisecond):
		}
	}
}

// measureMemory reads the resident memory of a process.
func measureMemory(t *table, name string, pid int) error {
	file, err := os.Open("/proc/" + strconv.Itoa(pid) + "/status")
	if err != nil {
		return err
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		if fields := strings.Fields(lines.Text()); len(fields) == 3 && fields[0] == "VmRSS:" {
			kib, err := strconv.ParseFloat(fields[1], 64)
			t.addNumber(name, kib/1024)
			return err
		}
	}
	return errors.Join(lines.Err(), errors.New("no VmRSS"))
}
