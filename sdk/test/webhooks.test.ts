import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { verifyWebhook } from '../src/webhooks.ts'

const key = Buffer.from('a key of a webhook of thirty-two')
const secret = `whsec_${key.toString('base64')}`
const now = Date.UTC(2026, 10, 26)
const body = '{"type":"access.ended","timestamp":"2026-11-26T00:00:00.000Z","data":{"user_id":"x7Yz2"}}'

function signed(changes: Readonly<Record<string, string>> = {}, by = key) {
  const id = 'msg_7'
  const time = String(now / 1000)
  const signature = createHmac('sha256', by).update(`${id}.${time}.${body}`).digest('base64')
  return {
    'webhook-id': id,
    'webhook-timestamp': time,
    'webhook-signature': `v1,${signature}`,
    ...changes,
  }
}

test('a signed message is read, from either kind of headers', async () => {
  const message = { id: 'msg_7', type: 'access.ended', userId: 'x7Yz2', timestamp: new Date(now) }
  expect(await verifyWebhook({ headers: signed(), body }, secret, { now })).toEqual(message)
  expect(await verifyWebhook({ headers: new Headers(signed()), body }, secret, { now })).toEqual(message)
})

test('while one secret takes the place of another, either signs', async () => {
  const other = `whsec_${Buffer.from('another').toString('base64')}`
  expect(await verifyWebhook({ headers: signed(), body }, [other, secret], { now })).not.toBeNull()
  const two = { 'webhook-signature': `v1,AAAA ${signed()['webhook-signature']}` }
  expect(await verifyWebhook({ headers: signed(two), body }, secret, { now })).not.toBeNull()
})

test.each([
  ['of another secret', signed({}, Buffer.from('another')), body],
  ['with another body', signed(), body.replace('x7Yz2', 'y7Yz2')],
  ['under another id', signed({ 'webhook-id': 'msg_8' }), body],
  [
    'of another version',
    signed({ 'webhook-signature': signed()['webhook-signature'].replace('v1', 'v2') }),
    body,
  ],
  ['without a signature', signed({ 'webhook-signature': '' }), body],
  ['with a signature that is no base64', signed({ 'webhook-signature': 'v1,*' }), body],
  ['with a time that is none', signed({ 'webhook-timestamp': 'now' }), body],
])('a message %s is nobody’s', async (_, headers, text) => {
  expect(await verifyWebhook({ headers, body: text }, secret, { now })).toBeNull()
})

test.each([-301_000, 301_000])('a message that is %i ms off is taken no more', async (off) => {
  expect(await verifyWebhook({ headers: signed(), body }, secret, { now: now + off })).toBeNull()
})

test('what is no secret is told apart from what is no message', async () => {
  await expect(verifyWebhook({ headers: signed(), body }, 'whsec_', { now })).rejects.toThrow('whsec_')
})
