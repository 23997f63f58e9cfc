import { readdirSync } from 'node:fs'
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
  const moved = new App(after.url, { apiKey }, redirectUri)
  expect(await moved.me(second.access)).toBe(200)
  // Its successor was seen just now.
  const third = pairOf(await moved.refresh(second.refresh))
  expect(await moved.me(third.access)).toBe(200)
  const { browser: robin } = await newcomer(after)
  const theirs = await moved.pair(robin)
  expect(await moved.me(theirs.access)).toBe(200)
  await after.stop()

  const back = temporaryFolder()
  const returned = await command(['copy', '--from', url, '--to', back, '--json'])
  expect(returned).toMatchObject({ code: 0, err: '' })
  expect(JSON.parse(returned.out).rows).toBeGreaterThan(rows)
  expect(await command(['copy', '--from', url, '--to', back])).toMatchObject({
    code: 1,
    err: expect.stringMatching(/There is a database/),
  })
  expect(readdirSync(back).filter((name) => name.includes('copying'))).toEqual([])
  const again = await testServer({ DATA_DIR: back, DATABASE_URL: '' })
  onTestFinished(() => again.stop())
  const home = new App(again.url, { apiKey }, redirectUri)
  expect(await home.me(theirs.access)).toBe(200)
  const fourth = pairOf(await home.refresh(third.refresh))
  expect(await home.me(fourth.access)).toBe(200)
  const search = await fetch(`${again.url}/v1/users/search?query=${nova.handle}`)
  expect(JSON.stringify(await search.json())).toContain(nova.handle)
})

test('numbers of people who are gone are not given again on the other side', async () => {
  const [folder, back, url] = [temporaryFolder(), temporaryFolder(), await emptyDatabase()]
  const run = async (args: readonly string[], settings: Readonly<Record<string, string>> = {}) => {
    const done = await command(args, { settings })
    expect(done, done.err).toMatchObject({ code: 0 })
    return JSON.parse(done.out)
  }
  const created = async (handle: string, where: Readonly<Record<string, string>>) => {
    const who = ['--handle', handle, '--name', 'Ada', '--email', `${handle}@example.com`, '--json']
    return (await run(['user', 'create', ...who], where)).userId
  }
  const deleted = (handle: string, where: Readonly<Record<string, string>>) =>
    run(['user', 'delete', handle, '--json'], where)
  const here = { DATA_DIR: folder }
  expect([await created('ada_one', here), await created('ada_two', here)]).toEqual([1, 2])
  await deleted('ada_two', here)
  await run(['copy', '--from', folder, '--to', url, '--json'])
  expect(await created('ada_three', { DATABASE_URL: url })).toBe(3)
  await deleted('ada_three', { DATABASE_URL: url })
  await run(['copy', '--from', url, '--to', back, '--json'])
  expect(await created('ada_four', { DATA_DIR: back })).toBe(4)
})
