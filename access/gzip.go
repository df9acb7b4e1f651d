package access

import (
	"strconv"
	"strings"
)

// TakesGzip reports whether the values of an Accept-Encoding header allow gzip (RFC 9110, 12.5.3).
func TakesGzip(values []string) bool {
	all := false
	for entry := range strings.SplitSeq(strings.Join(values, ","), ",") {
		coding, parameters, _ := strings.Cut(entry, ";")
		wanted := true
		for parameter := range strings.SplitSeq(parameters, ";") {
			if name, value, _ := strings.Cut(parameter, "="); strings.EqualFold(strings.TrimSpace(name), "q") {
				q, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
				wanted = err == nil && q > 0
			}
		}
		switch strings.ToLower(strings.TrimSpace(coding)) {
		case "gzip", "x-gzip":
			return wanted
		case "*":
			all = wanted
		}
	}
	return all
}
