import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bucketKeys, newBucket } from '@stagedoor/testkit/buckets'
import { newDatabase } from '@stagedoor/testkit/databases'
import { freePort } from '@stagedoor/testkit/ports'
import { roundRobin } from '@stagedoor/testkit/round-robin'
import { type Server, startServer } from './server.ts'

/**
 * Starts two servers on one PostgreSQL and one bucket, behind a proxy that sends every request to another one than the one before:
 * a server like any other to who reaches it there.
 */
export async function startNodes(logName: string): Promise<Server> {
  const [database, media] = await Promise.all([newDatabase(), newBucket()])
  if (database === undefined) throw new Error('There is no PostgreSQL to test on')
  const [front, ...ports] = await Promise.all([freePort(), freePort(), freePort()])
  const settings = {
    ...bucketKeys,
    DATABASE_URL: database,
    MEDIA_URL: media.url,
    KEY_SECRET: 'a key secret of thirty-two characters',
  }
  const nodes: Server[] = []
  const folder = mkdtempSync(join(tmpdir(), 'stagedoor-nodes-'))
  // The first makes the samples.
  for (const port of ports) {
    const own = { ...settings, DATA_DIR: join(folder, String(port)) }
    nodes.push(await startServer(`${logName}-${port}`, port, `http://localhost:${front}`, own))
  }
  const [first] = nodes
  if (first === undefined) throw new Error('There is no node')
  const end = await roundRobin(front, ports)
  return {
    ...first,
    stop: async () => {
      end()
      await Promise.all(nodes.map((node) => node.stop()))
      rmSync(folder, { recursive: true })
    },
  }
}
