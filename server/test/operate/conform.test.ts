import { command } from '@stagedoor/testkit/command'
import { freePort } from '@stagedoor/testkit/ports'
import { fileServer } from '@stagedoor/testkit/server'
import { type Browser, formTo, nova, signedIn } from '@stagedoor/testkit/wire-browser'
import { expect, test } from 'vitest'
import { conform, type Finding, metadataOf } from '../../src/cli/conform/conform.ts'
import { listenAt } from '../../src/cli/conform/listen.ts'

const server = await fileServer()

const wrong = (findings: readonly Finding[]) => findings.filter(({ result }) => result.outcome === 'failed')

/** A person goes where they are sent, proves who they are when asked, and allows it. */
async function goThrough(browser: Browser, address: URL): Promise<string> {
  let shown = await browser.open(address.pathname + address.search)
  if (shown.leftFor === null && shown.url.includes('/sign-in')) shown = await browser.signIn(shown, nova)
  if (shown.leftFor === null) shown = await browser.submit(formTo(shown, '/consent'))
  return shown.leftFor ?? ''
}

test('this server does all that is asked of it, with a person and without', async () => {
  const redirectUri = `http://localhost:${await freePort()}/cb`
  const clientId = await server.register('Conform', redirectUri)
  const metadata = (await metadataOf(server.url)) ?? {}
  const browser = await signedIn(server.url, nova)
  const listener = await listenAt(redirectUri)
  const logIn = async (address: URL) => {
    // An app on the person's device is asked about each time, so that one without a page is told so.
    const answer = listener.next()
    await (await fetch(await goThrough(browser, address))).arrayBuffer()
    return answer
  }
  const told: Finding[] = []
  const subject = { issuer: server.url, metadata, clientId, redirectUri, logIn }
  const findings = await conform(subject, (finding) => told.push(finding))
  listener.close()
  expect(told).toEqual(findings)
  expect(wrong(findings).map(({ id, result }) => ({ id, result }))).toEqual([
    {
      id: 'oidcc-prompt-none-logged-in',
      result: { outcome: 'failed', why: 'error is "consent_required"' },
    },
  ])
  expect(findings.length).toBeGreaterThan(30)
})

test('the report is for people, and for programs with --json', async () => {
  const clientId = await server.register('Reported', 'https://app.example/cb')
  const args = ['conform', server.url, '--client', clientId, '--redirect-uri', 'https://app.example/cb']
  const plain = await command([...args, '--without-login'])
  expect(plain).toMatchObject({ code: 0, err: '' })
  expect(plain.out).toContain(
    'passed   oidcc-response-type-missing: a request without response_type is refused',
  )
  expect(plain.out).toMatch(/Nothing failed of \d+ checks/)
  const { out } = await command([...args, '--without-login', '--json'])
  for (const line of out.trimEnd().split('\n'))
    expect(JSON.parse(line)).toMatchObject({
      id: expect.any(String),
      outcome: expect.stringMatching(/passed|skipped/),
    })
})

test('what fails is named, and ends the command with an error', async () => {
  const args = ['conform', server.url, '--client', '0'.repeat(40), '--without-login']
  const { code, out, err } = await command(args)
  expect(code).toBe(1)
  expect(out).toContain('FAILED')
  expect(err).toMatch(/\d+ of \d+ checks failed/)
})

test.each([
  [['conform'], 'ISSUER is missing'],
  [['conform', 'here', '--client', 'x'], 'ISSUER must be a URL'],
  [['conform', 'http://localhost:1', '--client', 'x'], 'Nothing at http://localhost:1/.well-known/'],
])('%j is refused in words', async (args, words) => {
  const { code, err } = await command(args)
  expect({ code, said: err.includes(words) }).toEqual({ code: 1, said: true })
})
