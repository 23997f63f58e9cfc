import { type Growing, onPostgres, onSqlite } from '../growth/engines.ts'
import { exchanging } from './clients.ts'
import { drive } from './drive.ts'
import type { Contestant, Field } from './phase.ts'
import { start } from './processes.ts'
import { publish } from './song.ts'
import { peer, type Subject } from './subjects.ts'

/** Servers that take turns. */
export interface Started extends Field {
  end(): Promise<void>
}

/**
 * Starts them.
 * @param isAlone whether no other authorization servers are measured
 * @param postgres the URL of a PostgreSQL that one of ours is measured on as well
 */
export async function startField(isAlone: boolean, postgres: string | undefined): Promise<Started> {
  const engines = [await onSqlite(), ...(postgres === undefined ? [] : [await onPostgres(postgres, 'bench')])]
  const peers = isAlone ? [] : await startPeers()
  const bare = await startBare()
  const contestants = [...(await Promise.all(engines.map(ourContestant))), ...peers.map(contestant)]
  return {
    contestants,
    bare,
    async end() {
      for (const engine of engines) await engine.end()
      for (const { server } of peers) await server.end()
      for (const server of Object.values(bare)) await server.end()
    },
  }
}

/** Starts the servers that have nothing around them. */
export async function startBare(): Promise<Field['bare']> {
  const bare = {
    'bare Fastify': await start('bare Fastify'),
    'bare node:http': await start('bare node:http'),
  }
  for (const server of Object.values(bare)) await server.serve()
  return bare
}

const startPeers = async (): Promise<readonly Subject[]> => [
  await peer('oidc-provider'),
  await peer('oidc-provider', true),
  await peer('OpenAuth'),
  await peer('Better Auth'),
]

const contestant = (subject: Subject): Contestant => ({ subject, pairs: [], ours: null })

async function ourContestant({ subject, fill }: Growing): Promise<Contestant> {
  const { installed } = subject
  const ours = {
    installed,
    song: await publish(installed),
    fill: (logins: number) => fill(logins, 1, performance.now() + longestFillMs),
  }
  return { subject, pairs: [], ours }
}

const longestFillMs = 60_000
/** Logins that are there before any phase. */
const firstLogins = 200

/** One of ours from a checkout, under a name of its own, with logins for any phase. */
export async function oursOn(
  checkout: string,
  name: string,
): Promise<{ readonly contestant: Contestant; end(): Promise<void> }> {
  const engine = await onSqlite(checkout)
  const { subject, pairs, ours } = await ourContestant(engine)
  const logins = await subject.logins(firstLogins)
  await drive(subject.server, [exchanging(subject, logins, pairs, 0)], 60_000)
  return { contestant: { subject: { ...subject, name }, pairs, ours }, end: engine.end }
}
