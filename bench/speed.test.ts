import { expect, test } from 'vitest'
import { chartOf } from './speed/chart.ts'
import { startField } from './speed/field.ts'
import { goalsOf } from './speed/goals.ts'
import { pageWeight } from './speed/page-weight.ts'
import { report } from './speed/report.ts'
import { runPhases } from './speed/run-phases.ts'

test('every phase is measured beside a server with nothing around it, and every goal is told with what came of it', async () => {
  const { end, ...field } = await startField(true, undefined)
  try {
    const timing = { milliseconds: 30, rounds: 1, warmUps: 0 }
    const measured = await runPhases(field, timing, 500, () => undefined)
    const phases = Array.from(measured.rounds, ([phase, servers]) => [phase, ...servers.keys()].join(' · '))
    const bare = 'Stagedoor · bare Fastify · bare node:http'
    const beside = (phase: string) => `${phase} · ${bare}`
    expect(phases).toEqual([
      ...[`exchange · ${bare}`, `refresh · ${bare}`, `refresh, one connection · ${bare} · fsync of a page`],
      ...['profile', 'track', 'list of tracks', 'search', 'content, 64 kB of a range'].map(beside),
      ...['authorize', 'authorize page', 'consent'].map(beside),
      ...['sign-in · Stagedoor · argon2 alone', `revoke · ${bare}`],
      ...['upload of 8 MB · Stagedoor · @tus/server', `profile by 500 tokens · ${bare}`],
    ])
    const unanswered = Array.from(measured.rounds, ([phase, servers]) =>
      Array.from(servers, ([server, [cost]]) => (cost?.requests ? [] : [`${phase} · ${server}`])),
    )
    expect(unanswered.flat(2)).toEqual([])

    const ours = field.contestants[0]?.ours?.installed
    const page = { bytes: ours ? await pageWeight(ours) : 0, firstPaint: { page: 120, word: 90 } }
    const results = { ...measured, page, starts: [{ serve: 200, dev: 500, fastify: 200 }], workers: null }
    const told = report(results, goalsOf(results, 'profile by 500 tokens'), 'Measured today.')
    expect(told).toMatch(/^\| exchange \| Stagedoor \| [\d,]+ \| [\d,]+ \|/m)
    expect(told).toMatch(/^\| refresh: CPU to bare Fastify \| [\d.]+ \| ≤ 3\.50 \|/m)
    expect(told).toContain('| CPU of `serve` to its first answer | 200 ms | ≤ 250 ms | met |')
    expect(told).toContain(
      '| authorize page: first contentful paint in Chromium | 120 ms | ≤ 100 ms | **not met** |',
    )
    expect(told).toContain('| two workers: requests a second to one | not measured | ≥ 1.70 |  |')
    expect(chartOf(results.rounds, 'Measured today.')).toContain('>sign-in</text>')
  } finally {
    await end()
  }
}, 240_000)
