package platform

// Waiting is how many commands wait for their turn at a log.
func (p *Platform) Waiting(log string) int {
	for _, j := range p.journals() {
		if j.name == log {
			return len(j.queue)
		}
	}
	return 0
}

// PauseAfter is pauseAfter.
var PauseAfter = pauseAfter
