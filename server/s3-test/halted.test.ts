import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bucketEndpoint, bucketKeys, newBucket } from '@stagedoor/testkit/buckets'
import { temporaryFolder } from '@stagedoor/testkit/command'
import { expect, onTestFinished, test } from 'vitest'
import { cidOf } from '../src/uploads/content/cid.ts'
import { openBucket } from '../src/uploads/content/s3.ts'
import { moodyStore } from './moody-store.ts'

const source = new URL('../src/uploads/content/s3.ts', import.meta.url).href
const hour = 3_600_000

/** Longer than a removal may take. */
const haltMs = 6_000

test('a removal that was halted once it had asked deletes nothing of what another has put since', {
  timeout: 60_000,
}, async () => {
  Object.assign(process.env, bucketKeys)
  const { name: bucket } = await newBucket()
  const settings = { bucket, prefix: '', region: 'us-east-1', endpoint: bucketEndpoint() }
  const store = await openBucket(settings, Date.now)
  const file = join(temporaryFolder(), 'file')
  writeFileSync(file, randomBytes(1000))
  const cid = await cidOf(file)
  await store.put(cid, 'audio', file)
  await store.remove(cid, async () => false)

  // The node that removes is a process of its own. It is halted while what it asked for is on its way to it.
  const deleted: string[] = []
  const endpoint = await moodyStore(bucketEndpoint(), ({ method, url }) => {
    if (method === 'DELETE') deleted.push(url)
    if (method === 'GET' && url.includes('list-type')) {
      node.kill('SIGSTOP')
      setTimeout(() => node.kill('SIGCONT'), haltMs)
    }
    return 'well'
  })
  const program = `
    import { openBucket } from ${JSON.stringify(source)}
    const store = await openBucket(${JSON.stringify({ ...settings, endpoint })}, () => Date.now() + ${hour})
    await store.remove(${JSON.stringify(cid)}, async () => false)
  `
  const node = spawn(process.execPath, ['--input-type=module', '--eval', program], { stdio: 'ignore' })
  onTestFinished(() => void node.kill('SIGKILL'))
  const [code] = await once(node, 'exit')
  expect({ code, deleted }).toEqual({ code: 1, deleted: [] })
  expect(await store.size(cid, 'audio')).toBe(1000)
})
