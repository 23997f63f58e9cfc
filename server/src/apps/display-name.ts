import { latinOf } from './confusables.ts'

const maximumLength = 64

/** Whether a text may name an app or a person: 1 to 64 printable characters, none invisible or reordering. */
export function isDisplayName(name: string): boolean {
  return (
    [...name].length <= maximumLength &&
    name.trim() === name &&
    name !== '' &&
    !/[\p{C}\p{Zl}\p{Zp}]/u.test(name) &&
    // What takes no room shows nothing, but for the marks that choose between a sign and its picture.
    !/(?![\ufe0e\ufe0f])\p{Default_Ignorable_Code_Point}/u.test(name)
  )
}

/** Folds a name to what the eye reads, so that an imitation and its model are the same text. */
export function nameKey(name: string): string {
  const letters = name.normalize('NFKD').replace(/[^\p{L}\p{N}]|\p{Default_Ignorable_Code_Point}/gu, '')
  return latinOf(letters)
}

// What somebody adds to a name to pass for its owner.
const claims =
  'the official real verified app apps application login signin account accounts id support help team staff admin security inc ltd llc web mobile desktop ios android beta hq com org net co'
    .split(' ')
    .map(nameKey)
    .join('|')

/** Whether a name is this brand's, or only adds to it what its owner would: "Official Audius App". */
export function imitates(name: string, brand: string): boolean {
  return new RegExp(`^(?:${claims})*${nameKey(brand)}(?:${claims})*$`).test(nameKey(name))
}
