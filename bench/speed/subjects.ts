import type { Prepared } from '../server-peers/prepared.ts'
import { type ServerName, type ServerProcess, start, thisCheckout } from './processes.ts'
import { installed } from './stagedoor.ts'

/** A server that is measured. */
export interface Subject {
  readonly name: string
  readonly server: ServerProcess
  readonly prepared: Prepared
  /** Codes of new logins, as many as are asked for. */
  codes(count: number): Promise<string[]>
}

/**
 * Starts one of ours.
 * @param settings what its environment says beyond what all have
 * @param checkout the folder of the checkout whose build it is
 */
export async function ours(
  settings: Readonly<Record<string, string>> = {},
  checkout = thisCheckout,
): Promise<Subject> {
  const { server, apiKey, code, ...login } = await installed('read', settings, checkout)
  return {
    name: 'Stagedoor',
    server,
    prepared: { clientId: apiKey, ...login, tokenPath: '/v1/oauth/token', profilePath: '/v1/me' },
    async codes(count) {
      const all: string[] = []
      while (all.length < count) all.push(...(await Promise.all(Array.from({ length: 8 }, code))))
      return all
    },
  }
}

/** Starts another server. */
export async function peer(server: ServerName, isInMemory = false): Promise<Subject> {
  const process = await start(server, { IN_MEMORY: String(isInMemory) })
  const prepared: Prepared = JSON.parse(await process.serve())
  return {
    name: isInMemory ? `${server}, in memory` : server,
    server: process,
    prepared,
    codes: async (count) => JSON.parse(await process.ask(String(count))),
  }
}
