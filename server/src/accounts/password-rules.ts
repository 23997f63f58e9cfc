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
  if (isMadeOf(password, whose, isCommon))
    return 'This password is made of your handle, your name or ours. Choose one that nobody would guess.'
  if (variants(password).some(isCommon))
    return 'This password is one of the most used. Choose one that nobody would guess.'
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
/** The first letter that each of them stands for. */
const letterFor: ReadonlyMap<string, string> = new Map(
  Object.entries(standIns)
    .reverse()
    .flatMap(([letter, signs]) => [...signs.slice(1)].map((sign) => [sign, letter] as const)),
)

/** A password, and what it was made of where signs, digits at its ends and digits for letters were added to please a form. */
function variants(password: string): readonly string[] {
  const inner = password.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
  return [
    password,
    withoutSigns(password),
    inner,
    [...inner].map((sign) => letterFor.get(sign) ?? sign).join(''),
  ]
}

const withoutSigns = (text: string): string => text.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '')

/**
 * Whether nothing but digits and signs, or one of the most used passwords, is left of a password without the names: in any
 * case, forwards or backwards, and with digits for letters.
 */
function isMadeOf(password: string, { handle, name, brand }: Whose, isCommon: CommonPasswords): boolean {
  const names = [handle, name, brand]
    .flatMap((text) => [text, ...text.split(/[^\p{L}\p{N}]+/u)])
    .map(plain)
    .flatMap((text) => [text, [...text].reverse().join('')])
  const longestFirst = [...new Set(names)]
    .filter((text) => text.length >= shortestName)
    .sort((one, other) => other.length - one.length)
  const text = fold(password)
  const rest = longestFirst.reduce((left, each) => left.replace(written(each), ' '), text)
  if (rest === text) return false
  return (rest.match(/\p{L}/gu) ?? []).length <= fewLetters || isCommon(withoutSigns(rest))
}

const fold = (text: string): string =>
  opaqueString(text).normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()

const plain = (text: string): string => fold(text).replace(/[^\p{L}\p{N}]/gu, '')

// With whatever signs between its letters.
const written = (name: string): RegExp =>
  new RegExp([...name].map((letter) => `[${standIns[letter] ?? letter}]`).join('[^\\p{L}\\p{N}]*'), 'gu')
