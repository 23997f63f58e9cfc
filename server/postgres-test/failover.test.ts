import { connect, createServer, type Socket } from 'node:net'
import { freePort } from '@stagedoor/testkit/ports'
import pg from 'pg'
import { onTestFinished, test } from 'vitest'
import { startCluster, startStandby } from './cluster.ts'
import { underLoad } from './under-load.ts'

/** One address for the primary, whichever cluster that is. */
async function addressOf(first: string) {
  const port = await freePort()
  const open = new Set<Socket>()
  let target = Number(new URL(first).port)
  const server = createServer((from) => {
    const to = connect(target, 'localhost')
    for (const [one, other] of [
      [from, to],
      [to, from],
    ] as const) {
      open.add(one)
      one.pipe(other)
      one.on('error', () => undefined)
      one.on('close', () => {
        open.delete(one)
        other.destroy()
      })
    }
  })
  await new Promise<void>((resolve) => server.listen(port, 'localhost', resolve))
  onTestFinished(() => {
    for (const socket of open) socket.destroy()
    server.close()
  })
  return {
    port,
    leadTo: (url: string) => {
      target = Number(new URL(url).port)
      for (const socket of open) socket.destroy()
    },
  }
}

test('a standby that takes over under load signs nobody out and loses no answer', {
  timeout: 120_000,
}, async () => {
  const primary = await startCluster('on')
  onTestFinished(() => primary.end())
  await primary.server.createDatabase('installation')
  const standby = await startStandby(primary)
  onTestFinished(() => standby.end())
  const address = await addressOf(primary.url)
  const url = new URL(`${primary.url}/installation`)
  url.port = String(address.port)
  const load = await underLoad(url.href)
  await load.goesOn()

  await primary.crash()
  await load.isAway()
  const client = new pg.Client({ connectionString: `${standby.url}/installation` })
  await client.connect()
  await client.query({ text: 'SELECT pg_promote(true)' })
  await client.end()
  address.leadTo(standby.url)
  await load.goesOn()
  await load.endsWithoutLoss()
})
