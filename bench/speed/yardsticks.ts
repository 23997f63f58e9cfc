import { hashPassword, isPassword } from '../../server/src/accounts/password.ts'
import type { BareRoute } from '../servers/route.ts'
import { clients, resending } from './clients.ts'
import { headerOf } from './connection.ts'
import { costOf, cpuOf, drive } from './drive.ts'
import { type BareName, bareNames, type Sample, type Yardstick } from './phase.ts'
import { start } from './processes.ts'
import { syncTimes } from './single.ts'

/** A server with nothing around it, which is asked with the same bytes and answers as many. */
const bare =
  (name: BareName): Yardstick =>
  async (sample, { bare }) => {
    const server = bare[name]
    await server.ask(JSON.stringify(routeOf(sample)))
    const asking = clients(() => resending(sample.request, sample.answer.status), sample.clients)
    return { name, round: (milliseconds) => drive(server, asking, milliseconds), end: async () => undefined }
  }

const routeOf = ({ answer }: Sample): BareRoute => ({
  status: answer.status,
  type: headerOf(answer, 'content-type'),
  bytes: answer.bytes.length,
  locationBytes: headerOf(answer, 'location')?.length ?? 0,
})

export const bareRoutes: readonly Yardstick[] = bareNames.map(bare)

/** A tus server with a folder and nothing around it, which is sent the same upload. */
export const bareTus: Yardstick = async (sample) => {
  const server = await start('@tus/server')
  await server.serve()
  return {
    name: '@tus/server',
    round: (milliseconds) =>
      drive(
        server,
        clients(() => resending(sample.request, sample.answer.status), sample.clients),
        milliseconds,
      ),
    end: () => server.end(),
  }
}

/** The machine's disk, which keeps a page again and again. */
export const fsync: Yardstick = async (_sample, { ours }) => ({
  name: 'fsync of a page',
  round: async () => {
    const times = syncTimes(ours.subject.server.folder)
    return costOf(times, times.reduce((sum, time) => sum + time, 0) / 1000, 0)
  },
  end: async () => undefined,
})

/** The check of a password with the server's parameters, in this process and without a server. */
export const argon2: Yardstick = async (_sample, { ours }) => {
  const password = ours.ours?.installed.person.password ?? ''
  const hash = await hashPassword(password)
  return {
    name: 'argon2 alone',
    round: async (milliseconds) => {
      const times: number[] = []
      const cpuBefore = cpuOf(process.pid)
      const from = performance.now()
      for (let asked = from; asked - from < milliseconds; asked = performance.now()) {
        if (!(await isPassword(password, hash))) throw new Error('The password is not right.')
        times.push(performance.now() - asked)
      }
      return costOf(times, (performance.now() - from) / 1000, cpuOf(process.pid) - cpuBefore)
    },
    end: async () => undefined,
  }
}
