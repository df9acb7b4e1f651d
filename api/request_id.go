package api

import "entente/cooperation"

// requestID takes over a number that the client gave the request when it is
// sane: short, and nothing that could forge a line of the log. Otherwise it
// makes one.
func requestID(given string) string {
	if len(given) < 1 || len(given) > 64 {
		return cooperation.NewID()
	}
	for i := range len(given) {
		b := given[i]
		if (b < 'a' || b > 'z') && (b < 'A' || b > 'Z') && (b < '0' || b > '9') && b != '-' && b != '_' && b != '.' {
			return cooperation.NewID()
		}
	}
	return given
}
