import { bucketKeys, newBucket } from '@stagedoor/testkit/buckets'
import { served, temporaryFolder } from '@stagedoor/testkit/command'
import { freePort } from '@stagedoor/testkit/ports'
import { expect, test } from 'vitest'
import { newDatabase } from '../../testkit/databases.ts'

async function twoWorkers() {
  const { url } = await newBucket()
  const port = String(await freePort())
  return served(['serve'], {
    ...bucketKeys,
    WORKERS: '2',
    PUBLIC_URL: `http://localhost:${port}`,
    PORT: port,
    DATA_DIR: temporaryFolder(),
    DATABASE_URL: await newDatabase(),
    KEY_SECRET: 'a key secret of thirty-two characters',
    MEDIA_URL: url,
  })
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

test('two workers serve one port and count together; one that is killed is started anew, and SIGTERM ends all', {
  timeout: 90_000,
}, async () => {
  const server = await twoWorkers()
  // Every connection goes to the worker whose turn it is.
  const get = async (path: string) =>
    (await fetch(`${server.url}${path}`, { headers: { connection: 'close' } })).text()
  const lines = () =>
    server
      .log()
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line): { worker?: number; pid: number; msg?: string; ended?: unknown } => JSON.parse(line))
  const pidOf = (number: number) =>
    lines().findLast(({ worker, pid }) => worker === number && pid !== server.process.pid)?.pid
  const counted = async () =>
    Number(
      /^stagedoor_http_requests_total\{method="GET",route="\/healthz",class="2xx"\} (\d+)$/m.exec(
        await get('/metrics'),
      )?.[1],
    )

  for (let n = 0; n < 20; n += 1) await get('/healthz')
  expect(await counted()).toBe(20)
  await expect.poll(() => [pidOf(1), pidOf(2)].every((pid) => pid !== undefined)).toBe(true)
  const [first = 0, second = 0] = [pidOf(1), pidOf(2)]
  expect(new Set([first, second, server.process.pid]).size).toBe(3)

  process.kill(second, 'SIGKILL')
  await expect
    .poll(() => lines().some(({ worker, msg }) => worker === 2 && msg === 'a worker is ready'))
    .toBe(true)
  expect(lines()).toContainEqual(expect.objectContaining({ worker: 2, ended: 'SIGKILL' }))
  for (let n = 0; n < 20; n += 1) await get('/healthz')
  expect(await counted()).toBe(40)
  const third = pidOf(2)
  expect(third).not.toBe(second)

  expect(await server.end('SIGTERM')).toEqual([0, null])
  expect([first, third ?? 0].filter(isAlive)).toEqual([])
})
