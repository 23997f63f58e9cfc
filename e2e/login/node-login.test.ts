import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import { describe } from 'vitest'
import { allow, signIn } from '../harness/people.ts'
import { type Person, type Server, statusOf } from '../harness/server.ts'
import { answerOf, arrive, toolOf } from '../harness/tool.ts'
import { expect, test } from '../harness.ts'

const entry = pathToFileURL(join(import.meta.dirname, '../../sdk/dist/node.mjs')).href

/** The login of a tool, in this process. */
const instance = (...tool: Parameters<typeof toolOf>) => toolOf(...tool).oauth

/** Runs a script of a command-line tool, and answers the login for it. */
async function run(script: string, server: Server, person: Person, press: 'allow' | 'cancel' = 'allow') {
  const folder = await mkdtemp(join(tmpdir(), 'stagedoor-cli-'))
  const file = join(folder, 'cli.mjs')
  await writeFile(
    file,
    `import { sdk } from ${JSON.stringify(entry)}
const { oauth } = sdk(${JSON.stringify({ apiKey: server.apiKey, appName: 'Tool', apiEndpoint: server.url })})
const login = () => oauth.login({ redirectUri: 'http://127.0.0.1/callback', openUrl: (url) => console.log(url) })
${script}`,
  )
  const child = spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'inherit'] })
  const exit = once(child, 'exit')
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
  const { value: url } = await lines.next()
  const page = await arrive(await answerOf(String(url), person, press))
  const { value: said } = await lines.next()
  const [code] = await exit
  await rm(folder, { recursive: true })
  return { page, said, code }
}

describe('A command-line tool', () => {
  test('logs a person in by the system’s browser', async ({ page, server, person }) => {
    const oauth = instance(server, { redirectUri: 'http://127.0.0.1/callback' })
    await oauth.login({
      scope: 'write',
      openUrl: async (url) => {
        await page.goto(url)
        await signIn(page, person)
        await allow(page)
      },
    })
    await page.getByRole('heading', { name: 'You are logged in' }).waitFor()
    expect((await oauth.getUser()).handle).toBe(person.handle)
    const token = await oauth.getAccessToken()
    expect(await statusOf(token ?? '', server)).toBe(200)
    await oauth.logout()
    expect(await statusOf(token ?? '', server)).toBe(401)
  })

  test.for(['http://127.0.0.1/cb', 'http://[::1]/cb', 'http://localhost/cb', 'http://127.0.0.1'])(
    'may be sent back to %s',
    async (redirectUri, { server, person }) => {
      const oauth = instance(server, { redirectUri })
      await oauth.login({ openUrl: async (url) => arrive(await answerOf(url, person)) })
      expect((await oauth.getUser()).handle).toBe(person.handle)
      expect(await oauth.hasRefreshToken()).toBe(true)
    },
  )

  test('hears that the person said no, and so does the person', async ({ server, person }) => {
    const oauth = instance(server, { redirectUri: 'http://127.0.0.1/cb' })
    let page: Promise<string> | undefined
    const login = oauth.login({
      openUrl: async (url) => {
        page = arrive(await answerOf(url, person, 'cancel'))
      },
    })
    await expect(login).rejects.toMatchObject({ code: 'access_denied', cancelled: true })
    expect(await page).toContain('You are not logged in')
  })

  test('ends by itself once its person is logged in', async ({ server, person }) => {
    const script = `await login()
console.log((await oauth.getUser()).handle)`
    const { page, said, code } = await run(script, server, person)
    expect(page).toContain('You are logged in')
    expect([said, code]).toEqual([person.handle, 0])
  })

  test('ends by itself once its person has refused', async ({ server, person }) => {
    const script = `await login().catch((error) => console.log(error.code))`
    const { page, said, code } = await run(script, server, person, 'cancel')
    expect(page).toContain('You are not logged in')
    expect([said, code]).toEqual(['access_denied', 0])
  })

  test('may end at once, and its person still sees the page', async ({ server, person }) => {
    const script = `await login()
process.stdout.write('done\\n')
process.exit(3)`
    const { page, said, code } = await run(script, server, person)
    expect(page).toContain('You are logged in')
    expect([said, code]).toEqual(['done', 3])
  })
})

describe('A web server', () => {
  test('logs two people in at the same time, and an answer works once', async ({ server }) => {
    const redirectUri = 'http://127.0.0.1/session/callback'
    const oauth = instance(server, { redirectUri })
    const logins = await Promise.all(
      [await server.newPerson(), await server.newPerson()].map(async (person) => {
        const { url, transaction } = oauth.createAuthorizationUrl({ scope: 'write' })
        return { person, kept: JSON.parse(JSON.stringify(transaction)), answer: await answerOf(url, person) }
      }),
    )
    const sessions = await Promise.all(
      logins.map(async ({ person, kept, answer }) => {
        const tokens = await oauth.exchangeCode(answer, kept)
        const own = instance(server)
        expect(await own.isAuthenticated()).toBe(false)
        return { person, kept, answer, tokens }
      }),
    )
    for (const { person, tokens } of sessions) {
      const me = await fetch(`${server.url}/v1/me`, {
        headers: { authorization: `Bearer ${tokens.accessToken}` },
      })
      expect(await me.json()).toMatchObject({ handle: person.handle })
    }
    const [first, second] = sessions
    await expect(oauth.exchangeCode(first?.answer ?? '', second?.kept)).rejects.toMatchObject({
      code: 'state_mismatch',
    })
    expect(await statusOf(first?.tokens.accessToken ?? '', server)).toBe(200)
    await expect(oauth.exchangeCode(first?.answer ?? '', first?.kept)).rejects.toMatchObject({
      code: 'invalid_grant',
    })
    expect(await statusOf(first?.tokens.accessToken ?? '', server)).toBe(401)
    expect(await statusOf(second?.tokens.accessToken ?? '', server)).toBe(200)
  })
})
