import { lookup } from 'node:dns/promises'
import { once } from 'node:events'
import type { Server } from 'node:http'

/** Where a server is reached. */
export interface Address {
  readonly host: string
  /** 0 for any that is free. */
  readonly port: number
}

/**
 * Listens at an address, and at each that `localhost` stands for: a program may ask for any of them.
 * @param make makes a server for each
 * @throws Error when the first of them cannot be listened at; this machine may not have the others
 */
export async function listen(make: () => Server, { host, port }: Address): Promise<readonly Server[]> {
  const first = await listening(make(), { host, port })
  if (host !== 'localhost') return [first]
  const at = first.address()
  if (at === null || typeof at === 'string') return [first]
  const all = await lookup(host, { all: true }).catch(() => [])
  const others = all.filter(({ address }) => address !== at.address)
  const rest = others.map(({ address }) => listening(make(), { host: address, port: at.port }))
  const listened = (await Promise.allSettled(rest)).flatMap((result) =>
    result.status === 'fulfilled' ? [result.value] : [],
  )
  return [first, ...listened]
}

async function listening(server: Server, address: Address): Promise<Server> {
  server.listen({ ...address })
  // Rejects with the error that comes instead.
  await once(server, 'listening')
  return server
}
