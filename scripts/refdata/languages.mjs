// Languages: names, which are official where, and how they are related.
import { languages, read, readBy } from './tsv.mjs'
import { languageAlias, languageNames, territoryInfo } from './packages.mjs'

const base = (tag) => tag.split('-')[0]
const notLanguages = new Set(['und', 'mul', 'mis', 'zxx', 'root'])

// names returns rows of tag and six names: all languages that CLDR names in
// the six languages, and those of the facts.
export function names() {
  const cldr = Object.fromEntries(languages.map((locale) => [locale, languageNames(locale)]))
  const rows = new Map()
  for (const tag of Object.keys(cldr.en)) {
    if (/-(alt|menu)-/.test(tag) || notLanguages.has(tag) || languageAlias[tag]) continue
    const six = languages.map((locale) => cldr[locale][tag])
    if (six.every(Boolean)) rows.set(tag, [tag, ...six])
  }
  for (const row of read('languages.tsv')) {
    rows.set(row.tag, [row.tag, ...languages.map((locale) => row[locale])])
  }
  return [...rows.values()].sort((a, b) => (a[0] < b[0] ? -1 : 1))
}

// aliases returns rows of a base language's outdated or narrower code and the
// tag that CLDR puts in its place, for the languages that have names.
export function aliases() {
  const named = new Set(names().map(([tag]) => tag))
  return Object.entries(languageAlias)
    .map(([alias, { _replacement: tag }]) => [alias, tag])
    .filter(([alias, tag]) => /^[a-z]{2,3}$/.test(alias) && named.has(base(tag)))
    .sort(([a], [b]) => (a < b ? -1 : 1))
}

// official returns the official languages of the whole country, the most used
// first, each base language once.
export function official() {
  const stated = readBy('official.tsv', 'alpha2')
  return (alpha2) => {
    if (stated.has(alpha2)) return stated.get(alpha2).languages.split(' ')
    const spoken = Object.entries(territoryInfo[alpha2]?.languagePopulation ?? {})
      .filter(([, l]) => ['official', 'de_facto_official'].includes(l._officialStatus))
      .map(([tag, l]) => ({ tag: tag.replaceAll('_', '-'), share: Number(l._populationPercent) }))
      .sort((a, b) => b.share - a.share || (a.tag < b.tag ? -1 : 1))
    const seen = new Set()
    return spoken.map((l) => l.tag).filter((tag) => !seen.has(base(tag)) && seen.add(base(tag)))
  }
}

// relations returns rows of two base languages and their relation: the stated
// ones, and "official" for a language and a wider one that is official
// wherever the first is. The wider one must be official in at least three
// countries, so that the languages of one country are not all taken for
// related.
export function relations(countries) {
  const rows = new Map()
  for (const { a, b } of read('relations.tsv')) rows.set(`${a} ${b}`, [a, b, 'macro'])
  const where = new Map()
  for (const c of countries) {
    if (c.alpha2 === 'EU') continue
    for (const l of new Set(c.languages.map(base))) {
      where.set(l, (where.get(l) ?? new Set()).add(c.alpha2))
    }
  }
  for (const [narrow, here] of where) {
    for (const [wide, there] of where) {
      if (there.size < 3 || there.size <= here.size || ![...here].every((c) => there.has(c))) continue
      const [a, b] = [narrow, wide].sort()
      if (!rows.has(`${a} ${b}`)) rows.set(`${a} ${b}`, [a, b, 'official'])
    }
  }
  return [...rows.values()].sort((x, y) => (x.join() < y.join() ? -1 : 1))
}
