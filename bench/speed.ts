/**
 * What a login costs here, and on the servers beside it, in turns on one machine.
 * `npm run speed -w bench -- [--milliseconds 1500] [--rounds 3] [--connections 32] [--write | --guard]`
 */
import { parseArgs } from 'node:util'
import { type Client, type Cost, drive, medianOf } from './speed/drive.ts'
import { asking, codesAtOnce, exchanging, getting, inAll, type Pair, refreshing } from './speed/phases.ts'
import { start } from './speed/processes.ts'
import { compare, report, write } from './speed/report.ts'
import { startTime, syncTime } from './speed/single.ts'
import { ours, peer, type Subject } from './speed/subjects.ts'

const { values } = parseArgs({
  options: {
    milliseconds: { type: 'string', default: '1500' },
    rounds: { type: 'string', default: '3' },
    connections: { type: 'string', default: '32' },
    write: { type: 'boolean', default: false },
    guard: { type: 'boolean', default: false },
  },
})
const [ms, rounds, connections] = [values.milliseconds, values.rounds, values.connections].map(Number)
if (!ms || !rounds || !connections) throw new Error('A figure is no number.')
const clients = (client: (index: number) => Client, count = connections): Client[] =>
  Array.from({ length: count }, (_, index) => client(index))

/** The rounds of one row: those of all servers take turns, so that what else the machine does meets each alike. */
const measured = new Map<string, Cost[]>()
async function measure(row: string, server: Subject['server'], who: Client[], milliseconds: number) {
  measured.set(row, [...(measured.get(row) ?? []), await drive(server, who, milliseconds)])
}

const bare = await start('bare Fastify')
await bare.serve()
const subjects = [
  await ours(),
  await peer('oidc-provider'),
  await peer('oidc-provider', true),
  await peer('OpenAuth'),
  await peer('Better Auth'),
]
try {
  const form = new URLSearchParams({ refresh_token: 'x'.repeat(200) }).toString()
  const state = subjects.map((subject) => ({
    subject,
    pairs: [] as Pair[],
    accesses: [] as string[],
  }))
  const exchangers = async ({ subject, pairs }: (typeof state)[number]) => {
    const some = await subject.codes(codesAtOnce)
    return clients((index) => exchanging(subject, some, pairs, index))
  }
  // Codes are few at once: without these, a round would tell what compiling costs, which a bare route had done long before.
  for (const each of [...state, ...state]) await drive(each.subject.server, await exchangers(each), 60_000)
  const post = clients(() => asking('POST /v1/oauth/token', form))
  await drive(bare, post, ms)
  for (let round = 0; round < rounds; round += 1) {
    for (const each of state) {
      const { name, server } = each.subject
      await measure(`exchange · ${name}`, server, await exchangers(each), 60_000)
    }
    // A round of few requests opens a connection for a dozen of them, which costs both what it costs.
    await measure('POST, a few · bare Fastify', bare, inAll(codesAtOnce, post), 60_000)
    await measure('POST · bare Fastify', bare, post, ms)
    for (const { subject, pairs, accesses } of state) {
      const some = pairs.splice(0, connections)
      const all = clients((index) =>
        refreshing(subject, { refresh: some[index]?.refresh ?? '' }, accesses, index),
      )
      await measure(`refresh · ${subject.name}`, subject.server, all, ms)
    }
    await measure(
      'GET · bare Fastify',
      bare,
      clients(() => asking('GET /v1/me')),
      ms,
    )
    for (const { subject, accesses } of state) {
      const { accessToken = accesses.at(-1) ?? '', profilePath } = subject.prepared
      const all = clients((index) => getting(subject, profilePath, [accessToken], index))
      await measure(`profile · ${subject.name}`, subject.server, all, ms)
    }
    for (const { subject, accesses, pairs } of state.slice(0, 1)) {
      const many = clients((index) => getting(subject, subject.prepared.profilePath, accesses, index))
      await measure(
        `profile, ${accesses.length > 1000 ? 'many tokens' : 'few tokens'} · ${subject.name}`,
        subject.server,
        many,
        ms,
      )
      for (const path of ['/healthz', '/v1/tracks/search?query=a', '/sign-in'])
        await measure(
          `${path} · ${subject.name}`,
          subject.server,
          clients((index) => getting(subject, path, [], index)),
          ms,
        )
      const [alone] = pairs.splice(0, 1)
      const one = clients(
        (index) => refreshing(subject, { refresh: alone?.refresh ?? '' }, accesses, index),
        1,
      )
      await measure(`refresh, one connection · ${subject.name}`, subject.server, one, ms)
    }
  }
  const [own] = subjects
  const figures = {
    rows: new Map(Array.from(measured, ([row, all]) => [row, medianOf(all)])),
    syncMicroseconds: await syncTime(own?.server.folder ?? ''),
    memory: own?.server.memory() ?? { resident: 0, own: 0 },
    startMilliseconds: await startTime(),
    tokens: state[0]?.accesses.length ?? 0,
  }
  console.log(report(figures))
  if (values.write) write(figures)
  if (values.guard) process.exitCode = compare(figures) ? 0 : 1
} finally {
  await bare.end()
  for (const { server } of subjects) await server.end()
}
