// Package i18n puts messages into words, in the six official languages of the
// United Nations: Arabic, Chinese, English, French, Russian and Spanish.
//
// The texts live in messages/<room>.<language>.json, one file per room and
// language, in the JSON format of go-i18n: a flat object whose keys are dotted,
// lower-case names. A value is a string, or an object with one string per
// plural category of the language ("one", "few", "other", …); the argument
// named "count" chooses among them. Arguments are written {{.name}}; no other
// template action exists, so a text can do nothing but be read.
//
// How texts are written, beyond spelling:
//
//   - The words of the product (need, offer, proposal, partnership, …) have one
//     translation each: the one of words.<language>.json under "word.".
//   - Names of countries, languages, themes and bodies arrive in the base form.
//     A sentence must be correct whatever the gender, article or case of the
//     name would be: put it after a colon, in apposition or in brackets
//     ("Languages in common: {{.languages}}.").
//   - French sets a no-break space (U+00A0) before a colon and inside « », a
//     narrow one (U+202F) before ; ! and ?. Chinese uses full-width punctuation,
//     Arabic its own comma, semicolon and question mark.
//   - No text contains HTML. Pages and mails escape what they are given.
//
// The tests of this package hold every file to these rules.
package i18n
