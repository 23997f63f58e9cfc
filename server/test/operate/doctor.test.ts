import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { request as ask, createServer } from 'node:http'
import { join } from 'node:path'
import { command, temporaryFolder } from '@stagedoor/testkit/command'
import { httpsServer } from '@stagedoor/testkit/https-server'
import { freePort } from '@stagedoor/testkit/ports'
import { fileServer, ownServer } from '@stagedoor/testkit/server'
import { describe, expect, onTestFinished, test } from 'vitest'
import { forwardingFinding } from '../../src/cli/doctor-proxy.ts'
import { plainHttpFinding } from '../../src/cli/doctor-tls.ts'
import { meantBy } from '../../src/cli/misspelt.ts'

const server = await fileServer()
const secure = await httpsServer()

/** What the doctor finds in an installation with these settings, by name. */
async function found(settings: Readonly<Record<string, string>>) {
  const { code, out } = await command(['doctor', '--json'], { settings })
  const { findings }: { findings: readonly { name: string; status: string; words: string }[] } =
    JSON.parse(out)
  return { code, of: (name: string) => findings.filter((finding) => finding.name === name) }
}

test('finds all right where it is', async () => {
  const { code, of } = await found({ PUBLIC_URL: server.url, DATA_DIR: temporaryFolder() })
  expect(code).toBe(0)
  for (const name of ['settings', 'data folder', 'database', 'public address'])
    expect(of(name)).toMatchObject([{ status: 'right' }])
})

test('says of each thing that is wrong what to do', async () => {
  const folder = temporaryFolder()
  writeFileSync(
    join(folder, 'stagedoor.db'),
    'this is no database at all, whatever its name says. '.repeat(100),
  )
  const closed = await freePort()
  const { code, of } = await found({
    PUBLIC_URL: `http://localhost:${closed}`,
    DATA_DIR: folder,
    SMTP_URL: `smtp://localhost:${closed}`,
    MAIL_FROM: 'a@example.com',
    BRANDNAME: 'Lyre',
  })
  expect(code).toBe(1)
  expect(of('database')).toMatchObject([{ status: 'wrong' }])
  expect(of('mail')).toMatchObject([{ status: 'wrong', words: expect.stringContaining('Check SMTP_URL') }])
  expect(of('public address')).toMatchObject([{ status: 'look' }])
  expect(of('settings')[0]?.words).toBe('BRANDNAME is no setting. Perhaps BRAND_NAME is meant.')
})

test('names a server that answers at the address of another', async () => {
  const other = server.url.replace('localhost', '127.0.0.1')
  const { of } = await found({ PUBLIC_URL: other, DATA_DIR: temporaryFolder() })
  expect(of('public address')).toMatchObject([
    { status: 'wrong', words: expect.stringContaining('Host header') },
  ])
})

test('says of a proxy that reaches no server to ask again while one runs', async () => {
  const proxy = createServer((_, response) => response.writeHead(502).end())
  onTestFinished(() => void proxy.close())
  const port = await freePort()
  await once(proxy.listen(port, 'localhost'), 'listening')
  const { code, of } = await found({ PUBLIC_URL: `http://localhost:${port}`, DATA_DIR: temporaryFolder() })
  expect(code).toBe(0)
  expect(of('public address')).toMatchObject([{ status: 'look', words: expect.stringContaining('(502)') }])
})

test('reads no further where a setting is missing', async () => {
  const { code, of } = await found({ PUBLIC_URL: 'https://login.example.com' })
  expect(code).toBe(1)
  expect(of('settings').map(({ words }) => words.split(' ')[0])).toEqual(['DATA_DIR', 'TRUSTED_PROXIES'])
})

