import type { CommonPasswords } from './common-passwords.ts'
import { isKeyboardWalk } from './keyboard-walk.ts'
import { opaqueString } from './password.ts'

/** Digits and signs that stand for letters, by the letter. */
export const standIns: Readonly<Record<string, string>> = {
  a: 'a4@',
  b: 'b8',
  e: 'e3',
  g: 'g96',
  i: 'i1!|',
  l: 'l1|',
  o: 'o0',
  s: 's5$',
  t: 't7+',
  z: 'z2',
}

// Below it digits are tried out one after the other.
const fewDigits = 12
// The list of common passwords has no shorter words.
const shortestWord = 4
// No two common words are longer, and each look-up costs a digest.
const longestPair = 24
// Four of the most used words are more than anybody tries out.
const fewWords = 3
// The list of the most used words has longer ones, which nobody runs together.
const longestMostUsed = 12
// Shorter words are found in many others.
const shortestRun = 3
// Where a word is a smaller part of a password than this, the rest makes up for it.
const smallestShare = 1 / 3

/**
 * Whether a password is tried out early: a common word, two run together or up to three of the most used ones, in any case,
 * forwards or backwards, repeated, with digits for letters, with signs, digits or a year around it; digits alone; or a walk
 * over the keyboard.
 */
export function isGuessable(password: string, common: CommonPasswords): boolean {
  const text = opaqueString(password).toLowerCase()
  if (/^\P{L}+$/u.test(text) && /\d/.test(text) && text.length < fewDigits) return true
  if (isKeyboardWalk(text)) return true
  return common.includes(text) || coresOf(text).some((core) => isWords(core, common))
}

const beginnings = [/^/u, /^[^\p{L}\p{N}]+/u, /^\P{L}+/u]
const endings = [/$/u, /[^\p{L}\p{N}]+$/u, /\P{L}+$/u, /[^\p{L}\p{N}]*(?:19|20)\d\d[^\p{L}\p{N}]*$/u]

/** What a password may have been made of, where signs and digits were added to please a form. */
function coresOf(text: string): readonly string[] {
  const inner = beginnings.flatMap((first) =>
    endings.map((last) => text.replace(last, '').replace(first, '')),
  )
  const long = inner.filter((core) => core.length >= Math.max(shortestWord, text.length * smallestShare))
  const spelled = long.flatMap((core) => [core, decoded(core, 'i'), decoded(core, 'l')])
  return [...new Set(spelled.flatMap((core) => [core, [...core].reverse().join('')]))]
}

/** With letters for the digits and signs that stand for them. */
function decoded(text: string, one: 'i' | 'l'): string {
  const letters = Object.entries(standIns)
  return [...text]
    .map((sign) => {
      if (standIns[one]?.includes(sign)) return one
      return letters.find(([, signs]) => signs.includes(sign))?.[0] ?? sign
    })
    .join('')
}

/** Whether a text is one common word, however often, two of them without a sign between, or a few of the most used ones. */
function isWords(text: string, common: CommonPasswords): boolean {
  if (common.includes(text) || common.includes(unitOf(text)) || common.includes(bareOf(text))) return true
  if (isFewOfMostUsed(text, common)) return true
  if (text.length > longestPair || /[^\p{L}\p{N}]/u.test(text)) return false
  const parts = new Set(text.split(/\p{N}+/u))
  if (parts.size <= 2 && [...parts].every((part) => common.includes(part))) return true
  for (let at = shortestWord; at <= text.length - shortestWord; at += 1)
    if (common.includes(text.slice(0, at)) && common.includes(text.slice(at))) return true
  return false
}

/** Whether nothing but a few of the most used words is in a text, whatever stands between them, and be it nothing. */
function isFewOfMostUsed(text: string, common: CommonPasswords): boolean {
  if (text.length > fewWords * (longestMostUsed + 1)) return false
  const words = new Set(text.split(/\P{L}+/u).filter((part) => part !== ''))
  if (words.size === 0 || words.size > fewWords) return false
  if ([...words].every((word) => common.includesWord(word))) return true
  return isRunTogether(bareOf(text), fewWords, common)
}

function isRunTogether(text: string, words: number, common: CommonPasswords): boolean {
  if (text === '') return true
  if (words === 0) return false
  for (let size = shortestRun; size <= Math.min(longestMostUsed, text.length); size += 1)
    if (common.includesWord(text.slice(0, size)) && isRunTogether(text.slice(size), words - 1, common))
      return true
  return false
}

/** What a text repeats, signs aside; the text where it repeats nothing. */
function unitOf(text: string): string {
  const bare = bareOf(text)
  for (let size = 1; size <= bare.length / 2; size += 1) {
    const unit = bare.slice(0, size)
    if (bare.length % size === 0 && unit.repeat(bare.length / size) === bare) return unit
  }
  return text
}

const bareOf = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, '')
