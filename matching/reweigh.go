package matching

// Reweighed returns the setting with other weights, which it validates; the
// setting itself stays as it is.
func (s *Setting) Reweighed(w Weights) (*Setting, error) {
	if err := w.Validate(); err != nil {
		return nil, err
	}
	other := *s
	other.weights = w
	return &other, nil
}
