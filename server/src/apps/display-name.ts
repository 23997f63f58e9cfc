import { latinOf } from './confusables.ts'

/** Folds a name to what the eye reads, so that an imitation and its model are the same text. */
export const nameKey = (name: string): string => latinOf(name)

// What somebody adds to a name to pass for its owner.
const claims =
  'the a my our your new official real genuine original verified certified app apps application login log in signin sign up on account accounts id support help team staff admin security inc ltd llc web mobile desktop ios android beta hq com org net co pro plus premium lite go one hub wallet pay bank cash coin token music player radio store shop studio studios labs live tv chat connect cloud one portal center service services system network platform protocol foundation rewards giveaway airdrop bonus claim verify verification update auth api sdk dev developer developers'
    .split(' ')
    .map(nameKey)
    .join('|')

// What says that something is for the brand's users, and not the brand's own.
const relation = /^(?:for|on|via|to|with)$/
// What a page of the brand itself would be called, whatever word stands between: "Sign in with Audius".
const ownPages = new Set(
  'log login in sign signin signup up on register account support help team staff admin security'.split(' '),
)

/**
 * Whether a name is this brand's or reads like something of the brand's own: the brand with whatever claims or noun
 * beside it. A name that says what it is for may end with the brand: "Uploader for Audius".
 */
export function imitates(name: string, brand: string): boolean {
  const key = nameKey(brand)
  if (new RegExp(`^(?:${claims})*${key}(?:${claims})*$`).test(nameKey(name))) return true
  const words = wordsOf(name)
  const wanted = wordsOf(brand)
  const at = words.findIndex((_, start) => wanted.every((word, index) => words[start + index] === word))
  if (at < 0) return false
  const isLast = at + wanted.length === words.length
  const before = words.slice(0, Math.max(0, at - 1))
  const saysWhatFor =
    isLast && relation.test(words[at - 1] ?? '') && before.some((word) => !ownPages.has(word))
  return !saysWhatFor
}

/** The words of a name as the eye reads them; a capital begins one. */
const wordsOf = (name: string): readonly string[] =>
  name
    .normalize('NFKD')
    .replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ')
    .split(/[\s\p{Z}\p{Pd}_./|:,;()[\]{}+&*!?]+/u)
    .map(nameKey)
    .filter((word) => word !== '')
