// Currencies in circulation with their minor units and names.
import { languages, read } from './tsv.mjs'
import { currencyNames, iso4217 } from './packages.mjs'

// Codes of ISO 4217 that are no money a person can pay with: funds, units of
// account, the second code of the bolívar, precious metals, testing, none.
const notMoney = new Set(['BOV', 'CHE', 'CHW', 'CLF', 'COU', 'MXV', 'USN', 'UYI', 'UYW', 'VED', 'XAG', 'XAU', 'XBA', 'XBB',
  'XBC', 'XBD', 'XDR', 'XPD', 'XPT', 'XSU', 'XTS', 'XUA', 'XXX'])

export function currencies() {
  const names = Object.fromEntries(languages.map((locale) => [locale, currencyNames(locale)]))
  const minor = new Map(iso4217.filter((c) => !notMoney.has(c.code)).map((c) => [c.code, c.digits]))
  for (const row of read('currencies.tsv')) minor.set(row.code, Number(row.minor))
  return [...minor].sort().map(([code, digits]) =>
    [code, digits, ...languages.map((locale) => {
      const name = names[locale][code]?.displayName
      if (!name) throw new Error(`${code} has no name in ${locale}`)
      return name
    })])
}
