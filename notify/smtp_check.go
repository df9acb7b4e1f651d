package notify

import "context"

// Check connects as Send does, encrypts, signs in and parts without handing
// anything over. An error is a *Failure with the class that Send would have
// met.
func (s *SMTP) Check(ctx context.Context) error {
	l := &line{}
	defer l.Close()
	defer context.AfterFunc(ctx, l.Close)()
	client, err := s.connect(ctx, l)
	if err != nil {
		return &Failure{s.class(ctx, err, connecting)}
	}
	_ = client.Quit() // the server has let us in: how it parts changes nothing
	return nil
}
