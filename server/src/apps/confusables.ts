/*
 * Characters that pass for a Latin letter at a glance: the part of UTS 39's confusables in which a name could be
 * written. Capitals have a table of their own, as many look like another letter than their small form does.
 */

const capitals = {
  A: 'ΑАᎪꓮ',
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
  a: 'аɑαᴀ',
  b: 'Ьƅвβʙьƀ',
  c: 'сϲᴄ',
  d: 'ԁᴅđɗ',
  e: 'еҽεᴇєɛ',
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
  s: 'ѕ5ꜱ',
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

const capitalOf = inverted(capitals)
const letterOf = inverted(smallLetters)

/** Writes a word in the letters that the eye reads it in, small ones. */
export function latinOf(word: string): string {
  const capital = Array.from(word, (letter) => capitalOf.get(letter) ?? letter).join('')
  const letters = Array.from(capital.toLowerCase(), (letter) => letterOf.get(letter) ?? letter)
  // Two that stand close read as one.
  return letters.join('').replaceAll('rn', 'm').replaceAll('vv', 'w')
}
