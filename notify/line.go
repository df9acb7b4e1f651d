package notify

import (
	"context"
	"crypto/tls"
	"net"
	"sync"
)

// line is the connection of one conversation. The library does not close it
// after every failure, so whoever dialled does.
type line struct {
	mu     sync.Mutex
	conn   net.Conn
	closed bool
}

// dial connects, encrypted from the first byte if told so.
func (l *line) dial(ctx context.Context, network, address string, encrypted bool, config *tls.Config) (net.Conn, error) {
	conn, err := (&net.Dialer{}).DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	if err := l.keep(conn); err != nil {
		return nil, err
	}
	if !encrypted {
		return conn, nil
	}
	secure := tls.Client(conn, config)
	if err := secure.HandshakeContext(ctx); err != nil {
		return nil, err
	}
	return secure, nil
}

// keep remembers the connection for Close, which may have been called already.
func (l *line) keep(conn net.Conn) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		_ = conn.Close()
		return net.ErrClosed
	}
	l.conn = conn
	return nil
}

// Close ends the connection. It may be called at any time, more than once.
func (l *line) Close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.closed = true
	if l.conn != nil {
		_ = l.conn.Close() // what it has to say no longer matters
	}
}
