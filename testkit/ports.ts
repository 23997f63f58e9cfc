import { once } from 'node:events'
import { createServer, type Server } from 'node:net'

/**
 * Below the ports that a system hands out by itself, so that nothing takes one between its being found free and its
 * being listened on; and above those that browsers refuse (https://fetch.spec.whatwg.org/#port-blocking).
 */
const firstPort = 12_000
const portsOfWorker = 1000
const mostWorkers = 20

/** Tests run in several processes at once, each with ports of its own. */
const ownPorts = firstPort + (Number(process.env['VITEST_POOL_ID'] ?? 0) % mostWorkers) * portsOfWorker

/**
 * Every other port is only ever held: for the one below it, so that the tests of another checkout on this machine do not
 * take that while a server of these has been killed and is not up again.
 */
const pairs = portsOfWorker / 2
let tried = Math.floor(Math.random() * pairs)
/** What is held, the oldest first: as many as the tests of one file have at once. */
const held: Server[] = []
const mostHeld = 32

/** A port of `localhost` that nothing listens on, and that nothing else is handed for as long as its test runs. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < pairs; tries += 1) {
    tried += 1
    const port = ownPorts + 2 * (tried % pairs)
    const holder = await listening(port + 1)
    if (holder === null) continue
    held.push(holder)
    const probe = await listening(port)
    if (probe !== null) {
      await closed(probe)
      if (held.length > mostHeld) held.shift()?.close()
      return port
    }
    held.splice(held.indexOf(holder), 1)
    holder.close()
  }
  throw new Error('There is no free port.')
}

async function listening(port: number): Promise<Server | null> {
  const server = createServer().unref()
  try {
    await once(server.listen(port, 'localhost'), 'listening')
    return server
  } catch {
    return null
  }
}

async function closed(server: Server): Promise<void> {
  server.close()
  await once(server, 'close')
}
