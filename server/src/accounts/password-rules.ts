import { passwordLength, passwordLengthWords } from '../limits.ts'
import type { CommonPasswords } from './common-passwords.ts'
import { isGuessable, standIns } from './guessable.ts'
import { lengthOf, opaqueString } from './password.ts'

/** Whose password it is to be: what it may not be made of. */
export interface Whose {
  readonly handle: string
  readonly name: string
  readonly email: string
  /** This server's own name. */
  readonly brand: string
}

const better = 'Use three or four words that do not belong together.'

/** Says in words why a password may not be chosen; undefined when it may. */
export function passwordProblem(password: string, whose: Whose, common: CommonPasswords): string | undefined {
  const length = lengthOf(password)
  if (length < passwordLength.least || length > passwordLength.most)
    return `Use ${passwordLengthWords} for your password.`
  if (/\p{Cc}/u.test(password)) return 'Use letters, digits, signs and spaces for your password.'
  if (isMadeOf(password, whose, common))
    return `This password is made of your handle, name or email, or of our name. ${better}`
  if (isGuessable(password, common))
    return `This password is one of the most used, or easily guessed. ${better}`
  return undefined
}

const shortestName = 3

const withoutSigns = (text: string): string => text.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '')

/**
 * Whether what is left of a password without the names is no password by itself: has too few letters, or is one of the most
 * used. Names count in any case, forwards or backwards, and with digits for letters.
 */
function isMadeOf(password: string, whose: Whose, common: CommonPasswords): boolean {
  const longestFirst = namesOf(whose).sort((one, other) => other.length - one.length)
  const text = [...fold(password)]
  const rest = longestFirst.reduce<readonly string[]>(without, text)
  if (rest.length === text.length && rest.every((letter, at) => letter === text[at])) return false
  const left = rest.join('')
  return (left.match(/\p{L}/gu) ?? []).length < passwordLength.least || common.includes(withoutSigns(left))
}

function namesOf({ handle, name, email, brand }: Whose): string[] {
  // The domain is that of many people.
  const mailbox = email.replace(/@.*/s, '')
  const names = [handle, name, brand, mailbox]
    .flatMap((text) => [text, ...text.split(/[^\p{L}\p{N}]+/u)])
    .map(plain)
    .filter((text) => text.length >= shortestName)
  return [...new Set(names.flatMap((text) => [text, [...text].reverse().join('')]))]
}

const fold = (text: string): string =>
  opaqueString(text).normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()

const plain = (text: string): string => fold(text).replace(/[^\p{L}\p{N}]/gu, '')

/** A text with a space for each time that a name stands in it, with whatever signs between its letters. */
function without(text: readonly string[], name: string): readonly string[] {
  const letters = [...name]
  const rest: string[] = []
  for (let at = 0; at < text.length; ) {
    const end = endOf(letters, text, at)
    rest.push(end === undefined ? (text[at] ?? '') : ' ')
    at = end ?? at + 1
  }
  return rest
}

/** Where a name ends that begins at a place of a text; undefined where none does. */
function endOf(letters: readonly string[], text: readonly string[], from: number): number | undefined {
  // The shortest names are parts of many words, and count as words of their own.
  const isShortest = letters.length <= shortestName
  if (isShortest && isLetter(text[from - 1])) return undefined
  let at = from
  for (const letter of letters) {
    while (at > from && !standsFor(text[at], letter) && isSign(text[at])) at += 1
    if (!standsFor(text[at], letter)) return undefined
    at += 1
  }
  return isShortest && isLetter(text[at]) ? undefined : at
}

const standsFor = (sign: string | undefined, letter: string): boolean =>
  sign !== undefined && (standIns[letter] ?? letter).includes(sign)
const isLetter = (sign = ''): boolean => /^\p{L}/u.test(sign)
const isSign = (sign: string | undefined): boolean => sign !== undefined && !/^[\p{L}\p{N}]/u.test(sign)
