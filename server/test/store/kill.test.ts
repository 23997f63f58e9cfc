import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { soakOf } from '@stagedoor/testkit/soak'
import { expect, test } from 'vitest'
import { openSqliteStore } from '../../src/store/sqlite/store.ts'
import { connect, expectSound, temporaryFile } from './files.ts'
import { rotation, start } from './world.ts'

/** One answer that the killed process had given. */
interface Answer {
  readonly worker: number
  readonly outcome: 'redeemed' | 'rotated' | 'seen'
  readonly spent: string
  readonly access: string
  readonly refresh: string
  readonly apiKey: string
}

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'))

/** Lets the hammer give this many answers, kills it in the middle of its work, and hands over all it said. */
async function hammerUntil(file: string, count: number): Promise<Answer[]> {
  const hammer = spawn(process.execPath, [fileURLToPath(new URL('hammer.ts', import.meta.url)), file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(hammer, 'exit')
  const answers: Answer[] = []
  for await (const line of createInterface({ input: hammer.stdout })) {
    answers.push(JSON.parse(line))
    if (answers.length === count) hammer.kill('SIGKILL')
  }
  expect(await exited).toEqual([null, 'SIGKILL'])
  return answers
}

const soak = soakOf('test/store/kill', 4)

test('a process killed at any moment has lost nothing that it answered (F-1, F-2, F-3)', {
  timeout: 120_000 + soak.kills * 30_000,
}, async () => {
  const file = temporaryFile()
  let told = 0
  for (let kill = 0; kill < soak.kills; kill += 1) {
    let answers: readonly Answer[] = []
    await soak.kill(
      kill,
      () => answers,
      async () => {
        answers = await hammerUntil(file, 1 + Math.floor(soak.random() * 600))
        await expectNothingLost(file, answers)
      },
    )
    told += answers.length
  }
  soak.tell({ answers: told })
})

/** Looks for every answer in a file whose writer was killed, and goes on from the last of each worker. */
async function expectNothingLost(file: string, answers: readonly Answer[]): Promise<void> {
  const store = openSqliteStore({ file })
  for (const { access } of answers) {
    expect(await store.findAccessToken(bytes(access), start)).toBeDefined()
  }
  const database = connect(file)
  const rows = (sql: string) => database.prepare(sql).all()
  expect(
    rows(`SELECT 1 FROM codes LEFT JOIN families ON code_digest = digest
          WHERE (used_at IS NULL) <> (id IS NULL)`),
  ).toEqual([])
  expect(
    rows(`SELECT family_id FROM refresh_tokens GROUP BY family_id HAVING sum(used_at IS NULL) <> 1`),
  ).toEqual([])
  const successor = database.prepare('SELECT successor FROM refresh_tokens WHERE digest = ?')
  for (const { outcome, spent, refresh } of answers) {
    if (outcome === 'rotated')
      expect(successor.get(bytes(spent))).toMatchObject({ successor: bytes(refresh) })
  }
  database.close()

  // A client that got no answer to its last rotation asks again and goes on.
  const latest = new Map(answers.map((answer) => [answer.worker, answer]))
  for (const { refresh, apiKey } of latest.values()) {
    const retried = await store.rotateRefresh(rotation({ refresh: bytes(refresh), apiKey }))
    expect(['rotated', 'repeated']).toContain(retried.outcome)
  }
  await store.close()
  expectSound(file)
}

test('a sighting that was answered outlives a kill', { timeout: 60_000 }, async () => {
  const file = temporaryFile()
  const seen = (await hammerUntil(file, 400)).filter(({ outcome }) => outcome === 'seen')
  expect(seen.length).toBeGreaterThan(0)
  const store = openSqliteStore({ file })
  const latest = new Map(seen.map((answer) => [answer.worker, answer]))
  for (const { spent, apiKey } of latest.values()) {
    const stolen = rotation({ refresh: bytes(spent), apiKey }, { now: start + 60_000 })
    expect(await store.rotateRefresh(stolen)).toEqual({ outcome: 'reused' })
  }
  await store.close()
})
