import { once } from 'node:events'
import { createServer } from 'node:net'

/**
 * Below the ports that a system hands out by itself, so that nothing takes one between its being found free and its
 * being listened on; and above those that browsers refuse (https://fetch.spec.whatwg.org/#port-blocking).
 */
const firstPort = 12_000
const portsOfWorker = 1000
const mostWorkers = 20

/** Tests run in several processes at once, each with ports of its own. */
const ownPorts = firstPort + (Number(process.env['VITEST_POOL_ID'] ?? 0) % mostWorkers) * portsOfWorker
let taken = Math.floor(Math.random() * portsOfWorker)

/** A port of `localhost` that nothing listens on. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < portsOfWorker; tries += 1) {
    taken += 1
    const port = ownPorts + (taken % portsOfWorker)
    if (await isFree(port)) return port
  }
  throw new Error('There is no free port.')
}

async function isFree(port: number): Promise<boolean> {
  const probe = createServer()
  try {
    await once(probe.listen(port, 'localhost'), 'listening')
  } catch {
    return false
  }
  probe.close()
  await once(probe, 'close')
  return true
}
