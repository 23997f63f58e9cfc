import { expect, test } from 'vitest'
import type { Store } from '../../../src/store/contract/store.ts'
import { atOnce, minute, start } from '../world.ts'

/** What a store must do for mail that waits. */
export function mailsContract(store: () => Store): void {
  const sealed = Uint8Array.from([1, 2, 3])
  const claim = (now = start) => store().claimMail(now, now + minute)

  test('of nodes that ask at once one gets it, and another once its time is up', async () => {
    expect(await store().queueMails([sealed], 10, start)).toBe(1)
    const claimed = (await atOnce(20, () => claim())).filter((mail) => mail !== undefined)
    expect(claimed.map(({ attempt }) => attempt)).toEqual([1])
    expect(claimed.map((mail) => [...mail.sealed])).toEqual([[1, 2, 3]])
    const [first] = claimed
    if (first === undefined) return expect.unreachable()
    const second = await claim(start + minute)
    expect(second).toMatchObject({ id: first.id, attempt: 2 })
    // Who was overtaken changes nothing.
    expect(await store().settleMail(first, null)).toBe(false)
    expect(await store().settleMail({ ...first, attempt: 2 }, start + 5 * minute)).toBe(true)
    expect(await claim(start + 4 * minute)).toBeUndefined()
    expect(await claim(start + 5 * minute)).toMatchObject({ attempt: 3 })
    expect(await store().settleMail({ ...first, attempt: 3 }, null)).toBe(true)
    expect(await store().countMails()).toBe(0)
  })

  test('never more wait than may, whoever queues', async () => {
    const taken = await atOnce(20, () => store().queueMails([sealed, sealed], 15, start))
    expect(taken.reduce((sum, each) => sum + each, 0)).toBe(15)
    expect(await store().countMails()).toBe(15)
  })
}
