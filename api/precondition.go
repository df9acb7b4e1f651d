package api

import (
	"strconv"
	"strings"

	"entente/platform"
)

// tag is the ETag of a version.
func tag(version uint64) string { return `"` + strconv.FormatUint(version, 10) + `"` }

// expected is the version that If-Match names; the description has checked its
// form. No document has a version that does not fit, so it matches none.
func expected(ifMatch string) platform.Match {
	if ifMatch == "*" {
		return 0
	}
	version, err := strconv.ParseUint(strings.Trim(ifMatch, `"`), 10, 64)
	if err != nil || version == 0 {
		return platform.Match(^uint64(0))
	}
	return platform.Match(version)
}

// known reports whether If-None-Match names the version, so that its reader
// need not be sent it again. The comparison is the weak one of RFC 9110.
func known(ifNoneMatch string, version uint64) bool {
	for _, t := range strings.Split(ifNoneMatch, ",") {
		if t = strings.TrimPrefix(strings.TrimSpace(t), "W/"); t == "*" || t == tag(version) {
			return true
		}
	}
	return false
}
