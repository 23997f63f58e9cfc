import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { temporaryFolder } from '@stagedoor/testkit/command'
import pino from 'pino'
import { expect, onTestFinished, test } from 'vitest'
import type { Mail } from '../../src/mail/mailer.ts'
import { openMailQueue } from '../../src/mail/queue.ts'
import { StoreUnavailable } from '../../src/store/contract/errors.ts'
import type { MailStore } from '../../src/store/contract/mails.ts'
import { openSqliteStore } from '../../src/store/sqlite/store.ts'

const mail: Mail = { to: 'ada@example.com', subject: 'A subject', text: 'A text' }
const busy = Object.assign(new Error('451 try again'), { responseCode: 451 })
const unknown = Object.assign(new Error('550 no such user'), { responseCode: 550 })
const unreached = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })
const minute = 60_000

/** Queues of nodes that share a store, to a server that fails so, one mail after the other, and then takes them. */
function nodes(...failures: readonly Error[]) {
  const store = openSqliteStore({ file: join(temporaryFolder(), 'stagedoor.db') })
  const left = [...failures]
  const sent: Mail[] = []
  const outcomes: string[] = []
  let now = 1_700_000_000_000
  const deps = {
    store,
    log: pino({ level: 'silent' }),
    metrics: { mail: (outcome: string) => void outcomes.push(outcome) },
    clock: () => now,
    random: randomBytes,
  }
  const open = (
    send = async (one: Mail) => {
      const failure = left.shift()
      if (failure !== undefined) throw failure
      sent.push(one)
    },
    secret = 'a secret',
    shared: MailStore = store,
  ) => {
    const queue = openMailQueue({ ...deps, store: shared, mailer: { send }, secret: () => secret })
    onTestFinished(() => queue.stop())
    return queue
  }
  onTestFinished(() => store.close())
  const pass = (milliseconds: number) => {
    now += milliseconds
  }
  return { store, open, sent, outcomes, pass, now: () => now }
}

test('a mail that the server cannot take for now is sent again, as often as there are pauses', async () => {
  const { store, open, sent, outcomes, pass } = nodes(busy, unreached)
  const queue = open()
  queue.enqueue(async () => [mail])
  await expect.poll(() => outcomes).toEqual(['retried'])
  for (const outcome of ['retried', 'sent']) {
    await queue.send()
    pass(30_000)
    await queue.send()
    expect(outcomes.at(-1)).toBe(outcome)
  }
  expect(sent).toEqual([mail])
  expect(await store.countMails()).toBe(0)
})

test('a mail that the server refuses for good is given up, and so is one that is never taken', async () => {
  const refused = nodes(unknown)
  refused.open().enqueue(async () => [mail])
  await expect.poll(() => refused.outcomes).toEqual(['failed'])
  const { store, open, outcomes, pass } = nodes(...Array(9).fill(unreached))
  const queue = open()
  queue.enqueue(async () => [mail])
  await expect.poll(() => outcomes.length).toBe(1)
  for (let attempt = 2; attempt <= 5; attempt += 1) {
    pass(10 * minute)
    await queue.send()
  }
  expect(outcomes).toEqual(['retried', 'retried', 'retried', 'retried', 'failed'])
  await expect.poll(() => store.countMails()).toBe(0)
})

test('what had not left when a server ended is sent by the next, and is not to be read in the store', async () => {
  const { store, open, sent, outcomes, pass, now } = nodes(unreached)
  const first = open()
  first.enqueue(async () => [mail])
  await expect.poll(() => outcomes).toEqual(['retried'])
  await first.stop()
  expect(await store.countMails()).toBe(1)
  pass(minute)
  const claimed = await store.claimMail(now(), now() + 1)
  expect(Buffer.from(claimed?.sealed ?? []).includes('ada@example.com')).toBe(false)
  pass(minute)
  await open().send()
  expect(sent).toEqual([mail])
})

test('two nodes send each mail once, and one that died while sending is followed by the other', async () => {
  const { open, sent, pass } = nodes()
  const [one, other] = [open(), open()]
  const mails = Array.from({ length: 20 }, (_, at) => ({ ...mail, text: `${at}` }))
  one.enqueue(async () => mails)
  await expect
    .poll(async () => {
      await Promise.all([one.send(), other.send()])
      return sent.length
    })
    .toBe(20)
  expect(new Set(sent.map(({ text }) => text)).size).toBe(20)
  await one.stop()
  const taken = Promise.withResolvers<void>()
  const death = Promise.withResolvers<void>()
  const dying = open(() => {
    taken.resolve()
    return death.promise
  })
  dying.enqueue(async () => [mail])
  await taken.promise
  await other.send()
  expect(sent).toHaveLength(20)
  pass(6 * minute)
  await other.send()
  expect(sent).toHaveLength(21)
  death.resolve()
})

test('a mail that the server has taken is not sent again, though the store is away when that is to be noted', async () => {
  const { store, open, sent, outcomes, pass } = nodes()
  let failures = 2
  const queue = open(undefined, undefined, {
    ...store,
    settleMail: async (...values) => {
      failures -= 1
      if (failures >= 0) throw new StoreUnavailable('away')
      return store.settleMail(...values)
    },
  })
  queue.enqueue(async () => [mail])
  await expect.poll(() => store.countMails()).toBe(0)
  pass(10 * minute)
  await queue.send()
  expect(sent).toEqual([mail])
  expect(outcomes).toEqual(['sent'])
})

test('a node that was halted while it took a mail leaves it to the one that has it by now', async () => {
  const { store, open, sent, pass } = nodes()
  const other = open()
  let wasHalted = false
  const halted = open(undefined, undefined, {
    ...store,
    claimMail: async (...values) => {
      const claimed = await store.claimMail(...values)
      if (claimed === undefined || wasHalted) return claimed
      wasHalted = true
      pass(10 * minute)
      await other.send()
      return claimed
    },
  })
  halted.enqueue(async () => [mail])
  await expect.poll(() => store.countMails()).toBe(0)
  await halted.send()
  expect(sent).toEqual([mail])
})

test('mail that waits is bounded', async () => {
  const { store, open, outcomes, now } = nodes()
  await store.queueMails(Array(998).fill(new Uint8Array([1])), 1000, now() + minute)
  const queue = open(undefined, 'another secret')
  queue.enqueue(async () => [mail, mail, mail])
  await expect.poll(() => outcomes).toContain('dropped')
  for (let time = 0; time <= 1000; time += 1) queue.enqueue(async () => [])
  expect(outcomes.filter((outcome) => outcome === 'dropped')).toHaveLength(2)
})
