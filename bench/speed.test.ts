import { expect, test } from 'vitest'
import { chartOf } from './speed/chart.ts'
import { goalTable, phaseTable } from './speed/report.ts'
import { run } from './speed/run.ts'

test('every phase is measured beside a bare server, and every goal is told with what came of it', async () => {
  const asked = { tokens: 500, isAlone: true, postgres: undefined, workers: [] }
  const { results, goals } = await run(
    { ...asked, timing: { milliseconds: 30, rounds: 1, warmUps: 0 } },
    () => undefined,
  )
  const phases = Array.from(results.rounds, ([phase, servers]) => [phase, ...servers.keys()])
  expect(phases.map(([phase]) => phase)).toEqual([
    ...['exchange', 'refresh', 'refresh, one connection', 'profile'],
    ...['track', 'list of tracks', 'search', 'content, 64 kB of a range'],
    ...[
      'authorize',
      'authorize page',
      'consent',
      'sign-in',
      'revoke',
      'upload of 8 MB',
      'profile by 500 tokens',
    ],
  ])
  for (const [phase, ...servers] of phases) expect([phase, servers.length > 1]).toEqual([phase, true])
  const unanswered = Array.from(results.rounds, ([phase, servers]) =>
    Array.from(servers, ([server, [cost]]) => (cost?.requests ? [] : [`${phase} · ${server}`])),
  )
  expect(unanswered.flat(2)).toEqual([])
  expect(phaseTable(results.rounds)).toMatch(/^\| exchange \| Stagedoor \| [\d,]+ \| [\d,]+ \|/m)
  expect(goalTable(goals)).toMatch(/^\| refresh: CPU to bare Fastify \| [\d.]+ \| ≤ 3\.50 \|/m)
  expect(chartOf(results.rounds, 'Measured')).toContain('>sign-in</text>')
}, 60_000)
