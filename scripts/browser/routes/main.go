// Command routes prints the method and the pattern of every page, one a line,
// for the tests in a browser: what none of them has seen is not tested.
package main

import (
	"fmt"
	"os"

	"entente/i18n"
	"entente/web"
)

func main() {
	texts, err := i18n.New()
	if err != nil {
		fmt.Fprintln(os.Stderr, "routes:", err)
		os.Exit(1)
	}
	for _, route := range web.Routes(texts) {
		fmt.Println(route)
	}
}
