import { leastLogins, type Prepared } from '../server-peers/prepared.ts'
import type { Login } from './clients.ts'
import type { Driven } from './drive.ts'
import { type ServerName, type ServerProcess, start, thisCheckout } from './processes.ts'
import { redirects } from './redirects.ts'
import { type Installed, installed } from './stagedoor.ts'

/** An authorization server that is measured. */
export interface Subject {
  readonly name: string
  readonly server: ServerProcess & Driven
  readonly prepared: Prepared
  /** New logins: as many as are asked for, or fewer that can be made in so many milliseconds. */
  logins(count: number, milliseconds?: number): Promise<Login[]>
}

/** One of ours. */
export interface OurSubject extends Subject {
  readonly installed: Installed
}

/** Milliseconds for new logins: a code lives for a minute. */
const longest = 45_000

/**
 * Starts one of ours.
 * @param settings what its environment says beyond what all have
 * @param checkout the folder of the checkout whose build it is
 */
export async function ours(
  settings: Readonly<Record<string, string>> = {},
  checkout = thisCheckout,
): Promise<OurSubject> {
  const installation = await installed(settings, checkout)
  const { server, apiKey: clientId, redirectUri } = installation
  return {
    name: 'Stagedoor',
    server,
    installed: installation,
    prepared: {
      ...{ clientId, redirectUri, tokenPath: '/v1/oauth/token', profilePath: '/v1/me' },
      revokePath: '/v1/oauth/revoke',
      authorize: { path: installation.authorize('read').path, status: 303 },
    },
    async logins(count, milliseconds = longest) {
      const all = await redirects(installation, {}, { count, milliseconds, least: leastLogins })
      return all.map(({ to, codeVerifier }) => {
        const code = to.searchParams.get('code')
        if (code === null) throw new Error(`There is no code: ${to}`)
        return { code, codeVerifier }
      })
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
    logins: async (count, milliseconds = longest) =>
      JSON.parse(await process.ask(`${count} ${milliseconds}`)),
  }
}
