/**
 * What a change gains: this checkout's build beside another's, in turns, with bare routes between them.
 * `npm run pair -w bench -- --before FOLDER [--rounds 7] [--milliseconds 1500] [--phases profile,refresh,exchange]`
 * With TMPDIR on a file system in memory, no round waits for a disk.
 */
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { medianOf } from './speed/drive.ts'
import { oursOn, startBare } from './speed/field.ts'
import { measure } from './speed/measure.ts'
import { laterPhases, loginPhases } from './speed/phases.ts'
import { thisCheckout } from './speed/processes.ts'
import { ratioOf } from './speed/results.ts'

const { values } = parseArgs({
  options: {
    before: { type: 'string' },
    milliseconds: { type: 'string', default: '1500' },
    rounds: { type: 'string', default: '7' },
    phases: { type: 'string', default: 'profile,refresh,exchange' },
  },
})
const [milliseconds, rounds] = [values.milliseconds, values.rounds].map(Number)
if (values.before === undefined || !milliseconds || !rounds)
  throw new Error('It needs --before with the folder of another checkout, and figures that are numbers.')
const timing = { milliseconds, rounds, warmUps: 2 }
const all = [...loginPhases, ...laterPhases(100_000)]
const asked = values.phases.split(',').map((name) => {
  const phase = all.find((phase) => phase.name === name)
  if (phase === undefined)
    throw new Error(`There is no phase ${name}: ${all.map((phase) => phase.name).join(', ')}.`)
  return phase
})

const bare = await startBare()
const [after, before] = [await oursOn(thisCheckout, 'after'), await oursOn(resolve(values.before), 'before')]
try {
  for (const phase of asked) {
    const costs = await measure(phase, { contestants: [after.contestant, before.contestant], bare }, timing)
    const measured = new Map([[phase.name, costs]])
    const ratio = (server: string, to: string) =>
      ratioOf(measured, { phase: phase.name, server }, { phase: phase.name, server: to })
    const cpu = (server: string) => Math.round(medianOf(costs.get(server) ?? []).cpu)
    console.log(
      `${phase.name}: ${cpu('before')} → ${cpu('after')} µs, ${ratio('after', 'before')} of before; ` +
        `${ratio('before', 'bare Fastify')} → ${ratio('after', 'bare Fastify')} of a bare Fastify route (${cpu('bare Fastify')} µs)`,
    )
  }
} finally {
  await after.end()
  await before.end()
  for (const server of Object.values(bare)) await server.end()
}
