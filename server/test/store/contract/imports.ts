import { expect, test } from 'vitest'
import type { Store } from '../../../src/store/contract/store.ts'
import { addUser, atOnce, second, start } from '../world.ts'

/** What a store must do for archives that are read in. */
export function importsContract(store: () => Store): void {
  test('of imports of one user one is under way, and another once it gives no sign of life', async () => {
    const { id } = await addUser(store())
    const begin = (now: number) => atOnce(9, () => store().beginImport(id, 2, now, now - 30 * second))
    expect((await begin(start)).filter(Boolean)).toHaveLength(1)
    expect((await begin(start + 30 * second)).filter(Boolean)).toHaveLength(0)
    expect((await begin(start + 30 * second + 1)).filter(Boolean)).toHaveLength(1)
  })

  test('one that was halted says nothing of the one that has begun since', async () => {
    const { id } = await addUser(store())
    const at = (updatedAt: number, words: string | null = null) =>
      ({ state: 'working', words, done: 1, total: 2, updatedAt }) as const
    await store().beginImport(id, 2, start, start - 30 * second)
    expect(await store().noteImport(id, at(start + second), start)).toBe(true)
    // Whose answer was lost in between notes the next by the time it gave last.
    expect(await store().noteImport(id, at(start + 3 * second), start + 2 * second)).toBe(true)
    const now = start + 60 * second
    expect(await store().beginImport(id, 5, now, now - 30 * second)).toBe(true)
    expect(await store().noteImport(id, at(now + second, 'Late'), start + 3 * second)).toBe(false)
    expect(await store().findImport(id)).toMatchObject({ words: null, total: 5, updatedAt: now })
  })
}
