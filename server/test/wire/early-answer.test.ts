import { Agent, request } from 'node:http'
import { Sender } from '@stagedoor/testkit/tus-sender'
import { describe, expect, test } from 'vitest'
import { apiServer } from './api.ts'

const { server, nova, jun } = await apiServer()
const hers = new Sender(server.url, nova.write)
const his = new Sender(server.url, jun.write)
const page = Buffer.concat([Buffer.from('<!doctype html>'), Buffer.alloc(1_000_000, 'x')])

interface Answered {
  readonly status: number
  readonly body: string
  readonly port: number
  readonly connection: string
}

/** One request on a connection of the agent's. */
function ask(
  agent: Agent,
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body?: Uint8Array,
): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const length = { 'content-length': String(body?.length ?? 0) }
    const sent = request(new URL(path, server.url), { method, agent, headers: { ...headers, ...length } })
    sent.once('response', (response) => {
      let text = ''
      const port = response.socket.localPort ?? 0
      response.setEncoding('utf8').on('data', (part) => {
        text += part
      })
      response.once('end', () => {
        const connection = response.headers.connection ?? ''
        resolve({ status: response.statusCode ?? 0, body: text, port, connection })
      })
    })
    sent.once('error', reject).end(body)
  })
}

const tus = (token: string, offset: number) => ({
  'tus-resumable': '1.0.0',
  authorization: `Bearer ${token}`,
  'upload-offset': String(offset),
  'content-type': 'application/offset+octet-stream',
})

describe('a body that is not wanted is answered whole, and its connection serves the next request:', () => {
  const receiving = () => hers.create(page.length, { filename: 'song.mp3' })
  test.each<[string, number, () => Promise<readonly [string, Readonly<Record<string, string>>]>]>([
    ['no audio', 422, async () => [await receiving(), tus(nova.write, 0)]],
    ['another offset', 409, async () => [await receiving(), tus(nova.write, 9)]],
    [
      'more than was declared',
      413,
      async () => [await hers.create(20, { filename: 'song.mp3' }), tus(nova.write, 0)],
    ],
    [
      'another media type',
      415,
      async () => [await receiving(), { ...tus(nova.write, 0), 'content-type': 'text/plain' }],
    ],
    ['an upload of somebody else', 404, async () => [await receiving(), tus(jun.write, 0)]],
    ['no upload', 404, async () => [`${server.url}/files/${'x'.repeat(32)}`, tus(nova.write, 0)]],
    ['a token that may only read', 403, async () => [await receiving(), tus(nova.read, 0)]],
    [
      'another version of tus',
      412,
      async () => [await receiving(), { ...tus(nova.write, 0), 'tus-resumable': '0.2' }],
    ],
  ])('%s', async (_, status, prepare) => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    try {
      for (let times = 0; times < 3; times += 1) {
        const [url, headers] = await prepare()
        const refused = await ask(agent, 'PATCH', url, headers, page)
        expect(refused.status).toBe(status)
        expect(JSON.parse(refused.body)).toMatchObject({ error_description: expect.stringMatching(/\.$/) })
        const began = performance.now()
        expect((await ask(agent, 'GET', '/healthz', {})).status).toBe(200)
        // Not behind the five seconds for which a body that nobody reads is waited for.
        expect(performance.now() - began).toBeLessThan(4000)
      }
    } finally {
      agent.destroy()
    }
  })

  test('a second writer', async () => {
    const url = await his.create(page.length, { filename: 'song.mp3' })
    const slow = ask(new Agent(), 'PATCH', url, tus(jun.write, 0), page).catch(() => undefined)
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const answers = await Promise.all([1, 2, 3].map(() => ask(agent, 'PATCH', url, tus(jun.write, 0), page)))
    for (const { status } of answers) expect([404, 409, 422, 423]).toContain(status)
    agent.destroy()
    await slow
  })

  test.each([
    ['a JSON body that is too long', '/v1/tracks', 413],
    ['the same where there is no call', '/v1/nowhere', 413],
  ])('%s', async (_, path, status) => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const headers = { authorization: `Bearer ${nova.write}`, 'content-type': 'application/json' }
    for (let times = 0; times < 3; times += 1) {
      expect((await ask(agent, 'POST', path, headers, page)).status).toBe(status)
      expect((await ask(agent, 'GET', '/healthz', {})).status).toBe(200)
    }
    agent.destroy()
  })
})

test('of a body that goes on and on the answer arrives before the end, and says that the connection ends', async () => {
  const url = await hers.create(200_000_000, { filename: 'song.mp3' })
  const parts = function* () {
    yield Buffer.from('<!doctype html>')
    for (;;) yield Buffer.alloc(64 * 1024)
  }
  const answer = await new Promise<Answered>((resolve, reject) => {
    const sent = request(url, {
      method: 'PATCH',
      agent: new Agent({ keepAlive: true }),
      headers: { ...tus(nova.write, 0), 'content-length': '200000000' },
    })
    sent.once('response', (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (part) => {
        text += part
        if (text.endsWith('}'))
          resolve({
            status: response.statusCode ?? 0,
            body: text,
            port: 0,
            connection: response.headers.connection ?? '',
          })
      })
    })
    sent.on('error', reject)
    const source = parts()
    const go = () => {
      while (!sent.destroyed && sent.write(source.next().value));
    }
    sent.on('drain', go)
    go()
  })
  expect(answer).toMatchObject({ status: 422, connection: 'close' })
  expect(JSON.parse(answer.body)).toMatchObject({ error_description: expect.stringMatching(/a web page/) })
})
