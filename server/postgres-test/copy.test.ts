import { command, temporaryFolder } from '@stagedoor/testkit/command'
import { newcomer } from '@stagedoor/testkit/newcomer'
import { testServer } from '@stagedoor/testkit/server'
import { App, pairOf } from '@stagedoor/testkit/wire-app'
import { nova, signedIn } from '@stagedoor/testkit/wire-browser'
import { expect, onTestFinished, test } from 'vitest'
import { emptyDatabase } from '../../testkit/databases.ts'

const redirectUri = 'https://app.example/cb'

test('an installation that is copied from SQLite goes on in PostgreSQL, and nobody has to sign in again', async () => {
  const folder = temporaryFolder()
  const before = await testServer({ DATA_DIR: folder, DATABASE_URL: '' })
  const apiKey = await before.register('Moved', redirectUri)
  const app = new App(before.url, { apiKey }, redirectUri)
  const browser = await signedIn(before.url, nova)
  const first = await app.pair(browser)
  const second = pairOf(await app.refresh(first.refresh))
  await newcomer(before)
  await before.stop()

  const url = await emptyDatabase()
  const copied = await command(['copy', '--from', folder, '--to', url, '--json'])
  expect(copied).toMatchObject({ code: 0, err: '' })
  const { rows, tables } = JSON.parse(copied.out)
  expect(rows).toBeGreaterThan(20)
  expect(tables).toContainEqual({ table: 'apps', rows: 2 })
  expect(await command(['copy', '--from', folder, '--to', url])).toMatchObject({
    code: 1,
    err: expect.stringMatching(/has rows already/),
  })

  const after = await testServer({ DATABASE_URL: url })
  onTestFinished(() => after.stop())
  const moved = new App(after.url, { apiKey }, redirectUri)
  expect(await moved.me(second.access)).toBe(200)
  // Its successor was seen just now.
  const third = pairOf(await moved.refresh(second.refresh))
  expect(await moved.me(third.access)).toBe(200)
  const { browser: robin } = await newcomer(after)
  const theirs = await moved.pair(robin)
  expect(await moved.me(theirs.access)).toBe(200)
})
