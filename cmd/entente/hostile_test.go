package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

// raw sends bytes as they are and returns what the server says until it closes
// the connection.
func raw(t *testing.T, url, text string) string {
	t.Helper()
	conn, err := new(net.Dialer).DialContext(t.Context(), "tcp", strings.TrimPrefix(url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	_, _ = io.WriteString(conn, text) // the server may have closed before it had read all
	answer, _ := io.ReadAll(conn)     // and may reset
	return string(answer)
}

func TestClientsThatMeanNoGoodCostLittleAndDisturbNobody(t *testing.T) {
	t.Parallel()
	env := []string{"ENTENTE_STORE=" + freshSQLite(t)}
	token := strings.TrimSpace(must(t, env, "token", "create", "--role", "focal_point", "--convention", "fctc", "--participant", "AO"))
	server, url := serving(t, env)
	call(t, http.MethodGet, url+"/api/v1/needs?convention=fctc", "", "") // so that what is made once is made
	goroutines, memory := gauge(t, url, "go_goroutines"), gauge(t, url, "process_resident_memory_bytes")
	crawling := crawl(t, url, 60)
	post := "POST /api/v1/needs HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer " + token + "\r\nContent-Type: application/json\r\n"
	for name, tc := range map[string]struct {
		text string
		want []string // how the first line of the answer may begin; "" is no answer at all
	}{
		"no HTTP":                {"\x16\x03\x01\x00\xff\x00\r\n\r\n", []string{"HTTP/1.1 400", ""}},
		"headers without end":    {"GET / HTTP/1.1\r\nHost: x\r\nX: " + strings.Repeat("x", 1<<20) + "\r\n\r\n", []string{"HTTP/1.1 431", ""}},
		"headers without number": {"GET / HTTP/1.1\r\nHost: x\r\n" + strings.Repeat("A: b\r\n", 20_000) + "\r\n", []string{"HTTP/1.1 431", ""}},
		"an address without end": {"GET /" + strings.Repeat("a", 1<<20) + " HTTP/1.1\r\nHost: x\r\n\r\n", []string{"HTTP/1.1 431", "HTTP/1.1 414", ""}},
		"two lengths":            {post + "Content-Length: 2\r\nContent-Length: 40\r\n\r\n{}", []string{"HTTP/1.1 400"}},
		"a length and chunks":    {post + "Content-Length: 2\r\nTransfer-Encoding: chunked, identity\r\n\r\n{}", []string{"HTTP/1.1 501", "HTTP/1.1 400"}},
		"a bomb in gzip":         {post + bomb(t), []string{"HTTP/1.1 415", "HTTP/1.1 400"}},
		"a tower of brackets":    {post + sized(strings.Repeat("[", 900_000)), []string{"HTTP/1.1 400"}},
		"a flood":                {post + sized(strings.Repeat(" ", 3<<20)), []string{"HTTP/1.1 413"}},
		"no UTF-8":               {post + sized("{\"convention\":\"fctc\",\"beneficiaries\":[\"AO\"],\"title\":\"\xff\xfe\"}"), []string{"HTTP/1.1 400"}},
		"a title that turns around": {post + sized(`{"convention":"fctc","beneficiaries":["AO"],"title":"A law \u202e wal A"}`),
			[]string{"HTTP/1.1 422", "HTTP/1.1 400"}},
	} {
		answer := raw(t, url, tc.text)
		first, _, _ := strings.Cut(answer, "\r\n")
		met := false
		for _, w := range tc.want {
			met = met || w != "" && strings.HasPrefix(first, w) || w == "" && answer == ""
		}
		if !met {
			t.Errorf("%s: %.200q, want %q", name, answer, tc.want)
		}
	}
	// While sixty crawl, everybody else is answered at once.
	began := time.Now()
	for range 20 {
		if status, body := call(t, http.MethodGet, url+"/api/v1/needs?convention=fctc", token, ""); status != http.StatusOK || strings.Contains(body, "wal A") {
			t.Fatalf("%d %s", status, body)
		}
	}
	if took := time.Since(began); took > 10*time.Second {
		t.Errorf("twenty calls took %v", took)
	}
	for _, done := range crawling {
		<-done
	}
	until(t, "what served them is gone", func() bool { return gauge(t, url, "go_goroutines") < goroutines+10 })
	if after := gauge(t, url, "process_resident_memory_bytes"); after > memory+200<<20 {
		t.Errorf("memory grew from %.0f to %.0f bytes", memory, after)
	}
	if strings.Contains(server.errs.String(), "panic") {
		t.Errorf("a panic:\n%s", server.errs)
	}
}

// crawl opens connections that send a request one byte at a time and never
// finish it. Each channel closes when the server has given its connection up.
func crawl(t *testing.T, url string, n int) []chan struct{} {
	t.Helper()
	var all []chan struct{}
	for range n {
		conn, err := new(net.Dialer).DialContext(t.Context(), "tcp", strings.TrimPrefix(url, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		done := make(chan struct{})
		all = append(all, done)
		go func() {
			defer close(done)
			defer conn.Close()
			tick := time.NewTicker(200 * time.Millisecond)
			defer tick.Stop()
			for range 300 { // a minute: far more than the server has patience
				if _, err := conn.Write([]byte("G")); err != nil {
					return
				}
				<-tick.C
			}
			t.Error("the server waits for a request without end")
		}()
	}
	return all
}

// sized is a body with its length before it.
func sized(body string) string {
	return fmt.Sprintf("Content-Length: %d\r\n\r\n%s", len(body), body)
}

// bomb is a small body that would be a large one, were it unpacked.
func bomb(t *testing.T) string {
	t.Helper()
	var b bytes.Buffer
	zip := gzip.NewWriter(&b)
	if _, err := zip.Write(bytes.Repeat([]byte(" "), 64<<20)); err != nil {
		t.Fatal(err)
	}
	if err := zip.Close(); err != nil {
		t.Fatal(err)
	}
	return "Content-Encoding: gzip\r\n" + sized(b.String())
}
