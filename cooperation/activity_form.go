package cooperation

import "encoding/json"

// UnmarshalJSON reads an activity, also in the form of the first release: one
// without a status was help already running, as all of them were.
func (a *Activity) UnmarshalJSON(text []byte) error {
	type plain Activity
	if err := json.Unmarshal(text, (*plain)(a)); err != nil {
		return err
	}
	if a.Status == "" {
		a.Status = ActivityRunning
	}
	return nil
}
