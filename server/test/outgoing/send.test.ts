import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { isPublicAddress } from '../../src/outgoing/public-address.ts'
import { openSend } from '../../src/outgoing/send.ts'

const bounds = { timeoutMs: 2000, maxBytes: 1000 }
const get = (url: string) => ({ url: new URL(url), method: 'GET' as const, headers: {} })
const family = (address: string) => ({ address, family: address.includes(':') ? 6 : 4 })

async function serverOf(answer: (response: import('node:http').ServerResponse) => void) {
  const server = createServer((_, response) => answer(response))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  // Listening on a port, it has an address with one.
  return `http://service.example:${(server.address() as AddressInfo).port}/`
}

test.each([
  ...[
    '127.0.0.1',
    '127.255.255.254',
    '10.0.0.1',
    '172.16.9.9',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
  ],
  ...[
    '0.0.0.0',
    '192.0.0.1',
    '192.0.2.1',
    '198.18.0.1',
    '198.51.100.7',
    '203.0.113.9',
    '224.0.0.1',
    '255.255.255.255',
  ],
  ...['::', '::1', 'fe80::1', 'fc00::1', 'fd12:3456::1', 'ff02::1', '2001:db8::1', 'fec0::1'],
  ...['::ffff:10.0.0.1', '::ffff:7f00:1', '::127.0.0.1', '64:ff9b::10.0.0.1', '64:ff9b::a9fe:a9fe'],
  ...[
    '64:ff9b:1::a00:1',
    '2002:7f00:1::',
    '2002:a00:1::1',
    '2001:0:7f00:1::',
    '2001:10::1',
    '100::1',
    '4000::1',
  ],
])('%s is no address of the public internet (IN-2)', (address) => {
  expect(isPublicAddress(address)).toBe(false)
})

test.each(['93.184.216.34', '8.8.8.8', '2606:4700::1111', '::ffff:8.8.8.8', '64:ff9b::8.8.8.8'])(
  '%s is one',
  (address) => {
    expect(isPublicAddress(address)).toBe(true)
  },
)

test.each([
  ...['http://127.0.0.1/', 'http://127.1/', 'http://0x7f.1/', 'http://2130706433/', 'http://0177.0.0.1/'],
  ...['http://[::1]/', 'http://[::ffff:127.0.0.1]/', 'http://[64:ff9b::7f00:1]/', 'http://localhost/'],
  ...['http://169.254.169.254/latest/meta-data/', 'http://[fd00:ec2::254]/', 'https://10.0.0.1/'],
])('%s is asked for nothing (IN-2)', async (url) => {
  await expect(openSend(() => false)(get(url), bounds)).rejects.toMatchObject({ fault: 'private' })
})

test('a name is asked for nothing when one of its addresses is not public (IN-2)', async () => {
  const both = async () => [family('93.184.216.34'), family('10.0.0.1')]
  await expect(openSend(() => false, both)(get('http://mixed.example/'), bounds)).rejects.toMatchObject({
    fault: 'private',
  })
})

test('a name that leads elsewhere the second time is looked up once, and connected to as it was judged (IN-2)', async () => {
  const url = await serverOf((response) => response.end('first'))
  const answers = [['127.0.0.1'], ['127.0.0.2']]
  let lookups = 0
  const rebinding = async () => (answers[lookups++] ?? []).map(family)
  const send = openSend((address) => address === '127.0.0.1', rebinding)
  expect(String((await send(get(url), bounds)).body)).toBe('first')
  expect(lookups).toBe(1)
  await expect(send(get(url), bounds)).rejects.toMatchObject({ fault: 'private' })
})

const local = async () => [family('127.0.0.1')]
const send = openSend((address) => address === '127.0.0.1', local)

test('a redirect is an answer, and leads nowhere', async () => {
  const url = await serverOf((response) =>
    response.writeHead(302, { location: 'http://169.254.169.254/' }).end(),
  )
  expect((await send(get(url), bounds)).status).toBe(302)
})

test('what is longer than its bound is not read, whatever its length says', async () => {
  const url = await serverOf((response) => {
    response.write('x'.repeat(600))
    response.write('x'.repeat(600))
  })
  await expect(send(get(url), bounds)).rejects.toMatchObject({ fault: 'large' })
})

test('where the status is all that is wanted, a body that is long or never ends is not waited for', async () => {
  const never = await serverOf((response) => {
    response.writeHead(202).flushHeaders()
  })
  const long = await serverOf((response) => {
    response.write('x'.repeat(1_000_000))
  })
  for (const [url, status] of [
    [never, 202],
    [long, 200],
  ] as const)
    expect(await send(get(url), { timeoutMs: 5_000, maxBytes: 0 })).toMatchObject({
      status,
      body: Buffer.alloc(0),
    })
})

test.each([
  ['says nothing', () => {}],
  ['never ends', (response: import('node:http').ServerResponse) => response.write('a')],
])('a server that %s is waited for no longer than is allowed', async (_, answer) => {
  const url = await serverOf(answer)
  await expect(send(get(url), { ...bounds, timeoutMs: 50 })).rejects.toMatchObject({ fault: 'late' })
})

test('a look-up that never ends is waited for no longer either', async () => {
  const never = openSend(
    () => true,
    () => new Promise(() => {}),
  )
  await expect(never(get('http://slow.example/'), { ...bounds, timeoutMs: 50 })).rejects.toMatchObject({
    fault: 'late',
  })
})

test('no more than so many are under way at once', async () => {
  const url = await serverOf(() => {})
  const waiting = Array.from({ length: 32 }, () =>
    send(get(url), { ...bounds, timeoutMs: 200 }).catch(() => 'late'),
  )
  await expect(send(get(url), bounds)).rejects.toMatchObject({ fault: 'busy' })
  expect(await Promise.all(waiting)).toEqual(waiting.map(() => 'late'))
})
