// Package samples holds needs and offers that show what the platform does.
// They are texts of the project's own about the kind of help that the four
// conventions see. No State has made these requests or offers: every title
// and every source says that the row is a sample.
package samples

import (
	"bytes"
	_ "embed" // the two files below
	"io"
)

//go:embed needs.csv
var needs []byte

//go:embed offers.csv
var offers []byte

// Needs returns sample needs in the form of an import, from their beginning
// at every call.
func Needs() io.Reader { return bytes.NewReader(needs) }

// Offers returns sample offers in the form of an import, from their beginning
// at every call.
func Offers() io.Reader { return bytes.NewReader(offers) }
