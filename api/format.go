package api

import (
	"errors"

	"entente/cooperation"
	"entente/reference"
)

// errForm is what the validators of formats return; explain puts it into words.
var errForm = errors.New("not of this format")

func checkDate(s string) error {
	if d, err := cooperation.ParseDate(s); err != nil || d.IsZero() {
		return errForm
	}
	return nil
}

func checkCountry(s string) error {
	if _, ok := reference.ParseCountry(s); !ok {
		return errForm
	}
	return nil
}

func checkLanguage(s string) error {
	if _, ok := reference.ParseLanguage(s); !ok {
		return errForm
	}
	return nil
}

func checkCurrency(s string) error {
	if _, ok := reference.ParseCurrency(s); !ok {
		return errForm
	}
	return nil
}
