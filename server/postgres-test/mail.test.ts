import { randomBytes } from 'node:crypto'
import { startSmtpServer } from '@stagedoor/testkit/smtp-server'
import pino from 'pino'
import { expect, onTestFinished, test } from 'vitest'
import { newDatabase } from '../../testkit/databases.ts'
import { openMailQueue } from '../src/mail/queue.ts'
import { smtpMailer } from '../src/mail/smtp.ts'
import { openPostgresStore } from '../src/store/postgres/store.ts'

const count = 24
/** How the mail server is with one connection after the other, until it has come to itself. */
const moods = [
  { refusal: '451 try again' },
  { hangsUp: true },
  {},
  { isSilent: true },
  { refusal: '421 closing' },
  {},
  { hangsUp: true },
  { refusal: '452 too much' },
]

test('of two nodes whose mail server is silent, busy and hangs up, each mail that it takes is taken once, and all are', async () => {
  const url = await newDatabase()
  if (url === undefined) throw new Error('There is no PostgreSQL to test on')
  const server = await startSmtpServer((connection) => moods[connection] ?? {})
  onTestFinished(server.stop)
  let ahead = 0
  const outcomes: string[] = []
  const queues = await Promise.all(
    [1, 2].map(async () => {
      const store = await openPostgresStore({ url, connections: 4, prepares: true })
      const queue = openMailQueue({
        store,
        mailer: smtpMailer({ url: new URL(`smtp://localhost:${server.port}`), from: 'login@example.com' }),
        log: pino({ level: 'silent' }),
        metrics: { mail: (outcome) => void outcomes.push(outcome) },
        clock: () => Date.now() + ahead,
        random: randomBytes,
        secret: () => 'a secret',
      })
      onTestFinished(async () => {
        await queue.stop()
        await store.close()
      })
      return { store, queue }
    }),
  )
  const [first] = queues
  if (first === undefined) throw new Error('There is no node')
  first.queue.enqueue(async () =>
    Array.from({ length: count }, (_, n) => ({
      to: 'ada@example.com',
      subject: `Mail ${n}`,
      text: 'A text',
    })),
  )
  await expect.poll(() => outcomes.length).toBeGreaterThan(moods.length)
  await expect
    .poll(async () => {
      // The pauses between attempts pass at once; what is under way is nobody else's for longer.
      ahead += 15_000
      await Promise.all(queues.map(({ queue }) => queue.send()))
      return first.store.countMails()
    })
    .toBe(0)
  const subjects = server.received.map(({ data }) => /^Subject: (.*)$/m.exec(data)?.[1])
  expect(subjects.sort()).toEqual(Array.from({ length: count }, (_, n) => `Mail ${n}`).sort())
  expect(outcomes.filter((outcome) => outcome !== 'sent')).toEqual(
    Array(moods.filter((mood) => Object.keys(mood).length > 0).length).fill('retried'),
  )
})
