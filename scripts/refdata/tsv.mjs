// Reading and writing tables of tab-separated values: comment lines begin
// with "#", the first other line names the columns.
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

export const languages = ['ar', 'en', 'es', 'fr', 'ru', 'zh']

const facts = path.join(path.dirname(fileURLToPath(import.meta.url)), 'facts')

// read returns the rows of a table of facts as objects.
export function read(name) {
  const lines = fs.readFileSync(path.join(facts, name), 'utf8').split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
  const columns = lines[0].split('\t')
  return lines.slice(1).map((line) => {
    const fields = line.split('\t')
    if (fields.length !== columns.length) {
      throw new Error(`${name}: ${fields.length} fields where ${columns.length} are expected: ${line}`)
    }
    return Object.fromEntries(columns.map((column, i) => [column, fields[i]]))
  })
}

// readBy returns the rows by the value of one column, refusing repetitions.
export function readBy(name, column) {
  const rows = new Map()
  for (const row of read(name)) {
    if (rows.has(row[column])) throw new Error(`${name}: ${row[column]} twice`)
    rows.set(row[column], row)
  }
  return rows
}

// write makes one table; rows are arrays in the order of the columns.
export function write(folder, name, source, columns, rows) {
  const comment = source.map((line) => `# ${line}\n`).join('')
  for (const row of rows) {
    if (row.length !== columns.length || row.some((field) => /[\t\n]|undefined/.test(String(field)))) {
      throw new Error(`${name}: bad row ${JSON.stringify(row)}`)
    }
  }
  const body = [columns, ...rows].map((row) => row.join('\t') + '\n').join('')
  fs.writeFileSync(path.join(folder, name), comment + body)
}
