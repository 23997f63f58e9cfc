import { expect, test } from 'vitest'
import type { Platform } from '../src/platform/platform.ts'
import { answerIn } from '../src/protocol/authorization-response.ts'
import { parseTransaction, recordOf, transactionsOf } from '../src/protocol/transaction.ts'

test.each([
  ['https://app.example/?state=s', null],
  ['https://app.example/?code=c', null],
  ['https://app.example/?error=access_denied', null],
  ['https://app.example/#code=c&error=access_denied', null],
  ['https://app.example/?tenant=1&code=c&state=s&iss=i&page=2', 'https://app.example/?tenant=1&page=2'],
  ['https://app.example/?tenant=1#code=c&state=s&at=top', 'https://app.example/?tenant=1#at=top'],
  ['https://app.example/?error=access_denied&state=s#part', 'https://app.example/#part'],
])('of %s is an answer, and is left: %s', (url, clean) => {
  expect(answerIn(url)?.cleanUrl ?? null).toBe(clean)
})

const kept = { verifier: 'verifier-kept', redirectUri: 'https://app.example/', mode: 'popup', createdAt: 1 }

test.each([{ mode: 'tab' }, { mode: null }, { verifier: 7 }, { redirectUri: null }, { createdAt: 'now' }])(
  'a kept login with %j is none',
  (wrong) => {
    expect(parseTransaction('s', kept)).toEqual({ state: 's', ...kept })
    expect(parseTransaction('s', { ...kept, ...wrong })).toBeNull()
  },
)

test('a login that waits is foreign when another app on this origin began it, and no other is', async () => {
  const records = new Map<string, string>()
  const storage: Platform['storage'] = {
    keys: () => [...records.keys()],
    get: (key) => records.get(key) ?? null,
    set: (key, value) => records.set(key, value).has(key),
    remove: (key) => void records.delete(key),
  }
  const own = transactionsOf({ storage, lock: (_name, task) => task() }, 'own')
  records.set(recordOf('own', 'mine'), JSON.stringify(kept))
  records.set(recordOf('other', 'theirs'), JSON.stringify(kept))
  expect(['mine', 'theirs', 'nobodys'].map(own.isForeign)).toEqual([false, true, false])
  // Taking what is not there leaves nothing behind.
  expect(await own.take('nobodys')).toBeNull()
  expect(records.size).toBe(2)
})
