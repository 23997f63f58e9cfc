import { DatabaseSync } from 'node:sqlite'
import { temporaryFolder } from '@stagedoor/testkit/command'
import { ownServer } from '@stagedoor/testkit/server'
import { App, challengeOf, encoded, newVerifier } from '@stagedoor/testkit/wire-app'
import { Browser, formTo } from '@stagedoor/testkit/wire-browser'
import { expect, test } from 'vitest'

/** Rows of every table but those that are bounded: of what a developer sees for each app, and of paces by their slots. */
function rowsIn(file: string): Record<string, unknown> {
  const database = new DatabaseSync(file, { readOnly: true })
  const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all()
  const rows = tables
    .map(({ name }) => String(name))
    .filter((name) => !/^(?:flow_events|usage_counts|app_milestones|paces|sqlite_)/.test(name))
    .map((name) => [name, database.prepare(`SELECT count(*) AS count FROM ${name}`).get()?.['count']])
  database.close()
  return Object.fromEntries(rows)
}

test('who has proven nothing stores nothing, on any public page and however often (IN-13)', async () => {
  const folder = temporaryFolder()
  const server = await ownServer({ DATA_DIR: folder })
  const uri = 'https://app.example/cb'
  const apiKey = await server.register('Wavelength', uri)
  const file = `${folder}/stagedoor.db`
  const challenge = challengeOf(newVerifier())
  const asked = {
    response_type: 'code',
    redirect_uri: uri,
    state: 'x'.repeat(2000),
    login_hint: 'y'.repeat(320),
    code_challenge: challenge,
    code_challenge_method: 'S256',
  }
  const paths = [
    `/v1/oauth/authorize?${encoded({ ...asked, app_name: 'My demo' })}`,
    `/v1/oauth/authorize?${encoded({ ...asked, api_key: apiKey })}`,
    `/v1/oauth/authorize?${encoded({ ...asked, api_key: apiKey, prompt: 'none' })}`,
    ...[
      '/',
      '/sign-in',
      '/sign-up',
      '/reset-password',
      '/reset-password/sent',
      '/reset-password/new?token=x',
    ],
    ...['/confirm-email?token=x', '/signed-out', '/sign-out', '/consent', '/account', '/developers'],
    ...['/docs/errors', '/docs/api', '/v1/openapi.json', '/healthz', '/v1/tracks/search?query=a'],
    ...['/v1/users/search?query=a', `/v1/developer-apps/${apiKey}`, '/health_check', '/no/such/page'],
  ]
  const before = rowsIn(file)
  await Promise.all(
    Array.from({ length: 6 }, async () => {
      for (let round = 0; round < 3; round += 1)
        for (const path of paths) await new Browser(server.url).request(path, { headers: {} })
    }),
  )
  expect(rowsIn(file)).toEqual(before)
})

test('who names an app that is registered leaves no more of it than the newest events, and counts by the hour (IN-13)', async () => {
  const folder = temporaryFolder()
  const server = await ownServer({ DATA_DIR: folder, API_PLAN: 'unlimited' })
  const uri = 'https://app.example/cb'
  const apiKey = await server.register('Wavelength', uri)
  const asked = { response_type: 'code', redirect_uri: uri, api_key: apiKey, code_challenge_method: 'S256' }
  const app = { kept: 5000, labels: 100 }
  const ask = async (index: number) => {
    const wrong = { ...asked, state: `${index}`, code_challenge: `wrong-${index}`, scope: `scope-${index}` }
    await fetch(`${server.url}/v1/oauth/authorize?${encoded(wrong)}`, { redirect: 'manual' })
    await fetch(`${server.url}/v1/tracks/nothing-${index}?api_key=${apiKey}&app_name=${index}`)
  }
  for (let index = 0; index < 300; index += 20)
    await Promise.all(Array.from({ length: 20 }, (_, more) => ask(index + more)))
  await server.stop()
  const database = new DatabaseSync(`${folder}/stagedoor.db`, { readOnly: true })
  const count = (table: string) =>
    Number(database.prepare(`SELECT count(*) AS count FROM ${table}`).get()?.['count'])
  expect(count('flow_events')).toBeGreaterThan(0)
  expect(count('flow_events')).toBeLessThanOrEqual(app.kept)
  expect(count('usage_counts')).toBeLessThan(app.labels)
  expect(count('app_milestones')).toBeLessThan(app.labels)
  database.close()
})

test('nor do the forms of who has proven nothing: passkeys, sign-in, cancelling, resets', async () => {
  const folder = temporaryFolder()
  const server = await ownServer({ DATA_DIR: folder })
  const before = rowsIn(`${folder}/stagedoor.db`)
  const app = new App(server.url, { appName: 'My demo' }, 'https://demo.example/cb')
  await Promise.all(
    Array.from({ length: 20 }, async () => {
      const browser = new Browser(server.url)
      const page = await app.begin(browser)
      const { fields } = formTo(page, '/sign-in')
      expect((await browser.post('/sign-in/passkey/options', fields)).status).toBe(200)
      await browser.post('/sign-in/passkey', { ...fields, credential: '{}' })
      await browser.post('/reset-password', { ...fields, login: 'nobody@example.com' })
      await browser.cancel(page)
    }),
  )
  expect(rowsIn(`${folder}/stagedoor.db`)).toEqual(before)
})
