import type { Logger } from 'pino'
import { settingNames } from '../config.ts'
import type { Terminal } from './terminal.ts'

/** Letters in which a name may differ from a setting's and still be meant as it, for each letter that it has. */
const tolerance = 1 / 4
const mostLetters = 3

/** Warns of what the environment sets under a name that is no setting's, but nearly. */
export function warnOfMisspelt(settings: Terminal['settings'], log: Logger): void {
  for (const name of Object.keys(settings)) {
    const meant = meantBy(name)
    if (meant !== undefined)
      log.warn({ name, meant }, `${name} is no setting and changes nothing. Perhaps ${meant} is meant.`)
  }
}

/** The setting that a name was probably meant as, the nearest; `undefined` for a setting and for what is like none. */
export function meantBy(name: string): string | undefined {
  if (settingNames.some((setting) => setting === name)) return undefined
  const near = settingNames.flatMap((setting) => {
    const apart = lettersApart(setting, name)
    return apart === undefined ? [] : [{ setting, apart }]
  })
  return near.sort((one, other) => one.apart - other.apart)[0]?.setting
}

// How many letters a name is away from a setting; undefined where it is too far to be meant as it.
function lettersApart(setting: string, name: string): number | undefined {
  if (plain(setting) === plain(name)) return 0
  // Short names are like too many others: HOST and POST.
  const most = setting.length < 6 ? 0 : Math.min(mostLetters, Math.floor(setting.length * tolerance))
  const apart = distance(setting, name, most)
  return apart <= most ? apart : undefined
}

// Docker takes the mark that a file begins with, and the word of a shell, for a part of the name.
const plain = (name: string): string =>
  name
    .replace(/^\ufeff?(?:export\s)?\s*/, '')
    .replaceAll(/[_-]/g, '')
    .toUpperCase()

/** How many letters to add, take or change make one name the other (Levenshtein); no more exact than `most` + 1. */
function distance(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) > most) return most + 1
  if (!sharesLetters(one, other, most)) return most + 1
  let row = Array.from({ length: other.length + 1 }, (_, at) => at)
  for (const [at, letter] of [...one].entries()) {
    const next = [at + 1]
    for (const [to, otherLetter] of [...other].entries()) {
      const changed = (row[to] ?? 0) + (letter === otherLetter ? 0 : 1)
      next.push(Math.min(changed, (row[to + 1] ?? 0) + 1, (next[to] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}

// Most names of an environment are like none: counting their letters tells so in a glance.
function sharesLetters(one: string, other: string, most: number): boolean {
  const left = [...other]
  let missing = 0
  for (const letter of one) {
    const at = left.indexOf(letter)
    if (at >= 0) left.splice(at, 1)
    else if (++missing > most) return false
  }
  return true
}