describe('behind a proxy that', () => {
  const asSent = (sent: string | undefined) => sent
  const proxies: readonly {
    readonly does: string
    readonly writes: (sent: string | undefined, from: string) => string | undefined
    readonly trusted?: string
    readonly status: string
    readonly words: string
  }[] = [
    {
      does: 'appends whom it was asked by',
      writes: (sent, from) => `${sent}, ${from}`,
      status: 'right',
      words: 'is believed',
    },
    { does: 'says nothing else', writes: (_, from) => from, status: 'right', words: 'is believed' },
    { does: 'passes on what anybody wrote', writes: asSent, status: 'wrong', words: 'as anybody wrote it' },
    { does: 'says nothing', writes: () => undefined, status: 'wrong', words: 'No X-Forwarded-For arrives' },
    {
      does: 'nobody named',
      writes: (sent, from) => `${sent}, ${from}`,
      trusted: '10.0.0.0/8',
      status: 'wrong',
      words: 'Name that proxy in TRUSTED_PROXIES',
    },
  ]
  test.for(proxies)('$does', async ({ writes, trusted = '127.0.0.0/8,::1', status, words }) => {
    const [port, behind] = [await freePort(), await freePort()]
    const proxy = createServer((request, response) => {
      const { 'x-forwarded-for': sent, ...headers } = request.headers
      const written = writes(sent?.toString(), request.socket.remoteAddress ?? '')
      const on = ask(
        {
          ...{ host: 'localhost', port: behind, path: request.url, method: request.method },
          headers: { ...headers, ...(written === undefined ? {} : { 'x-forwarded-for': written }) },
        },
        (answer) => answer.pipe(response.writeHead(answer.statusCode ?? 0, answer.headers)),
      )
      request.pipe(on)
    })
    onTestFinished(() => void proxy.close())
    await once(proxy.listen(port, 'localhost'), 'listening')
    const settings = {
      ...{ PUBLIC_URL: `http://localhost:${port}`, DATA_DIR: temporaryFolder(), TRUSTED_PROXIES: trusted },
    }
    await ownServer({ ...settings, PORT: String(behind), DATABASE_URL: undefined })
    const { of } = await found(settings)
    expect(of('public address')).toMatchObject([{ status: 'right' }])
    expect(of('proxy headers')).toMatchObject([{ status, words: expect.stringContaining(words) }])
  })

  test('is one of two, of which the server knows one or both', () => {
    const forwardedFor = '203.0.113.77, 198.51.100.4, 192.0.2.1'
    const publicUrl = 'https://login.example.com'
    const one = { publicUrl, trustedProxies: ['10.0.0.1'] }
    expect(forwardingFinding({ address: '192.0.2.1', forwardedFor }, one).status).toBe('wrong')
    const both = { publicUrl, trustedProxies: ['10.0.0.1', '192.0.2.1'] }
    expect(forwardingFinding({ address: '198.51.100.4', forwardedFor }, both).status).toBe('right')
  })
})

test('tells nobody else what arrives', async () => {
  const answer = await fetch(`${server.url}/healthz?doctor=${'A'.repeat(60)}`)
  expect(await answer.json()).toEqual({ status: 'alive' })
})

test('looks at the certificate, and at where http leads', async () => {
  const { of } = await found({
    ...{ PUBLIC_URL: secure.url, DATA_DIR: temporaryFolder(), TRUSTED_PROXIES: 'none' },
  })
  expect(of('certificate')).toMatchObject([{ status: 'right', words: expect.stringContaining('2126-10-31') }])
  expect(of('public address')).toMatchObject([
    { status: 'wrong', words: expect.stringContaining('Something else') },
  ])
  const answers: Readonly<Record<string, string>> = {
    '/right': secure.url,
    '/away': 'https://elsewhere.example',
  }
  const plain = createServer(({ url }, response) => {
    const location = answers[url ?? '']
    response.writeHead(location === undefined ? 200 : 308, location === undefined ? {} : { location }).end()
  })
  onTestFinished(() => void plain.close())
  const port = await freePort()
  await once(plain.listen(port, 'localhost'), 'listening')
  const at = (path: string) => plainHttpFinding(`http://localhost:${port}${path}`, secure.url)
  expect((await at('/right')).status).toBe('right')
  expect(await at('/away')).toMatchObject({
    status: 'wrong',
    words: expect.stringContaining('leads to https://elsewhere.example'),
  })
  expect(await at('/plain')).toMatchObject({
    status: 'look',
    words: expect.stringContaining('without https'),
  })
})

test('names the nearest setting, and none for a name that is like none', () => {
  expect(meantBy('PUBLIC_ULR')).toBe('PUBLIC_URL')
  expect(meantBy('MEDIA_URLS')).toBe('MEDIA_URL')
  expect(meantBy('SMTPURL')).toBe('SMTP_URL')
  expect(meantBy('NODE_OPTIONS')).toBeUndefined()
})
