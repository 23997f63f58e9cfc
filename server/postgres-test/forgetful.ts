import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { freePort } from '@stagedoor/testkit/ports'
import { onTestFinished } from 'vitest'

/** A network on the way to a database. */
export interface Network {
  /** Of the database, by way of the network. */
  readonly url: string
  /** Forgets the connections that are open: nothing arrives on them any more, and neither side is told. */
  forget(): void
}

/** Puts a network that can forget connections, as a firewall does that restarts, in front of a database. */
export async function forgetfulNetwork(database: string): Promise<Network> {
  const target = new URL(database)
  const port = await freePort()
  const open = new Set<Socket>()
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname)
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(from)
      from.on('error', () => to.destroy()).on('close', () => to.destroy())
      from.pipe(to)
    }
  })
  server.listen(port, 'localhost')
  await once(server, 'listening')
  const all: Socket[] = []
  onTestFinished(() => {
    server.close()
    for (const socket of [...open, ...all]) socket.destroy()
  })
  return {
    url: Object.assign(new URL(database), { port: String(port) }).href,
    forget() {
      for (const socket of open) {
        socket.unpipe()
        socket.removeAllListeners('close')
        socket.resume()
      }
      all.push(...open)
      open.clear()
    },
  }
}
