import type { Random } from './secret.ts'

const poolBytes = 4096

/** Random bytes from a source that is asked for many at once, as asking costs more than the bytes. Each byte is given once. */
export function pooled(random: Random): Random {
  let pool: Uint8Array = new Uint8Array()
  let given = 0
  return (bytes) => {
    if (bytes > poolBytes) return random(bytes)
    if (given + bytes > pool.length) {
      pool = random(poolBytes)
      given = 0
    }
    // A copy: the `slice` of a Buffer is none.
    const taken = new Uint8Array(pool.subarray(given, given + bytes))
    pool.fill(0, given, given + bytes)
    given += bytes
    return taken
  }
}
