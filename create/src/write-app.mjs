import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** What npm leaves out of packages under its own name. */
const names = { _gitignore: '.gitignore' }

/** What may lie in a folder before an app does. */
const harmless = new Set(['.git', '.DS_Store'])

/**
 * What is in the way of an app in a folder, as nothing is overwritten; undefined for nothing.
 *
 * @param {string} folder
 * @returns {string | undefined} Words that go on from the name of the folder.
 */
export function obstacleIn(folder) {
  const there = statSync(folder, { throwIfNoEntry: false })
  if (there === undefined) return undefined
  if (!there.isDirectory()) return 'is a file'
  return readdirSync(folder).every((name) => harmless.has(name)) ? undefined : 'is not empty'
}

/** Makes a folder and those above it, one by one: told to make a whole path, Node tries for ever in /proc. */
function makeFolder(folder) {
  if (existsSync(folder)) return
  makeFolder(dirname(folder))
  mkdirSync(folder)
}

/** Text as it stands inside a literal of JSON or JavaScript. */
const inLiteral = (text) => JSON.stringify(text).slice(1, -1).replaceAll("'", '\\u0027')

/** Text as it stands in a page, or in what a framework makes one of. */
const inMarkup = (text) => text.replace(/[&<>"'{}]/g, (character) => `&#${character.charCodeAt(0)};`)

/**
 * Writes a template's files, filled in.
 *
 * @param {string} folder Where.
 * @param {string} template Which.
 * @param {Readonly<Record<string, string>>} filling The texts of its `__NAMES__`.
 * @throws {Error} What the operating system refuses.
 */
export function writeApp(folder, template, filling) {
  const source = fileURLToPath(new URL(`../templates/${template}/`, import.meta.url))
  for (const entry of readdirSync(source, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const from = join(entry.parentPath ?? entry.path, entry.name)
    const to = join(folder, from.slice(source.length).replace(entry.name, names[entry.name] ?? entry.name))
    const write = (name) =>
      entry.name.endsWith('.html') || name === 'BRAND' ? inMarkup(filling[name]) : inLiteral(filling[name])
    const text = readFileSync(from, 'utf8').replace(/__([A-Z_]+)__/g, (whole, name) =>
      Object.hasOwn(filling, name) ? write(name) : whole,
    )
    makeFolder(dirname(to))
    writeFileSync(to, text)
  }
}
