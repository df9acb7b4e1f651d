// Neighbours from shapes that share an arc, distances between places.
import { neighbors } from 'topojson-client'
import { read, readBy } from './tsv.mjs'
import { atlas, cities } from './packages.mjs'

// Shapes without a code of ISO 3166-1, and the country of which the United
// Nations takes them to be a part. Shapes not named here are left out.
const partOf = { Kosovo: 'RS', Somaliland: 'SO', 'N. Cyprus': 'CY', 'Cyprus U.N. Buffer Zone': 'CY', Baikonur: 'KZ' }

// borders returns a map from alpha-2 to the sorted neighbours on land.
export function borders(countries) {
  const byNumeric = new Map(countries.map((c) => [c.numeric, c.alpha2]))
  const shapes = atlas.objects.countries.geometries
  const owner = shapes.map((s) => byNumeric.get(s.id) ?? partOf[s.properties.name])
  const sets = new Map(countries.map((c) => [c.alpha2, new Set()]))
  neighbors(shapes).forEach((others, i) => {
    for (const j of others) {
      if (owner[i] && owner[j] && owner[i] !== owner[j]) sets.get(owner[i]).add(owner[j])
    }
  })
  for (const { change, a, b } of read('borders.tsv')) {
    const had = sets.get(a).has(b)
    if (had === (change === 'add')) throw new Error(`borders.tsv: ${change} ${a} ${b} changes nothing`)
    if (change === 'add') sets.get(a).add(b), sets.get(b).add(a)
    else sets.get(a).delete(b), sets.get(b).delete(a)
  }
  return new Map([...sets].map(([c, set]) => [c, [...set].sort()]))
}

// places returns a map from alpha-2 to [latitude, longitude] in degrees.
export function places(countries) {
  const stated = readBy('places.tsv', 'alpha2')
  const capitals = new Map(cities.filter((c) => c.featureCode === 'PPLC').map((c) => [c.country, c.loc.coordinates]))
  return new Map(countries.map(({ alpha2 }) => {
    const fact = stated.get(alpha2)
    if (fact) return [alpha2, [Number(fact.latitude), Number(fact.longitude)]]
    if (!capitals.has(alpha2)) throw new Error(`no place for ${alpha2}`)
    const [longitude, latitude] = capitals.get(alpha2)
    return [alpha2, [latitude, longitude]]
  }))
}

// kilometres returns the great-circle distance on a sphere of the Earth's
// mean radius.
function kilometres([lat1, lon1], [lat2, lon2]) {
  const rad = Math.PI / 180
  const h = Math.sin((lat2 - lat1) * rad / 2) ** 2 +
    Math.cos(lat1 * rad) * Math.cos(lat2 * rad) * Math.sin((lon2 - lon1) * rad / 2) ** 2
  return Math.round(2 * 6371.0088 * Math.asin(Math.min(1, Math.sqrt(h))))
}

// distances returns the upper triangle of the table, row by row, two bytes
// each, the higher one first. Two places are never less than 1 km apart.
export function distances(countries, at) {
  const bytes = []
  countries.forEach((a, i) => {
    for (const b of countries.slice(i + 1)) {
      const km = Math.max(1, kilometres(at.get(a.alpha2), at.get(b.alpha2)))
      bytes.push(km >> 8, km & 255)
    }
  })
  return Buffer.from(bytes)
}
