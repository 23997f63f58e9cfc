// Each row of a keyboard, and the same with the shift key held; a row begins further to the right than the one above it.
const rows = [
  { keys: '1234567890-=', shifted: '!@#$%^&*()_+', offset: 0 },
  { keys: 'qwertyuiop[]', shifted: 'qwertyuiop{}', offset: 0.5 },
  { keys: "asdfghjkl;'", shifted: 'asdfghjkl:"', offset: 0.75 },
  { keys: 'zxcvbnm,./', shifted: 'zxcvbnm<>?', offset: 1.25 },
] as const

const places: ReadonlyMap<string, { readonly x: number; readonly y: number }> = new Map(
  rows.flatMap(({ keys, shifted, offset }, y) =>
    [keys, shifted].flatMap((signs) => [...signs].map((sign, x) => [sign, { x: x + offset, y }] as const)),
  ),
)

// Words have two neighbours here and there; three on the whole are a walk.
const shortestRun = 3

/** Whether a text in lower case is typed from key to neighbouring key, or counts on through letters or digits. */
export function isKeyboardWalk(text: string): boolean {
  const signs = [...text]
  const runs = signs.filter((sign, at) => at === 0 || !isNext(signs[at - 1] ?? '', sign)).length
  return runs * shortestRun <= signs.length
}

function isNext(one: string, other: string): boolean {
  if (Math.abs((one.codePointAt(0) ?? 0) - (other.codePointAt(0) ?? 0)) <= 1) return true
  const [from, to] = [places.get(one), places.get(other)]
  return (
    from !== undefined && to !== undefined && Math.abs(from.x - to.x) <= 1 && Math.abs(from.y - to.y) <= 1
  )
}
