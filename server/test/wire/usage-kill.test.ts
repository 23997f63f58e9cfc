import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { command, installation, served, temporaryFolder } from '@stagedoor/testkit/command'
import { App, pairOf } from '@stagedoor/testkit/wire-app'
import { formTo, signedIn } from '@stagedoor/testkit/wire-browser'
import { expect, test } from 'vitest'
import { expectSound } from '../store/files.ts'
import { csvOf, redirectUri } from './developer.ts'

test('a crash loses the counts of seconds and nothing else; an end in order loses none', {
  timeout: 60_000,
}, async () => {
  const folder = temporaryFolder()
  const settings = await installation(folder)
  const person = { handle: 'ada', password: 'pass-phrase of ada' }
  const who = ['--handle', 'ada', '--name', 'Ada', '--email', 'ada@example.com', '--password-stdin']
  await command(['user', 'create', ...who], { settings, input: person.password })
  let server = await served(['serve'], settings)
  const browser = await signedIn(server.url, person)
  const page = await browser.open('/developers')
  const made = { name: 'Under fire', redirect_uris: redirectUri }
  const shown = await browser.submit(formTo(page, '/developers'), made)
  const apiKey = /\/developers\/([0-9a-f]{40})/.exec(shown.url)?.[1] ?? ''
  const app = new App(server.url, { apiKey }, redirectUri)

  const file = join(folder, 'stagedoor.db')
  const stored = (): unknown => {
    const database = new DatabaseSync(file, { readOnly: true })
    const row = database
      .prepare(`SELECT coalesce(sum(count), 0) AS logins FROM usage_counts WHERE metric = 'exchanged'`)
      .get()
    database.close()
    return row?.['logins']
  }
  const first = pairOf(await app.exchange(await app.logIn(browser)))
  await expect.poll(stored).toBe(1)
  const second = pairOf(await app.exchange(await app.logIn(browser)))
  expect(await server.end('SIGKILL')).toEqual([null, 'SIGKILL'])

  server = await served(['serve'], settings)
  expect([await app.me(first.access), await app.me(second.access)]).toEqual([200, 200])
  expect((await app.refresh(second.refresh)).status).toBe(200)
  const logins = (await csvOf({ browser, apiKey }, 'logins')).reduce(
    (sum, [, count]) => sum + Number(count),
    0,
  )
  expect(logins).toBeGreaterThanOrEqual(1)
  expect(logins).toBeLessThanOrEqual(2)

  await app.exchange(await app.logIn(browser))
  expect(await server.end('SIGTERM')).toEqual([0, null])
  expect(stored()).toBe(logins + 1)
  expectSound(file)
})
