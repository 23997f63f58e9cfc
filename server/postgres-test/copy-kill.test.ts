import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { bin, stagedoor, temporaryFolder } from '@stagedoor/testkit/command'
import { expect, onTestFinished, test } from 'vitest'
import { emptyDatabase } from '../../testkit/databases.ts'
import { openSqliteStore } from '../src/store/sqlite/store.ts'

const mails = 50_000
const kills = 4
const fileIn = (folder: string) => join(folder, 'stagedoor.db')

async function folderWithMails(): Promise<string> {
  const folder = temporaryFolder()
  await openSqliteStore({ file: fileIn(folder) }).close()
  const database = new DatabaseSync(fileIn(folder))
  database.exec(`
    WITH RECURSIVE n (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n WHERE id < ${mails})
    INSERT INTO mails (id, sealed, created_at, due_at) SELECT id, randomblob(100), 1, 1 FROM n
  `)
  database.close()
  return folder
}

/** Begins a copy, and kills it after so many milliseconds. */
async function killed(args: readonly string[], milliseconds: number): Promise<void> {
  const child = spawn(process.execPath, [bin, ...args], { env: {}, stdio: 'ignore' })
  onTestFinished(() => void child.kill('SIGKILL'))
  const exit = once(child, 'exit')
  const timer = setTimeout(() => child.kill('SIGKILL'), milliseconds)
  await exit
  clearTimeout(timer)
}

test('a copy between the engines that is killed at any moment leaves all or nothing, and the next one is whole', {
  timeout: 240_000,
}, async () => {
  const [folder, url, back] = [await folderWithMails(), await emptyDatabase(), temporaryFolder()]
  for (const [from, to] of [
    [folder, url],
    [url, back],
  ] as const) {
    const copy = ['copy', '--from', from, '--to', to]
    await killed(copy, 400)
    for (let n = 1; n < kills; n += 1) await killed(copy, 300 + Math.random() * 2_000)
    const last = await stagedoor(copy)
    // The one that was killed last may have been through.
    if (last.code !== 0) expect(last.err).toMatch(/has rows already|There is a database/)
  }
  const copied = new DatabaseSync(fileIn(back), { readOnly: true })
  const original = new DatabaseSync(fileIn(folder), { readOnly: true })
  const sum = 'SELECT count(*) AS count, sum(id) AS ids, max(hex(sealed)) AS most FROM mails'
  expect(copied.prepare(sum).get()).toEqual(original.prepare(sum).get())
  copied.close()
  original.close()
})
