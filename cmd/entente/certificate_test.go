package main

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"log/slog"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// writePair writes a certificate for 127.0.0.1 with a serial number, and its
// key.
func writePair(t *testing.T, folder string, serial int64) (cert, key string) {
	t.Helper()
	secret, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	form := &x509.Certificate{SerialNumber: big.NewInt(serial), Subject: pkix.Name{CommonName: "entente"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true}
	body, err := x509.CreateCertificate(rand.Reader, form, form, secret.Public(), secret)
	if err != nil {
		t.Fatal(err)
	}
	pkcs8, err := x509.MarshalPKCS8PrivateKey(secret)
	if err != nil {
		t.Fatal(err)
	}
	cert, key = filepath.Join(folder, "cert.pem"), filepath.Join(folder, "key.pem")
	for file, block := range map[string]*pem.Block{cert: {Type: "CERTIFICATE", Bytes: body}, key: {Type: "PRIVATE KEY", Bytes: pkcs8}} {
		if err := os.WriteFile(file, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
		at := time.Unix(1_800_000_000+serial, 0) // file systems may not tell instants that are near
		if err := os.Chtimes(file, at, at); err != nil {
			t.Fatal(err)
		}
	}
	return cert, key
}

func TestARenewedCertificateIsUsedWithoutARestart(t *testing.T) {
	folder := t.TempDir()
	cert, key := writePair(t, folder, 1)
	now := time.Now()
	var log bytes.Buffer
	c, err := newCertificate(cert, key, slog.New(slog.NewTextHandler(&log, nil)), func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	serial := func() int64 {
		t.Helper()
		pair, err := c.get(nil)
		if err != nil {
			t.Fatal(err)
		}
		return pair.Leaf.SerialNumber.Int64()
	}
	if serial() != 1 {
		t.Fatal("the first certificate is not used")
	}
	writePair(t, folder, 2)
	if now = now.Add(reloading); serial() != 2 {
		t.Error("the renewed certificate is not used")
	}
	if err := os.WriteFile(key, []byte("half of a"), 0o600); err != nil {
		t.Fatal(err)
	}
	if now = now.Add(reloading); serial() != 2 || !strings.Contains(log.String(), "stays in use") {
		t.Errorf("with a broken key, the certificate is %d; the log says %s", serial(), log.String())
	}
	writePair(t, folder, 3)
	if now = now.Add(reloading); serial() != 3 {
		t.Error("after the key was mended, the new certificate is not used")
	}
}

func TestTheServerSpeaksHTTP2OverTLSAndNoOldVersionOfIt(t *testing.T) {
	cert, key := writePair(t, t.TempDir(), 1)
	pool := x509.NewCertPool()
	text, err := os.ReadFile(cert)
	if err != nil {
		t.Fatal(err)
	}
	pool.AppendCertsFromPEM(text)
	p := launch(t, []string{"ENTENTE_STORE=" + freshSQLite(t), "ENTENTE_TLS_CERT=" + cert, "ENTENTE_TLS_KEY=" + key}, "serve", "--addr", "127.0.0.1:0")
	url := ""
	until(t, "the server listens", func() bool {
		_, after, ok := strings.Cut(p.out.String(), "https://")
		url, _, _ = strings.Cut("https://"+after, " ")
		url = strings.Trim(url, ".\u2068\u2069")
		return ok && strings.Contains(after, "\n")
	})
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}, ForceAttemptHTTP2: true}}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url+"/healthz", nil)
	if err != nil {
		t.Fatal(err)
	}
	a, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	a.Body.Close()
	if !strings.HasPrefix(url, "https://") || a.StatusCode != http.StatusOK || a.ProtoMajor != 2 || a.Header.Get("Strict-Transport-Security") == "" {
		t.Errorf("%s answers with %s %s", url, a.Proto, a.Status)
	}
	old := &tls.Dialer{Config: &tls.Config{RootCAs: pool, MaxVersion: tls.VersionTLS11}}
	if conn, err := old.DialContext(t.Context(), "tcp", strings.TrimPrefix(url, "https://")); err == nil {
		conn.Close()
		t.Error("a connection with TLS 1.1 was taken")
	}
}

func TestMistakesInTheOptionsOfAccessAreToldAtOnce(t *testing.T) {
	_, errs, code := entente(t, []string{"ENTENTE_TRUSTED_PROXIES=10.0.0.0/99", "ENTENTE_TLS_CERT=/nonexistent"}, "config",
		"--session-idle", "soon", "--session-life", "5s", "--rate-address=-1", "--rate-account", "many")
	if code != 2 {
		t.Errorf("exit %d, want 2", code)
	}
	for _, option := range []string{"--trusted-proxies", "--tls-cert", "--session-idle", "--session-life", "--rate-address", "--rate-account"} {
		if !strings.Contains(errs, option) {
			t.Errorf("nothing is said about %s:\n%s", option, errs)
		}
	}
	_, errs, code = entente(t, nil, "config", "--tls-cert", "/nonexistent", "--tls-key", "/nonexistent")
	if code != 2 || !strings.Contains(errs, "--tls-cert") || !strings.Contains(errs, "--tls-key") {
		t.Errorf("exit %d:\n%s", code, errs)
	}
	if out := must(t, nil, "config", "--trusted-proxies", "10.0.0.5, fd00::/8"); !strings.Contains(out, "ENTENTE_TRUSTED_PROXIES=10.0.0.5, fd00::/8") || !strings.Contains(out, "ENTENTE_SESSION_IDLE=8h") {
		t.Errorf("the configuration in force is\n%s", out)
	}
}
