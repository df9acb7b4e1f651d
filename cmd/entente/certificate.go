package main

import (
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"sync"
	"time"

	"entente/cooperation"
	"entente/message"
)

// certificate is a certificate in two files, which are read again when they
// have changed: renewing it needs no restart.
type certificate struct {
	cert, key string
	log       *slog.Logger
	clock     func() time.Time

	mu     sync.Mutex
	loaded *tls.Certificate
	stamp  [2]time.Time // of the files when they were read
	looked time.Time
}

// reloading is how often the files are looked at, at most.
const reloading = 10 * time.Second

// newCertificate reads the files for the first time.
func newCertificate(cert, key string, log *slog.Logger, clock func() time.Time) (*certificate, error) {
	c := &certificate{cert: cert, key: key, log: log, clock: clock}
	return c, c.read()
}

func (c *certificate) read() error {
	stamp, err := c.stamps()
	if err != nil {
		return err
	}
	pair, err := tls.LoadX509KeyPair(c.cert, c.key)
	if err != nil {
		return fmt.Errorf("certificate %s with key %s: %w", c.cert, c.key, err)
	}
	c.loaded, c.stamp, c.looked = &pair, stamp, c.clock()
	return nil
}

func (c *certificate) stamps() (stamp [2]time.Time, err error) {
	for n, file := range []string{c.cert, c.key} {
		info, err := os.Stat(file)
		if err != nil {
			return stamp, err
		}
		stamp[n] = info.ModTime()
	}
	return stamp, nil
}

// get is asked at every connection. New files that cannot be read, or of which
// only one is there yet, leave the old certificate in use.
func (c *certificate) get(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.clock().Sub(c.looked) < reloading {
		return c.loaded, nil
	}
	c.looked = c.clock()
	stamp, err := c.stamps()
	if err == nil && stamp == c.stamp {
		return c.loaded, nil
	}
	if err == nil {
		err = c.read()
	}
	if err != nil {
		c.log.Error("the certificate cannot be read again; the one of before stays in use", "error", err)
	} else {
		c.log.Info("the certificate was read again")
	}
	return c.loaded, nil
}

// config is how the server speaks TLS.
func (c *certificate) config() *tls.Config {
	return &tls.Config{MinVersion: tls.VersionTLS12, NextProtos: []string{"h2", "http/1.1"}, GetCertificate: c.get}
}

// overTLS speaks TLS to who connects, where a certificate is configured. It
// closes the listener when that fails.
func (p *program) overTLS(i *installation, listener net.Listener) (over net.Listener, scheme string, err error) {
	c := p.config.Access
	if c.TLSCert == "" {
		return listener, "http", nil
	}
	pair, err := newCertificate(c.TLSCert, c.TLSKey, i.log, time.Now)
	if err != nil {
		return nil, "", errors.Join(cooperation.Refuse(cooperation.Unavailable, "cli.serve.no_certificate", message.Of(message.Text, "cause", err.Error())), listener.Close())
	}
	return tls.NewListener(listener, pair.config()), "https", nil
}
