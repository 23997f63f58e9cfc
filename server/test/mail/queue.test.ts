import pino from 'pino'
import { expect, test } from 'vitest'
import type { Mail } from '../../src/mail/mailer.ts'
import { openMailQueue } from '../../src/mail/queue.ts'

const mail: Mail = { to: 'ada@example.com', subject: 'A subject', text: 'A text' }
const busy = Object.assign(new Error('451 try again'), { responseCode: 451 })
const unknown = Object.assign(new Error('550 no such user'), { responseCode: 550 })
const unreached = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })

/** A queue to a server that fails so, one mail after the other, and then takes them. */
function queue(failures: readonly Error[], retries: readonly number[]) {
  const left = [...failures]
  const sent: Mail[] = []
  const outcomes: string[] = []
  let waiting = () => 0
  const metrics = {
    mail: (outcome: string) => {
      outcomes.push(outcome)
    },
    gauge: (_name: string, _help: string, read: () => number) => {
      waiting = read
    },
  }
  const send = async (one: Mail) => {
    const failure = left.shift()
    if (failure !== undefined) throw failure
    sent.push(one)
  }
  const post = openMailQueue({ send }, pino({ level: 'silent' }), metrics, retries)
  return { post, sent, outcomes, waiting: () => waiting() }
}

test('a mail that the server cannot take for now is sent again, as often as there are pauses', async () => {
  const { post, sent, outcomes } = queue([busy, unreached], [1, 1, 1])
  post.enqueue(async () => [mail])
  await expect.poll(() => sent).toEqual([mail])
  expect(outcomes).toEqual(['retried', 'retried', 'sent'])
  const hopeless = queue(Array(9).fill(unreached), [1, 1])
  hopeless.post.enqueue(async () => [mail])
  await expect.poll(() => hopeless.outcomes).toEqual(['retried', 'retried', 'failed'])
})

test('a mail that the server refuses for good is not', async () => {
  const { post, outcomes } = queue([unknown], [1])
  post.enqueue(async () => [mail])
  await expect.poll(() => outcomes).toEqual(['failed'])
})

test('what waits is counted, bounded, and tried once more at the stop', async () => {
  const hour = 3_600_000
  const { post, sent, outcomes, waiting } = queue([busy], [hour])
  post.enqueue(async () => [mail])
  await expect.poll(waiting).toBe(1)
  await expect.poll(() => outcomes).toEqual(['retried'])
  for (let time = 0; time < 1000; time += 1) post.enqueue(async () => [])
  expect(outcomes.filter((outcome) => outcome === 'dropped')).toHaveLength(1)
  await post.stop()
  expect(sent).toEqual([mail])
  expect(waiting()).toBe(0)
})
