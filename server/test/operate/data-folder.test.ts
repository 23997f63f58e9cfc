import { chmodSync, mkdirSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { installation, served, stagedoor, temporaryFolder } from '@stagedoor/testkit/command'
import { expect, test } from 'vitest'

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8)

test('a data folder is made for its owner alone, and so is every file in it', async () => {
  const folder = join(temporaryFolder(), 'deep', 'data')
  await served(['serve'], await installation(folder))
  expect(modeOf(join(folder, '..'))).toBe('700')
  expect(modeOf(folder)).toBe('700')
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  expect(entries.map(({ name }) => name)).toContain('stagedoor.db-wal')
  for (const entry of entries)
    expect(`${entry.name} ${modeOf(join(entry.parentPath, entry.name))}`).toBe(
      `${entry.name} ${entry.isDirectory() ? '700' : '600'}`,
    )
})

test('a data folder that others can read is closed to them at the start, which says so', async () => {
  const folder = join(temporaryFolder(), 'data')
  mkdirSync(folder)
  chmodSync(folder, 0o755)
  const settings = await installation(folder)
  expect(await stagedoor(['migrate'], settings)).toMatchObject({ code: 0 })
  chmodSync(join(folder, 'stagedoor.db'), 0o644)
  const { log } = await served(['serve'], settings)
  expect([modeOf(folder), modeOf(join(folder, 'stagedoor.db'))]).toEqual(['700', '600'])
  expect(log()).toContain('others could read the data folder')
})

test('a second server on a data folder refuses to start, and the first goes on', async () => {
  const folder = temporaryFolder()
  const first = await served(['serve'], await installation(folder))
  for (const args of [['serve'], ['dev', '--port', '4498', '--data-dir', folder]]) {
    const { code, out, err } = await stagedoor(args, await installation(folder))
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toBe(
      `A server works on the data folder ${folder} already. Stop it first, or name another folder.\n`,
    )
  }
  expect((await fetch(`${first.url}/readyz`)).status).toBe(200)
  expect(await stagedoor(['user', 'list'], { DATA_DIR: folder })).toMatchObject({ code: 0 })
})

test('a server that was killed leaves its data folder to the next', async () => {
  const folder = temporaryFolder()
  const first = await served(['serve'], await installation(folder))
  expect(await first.end('SIGKILL')).toEqual([null, 'SIGKILL'])
  const second = await served(['serve'], await installation(folder))
  expect(await second.end('SIGTERM')).toEqual([0, null])
  await served(['serve'], await installation(folder))
})
