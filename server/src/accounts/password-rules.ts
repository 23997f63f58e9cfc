import { passwordLength, passwordLengthWords } from '../limits.ts'
import type { CommonPasswords } from './common-passwords.ts'
import { lengthOf, opaqueString } from './password.ts'

/** Whose password it is to be: what it may not be made of. */
export interface Whose {
  readonly handle: string
  readonly name: string
  /** This server's own name. */
  readonly brand: string
}

/** Says in words why a password may not be chosen; undefined when it may. */
export function passwordProblem(
  password: string,
  whose: Whose,
  isCommon: CommonPasswords,
): string | undefined {
  const length = lengthOf(password)
  if (length < passwordLength.least || length > passwordLength.most)
    return `Use ${passwordLengthWords} for your password.`
  if (/\p{Cc}/u.test(password)) return 'Use letters, digits, signs and spaces for your password.'
  if (isCommon(password)) return 'This password is one of the most used. Choose one that nobody would guess.'
  if (isMadeOf(password, whose))
    return 'This password is made of your handle, your name or ours. Choose one that nobody would guess.'
  return undefined
}

// Letters that make a word another one. Fewer do not.
const fewLetters = 2
const shortestName = 3

// Digits and signs that stand for letters.
const standIns: Readonly<Record<string, string>> = {
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

/** Whether nothing but digits and signs is left of a password without the names, in any case and with digits for letters. */
function isMadeOf(password: string, { handle, name, brand }: Whose): boolean {
  const names = [handle, name, brand].flatMap((text) => [text, ...text.split(/[^\p{L}\p{N}]+/u)]).map(plain)
  const longestFirst = [...new Set(names)]
    .filter((text) => text.length >= shortestName)
    .sort((one, other) => other.length - one.length)
  const text = fold(password)
  const rest = longestFirst.reduce((left, each) => left.replace(written(each), ' '), text)
  return rest !== text && (rest.match(/\p{L}/gu) ?? []).length <= fewLetters
}

const fold = (text: string): string =>
  opaqueString(text).normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()

const plain = (text: string): string => fold(text).replace(/[^\p{L}\p{N}]/gu, '')

// With whatever signs between its letters.
const written = (name: string): RegExp =>
  new RegExp([...name].map((letter) => `[${standIns[letter] ?? letter}]`).join('[^\\p{L}\\p{N}]*'), 'gu')
