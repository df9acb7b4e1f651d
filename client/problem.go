package client

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Problem is the error of a call that the server answered with a status from
// 400 on: what went wrong and what to do about it.
type Problem struct {
	Status     int           `json:"status"`
	Code       string        `json:"code"` // the sort of mistake: invalid, forbidden, not_found, conflict, …
	Key        string        `json:"key"`  // the stable name of the sentence in Detail
	Title      string        `json:"title"`
	Detail     string        `json:"detail"`
	RequestID  string        `json:"request_id"` // to be quoted when asking for help
	Fields     []Mistake     `json:"fields"`
	RetryAfter time.Duration `json:"-"` // when it is worth trying again; 0 when the server does not say
}

// Mistake is one field of a request that breaks a rule.
type Mistake struct {
	Field  string `json:"field"` // its path, as costs[2].cost, or the name of a parameter
	Detail string `json:"detail"`
	Key    string `json:"key"`
}

// Error says the problem in one line.
func (p *Problem) Error() string {
	var text strings.Builder
	fmt.Fprintf(&text, "entente: %d %s", p.Status, http.StatusText(p.Status))
	if p.Detail != "" {
		text.WriteString(": " + p.Detail)
	}
	for _, f := range p.Fields {
		fmt.Fprintf(&text, " [%s: %s]", f.Field, f.Detail)
	}
	if p.RequestID != "" {
		text.WriteString(" (request " + p.RequestID + ")")
	}
	return text.String()
}

// checked turns answers from 400 on into errors.
type checked struct{ next HttpRequestDoer }

func (c checked) Do(r *http.Request) (*http.Response, error) {
	answer, err := c.next.Do(r)
	if err != nil || answer.StatusCode < http.StatusBadRequest {
		return answer, err
	}
	defer answer.Body.Close()
	const most = 1 << 20
	text, err := io.ReadAll(io.LimitReader(answer.Body, most))
	if err != nil {
		return nil, err
	}
	p := &Problem{RequestID: answer.Header.Get("X-Request-Id")}
	if strings.HasPrefix(answer.Header.Get("Content-Type"), "application/problem+json") {
		if err := json.Unmarshal(text, p); err != nil {
			return nil, fmt.Errorf("entente: %s: %w", answer.Status, err)
		}
	}
	p.Status = answer.StatusCode
	if seconds, err := strconv.Atoi(answer.Header.Get("Retry-After")); err == nil && seconds > 0 {
		p.RetryAfter = time.Duration(seconds) * time.Second
	}
	return nil, p
}
