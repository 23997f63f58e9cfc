import { confusables } from './confusables.generated.ts'

/*
 * Characters that pass for a Latin letter at a glance, beside the confusables of UTS 39. Capitals have a table of their
 * own, as many look like another letter than their small form does.
 */

const capitals = {
  A: 'ΑАᎪꓮΛɅΔ∆ᐃ∀',
  B: 'ΒВᏴꓐ',
  C: 'СϹᏟꓚ',
  D: 'ᎠꓓᗞƊ',
  E: 'ΕЕᎬꓰ',
  F: 'ϜꓝᖴҒ',
  G: 'ԌᏀꓖ',
  H: 'ΗНᎻꓧ',
  I: 'ΙІӀꓲ',
  J: 'ЈᎫꓙ',
  K: 'ΚКᏦꓗ',
  L: 'Ꮮꓡ',
  M: 'ΜМᎷꓟ',
  N: 'Νꓠ',
  O: 'ΟОՕꓳ',
  P: 'ΡРᏢꓑ',
  Q: 'Ԛ',
  R: 'ᎡꓣᏒ',
  S: 'ЅՏᏚꓢ',
  T: 'ΤТᎢꓔ',
  U: 'Սꓴ',
  V: 'ѴᏙꓦ',
  W: 'ԜᎳꓪ',
  X: 'ΧХꓫ',
  Y: 'ΥУҮꓬ',
  Z: 'ΖᏃꓜ',
}

const smallLetters = {
  a: 'аɑαᴀ@',
  b: 'Ьƅвβʙьƀ',
  c: 'сϲᴄ',
  d: 'ԁᴅđɗ',
  e: 'еҽεᴇєɛ€',
  f: 'ƒꜰ',
  g: 'ɡցɢ',
  h: 'һհнʜħ',
  i: 'іı1lіɩιǀ|ɪʟӏł',
  j: 'јϳᴊȷ',
  k: 'кκᴋ',
  m: 'мᴍ',
  n: 'ոпηɴŋ',
  o: 'оοօ0ᴏøσɵө',
  p: 'рρᴘ',
  q: 'ԛգ',
  r: 'гʀ',
  s: 'ѕ5ꜱ$',
  t: 'тτᴛŧ',
  u: 'υսцᴜμʋ',
  v: 'ѵνᴠ',
  w: 'ԝшᴡωա',
  x: 'хχ',
  y: 'уγʏү',
  z: 'ʐᴢ',
}

const inverted = (table: Readonly<Record<string, string>>): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(table).flatMap(([latin, others]) =>
      Array.from(others, (other) => [other, latin] as const),
    ),
  )

const confusableWith = inverted(confusables)
const capitalOf = inverted(capitals)
const letterOf = inverted(smallLetters)

/** Writes a name in the letters and digits that the eye reads it in, small ones, and nothing else. */
export function latinOf(name: string): string {
  const plain = name.normalize('NFKD')
  const known = Array.from(plain, (letter) => confusableWith.get(letter) ?? letter)
  const capital = Array.from(known.join(''), (letter) => capitalOf.get(letter) ?? letter).join('')
  const letters = Array.from(capital.toLowerCase(), (letter) => letterOf.get(letter) ?? letter)
  const visible = letters.join('').replace(/[^\p{L}\p{N}]|\p{Default_Ignorable_Code_Point}/gu, '')
  // Two that stand close read as one.
  return visible.replaceAll('rn', 'm').replaceAll('vv', 'w')
}
