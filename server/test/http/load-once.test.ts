import { expect, test } from 'vitest'
import { loadOnce } from '../../src/http/load-once.ts'

test('what is loaded once is loaded for all who ask, and again only after a load that failed', async () => {
  const outcomes = [() => Promise.reject(new Error('The file is missing.')), async () => 'loaded']
  const loads: (() => Promise<string>)[] = []
  const get = loadOnce(() => {
    const outcome = outcomes[loads.length] ?? (() => Promise.reject(new Error('It was loaded before.')))
    loads.push(outcome)
    return outcome()
  })
  const first = await Promise.allSettled([get(), get()])
  expect(first.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(loads).toHaveLength(1)
  expect(await Promise.all([get(), get(), get()])).toEqual(['loaded', 'loaded', 'loaded'])
  expect(loads).toHaveLength(2)
})
