package mongo

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
)

// place is what of a connection string may be shown.
type place struct {
	hosts    string
	database string
}

// String is "mongodb://hosts/database".
func (p place) String() string { return "mongodb://" + p.hosts + "/" + p.database }

// parsePlace reads hosts and database from a connection string. The net/url
// package does not read several hosts. Its errors do not quote the string,
// which may hold a password.
func parsePlace(uri string) (place, error) {
	rest, ok := strings.CutPrefix(uri, "mongodb://")
	if !ok {
		if rest, ok = strings.CutPrefix(uri, "mongodb+srv://"); !ok {
			return place{}, errors.New("mongo: a connection string starts with mongodb:// or mongodb+srv://")
		}
	}
	rest, _, _ = strings.Cut(rest, "?")
	hosts, database, _ := strings.Cut(rest, "/")
	hosts = hosts[strings.LastIndexByte(hosts, '@')+1:]
	if hosts == "" {
		return place{}, errors.New("mongo: the connection string names no server")
	}
	if database == "" {
		database = "entente"
	}
	database, err := url.PathUnescape(database)
	if err != nil || len(database) > 63 || strings.ContainsAny(database, "/\\. \"$*<>:|?\x00") {
		return place{}, fmt.Errorf("mongo: the connection string for %s names no valid database", hosts)
	}
	return place{hosts, database}, nil
}
