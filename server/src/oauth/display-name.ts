const maximumLength = 64

// Letters of other scripts that pass for a Latin one at a glance (a part of UTS 39's confusables).
const lookalikes: ReadonlyMap<string, string> = new Map(
  Object.entries({
    a: 'аɑα',
    b: 'Ьƅ',
    c: 'сϲ',
    d: 'ԁ',
    e: 'еҽ',
    g: 'ɡց',
    h: 'һհ',
    i: 'іı1lіɩιǀ|',
    j: 'јϳ',
    k: 'кκ',
    m: 'м',
    n: 'ոп',
    o: 'оοօ0',
    p: 'рρ',
    q: 'ԛգ',
    r: 'г',
    s: 'ѕ5',
    t: 'тτ',
    u: 'υսц',
    v: 'ѵν',
    w: 'ԝш',
    x: 'хχ',
    y: 'уγ',
    z: 'ʐ',
  }).flatMap(([latin, others]) => Array.from(others, (other) => [other, latin] as const)),
)

/** Whether a text may name an app or a person: 1 to 64 printable characters, none invisible or reordering. */
export function isDisplayName(name: string): boolean {
  return (
    [...name].length <= maximumLength &&
    name.trim() === name &&
    name !== '' &&
    !/[\p{C}\p{Zl}\p{Zp}]/u.test(name)
  )
}

/** Folds a name to what the eye reads, so that an imitation and its model are the same text. */
export function nameKey(name: string): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
  return Array.from(plain, (letter) => lookalikes.get(letter) ?? letter).join('')
}
