import { readFileSync, writeFileSync } from 'node:fs'

/**
 * Writes a table that a run made into a page of docs/, between the marks of its name.
 * @param page the file's name
 * @param head the table's first line
 * @throws Error when the page has no such marks
 */
export function writeTable(page: string, name: string, head: string, rows: readonly string[]): void {
  const file = new URL(`../docs/${page}`, import.meta.url)
  const text = readFileSync(file, 'utf8')
  const marks = new RegExp(`(<!-- ${name} -->\n)[^]*?(<!-- end -->)`)
  if (!marks.test(text)) throw new Error(`docs/${page} has no place for ${name}.`)
  const table = [head, head.replaceAll(/[^|]+/g, ' --- '), ...rows].map((line) => `${line}\n`).join('')
  writeFileSync(
    file,
    text.replace(marks, (_, start: string, end: string) => start + table + end),
  )
}
