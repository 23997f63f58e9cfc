import { once } from 'node:events'
import { createServer } from 'node:net'

/** A port of `localhost` that nothing listens on. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, 'localhost')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (address instanceof Object) return address.port
  throw new Error('There is no free port.')
}
